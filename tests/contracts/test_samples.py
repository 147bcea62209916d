"""Events once told are read for ever: every stored sample reads back, also with keys of the future."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts import registry
from contracts.hearers import hearers
from contracts.values import Public

ROOT = Path(__file__).parents[2]
SAMPLES = {path.name.removesuffix(".json"): path.read_bytes() for path in (ROOT / "contracts/samples").glob("*.json")}


@pytest.mark.parametrize("type_name", registry.EVENTS)
def test_every_event_has_a_sample(type_name: str) -> None:
    assert type_name in SAMPLES


@pytest.mark.parametrize("type_name", SAMPLES)
def test_a_sample_is_read_and_told_again_with_nothing_lost(type_name: str) -> None:
    read = registry.read(type_name, SAMPLES[type_name])
    assert read is not None
    assert _without_added(json.loads(read.model_dump_json()), json.loads(SAMPLES[type_name])) == json.loads(
        SAMPLES[type_name]
    )


@pytest.mark.parametrize("type_name", SAMPLES)
def test_keys_of_the_future_change_nothing_wherever_they_stand(type_name: str) -> None:
    read = registry.read(type_name, SAMPLES[type_name])
    grown = _grown(json.loads(SAMPLES[type_name]), read)
    assert grown != json.loads(SAMPLES[type_name])
    assert registry.read(type_name, json.dumps(grown).encode()) == read


@pytest.mark.parametrize("type_name", registry.EVENTS)
def test_the_specification_names_every_event_and_who_hears_it(type_name: str) -> None:
    rows = {
        cells[1].strip(" `"): cells[2].strip()
        for line in (ROOT / "docs/spec/events.md").read_text(encoding="utf-8").splitlines()
        if len(cells := line.split("|")) == 5
    }
    assert rows[type_name] == (", ".join(hearers(type_name)) or "—")


def _without_added(told: Any, sample: Any) -> Any:
    """``told`` without the keys that the sample, being older, does not have."""
    if isinstance(told, dict):
        return {key: _without_added(value, sample[key]) for key, value in told.items() if key in sample}
    if isinstance(told, list):
        return [_without_added(one, other) for one, other in zip(told, sample, strict=True)]
    return told


def _grown(body: Any, model: Any) -> Any:
    """``body`` with one more key in every object that is a model; maps keep the keys they have."""
    if isinstance(model, Public):
        names = {field.alias or name: name for name, field in type(model).model_fields.items()}
        known = {key: _grown(value, getattr(model, names[key])) for key, value in body.items()}
        return {**known, "from_the_future": {"mood": ["good"]}}
    if isinstance(model, tuple):
        return [_grown(one, part) for one, part in zip(body, model, strict=True)]
    return body
