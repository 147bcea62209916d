"""What the edge refuses before a handler sees it, and what it lets through."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from chassis.http import Routes
from chassis.http.edge import Table
from chassis.http.operation import OperationRoute
from tests.chassis.http.conftest import Edge, Start
from tests.chassis.http.counting import CounterRow, words


async def refused(edge: Edge, body: bytes) -> tuple[int, str]:
    answer = await edge.post("/v1/counters", body)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


async def test_a_missing_token_is_answered_with_a_challenge(edge: Edge) -> None:
    answer = await edge.client.get("/v1/counters")
    assert (answer.status_code, answer.json()["code"]) == (401, "token.missing")
    assert answer.headers["www-authenticate"] == 'Bearer realm="careloop"'


async def test_a_bad_token_is_answered_with_a_challenge_that_names_no_reason(edge: Edge) -> None:
    answer = await edge.client.get("/v1/counters", headers={"Authorization": "Bearer x.y.z"})
    assert (answer.status_code, answer.json()["code"]) == (401, "token.invalid")
    assert answer.headers["www-authenticate"] == 'Bearer realm="careloop", error="invalid_token"'
    assert "facts" not in answer.json()


async def test_a_role_that_was_not_named_is_forbidden(edge: Edge) -> None:
    answer = await edge.get("/v1/counters", role="village")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.role")


async def test_a_caller_acts_on_its_own_county(edge: Edge) -> None:
    answer = await edge.get("/v1/counters", headers={"Careloop-County": "130529"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.county")


async def test_a_service_acts_on_the_county_it_names(edge: Edge) -> None:
    await edge.post("/v1/counters", {"amount": 3}, role="service", claims={"county": ""},
                    headers={"Careloop-County": edge.county})  # fmt: skip
    answer = await edge.get("/v1/counters")
    assert len(answer.json()["items"]) == 1


async def test_a_service_that_names_no_county_is_told_so(edge: Edge) -> None:
    answer = await edge.get("/v1/counters", role="service", claims={"county": ""})
    assert (answer.status_code, answer.json()["code"]) == (400, "county.missing")


async def test_a_county_has_the_shape_of_a_code(edge: Edge) -> None:
    answer = await edge.get("/v1/counters", role="service", headers={"Careloop-County": "13.528>"})
    assert answer.json()["code"] == "county.malformed"


async def test_a_province_reads_the_counties_that_begin_with_its_code(edge: Edge) -> None:
    own = await edge.get("/v1/events", role="province", claims={"county": "13"}, headers={"Careloop-County": "130528"})
    other = await edge.get(
        "/v1/events", role="province", claims={"county": "13"}, headers={"Careloop-County": "620422"}
    )
    assert (own.status_code, other.json()["code"]) == (200, "forbidden.county")


async def test_an_owner_sees_only_its_own(edge: Edge) -> None:
    made = await edge.post("/v1/counters", {"amount": 3, "owner": "p1"})
    path = f"/v1/counters/{made.json()['id']}"
    own = await edge.get(path, role="provider", claims={"owner": "p1"})
    other = await edge.get(path, role="provider", claims={"owner": "p2"})
    assert (own.status_code, other.status_code) == (200, 404)
    assert other.json()["code"] == "not_found"


async def test_a_township_officer_covers_the_own_township_only(edge: Edge) -> None:
    claims = {"township": "130528100"}
    own = await edge.post("/v1/townships/130528100", role="township", claims=claims)
    other = await edge.post("/v1/townships/130528101", role="township", claims=claims)
    assert (own.status_code, other.json()["code"]) == (200, "forbidden.township")


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=gbk", "application/jsonx", ""])
async def test_a_body_of_another_media_type_is_refused(edge: Edge, content_type: str) -> None:
    headers = {**edge.headers(), "Idempotency-Key": "k", "Content-Type": content_type}
    answer = await edge.client.post("/v1/counters", content=b'{"amount":1}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "body.media_type")


async def test_a_body_may_name_its_charset(edge: Edge) -> None:
    headers = {**edge.headers(), "Idempotency-Key": "k", "Content-Type": 'Application/JSON; Charset="UTF-8"'}
    answer = await edge.client.post("/v1/counters", content=b'{"amount":1}', headers=headers)
    assert answer.status_code == 201


async def test_a_body_over_the_limit_is_refused_announced_or_not(start: Start) -> None:
    async with start({"body_max_bytes": 64}) as edge:
        body = json.dumps({"amount": 1, "owner": "x" * 64}).encode()

        async def pieces() -> AsyncIterator[bytes]:
            yield body[:40]
            yield body[40:]

        assert await refused(edge, body) == (413, "body.too_large")
        headers = {**edge.headers(), "Idempotency-Key": "k", "Content-Type": "application/json"}
        answer = await edge.client.post("/v1/counters", content=pieces(), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "body.too_large")


async def test_a_body_in_pieces_is_put_together(edge: Edge) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"amo'
        yield b'unt":7}'

    headers = {**edge.headers(), "Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = await edge.client.post("/v1/counters", content=pieces(), headers=headers)
    assert answer.json()["total"] == 7


async def test_a_body_that_is_read_differently_by_two_parsers_is_refused(edge: Edge) -> None:
    assert await refused(edge, b'{"amount":1,"amount":2}') == (400, "body.duplicate_key")


async def test_a_body_of_another_shape_names_places_and_codes_and_echoes_nothing(edge: Edge) -> None:
    body = {"amount": "130528194001010011", "lines": [{"units": 1}, {"units": 1.5}], "130528194001010011": 1}
    answer = await edge.post("/v1/counters", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "body.invalid")
    assert {(each["place"], each["code"]) for each in answer.json()["errors"]} == {
        ("amount", "int_type"),
        ("lines[1].units", "int_type"),
        ("?", "extra_forbidden"),
    }
    assert "130528194001010011" not in answer.text


@pytest.mark.parametrize("amount", [b"true", b'"100"', b"100.0", b"null"])
async def test_a_number_is_not_guessed(edge: Edge, amount: bytes) -> None:
    assert await refused(edge, b'{"amount":' + amount + b"}") == (422, "body.invalid")


async def test_an_unknown_query_parameter_is_refused(edge: Edge) -> None:
    answer = await edge.get("/v1/counters?ownr=p1")
    assert (answer.status_code, answer.json()["code"]) == (400, "query.unknown")


async def test_a_query_parameter_is_given_once(edge: Edge) -> None:
    answer = await edge.get("/v1/counters?owner=p1&owner=p2")
    assert answer.json()["code"] == "query.repeated"


@pytest.mark.parametrize(
    "query", ["total=1_0", "total=１", "total=x", "limit=0", "limit=100000", "owner=%00", "owner=%ff"]
)
async def test_a_malformed_query_is_refused_without_an_echo(edge: Edge, query: str) -> None:
    answer = await edge.get(f"/v1/counters?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "query.invalid")


async def test_a_required_query_parameter_is_missed_and_a_word_must_be_known(edge: Edge) -> None:
    missing, unknown = await edge.get("/v1/words"), await edge.get("/v1/words?kind=c")
    assert (missing.json()["code"], unknown.json()["code"]) == ("query.missing", "query.invalid")


async def test_a_question_without_an_answer_is_not_found(edge: Edge) -> None:
    answer = await edge.get(f"/v1/counters/{uuid4()}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/", "/v1/nothing", "/v1/counters/", "/v1/counters//increment", "/docs"])
async def test_an_unknown_path_is_a_problem(edge: Edge, path: str) -> None:
    answer = await edge.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(edge: Edge) -> None:
    answer = await edge.client.delete("/v1/counters")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, POST"


async def test_an_unexpected_failure_is_a_problem_and_tells_nothing(edge: Edge) -> None:
    answer = await edge.get("/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "130528194001010011" not in answer.text


async def test_every_answer_carries_a_request_id(edge: Edge) -> None:
    given = await edge.get("/v1/counters", headers={"X-Request-Id": "r-1"})
    made = [(await edge.get("/v1/nothing")).headers["x-request-id"] for _ in range(2)]
    assert given.headers["x-request-id"] == "r-1"
    assert made[0] != made[1]


async def test_of_two_paths_that_fit_the_more_exact_one_is_taken() -> None:
    routes = Routes(tag="t")
    for path in ("/v1/{a}/{b}", "/v1/{a}/x", "/v1/y/x"):
        routes.get(path, answer=CounterRow)(words)
    table = Table(route for route in routes.router().routes if isinstance(route, OperationRoute))
    taken = {path: table.find(path) for path in ("/v1/y/x", "/v1/z/x", "/v1/z/w", "/v1/z", "/v1//x")}
    assert {path: found and found[0]["GET"].path for path, found in taken.items()} == {
        "/v1/y/x": "/v1/y/x", "/v1/z/x": "/v1/{a}/x", "/v1/z/w": "/v1/{a}/{b}", "/v1/z": None, "/v1//x": None,
    }  # fmt: skip
