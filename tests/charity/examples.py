"""The love orders and claimants all tests here speak of: Ningjin county, autumn 2026."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from chassis.testing import Specification
from services.charity.domain import charity, claimant, love_order, month, policy
from services.charity.domain.love_order import claim_id_of
from services.charity.domain.love_order.messages import Terms, Work

COUNTY = "130528"
PACK = (Path(__file__).parents[2] / "deploy/localities/130528/0001.toml").read_text()
POLICY = policy.read(tomllib.loads(PACK))
KNOWN = love_order.Known(policy=POLICY)

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=15)
HOLD = timedelta(hours=POLICY.hold_hours)
ANSWER = timedelta(hours=POLICY.answer_within_hours)
FULFIL = timedelta(days=POLICY.fulfil_within_days)
ORDER_ID, CHARITY = UUID(int=0x100), UUID(int=0xC0)
LI, MA, NING, OU = (UUID(int=number) for number in (0x1, 0x2, 0x3, 0x4))
CODE = "53130528MJ0123456T"

A_CHARITY = Specification(charity.decider)
A_CLAIMANT = Specification(claimant.decider)
A_LOVE_ORDER = Specification(love_order.decider)
A_MONTH = Specification(month.decider)

WORK = Work(
    charity=CHARITY,
    item="meal_help",
    units=4,
    township="130528100",
    village="130528100201",
    places=1,
    expires_at=EXPIRES,
    price_fen=0,
    policy=POLICY.version,
)
TERMS = Terms(
    publish_within_days=POLICY.publish_within_days,
    hold_hours=POLICY.hold_hours,
    fulfil_within_days=POLICY.fulfil_within_days,
    waiting_places=POLICY.waiting_places,
    answer_within_hours=POLICY.answer_within_hours,
)


def referred(places: int = 1, waiting_places: int = POLICY.waiting_places) -> love_order.Referred:
    """A love order of so many places, referred now."""
    return love_order.Referred(
        work=replace(WORK, places=places),
        terms=replace(TERMS, waiting_places=waiting_places),
        publish_by=NOW + timedelta(days=POLICY.publish_within_days),
        at=NOW,
    )


PUBLISHED = love_order.Published(wording="每周送四次热饭", at=NOW)


def on_the_hall(
    places: int = 1, waiting_places: int = POLICY.waiting_places, expires_at: datetime = EXPIRES
) -> Specification:
    """A published love order."""
    event = referred(places, waiting_places)
    return A_LOVE_ORDER.given(replace(event, work=replace(event.work, expires_at=expires_at)), PUBLISHED)


def claim_of(who: UUID) -> UUID:
    """The id of somebody's claim on the love order."""
    return claim_id_of(ORDER_ID, who)


def claim(who: UUID, at: datetime = NOW, pieces: int = 1) -> love_order.Claim:
    """Somebody claims."""
    return love_order.Claim(claim_id=claim_of(who), claimant=who, pieces=pieces, shown="李**", at=at)


def claimed(who: UUID, at: datetime = NOW, pieces: int = 1) -> love_order.Claimed:
    """Somebody holds a place."""
    return love_order.Claimed(claim_id=claim_of(who), claimant=who, until=at + HOLD, pieces=pieces, shown="李**", at=at)


def join(who: UUID, at: datetime = NOW, pieces: int = 1) -> love_order.Join:
    """Somebody who came too late asks to wait."""
    return love_order.Join(claim_id=claim_of(who), claimant=who, pieces=pieces, shown="马**", at=at)


def queued(who: UUID, waits_as: int = 1, at: datetime = NOW, pieces: int = 1) -> love_order.Queued:
    """Somebody waits."""
    return love_order.Queued(
        claim_id=claim_of(who), claimant=who, waits_as=waits_as, pieces=pieces, shown="马**", at=at
    )


def promoted(who: UUID, at: datetime = NOW, pieces: int = 1) -> love_order.Promoted:
    """Somebody who waited holds a place."""
    return love_order.Promoted(claim_id=claim_of(who), claimant=who, until=at + ANSWER, pieces=pieces, at=at)


def confirm(who: UUID, at: datetime = NOW) -> love_order.Confirm:
    """Somebody is sure."""
    return love_order.Confirm(claim_id=claim_of(who), at=at)


def confirmed(who: UUID, at: datetime = NOW) -> love_order.Confirmed:
    """Somebody's place is kept."""
    return love_order.Confirmed(claim_id=claim_of(who), until=at + FULFIL, at=at)


def released(
    who: UUID, why: claimant.Why, at: datetime = NOW, *, held: bool = True, confirmed: bool = False, detail: str = ""
) -> love_order.Released:
    """Somebody's claim is over."""
    return love_order.Released(
        claim_id=claim_of(who), claimant=who, why=why, held=held, confirmed=confirmed, detail_code=detail, at=at
    )


def withdraw(who: UUID, at: datetime = NOW) -> love_order.Withdraw:
    """Somebody steps back."""
    return love_order.Withdraw(claim_id=claim_of(who), at=at)


def fulfil(who: UUID | None, at: datetime = NOW + timedelta(hours=3)) -> love_order.Fulfil:
    """Somebody tells at ``at`` that it was done at eleven that morning in Shanghai."""
    return love_order.Fulfil(
        claim_id=claim_of(who) if who else None, day=at.date(), time="11:00", photos=(), by="li-phone", at=at
    )


def fulfilled(who: UUID, at: datetime = NOW + timedelta(hours=3)) -> love_order.Fulfilled:
    """It was done."""
    return love_order.Fulfilled(
        claim_id=claim_of(who), claimant=who, day=at.date(), time="11:00", photos=(), by="li-phone", at=at
    )
