"""What stands against a completion: red keeps it from being accepted by itself until it is mended (S3); a death or a
stay in hospital is looked at when it is told, and again before it is accepted by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chassis.testing import Specification
from services.orders.domain import order
from services.orders.domain.order.clocks import clocks
from services.orders.domain.order.doubted import OWN
from services.orders.domain.policy import ExceptionRules
from services.orders.domain.status import Stay
from tests.orders.examples import (
    NINGJIN,
    OTHER_PROVIDER,
    OTHER_VISIT,
    at,
    complete,
    completed,
    day,
    known_order,
    matched,
    opened,
    verify,
)

AN_ORDER = Specification(order.decider)
JUDGED = replace(NINGJIN, exceptions=ExceptionRules(judged=True, hospital_items=frozenset({"attendance"})))
KNOWN = replace(known_order, policies=(JUDGED,))
TAKEN = AN_ORDER.given(opened, matched)
WAITING = TAKEN.given(completed)
DOUBT = order.Doubt(
    visit_id=complete.visit_id, exceptions=("overlap_worker",), colours=(("overlap_worker", "red"),),
    at=at("2024-10-05", "09:00"),
)  # fmt: skip
CLEAR = order.Clear(visit_id=complete.visit_id, exceptions=(), at=at("2024-10-08", "09:00"))
DEAD = order.Whereabouts(died_on=day("2024-10-02"))


def accept(on: str) -> order.AcceptUnsampled:
    """The clock of acceptance by itself has come."""
    return order.AcceptUnsampled(at=at(on, "11:00"))


def where(**changes: Any) -> order.Known:
    """The person was there."""
    return replace(KNOWN, whereabouts=order.Whereabouts(**changes))


def test_what_is_mended_has_its_days_anew() -> None:
    cleared = WAITING.when(DOUBT, KNOWN).when(CLEAR, KNOWN)
    (event,) = cleared.events
    assert (event.red, event.accepts_at) == (False, at("2024-10-15", "09:00"))
    cleared.when(accept("2024-10-10"), KNOWN).then()
    (accepted,) = cleared.when(accept("2024-10-15"), KNOWN).events
    assert accepted.how == "unsampled"


def test_the_clock_shows_the_new_instant() -> None:
    events = [opened, matched, completed, *WAITING.when(DOUBT, KNOWN).events]
    assert [clock.name for clock in clocks(events, at("2024-10-06"))] == ["taken", "served"]
    events += WAITING.when(DOUBT, KNOWN).when(CLEAR, KNOWN).events
    assert clocks(events, at("2024-10-09"))[-1].due_at == at("2024-10-15", "09:00")


def test_amber_that_comes_or_goes_leaves_the_clock_alone() -> None:
    amber = replace(CLEAR, exceptions=("too_short",), colours=(("too_short", "amber"),))
    noted = WAITING.when(amber, KNOWN)
    assert (noted.events[0].accepts_at, noted.state.waiting.exceptions) == (completed.accepts_at, ("too_short",))
    noted.when(amber, KNOWN).then()
    WAITING.when(CLEAR, KNOWN).then()


def test_grey_stays_in_the_sample_whatever_becomes_of_it() -> None:
    grey = replace(complete, exceptions=("code_missing",), colours=(("code_missing", "grey"),))
    told = TAKEN.when(grey, KNOWN)
    assert told.events[0].grey
    assert told.events[0].accepts_at is not None
    assert told.when(CLEAR, KNOWN).state.waiting.grey


def test_what_orders_notice_themselves_nobody_lifts() -> None:
    strange = TAKEN.when(replace(complete, provider=OTHER_PROVIDER), KNOWN)
    assert strange.events[0].colours == (("not_matched", "red"),)
    strange.when(CLEAR, KNOWN).then()
    doubted = strange.when(DOUBT, KNOWN)
    assert doubted.state.waiting.exceptions == ("overlap_worker", "not_matched")
    assert doubted.when(CLEAR, KNOWN).state.waiting.red


def test_what_is_judged_already_is_left_to_a_ruling() -> None:
    judged = WAITING.when(verify, KNOWN)
    judged.when(DOUBT, KNOWN).then()
    judged.when(CLEAR, KNOWN).then()


def test_nobody_is_served_after_the_day_of_death() -> None:
    (event,) = TAKEN.when(complete, replace(KNOWN, whereabouts=DEAD)).events
    assert (event.exceptions, event.red, event.accepts_at) == (("person_died",), True, None)
    (event,) = TAKEN.when(complete, where(died_on=day("2024-10-03"))).events
    assert event.exceptions == ()


@pytest.mark.parametrize(
    ("admitted", "discharged", "exceptions"),
    [
        ("2024-10-02", None, ("in_hospital",)),
        ("2024-10-02", "2024-10-04", ("in_hospital",)),
        ("2024-10-02", "2024-10-03", ()),
        ("2024-10-03", "2024-10-09", ()),
        ("2024-10-04", None, ()),
    ],
)
def test_on_the_days_of_coming_and_going_somebody_may_have_been_there(
    admitted: str, discharged: str | None, exceptions: tuple[str, ...]
) -> None:
    stay = Stay(day(admitted), day(discharged) if discharged else None)
    (event,) = TAKEN.when(complete, where(stays=(stay,))).events
    assert event.exceptions == exceptions


def test_an_escort_serves_in_the_hospital() -> None:
    escort = Specification(order.decider).given(replace(opened, item="attendance"), matched)
    stay = Stay(day("2024-10-01"), None)
    (event,) = escort.when(replace(complete, item="attendance"), where(stays=(stay,))).events
    assert event.exceptions == ()


def test_after_the_plan_and_while_it_rests_nobody_serves() -> None:
    (ended,) = TAKEN.when(complete, where(plan_ends_on=day("2024-10-02"))).events
    (rests,) = TAKEN.when(complete, where(suspended_from=day("2024-10-03"))).events
    (goes_on,) = TAKEN.when(complete, where(suspended_from=day("2024-09-01"), suspended_to=day("2024-10-02"))).events
    assert (ended.exceptions, rests.exceptions, goes_on.exceptions) == (("plan_ended",), ("plan_suspended",), ())


def test_a_death_that_was_recorded_later_stops_the_acceptance_by_itself() -> None:
    doubted = WAITING.when(accept("2024-10-10"), replace(KNOWN, whereabouts=DEAD))
    (event,) = doubted.events
    assert (event.exceptions, event.colours) == (("person_died",), (("person_died", "red"),))
    doubted.when(accept("2024-10-17"), KNOWN).then()


def test_without_the_section_nothing_new_is_looked_at() -> None:
    older = replace(known_order, whereabouts=DEAD)
    TAKEN.when(complete, older).then(completed)
    assert WAITING.when(accept("2024-10-10"), older).events[0].how == "unsampled"


MADE: dict[str, order.Complete | order.Known] = {
    "not_matched": replace(complete, provider=OTHER_PROVIDER),
    "one_visit_too_many": replace(complete, visit_id=OTHER_VISIT),
    "other_item": replace(complete, item="meal_help"),
    "more_units_than_ordered": replace(complete, units=2),
    "after_cancellation": complete,
    "in_hospital": where(stays=(Stay(day("2024-10-01"), None),)),
    "person_died": replace(KNOWN, whereabouts=DEAD),
    "plan_ended": where(plan_ends_on=day("2024-10-02")),
    "plan_suspended": where(suspended_from=day("2024-10-02")),
}
BEFORE = {
    "one_visit_too_many": WAITING,
    "after_cancellation": TAKEN.given(order.Cancelled(reason_code="moved", at=at("2024-10-02"))),
}


def test_every_code_of_orders_has_a_completion_made_for_it() -> None:
    assert set(MADE) == set(OWN)


@pytest.mark.parametrize("code", sorted(OWN))
def test_a_completion_made_for_a_code_raises_it_red_and_nothing_else(code: str) -> None:
    made = MADE[code]
    command, known = (complete, made) if isinstance(made, order.Known) else (made, KNOWN)
    (event,) = BEFORE.get(code, TAKEN).when(command, known).events
    assert event.colours == ((code, "red"),)
