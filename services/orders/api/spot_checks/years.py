"""Routes of a year: the running counter with its forecast, the strata, the close."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.orders.api.spot_checks.shapes import year_of
from services.orders.domain.days import business_day
from services.orders.domain.drawing import owed
from services.orders.domain.policy import in_force
from services.orders.domain.spot_check import year
from services.orders.views import spots

routes = Routes(tag="spot-checks")
WITHHELD = (
    "select w.party, count(*) as times from spot_batches b"
    " cross join lateral jsonb_array_elements_text(b.withheld) as w (party)"
    " where b.county = $1 and b.year = $2 group by w.party order by w.party"
)
CLOSED = "select closed_at from spot_years where county = $1 and year = $2"


class Withheld(Body):
    """A party that gave no number in so many batches."""

    party: str
    times: int


class YearAnswer(Body):
    """The counter of a year. ``share`` is checked ÷ judged in hundredths of a percent; ``owed`` are inspections that
    the strata still need; the forecast goes on to the year's end as the year has gone so far."""

    year: int
    percent: int
    judged: int
    standing: int
    listed: int
    drawn: int
    checked: int
    rejected: int
    open: int
    extra: int
    owed: int
    strata: int
    strata_raised: int
    share: int
    forecast_visits: int
    forecast_inspections: int
    withheld: list[Withheld]
    closed_at: datetime | None


class StratumRow(Body):
    """A stratum's counter; ``percent`` is the rate it stands at, ``share`` checked ÷ listed in hundredths of one."""

    key: str
    township: str
    provider: str
    item: str
    percent: int
    listed: int
    drawn: int
    checked: int
    rejected: int
    owed: int
    share: int


class Strata(Body):
    """The strata of a year."""

    items: list[StratumRow]


class YearClosed(Body):
    """What certifies the year."""

    id: UUID
    year: int
    percent: int
    population: int
    picks: int
    checked: int
    rejected: int
    extra: int
    strata: int
    digests: list[str]


@routes.get(
    "/v1/spot-checks/{year}", answer=YearAnswer, summary="年度抽查进度 The year's running counter",
    refusals=("policy.none",),
)  # fmt: skip
async def spot_check_year(call: Call[None]) -> dict[str, Any]:
    """How many, how many are owed, where it will end (J1, J2)."""
    asked = year_of(call)
    rows = await _strata(call, asked)
    counted = await spots.judged(call, call.county, asked)
    [extra] = await call.fetch(spots.EXTRA, call.county, asked)
    closed = await call.fetchrow(CLOSED, call.county, asked)
    percent = in_force(await call.policies(), date(asked, 12, 31)).spot_checks.percent
    visits = _forecast(counted["standing"], asked, business_day(call.at.astimezone(UTC)))
    return {
        "year": asked,
        "percent": percent,
        "judged": counted["judged"],
        "standing": counted["standing"],
        **{name: sum(row[name] for row in rows) for name in ("listed", "drawn", "checked", "rejected", "open", "owed")},
        "extra": extra["extra"],
        "strata": len(rows),
        "strata_raised": sum(1 for row in rows if row["percent"] > percent),
        "share": _share(sum(row["checked"] for row in rows), counted["judged"]),
        "forecast_visits": visits,
        "forecast_inspections": owed(percent * visits),
        "withheld": await call.fetch(WITHHELD, call.county, asked),
        "closed_at": closed["closed_at"] if closed else None,
    }


@routes.get(
    "/v1/spot-checks/{year}/strata", answer=Strata, files="spot-check-strata",
    filters={"township": str, "provider": UUID, "item": str},
    summary="各类抽查进度 The counter by stratum", refusals=("policy.none",),
)  # fmt: skip
async def spot_check_strata(call: Call[None]) -> dict[str, Any]:
    """Each township, provider and item that the policy tells apart; ``*`` stands for what it does not."""
    rows = await _strata(call, year_of(call))
    asked = {name: str(call.query[name]) for name in ("township", "provider", "item") if name in call.query}
    return {"items": [row for row in rows if all(row[name] == value for name, value in asked.items())]}


async def _strata(call: Call[None], asked: int) -> list[dict[str, Any]]:
    results = {row["stratum"]: row for row in await call.fetch(spots.RESULTS, call.county, asked)}
    percent = in_force(await call.policies(), date(asked, 12, 31)).spot_checks.percent
    rows = await call.fetch(spots.STRATA, call.county, asked)
    return list(_rows(rows, results, percent))


def _rows(
    rows: Iterable[Mapping[str, Any]], results: Mapping[str, Mapping[str, Any]], percent: int
) -> Iterable[dict[str, Any]]:
    for row in rows:
        one, told = json.loads(row["stratum"]), results.get(row["key"], {"checked": 0, "rejected": 0, "open": 0})
        township, provider, item = row["key"].split(",")
        count = year.Count(
            key=row["key"],
            population=one["population"],
            picks=one["picks"],
            checked=told["checked"],
            rejected=told["rejected"],
        )
        yield {
            "key": row["key"],
            "township": township,
            "provider": provider,
            "item": item,
            "percent": one["percent"],
            "listed": count.population,
            "drawn": count.picks,
            "checked": count.checked,
            "rejected": count.rejected,
            "open": told["open"],
            "owed": year.lacking(count, percent),
            "share": _share(count.checked, count.population),
        }


def _share(part: int, whole: int) -> int:
    """Rounded down, so that it never says more than there is."""
    return part * 10_000 // whole if whole else 0


def _forecast(visits: int, asked: int, today: date) -> int:
    """As many a day until the year's end as there were a day so far; the days that have gone count whole."""
    first, last = date(asked, 1, 1), date(asked, 12, 31)
    gone = min(max((today - first).days + 1, 0), (last - first).days + 1)
    return -(-visits * ((last - first).days + 1) // gone) if gone else 0


@routes.post(
    "/v1/spot-checks/{year}/close", answer=YearClosed, status=201, summary="结束年度抽查 Close the year",
    refusals=("spot_check.year_not_over", "spot_check.not_listed", "spot_check.batch_open",
              "spot_check.inspections_open", "spot_check.below_the_rule", "policy.none"),
)  # fmt: skip
async def close_spot_year(call: Call[None]) -> Ask:
    """Refused while a stratum is below the rule, an inspection open or a visit not listed."""
    asked = year_of(call)
    step = Step(
        decider=year.decider, stream=year.stream_of(call.county, asked), command=year.Close(year=asked, at=call.at)
    )
    return call.ask(step, answer=_closed)


def _closed(outcomes: tuple[Outcome, ...]) -> YearClosed:
    state: year.Closed = outcomes[0].state
    told = {name: value for name, value in vars(state).items() if name not in {"at", "digests"}}
    return YearClosed(id=outcomes[0].stream, digests=list(state.digests), **told)
