"""The clocks of an order, the days by which things are done, and what is shown of steps and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.orders.domain import need, order
from services.orders.domain.masking import masked
from services.orders.domain.order.clocks import Clock, clocks
from services.orders.domain.standing import next_step
from services.orders.domain.steps import shown
from services.orders.domain.waiting import KINDS, due_on, latest_overdue
from tests.orders.examples import (
    NINGJIN,
    VISIT,
    approved,
    at,
    completed,
    day,
    drawn,
    love_formed,
    matched,
    need_registered,
    opened,
    registered,
    surveyed,
)

CLOSES = at("2024-10-08", "00:00")
accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))


NOW = at("2024-10-05")


def states(*events: order.Event, now: datetime = NOW) -> dict[str, str]:
    return {clock.name: clock.state for clock in clocks(events, now)}


def test_before_the_window_closes_the_clocks_run():
    assert clocks((opened,), at("2024-10-01")) == (
        Clock(name="taken", due_at=CLOSES, done_at=None, state="running"),
        Clock(name="served", due_at=CLOSES, done_at=None, state="running"),
    )


def test_after_it_they_are_late():
    assert states(opened, now=at("2024-10-08", "00:01")) == {"taken": "late", "served": "late"}


def test_a_completion_is_measured_by_the_day_of_service_not_of_its_report():
    late_report = replace(completed, day=day("2024-10-07"), at=at("2024-10-09"))
    assert states(opened, matched, late_report)["served"] == "in_time"
    assert states(opened, matched, replace(late_report, day=day("2024-10-08")))["served"] == "late"


def test_a_judgement_is_due_when_the_completion_would_be_accepted_by_itself():
    assert states(opened, matched, completed)["verified"] == "running"
    assert states(opened, matched, completed, accepted)["verified"] == "in_time"
    assert states(opened, matched, completed, now=at("2024-10-11"))["verified"] == "late"


def test_what_was_returned_is_measured_by_its_new_completion():
    returned = order.Returned(visit_id=VISIT, reason_code="blurred", by="bureau-1", at=at("2024-10-04"))
    again = replace(completed, at=at("2024-10-06"), accepts_at=at("2024-10-13"))
    verified = clocks((opened, matched, completed, returned, again), at("2024-10-07"))[-1]
    assert (verified.done_at, verified.due_at) == (None, at("2024-10-13"))


def test_the_clocks_of_a_cancelled_order_stand_still():
    cancelled = order.Cancelled(reason_code="died", at=at("2024-10-02"))
    assert states(opened, cancelled, now=at("2025-01-01")) == {"taken": "stopped", "served": "stopped"}


def test_a_love_order_is_due_when_it_expires_and_is_never_accepted_by_itself():
    done = replace(completed, day=day("2024-10-16"), accepts_at=None)
    assert states(love_formed, matched, done, now=at("2024-12-01")) == {"taken": "in_time", "served": "in_time"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_thing_is_overdue_from_the_day_after_its_last_day(kind: str) -> None:
    since = day("2024-10-01")
    due = due_on(kind, since, NINGJIN)  # type: ignore[arg-type]
    assert latest_overdue(kind, due, NINGJIN) < since  # type: ignore[arg-type]
    assert latest_overdue(kind, date.fromordinal(due.toordinal() + 1), NINGJIN) == since  # type: ignore[arg-type]


def test_a_step_shows_codes_and_days_but_no_text_no_name_and_nothing_sealed():
    assert shown(surveyed) == {"form": "home"}
    assert shown(need_registered) == {
        "number": 3, "person_id": str(need_registered.person_id), "township": "130528100", "village": "130528100201",
        "channel": "village", "urgent": False, "conflict_of_interest": False, "fast_lane": False,
        "register_number": "130528-2024-00001",
    }  # fmt: skip
    assert {"born", "price_fen"}.isdisjoint(shown(drawn) | shown(approved))
    assert shown(registered) == {"service_number": "1305280000007", "number": 7}
    assert shown(need.Confirmed(by="li", role="township", at=datetime(2024, 9, 5, tzinfo=UTC))) == {}


@pytest.mark.parametrize(
    ("name", "shows"), [("张三", "张**"), ("张小三", "张**"), ("欧阳修", "欧阳**"), ("欧阳", "欧**"), ("=1+1", "=**")]
)
def test_a_masked_name_is_a_surname(name: str, shows: str) -> None:
    assert masked(name) == shows


def test_every_stage_of_a_need_and_a_plan_has_a_next_step_in_words():
    assert [next_step("need", state) for state in ("registered", "surveyed", "confirmed", "refused")] == [
        "survey", "review", "assessment", "none"
    ]  # fmt: skip
    assert [next_step("plan", state) for state in ("drawn_unposted", "drawn_posted", "started", "ended")] == [
        "notice", "start", "service", "none"
    ]  # fmt: skip
