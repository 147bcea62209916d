"""The townships of a month are drawn once, by lot, and anybody can draw them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.providers.domain import grade_round
from services.providers.reactions.grades import begin_round
from tests.providers.examples import ANNING, BAIXIN
from tests.providers.grading import A_ROUND, AT, MONTH, RULES

TOWNSHIPS = tuple(f"1305281{number:02}" for number in range(16))
PAIRS = tuple(grade_round.Pair(provider=who, township=township) for township in TOWNSHIPS for who in (ANNING, BAIXIN))
KNOWN = grade_round.Known(rules=RULES, pairs=PAIRS, head_hash="ab" * 32)
BEGIN = grade_round.Begin(month=MONTH, by="zhao", at=AT)


def begun(known: grade_round.Known = KNOWN) -> grade_round.Begun:
    [event] = A_ROUND.when(BEGIN, known).events
    assert isinstance(event, grade_round.Begun)
    return event


def test_thirty_percent_of_sixteen_townships_are_five_and_every_provider_there_is_due() -> None:
    event = begun()
    assert (event.percent, len(event.candidates), len(event.drawn)) == (30, 16, 5)
    assert {pair.township for pair in event.due} == set(event.drawn)
    assert len(event.due) == 10
    assert event.due_on == date(2026, 11, 10)


def test_anybody_draws_the_same_from_what_is_published() -> None:
    event = begun()
    seed = sha256(f"careloop.grade_round.1|{MONTH}|{event.head_hash}".encode()).hexdigest()
    ranked = sorted(event.candidates, key=lambda township: sha256(f"{seed}|{township}".encode()).hexdigest())
    assert seed == event.seed
    assert tuple(sorted(ranked[:5])) == event.drawn


def test_another_head_of_the_log_draws_others() -> None:
    assert begun(replace(KNOWN, head_hash="cd" * 32)).drawn != begun().drawn


@given(count=st.integers(0, 40), percent=st.integers(1, 100), head=st.text(max_size=8))
def test_the_share_is_an_exact_ceiling_whatever_the_order(count: int, percent: int, head: str) -> None:
    townships = [f"1305281{number:02}" for number in range(count)]
    drawn = grade_round.draw(head, townships, percent)
    assert len(drawn) == next(n for n in range(count + 1) if n * 100 >= percent * count)
    assert grade_round.draw(head, reversed(townships), percent) == drawn


def test_a_round_begins_once() -> None:
    A_ROUND.given(begun()).when(replace(BEGIN, by="sun"), KNOWN).then()


def test_only_a_month_that_is_over_in_ningjin_is_assessed() -> None:
    eve = replace(BEGIN, at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    A_ROUND.when(eve, KNOWN).rejected("grade_round.month_not_over", over_on="2026-11-01")
    assert A_ROUND.when(replace(eve, at=datetime(2026, 10, 31, 16, 0, tzinfo=UTC)), KNOWN).events


def test_without_a_sheet_the_bureau_is_told_so_and_nothing_begins_by_itself() -> None:
    bare = replace(KNOWN, rules=None)
    A_ROUND.when(BEGIN, bare).rejected("grade_round.none_here")
    A_ROUND.when(replace(BEGIN, by=""), bare).then()


def test_where_nothing_was_to_be_served_nothing_is_drawn() -> None:
    event = begun(replace(KNOWN, pairs=()))
    assert (event.drawn, event.due) == ((), ())


def _late(_stream: UUID) -> datetime:
    return datetime(2027, 4, 9, tzinfo=UTC)


def _in_time(_stream: UUID) -> datetime:
    return datetime(2026, 10, 31, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("when", [_in_time, _late])
def test_a_round_that_is_due_knows_its_month_however_late_it_begins(when: Callable[[UUID], datetime]) -> None:
    stream = grade_round.stream_of(MONTH)
    asked = begin_round(stream, None, when(stream))
    assert asked is not None
    assert (asked.month, asked.by) == (MONTH, "")
    assert begin_round(stream, begun(), when(stream)) is None
