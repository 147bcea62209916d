"""What two readers of one request could understand differently is refused, and every answer says how to treat it."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.chassis.http.conftest import Edge


async def raw(edge: Edge, method: str, path: str, headers: list[tuple[str, str]], **more: Any) -> httpx2.Response:
    own = [*edge.headers().items(), ("Idempotency-Key", "k-1")]
    return await edge.client.request(method, path, headers=[*own, *headers], **more)


async def test_every_answer_says_how_to_treat_it(edge: Edge) -> None:
    for answer in (
        await edge.get("/v1/counters"),
        await edge.get("/v1/counters", role="village"),
        await edge.client.get("/v1/healthz"),
        await edge.client.get("/openapi.json"),
        await edge.client.get("/nowhere"),
        await edge.client.delete("/v1/counters"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "x-request-id" in answer.headers
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "Idempotency-Key",
        "Authorization",
        "Content-Type",
        "If-Match",
        "Careloop-County",
        "X-Request-Id",
        "Content-Length",
    ],
)
async def test_a_header_that_says_two_things_is_refused(edge: Edge, name: str) -> None:
    answer = await raw(edge, "POST", "/v1/counters", [(name, "1"), (name, "1")], json={"amount": 1})
    assert (answer.status_code, answer.json()["code"]) == (400, "header.repeated")


async def test_a_header_that_may_say_many_things_may_come_often(edge: Edge) -> None:
    headers = [
        ("Accept", "application/json"),
        ("Accept", "text/plain"),
        ("X-Forwarded-For", "a"),
        ("X-Forwarded-For", "b"),
    ]
    assert (await raw(edge, "GET", "/v1/counters", headers)).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/v1%2Fcounters", "/v1/counters/a%2fb", "/v1/counters/%5C", "/v1/counters/%00", "/v1/counters/%ff", "/v1/%C2%85"],
)
async def test_a_path_that_could_be_divided_differently_is_refused(edge: Edge, path: str) -> None:
    answer = await edge.get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "path.malformed")


async def test_other_encoded_characters_are_what_they_stand_for(edge: Edge) -> None:
    assert (await edge.get("/v1/%63ounters")).status_code == 200
    assert (await edge.get("/v1/%E5%8E%BF")).json()["code"] == "not_found"


async def test_a_target_has_a_length(edge: Edge) -> None:
    long_path, long_query = await edge.get("/v1/" + "a" * 1100), await edge.get("/v1/counters?owner=" + "a" * 25_000)
    assert (long_path.status_code, long_path.json()["code"]) == (414, "path.too_long")
    assert (long_query.status_code, long_query.json()["code"]) == (414, "query.too_long")


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip", "identity, gzip", ""])
async def test_a_compressed_body_is_refused(edge: Edge, coding: str) -> None:
    answer = await raw(edge, "POST", "/v1/counters", [("Content-Encoding", coding)], json={"amount": 1})
    assert (answer.status_code, answer.json()["code"]) == (415, "body.encoded")


async def test_a_body_may_say_that_it_is_as_it_is(edge: Edge) -> None:
    answer = await raw(edge, "POST", "/v1/counters", [("Content-Encoding", "Identity")], json={"amount": 1})
    assert answer.status_code == 201


async def test_a_question_brings_no_body(edge: Edge) -> None:
    answer = await raw(edge, "GET", "/v1/counters", [], json={"amount": 1})
    assert (answer.status_code, answer.json()["code"]) == (400, "body.unexpected")


async def test_the_head_of_an_answer_can_be_asked_for(edge: Edge) -> None:
    whole = await edge.get("/v1/counters")
    head = await edge.client.head("/v1/counters", headers=edge.headers())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert (await edge.client.head("/v1/counters")).status_code == 401
    assert (await edge.client.head("/openapi.json")).status_code == 200


async def test_a_method_that_an_operation_does_not_have_names_those_it_has(edge: Edge) -> None:
    for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        answer = await edge.client.request(method, "/v1/counters")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST"), method
    answer = await edge.client.head(f"/v1/counters/{'0' * 8}/increment")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert (await edge.client.post("/openapi.json")).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path", ["/v1/counters/", "//v1/counters", "/v1//counters", "/V1/counters", "/v1/counters;a=b"]
)
async def test_a_path_is_one_text(edge: Edge, path: str) -> None:
    assert (await edge.client.get(f"http://counting.test{path}", headers=edge.headers())).status_code == 404
