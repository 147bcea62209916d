"""Which versions of the policy are known, and which is in force on a day (S5, S11).

A version without a ``policy`` fact is always known and counts as adopted before all that have one, in the order
in which the policies were given.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.settlement.domain.engine.facts import PolicyKnown
from services.settlement.domain.engine.log import Bounds, SettleError, sees
from services.settlement.domain.engine.tariff import Rule, SettlementPolicy


class Known:
    """Versions known together, given in order of adoption."""

    def __init__(self, policies: Iterable[SettlementPolicy]) -> None:
        self.policies = sorted(policies, key=lambda policy: policy.effective_from)
        self._starts = [policy.effective_from for policy in self.policies]

    @property
    def names(self) -> tuple[str, ...]:
        """The versions, by the day they take effect, then by adoption."""
        return tuple(policy.version for policy in self.policies)

    def on(self, day: str) -> SettlementPolicy | None:
        """The version in force: the latest ``effective_from`` not after ``day``, of equals the last adopted."""
        index = bisect_right(self._starts, day)
        return self.policies[index - 1] if index else None

    def rule_on(self, rule: str, day: str) -> Rule | None:
        """The rule as the version in force on ``day`` has it, valid on that day or not; None where it has none."""
        policy = self.on(day)
        return next((known for known in (policy.rules if policy else ()) if known.id == rule), None)

    def first_on(self, kind: str, day: str) -> Rule | None:
        """The first rule of ``kind`` that is valid on ``day``."""
        policy = self.on(day)
        return next(
            (rule for rule in (policy.rules if policy else ()) if rule.kind == kind and rule.valid_on(day)), None
        )


@dataclass(frozen=True)
class Shelf:
    """All versions given, in order of adoption, each with the fact that made it known."""

    versions: tuple[tuple[SettlementPolicy, PolicyKnown | None], ...]

    @classmethod
    def of(cls, policies: Sequence[SettlementPolicy], adoptions: dict[str, PolicyKnown]) -> Shelf:
        """Order the versions; one version with two contents raises ``SettleError("policy.conflict")``."""
        by_name: dict[str, SettlementPolicy] = {}
        for policy in policies:
            if by_name.setdefault(policy.version, policy) != policy:
                raise SettleError("policy.conflict", policy.version)
        pairs = [(policy, adoptions.get(name)) for name, policy in by_name.items()]
        always = [pair for pair in pairs if pair[1] is None]
        adopted = [(fact.position, fact.id, policy, fact) for policy, fact in pairs if fact is not None]
        return cls((*always, *((policy, fact) for _, _, policy, fact in sorted(adopted, key=lambda row: row[:2]))))

    def known(self, bounds: Bounds) -> Known:
        """The versions known to one who sees as far as ``bounds``."""
        return Known(policy for policy, fact in self.versions if fact is None or sees(bounds, fact))

    def of_closed(self, certificate: Iterable[str], bounds: Bounds) -> Known:
        """For a closed month: the versions of its certificate and the retroactive ones known since (S11)."""
        names = set(certificate)
        missing = names - {policy.version for policy, _ in self.versions}
        if missing:
            raise SettleError("policy.missing", ", ".join(sorted(missing)))
        return Known(
            policy
            for policy, fact in self.versions
            if policy.version in names or (policy.retroactive and (fact is None or sees(bounds, fact)))
        )
