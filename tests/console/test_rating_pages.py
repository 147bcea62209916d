"""Visits are rated on the page: what is right arrives, what is wrong is said in words, and nothing else is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx2

from tests.console.conftest import PAGES, console, reader
from tests.console.html import Page
from tests.edge import Edge
from tests.providers.test_grades_of_the_service import MONTH, a_report, a_served_month

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


async def a_slip(edge: Edge) -> tuple[UUID, str, str]:
    """A visit that was made, its rating code, and the path of the page that stands on the slip."""
    provider, worker, orders = await a_served_month(edge)
    visit = await a_report(edge, provider, worker, orders[0])
    slip = await edge.get(f"/v1/visits/{visit}/rating-code?purpose=told", "hotline")
    assert slip["page"] == f"{PAGES}/{edge.county}/rating/{visit}"
    return visit, slip["code"], urlsplit(slip["page"]).path


def filled(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "stars": "5", "reasons": ["kind", "on_time"], "rated_by": "self", **more}


async def kept(edge: Edge) -> list[tuple[str, int]]:
    rows = await edge.running.database.fetch("select way, stars from ratings where county = $1", edge.county)
    return [(row["way"], row["stars"]) for row in rows]


async def submitted(client: httpx2.AsyncClient, path: str, form: dict[str, Any]) -> Page:
    """The page that is shown after a form was accepted."""
    answer = await client.post(path, data=form)
    assert answer.status_code == 303, answer.text
    page = await client.get(answer.headers["location"])
    assert page.status_code == 200
    return Page(page.text)


async def test_a_rating_through_the_page_arrives_and_counts(providers: Edge) -> None:
    _, code, path = await a_slip(providers)
    async with reader(console(providers)) as client:
        assert Page((await client.get(path)).text).faults() == []
        typed = f" {code[:4]} － {code[4:]}".translate(FULL_WIDTH)
        thanks = await submitted(client, path, filled(typed, stars="4", rated_by="household"))
        assert "如评价码正确，即会计入" in thanks.text
        assert await kept(providers) == [("page", 4)]
        await submitted(client, path, filled(code, stars="2"))
    assert await kept(providers) == [("page", 2)]
    counted = await providers.get(f"/v1/satisfaction?month={MONTH}", "bureau")
    assert len(counted["items"]) == 1


async def test_without_the_slip_s_address_the_reference_is_typed(providers: Edge) -> None:
    visit, code, _ = await a_slip(providers)
    async with reader(console(providers)) as client:
        spoken = str(visit).upper().replace("-", " ")
        await submitted(client, f"/{providers.county}/rating", filled(code, visit=spoken))
    assert await kept(providers) == [("page", 5)]


async def test_a_wrong_code_is_thanked_for_in_the_same_words_and_counts_nothing(providers: Edge) -> None:
    _, code, path = await a_slip(providers)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    async with reader(console(providers)) as client:
        thanks = await submitted(client, path, filled(wrong))
        nobody_s = path.replace(path[-4:], "0000")
        assert (await submitted(client, nobody_s, filled(code))).text == thanks.text
    assert await kept(providers) == []
    tried = "select count(*) from events where county = $1 and topic = 'providers.rating.code_tried'"
    assert [row[0] for row in await providers.running.database.fetch(tried, providers.county)] == [1]


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() -> None:
    form = {"visit": "not one", "code": "1234", "stars": "9", "reasons": ["kind"], "rated_by": "neighbour"}
    async with reader(console()) as client:
        answer = await client.post("/130528/rating", data=form)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.faults() == []
    fields = {one["name"]: one for one in page.all("input") if one.get("type") == "text"}
    assert {name: one["value"] for name, one in fields.items()} == {"visit": "not one", "code": "1234"}
    assert all(one["aria-invalid"] == "true" and f"{name}-wrong" in one["aria-describedby"].split()
               for name, one in fields.items())  # fmt: skip
    assert [one["value"] for one in page.all("input") if "checked" in one] == ["kind"]
    led = [one["href"] for one in page.all("a") if one["href"].startswith("#") and one["href"] != "#main"]
    assert led == ["#visit", "#code", "#stars-1", "#rated_by-self"]
    assert [one["role"] for one in page.all("div") if "role" in one] == ["alert"]
    assert "有错误" in page.text
    assert "评价码应是 8 位数字" in page.text


async def test_too_many_reasons_and_a_field_said_twice_are_wrong() -> None:
    many = ["on_time", "kind", "well_done", "late", "rude", "hurried"]
    async with reader(console()) as client:
        path = "/130528/rating/01234567-89ab-cdef-0123-456789abcdef"
        answer = await client.post(path, data=filled("12345678", stars=["1", "5"], reasons=many))
        page = Page(answer.text)
    assert answer.status_code == 422
    assert {one["id"] for one in page.all("p") if one.get("class") == "mistake"} == {"stars-wrong", "reasons-wrong"}


async def test_hostile_input_is_shown_as_text() -> None:
    hostile = "\"><script>alert(1)</script>'{{7*7}}"
    async with reader(console()) as client:
        rated = await client.post("/130528/rating", data=filled(hostile, visit=f"{hostile}\0"))
        asked = await client.get("/130528/certificates", params={"number": hostile})
        first = await client.get("/", params={"county": hostile})
    for answer in (rated, asked, first):
        page = Page(answer.text)
        assert answer.status_code == 422
        assert page.faults() == []
        assert hostile in [one.get("value") for one in page.all("input")]
