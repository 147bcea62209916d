"""The pages in a real browser, by keyboard alone and with scripts switched off."""

from __future__ import annotations

import shutil
import socket
import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Page, async_playwright

from chassis.serving import listen
from tests.charity.test_service_giving import certified
from tests.console.conftest import console
from tests.console.test_rating_pages import a_slip, kept
from tests.edge import Edge

TABS_MAX = 40


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """A page of Debian's chromium, of the size of a telephone."""
    program = shutil.which("chromium")
    if program is None:
        why = "no chromium on this machine: NOTHING of the pages was tried in a browser (apt-get install chromium)"
        warnings.warn(why, stacklevel=1)
        pytest.skip(why)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program)
        context = await browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        yield await context.new_page()
        await browser.close()


async def tab_to(page: Page, field: str) -> None:
    """Press the tabulator until the field has the focus."""
    for _ in range(TABS_MAX):
        if await page.locator(f"{field}:focus").count():
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{field} is not reached by keyboard")


async def test_a_visit_is_rated_and_a_certificate_checked_by_keyboard_alone(
    page: Page, providers: Edge, charity: Edge
) -> None:
    _, code, path = await a_slip(providers)
    _, _, _, _, number = await certified(charity)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with AsyncExitStack() as stack:
        await listen(stack, console(providers, charity), "console", "127.0.0.1", port)
        await page.goto(f"http://127.0.0.1:{port}{path}")
        await tab_to(page, "#code")
        await page.keyboard.type("1234")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("[role=alert]:focus")
        await tab_to(page, "a[href='#code']")
        await page.keyboard.press("Enter")
        await tab_to(page, "#code")
        await page.keyboard.press("Control+a")
        await page.keyboard.type(f"{code[:4]} {code[4:]}")
        await tab_to(page, "#stars-1")
        await page.keyboard.press("Space")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowDown")
        await tab_to(page, "#reasons-kind")
        await page.keyboard.press("Space")
        await tab_to(page, "#rated_by-self")
        await page.keyboard.press("Space")
        await tab_to(page, "button")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/rating/thanks")
        assert "已收到" in await page.inner_text("h1")
        assert await kept(providers) == [("page", 3)]
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360

        await page.goto(f"http://127.0.0.1:{port}/{charity.county}/certificates")
        await tab_to(page, "#number")
        await page.keyboard.type(number)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/certificates/{number}")
        assert "有效" in await page.inner_text(".verdict")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        assert await page.context.cookies() == []
