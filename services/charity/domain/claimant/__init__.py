"""A claimant 爱心人士 or 爱心企业: its file, and the claims it has open, at most so many at once: nobody hoards.
    Register ─▶ Registered ─ Open ─▶ ClaimOpened ─ Close ─▶ ClaimClosed ─ Reopen ─▶ ClaimReopened
                                                                       └ TurnDown ─▶ ClaimTurnedDown

A claim is open while it holds a place and while it waits for one. It is opened and closed here in the same
transaction in which the love order decides about it; what the order asks of who claims it is looked at here.
"""

from __future__ import annotations

from chassis.kernel import Decider, topics
from services.charity.domain.claimant.deciding import decide
from services.charity.domain.claimant.messages import (
    EVENTS,
    Asked,
    Assess,
    Assessed,
    Block,
    Blocked,
    ClaimClosed,
    ClaimOpened,
    ClaimPlanned,
    ClaimReopened,
    ClaimTurnedDown,
    Close,
    Command,
    ConfirmSkill,
    Consent,
    Consented,
    Event,
    Kind,
    Open,
    Plan,
    Register,
    Registered,
    Reopen,
    SkillConfirmed,
    TurnDown,
    Unblock,
    Unblocked,
    Why,
    Window,
)
from services.charity.domain.claimant.state import Claimant, evolve
from services.charity.domain.policy import Policy

CATEGORY = "charity.claimant"

decider: Decider[Command, Claimant, Event, Policy | None] = Decider(
    category=CATEGORY, initial=Claimant(), decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)

__all__ = [
    "CATEGORY",
    "Asked",
    "Assess",
    "Assessed",
    "Block",
    "Blocked",
    "ClaimClosed",
    "ClaimOpened",
    "ClaimPlanned",
    "ClaimReopened",
    "ClaimTurnedDown",
    "Claimant",
    "Close",
    "ConfirmSkill",
    "Consent",
    "Consented",
    "Kind",
    "Open",
    "Plan",
    "Register",
    "Registered",
    "Reopen",
    "SkillConfirmed",
    "TurnDown",
    "Unblock",
    "Unblocked",
    "Why",
    "Window",
    "decider",
]
