"""The feed by the caller's rights: what concerns somebody else is not shown, and does not wake whoever waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.http import feed
from tests.chassis.http.conftest import Start
from tests.chassis.http.telling import FINANCE, HEALTH, Teller, teller_of

HERE, THERE = "130528101", "130528102"


@pytest.fixture
async def teller(start: Start, toy_database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Teller]:
    async with teller_of(start, toy_database, monkeypatch) as teller:
        yield teller


def owners(page: dict[str, Any]) -> list[str]:
    return [item["data"]["owner"] for item in page["items"]]


def positions(page: dict[str, Any]) -> list[int]:
    return [item["careloopposition"] for item in page["items"]]


async def test_a_provider_is_shown_what_names_it_and_nothing_else(teller: Teller) -> None:
    await teller.tell("p1", "p2", f"{FINANCE}|doc", "p1", "|130528101")
    page = await teller.read(role="provider", owner="p1")
    assert owners(page) == ["p1", "p1"]
    assert positions(page) == [1, 4]
    assert [item["careloopprevious"] for item in page["items"]] == [0, 3]
    assert (page["next"], page["head"], page["filtered"]) == (5, 5, True)


@pytest.mark.parametrize("role", ["charity", "claimant"])
async def test_a_charity_and_a_claimant_are_shown_what_names_them(teller: Teller, role: str) -> None:
    await teller.tell("c1", "c2")
    assert owners(await teller.read(role=role, owner="c2")) == ["c2"]


async def test_an_id_that_stands_elsewhere_in_the_event_does_not_make_it_ones_own(teller: Teller) -> None:
    await teller.tell("p2||p1", "p2|p1")
    page = await teller.read(role="provider", owner="p1")
    assert (page["items"], page["next"]) == ([], 2)


async def test_who_acts_for_nobody_is_shown_nothing(teller: Teller) -> None:
    await teller.tell("p1", "")
    assert (await teller.read(role="provider"))["items"] == []


async def test_a_township_is_shown_what_concerns_it_a_village_of_it_included(teller: Teller) -> None:
    await teller.tell(f"p1|{HERE}", f"p1|{THERE}", f"p2|{HERE}003", "p2", f"{HERE}|")
    page = await teller.read(role="township", township=HERE)
    assert positions(page) == [1, 3]
    assert page["filtered"]


async def test_finance_is_shown_what_is_declared_its_own(teller: Teller) -> None:
    await teller.tell("p1", f"{FINANCE}|allocation", f"p1|{HERE}")
    page = await teller.read(role="finance")
    assert [item["type"] for item in page["items"]] == ["toy.allotted.v1"]
    assert page["filtered"]


@pytest.mark.parametrize("role", ["bureau", "auditor", "service"])
async def test_who_sees_all_of_the_county_has_a_feed_without_gaps(teller: Teller, role: str) -> None:
    await teller.tell("p1", "p2", f"{FINANCE}|doc")
    page = await teller.read(role=role)
    assert positions(page) == [1, 2, 3]
    assert not page["filtered"]


@pytest.mark.parametrize("role", ["village", "inspector", "evaluator", "hotline"])
async def test_others_have_no_feed(teller: Teller, role: str) -> None:
    assert await teller.code(role=role) == "forbidden.role"


async def test_another_county_is_refused(teller: Teller) -> None:
    await teller.tell("p1", county="130529")
    assert await teller.code(role="provider", owner="p1", named="130529") == "forbidden.county"


async def test_who_waits_sleeps_through_what_concerns_others(teller: Teller) -> None:
    waiting = teller.reading("wait=20", role="provider", owner="p1")
    await asyncio.sleep(0.05)
    await teller.tell("p2", "p2")
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await teller.tell("p1")
    page = await asyncio.wait_for(waiting, 10)
    assert (positions(page), page["next"]) == ([3], 3)


async def test_a_wait_without_anything_of_ones_own_ends_behind_what_was_looked_through(teller: Teller) -> None:
    await teller.tell("p2", "p2", "p2")
    page = await teller.read("wait=0.05", role="provider", owner="p1")
    assert (page["items"], page["next"], page["head"]) == ([], 3, 3)


async def test_one_request_looks_through_so_much_and_the_next_goes_on(
    teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "SCAN_MAX", 3)
    await teller.tell(*["p2"] * 7, "p1")
    after, pages = 0, []
    while after < 8:
        page = await teller.read(f"after={after}&wait=20", role="provider", owner="p1")
        pages.append((positions(page), page["next"]))
        after = page["next"]
    assert pages == [([], 3), ([], 6), ([8], 8)]


async def test_pages_of_a_filtered_feed_hold_everything_once(teller: Teller) -> None:
    await teller.tell(*["p1", "p2"] * 6)
    after, found = 0, []
    while after < 12:
        page = await teller.read(f"after={after}&limit=2", role="provider", owner="p1")
        found += positions(page)
        after = page["next"]
    assert found == [1, 3, 5, 7, 9, 11]


async def test_a_position_is_a_number(teller: Teller) -> None:
    for after in ("-1", "x", "1.0", "%EF%BC%91", "9" * 19, ""):
        assert await teller.code(f"after={after}") == "query.invalid", after


@pytest.mark.parametrize("role", ["bureau", "auditor", "service", "province"])
async def test_who_may_hear_of_health_has_it_in_the_feed(teller: Teller, role: str) -> None:
    await teller.tell("p1", f"{HEALTH}|{HERE}")
    assert positions(await teller.read(role=role)) == [1, 2]


async def test_a_city_is_shown_everything_but_what_tells_of_health(teller: Teller) -> None:
    await teller.tell("p1", f"{HEALTH}|{HERE}", f"{FINANCE}|doc", f"{HEALTH}|{THERE}")
    page = await teller.read("limit=1", role="city")
    assert (positions(page), page["next"], page["filtered"]) == ([1], 1, True)
    page = await teller.read("after=1", role="city")
    assert (positions(page), page["next"], page["head"]) == ([3], 4, 4)


async def test_a_township_hears_of_the_health_of_its_people(teller: Teller) -> None:
    await teller.tell(f"{HEALTH}|{HERE}", f"{HEALTH}|{THERE}")
    assert positions(await teller.read(role="township", township=HERE)) == [1]
