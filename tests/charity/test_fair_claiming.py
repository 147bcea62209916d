"""Fair claiming: N people, k places, exactly k win; the order of arrival is kept; nobody waits for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.charity.domain.love_order import (
    Command,
    Confirm,
    Lapse,
    LoveOrder,
    Promoted,
    Queued,
    Released,
    Return,
    TurnDown,
    decider,
)
from tests.charity.examples import EXPIRES, NOW, claim, claim_of, fulfil, join, on_the_hall, withdraw

PEOPLE = [UUID(int=number) for number in range(1, 13)]

MOVES = ["claim", "claim", "wait", "wait", "withdraw", "confirm", "fulfil", "return", "turn_down", "lapse"]
Moves = list[tuple[str, UUID, int, int]]
moves = st.lists(
    st.tuples(
        st.sampled_from(MOVES),
        st.sampled_from(PEOPLE),
        st.sampled_from([0, 0, 1, 20, 80]),
        st.integers(1, 3),
    ),
    max_size=80,
)


def command(move: str, who: UUID, now: datetime, pieces: int) -> Command:
    match move:
        case "claim":
            return claim(who, now, pieces)
        case "wait":
            return join(who, now, pieces)
        case "turn_down":
            return TurnDown(claim_id=claim_of(who), reason_code="not_done", at=now)
        case "withdraw":
            return withdraw(who, now)
        case "confirm":
            return Confirm(claim_id=claim_of(who), at=now)
        case "fulfil":
            return fulfil(who, now)
        case "return":
            return Return(claim_id=claim_of(who), at=now)
        case _:
            return Lapse(at=now)


class History:
    """A love order played by random moves, time going on; keeps who was served in which order."""

    def __init__(self, places: int, waiting_places: int) -> None:
        self.order: LoveOrder = on_the_hall(places, waiting_places).when(Lapse(at=NOW)).state
        self.now = NOW
        self.waited: list[UUID] = []
        self.left_the_list: set[UUID] = set()
        self.promoted: list[UUID] = []

    def move(self, move: str, who: UUID, wait_hours: int, pieces: int) -> None:
        self.now += timedelta(hours=wait_hours)
        try:
            events = decider.decide(command(move, who, self.now, pieces), self.order, None)
        except Rejected:
            return
        for event in events:
            self.order = decider.evolve(self.order, event)
            if isinstance(event, Queued):
                self.waited.append(event.claimant)
            elif isinstance(event, Promoted):
                self.promoted.append(event.claimant)
            elif isinstance(event, Released) and not event.held:
                self.left_the_list.add(event.claimant)


@given(moves, st.integers(1, 4), st.integers(0, 5))
def test_never_more_than_k_places_are_held_or_fulfilled(some: Moves, places: int, waiting_places: int) -> None:
    history = History(places, waiting_places)
    for move in some:
        history.move(*move)
        assert 0 <= history.order.held + history.order.fulfilled <= places
        assert history.order.left >= 0
        assert len(history.order.waiting) <= waiting_places


@given(moves, st.integers(1, 4), st.integers(0, 5))
def test_places_go_to_those_who_wait_in_order_of_arrival(some: Moves, places: int, waiting_places: int) -> None:
    history = History(places, waiting_places)
    for move in some:
        history.move(*move)
    stayed = [who for who in history.waited if who not in history.left_the_list]
    assert history.promoted == stayed[: len(history.promoted)]


@given(moves, st.integers(1, 4), st.integers(0, 5))
def test_nobody_waits_while_a_place_is_left(some: Moves, places: int, waiting_places: int) -> None:
    history = History(places, waiting_places)
    for move in some:
        history.move(*move)
        if history.now < EXPIRES and history.order.status == "published":
            assert history.order.left == 0 or not history.order.waiting


@given(moves, st.integers(1, 4), st.integers(0, 5))
def test_nobody_waits_or_holds_for_ever(some: Moves, places: int, waiting_places: int) -> None:
    history = History(places, waiting_places)
    for move in some:
        history.move(*move)
    for _ in range(2):
        history.move("lapse", PEOPLE[0], 24 * 60, 1)
    assert history.order.status in ("closed", "lapsed")
    assert not history.order.open
    assert not history.order.waiting


@given(moves, st.integers(1, 4), st.integers(0, 5))
def test_a_claimant_has_one_claim_on_an_order(some: Moves, places: int, waiting_places: int) -> None:
    history = History(places, waiting_places)
    for move in some:
        history.move(*move)
    claimants = [one.claimant for one in history.order.claims]
    assert len(set(claimants)) == len(claimants)


@settings(max_examples=50)
@given(st.permutations(PEOPLE), st.integers(1, 12), st.integers(0, 12))
def test_of_n_people_exactly_k_win_and_the_others_wait_in_order(
    people: list[UUID], places: int, waiting_places: int
) -> None:
    order = on_the_hall(places, waiting_places).when(Lapse(at=NOW)).state
    won: list[UUID] = []
    waits: list[UUID] = []
    refused: list[str] = []
    for ask, got in ((claim, won), (join, waits)):
        for who in people:
            if who in won:
                continue
            try:
                (event,) = decider.decide(ask(who), order, None)
            except Rejected as refusal:
                refused.append(refusal.code)
                continue
            order = decider.evolve(order, event)
            got.append(who)
    late = len(people) - places
    assert won == people[:places]
    assert waits == people[places : places + waiting_places]
    assert refused == ["claim.no_place_left"] * late + ["waiting_list.full"] * max(0, late - waiting_places)
