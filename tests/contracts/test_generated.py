"""What is generated of the published language stands as it must, and says what the code does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker

from careloop.fact_keys import KEYS
from chassis import bus, tracing
from contracts import asyncapi, envelope, generate
from contracts.facts import FACT, Fact
from contracts.hearers import HEARS
from contracts.registry import EVENTS, types_of
from contracts.subjects import subjects_of
from services.declared import declared
from tests.contracts.test_public_events import NOW, ONE, ONE_OF_EACH
from tests.contracts.yaml_reading import read_yaml

CONTRACTS = Path(generate.__file__).parent
FACTS = json.loads((CONTRACTS / "schemas/facts.schema.json").read_text(encoding="utf-8"))
NAMED_BY_THE_LOG = {"id", "source", "position"}


def _schema(type_name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CONTRACTS / f"schemas/{type_name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def _fact_kinds() -> dict[str, dict[str, Any]]:
    """Kind -> the schema of the model that public events carry."""
    definitions = FACT.json_schema()["$defs"].values()
    return {one["properties"]["kind"]["const"]: one for one in definitions if "kind" in one["properties"]}


def test_every_file_is_as_it_would_be_written_now() -> None:
    assert generate.stale() == []


def test_no_event_schema_stands_without_its_event() -> None:
    assert {path.name.removesuffix(".schema.json") for path in CONTRACTS.glob("schemas/*.v[0-9]*.json")} == set(EVENTS)


@pytest.mark.parametrize("type_name", EVENTS)
@pytest.mark.parametrize("dialect", [Draft202012Validator, Draft7Validator])
def test_a_sample_is_as_its_schema_says_in_both_dialects(type_name: str, dialect: Any) -> None:
    dialect.check_schema(_schema(type_name))
    sample = json.loads((CONTRACTS / f"samples/{type_name}.json").read_text(encoding="utf-8"))
    dialect(_schema(type_name), format_checker=FormatChecker()).validate(sample)


@pytest.mark.parametrize("type_name", EVENTS)
def test_a_schema_refuses_a_body_without_its_instant(type_name: str) -> None:
    sample = json.loads((CONTRACTS / f"samples/{type_name}.json").read_text(encoding="utf-8"))
    del sample["at"]
    assert not Draft202012Validator(_schema(type_name)).is_valid(sample)


def test_a_schema_offers_no_null() -> None:
    assert not any('"null"' in json.dumps(_schema(type_name)) for type_name in EVENTS)


def test_the_description_of_the_bus_reads_back_as_it_was_meant() -> None:
    written = (CONTRACTS / "asyncapi.yaml").read_text(encoding="utf-8")
    assert read_yaml(written) == asyncapi.document()


def test_the_bus_has_a_channel_on_its_services_subjects_for_every_event() -> None:
    channels = asyncapi.document()["channels"]
    for type_name in EVENTS:
        channel = channels[type_name.rpartition(".")[0]]
        service = type_name.partition(".")[0]
        assert channel["address"].startswith(subjects_of(service, "{county}").removesuffix(">"))
        assert type_name in channel["messages"]


def test_every_reference_of_the_description_of_the_bus_leads_somewhere() -> None:
    document = asyncapi.document()
    found = list(_references(document))
    assert found
    for reference in found:
        if reference.startswith("#/"):
            _follow(document, reference)
        else:
            assert (CONTRACTS / reference).is_file(), reference


def test_every_event_is_sent_by_its_service() -> None:
    operations = asyncapi.document()["operations"]
    for service in declared():
        assert _types_of(operations, f"{service.name}.sends.") == set(types_of(service.name))


def test_who_hears_what_is_what_the_services_declare() -> None:
    operations = asyncapi.document()["operations"]
    for service in declared():
        heard = {type_name for types in service.hears.values() for type_name in types}
        assert set(HEARS[service.name]) == heard
        assert _types_of(operations, f"{service.name}.receives.") == heard


def test_the_headers_described_are_those_that_are_sent() -> None:
    sent = envelope.headers(
        service="orders", county="130528", event_id=ONE, type_name="orders.order_opened.v1", subject=ONE, time=NOW
    )
    placed = {bus.POSITION, bus.PREVIOUS, bus.EPOCH, bus.HASH, bus.MESSAGE_ID, tracing.HEADER}
    described = asyncapi.document()["components"]["schemas"]["headers"]
    assert set(described["properties"]) == sent.keys() | placed
    Draft7Validator(described).validate({
        **sent, bus.POSITION: "7", bus.PREVIOUS: "6", bus.EPOCH: str(ONE), bus.MESSAGE_ID: str(ONE),
        bus.HASH: "0" * 64, tracing.HEADER: f"00-{'1' * 32}-{'2' * 16}-01",
    })  # fmt: skip


def test_the_exchange_form_has_the_kinds_of_facts_that_events_carry() -> None:
    exchanged = {option["$ref"].rpartition("/")[2] for option in FACTS["oneOf"]}
    assert exchanged == set(_fact_kinds()) == set(KEYS)


@pytest.mark.parametrize("kind", KEYS)
def test_the_exchange_form_has_the_keys_that_its_reader_takes(kind: str) -> None:
    names, needed = _keys_of(FACTS["$defs"][kind])
    assert names - {"kind"} == {key.name for key in KEYS[kind]}
    assert needed - {"kind"} == {key.name for key in KEYS[kind] if key.required}


@pytest.mark.parametrize("kind", KEYS)
def test_a_fact_of_an_event_has_keys_of_the_exchange_form_and_all_it_needs(kind: str) -> None:
    told = _fact_kinds()[kind]
    names, needed = _keys_of(FACTS["$defs"][kind])
    assert set(told["properties"]) <= names - NAMED_BY_THE_LOG
    assert needed - NAMED_BY_THE_LOG <= {*told["required"], "kind"}


@pytest.mark.parametrize("fact", ONE_OF_EACH, ids=lambda fact: str(fact.kind))
def test_a_fact_of_an_event_is_as_the_exchange_schema_says(fact: Fact) -> None:
    line = {"id": "f", "source": "orders", "position": 1, **json.loads(FACT.dump_json(fact))}
    Draft202012Validator(FACTS, format_checker=FormatChecker()).validate(line)


def _keys_of(schema: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The keys a fact may have and those it must have, over all forms of the kind."""
    forms = [schema] if "properties" in schema else schema["oneOf"]
    return {key for form in forms for key in form["properties"]}, set.intersection(*(set(f["required"]) for f in forms))


def _types_of(operations: dict[str, Any], begin: str) -> set[str]:
    """The types of all messages of the operations whose name begins so."""
    chosen = [one for name, one in operations.items() if name.startswith(begin)]
    return {message["$ref"].rpartition("/")[2] for one in chosen for message in one["messages"]}


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for one in node for found in _references(one)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if "$ref" in node else []
    return own + [found for value in node.values() for found in _references(value)]


def _follow(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document
