"""A month is sealed once nothing is parked, and tried again until then."""

from __future__ import annotations

from datetime import timedelta

from services.charity.domain.month import Delayed, Known, Seal, Sealed
from tests.charity.examples import A_MONTH, NOW

SEAL = Seal(month="2026-10", at=NOW)
HALF_MINUTE = timedelta(seconds=30)
DELAYED = Delayed(month="2026-10", parked=2, again_at=NOW + HALF_MINUTE, at=NOW)


def test_is_sealed_with_the_claims_that_wait() -> None:
    A_MONTH.when(SEAL, known=Known(parked=0, waiting=7)).then(Sealed(month="2026-10", waiting=7, at=NOW))


def test_is_sealed_once() -> None:
    sealed = Sealed(month="2026-10", waiting=7, at=NOW)
    A_MONTH.given(sealed).when(SEAL, known=Known(parked=0, waiting=8)).then()


def test_waits_while_messages_are_parked() -> None:
    A_MONTH.when(SEAL, known=Known(parked=2, waiting=7)).then(DELAYED)


def test_is_not_delayed_twice_for_the_same_wait() -> None:
    A_MONTH.given(DELAYED).when(SEAL, known=Known(parked=2, waiting=7)).then()


def test_waits_twice_as_long_each_time_and_sixteen_minutes_at_most() -> None:
    history, again = [DELAYED], DELAYED
    for seconds in (60, 120, 240, 480, 960, 960):
        asked = Seal(month="2026-10", at=again.again_at)
        (again,) = A_MONTH.given(*history).when(asked, known=Known(parked=1, waiting=0)).events
        assert again.again_at - again.at == timedelta(seconds=seconds)
        history.append(again)


def test_is_sealed_after_all_when_nothing_is_parked_any_more() -> None:
    later = Seal(month="2026-10", at=NOW + HALF_MINUTE)
    sealed = Sealed(month="2026-10", waiting=7, at=NOW + HALF_MINUTE)
    A_MONTH.given(DELAYED).when(later, known=Known(parked=0, waiting=7)).then(sealed)
