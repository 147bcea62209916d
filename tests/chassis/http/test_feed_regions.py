"""Several counties in one feed: a city or province hears each county's events once, in order, in fair pages."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.http import feed_vector
from tests.chassis.http.conftest import Start
from tests.chassis.http.telling import HEALTH, Teller, teller_of

SEEDS = range(6)
_cities = itertools.count()


@pytest.fixture
async def teller(start: Start, toy_database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Teller]:
    async with teller_of(start, toy_database, monkeypatch) as teller:
        yield teller


@pytest.fixture
def city() -> str:
    """A city's code of four characters that no other test has."""
    return f"z{next(_cities):03}"


def by_county(pages: list[dict[str, Any]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        for item in page["items"]:
            found[item["source"].rpartition("/")[2]].append(item["careloopposition"])
    return dict(found)


async def read_on(teller: Teller, region: str, cursor: str = "", limit: int = 100) -> list[dict[str, Any]]:
    """All pages from ``cursor`` until an empty one."""
    pages: list[dict[str, Any]] = []
    while not pages or pages[-1]["items"]:
        after = pages[-1]["next"] if pages else cursor
        pages.append(await teller.read(f"limit={limit}&after={after}", "province", county=region))
    return pages


async def test_a_city_hears_all_counties_below_it_and_no_other(teller: Teller, city: str) -> None:
    await teller.tell("a", "b", county=f"{city}01")
    await teller.tell("c", county=f"{city}02")
    await teller.tell("d", county=f"y{city[1:]}01")
    pages = await read_on(teller, city)
    assert by_county(pages) == {f"{city}01": [1, 2], f"{city}02": [1]}
    assert [(page["head"], page["epoch"], page["filtered"]) for page in pages] == [(None, None, False)] * 2


async def test_a_county_of_the_region_can_be_read_by_itself(teller: Teller, city: str) -> None:
    await teller.tell("a", "b", county=f"{city}01")
    page = await teller.read("after=1", "city", county=city, named=f"{city}01")
    assert (page["next"], page["head"]) == (2, 2)


async def test_heads_tell_a_region_of_its_counties(teller: Teller, city: str) -> None:
    await teller.tell("a", county=f"{city}01")
    await teller.tell("b", county=f"{city}02")
    answer = await teller.edge.get("/v1/heads", "city", claims={"county": city})
    assert [head["county"] for head in answer.json()["items"]] == [f"{city}01", f"{city}02"]


async def test_a_county_that_comes_later_is_heard_from_its_beginning(teller: Teller, city: str) -> None:
    await teller.tell("a", county=f"{city}02")
    cursor = (await read_on(teller, city))[-1]["next"]
    await teller.tell("b", "c", county=f"{city}01")
    await teller.tell("d", county=f"{city}02")
    assert by_county(await read_on(teller, city, cursor)) == {f"{city}01": [1, 2], f"{city}02": [2]}


async def test_a_restored_county_begins_again_and_the_others_do_not(teller: Teller, city: str) -> None:
    await teller.tell("a", "b", county=f"{city}01")
    await teller.tell("c", county=f"{city}02")
    cursor = (await read_on(teller, city))[-1]["next"]
    restored = "update head set epoch = gen_random_uuid() where county = $1"
    await teller.edge.running.database.execute(restored, f"{city}01")
    assert by_county(await read_on(teller, city, cursor)) == {f"{city}01": [1, 2]}


async def test_a_busy_county_takes_no_more_than_its_share(teller: Teller, city: str) -> None:
    await teller.tell(*["a"] * 30, county=f"{city}01")
    await teller.tell("b", county=f"{city}02")
    await teller.tell("c", "c", county=f"{city}03")
    page = await teller.read("limit=6", "province", county=city)
    assert by_county([page]) == {f"{city}01": [1, 2, 3], f"{city}02": [1], f"{city}03": [1, 2]}


async def test_counties_take_turns_where_a_page_is_too_small_for_all(teller: Teller, city: str) -> None:
    for county in ("01", "02", "03"):
        await teller.tell("a", "a", county=city + county)
    pages = await read_on(teller, city, limit=1)
    assert [list(by_county([page])) for page in pages[:4]] == [
        [f"{city}{county}"] for county in ("01", "02", "03", "01")
    ]
    assert by_county(pages) == {f"{city}{county}": [1, 2] for county in ("01", "02", "03")}


async def test_who_waits_is_woken_by_any_county_of_the_region(teller: Teller, city: str) -> None:
    await teller.tell("a", county=f"{city}01")
    cursor = (await read_on(teller, city))[-1]["next"]
    waiting = teller.reading(f"wait=20&after={cursor}", "province", county=city)
    await asyncio.sleep(0.05)
    await teller.tell("b", county=f"y{city[1:]}01")
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await teller.tell("c", county=f"{city}02")
    assert by_county([await asyncio.wait_for(waiting, 10)]) == {f"{city}02": [1]}


async def test_a_cursor_is_good_for_its_own_region_and_only_as_it_was_given(teller: Teller, city: str) -> None:
    await teller.tell("a", county=f"{city}01")
    cursor = (await read_on(teller, city))[-1]["next"]
    changed = cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB")
    for after in (changed, cursor[:20], "1", "x" * 5000, "é"):
        assert await teller.code(f"after={after}", "province", county=city) == "cursor.invalid", after
    assert await teller.code(f"after={cursor}", "province", county=city[:2]) == "cursor.invalid"
    assert await teller.code(f"after={cursor}", "city", county=city, named=f"{city}01") == "query.invalid"


async def test_a_service_names_the_county(teller: Teller) -> None:
    assert await teller.code(role="service", county="") == "county.missing"


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_event_is_heard_once_and_in_order_however_pages_and_writes_interleave(
    teller: Teller, city: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(feed_vector, "COUNTIES_A_PAGE", chance.choice([1, 2, 25]))
    counties = [f"{city}{number:02}" for number in range(chance.randint(1, 6))]
    told: dict[str, int] = defaultdict(int)
    pages: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(25):
        if chance.random() < 0.6:
            county, count = chance.choice(counties), chance.randint(1, 4)
            await teller.tell(*["a"] * count, county=county)
            told[county] += count
        else:
            pages.append(await teller.read(f"limit={chance.randint(1, 7)}&after={cursor}", "province", county=city))
            cursor = pages[-1]["next"]
    pages += await read_on(teller, city, cursor)
    assert by_county(pages) == {county: list(range(1, count + 1)) for county, count in told.items()}


async def test_a_city_passes_over_what_tells_of_health_in_each_county(teller: Teller, city: str) -> None:
    await teller.tell("a", HEALTH, "b", HEALTH, county=f"{city}01")
    await teller.tell(HEALTH, county=f"{city}02")
    page = await teller.read("", "city", county=city)
    assert by_county([page]) == {f"{city}01": [1, 3]}
    assert page["filtered"]
    await teller.tell("c", county=f"{city}02")
    assert by_county([await teller.read(f"after={page['next']}", "city", county=city)]) == {f"{city}02": [2]}
    assert by_county([await teller.read("", "province", county=city)]) == {
        f"{city}01": [1, 2, 3, 4],
        f"{city}02": [1, 2],
    }
