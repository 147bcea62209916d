"""A worker's device: registered with its key, its packets taken once by their number, gaps that close."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.testing import Specification
from services.providers.domain import device
from tests.providers.examples import ANNING, BAIXIN, WORKER

A_DEVICE = Specification(device.decider)
AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
KNOWN = device.Known(worker_provider=ANNING)
REGISTER = device.Register(provider=ANNING, worker=WORKER, public_key="k" * 43, sound=True, by="anning", at=AT)
REGISTERED = device.Registered(provider=ANNING, worker=WORKER, public_key="k" * 43, by="anning", at=AT)
REVOKE = device.Revoke(reason_code="lost", by="anning", at=AT)
HERS = A_DEVICE.given(REGISTERED)


def digest(number: int) -> str:
    """What the packet with a number signed."""
    return f"{number:064x}"


def take(number: int, visits: int = 2) -> device.Take:
    """A packet with a right signature."""
    return device.Take(
        sequence=number, signature_right=True, digest=digest(number), visits=visits, signed_at=AT, by="anning", at=AT
    )  # fmt: skip


def taken(number: int, *closes: UUID) -> device.PacketTaken:
    """What follows from it."""
    return device.PacketTaken(
        sequence=number, digest=digest(number), visits=2, signed_at=AT, closes=closes, by="anning", at=AT
    )  # fmt: skip


def visits(number: int) -> tuple[UUID, ...]:
    """The visits of a packet."""
    return tuple(device.visit_of(digest(number), place) for place in range(2))


def test_is_registered_once_for_a_worker_of_the_provider() -> None:
    A_DEVICE.when(REGISTER, known=KNOWN).then(REGISTERED)
    HERS.when(REGISTER, known=KNOWN).then()
    A_DEVICE.when(REGISTER, known=device.Known(worker_provider=BAIXIN)).rejected("worker.unknown")


def test_has_a_key_of_its_own() -> None:
    A_DEVICE.when(REGISTER, known=replace(KNOWN, key_used=True)).rejected("device.key_used")
    A_DEVICE.when(replace(REGISTER, sound=False), known=KNOWN).rejected("device.key_malformed")


def test_takes_a_packet_once_and_no_other_under_its_number() -> None:
    HERS.when(take(1), known=KNOWN).then(taken(1))
    HERS.given(taken(1)).when(take(1), known=KNOWN).then()
    HERS.given(taken(1)).when(replace(take(1), digest=digest(7)), known=KNOWN).rejected("packet.sequence_used")


def test_takes_nothing_that_its_key_did_not_sign() -> None:
    HERS.when(replace(take(1), signature_right=False), known=KNOWN).rejected("packet.signature_wrong")
    HERS.given(taken(1)).when(replace(take(1), signature_right=False), known=KNOWN).rejected("packet.signature_wrong")


def test_takes_nothing_from_tomorrow_and_no_number_far_ahead() -> None:
    tomorrow = replace(take(1), signed_at=AT + timedelta(days=1))
    HERS.when(tomorrow, known=KNOWN).rejected("packet.signed_in_the_future")
    HERS.when(take(device.AHEAD_MAX + 1), known=KNOWN).rejected("packet.sequence_too_far", last=0)
    assert HERS.when(take(device.AHEAD_MAX), known=KNOWN).events


def test_that_is_revoked_takes_only_what_it_has_taken() -> None:
    lost = HERS.given(taken(1), device.Revoked(reason_code="lost", by="anning", at=AT))
    HERS.when(REVOKE, known=KNOWN).then(device.Revoked(reason_code="lost", by="anning", at=AT))
    lost.when(REVOKE, known=KNOWN).then()
    lost.when(take(1), known=KNOWN).then()
    lost.when(take(2), known=KNOWN).rejected("packet.device_revoked")


def test_that_nobody_registered_is_unknown() -> None:
    A_DEVICE.when(take(1), known=KNOWN).rejected("device.unknown")
    A_DEVICE.when(REVOKE, known=KNOWN).rejected("device.unknown")


def test_a_missing_packet_that_comes_closes_the_gap_before_the_next() -> None:
    later = HERS.given(taken(1), taken(3), taken(4))
    assert device.decider.fold([REGISTERED, taken(1), taken(3), taken(4)]).missing == (2,)
    later.when(take(2), known=KNOWN).then(taken(2, *visits(3)))


def test_in_whatever_order_packets_come_every_gap_is_closed_in_the_end() -> None:
    for seed in range(20):
        numbers = list(range(1, 9))
        random.Random(seed).shuffle(numbers)
        state, open_gaps = device.decider.fold([REGISTERED]), set[UUID]()
        for number in numbers:
            if number > 1 and number - 1 not in state.packets:
                open_gaps.update(visits(number))
            [event] = device.decider.decide(take(number), state, KNOWN)
            assert isinstance(event, device.PacketTaken)
            state, open_gaps = device.decider.fold([event], state), open_gaps - set(event.closes)
        assert (open_gaps, state.missing, state.last) == (set(), (), 8)
