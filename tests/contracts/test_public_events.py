"""Public events: one name each, readers that tolerate, facts that settlement's exchange form reads as they are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from careloop.exchange import read_facts
from contracts import facts, orders, registry, subjects
from contracts.envelope import CloudEvent, headers
from contracts.events import Event

NOW = datetime(2026, 11, 22, 2, 3, 4, tzinfo=UTC)
ONE = UUID("00000000-0000-4000-8000-000000000001")
DAY = date(2026, 11, 3)
OWED: dict[str, Any] = {"payee": "a", "purchaser": "130528", "township": "130528100"}
SERVED: dict[str, Any] = {**OWED, "day": DAY, "time": "09:00", "person": "p", "item": "home_cleaning", "units": 1}
PERSON_DAYS: dict[str, Any] = {
    "from_day": date(2026, 11, 1), "to_day": date(2026, 11, 30), "tier": "half", "categories": ("dibao",), "age": 84,
}  # fmt: skip
STAY = facts.StayDays(from_day=date(2026, 11, 1), to_day=DAY, level="county")

ONE_OF_EACH: list[facts.Fact] = [
    facts.ServiceFact(**SERVED),
    facts.GoodsFact(**SERVED),
    facts.BundleMonthFact(
        **OWED, month="2026-11", person="p", required={"meal_help": 0},
        days=(facts.BundleDays(**PERSON_DAYS, assigned=True, hospital=True),),
    ),
    facts.EscortStayFact(**OWED, day=DAY, person="p", days=(STAY,)),
    facts.AllowanceMonthFact(
        **OWED, month="2026-11", person="p", rule="allowance", days=(facts.PersonDays(**PERSON_DAYS),)
    ),
    facts.NeighbourServiceFact(**OWED, day=DAY, units=2),
    facts.AgreedFact(**OWED, day=DAY, person="p", rule="love_order", amount_fen=5000, cause="objective"),
    facts.GradeFact(month="2026-11", payee="a", township="130528100", grade="good"),
    facts.GradeFact(month="2026-11", payee="a", township="130528100", grade="waived"),
    facts.AllocationFact(day=DAY, fund="county_budget", year=2026, amount_fen=100_00),
    facts.OverrideFact(day=DAY, fund="county_budget", year=2026, role="county"),
    facts.PolicyFact(version="130528/0001"),
    facts.RulingFact(month="2026-11", fact="other", cause="violation"),
    facts.RulingFact(
        **OWED, month="2026-11", person="p", rule="love_order", amount_fen=-100, cause="mistake"
    ),
    facts.SealFact(month="2026-11"),
]  # fmt: skip


@pytest.mark.parametrize("kind", registry.EVENTS.values(), ids=lambda kind: str(kind.TYPE))
def test_a_type_is_named_after_its_service_and_class(kind: type[Event]):
    service, event, version = kind.TYPE.split(".")
    assert kind.__module__.startswith(f"contracts.{service}")
    assert event.replace("_", "") == kind.__name__.lower()
    assert version == "v1"


def test_every_service_tells_something():
    assert all(registry.types_of(service) for service in registry.SERVICES)


@pytest.mark.parametrize("fact", ONE_OF_EACH, ids=lambda fact: str(fact.kind))
def test_a_fact_is_read_by_the_exchange_form_as_it_is(fact: facts.Fact):
    line = {"id": "f", "source": "orders", "position": 1, **json.loads(facts.FACT.dump_json(fact))}
    assert len(read_facts([json.dumps(line)])) == 1


@pytest.mark.parametrize("fact", ONE_OF_EACH, ids=lambda fact: str(fact.kind))
def test_a_fact_reads_back_the_same(fact: facts.Fact):
    assert facts.FACT.validate_json(facts.FACT.dump_json(fact)) == fact


def test_what_is_absent_is_left_out():
    told = orders.OrderOpened(
        at=NOW, order_id=ONE, kind="purchase", person=ONE, item="home_cleaning", units=1, township="130528100",
        village="130528100201", window_from=DAY, window_to=DAY, policy="130528/0001",
    )  # fmt: skip
    assert b"null" not in told.model_dump_json().encode()
    assert registry.read(told.TYPE, told.model_dump_json().encode()) == told


def test_a_key_of_the_future_is_passed_by():
    body = b'{"at":"2026-11-22T02:03:04Z","order_id":"00000000-0000-4000-8000-000000000001","provider":' + (
        b'"00000000-0000-4000-8000-000000000001","road":"providers","mood":"good"}'
    )
    read = registry.read("orders.order_matched.v1", body)
    assert read == orders.OrderMatched(at=NOW, order_id=ONE, provider=ONE, road="providers")


def test_a_type_of_the_future_is_nobodys():
    assert registry.read("orders.order_teleported.v1", b"{}") is None


def test_full_width_digits_are_no_code():
    with pytest.raises(ValidationError):
        orders.NoticePosted(
            at=NOW,
            person=ONE,
            plan_id=ONE,
            village="１３０５２８１００２０１",
            posted_on=DAY,
            reviewed_by_role="township",
        )


def test_subjects_name_county_service_and_event():
    assert subjects.subject("130528", "orders.order_opened.v1") == "careloop.130528.orders.order_opened"
    assert subjects.subjects_of("orders") == "careloop.*.orders.>"


def test_the_envelope_says_the_same_as_json_and_as_headers():
    named = headers(
        service="orders", county="130528", event_id=ONE, type_name="orders.order_opened.v1", subject=ONE, time=NOW
    )
    event = CloudEvent(
        id=ONE, source=named["ce-source"], type=named["ce-type"], subject=ONE, time=NOW, data={}, careloopposition=1,
        careloopprevious=0, careloopepoch=ONE, careloophash="0" * 64,
    )  # fmt: skip
    told = json.loads(event.model_dump_json())
    for name in ("id", "source", "type", "subject", "specversion"):
        assert named[f"ce-{name}"] == told[name]
