"""A beneficiary: their words, and the rules that decide on them."""

from services.orders.domain.beneficiary.rules import CATEGORY, Beneficiary, Known, decide, decider, evolve
from services.orders.domain.beneficiary.words import (
    ChangeStatus,
    Command,
    Died,
    EndPlan,
    Event,
    GrantPlan,
    NoteStay,
    PlanEnded,
    PlanGranted,
    PlanWidened,
    RecordDeath,
    Register,
    Registered,
    StatusChanged,
    StayNoted,
)

__all__ = [
    "CATEGORY",
    "Beneficiary",
    "ChangeStatus",
    "Command",
    "Died",
    "EndPlan",
    "Event",
    "GrantPlan",
    "Known",
    "NoteStay",
    "PlanEnded",
    "PlanGranted",
    "PlanWidened",
    "RecordDeath",
    "Register",
    "Registered",
    "StatusChanged",
    "StayNoted",
    "decide",
    "decider",
    "evolve",
]
