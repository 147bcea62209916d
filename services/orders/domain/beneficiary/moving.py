"""A person moves within the county: from a day on orders are for the new place (paper 000, part 3: served wherever).

A move may be told before its day or after it, at most a year away; the register's place is the one of today.
"""

from __future__ import annotations

from datetime import timedelta

from chassis.kernel import Rejected
from services.orders.domain.beneficiary.moving_words import BeginMove, Move, MoveBegan, Moved
from services.orders.domain.beneficiary.state import Beneficiary
from services.orders.domain.days import business_day
from services.orders.domain.place import home_on

FARTHEST = timedelta(days=366)


def move(command: Move, state: Beneficiary, county: str) -> list[Moved]:
    """To where the person does not live on that day already."""
    if not command.village.startswith(command.township) or not command.township.startswith(county[:6]):
        raise Rejected("beneficiary.region_wrong")
    if state.died_on is not None and command.from_day > state.died_on:
        raise Rejected("beneficiary.died")
    if abs(command.from_day - business_day(command.at)) > FARTHEST:
        raise Rejected("beneficiary.move_too_far_away")
    home = home_on(state.homes, command.from_day)
    if (home.township, home.village) == (command.township, command.village):
        return []
    moved = Moved(township=command.township, village=command.village, from_day=command.from_day, at=command.at)
    return [moved]


def begin_move(command: BeginMove, state: Beneficiary) -> list[MoveBegan]:
    """Where the home of today is not the one the register shows yet."""
    today = business_day(command.at)
    return [] if home_on(state.homes, today) == state.home else [MoveBegan(day=today, at=command.at)]
