"""The published schemas accept what the exchange form accepts, and refuse what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from careloop.exchange import answer_json, write_fact
from tests.settlement.settle_examples import County
from tests.settlement.settle_worlds import MONTHS, POLICIES, counties
from tests.settlement.test_settle_cases import CASES
from tests.settlement.test_settle_exchange import BUNDLE, RULING, SERVICE

SCHEMAS = Path(__file__).parents[2] / "contracts" / "schemas"


def _validator(name: str) -> Draft202012Validator:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


FACTS, ANSWER, POLICY = _validator("facts"), _validator("answer"), _validator("policy-settlement")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_worked_cases_are_as_the_schemas_say(case: Path) -> None:
    for line in (case / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        FACTS.validate(json.loads(line))
    for path in case.glob("policy-*.toml"):
        POLICY.validate(tomllib.loads(path.read_text(encoding="utf-8"))["settlement"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(counties())
def test_facts_and_answers_are_as_the_schemas_say(county: County) -> None:
    for fact in county.facts():
        FACTS.validate(json.loads(write_fact(fact)))
    for answer in county.closes(*MONTHS, "2027-01"):
        ANSWER.validate(answer_json(answer))


def test_a_shipped_packs_section_is_as_the_schema_says() -> None:
    pack = Path(__file__).parents[2] / "deploy" / "localities" / "130528" / "0001.toml"
    POLICY.validate(tomllib.loads(pack.read_text(encoding="utf-8"))["settlement"])


@pytest.mark.parametrize("document", POLICIES)
def test_policies_are_as_the_schema_says(document: str) -> None:
    POLICY.validate(tomllib.loads(document)["settlement"])


@pytest.mark.parametrize(
    "line",
    [
        {**SERVICE, "price_fen": 1},
        {**SERVICE, "units": -1},
        {**SERVICE, "units": True},
        {**SERVICE, "kind": "payment"},
        {key: value for key, value in SERVICE.items() if key != "day"},
        {**BUNDLE, "days": [{}]},
        {**RULING, "fact": "s1", "units": 1, "amount_fen": 1},
        RULING,
    ],
)
def test_what_the_exchange_refuses_the_schema_refuses(line: dict[str, Any]) -> None:
    assert not FACTS.is_valid(line)
