"""The state of a love order: its claims in order of arrival, and how its events change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from services.charity.domain.love_order import events as happened
from services.charity.domain.love_order.events import Event
from services.charity.domain.love_order.messages import Offered, Planned, Terms, Work

Status = Literal["none", "referred", "accepted", "published", "declined", "closed", "lapsed", "cancelled"]
Standing = Literal["held", "confirmed", "paid", "waiting", "fulfilled", "released", "turned_down"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A claim and how it stands; ``until`` is the end of a hold, ``shown`` the masked name of who claims.

    ``returned``: it was done once and is to be mended. ``earlier``: it was done before the order was referred anew;
    its pieces are none of those that are wanted now.
    """

    claim_id: UUID
    claimant: UUID
    standing: Standing
    claimed_at: datetime
    until: datetime | None = None
    pieces: int = 1
    shown: str = ""
    planned: Planned | None = None
    receipt: str = ""
    returned: bool = False
    earlier: bool = False

    @property
    def holds(self) -> bool:
        """Whether it holds pieces that are not fulfilled."""
        return self.standing in ("held", "confirmed", "paid")


@dataclass(frozen=True, kw_only=True)
class Past:
    """How an earlier referral of the order ended: for a charity's record."""

    charity: UUID
    status: Status
    accepted: bool
    published: bool
    fulfilled: int


@dataclass(frozen=True, kw_only=True)
class LoveOrder:
    """``work`` and ``terms`` are there from the referral on; ``claims`` in order of arrival, over ones too."""

    status: Status = "none"
    work: Work | None = None
    terms: Terms | None = None
    publish_by: datetime | None = None
    accepted_at: datetime | None = None
    published_at: datetime | None = None
    wording: str = ""
    offered: Offered | None = None
    claims: tuple[Place, ...] = ()
    past: tuple[Past, ...] = ()

    @property
    def places(self) -> int:
        """How many pieces are wanted."""
        return self.work.places if self.work else 0

    @property
    def open(self) -> tuple[Place, ...]:
        """Claims that hold pieces and are not fulfilled."""
        return tuple(claim for claim in self.claims if claim.holds)

    @property
    def waiting(self) -> tuple[Place, ...]:
        """Claims that wait, first come first."""
        return tuple(claim for claim in self.claims if claim.standing == "waiting")

    @property
    def fulfilled(self) -> int:
        """How many pieces are done."""
        return sum(one.pieces for one in self.claims if one.standing == "fulfilled" and not one.earlier)

    @property
    def held(self) -> int:
        """How many pieces are held and not done."""
        return sum(one.pieces for one in self.open if not one.earlier)

    @property
    def left(self) -> int:
        """How many pieces nobody holds or has done."""
        return self.places - self.held - self.fulfilled

    @property
    def first(self) -> str:
        """The masked name of who holds a place longest, or else of who was first to do it."""
        holding = [one for one in self.open if not one.earlier]
        done = [one for one in self.claims if one.standing == "fulfilled" and not one.earlier]
        return next((one.shown for one in (*holding, *done)), "")

    def claim(self, claim_id: UUID) -> Place | None:
        """The claim of this id."""
        return next((claim for claim in self.claims if claim.claim_id == claim_id), None)

    def standing(self, claim_id: UUID, standing: Standing, until: datetime | None = None, **changes: Any) -> LoveOrder:
        """The order after a claim changed; its place in the order of arrival stays."""
        claims = tuple(
            replace(claim, standing=standing, until=until, **changes) if claim.claim_id == claim_id else claim
            for claim in self.claims
        )
        return replace(self, claims=claims)

    def is_over(self, at: datetime) -> bool:
        """Whether it takes no more claims at ``at``."""
        return self.work is None or at >= self.work.expires_at or self.fulfilled == self.places


def evolve(order: LoveOrder, event: Event) -> LoveOrder:
    """What happened, one after another."""
    match event:
        case happened.Referred():
            return _referred(order, event)
        case happened.Accepted():
            return replace(order, status="accepted", accepted_at=event.at)
        case happened.Declined():
            return replace(order, status="declined")
        case happened.Published():
            accepted_at = order.accepted_at or event.at
            return replace(
                order, status="published", wording=event.wording, published_at=event.at, accepted_at=accepted_at
            )
        case happened.OfferNamed():
            return replace(order, offered=event.offered)
        case happened.Lapsed():
            return replace(order, status="lapsed")
        case happened.Closed():
            return replace(order, status="closed")
        case happened.Cancelled():
            return replace(order, status="cancelled")
        case _:
            return _of_claim(order, event)


def _of_claim(order: LoveOrder, event: happened.OfClaim) -> LoveOrder:
    match event:
        case happened.Claimed():
            return _arrived(order, event, "held", event.until, event.planned)
        case happened.Queued():
            return _arrived(order, event, "waiting", None, None)
        case happened.Promoted():
            return order.standing(event.claim_id, "held", event.until, pieces=event.pieces)
        case happened.Confirmed():
            changes = {"planned": event.planned} if event.planned else {}
            return order.standing(event.claim_id, "confirmed", event.until, **changes)
        case happened.ShareReceived():
            return order.standing(event.claim_id, "paid", event.until, receipt=event.receipt)
        case happened.Released():
            return order.standing(event.claim_id, "released")
        case happened.Fulfilled():
            return order.standing(event.claim_id, "fulfilled", pieces=event.pieces)
        case happened.Returned():
            claim = order.claim(event.claim_id)
            paid = claim is not None and bool(claim.receipt)
            status = order.status if claim is not None and claim.earlier else "published"
            again = replace(order, status=status)
            return again.standing(event.claim_id, "paid" if paid else "confirmed", event.until, returned=True)
        case happened.TurnedDown():
            return order.standing(event.claim_id, "turned_down")


def _referred(order: LoveOrder, event: happened.Referred) -> LoveOrder:
    """A referral begins anew; what was done before it stays on record."""
    past = order.past
    if order.work is not None:
        ended = Past(
            charity=order.work.charity,
            status=order.status,
            accepted=order.accepted_at is not None,
            published=order.published_at is not None,
            fulfilled=order.fulfilled,
        )
        past = (*past, ended)
    done = tuple(replace(one, earlier=True) for one in order.claims if one.standing == "fulfilled" or one.earlier)
    return LoveOrder(
        status="referred", work=event.work, terms=event.terms, publish_by=event.publish_by, claims=done, past=past
    )


def _arrived(
    order: LoveOrder, event: happened.Claimed | happened.Queued, standing: Standing, until: datetime | None,
    planned: Planned | None,
) -> LoveOrder:  # fmt: skip
    claim = Place(
        claim_id=event.claim_id,
        claimant=event.claimant,
        standing=standing,
        claimed_at=event.at,
        until=until,
        pieces=event.pieces,
        shown=event.shown,
        planned=planned,
    )
    return replace(order, claims=(*order.claims, claim))
