"""Several months settled in order, each on the answers before it."""

from .engine import answer, requests
from .exact import Json
from .reckoning import reckon_all

Case = tuple[list[Json], list[Json], list[str]]
"""Facts, policies, months."""


def closes(facts: list[Json], policies: list[Json], months: list[str]) -> list[Json]:
    """The answers of the months (YYYY-MM, ascending), each fed with those before."""
    return closes_of_all([(facts, policies, months)])[0]


def closes_of_all(cases: list[Case]) -> list[list[Json]]:
    """The answers of many cases, month by month side by side: the same answers as one by one, much sooner."""
    closed: list[list[Json]] = [[] for _ in cases]
    for step in range(max((len(months) for _, _, months in cases), default=0)):
        due = [(case, so_far) for case, so_far in zip(cases, closed, strict=True) if step < len(case[2])]
        reckon_all([one for case, so_far in due for one in requests(case[0], case[1], case[2][step], so_far)])
        for case, so_far in due:
            so_far.append(answer(case[0], case[1], case[2][step], so_far))
    return closed
