"""Many commands in one request: each has its own result, and nothing that a single one would be spared."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.http import Routes
from tests.chassis.http.conftest import Edge, Start
from tests.chassis.http.counting import AddTo

BULK = "/v1/bulk/counters"


def items(*amounts: int, **more: Any) -> dict[str, Any]:
    return {"items": [{"amount": amount, **more} for amount in amounts]}


async def events(edge: Edge) -> int:
    async with edge.running.database.at(edge.county) as connection:
        return int(await connection.fetchval("select count(*) from events where county = $1", edge.county))


async def test_every_item_has_its_result_in_order(edge: Edge) -> None:
    answer = await edge.post(BULK, items(3, -1, 5))
    assert answer.status_code == 200
    results = answer.json()["items"]
    assert [(each["index"], each["status"]) for each in results] == [(0, 201), (1, 409), (2, 201)]
    assert [results[0]["answer"]["total"], results[2]["answer"]["total"]] == [3, 5]
    assert results[1]["problem"]["code"] == "counter.negative"
    assert "answer" not in results[1]
    assert await events(edge) == 2


async def test_one_decision_of_many_items_is_made_on_what_the_others_left(edge: Edge) -> None:
    results = (await edge.post(BULK, items(60, 60, 40, owner="p1"))).json()["items"]
    assert [each["status"] for each in results] == [201, 409, 201]
    assert results[1]["problem"]["facts"] == {"left": 40}


async def test_a_repetition_gets_the_kept_answers_and_tries_the_others_again(edge: Edge) -> None:
    first = await edge.post(BULK, items(60, 60, owner="p1"), key="k")
    again = await edge.post(BULK, items(60, 60, owner="p1"), key="k")
    assert again.json()["items"] == first.json()["items"]
    assert await events(edge) == 1


async def test_the_same_key_with_another_body_is_refused_as_a_whole(edge: Edge) -> None:
    await edge.post(BULK, items(-1, 5), key="k")
    for other in (items(1, 5), items(1), items(-1, 5, 6)):
        answer = await edge.post(BULK, other, key="k")
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key.reused")
    assert await events(edge) == 1


async def test_a_bulk_of_which_nothing_was_kept_may_be_mended_under_its_key(edge: Edge) -> None:
    await edge.post(BULK, items(-1, -2), key="k")
    assert [each["status"] for each in (await edge.post(BULK, items(1, 2), key="k")).json()["items"]] == [201, 201]


async def test_an_item_without_its_shape_refuses_the_whole(edge: Edge) -> None:
    answer = await edge.post(BULK, {"items": [{"amount": 1}, {"amount": "2"}, {"amount": 3, "more": 1}]})
    assert answer.status_code == 422
    assert [each["place"] for each in answer.json()["errors"]] == ["items[1].amount", "items[2].more"]
    assert await events(edge) == 0


@pytest.mark.parametrize("count", [0, 4])
async def test_a_bulk_holds_something_and_not_too_much(start: Start, count: int) -> None:
    async with start({"bulk_max": 3}) as edge:
        answer = await edge.post(BULK, items(*range(1, count + 1)))
        assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "items")
        assert (await edge.post(BULK, items(1, 2, 3))).status_code == 200


async def test_a_guarded_command_in_bulk_names_the_version_of_each(edge: Edge) -> None:
    made = (await edge.post(BULK, items(3, 4, 5))).json()["items"]
    ids = [each["answer"]["id"] for each in made]
    seen = ['"1"', '"2"', "nonsense"]
    body = {"items": [{"counter_id": one, "if_match": tag} for one, tag in zip(ids, seen, strict=True)]}
    results = (await edge.post("/v1/bulk/doublings", body)).json()["items"]
    assert [each["status"] for each in results] == [200, 412, 400]
    assert results[0]["answer"] == {"id": ids[0], "total": 6}
    del body["items"][1]["if_match"]
    assert (await edge.post("/v1/bulk/doublings", body)).json()["errors"][0]["place"] == "items[1].if_match"


async def test_of_one_thing_twice_in_a_bulk_one_decides(edge: Edge) -> None:
    made = (await edge.post("/v1/counters", {"amount": 3})).json()["id"]
    body = {"items": [{"counter_id": made, "if_match": '"1"'}] * 2}
    results = (await edge.post("/v1/bulk/doublings", body)).json()["items"]
    assert sorted(each["status"] for each in results) == [200, 412]


async def test_who_may_not_do_one_may_not_do_many(edge: Edge) -> None:
    answer = await edge.post(BULK, items(1), role="village")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.role")


async def test_a_bulk_costs_as_much_of_a_budget_as_its_items(start: Start) -> None:
    async with start({"rate_callers": "10/minute"}) as edge:
        assert (await edge.post(BULK, items(*range(1, 11)))).status_code == 200
        assert (await edge.get("/v1/counters")).status_code == 429


async def test_a_large_bulk_is_decided(edge: Edge) -> None:
    results = (await edge.post(BULK, items(*range(1, 501)))).json()["items"]
    assert [each["answer"]["total"] for each in results] == list(range(1, 501))


def test_there_is_no_bulk_of_what_has_one_name_in_path_and_body() -> None:
    routes = Routes(tag="t")
    routes.post("/v1/x/{owner}", body=AddTo, bulk="/v1/bulk/x")(_nothing)
    with pytest.raises(ValueError, match="owner"):
        routes.router()


async def _nothing(_call: Any) -> Any:
    return None
