"""A claimant 爱心人士 or 爱心企业, and the claims it has open: at most so many at once, so that nobody hoards.
    Register ─▶ Registered ─ Open ─▶ ClaimOpened ─ Close ─▶ ClaimClosed

A claim is open while it holds a place and while it waits for one. It is opened and closed here in the same
transaction in which the love order decides about it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis.kernel import Decider, Rejected, Sealed, topics

CATEGORY = "charity.claimant"
Kind = Literal["person", "company"]
Why = Literal["fulfilled", "withdrawn", "lapsed", "closed"]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Enter a claimant; who it is stays sealed."""

    kind: Kind
    name: Sealed
    phone: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Open:
    """One more claim."""

    claim_id: UUID
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Close:
    """A claim is over."""

    claim_id: UUID
    why: Why
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The claimant is known."""

    kind: Kind
    name: Sealed
    phone: Sealed
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimOpened:
    """The claim counts against the quota."""

    claim_id: UUID
    order_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimClosed:
    """The claim counts no more."""

    claim_id: UUID
    why: Why
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Claimant:
    """The state: who, which claims are open, and how many were fulfilled."""

    registered: Registered | None = None
    open_claims: frozenset[UUID] = frozenset()
    fulfilled: int = 0


Command = Register | Open | Close
Event = Registered | ClaimOpened | ClaimClosed


def decide(command: Command, claimant: Claimant, known: int | None) -> list[Event]:
    """``known`` is the quota of the policy in force, None where there is none."""
    match command:
        case Register() if claimant.registered is not None:
            raise Rejected("claimant.registered_already")
        case Register():
            return [Registered(kind=command.kind, name=command.name, phone=command.phone, at=command.at)]
        case Close() if command.claim_id not in claimant.open_claims:
            return []
        case Close():
            return [ClaimClosed(claim_id=command.claim_id, why=command.why, at=command.at)]
        case Open() if claimant.registered is None:
            raise Rejected("claimant.unknown")
        case Open() if command.claim_id in claimant.open_claims:
            return []
        case Open() if known is None:
            raise Rejected("policy.none_in_force")
        case Open() if len(claimant.open_claims) >= known:
            raise Rejected("claim.quota_reached", quota=known, left=0)
        case Open():
            return [ClaimOpened(claim_id=command.claim_id, order_id=command.order_id, at=command.at)]


def evolve(claimant: Claimant, event: Event) -> Claimant:
    """What happened, one after another."""
    match event:
        case Registered():
            return replace(claimant, registered=event)
        case ClaimOpened():
            return replace(claimant, open_claims=claimant.open_claims | {event.claim_id})
        case ClaimClosed():
            return replace(
                claimant,
                open_claims=claimant.open_claims - {event.claim_id},
                fulfilled=claimant.fulfilled + (event.why == "fulfilled"),
            )


decider: Decider[Command, Claimant, Event, int | None] = Decider(
    category=CATEGORY,
    initial=Claimant(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Registered, ClaimOpened, ClaimClosed),
)
