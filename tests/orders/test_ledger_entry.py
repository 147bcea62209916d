"""Who entered in a month, and what has become of them."""

from __future__ import annotations

from datetime import date

from services.orders.domain.entry import Followed, entered_on, followed
from services.orders.domain.status import Status
from tests.orders.examples import always_half, day

REGISTERED = day("2024-09-02")


def status(from_day: str, *categories: str) -> Status:
    return Status(from_day=day(from_day), tier="half", categories=categories)


def test_who_had_a_category_from_the_beginning_entered_with_the_registration():
    assert entered_on((always_half,), REGISTERED) == REGISTERED


def test_who_has_none_has_not_entered():
    assert entered_on((Status(from_day=date.min, tier="half", categories=()),), REGISTERED) is None


def test_another_category_does_not_begin_another_spell():
    assert entered_on((always_half, status("2024-10-01", "dibao")), REGISTERED) == REGISTERED


def test_who_comes_back_enters_again():
    statuses = (always_half, status("2024-10-01"), status("2024-12-01", "dibao"))
    assert entered_on(statuses, REGISTERED) == day("2024-12-01")


def test_who_has_left_is_no_entrant():
    assert entered_on((always_half, status("2024-10-01")), REGISTERED) is None


def follow(registered: str = "", decided: str = "", died: str = "", today: str = "2024-10-02") -> Followed:
    days = [day(text) if text else None for text in (registered, decided, died)]
    return followed(REGISTERED, *days, day(today), 30)


def test_an_entrant_nobody_has_asked_is_due_after_the_days_of_the_county():
    assert follow() == Followed(state="nothing_yet", days=30, due_on=day("2024-10-02"), overdue=False)
    assert follow(today="2024-10-03").overdue


def test_a_need_that_is_not_decided_keeps_the_clock_running():
    assert follow(registered="2024-09-05", today="2024-10-10") == Followed(
        state="need_registered", days=38, due_on=day("2024-10-02"), overdue=True
    )


def test_a_decision_stops_the_clock_in_time_or_late():
    assert follow(registered="2024-09-05", decided="2024-10-02", today="2025-01-01").days == 30
    assert not follow(registered="2024-09-05", decided="2024-10-02", today="2025-01-01").overdue
    assert follow(registered="2024-09-05", decided="2024-10-03", today="2025-01-01").overdue


def test_nobody_is_followed_up_who_has_died():
    assert follow(died="2024-09-10", today="2025-01-01") == Followed(
        state="left", days=8, due_on=day("2024-10-02"), overdue=False
    )
