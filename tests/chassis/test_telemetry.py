"""Logs tell what happened and never of whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import BaseModel

from chassis.config import Settings
from chassis.telemetry import configure, log, message_of


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_personal_keys_are_dropped_at_every_depth(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings.model_validate({}))
    log().info("visit", id_number="1", Phone="2", order={"address": "3", "kind": "care"}, lines=[{"name": "4", "n": 5}])
    line = told(capsys)[0]
    assert (line["event"], line["order"], line["lines"]) == ("visit", {"kind": "care"}, [{"n": 5}])
    assert not {"id_number", "Phone"} & line.keys()


def test_an_exception_tells_its_class_and_place_and_no_long_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings.model_validate({}))
    try:
        raise ValueError("no person 13052819400101001X")
    except ValueError:
        log().error("failed", exc_info=True)
    line = told(capsys)[0]
    assert (line["error"], line["message"]) == ("ValueError", "no person #")
    assert "test_telemetry" in str(line["frames"])


def test_a_validation_error_echoes_no_input() -> None:
    class Model(BaseModel):
        number: int

    with pytest.raises(ValueError, match="number") as caught:
        Model.model_validate({"number": "Zhang"})
    assert message_of(caught.value) == "1 errors in Model"


def test_other_libraries_log_in_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings.model_validate({}))
    logging.getLogger("some.package").warning("slow")
    line = told(capsys)[0]
    assert (line["event"], line["level"]) == ("slow", "warning")


def test_the_level_is_that_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings.model_validate({"log_level": "error"}))
    log().warning("quiet")
    assert told(capsys) == []
