"""Routes of travel times: minutes between places, where the county has them measured."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Line, Region
from services.providers.domain import travel_times
from services.providers.domain.travel_times import Way

routes = Routes(tag="matching")


class Travel(Body):
    """So many whole minutes from one village or township to another; both ways, unless the other way is told too."""

    place: Region
    to: Region
    minutes: Annotated[int, Field(ge=0, le=1440)]


class TellTravelTimes(Body):
    """Travel times of one ``source`` (a survey, a map service by name); what is not named stays."""

    source: Line
    times: Annotated[tuple[Travel, ...], Field(min_length=1, max_length=2000)]


class TravelTimesTold(Body):
    """How many places have times by this request, and how many pairs were named."""

    places: int
    pairs: int


class TravelTimes(Body):
    """All ways from a place as they count now; ``version`` goes up by one with every change."""

    place: str
    version: int
    source: str
    times: list[Travel]


@routes.post(
    "/v1/travel-times", body=TellTravelTimes, answer=TravelTimesTold, summary="登记路程时间 Tell travel times",
    refusals=("travel.same_place", "travel.told_twice"),
)  # fmt: skip
async def tell_travel_times(call: Call[TellTravelTimes]) -> Ask:
    """Minutes between places; searches from now on use them in place of the straight line."""
    call.permit()
    ways: dict[str, list[Way]] = {}
    for one in call.body.times:
        ways.setdefault(one.place, []).append(Way(to=one.to, minutes=one.minutes))
    steps = [
        Step(
            decider=travel_times.decider,
            stream=travel_times.stream_of(call.county, place),
            command=travel_times.Tell(place=place, source=call.body.source, ways=tuple(told), at=call.at),
        )
        for place, told in sorted(ways.items())
    ]

    def count(outcomes: tuple[Outcome, ...]) -> TravelTimesTold:
        return TravelTimesTold(places=len(outcomes), pairs=len(call.body.times))

    return call.ask(*steps, answer=count)


@routes.get("/v1/travel-times/{place}", answer=TravelTimes, summary="某地的路程时间 Travel times from a place")
async def ways_from(call: Call[None]) -> dict[str, Any] | None:
    """The ways from one village or township."""
    call.permit()
    sql = "select place, version, source, times from travel_times where county = $1 and place = $2"
    row = await call.fetchrow(sql, call.county, call.path["place"])
    if row is None:
        return None
    times = sorted(json.loads(row["times"]).items())
    return {**row, "times": [{"place": row["place"], "to": to, "minutes": minutes} for to, minutes in times]}
