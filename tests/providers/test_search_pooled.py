"""An order that can wait is decided together with others; whom it goes to then is verified, offered and explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.providers.domain import search
from services.providers.domain.matching_rules import Matching
from services.providers.domain.ranking import Hand
from services.providers.domain.search import Assign, Known, NameWorker, Search, Sent, Settle
from tests.providers.examples import A_SEARCH, ANNING, BAIXIN, NOW, ORDER, POLICY, candidate

LI, MA = UUID(int=0x301), UUID(int=0x302)
BATCH = UUID(int=0x900)
POOLING = replace(POLICY, matching=Matching(batch=True, after_minutes=30, least_days_left=3))
RUN = NOW + timedelta(minutes=30)
NEAR = candidate(ANNING, crew=(Hand(worker=LI, minutes=3),))
FAR = candidate(BAIXIN, crew=(Hand(worker=MA, minutes=20),))
KNOWN = Known(policy=POOLING, candidates=(NEAR, FAR))
POOLED = A_SEARCH.when(Search(order=ORDER, at=NOW), known=KNOWN)
TO_FAR = Assign(provider=BAIXIN, agreement="2026-01", worker=MA, batch=BATCH, at=RUN)


def test_an_order_that_can_wait_waits_for_the_next_run() -> None:
    _, pooled = POOLED.events
    assert (pooled.run_at, POOLED.state.status) == (RUN, "waiting")


def test_runs_are_counted_from_midnight_so_all_who_wait_meet_in_one() -> None:
    late = NOW + timedelta(minutes=29, seconds=59)
    assert search.run_at(ORDER, late, POOLING.matching) == RUN
    assert search.run_at(ORDER, RUN, POOLING.matching) == RUN + timedelta(minutes=30)


def test_an_order_that_comes_after_its_run_waits_for_the_next() -> None:
    decided = RUN + timedelta(seconds=4)
    late = A_SEARCH.when(Search(order=ORDER, at=NOW), known=replace(KNOWN, last_run=decided))
    _, pooled = late.events
    assert pooled.run_at == RUN + timedelta(minutes=30)
    before = A_SEARCH.when(Search(order=ORDER, at=NOW), known=replace(KNOWN, last_run=NOW - timedelta(days=1)))
    assert before.events[1].run_at == RUN


def test_an_order_whose_days_are_nearly_over_is_offered_at_once() -> None:
    two_days = replace(ORDER, window_to=date(2026, 11, 3))
    three_days = replace(ORDER, window_to=date(2026, 11, 4))
    assert search.run_at(two_days, NOW, POOLING.matching) is None
    assert search.run_at(three_days, NOW, POOLING.matching) == RUN


def test_without_batches_nothing_waits() -> None:
    assert search.run_at(ORDER, NOW, Matching()) is None


def test_searching_again_while_it_waits_changes_nothing() -> None:
    POOLED.when(Search(order=ORDER, at=NOW), known=KNOWN).then()


def test_the_batch_offers_it_to_whom_it_chose_and_says_who_is_needed_elsewhere() -> None:
    offered = POOLED.when(TO_FAR, known=KNOWN)
    (event,) = offered.events
    assert (event.provider, event.worker, event.batch) == (BAIXIN, MA, BATCH)
    assert [(one.provider, one.rank, one.reason_code) for one in event.considered] == [
        (BAIXIN, 1, None),
        (ANNING, 2, "needed_elsewhere"),
    ]
    assert (offered.state.status, offered.state.run_at) == ("offered", None)


def test_a_choice_that_does_not_fit_any_more_goes_to_whoever_does() -> None:
    full = replace(FAR, crew=(Hand(worker=MA, minutes=20, taken=5, monthly_capacity=5),))
    (event,) = POOLED.when(TO_FAR, known=Known(policy=POOLING, candidates=(NEAR, full))).events
    assert (event.provider, event.worker, event.batch) == (ANNING, LI, BATCH)


def test_an_order_the_batch_has_nobody_for_tells_why() -> None:
    away = replace(NEAR, crew=(Hand(worker=LI, minutes=50),))
    nobody = POOLED.when(Settle(batch=BATCH, at=RUN), known=Known(policy=POOLING, candidates=(away,)))
    assert [one.reason_code for one in nobody.events[0].considered] == ["out_of_reach"]
    assert (nobody.state.status, nobody.state.batch) == ("not_found", BATCH)


def test_a_batch_changes_nothing_about_an_order_that_does_not_wait() -> None:
    taken = POOLED.when(TO_FAR, known=KNOWN)
    taken.when(TO_FAR, known=KNOWN).then()
    taken.when(Settle(batch=BATCH, at=RUN), known=KNOWN).then()


def test_an_order_cancelled_while_it_waits_is_withdrawn() -> None:
    gone = search.StandDown(taken_by=None, reason_code="person_died", at=NOW)
    withdrawn = POOLED.when(gone)
    assert (withdrawn.state.status, withdrawn.state.run_at) == ("withdrawn", None)
    withdrawn.when(TO_FAR, known=KNOWN).then()


def test_who_declined_an_order_of_a_batch_is_not_asked_again() -> None:
    declined = search.Decline(provider=BAIXIN, reason_code="no_time", at=RUN)
    events = POOLED.when(TO_FAR, known=KNOWN).when(declined, known=KNOWN).events
    assert (events[1].provider, events[1].worker) == (ANNING, LI)
    assert events[1].considered[1].reason_code == "declined"


OFFERED = POOLED.when(TO_FAR, known=KNOWN)
NAMED = NameWorker(provider=BAIXIN, worker=LI, at=RUN)
SENT = Sent(provider=BAIXIN, left_on=None, taken=0, monthly_capacity=0)


def test_the_provider_names_another_worker_before_and_after_it_accepts() -> None:
    before = OFFERED.when(NAMED, known=SENT)
    assert before.state.worker == LI
    after = before.when(search.Accept(provider=BAIXIN, at=RUN)).when(replace(NAMED, worker=MA), known=SENT)
    assert (after.state.worker, after.state.status) == (MA, "found")


def test_naming_the_same_worker_again_changes_nothing() -> None:
    OFFERED.when(replace(NAMED, worker=MA), known=SENT).then()


def test_only_a_worker_of_its_own_with_time_and_still_there_is_named() -> None:
    OFFERED.when(NAMED, known=replace(SENT, provider=ANNING)).rejected("offer.worker_unknown")
    OFFERED.when(NAMED, known=replace(SENT, left_on=ORDER.window_from)).rejected("offer.worker_left")
    OFFERED.when(NAMED, known=replace(SENT, taken=9, monthly_capacity=9)).rejected("offer.worker_full")


def test_another_provider_names_nobody() -> None:
    OFFERED.when(replace(NAMED, provider=ANNING), known=SENT).rejected("offer.not_yours")


def test_after_a_visit_nobody_else_is_named() -> None:
    visit = search.NoteVisit(visit_id=UUID(int=1), provider=BAIXIN, item=ORDER.item, units=1, at=RUN)
    visited = OFFERED.when(search.Accept(provider=BAIXIN, at=RUN)).when(visit)
    visited.when(NAMED, known=SENT).rejected("offer.closed")
