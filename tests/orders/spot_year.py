"""A simulated year of spot checks: the pure core alone, month by month, and the files it publishes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from services.orders.domain import drawing
from services.orders.domain.drawing import Closed, Inspector, Line, Pick, Stratum
from services.orders.domain.policy.spot_checks import SpotRules
from services.orders.domain.spot_check.raising import looked_at

YEAR = 2026
ITEMS = ("bathing_help", "home_cleaning", "meal_help", "daily_nursing", "haircut")


@dataclass
class Year:
    """What has been listed and drawn so far; ``bad`` is the provider whose visits fail every third inspection."""

    random: Random
    rules: SpotRules
    providers: tuple[UUID, ...]
    townships: tuple[str, ...]
    inspectors: tuple[Inspector, ...]
    strata: dict[str, Stratum] = field(default_factory=dict)
    results: dict[str, tuple[int, int]] = field(default_factory=dict)
    batches: list[tuple[Closed, tuple[Pick, ...], dict[str, Any]]] = field(default_factory=list)

    def batch(self, lines: list[Line], withholds: int = 0) -> None:
        """Close a list, let everybody commit and reveal but ``withholds`` of them, draw, inspect."""
        closed = self.closed(lines)
        digest = drawing.digest_of(closed)
        numbers = {party: self.random.randbytes(32).hex() for party in closed.parties}
        told = dict(list(numbers.items())[withholds:])
        head = self.random.randbytes(32).hex()
        seed = drawing.seed_of(digest, told, head)
        picks = drawing.draw(closed, seed)
        for stratum in drawing.after(closed, picks):
            self.strata[stratum.key] = stratum
        self.batches.append((closed, picks, published(closed, digest, numbers, told, head, seed, picks)))
        self.inspect(closed, picks)

    def closed(self, lines: list[Line]) -> Closed:
        """The list with the strata as they stand."""
        rules = self.rules
        strata = []
        for key in sorted({drawing.key_of(line, rules.strata) for line in lines}):
            before = self.strata.get(key, Stratum(key=key, percent=rules.percent))
            strata.append(looked_at(before, *self.results.get(key, (0, 0)), rules))
        return Closed(
            county="130528", year=YEAR, number=len(self.batches) + 1, strata_of=rules.strata,
            surprise_percent=rules.surprise_percent, inspectors_per="visit", strata=tuple(strata), lines=tuple(lines),
            inspectors=self.inspectors, hands=((lines[0].visit, self.inspectors[0].id),),
            parties=("bureau", *sorted({str(line.provider) for line in lines})),
        )  # fmt: skip

    def inspect(self, closed: Closed, picks: tuple[Pick, ...]) -> None:
        """The first provider fails every third inspection."""
        of = {line.visit: line.provider for line in closed.lines}
        for place, pick in enumerate(picks):
            checked, rejected = self.results.get(pick.stratum, (0, 0))
            bad = of[pick.visit] == self.providers[0] and place % 3 == 0
            self.results[pick.stratum] = (checked + 1, rejected + bad)


def a_year(visits: int, providers: int = 10, townships: int = 16, seed: int = 7) -> Year:
    """A year in twelve batches and one of stragglers: a few visits are reported one to three months late."""
    random = Random(seed)
    year = Year(
        random=random,
        rules=SpotRules(),
        providers=tuple(an_id(random) for _ in range(providers)),
        townships=tuple(f"130528{100 + number}" for number in range(townships)),
        inspectors=tuple(
            Inspector(id=an_id(random), barred=(f"130528{100 + number}",)) for number in range(12)
        ),
    )  # fmt: skip
    waiting: list[list[Line]] = [[] for _ in range(16)]
    for line in some_visits(year, visits):
        waiting[line.day.month - 1 + (random.randint(1, 3) if random.random() < 0.03 else 0)].append(line)
    for month in range(12):
        year.batch(waiting[month], withholds=month % 3)
    year.batch([line for late in waiting[12:] for line in late])
    return year


def some_visits(year: Year, visits: int) -> Iterator[Line]:
    """Spread over the year; one in five hundred is grey."""
    random = year.random
    for _ in range(visits):
        yield Line(
            visit=an_id(random),
            order=an_id(random),
            day=date(YEAR, 1, 1) + timedelta(days=random.randrange(365)),
            township=random.choice(year.townships),
            provider=random.choice(year.providers),
            item=random.choice(ITEMS),
            grey=random.random() < 0.002,
        )


def an_id(random: Random) -> UUID:
    """A random id that is the same again for the same seed."""
    return UUID(int=random.getrandbits(128), version=4)


def published(
    closed: Closed, digest: str, numbers: dict[str, str], told: dict[str, str], head: str, seed: str,
    picks: tuple[Pick, ...],
) -> dict[str, Any]:  # fmt: skip
    """The file of a batch, as the specification has it."""
    return {
        "form": drawing.FORM, "county": closed.county, "year": closed.year, "number": closed.number,
        "rules": {
            "strata": list(closed.strata_of), "surprise_percent": closed.surprise_percent,
            "inspectors_per": closed.inspectors_per,
        },
        "strata": [vars(stratum) for stratum in closed.strata],
        "visits": [
            {
                "visit": str(line.visit), "day": str(line.day), "grey": line.grey, "township": line.township,
                "provider": str(line.provider), "item": line.item,
            }
            for line in closed.lines
        ],
        "inspectors": [{"id": str(one.id), "barred": list(one.barred)} for one in closed.inspectors],
        "hands": [{"visit": str(visit), "inspector": str(one)} for visit, one in closed.hands],
        "parties": list(closed.parties),
        "digest": digest,
        "commitments": [
            {"party": party, "commitment": sha256(bytes.fromhex(number)).hexdigest()}
            for party, number in numbers.items()
        ],
        "numbers": [{"party": party, "number": number} for party, number in told.items()],
        "withheld": sorted(set(closed.parties) - set(told)),
        "head": {"position": 4711, "hash": head},
        "seed": seed,
        "picks": [
            {
                "visit": str(pick.visit), "stratum": pick.stratum, "why": pick.why,
                "inspector": str(pick.inspector) if pick.inspector else None,
            }
            for pick in picks
        ],
    }  # fmt: skip


def write(year: Year, folder: Path) -> list[Path]:
    """The published files."""
    paths = []
    for _closed, _picks, told in year.batches:
        path = folder / f"{told['number']:02}.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        paths.append(path)
    return paths


def without_grey(closed: Closed) -> Closed:
    """The same list with nothing of the platform's fault."""
    return replace(closed, lines=tuple(replace(line, grey=False) for line in closed.lines))
