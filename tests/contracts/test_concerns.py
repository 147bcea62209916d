"""Whom each public event concerns is said beside its type, and is what its body can tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import contracts
from chassis.http.feed_rights import OFFICES
from contracts.concerns import COUNTY_ONLY, Concerned, concerned, office, owners, township
from contracts.event_schema import told
from contracts.events import Event
from contracts.registry import EVENTS

SAMPLES = Path(contracts.__file__).parent / "samples"
KEPT_FROM_OWNERS = {"tier", "hospital", "categories", "age", "rank", "load"}
"""Keys that tell of somebody's health or of other bidders."""
each_type = pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)


def keys(schema: Any) -> Iterable[str]:
    """All names of properties in a schema, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys(part)


@each_type
def test_every_type_says_whom_it_concerns_the_county_alone_included(kind: type[Event]) -> None:
    assert "CONCERNS" in vars(kind)
    assert isinstance(kind.CONCERNS, tuple)


@each_type
def test_the_named_keys_are_keys_of_the_body(kind: type[Event]) -> None:
    known = set(keys(told(kind)))
    for concern in kind.CONCERNS:
        named = set() if concern.kind == "office" else {part for key in concern.names for part in key.split(".")}
        assert named <= known


@each_type
def test_an_office_is_one_that_the_feed_knows(kind: type[Event]) -> None:
    assert {role for one in kind.CONCERNS if one.kind == "office" for role in one.names} <= OFFICES


@each_type
def test_what_tells_of_health_or_of_other_bidders_concerns_no_owner_and_no_office(kind: type[Event]) -> None:
    kinds = {concern.kind for concern in kind.CONCERNS}
    if KEPT_FROM_OWNERS & set(keys(told(kind))):
        assert not kinds & {"owner", "office"}


def test_the_samples_name_those_they_concern() -> None:
    found = {
        name: concerned(kind.CONCERNS, json.loads((SAMPLES / f"{name}.json").read_text()))
        for name, kind in EVENTS.items()
    }
    provider = "00000000-0000-4000-8000-00000000f001"
    assert found["orders.order_verified.v1"] == Concerned((provider,), ("130528100",), ())
    assert found["settlement.statement_finalised.v1"] == Concerned((provider,), (), ("finance",))
    assert found["orders.notice_posted.v1"].townships == ("130528100",)
    assert found["providers.provider_found.v1"] == Concerned((), (), ())


def test_a_village_is_its_township_and_what_is_no_code_concerns_nobody() -> None:
    concerns = (owners("a.b"), township("place"), office("finance"))
    assert concerned(concerns, {"a": {"b": "x"}, "place": "130528100203"}) == Concerned(
        ("x",), ("130528100",), ("finance",)
    )
    for body in (
        {},
        {"a": "x", "place": "130528"},
        {"a": {"b": 7}, "place": None},
        {"a": {"b": ""}, "place": "１" * 9},
    ):
        assert concerned(concerns, body) == Concerned((), (), ("finance",))
    assert concerned(COUNTY_ONLY, {"a": {"b": "x"}}) == Concerned((), (), ())
