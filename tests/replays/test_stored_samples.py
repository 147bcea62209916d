"""Events once stored are replayed for ever: every stored sample decodes, with nothing lost or out of place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from chassis.codec import Codec
from tests.replays.stored_samples import codecs, example, is_named_tuple, missing, read, version_of, write

SAMPLES = read()
CODECS: dict[str, Codec] = {topic: codec for codec in codecs() for topic in codec.class_of}
ALL = [(topic, version) for topic, versions in SAMPLES.items() for version in versions]
PRESENT = [
    (topic, version)
    for topic, version in ALL
    if topic in CODECS and version == version_of(CODECS[topic].class_of[topic])
]


def test_every_topic_has_a_sample_of_the_version_it_is_stored_with() -> None:
    assert missing(SAMPLES) == {}


@pytest.mark.parametrize(("topic", "version"), ALL)
def test_a_sample_still_decodes(topic: str, version: str) -> None:
    event = CODECS[topic].decode(topic, SAMPLES[topic][version].encode())
    assert isinstance(event, CODECS[topic].class_of[topic])


@pytest.mark.parametrize(("topic", "version"), PRESENT)
def test_a_sample_is_stored_again_with_nothing_lost(topic: str, version: str) -> None:
    codec, stored = CODECS[topic], SAMPLES[topic][version]
    again = json.loads(codec.encode(codec.decode(topic, stored.encode())))
    assert _keeps(again, json.loads(stored))


@pytest.mark.parametrize(("topic", "version"), PRESENT)
def test_what_is_stored_by_place_is_read_from_its_place(topic: str, version: str) -> None:
    for part in _named_tuples(CODECS[topic].decode(topic, SAMPLES[topic][version].encode())):
        hints = get_type_hints(type(part))
        for name, value in part._asdict().items():
            if isinstance(value, str):
                assert value == example(hints[name], name), f"{type(part).__name__}.{name}"


def test_writing_adds_what_is_missing_and_changes_nothing_that_stands(tmp_path: Path) -> None:
    topic = next(iter(SAMPLES))
    standing = {topic: {"1": "{}", "0": "{}"}}
    (tmp_path / "samples.json").write_text(json.dumps(standing), encoding="utf-8")
    added = write(tmp_path / "samples.json")
    assert topic not in added
    assert read(tmp_path / "samples.json")[topic] == standing[topic]
    assert set(read(tmp_path / "samples.json")) == {topic, *added} == set(CODECS)


def _keeps(again: Any, stored: Any) -> bool:
    """Whether all of ``stored`` is in ``again``, which may have more keys, and more places at the end."""
    if isinstance(stored, dict):
        return isinstance(again, dict) and all(key in again and _keeps(again[key], stored[key]) for key in stored)
    if isinstance(stored, list):
        return isinstance(again, list) and len(again) >= len(stored) and all(map(_keeps, again, stored))
    return bool(again == stored)


def _named_tuples(value: Any) -> Iterator[Any]:
    if is_named_tuple(type(value)):
        yield value
    if is_dataclass(value):
        parts: list[Any] = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, tuple):
        parts = list(value)
    else:
        parts = list(value.values()) if isinstance(value, dict) else []
    for part in parts:
        yield from _named_tuples(part)
