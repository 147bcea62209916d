"""The order of closes: month after month, none reopened, nothing lost.

A month with facts is closed before a later one may be. A month without facts may be passed over. Facts of a month
that was passed over can still come, late: from then on it counts as closed empty by the close that passed over it, so
that they are paid as corrections (S11) in the next close.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.settlement.domain.engine import Answer


def earlier_open(month: str, closed: Iterable[str], with_facts: Iterable[str]) -> tuple[str, ...]:
    """The months before ``month`` that have facts and must be closed first, oldest first."""
    last = max((one for one in closed if one < month), default="")
    return tuple(sorted(one for one in set(with_facts) if last < one < month))


def later_closed(month: str, closed: Iterable[str]) -> str | None:
    """The first month after ``month`` that is closed: ``month`` itself can then not be closed any more."""
    return min((one for one in closed if one > month), default=None)


def with_passed_over(closes: Sequence[Answer], with_facts: Iterable[str]) -> list[Answer]:
    """The closes, oldest first, and an empty one for every month with facts that a later close passed over."""
    by_month = {answer.month: answer for answer in closes}
    for month in set(with_facts) - by_month.keys():
        after = later_closed(month, (answer.month for answer in closes))
        if after is not None:
            over = next(answer for answer in closes if answer.month == after)
            by_month[month] = replace(over, month=month, statements=(), draws=(), unfunded=(), missing_grades=())
    return [by_month[month] for month in sorted(by_month)]
