"""Whatever is logged, at whatever depth and by whomever: no person's number and no credential is in the line."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from chassis.config import Settings
from chassis.redaction import HIDDEN, clean, clean_text, is_dropped
from chassis.telemetry import configure, log, message_of, redact

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Lines = Callable[[], AbstractContextManager[list[dict[str, Any]]]]
UUID_TEXT = "0b6c1f5e-2f53-5d0c-9a51-6b1f0a7c4e10"

digits = st.text("0123456789", min_size=3, max_size=3)
days = st.dates().map(lambda day: f"{day.year:04}{day.month:02}{day.day:02}")
stems = st.builds(lambda place, day, order: place + day + order, st.sampled_from(["130528", "620422"]), days, digits)
identities = stems.flatmap(
    lambda stem: st.sampled_from(
        [
            stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, WEIGHTS, strict=True)) % 11],
            f"{stem}0",
            f"{stem}x",
        ]
    )
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
cards = st.from_regex(r"62[0-9]{14}([0-9]{3})?", fullmatch=True)
keys = st.from_regex(r"clk_130528_[0-9a-z]{8}_[0-9A-Za-z]{20,43}", fullmatch=True)
web_tokens = st.from_regex(r"eyJ[0-9A-Za-z_-]{10,30}\.[0-9A-Za-z_-]{10,30}\.[0-9A-Za-z_-]{20,40}", fullmatch=True)
bearers = web_tokens.map(lambda token: f"Bearer {token}")
canaries = st.one_of(identities, mobiles, cards, keys, web_tokens, bearers)

around = st.sampled_from(
    ["{}", "no person {}", "{}不存在", "手机{}。", "({})", 'key="{}"', "a/{}/b", "tel:{},x", "\n{}\n"]
)
planted = st.tuples(around, canaries).map(lambda pair: (pair[0].format(pair[1]), pair[1]))


@dataclass(frozen=True)
class Thing:
    """Told by its text, as any object that is no plain value."""

    inside: object


def nested(value: Any) -> st.SearchStrategy[Any]:
    """``value`` somewhere within mappings, lists, objects and exceptions."""
    return st.recursive(
        st.just(value),
        lambda inner: st.one_of(
            inner.map(lambda one: {"order": one, "kind": "care"}),
            inner.map(lambda one: ["x", one, 5]),
            inner.map(lambda one: (1, one)),
            inner.map(Thing),
            inner.map(lambda one: ValueError(one)),
        ),
        max_leaves=4,
    )


@given(data=st.data())
def test_a_canary_shows_at_no_depth(data: st.DataObject) -> None:
    text, canary = data.draw(planted)
    value = data.draw(nested(text))
    told = json.dumps(redact(None, "info", {"event": "planted", "facts": value}), ensure_ascii=False)
    assert canary not in told
    assert "planted" in told


@given(planted)
def test_a_canary_shows_in_no_key_and_no_event(pair: tuple[str, str]) -> None:
    text, canary = pair
    assert canary not in json.dumps(redact(None, "info", {"event": text, "facts": {text: 1}, text: 2}))


@given(canary=st.one_of(identities, mobiles, cards))
def test_numbers_are_found_grouped_and_full_width(canary: str) -> None:
    wide = canary.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    grouped = f"{canary[:3]} {canary[3:7]}-{canary[7:]}"
    assert clean_text(f"x {wide} y") == f"x {HIDDEN} y"
    assert clean_text(f"x {grouped} y") == f"x {HIDDEN} y"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True).map(int))
def test_a_number_that_is_no_text_is_found_too(number: int) -> None:
    assert clean({"a": number, "b": [number], "c": float(number)}) == {"a": HIDDEN, "b": [HIDDEN], "c": HIDDEN}


@given(st.uuids(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.sampled_from(["130528", "130528100201"]))
def test_what_leads_to_a_cause_stays(stream: object, position: int, seconds: float, region: str) -> None:
    facts = {"stream": str(stream), "position": position, "seconds": seconds, "county": region, "trace": "a1" * 16}
    assert redact(None, "info", dict(facts)) == facts


@pytest.mark.parametrize(
    "key",
    ["name", "Phone", "idNumber", "id-number", "guardian_phone", "homeAddress", "API-Key", "client_secret", "Cookie",
     "accessToken", "bank_card", "person_name", "id_card"],
)  # fmt: skip
def test_a_key_that_names_personal_data_is_dropped_however_it_is_written(key: str) -> None:
    assert is_dropped(key)
    assert clean({"a": [{key: "张三"}]}) == {"a": [{}]}


@pytest.mark.parametrize("key", ["county", "subject", "position", "operation", "task", "names_read", "code", "service"])
def test_other_keys_stay(key: str) -> None:
    assert clean({key: "x"}) == {key: "x"}


def test_what_is_too_deep_or_without_end_is_hidden() -> None:
    endless: dict[str, Any] = {}
    endless["again"] = endless
    assert HIDDEN in json.dumps(clean(endless))


def test_an_object_that_cannot_be_told_does_no_harm() -> None:
    class Mute:
        def __str__(self) -> str:
            raise RuntimeError

    assert "Mute" in clean(Mute())


def test_bytes_are_told_by_their_number() -> None:
    assert clean({"raw": b"13800138000"}) == {"raw": "11 bytes"}


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """Configures logging when it is entered, in the test itself; gives what was logged since."""

    @contextmanager
    def logged() -> Iterator[list[dict[str, Any]]]:
        configure(Settings.model_validate({}))
        found: list[dict[str, Any]] = []
        yield found
        found += [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return logged


@pytest.mark.parametrize("logger", ["uvicorn.error", "nats.aio.client", "asyncio", "opentelemetry.sdk", "some.package"])
def test_other_libraries_tell_no_more(logger: str, lines: Lines) -> None:
    with lines() as told_lines:
        try:
            raise ValueError("cannot serve 13052819400101001X with Bearer abc.def.ghi")
        except ValueError:
            logging.getLogger(logger).exception("of %s at %s", "13800138000", {"phone": "6222021234567890123"})
    [line] = told_lines
    told = json.dumps(line)
    assert line["error"] == "ValueError"
    for canary in ("13052819400101001X", "13800138000", "6222021234567890123", "abc.def.ghi"):
        assert canary not in told


def test_a_chained_exception_tells_its_own_message_only(lines: Lines) -> None:
    with lines() as told_lines:
        try:
            try:
                raise KeyError("13800138000")
            except KeyError as inner:
                raise ValueError(f"bad {UUID_TEXT} {{'phone': '13900139000'}}") from inner
        except ValueError:
            log().error("failed", exc_info=True)
    [line] = told_lines
    assert "138001380" not in json.dumps(line)
    assert "139001390" not in json.dumps(line)


def test_a_warning_takes_the_same_way(lines: Lines) -> None:
    with lines() as told_lines:
        logging.getLogger("py.warnings").warning("%s", "a.py:1: UserWarning: looks like 13800138000")
    [line] = told_lines
    assert "UserWarning" in line["event"]
    assert "13800138000" not in line["event"]


def test_an_address_hides_its_password() -> None:
    error = OSError("cannot reach postgresql://careloop_orders:0123abcd@db.example:5432/careloop")
    assert message_of(error) == f"cannot reach postgresql://{HIDDEN}@db.example:5432/careloop"
