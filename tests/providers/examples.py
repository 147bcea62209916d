"""The providers, orders and visits all tests here speak of: Ningjin county, autumn 2026."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from chassis.testing import Specification
from services.providers.domain import month, place, policy, provider, ranking, search, system_key, visit, worker
from services.providers.domain.reach import Point

COUNTY = "130528"
PACK = (Path(__file__).parents[2] / "deploy/localities/130528/0001.toml").read_text()
POLICY = policy.read(tomllib.loads(PACK))

TOWNSHIP, OTHER_TOWNSHIP = "130528100", "130528101"
VILLAGE = "130528100201"
TOWN, NEARBY, FAR_AWAY = (
    Point(latitude_udeg=37_620_000, longitude_udeg=114_920_000),
    Point(latitude_udeg=37_640_000, longitude_udeg=114_940_000),
    Point(latitude_udeg=38_620_000, longitude_udeg=115_920_000),
)
NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
ANNING, BAIXIN, CHANGLE = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
ORDER_ID, PERSON, WORKER, VISIT_ID = UUID(int=0x100), UUID(int=0x200), UUID(int=0x300), UUID(int=0x400)
CODE = "91130528MA0ABCDE17"

A_PROVIDER = Specification(provider.decider)
A_WORKER = Specification(worker.decider)
A_SYSTEM_KEY = Specification(system_key.decider)
A_PLACE = Specification(place.decider)
A_SEARCH = Specification(search.decider)
A_VISIT = Specification(visit.decider)
A_MONTH = Specification(month.decider)

ORDER = ranking.Order(
    kind="purchase",
    person=PERSON,
    item="home_cleaning",
    units=1,
    township=TOWNSHIP,
    village=VILLAGE,
    window_from=date(2026, 11, 1),
    window_to=date(2026, 11, 7),
    assigned=None,
    policy=POLICY.version,
)


def candidate(who: UUID, **changes: object) -> ranking.Candidate:
    """A provider who fits, but for ``changes``."""
    fits = ranking.Candidate(
        provider=who,
        agreement="2026-01",
        items=("home_cleaning", "housekeeping"),
        townships=(TOWNSHIP,),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        qualified_to=None,
        capacity=100,
        taken=0,
        workers=3,
        metres=3000,
    )
    return replace(fits, **changes)  # type: ignore[arg-type]


def known(*candidates: ranking.Candidate, **changes: int) -> search.Known:
    """These candidates under the county's policy, but for ``changes``."""
    return search.Known(policy=replace(POLICY, **changes), candidates=candidates)  # type: ignore[arg-type]


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)
