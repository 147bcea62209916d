"""An order is offered to one candidate after another until somebody takes it or nobody is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.providers.domain.search import (
    Accept,
    Accepted,
    Begun,
    Command,
    Decline,
    Declined,
    Expire,
    Expired,
    Known,
    NobodyFound,
    NoteVisit,
    Offered,
    Return,
    Returned,
    Search,
    StandDown,
    State,
    Visited,
    Withdrawn,
    decider,
)
from tests.providers.examples import (
    A_SEARCH,
    ANNING,
    BAIXIN,
    CHANGLE,
    NOW,
    ORDER,
    POLICY,
    VISIT_ID,
    candidate,
    hours,
    known,
)

BOTH = known(candidate(ANNING), candidate(BAIXIN))
SEARCH = Search(order=ORDER, at=NOW)
BEGUN = Begun(order=ORDER, at=NOW)
UNTIL = NOW + timedelta(minutes=POLICY.answer_within_minutes)
FOUND = A_SEARCH.when(SEARCH, known=BOTH).when(Accept(provider=ANNING, at=NOW))
OFFERED, ACCEPTED = A_SEARCH.when(SEARCH, known=BOTH).events[1], FOUND.events[0]
DECLINE = Decline(provider=ANNING, reason_code="no_worker", at=NOW)
VISIT = NoteVisit(visit_id=VISIT_ID, provider=ANNING, item="home_cleaning", units=1, at=NOW)
VISITED = Visited(visit_id=VISIT_ID, at=NOW)
AN_OFFER = A_SEARCH.given(BEGUN, OFFERED)
A_FOUND = A_SEARCH.given(BEGUN, OFFERED, ACCEPTED)


def test_the_first_candidate_is_offered_the_order_with_a_deadline() -> None:
    begun, offered = A_SEARCH.when(SEARCH, known=BOTH).events
    assert begun == BEGUN
    assert (offered.provider, offered.agreement, offered.until) == (ANNING, "2026-01", UNTIL)


def test_the_offer_explains_every_candidate() -> None:
    supply = known(candidate(CHANGLE, workers=0), candidate(BAIXIN), candidate(ANNING))
    offered = A_SEARCH.when(SEARCH, known=supply).events[1]
    reasons = [(one.provider, one.rank, one.reason_code) for one in offered.considered]
    assert reasons == [(ANNING, 1, None), (BAIXIN, 2, "later_id"), (CHANGLE, None, "no_worker_there")]


def test_with_no_candidate_nobody_is_found() -> None:
    A_SEARCH.when(SEARCH, known=known()).then(BEGUN, NobodyFound(considered=(), at=NOW))


def test_searching_again_while_an_offer_stands_changes_nothing() -> None:
    AN_OFFER.when(SEARCH, known=BOTH).then()


def test_an_order_that_falls_back_is_searched_for_anew() -> None:
    nobody = NobodyFound(considered=(), at=NOW)
    events = A_SEARCH.given(BEGUN, nobody).when(SEARCH, known=BOTH).events
    assert [type(event) for event in events] == [Begun, Offered]


def test_the_provider_asked_takes_the_order() -> None:
    AN_OFFER.when(Accept(provider=ANNING, at=NOW)).then(Accepted(provider=ANNING, agreement="2026-01", at=NOW))


def test_taking_it_again_changes_nothing() -> None:
    A_FOUND.when(Accept(provider=ANNING, at=NOW)).then()


def test_a_provider_that_was_not_asked_does_not_take_it() -> None:
    AN_OFFER.when(Accept(provider=BAIXIN, at=NOW)).rejected("offer.not_yours")


def test_an_order_nobody_was_offered_is_not_taken() -> None:
    A_SEARCH.when(Accept(provider=ANNING, at=NOW)).rejected("offer.unknown")


def test_an_answer_at_the_deadline_is_late() -> None:
    AN_OFFER.when(Accept(provider=ANNING, at=UNTIL)).rejected("offer.expired")


def test_an_answer_just_before_the_deadline_counts() -> None:
    in_time = Accept(provider=ANNING, at=UNTIL - timedelta(microseconds=1))
    assert AN_OFFER.when(in_time).state.status == "found"


def test_a_provider_whose_time_was_over_is_told_so_even_when_another_has_it() -> None:
    late = AN_OFFER.when(Expire(at=UNTIL), known=BOTH).when(Accept(provider=BAIXIN, at=UNTIL))
    late.when(Accept(provider=ANNING, at=UNTIL)).rejected("offer.expired")


def test_a_refusal_takes_the_order_to_the_next_candidate() -> None:
    declined, offered = AN_OFFER.when(DECLINE, known=BOTH).events
    assert declined == Declined(provider=ANNING, reason_code="no_worker", at=NOW)
    assert offered.provider == BAIXIN
    assert offered.considered[1].reason_code == "declined"


def test_refusing_again_changes_nothing() -> None:
    AN_OFFER.when(DECLINE, known=BOTH).when(DECLINE, known=BOTH).then()


def test_when_all_have_refused_nobody_is_found() -> None:
    only_anning = known(candidate(ANNING))
    _, nobody = AN_OFFER.when(DECLINE, known=only_anning).events
    assert isinstance(nobody, NobodyFound)
    assert [one.reason_code for one in nobody.considered] == ["declined"]


def test_an_offer_without_answer_goes_to_the_next_candidate() -> None:
    expired, offered = AN_OFFER.when(Expire(at=UNTIL), known=BOTH).events
    assert expired == Expired(provider=ANNING, at=UNTIL)
    assert (offered.provider, offered.considered[1].reason_code) == (BAIXIN, "offer_expired")


def test_an_offer_does_not_expire_early() -> None:
    AN_OFFER.when(Expire(at=UNTIL - timedelta(microseconds=1)), known=BOTH).then()


def test_an_order_that_is_taken_does_not_expire() -> None:
    A_FOUND.when(Expire(at=UNTIL), known=BOTH).then()


def test_no_more_offers_are_made_than_the_policy_allows() -> None:
    once = Known(policy=replace(POLICY, most_offers=1), candidates=BOTH.candidates)
    _, nobody = AN_OFFER.when(DECLINE, known=once).events
    assert isinstance(nobody, NobodyFound)
    assert {one.reason_code for one in nobody.considered} == {"declined", "most_offers_made"}


def test_an_offer_is_withdrawn_when_another_road_has_the_order() -> None:
    stand_down = StandDown(taken_by=UUID(int=9), reason_code="taken", at=NOW)
    AN_OFFER.when(stand_down).then(Withdrawn(reason_code="taken", at=NOW))
    A_FOUND.when(stand_down).then(Withdrawn(reason_code="taken", at=NOW))


def test_an_order_nobody_was_found_for_stands_down_when_it_is_given_or_called_off() -> None:
    nobody = A_SEARCH.given(BEGUN, NobodyFound(considered=(), at=NOW))
    for taken_by, reason in ((UUID(int=9), "taken"), (None, "person_died")):
        told = nobody.when(StandDown(taken_by=taken_by, reason_code=reason, at=NOW))
        told.then(Withdrawn(reason_code=reason, at=NOW))
        told.when(StandDown(taken_by=taken_by, reason_code=reason, at=NOW)).then()


def test_whoever_has_the_order_keeps_it() -> None:
    A_FOUND.when(StandDown(taken_by=ANNING, reason_code="taken", at=NOW)).then()


def test_a_withdrawn_offer_is_not_taken() -> None:
    withdrawn = Withdrawn(reason_code="taken", at=NOW)
    A_SEARCH.given(BEGUN, OFFERED, withdrawn).when(Accept(provider=ANNING, at=NOW)).rejected("offer.closed")


def test_an_order_cancelled_after_the_visit_keeps_its_visit() -> None:
    cancelled = StandDown(taken_by=None, reason_code="person_died", at=NOW)
    A_SEARCH.given(BEGUN, OFFERED, ACCEPTED, VISITED).when(cancelled).then()


def test_an_order_nobody_searched_for_has_nothing_to_stand_down_from() -> None:
    A_SEARCH.when(StandDown(taken_by=None, reason_code="person_died", at=NOW)).then()


def test_the_provider_that_has_the_order_reports_a_visit_once() -> None:
    A_FOUND.when(VISIT).then(VISITED)
    A_SEARCH.given(BEGUN, OFFERED, ACCEPTED, VISITED).when(VISIT).then()


def test_a_second_visit_for_an_order_is_refused() -> None:
    second = replace(VISIT, visit_id=UUID(int=9))
    A_SEARCH.given(BEGUN, OFFERED, ACCEPTED, VISITED).when(second).rejected("visit.reported_already")


def test_a_visit_sent_back_is_reported_again() -> None:
    returned = Returned(visit_id=VISIT_ID, reason_code="no_proof", at=NOW)
    visited = A_SEARCH.given(BEGUN, OFFERED, ACCEPTED, VISITED)
    visited.when(Return(visit_id=VISIT_ID, reason_code="no_proof", at=NOW)).then(returned)
    again = replace(VISIT, visit_id=UUID(int=9))
    A_SEARCH.given(BEGUN, OFFERED, ACCEPTED, VISITED, returned).when(again).then(Visited(visit_id=UUID(int=9), at=NOW))


def test_a_visit_that_was_never_reported_is_not_sent_back() -> None:
    A_FOUND.when(Return(visit_id=VISIT_ID, reason_code="no_proof", at=NOW)).then()


def test_a_visit_for_an_order_of_another_provider_is_refused() -> None:
    A_FOUND.when(replace(VISIT, provider=BAIXIN)).rejected("visit.not_your_order")
    AN_OFFER.when(VISIT).rejected("visit.not_your_order")


def test_a_visit_for_an_order_nobody_knows_is_refused() -> None:
    A_SEARCH.when(VISIT).rejected("visit.order_unknown")


def test_a_visit_brings_what_was_ordered() -> None:
    A_FOUND.when(replace(VISIT, item="meal_help")).rejected("visit.another_item", item="home_cleaning")
    A_FOUND.when(replace(VISIT, units=2)).rejected("visit.more_than_ordered", units=1)


moves = st.lists(
    st.tuples(
        st.sampled_from(["accept", "decline", "expire", "stand_down", "search"]),
        st.sampled_from([ANNING, BAIXIN, CHANGLE]),
        st.integers(0, 40),
    ),
    max_size=25,
)


@given(moves)
def test_no_provider_is_asked_twice_and_nobody_has_an_order_that_was_not_offered(
    moves: list[tuple[str, UUID, int]],
) -> None:
    supply = known(candidate(ANNING), candidate(BAIXIN), candidate(CHANGLE), most_offers=10)
    state: State = decider.fold(decider.decide(SEARCH, State(), supply))
    now, asked = NOW, [state.provider]
    for move, who, wait in moves:
        now += hours(wait)
        commands: dict[str, Command] = {
            "accept": Accept(provider=who, at=now),
            "decline": Decline(provider=who, reason_code="other", at=now),
            "expire": Expire(at=now),
            "stand_down": StandDown(taken_by=None, reason_code="taken", at=now),
            "search": Search(order=ORDER, at=now),
        }
        try:
            events = decider.decide(commands[move], state, supply)
        except Rejected:
            continue
        if any(isinstance(event, Begun) for event in events):
            asked = []
        asked += [event.provider for event in events if isinstance(event, Offered)]
        state = decider.fold(events, state)
        assert len(set(asked)) == len(asked)
        assert (state.provider in asked) == (state.status in ("offered", "found"))
