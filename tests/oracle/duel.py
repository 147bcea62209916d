"""The two engines against each other over generated cases: `python -m tests.oracle.duel FIRST LAST`.

The product settles each case month by month on the second engine's closed answers, and the last month once more from
the facts alone, shuffled and partly told twice. Every answer must be the second engine's; exit 1 where one is not.
"""

import json
import sys
from collections.abc import Iterator

from careloop.exchange import answer_json, read_closed, read_facts
from services.settlement.domain.engine import Answer, settle
from services.settlement.domain.policy import from_section

from .chain import Case, closes_of_all
from .compare import differences
from .exact import Json
from .generate import case, double, shuffle

AT_ONCE = 75
"""Cases that the second engine settles side by side."""
SHOWN = 8
"""Differences of one answer that are shown."""


def duel(seeds: range) -> Iterator[str]:
    """Every difference over the seeds as one sentence: seed, month, how it was settled, path, both values."""
    for first in range(seeds.start, seeds.stop, AT_ONCE):
        some = range(first, min(first + AT_ONCE, seeds.stop))
        cases = [case(seed) for seed in some]
        for seed, one, expected in zip(some, cases, closes_of_all(cases), strict=True):
            for (month, way, answer), other in zip(
                _settled(seed, one, expected), [*expected, expected[-1]], strict=True
            ):
                for found in differences(answer_json(answer), other)[:SHOWN]:
                    yield f"seed {seed} {month} {way}: {found}"


def _settled(seed: int, one: Case, expected: list[Json]) -> Iterator[tuple[str, str, Answer]]:
    """The product's answers: of each month on the closed ones before it, then of the last month from facts alone."""
    facts, policies, months = one
    known = [from_section(policy) for policy in policies]
    told = read_facts(json.dumps(fact) for fact in facts)
    closed = read_closed(json.dumps(answer) for answer in expected)
    for number, month in enumerate(months):
        yield month, "on closed answers", settle(told, known, month, closed[:number])
    by_id = {fact.id: fact for fact in told}
    disordered = [by_id[fact["id"]] for fact in double(shuffle(facts, seed), seed)]
    yield months[-1], "from disordered facts", settle(disordered, known, months[-1])


def main(first: int, last: int) -> int:
    """Run the seeds from first to last, both included; the number of differences."""
    found = 0
    for difference in duel(range(first, last + 1)):
        print(difference)
        found += 1
    print(f"{last + 1 - first} cases, {found} differences")
    return found


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), int(sys.argv[2])) else 0)
