"""The state of the money and goods behind a love order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.charity.domain.ledger import MONEY
from services.charity.domain.support.messages import (
    Awaited,
    Counted,
    Dropped,
    Ended,
    Event,
    Funded,
    Promised,
    Released,
    Uncounted,
    Used,
    Wanted,
)

Key = tuple[UUID, str]
"""Which pot, and what of it."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a pot promises the order: ``amount``, of which ``funded`` is there, of which ``used`` went to claims."""

    amount: int = 0
    funded: int = 0
    used: int = 0


@dataclass(frozen=True, kw_only=True)
class Support:
    """``given`` in order of arrival; ``awaited`` and ``counted`` are claims with their pieces."""

    order_id: UUID | None = None
    wanted: Wanted = field(default_factory=lambda: Wanted(item="", price_fen=0, places=0))
    given: Mapping[Key, Given] = field(default_factory=dict)
    awaited: Mapping[UUID, int] = field(default_factory=dict)
    counted: Mapping[UUID, int] = field(default_factory=dict)
    used: tuple[Used, ...] = ()
    ended: bool = False

    def promised(self, what: str) -> int:
        """What all pots together promise."""
        return sum(one.amount for (_, kind), one in self.given.items() if kind == what)

    @property
    def whats(self) -> tuple[str, ...]:
        """Money, items, or both: what is promised at all."""
        return tuple(sorted({what for _, what in self.given}))

    def each(self, what: str) -> int:
        """How much of ``what`` a piece takes."""
        return self.wanted.each(what, MONEY)

    def short(self, claim_id: UUID, what: str) -> int:
        """What a verified claim is to get and has not got."""
        got = sum(one.amount for one in self.used if (one.claim_id, one.what) == (claim_id, what))
        return self.counted.get(claim_id, 0) * self.each(what) - got

    def needed(self, what: str) -> int:
        """What an order that is over still has use for: claims that wait for verification or for what was promised."""
        short = sum(self.short(claim, what) for claim in self.counted)
        return sum(self.awaited.values()) * self.each(what) + short

    def with_given(self, key: Key, **sums: int) -> Support:
        """With these sums added to what a pot gives."""
        before = self.given.get(key, Given())
        added = {name: getattr(before, name) + amount for name, amount in sums.items()}
        return replace(self, given={**self.given, key: replace(before, **added)})


def evolve(support: Support, event: Event) -> Support:
    """What happened, one after another."""
    match event:
        case Promised():
            wanted = support.wanted if support.counted else event.wanted
            first = replace(support, order_id=event.order_id, wanted=wanted, ended=False)
            if support.order_id is None:
                first = replace(first, awaited=dict(event.wanted.awaited))
            return first.with_given((event.source, event.what), amount=event.amount, funded=event.funded)
        case Funded():
            return support.with_given((event.source, event.what), funded=event.amount)
        case Awaited():
            return replace(support, awaited={**support.awaited, event.claim_id: event.pieces})
        case Dropped():
            ended = support.ended and not event.open
            return replace(support, awaited=_without(support.awaited, event.claim_id), ended=ended)
        case Counted():
            counted = {**support.counted, event.claim_id: event.pieces}
            return replace(support, awaited=_without(support.awaited, event.claim_id), counted=counted)
        case Uncounted():
            return _uncounted(support, event)
        case Used():
            after = support.with_given((event.source, event.what), used=event.amount)
            return replace(after, used=(*after.used, event))
        case Released():
            return support.with_given((event.source, event.what), amount=-event.amount, funded=-event.returned)
        case Ended():
            return replace(support, ended=True)


def _uncounted(support: Support, event: Uncounted) -> Support:
    after = support
    for one in support.used:
        if one.claim_id == event.claim_id:
            after = after.with_given((one.source, one.what), used=-one.amount)
    return replace(
        after,
        used=tuple(one for one in support.used if one.claim_id != event.claim_id),
        awaited={**support.awaited, event.claim_id: support.counted[event.claim_id]},
        counted=_without(support.counted, event.claim_id),
    )


def _without(claims: Mapping[UUID, int], claim_id: UUID) -> Mapping[UUID, int]:
    return {claim: pieces for claim, pieces in claims.items() if claim != claim_id}
