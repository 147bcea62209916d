"""A route that is going says so with every answer, and is gone on the day it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx2
import pytest

from chassis.http import Body, Call, Deprecated, Routes, create_app
from tests.chassis.http.conftest import Edge
from tests.chassis.http.counting import service

TODAY = datetime.now(UTC).date()
SINCE = date(2026, 7, 1)


class Said(Body):
    word: str


def going(deprecated: Deprecated, edge: Edge) -> httpx2.AsyncClient:
    routes = Routes(tag="old")

    @routes.get("/v1/old", answer=Said, public=True, deprecated=deprecated, filters={"word": str})
    async def old(call: Call[None]) -> dict[str, Any]:
        return {"word": call.query.get("word", "old")}

    app = create_app(replace(service, router=routes.router), edge.running)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://old.test")


async def test_every_answer_says_since_when_until_when_and_what_comes_instead(edge: Edge) -> None:
    sunset = TODAY + timedelta(days=400)
    async with going(Deprecated(since=SINCE, sunset=sunset, successor="/v1/new"), edge) as client:
        for answer in (await client.get("/v1/old"), await client.get("/v1/old?unknown=1")):
            assert answer.headers["deprecation"] == "@1782864000"
            assert answer.headers["sunset"] == f"{sunset:%a, %d %b %Y} 00:00:00 GMT"
            assert answer.headers["link"] == '</v1/new>; rel="successor-version"'
        operation = (await client.get("/openapi.json")).json()["paths"]["/v1/old"]["get"]
    assert operation["deprecated"] is True
    assert "410" in operation["responses"]


async def test_a_route_that_goes_some_day_says_only_that(edge: Edge) -> None:
    async with going(Deprecated(since=SINCE), edge) as client:
        headers = (await client.get("/v1/old")).headers
    assert "deprecation" in headers
    assert not {"sunset", "link"} & headers.keys()


async def test_a_route_whose_day_has_come_is_gone(edge: Edge) -> None:
    async with going(Deprecated(since=SINCE, sunset=TODAY, successor="/v1/new"), edge) as client:
        answer = await client.get("/v1/old")
    assert (answer.status_code, answer.json()["code"]) == (410, "route.sunset")
    assert answer.headers["link"] == '</v1/new>; rel="successor-version"'


def test_a_route_does_not_end_before_it_was_said() -> None:
    with pytest.raises(ValueError, match="before"):
        Deprecated(since=SINCE, sunset=SINCE - timedelta(days=1))
