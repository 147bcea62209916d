"""A caller knows what it may still ask; who asks too much, or guesses, has to wait."""

from __future__ import annotations

from dataclasses import replace

import httpx2
from starlette.types import Scope

from chassis.http import Body, Call, Routes, create_app
from chassis.http.rates import REMEMBERED_MAX, Proxies, Window
from tests.chassis.http.conftest import Start
from tests.chassis.http.counting import service


class Notice(Body):
    word: str


class Time:
    """A clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_every_answer_tells_what_is_left(start: Start) -> None:
    async with start({"rate_callers": "5/minute"}) as edge:
        answers = [await edge.get("/v1/counters"), await edge.get("/v1/nowhere"), await edge.post("/v1/counters", {})]
    assert answers[0].headers["ratelimit-policy"] == '"caller";q=5;w=60'
    assert answers[0].headers["ratelimit"] == '"caller";r=4;t=60'
    assert answers[2].status_code == 422
    assert answers[2].headers["ratelimit"].startswith('"caller";r=3;t=')


async def test_one_who_asks_too_much_waits_and_others_do_not(start: Start) -> None:
    async with start({"rate_callers": "3/minute"}) as edge:
        for _ in range(3):
            assert (await edge.get("/v1/counters")).status_code == 200
        answer = await edge.get("/v1/counters")
        assert (answer.status_code, answer.json()["code"]) == (429, "rate.limited")
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert answer.headers["ratelimit"].startswith('"caller";r=0;t=')
        assert (await edge.get("/v1/counters", claims={"subject": "somebody-else"})).status_code == 200


async def test_another_token_of_the_same_caller_has_the_same_budget(start: Start) -> None:
    async with start({"rate_callers": "1/minute"}) as edge:
        assert (await edge.get("/v1/counters")).status_code == 200
        assert (await edge.get("/v1/counters", claims={"hours": 3})).status_code == 429


async def test_a_refused_request_changes_nothing(start: Start) -> None:
    async with start({"rate_callers": "1/minute"}) as edge:
        await edge.post("/v1/counters", {"amount": 1}, key="a")
        assert (await edge.post("/v1/counters", {"amount": 1}, key="b")).status_code == 429
        async with edge.running.database.at(edge.county) as connection:
            found = await connection.fetchval("select count(*) from events where county = $1", edge.county)
    assert found == 1


async def test_services_and_health_are_not_counted(start: Start) -> None:
    async with start({"rate_callers": "1/minute", "rate_guesses": "1/minute"}) as edge:
        for _ in range(3):
            assert (await edge.get("/v1/counters", role="service")).status_code == 200
            assert (await edge.client.get("/v1/healthz")).status_code == 200


async def test_guessing_tokens_is_slow_and_known_callers_go_on(start: Start) -> None:
    async with start({"rate_guesses": "3/minute"}) as edge:
        known = edge.headers()
        assert (await edge.client.get("/v1/counters", headers=known)).status_code == 200
        for number in range(3):
            wrong = await edge.client.get("/v1/counters", headers={"Authorization": f"Bearer a.b.{number}"})
            assert wrong.status_code == 401
        fourth = await edge.client.get("/v1/counters", headers={"Authorization": "Bearer a.b.c"})
        assert (fourth.status_code, fourth.json()["code"]) == (429, "rate.limited")
        assert "retry-after" in fourth.headers
        assert (await edge.get("/v1/counters", claims={"subject": "new"})).status_code == 429
        assert (await edge.client.get("/v1/counters", headers=known)).status_code == 200


def test_a_window_ends() -> None:
    time = Time()
    window = Window("2/minute", "caller", time)
    assert [window.count("a")[0] for _ in range(3)] == [1, 0, -1]
    assert window.spent("a") == 60
    time.now += 60
    assert (window.spent("a"), window.count("a")[0]) == (0, 1)


def test_what_is_counted_is_bounded() -> None:
    window = Window("2/minute", "caller", Time())
    for number in range(REMEMBERED_MAX + 10):
        window.count(number)
    assert len(window._counts) == REMEMBERED_MAX
    assert window.count(0)[0] == 1, "the first to come is the first to be forgotten"


def client(proxies: Proxies, peer: str, forwarded: bytes) -> str:
    scope: Scope = {"type": "http", "client": (peer, 1)}
    return proxies.client(scope, {b"x-forwarded-for": forwarded})


def test_nobody_says_by_a_header_who_he_is() -> None:
    assert client(Proxies(()), "10.0.0.9", b"1.2.3.4") == "10.0.0.9"
    assert client(Proxies(("192.168.0.0/16",)), "10.0.0.9", b"1.2.3.4") == "10.0.0.9"


def test_a_trusted_proxy_says_for_whom_it_asks() -> None:
    proxies = Proxies(("10.0.0.0/8",))
    assert client(proxies, "10.0.0.9", b"6.6.6.6, 1.2.3.4, 10.1.1.1") == "1.2.3.4"
    assert client(proxies, "10.0.0.9", b"") == "10.0.0.9"
    assert client(proxies, "10.0.0.9", b"nonsense") == "10.0.0.9"


def test_an_address_of_the_sixth_version_counts_as_its_network() -> None:
    assert client(Proxies(()), "2001:db8::1", b"") == client(Proxies(()), "2001:db8::2:3", b"")
    assert client(Proxies(()), "::ffff:1.2.3.4", b"") == "1.2.3.4"


async def test_a_caller_without_a_token_has_a_budget_by_its_address(start: Start) -> None:
    routes = Routes(tag="notice")

    @routes.get("/v1/notice", answer=Notice, public=True)
    async def notice(_call: Call[None]) -> Notice:
        return Notice(word="open")

    async with start({"rate_public": "2/minute"}) as edge:
        app = create_app(replace(service, router=routes.router), edge.running)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://notice.test") as guest:
            assert [(await guest.get("/v1/notice")).status_code for _ in range(3)] == [200, 200, 429]
            assert (await guest.get("/v1/healthz")).status_code == 200
