"""Pages by keyset: every row once, and a cursor serves only the query it came from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chassis.http.conftest import Edge


@pytest.fixture
async def seven(edge: Edge) -> Edge:
    for total in (5, 1, 3, 3, 3, 2, 4):
        await edge.post("/v1/counters", {"amount": total, "owner": "p1" if total < 3 else "p2"})
    return edge


async def walk(edge: Edge, path: str, **more: Any) -> list[int]:
    totals: list[int] = []
    after: str | None = ""
    while after is not None:
        answer = (await edge.get(f"{path}&after={after}" if after else path, **more)).json()
        totals += [row["total"] for row in answer["items"]]
        after = answer["next"]
    return totals


async def test_pages_hold_every_row_once_and_in_order(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=2") == [1, 2, 3, 3, 3, 4, 5]


async def test_a_page_that_holds_all_has_no_next(seven: Edge) -> None:
    answer = await seven.get("/v1/counters?limit=7")
    assert answer.json()["next"] is None


async def test_a_filter_narrows_every_page(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=2&owner=p2") == [3, 3, 3, 4, 5]


async def test_a_county_sees_its_own_rows_only(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=7", claims={"county": "130528"}) == []


async def test_an_owner_gets_its_own_rows_only(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=1", role="provider", claims={"owner": "p1"}) == [1, 2]


async def test_the_newest_may_come_first(seven: Edge) -> None:
    assert await walk(seven, "/v1/latest?limit=3") == [5, 4, 3, 3, 3, 2, 1]


async def test_an_owner_known_by_its_id_gets_its_own_rows_only(seven: Edge) -> None:
    row = (await seven.get("/v1/counters?limit=1")).json()["items"][0]
    assert await walk(seven, "/v1/latest?limit=1", role="provider", claims={"owner": row["id"]}) == [row["total"]]
    answer = await seven.get("/v1/latest", role="provider", claims={"owner": "p1"})
    assert answer.json()["code"] == "forbidden.owner"


async def test_a_caller_bound_to_a_township_gets_its_rows_only(seven: Edge) -> None:
    assert await walk(seven, "/v1/latest?limit=1", role="township", claims={"township": "p1"}) == [2, 1]


async def test_an_owner_without_a_name_gets_nothing(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=7", role="provider") == []


async def test_an_owner_asking_for_the_rows_of_another_is_forbidden(seven: Edge) -> None:
    answer = await seven.get("/v1/counters?owner=p2", role="provider", claims={"owner": "p1"})
    assert answer.json()["code"] == "forbidden.owner"


async def test_a_cursor_serves_only_its_own_query(seven: Edge) -> None:
    cursor = (await seven.get("/v1/counters?limit=2")).json()["next"]
    queries: tuple[tuple[str, dict[str, Any]], ...] = (
        (f"owner=p2&after={cursor}", {}),
        (f"after={cursor}", {"claims": {"county": "130528"}}),
        (f"after={cursor[:-2]}", {}),
        ("after=AAAA", {}),
        ("after=%E4%B8%AD", {}),
    )
    for query, more in queries:
        answer = await seven.get(f"/v1/counters?{query}", **more)
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor.invalid"), query


async def test_another_order_may_be_asked_for(seven: Edge) -> None:
    owners = [row["owner"] for row in (await seven.get("/v1/counters?sort=-owner")).json()["items"]]
    assert owners == ["p2"] * 5 + ["p1"] * 2


async def test_every_row_comes_once_in_any_order(seven: Edge) -> None:
    assert await walk(seven, "/v1/counters?limit=2&sort=owner") == [1, 2, 3, 3, 3, 4, 5]
    assert await walk(seven, "/v1/counters?limit=2&sort=-owner") == [5, 4, 3, 3, 3, 2, 1]


@pytest.mark.parametrize("sort", ["", "id", "-", "owner,total", "owner;drop table counters", "OWNER", "+owner"])
async def test_an_order_that_is_not_offered_is_refused(seven: Edge, sort: str) -> None:
    answer = await seven.get("/v1/counters", params={"sort": sort})
    assert (answer.status_code, answer.json()["code"]) == (400, "sort.unknown")


async def test_a_list_without_a_choice_knows_no_sort(seven: Edge) -> None:
    assert (await seven.get("/v1/latest?sort=total")).json()["code"] == "query.unknown"


async def test_a_cursor_serves_only_its_own_order(seven: Edge) -> None:
    cursor = (await seven.get("/v1/counters?limit=2&sort=owner")).json()["next"]
    for query in (f"after={cursor}", f"sort=-owner&after={cursor}"):
        assert (await seven.get(f"/v1/counters?{query}")).json()["code"] == "cursor.invalid"


async def test_a_cursor_of_one_who_sees_all_is_worth_nothing_to_one_who_does_not(seven: Edge) -> None:
    cursor = (await seven.get("/v1/counters?limit=2")).json()["next"]
    answer = await seven.get(f"/v1/counters?after={cursor}", role="provider", claims={"owner": "p1"})
    assert answer.json()["code"] == "cursor.invalid"
