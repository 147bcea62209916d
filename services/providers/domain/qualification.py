"""Whether a provider is qualified for the days of an order, and whether a worker may be sent on a day.

A provider is qualified on every day of the window (paper 001, part 3 (6) mode 1), a worker is trained before the first
service where the pack asks for it (paper 001, part 4 (6)). Pure questions for whoever chooses; None: nothing is amiss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.providers.domain.provider.state import Stop
from services.providers.domain.provider.words import Certificate
from services.providers.domain.register_rules import RegisterRules


def unfit(
    stops: Iterable[Stop], certificates: Sequence[Certificate], kinds: Iterable[str], first: date, last: date
) -> str | None:
    """Why a provider may not take an order with days from ``first`` to ``last``.

    A window that a suspension leaves no day of is out; one that it only touches is not. Certificates of one kind may
    follow each other without a gap.
    """
    if any(stop.from_day <= first and (stop.to_day is None or last <= stop.to_day) for stop in stops):
        return "provider_suspended"
    for kind in kinds:
        shown = [one for one in certificates if one.kind == kind]
        if not shown:
            return "certificate_missing"
        if not _without_gap(shown, first, last):
            return "certificate_ends"
    return None


def _without_gap(certificates: Sequence[Certificate], first: date, last: date) -> bool:
    """Whether every day from ``first`` to ``last`` lies in one of them."""
    day = first
    for one in sorted(certificates, key=lambda one: one.valid_from):
        if one.valid_from > day:
            return False
        if one.valid_to is None or one.valid_to >= last:
            return True
        day = max(day, one.valid_to + timedelta(days=1))
    return False


def may_not_be_sent(
    rules: RegisterRules,
    *,
    trained_to: date | None,
    evaluated: str,
    left_on: date | None,
    leaves: Iterable[tuple[date, date]],
    first: date,
    last: date,
) -> str | None:
    """Why a worker is not sent from ``first`` to ``last``: gone before that ends, away, untrained, not able."""
    if left_on is not None and left_on <= last:
        return "worker_left"
    if rules.training_required and (trained_to is None or trained_to < first):
        return "worker_not_trained"
    if evaluated == "not_competent" and not rules.not_competent_is_sent:
        return "worker_not_competent"
    if any(from_day <= first and last <= to_day for from_day, to_day in leaves):
        return "worker_away"
    return None
