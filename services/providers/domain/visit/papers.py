"""The worker's papers on the service day: the qualification and the training that the item asks for.

Asked where the pack asks for them: ``[[providers.matching.asks]]`` by item, ``[providers.registers.training]`` of all
(paper 001, part (4) item 1; part 4 (6)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.providers.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Papers:
    """``told`` are qualifications named without days, ``certificates`` (code, first day, last day), ``courses`` (day,
    last day, hours)."""

    told: frozenset[str] = frozenset()
    certificates: tuple[tuple[str, date, date | None], ...] = ()
    courses: tuple[tuple[date, date, int], ...] = ()


def unqualified(papers: Papers | None, item: str, day: date, policy: Policy) -> bool:
    """None of the qualifications that the item asks for counts on the day; of one that was shown its days count."""
    asks = policy.matching.asks.get(item)
    if papers is None or asks is None or not asks.qualifications_any:
        return False
    shown = {code for code, _, _ in papers.certificates}
    valid = {code for code, first, last in papers.certificates if first <= day and (last is None or day <= last)}
    return not set(asks.qualifications_any) & (valid | (papers.told - shown))


def untrained(papers: Papers | None, item: str, day: date, policy: Policy) -> bool:
    """The hours of courses that count on the day are too few."""
    asks = policy.matching.asks.get(item)
    asked = policy.registers.training_required or (asks is not None and asks.trained)
    if papers is None or not asked:
        return False
    return sum(hours for first, last, hours in papers.courses if first <= day <= last) < policy.registers.training_hours
