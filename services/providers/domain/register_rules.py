"""What a county's pack says of its registers: ``[providers.registers]``; where it says nothing, nothing is asked.

Certificates that a provider must show (paper 001, part 3 (6) mode 1: qualified agencies), training before service
(paper 001, part 4 (6)), regular evaluation of competence (paper 001, part 3 (5) item 4), workers from households of low
income first (paper 000, part 2 (5) point 3), and how many organisations there should be (paper 003, part 2 (3) item 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TRAINING_MONTHS = 12
"""How long a training counts where the pack does not say: a year, as an agreement lasts at most by default."""


@dataclass(frozen=True, kw_only=True)
class RegisterRules:
    """``certificates`` are kinds; hours and months of training count only where it is ``training_required``.

    ``training_hours`` is the least sum of valid hours; ``evaluate_every_months`` and aims are 0 where there is none.
    """

    certificates: tuple[str, ...] = ()
    tender_registered: bool = False
    overlap_refused: bool = False
    training_required: bool = False
    training_hours: int = 1
    training_months: int = TRAINING_MONTHS
    evaluate_every_months: int = 0
    not_competent_is_sent: bool = True
    organisations_aim: int = 0
    low_income_aim_percent: int = 0


NOTHING_ASKED = RegisterRules()
"""Of a pack without the section."""


def read(section: Mapping[str, Any] | None) -> RegisterRules:
    """The section as it was published."""
    if section is None:
        return NOTHING_ASKED
    agreement, training = section.get("agreement") or {}, section.get("training") or {}
    evaluation, aims = section.get("evaluation") or {}, section.get("aims") or {}
    return RegisterRules(
        certificates=tuple((section.get("qualification") or {}).get("certificates", ())),
        tender_registered=agreement.get("tender_registered", False),
        overlap_refused=agreement.get("overlap", "allowed") == "refused",
        training_required=bool(training),
        training_hours=training.get("least_hours", 1),
        training_months=training.get("valid_months", TRAINING_MONTHS),
        evaluate_every_months=evaluation.get("every_months", 0),
        not_competent_is_sent=evaluation.get("not_competent_is_sent", True),
        organisations_aim=aims.get("organisations", 0),
        low_income_aim_percent=aims.get("low_income_percent", 0),
    )
