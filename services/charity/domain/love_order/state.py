"""The state of a love order: its claims in order of arrival."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.charity.domain.love_order.messages import Terms, Work

Status = Literal["none", "referred", "published", "closed", "lapsed", "cancelled"]
Standing = Literal["held", "confirmed", "waiting", "fulfilled", "released"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A claim and how it stands; ``until`` is the end of a hold."""

    claim_id: UUID
    claimant: UUID
    standing: Standing
    claimed_at: datetime
    until: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds a place that is not fulfilled."""
        return self.standing in ("held", "confirmed")


@dataclass(frozen=True, kw_only=True)
class LoveOrder:
    """``work`` and ``terms`` are there from the referral on; ``claims`` in order of arrival, over ones too."""

    status: Status = "none"
    work: Work | None = None
    terms: Terms | None = None
    publish_by: datetime | None = None
    published_at: datetime | None = None
    wording: str = ""
    claims: tuple[Place, ...] = ()

    @property
    def places(self) -> int:
        """How many may do it."""
        return self.work.places if self.work else 0

    @property
    def open(self) -> tuple[Place, ...]:
        """Claims that hold a place and are not fulfilled."""
        return tuple(claim for claim in self.claims if claim.holds)

    @property
    def waiting(self) -> tuple[Place, ...]:
        """Claims that wait, first come first."""
        return tuple(claim for claim in self.claims if claim.standing == "waiting")

    @property
    def fulfilled(self) -> int:
        """How many have done it."""
        return sum(claim.standing == "fulfilled" for claim in self.claims)

    @property
    def left(self) -> int:
        """How many places nobody holds or has fulfilled."""
        return self.places - len(self.open) - self.fulfilled

    def claim(self, claim_id: UUID) -> Place | None:
        """The claim of this id."""
        return next((claim for claim in self.claims if claim.claim_id == claim_id), None)

    def standing(self, claim_id: UUID, standing: Standing, until: datetime | None = None) -> LoveOrder:
        """The order after a claim changed; its place in the order of arrival stays."""
        claims = tuple(
            replace(claim, standing=standing, until=until) if claim.claim_id == claim_id else claim
            for claim in self.claims
        )
        return replace(self, claims=claims)

    def is_over(self, at: datetime) -> bool:
        """Whether it takes no more claims at ``at``."""
        return self.work is None or at >= self.work.expires_at or self.fulfilled == self.places
