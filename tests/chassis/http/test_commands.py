"""Commands over HTTP: decided once, answered with what was declared, refused with a problem."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from chassis.dispatch import Overloaded, Unavailable
from chassis.service import Ask, Reply
from tests.chassis.http.conftest import Edge, Start


async def test_a_command_is_decided_and_answered(edge: Edge) -> None:
    answer = await edge.post("/v1/counters", {"amount": 3})
    assert answer.status_code == 201
    assert answer.json()["total"] == 3


async def test_an_answer_holds_only_what_was_declared(edge: Edge) -> None:
    answer = await edge.post("/v1/counters", {"amount": 3})
    assert set(answer.json()) == {"id", "total"}


async def test_a_repetition_gets_the_kept_answer(edge: Edge) -> None:
    first = await edge.post("/v1/counters", {"amount": 3}, key="once")
    again = await edge.post("/v1/counters", {"amount": 3}, key="once")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    rows = await edge.get("/v1/counters")
    assert [row["total"] for row in rows.json()["items"]] == [3]


async def test_a_key_serves_one_request_only(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3}, key="once")
    other = await edge.post("/v1/counters", {"amount": 4}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key.reused")


async def test_two_callers_may_use_the_same_key(edge: Edge) -> None:
    one = await edge.post("/v1/counters", {"amount": 3}, key="1", claims={"subject": "one"})
    two = await edge.post("/v1/counters", {"amount": 4}, key="1", claims={"subject": "two"})
    assert [one.status_code, two.status_code] == [201, 201]
    assert one.json()["id"] != two.json()["id"]


async def test_a_command_without_a_key_is_refused(edge: Edge) -> None:
    answer = await edge.client.post("/v1/counters", json={"amount": 3}, headers=edge.headers())
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key.missing")


async def test_a_key_is_visible_ascii_of_at_most_128_characters(edge: Edge) -> None:
    for key in ("a" * 129, "two words", "\t"):
        answer = await edge.post("/v1/counters", {"amount": 3}, key=key)
        assert answer.json()["code"] == "idempotency_key.malformed", key


async def test_a_refusal_is_a_problem_in_two_languages_with_its_facts(edge: Edge) -> None:
    answer = await edge.post("/v1/counters", {"amount": -1})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:careloop:problem:counter.negative",
        "title": "数额不得为负",
        "title_en": "The amount is negative",
        "status": 409,
        "code": "counter.negative",
        "facts": {"total": 0},
    }


async def test_a_refused_command_may_be_mended_under_the_same_key(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": -1}, key="once")
    mended = await edge.post("/v1/counters", {"amount": 1}, key="once")
    assert mended.status_code == 201


async def test_a_command_without_a_body_answers_stream_and_version(edge: Edge) -> None:
    counter = str(uuid4())
    await edge.post(f"/v1/counters/{counter}/increment")
    answer = await edge.client.post(
        f"/v1/counters/{counter}/increment", headers={**edge.headers(), "Idempotency-Key": "k"}
    )
    assert answer.json() == {"id": counter, "version": 2}


async def test_a_body_where_none_is_wanted_is_refused(edge: Edge) -> None:
    answer = await edge.post(f"/v1/counters/{uuid4()}/increment", {"amount": 3})
    assert answer.json()["code"] == "body.unexpected"


async def test_a_path_id_that_is_none_is_not_found(edge: Edge) -> None:
    for text in ("nothing", "{0b6c1f5e-2f53-5d0c-9a51-6b1f0a7c4e10}", "0b6c1f5e2f535d0c9a516b1f0a7c4e10"):
        answer = await edge.post(f"/v1/counters/{text}/increment")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), text


async def test_the_log_tells_who_asked_and_by_which_request(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3}, headers={"X-Request-Id": "r-1"}, claims={"subject": "clerk-7"})
    metadata = await edge.running.database.fetchval("select metadata from events where county = $1", edge.county)
    assert b"clerk-7" in metadata
    assert b"r-1" in metadata


async def test_a_failing_decision_is_an_internal_problem_and_tells_nothing(edge: Edge) -> None:
    answer = await edge.post("/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "a bug" not in answer.text


class Refusing:
    """A dispatch that fails as a real one does when it is overloaded or has lost its database."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def ask(self, ask: Ask) -> Reply:
        raise self.error

    def on_commit(self, callback: object) -> None:
        return None


async def test_an_overloaded_or_lost_store_asks_to_try_again(start: Start) -> None:
    for error, code in ((Overloaded(), "overloaded"), (Unavailable(), "unavailable")):
        async with start(dispatch=Refusing(error)) as edge:
            answer = await edge.post("/v1/counters", {"amount": 3})
            assert (answer.status_code, answer.json()["code"]) == (503, code)
            assert answer.headers["retry-after"] == "1"


async def test_many_commands_at_once_are_all_answered(edge: Edge) -> None:
    answers = await asyncio.gather(*(edge.post("/v1/counters", {"amount": n}) for n in range(1, 31)))
    assert [answer.json()["total"] for answer in answers] == list(range(1, 31))
