"""Every answer says how to treat it, and every failure is a page in words, with a fitting status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from structlog.testing import capture_logs

from console import words
from tests.conftest import Servers
from tests.console.conftest import console, reader
from tests.console.html import Page
from tests.edge import Edge, running_edge
from tests.providers.conftest import service as providers_service
from tests.providers.examples import NOW

VISIT = "01234567-89ab-cdef-0123-456789abcdef"
RATING = f"/130528/rating/{VISIT}"
GOOD = {"code": "24681357", "stars": "3", "rated_by": "guardian"}
OPENAPI = Path(__file__).parents[2] / "contracts/openapi/providers.json"


async def test_every_page_can_be_read_by_everybody_and_every_answer_says_how_to_treat_it() -> None:
    asked: tuple[tuple[str, str, dict[str, str] | None, int], ...] = (
        ("GET", "/", None, 200),
        ("GET", "/?county=130528", None, 303),
        ("GET", "/?county=13", None, 422),
        ("GET", "/130528", None, 200),
        ("GET", "/130528/", None, 200),
        ("GET", "/130528/rating", None, 200),
        ("GET", RATING, None, 200),
        ("GET", "/130528/rating/thanks", None, 200),
        ("GET", "/130528/certificates", None, 200),
        ("GET", "/130528/certificates/130528-2026-000001", None, 503),
        ("GET", "/130528/rating/no-visit", None, 404),
        ("GET", "/nowhere/at/all", None, 404),
        ("GET", "/130528%2Frating", None, 400),
        ("POST", RATING, {"code": "1"}, 422),
        ("POST", RATING, GOOD, 503),
        ("POST", RATING, {"code": "1" * 20_000}, 413),
        ("POST", RATING, {f"field{number}": "" for number in range(100)}, 400),
        ("POST", "/130528/certificates", GOOD, 405),
        ("DELETE", RATING, None, 405),
        ("POST", "/static/console.css", GOOD, 405),
    )
    async with reader(console(console_counties={"130528": "宁晋县", "130527": "南和区"})) as client:
        for method, path, form, status in asked:
            answer = await client.request(method, path, data=form)
            assert answer.status_code == status, path
            treated(answer)
            assert answer.headers["cache-control"] == "no-store"
            if status != 303:
                assert Page(answer.text).faults() == [], path
            assert ("retry-after" in answer.headers) == (status == 503)
            assert status != 405 or "HEAD" in answer.headers["allow"]
        json_body = await client.post(RATING, json=GOOD)
        assert json_body.status_code == 415


def treated(answer: httpx2.Response) -> None:
    """What every answer says."""
    policy = dict(one.strip().partition(" ")[::2] for one in answer.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "style-src": "'self'", "img-src": "'self'", "form-action": "'self'",
        "base-uri": "'none'", "frame-ancestors": "'none'",
    }  # fmt: skip
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers


async def test_files_of_ours_are_kept_and_found_by_what_is_in_them() -> None:
    async with reader(console()) as client:
        page = Page((await client.get("/")).text)
        for link in page.all("link"):
            file = await client.get(link["href"])
            treated(file)
            assert (file.status_code, file.headers["cache-control"]) == (200, "public, max-age=86400")
        head = await client.head("/130528/rating")
        alive = await client.get("/v1/healthz")
    assert (head.content, int(head.headers["content-length"]) > 1000) == (b"", True)
    assert alive.json() == {"service": "console"}


async def test_a_service_that_is_away_keeps_what_was_typed_and_tells_when_to_come_again() -> None:
    async with reader(console()) as client:
        answer = await client.post(RATING, data={**GOOD, "reasons": "late"})
    page = Page(answer.text)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert words.AWAY.zh in page.text
    assert [one["value"] for one in page.all("input") if one.get("type") == "text"] == ["24681357"]
    assert {one["value"] for one in page.all("input") if "checked" in one} == {"3", "guardian", "late"}


async def test_a_service_that_answers_something_else_is_away(charity: Edge) -> None:
    async with reader(console(providers=charity)) as client:
        assert (await client.post(RATING, data=GOOD)).status_code == 503


async def test_a_failure_of_ours_is_a_page_that_tells_nothing(charity: Edge) -> None:
    await charity.client.aclose()
    with capture_logs() as logs:
        async with reader(console(charity=charity)) as client:
            answer = await client.get("/130528/certificates/130528-2026-000001")
    assert (answer.status_code, Page(answer.text).faults()) == (500, [])
    treated(answer)
    assert "closed" not in answer.text
    assert "console.failed" in [one["event"] for one in logs]


async def test_who_opens_too_many_pages_waits_and_others_do_not() -> None:
    pages = console(rate_public="2/minute", trusted_proxies=("203.0.113.0/24",))
    async with reader(pages) as one, reader(pages, "198.51.100.8") as other, reader(pages, "203.0.113.1") as proxy:
        assert [(await one.get("/")).status_code for _ in range(3)] == [200, 200, 429]
        limited = await one.get("/", headers={"X-Forwarded-For": "192.0.2.1"})
        assert (limited.status_code, Page(limited.text).faults()) == (429, [])
        assert 1 <= int(limited.headers["retry-after"]) <= 60
        treated(limited)
        assert (await one.get("/static/console.css")).status_code == 200
        assert (await other.get("/")).status_code == 200
        behind = [await proxy.get("/", headers={"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(3)]
        assert [answer.status_code for answer in behind] == [200, 200, 200]


@pytest.mark.parametrize(("trusted", "second"), [(("127.0.0.1/32",), 303), ((), 429)])
async def test_a_service_that_trusts_the_console_counts_the_person(
    servers: Servers, tmp_path: Path, trusted: tuple[str, ...], second: int
) -> None:
    settings = servers.settings(rate_public="1/minute", trusted_proxies=trusted)
    async with running_edge(providers_service, settings, tmp_path, NOW) as edge:
        pages = console(edge)
        async with reader(pages) as one, reader(pages, "2001:db8::7") as other:
            assert (await one.post(RATING, data=GOOD)).status_code == 303
            assert (await other.post(RATING, data=GOOD)).status_code == second
            limited = await one.post(RATING, data=GOOD)
    assert limited.status_code == 429
    assert 1 <= int(limited.headers["retry-after"]) <= 60
    page = Page(limited.text)
    assert page.faults() == []
    assert words.TOO_MANY.zh in page.text


async def test_no_log_line_tells_what_stands_in_a_path_or_a_form(providers: Edge) -> None:
    with capture_logs() as logs:
        async with reader(console(providers, access_log=True)) as client:
            await client.get(RATING)
            await client.post(RATING, data=GOOD)
            await client.get("/130528/certificates/130528-2026-000007?check=AbCdEfGhIjKl")
    told = json.dumps(logs, default=str)
    assert [one["operation"] for one in logs if one["event"] == "http.answered"] == ["rating_of_a_visit"] * 2
    for secret in (VISIT, GOOD["code"], "000007", "AbCdEfGhIjKl", "130528"):
        assert secret not in told


async def test_where_no_console_is_configured_slips_and_codes_are_as_before(servers: Servers, tmp_path: Path) -> None:
    from tests.providers.test_grades_of_the_service import a_report, a_served_month

    async with running_edge(providers_service, servers.settings(), tmp_path, NOW) as edge:
        provider, worker, orders = await a_served_month(edge)
        visit = await a_report(edge, provider, worker, orders[0])
        slip = await edge.get(f"/v1/visits/{visit}/rating-code?purpose=told", "hotline")
    assert (slip["page"], len(slip["code"])) == (None, 8)


def test_the_pages_have_words_for_every_code_of_the_service() -> None:
    shape: dict[str, Any] = json.loads(OPENAPI.read_text())["components"]["schemas"]["RateOnPage"]["properties"]
    assert set(shape["reasons"]["items"]["enum"]) == set(words.REASONS)
    assert set(shape["rated_by"]["enum"]) == set(words.RATED_BY)
    assert shape["reasons"]["maxItems"] == words.REASONS_MAX
    assert (shape["stars"]["minimum"], shape["stars"]["maximum"]) == (min(words.STARS), max(words.STARS))
