"""The state of a claimant: its file, which claims are open, and how those ended that it was sure of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from services.charity.domain.claimant.messages import (
    Assessed,
    Blocked,
    ClaimClosed,
    ClaimOpened,
    ClaimPlanned,
    ClaimReopened,
    ClaimTurnedDown,
    Consented,
    Event,
    Registered,
    SkillConfirmed,
    Unblocked,
    Window,
)

NO_SHOW = "no_show"


@dataclass(frozen=True, kw_only=True)
class Claimant:
    """Who, which claims are open (and the times planned for them), and the record.

    ``ended`` counts the claims that were confirmed and are over, done or not.
    """

    registered: Registered | None = None
    open_claims: frozenset[UUID] = frozenset()
    windows: dict[UUID, Window] = field(default_factory=dict)
    skills: dict[str, date | None] = field(default_factory=dict)
    assessed: tuple[Assessed, ...] = ()
    consent_to: date | None = None
    blocks: dict[str, date] = field(default_factory=dict)
    fulfilled: int = 0
    withdrawals: int = 0
    lapsed: int = 0
    turned_down: int = 0
    no_shows: tuple[datetime, ...] = ()
    ended: int = 0

    @property
    def reliability(self) -> int | None:
        """Of a hundred claims that it was sure of and that are over, so many were done and stand; None before one."""
        return 100 * self.fulfilled // self.ended if self.ended else None


def evolve(claimant: Claimant, event: Event) -> Claimant:
    """What happened, one after another."""
    match event:
        case Registered():
            return replace(claimant, registered=event)
        case SkillConfirmed():
            return replace(claimant, skills={**claimant.skills, event.skill: event.valid_to})
        case Assessed():
            return replace(claimant, assessed=(*claimant.assessed, event))
        case Consented():
            return replace(claimant, consent_to=event.valid_to)
        case Blocked():
            return replace(claimant, blocks={**claimant.blocks, blocker(event.charity): event.until})
        case Unblocked():
            left = {who: until for who, until in claimant.blocks.items() if who != blocker(event.charity)}
            return replace(claimant, blocks=left)
        case ClaimOpened():
            return _opened(claimant, event.claim_id, event.window)
        case ClaimPlanned():
            return replace(claimant, windows={**claimant.windows, event.claim_id: event.window})
        case ClaimClosed():
            return _closed(claimant, event)
        case ClaimReopened():
            reopened = _opened(claimant, event.claim_id, None)
            return replace(reopened, fulfilled=claimant.fulfilled - 1, ended=claimant.ended - 1)
        case ClaimTurnedDown():
            return replace(claimant, fulfilled=claimant.fulfilled - 1, turned_down=claimant.turned_down + 1)


def blocker(charity: UUID | None) -> str:
    """Who blocked: a charity by its id, or the bureau."""
    return str(charity) if charity else "bureau"


def _opened(claimant: Claimant, claim_id: UUID, window: Window | None) -> Claimant:
    windows = {**claimant.windows, claim_id: window} if window else claimant.windows
    return replace(claimant, open_claims=claimant.open_claims | {claim_id}, windows=windows)


def _closed(claimant: Claimant, event: ClaimClosed) -> Claimant:
    """A claim that was released because the order ended says nothing about who had claimed it."""
    missed = event.detail_code == NO_SHOW
    counts = event.why == "fulfilled" or (event.confirmed and event.why in ("withdrawn", "lapsed"))
    return replace(
        claimant,
        open_claims=claimant.open_claims - {event.claim_id},
        windows={claim: window for claim, window in claimant.windows.items() if claim != event.claim_id},
        fulfilled=claimant.fulfilled + (event.why == "fulfilled"),
        withdrawals=claimant.withdrawals + (event.why == "withdrawn" and event.confirmed),
        lapsed=claimant.lapsed + (event.why == "lapsed" and not missed),
        no_shows=(*claimant.no_shows, event.at) if missed else claimant.no_shows,
        ended=claimant.ended + counts,
    )
