"""Routes that say how needs are assessed and how fast they are answered: instruments, times from finding to help."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from chassis.http import Body, Call, Routes
from chassis.problems import Refused
from services.orders.domain.days import business_day
from services.orders.domain.policy.instruments import Instrument

routes = Routes(tag="needs")
TIMES = """
with found as (
  select n.urgency, n.found_at, n.decided_at, n.state,
    (n.found_at at time zone 'Asia/Shanghai')::date as found_on,
    (select min(o.day) from orders o where o.county = n.county and o.person = n.person
       and o.day >= (n.found_at at time zone 'Asia/Shanghai')::date) as helped_on
  from needs n where n.county = $1 and ($4 = '' or n.township = $4)
)
select urgency, count(*) as needs, count(decided_at) as decided,
  count(helped_on) filter (where state = 'approved') as helped,
  round(percentile_cont(0.5) within group (order by extract(epoch from decided_at - found_at) / 3600))::int
    as median_hours_to_decision,
  round(percentile_cont(0.5) within group (order by helped_on - found_on) filter (where state = 'approved'))::int
    as median_days_to_help,
  max(helped_on - found_on) filter (where state = 'approved') as slowest_days_to_help
from found where found_on between $2 and $3 group by urgency
order by array_position(array['urgent', 'fast_lane', 'ordinary'], urgency)
"""


class Times(Body):
    """Of the needs found in the period: how many were decided and helped, and how long it took from finding them."""

    urgency: str
    needs: int
    decided: int
    helped: int
    median_hours_to_decision: int | None
    median_days_to_help: int | None
    slowest_days_to_help: int | None


class ResponseTimes(Body):
    """By urgency, the most urgent first."""

    from_day: date
    to_day: date
    times: list[Times]


class QuestionAsked(Body):
    """A question, answered with 0 to ``most``."""

    id: str
    text: str
    most: int


class DimensionAsked(Body):
    """A dimension: from ``difficult_from`` on a difficulty, which these measures follow up."""

    id: str
    name: str
    difficult_from: int
    follow_up: list[str]
    questions: list[QuestionAsked]


class DegreeReached(Body):
    """A degree, reached from this sum on."""

    id: str
    name: str
    from_score: int


class InstrumentInForce(Body):
    """A version of an instrument; ``in_force`` where none of its categories has a newer one on the day."""

    id: str
    version: str
    name: str
    valid_from: date
    in_force: bool
    categories: list[str]
    dimensions: list[DimensionAsked]
    degrees: list[DegreeReached]


class Instruments(Body):
    """All versions there are in the county's packs, the newest first."""

    day: date
    instruments: list[InstrumentInForce]


@routes.get(
    "/v1/response-times", answer=ResponseTimes, filters={"from_day": date, "to_day": date, "township": str},
    required=("from_day", "to_day"), summary="响应时长 Times from finding to help",
)  # fmt: skip
async def response_times(call: Call[None]) -> dict[str, Any]:
    """Found in time, answered fast, helped at once (paper 000, part 1): measured from the finding to the first visit.

    The first visit of the person after the need was found counts, whichever order brought it.
    """
    first, last = call.query["from_day"], call.query["to_day"]
    rows = await call.fetch(TIMES, call.county, first, last, _township(call))
    return {"from_day": first, "to_day": last, "times": rows}


def _township(call: Call[None]) -> str:
    """The township asked for, within what the caller may see; empty for all."""
    asked: str = call.query.get("township", "")
    reach = call.reach()
    if reach.township is None or reach.owner is not None or (reach.township and asked not in ("", reach.township)):
        raise Refused("forbidden.township")
    return asked or reach.township


@routes.get(
    "/v1/instruments", answer=Instruments, filters={"day": date}, summary="评估量表 Instruments of assessment",
)  # fmt: skip
async def instruments(call: Call[None]) -> dict[str, Any]:
    """The instruments of the county's packs; answers given to an old version stay readable by it."""
    day = call.query.get("day") or business_day(call.at)
    known: dict[tuple[str, str], Instrument] = {}
    for policy in await call.policies():
        known.update({(one.id, one.version): one for one in policy.needs.instruments})
    newest = sorted(known.values(), key=lambda one: (one.valid_from, one.id), reverse=True)
    told = [
        {**asdict(one), "categories": sorted(one.categories), "in_force": _holds(one, newest, day)} for one in newest
    ]
    return {"day": day, "instruments": told}


def _holds(one: Instrument, known: list[Instrument], day: date) -> bool:
    """Whether it is the newest for a category of its own, or for everybody, on ``day``."""
    begun = [other for other in known if other.valid_from <= day]
    groups = one.categories or frozenset({""})
    return any(next((other for other in begun if name in (other.categories or {""})), None) is one for name in groups)
