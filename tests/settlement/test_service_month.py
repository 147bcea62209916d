"""The decisions about a month's close."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.testing import Specification
from services.settlement.domain import month
from services.settlement.domain.books import Books, OwnSeal
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import BundleMonth, Grade, Segment, Service
from tests.settlement.examples import COUNTY, POLICY

AT = datetime(2024, 12, 1, 1, 0, tzinfo=UTC)
DAYS = (
    Segment(
        first="2024-11-01", last="2024-11-30", tier="full", categories=("destitute_dispersed",), age=71, assigned=True
    ),
)
OWED: dict[str, Any] = {"payee": "p", "purchaser": COUNTY, "township": "t"}
FACTS: list[Fact] = [
    BundleMonth(id="b", source="orders", position=1, month="2024-11", person="x", days=DAYS, **OWED),
    Service(id="s", source="orders", position=2, day="2024-11-05", time="09:00", person="x", item="meal_help", units=1,
            **OWED),
]  # fmt: skip
GRADED = Grade(id="g", source="settlement", position=1, month="2024-11", payee="p", township="t", grade="average")

a_month = Specification(month.decider)
requested = month.CloseRequested(month="2024-11", at=AT)
seals = tuple(month.SealNoted(month="2024-11", source=source, position=9, waiting=0, at=AT) for source in month.SEALING)
request = month.RequestClose(month="2024-11", at=AT)
close = month.Close(at=AT)


def books(*more: Grade) -> Books:
    """The books of November, freshly opened."""
    seal = OwnSeal(position=5, public_hash="ab")
    return Books("2024-11", [*FACTS, *more], [POLICY], [], {"130528/0001": "cd"}, seal)


nothing_in_the_way = month.Known(parked=(), earlier_open=(), later_closed=None, books=None)
closable = replace(nothing_in_the_way, books=books(GRADED))
ungraded = replace(nothing_in_the_way, books=books())
parked = replace(closable, parked=("orders/17", "orders/18"))


def test_is_asked_for_once_it_is_over() -> None:
    a_month.when(request, nothing_in_the_way).then(requested)
    early = replace(request, at=datetime(2024, 11, 30, 15, 59, tzinfo=UTC))
    a_month.when(early, nothing_in_the_way).rejected("month.not_over", over_on="2024-12-01")


def test_the_first_minute_of_the_next_month_is_ningjins() -> None:
    midnight = replace(request, at=datetime(2024, 11, 30, 16, 0, tzinfo=UTC))
    a_month.when(midnight, nothing_in_the_way).then(replace(requested, at=midnight.at))


def test_earlier_months_with_facts_come_first() -> None:
    known = replace(nothing_in_the_way, earlier_open=("2024-09", "2024-10"))
    a_month.when(request, known).rejected("month.earlier_open", month="2024-09")


def test_nothing_is_closed_before_a_closed_month() -> None:
    a_month.when(request, replace(nothing_in_the_way, later_closed="2024-12")).rejected("month.later_closed")


def test_is_not_asked_for_while_messages_are_parked() -> None:
    known = replace(nothing_in_the_way, parked=("orders/17", "orders/18"))
    a_month.when(request, known).rejected("month.events_parked", parked=2, named="orders/17, orders/18")


def test_asked_again_it_is_tried_again() -> None:
    a_month.given(requested).when(request, nothing_in_the_way).then(month.CloseRetried(month="2024-11", at=AT))


def test_a_seal_is_noted_once() -> None:
    note = month.NoteSeal(month="2024-11", source="orders", position=9, waiting=3, at=AT)
    a_month.when(note).then(month.SealNoted(month="2024-11", source="orders", position=9, waiting=3, at=AT))
    a_month.given(requested, seals[0]).when(replace(note, position=12)).then()


def test_is_not_closed_before_every_seal_is_here() -> None:
    a_month.given(requested, *seals[:2]).when(close, closable).then()
    a_month.given(*seals).when(close, closable).then()


def test_closes_through_what_the_engine_has_seen() -> None:
    [closed] = a_month.given(requested, *seals).when(close, closable).events
    assert (closed.payable_fen, closed.policies, closed.policy_hashes) == (
        27000, ("130528/0001",), {"130528/0001": "cd"},
    )  # fmt: skip
    assert closed.through == {"orders": 2, "settlement": 1}
    assert closed.public_hash == "ab"


def test_a_missing_grade_delays_it_once_and_no_clock_mends_it() -> None:
    waits = (month.Wait(what="grade", which="p/t"),)
    delayed = month.CloseDelayed(month="2024-11", waits=waits, again_at=None, at=AT)
    a_month.given(requested, *seals).when(close, ungraded).then(delayed)
    a_month.given(requested, *seals, delayed).when(close, ungraded).then()


def test_parked_messages_delay_it_each_time_twice_as_long() -> None:
    waits = (month.Wait(what="parked", which="orders/17"), month.Wait(what="parked", which="orders/18"))
    again_at = AT + timedelta(seconds=30)
    delayed = month.CloseDelayed(month="2024-11", waits=waits, again_at=again_at, at=AT)
    a_month.given(requested, *seals).when(close, parked).then(delayed)
    again = replace(delayed, again_at=again_at + timedelta(seconds=60), at=again_at)
    a_month.given(requested, *seals, delayed).when(month.Close(at=again_at), parked).then(again)
    a_month.given(requested, *seals, delayed).when(close, parked).then()


def test_a_closed_month_decides_nothing_any_more() -> None:
    closed = a_month.given(requested, *seals).when(close, closable)
    for command in (request, close, month.NoteSeal(month="2024-11", source="orders", position=20, waiting=0, at=AT)):
        closed.when(command, closable).then()


def test_names_the_seals_that_are_missing() -> None:
    state = a_month.given(requested, seals[1]).when(close, None).state
    assert month.waits_of(state) == (
        month.Wait(what="seal", which="orders"),
        month.Wait(what="seal", which="charity"),
    )
