"""Entity tags: a decision is carried out on what its caller saw, or not at all."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from chassis.http.conditions import NEVER, expected, unchanged
from chassis.problems import Refused
from tests.chassis.http.conftest import Edge


async def begun(edge: Edge, amount: int = 3) -> str:
    return str((await edge.post("/v1/counters", {"amount": amount})).json()["id"])


async def position(edge: Edge) -> tuple[int, int]:
    async with edge.running.database.at(edge.county) as connection:
        row = await connection.fetchrow("select writes, position from head where county = $1", edge.county)
    assert row is not None
    return row["writes"], row["position"]


async def test_a_resource_tells_its_version(edge: Edge) -> None:
    counter = await begun(edge)
    assert (await edge.get(f"/v1/counters/{counter}")).headers["etag"] == '"1"'
    await edge.post(f"/v1/counters/{counter}/increment")
    assert (await edge.get(f"/v1/counters/{counter}")).headers["etag"] == '"2"'


@pytest.mark.parametrize("known", ['"1"', 'W/"1"', '"9", "1"', "*"])
async def test_who_has_it_already_is_told_so_without_a_body(edge: Edge, known: str) -> None:
    counter = await begun(edge)
    answer = await edge.get(f"/v1/counters/{counter}", headers={"If-None-Match": known})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"1"')
    assert "content-type" not in answer.headers


async def test_who_has_another_version_gets_this_one(edge: Edge) -> None:
    counter = await begun(edge)
    answer = await edge.get(f"/v1/counters/{counter}", headers={"If-None-Match": '"7"'})
    assert (answer.status_code, answer.json()["total"]) == (200, 3)


async def test_a_guarded_command_needs_the_version_its_caller_saw(edge: Edge) -> None:
    counter = await begun(edge)
    before = await position(edge)
    answer = await edge.post(f"/v1/counters/{counter}/doubling")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition.missing")
    assert await position(edge) == before


@pytest.mark.parametrize("seen", ['"1"', '"1", "7"', "*", '"x" ,, "1"'])
async def test_a_command_on_what_was_seen_is_carried_out(edge: Edge, seen: str) -> None:
    counter = await begun(edge)
    answer = await edge.post(f"/v1/counters/{counter}/doubling", headers={"If-Match": seen})
    assert (answer.status_code, answer.json()["total"]) == (200, 6)


@pytest.mark.parametrize("seen", ['"2"', '"0"', 'W/"1"', '"somebody else\'s"', '"01"'])
async def test_a_command_on_another_version_changes_nothing(edge: Edge, seen: str) -> None:
    counter = await begun(edge)
    before = await position(edge)
    answer = await edge.post(f"/v1/counters/{counter}/doubling", headers={"If-Match": seen.replace(" ", "_")})
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition.failed")
    assert await position(edge) == before


async def test_of_two_who_saw_the_same_one_decides(edge: Edge) -> None:
    counter = await begun(edge)
    answers = await asyncio.gather(
        *(edge.post(f"/v1/counters/{counter}/doubling", headers={"If-Match": '"1"'}) for _ in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    assert (await edge.get(f"/v1/counters/{counter}")).json()["total"] == 6


async def test_a_repetition_gets_the_kept_answer_though_the_version_moved(edge: Edge) -> None:
    counter = await begun(edge)
    path = f"/v1/counters/{counter}/doubling"
    first = await edge.post(path, key="once", headers={"If-Match": '"1"'})
    await edge.post(f"/v1/counters/{counter}/increment")
    for seen in ('"1"', '"3"', 'W/"1"'):
        again = await edge.post(path, key="once", headers={"If-Match": seen})
        assert (again.status_code, again.content) == (200, first.content)


async def test_a_command_may_be_tried_again_under_its_key_on_what_is_there_now(edge: Edge) -> None:
    counter = await begun(edge)
    path = f"/v1/counters/{counter}/doubling"
    assert (await edge.post(path, key="once", headers={"If-Match": '"5"'})).status_code == 412
    assert (await edge.post(path, key="once", headers={"If-Match": '"1"'})).status_code == 200


async def test_any_other_command_on_a_stream_honours_the_version_it_names(edge: Edge) -> None:
    counter = await begun(edge)
    path = f"/v1/counters/{counter}/increment"
    assert (await edge.post(path, headers={"If-Match": '"1"'})).status_code == 200
    assert (await edge.post(path, headers={"If-Match": '"1"'})).json()["code"] == "precondition.failed"
    assert (await edge.post(path)).status_code == 200


async def test_what_is_not_there_has_no_version(edge: Edge) -> None:
    for seen in ("*", '"1"'):
        answer = await edge.post(f"/v1/counters/{uuid4()}/increment", headers={"If-Match": seen})
        assert answer.json()["code"] == "precondition.failed"


@pytest.mark.parametrize("header", ["", "1", '"1', ",", '"1" "2"', '"1";', '"1",' + " ," * 600])
async def test_a_malformed_condition_is_refused(edge: Edge, header: str) -> None:
    counter = await begun(edge)
    for answer in (
        await edge.post(f"/v1/counters/{counter}/increment", headers={"If-Match": header}),
        await edge.get(f"/v1/counters/{counter}", headers={"If-None-Match": header}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, "precondition.malformed")


def test_tags_are_compared_strongly_for_commands_and_weakly_for_questions() -> None:
    assert expected(b'W/"3"') == (NEVER,)
    assert unchanged(b'W/"3"', 3)


def test_a_list_that_never_ends_well_is_judged_at_once() -> None:
    with pytest.raises(Refused):
        expected(b'"1"' + b" , " * 300 + b"x")
