"""Anybody checks a certificate on a page, by its number or by the QR code, and sees no more than the API tells."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.charity.test_service_giving import certified, undone
from tests.console.conftest import PAGES, console, reader
from tests.console.html import Page
from tests.edge import Edge


async def test_the_qr_code_leads_to_the_page_and_old_codes_still_answer(charity: Edge) -> None:
    _, who, _, _, number = await certified(charity)
    code = await charity.get(f"/v1/certificates/{number}/qr", "claimant", who)
    place = urlsplit(code["address"])
    assert code["address"].startswith(f"{PAGES}/{charity.county}/certificates/{number}?check=")
    async with reader(console(charity=charity)) as client:
        answer = await client.get(f"{place.path}?{place.query}")
        by_number = Page((await client.get(place.path)).text)
    page = Page(answer.text)
    assert (answer.status_code, page.faults()) == (200, [])
    assert "有效 Valid" in page.text
    assert "李**" in page.text
    assert "2026年11月1日至2026年11月2日" in page.text
    assert "李**" not in by_number.text
    old = (await charity.client.get(f"/v1/certificates/{number}?{place.query}")).json()
    assert (old["standing"], old["holder"]) == ("valid", "李**")


async def test_a_number_is_entered_as_people_write_it(charity: Edge) -> None:
    _, _, _, _, number = await certified(charity)
    assert number.endswith("-2026-000001")
    page = f"/{charity.county}/certificates"
    async with reader(console(charity=charity)) as client:
        for entered in (number, f" {number.replace('-', ' － ')} ", "2026-1"):
            answer = await client.get(page, params={"number": entered})
            assert (answer.status_code, answer.headers["location"]) == (303, f"{page}/{number}")
        shown = await client.get(answer.headers["location"])
    assert "有效 Valid" in Page(shown.text).text


async def test_a_revoked_certificate_is_said_to_be_so(charity: Edge) -> None:
    _, who, order_id, claim, number = await certified(charity)
    await charity.hear("orders", undone(order_id, claim, who))
    async with reader(console(charity=charity)) as client:
        answer = await client.get(f"/{charity.county}/certificates/{number}")
    page = Page(answer.text)
    assert (answer.status_code, page.faults()) == (200, [])
    assert "已撤销 Revoked" in page.text
    assert "有效 Valid" not in page.text


async def test_an_unknown_number_is_told_in_words_and_may_be_entered_again(charity: Edge) -> None:
    unknown = f"/{charity.county}/certificates/{charity.county}-2026-000009"
    async with reader(console(charity=charity)) as client:
        for path in (unknown, f"/{charity.county}/certificates/no-number"):
            answer = await client.get(path)
            page = Page(answer.text)
            assert (answer.status_code, page.faults()) == (404, [])
            assert "没有查到这份证明" in page.text
            assert [one["id"] for one in page.all("input")] == ["number"]
        elsewhere = await client.get(f"/130528/certificates/{charity.county}-2026-000001")
        malformed = await client.get(f"/{charity.county}/certificates?number=12")
    assert (elsewhere.status_code, malformed.status_code) == (404, 422)
