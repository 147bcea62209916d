"""An exception is raised once, explained, and resolved by who may: amber acknowledged, red mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chassis.testing import Specification
from services.providers.domain import exception, outage
from tests.providers.examples import ANNING, NOW, ORDER_ID, PERSON, VILLAGE, VISIT_ID, WORKER
from tests.providers.visiting import POLICY, SEALED

AN_EXCEPTION = Specification(exception.decider)
AN_OUTAGE = Specification(outage.decider)
KNOWN = exception.Known(policies=(POLICY,), reported_by="anning-system")
RAISE = exception.Raise(
    visit=VISIT_ID, order_id=ORDER_ID, provider=ANNING, worker=WORKER, person=PERSON, region=VILLAGE,
    item="home_cleaning", day=date(2026, 11, 2), code="too_short", colour="amber", policy=POLICY.version, at=NOW,
)  # fmt: skip
RESOLVE = exception.Resolve(
    resolution="acknowledged", reason_code="person_asked", text=SEALED, by="wang", role="bureau",
    at=NOW + timedelta(days=1),
)  # fmt: skip
AMBER = AN_EXCEPTION.when(RAISE, known=KNOWN)
RED = AN_EXCEPTION.when(replace(RAISE, code="photo_reused", colour="red"), known=KNOWN)
MEND = replace(RESOLVE, resolution="mended")


def known(**changes: Any) -> exception.Known:
    return replace(KNOWN, **changes)


def test_it_is_raised_once_and_waits_its_days() -> None:
    assert (AMBER.state.status, AMBER.state.raised.due_on) == ("open", date(2026, 11, 9))
    AMBER.when(RAISE, known=KNOWN).then()


def test_amber_is_acknowledged_once() -> None:
    resolved = AMBER.when(RESOLVE, known=KNOWN)
    assert (resolved.state.status, resolved.state.resolved.by) == ("acknowledged", "wang")
    resolved.when(RESOLVE, known=KNOWN).then()
    resolved.when(replace(RESOLVE, resolution="upheld"), known=KNOWN).rejected(
        "exception.resolved_already", state="acknowledged"
    )


def test_red_is_not_acknowledged() -> None:
    RED.when(RESOLVE, known=KNOWN).rejected("exception.red_is_mended")


def test_red_is_mended_by_what_came_after_it() -> None:
    RED.when(MEND, known=KNOWN).rejected("exception.nothing_mended")
    RED.when(MEND, known=known(supplemented_at=NOW - timedelta(seconds=1))).rejected("exception.nothing_mended")
    assert RED.when(MEND, known=known(supplemented_at=NOW + timedelta(hours=1))).state.status == "mended"
    assert RED.when(MEND, known=known(found_served_at=NOW + timedelta(hours=1))).state.status == "mended"


def test_what_is_upheld_stands_and_is_not_raised_anew() -> None:
    upheld = RED.when(replace(RESOLVE, resolution="upheld"), known=KNOWN)
    assert upheld.state.stands
    upheld.when(replace(RAISE, code="photo_reused", colour="red"), known=KNOWN).then()


def test_who_reported_decides_nothing() -> None:
    AMBER.when(replace(RESOLVE, by="anning-system"), known=KNOWN).rejected("exception.resolver_reported_it")


@pytest.mark.parametrize(("case", "resolution"), [(RED, "upheld"), (RED, "mended"), (AMBER, "upheld")])
def test_a_township_only_acknowledges(case: Specification, resolution: str) -> None:
    command = replace(RESOLVE, role="township", resolution=resolution)  # type: ignore[arg-type]
    case.when(command, known=known(supplemented_at=NOW)).rejected("exception.not_yours_to_resolve", body="bureau")


def test_a_township_acknowledges_where_the_pack_says_so() -> None:
    township = replace(RESOLVE, role="township")
    assert AMBER.when(township, known=KNOWN).state.status == "acknowledged"
    only_bureau = replace(POLICY, exceptions=replace(POLICY.exceptions, acknowledged_by=frozenset({"bureau"})))
    AMBER.when(township, known=known(policies=(only_bureau,))).rejected("exception.not_yours_to_resolve", body="bureau")


def test_a_reason_stands_in_the_countys_list() -> None:
    AMBER.when(replace(RESOLVE, reason_code="because"), known=KNOWN).rejected("exception.reason_unknown")


def test_grey_is_acknowledged_by_itself_and_nobody_explains_it() -> None:
    grey = AN_EXCEPTION.when(replace(RAISE, code="code_missing", colour="grey"), known=KNOWN)
    assert (grey.state.status, grey.state.stands) == ("acknowledged", True)
    explain = exception.Explain(text=SEALED, by="anning-system", at=NOW)
    grey.when(explain, known=KNOWN).rejected("exception.resolved_already", state="acknowledged")


def test_amber_that_turns_out_to_be_the_platforms_fault_is_grey() -> None:
    turned = AMBER.when(replace(RAISE, colour="grey"), known=KNOWN)
    turned.then(exception.Recoloured(colour="grey", at=RAISE.at))
    assert turned.state.status == "acknowledged"


def test_what_went_away_may_come_again() -> None:
    lifted = AMBER.when(exception.Lift(at=NOW + timedelta(hours=1)), known=KNOWN)
    assert lifted.state.status == "lifted"
    lifted.when(exception.Lift(at=NOW + timedelta(hours=2)), known=KNOWN).then()
    again = lifted.when(replace(RAISE, at=NOW + timedelta(days=1)), known=KNOWN)
    assert (again.state.status, again.state.times) == ("open", 2)


def test_nobody_resolves_what_is_not_there() -> None:
    AN_EXCEPTION.when(RESOLVE, known=KNOWN).rejected("exception.unknown")


def _record(begins: datetime, ends: datetime) -> outage.Record:
    return outage.Record(
        down="reporting", from_at=begins, to_at=ends, reason_code="maintenance", by="wang", at=NOW + timedelta(days=9)
    )


def test_an_outage_is_over_and_lasts_at_most_a_week() -> None:
    AN_OUTAGE.when(_record(NOW, NOW), known=outage.Known()).rejected("outage.ends_before_it_begins")
    AN_OUTAGE.when(_record(NOW, NOW + timedelta(days=10)), known=outage.Known()).rejected("outage.in_the_future")
    AN_OUTAGE.when(_record(NOW, NOW + timedelta(days=8)), known=outage.Known()).rejected("outage.longer_than_a_week")
    recorded = AN_OUTAGE.when(_record(NOW, NOW + timedelta(days=7)), known=outage.Known())
    assert len(recorded.events) == 1
    recorded.when(_record(NOW, NOW + timedelta(days=7)), known=outage.Known()).then()


def test_the_visits_of_an_outage_are_looked_at_page_by_page() -> None:
    page = tuple(
        outage.Affected(visit=VISIT_ID, order_id=ORDER_ID, started_at=NOW, told_at=NOW) for _ in range(outage.PAGE)
    )
    look = outage.Look(at=NOW)
    first = AN_OUTAGE.when(_record(NOW, NOW + timedelta(hours=1)), known=outage.Known()).when(
        look, known=outage.Known(affected=page)
    )
    assert (first.state.done, first.state.through) == (False, VISIT_ID)
    last = first.when(look, known=outage.Known())
    assert last.state.done
    last.when(look, known=outage.Known()).then()
