"""What the settlement service reads of a county's policy pack: ``[settlement]`` and ``[statements]``, by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.kernel import Rejected
from services.settlement.domain.engine import SettlementPolicy
from services.settlement.domain.policy import from_section


@dataclass(frozen=True, kw_only=True)
class StatementRules:
    """Who signs a statement, first and second (``county``, ``finance``, ``township``), and how long a payee answers."""

    signers: tuple[str, str]
    answer_days: int


@dataclass(frozen=True, kw_only=True)
class LocalPolicy:
    """One version of the pack, as far as settlement reads it."""

    tariff: SettlementPolicy
    statements: StatementRules

    @property
    def version(self) -> str:
        """The pack's version."""
        return self.tariff.version


def read(document: Mapping[str, Any]) -> LocalPolicy:
    """The two sections of a whole pack, which was checked when it was published.

    Raises ``PolicyInvalid`` for a faulty ``[settlement]``, KeyError for a pack without its sections.
    """
    rules = document["statements"]
    return LocalPolicy(
        tariff=from_section(document["settlement"]),
        statements=StatementRules(
            signers=(rules["signs_first"], rules["signs_second"]), answer_days=rules["dispute_within_days"]
        ),
    )


def in_force(policies: Sequence[LocalPolicy], day: str) -> LocalPolicy:
    """The latest effective version on ``day`` (``YYYY-MM-DD``), of equals the last adopted (S5); refused if none."""
    effective = [policy for policy in policies if policy.tariff.effective_from <= day]
    if not effective:
        raise Rejected("policy.none_in_force", day=day)
    latest = max(policy.tariff.effective_from for policy in effective)
    return [policy for policy in effective if policy.tariff.effective_from == latest][-1]
