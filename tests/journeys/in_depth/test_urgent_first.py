"""Urgent: help first, papers later; who approved does not review, nothing unreviewed hangs, nothing unposted paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import FINANCE, TOWNSHIP, VERIFIER, Actor
from tests.journeys.county import FINDINGS, shanghai
from tests.journeys.in_depth.way import COLLEAGUE, Way

Refusal = tuple[int, str]


@dataclass
class Seen:
    """What the play left to look at."""

    need: dict[str, Any] = field(default_factory=dict)
    helped: dict[str, Any] = field(default_factory=dict)
    unreviewed: dict[str, Refusal] = field(default_factory=dict)
    late: list[tuple[str, str]] = field(default_factory=list)
    unposted: Refusal = (0, "")
    approved: dict[str, Any] = field(default_factory=dict)
    number: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Way) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()

    async def help_first(self) -> None:
        """On the 4th somebody falls; the township approves at once, service begins the same day."""
        way = self.way
        house = await way.house(1)
        self.person = await way.resident()
        await way.wait_until(4)
        self.need = await way.need(self.person, urgent=True, channel="hotline", ticket="12345-7")
        self.plan = await way.assess(self.need, by=TOWNSHIP)
        self.seen.need = await self.client.get("orders", f"/v1/needs/{self.need}")
        await way.start(self.plan, way.day(4))
        [order, *_] = await way.take_all(house)
        await way.visit(house, order, shanghai(way.first + timedelta(days=4), 9))
        await way.verify(order)
        self.seen.helped = await self.client.get("orders", f"/v1/orders/{order}")
        self.house, self.notice = house, {"posted_on": way.day(5)}

    async def forget_the_papers(self) -> None:
        """Nobody files them: the township is late, then the county hears of it."""
        ask = self.client.refused
        self.seen.unreviewed["notice"] = await ask("orders", f"/v1/plans/{self.plan}/notice", self.notice, by=TOWNSHIP)
        survey = {"village_worker": "village-1", "aide": VERIFIER.subject, "findings": FINDINGS}
        path = f"/v1/needs/{self.need}/survey"
        self.seen.unreviewed["survey by who verified"] = await ask("orders", path, survey, by=TOWNSHIP)
        for day in (14, 15, 21):
            await self.way.wait_until(day)
            rows = await self.client.rows("orders", "/v1/needs/overdue?overdue_step=filing")
            self.seen.late.append(next(((row["overdue_step"], row["overdue_level"]) for row in rows), ("", "")))

    async def close_unposted(self) -> None:
        """The month is closed and its money there: finance may not sign."""
        way = self.way
        await way.close()
        [statement] = await way.statements()
        self.address = f"/v1/statements/{statement['id']}"
        await self.client.done("settlement", f"{self.address}/confirmation", by=self.house.actor)
        await way.fund()
        self.seen.unposted = await self.client.refused("settlement", f"{self.address}/approval", by=FINANCE)

    async def file_later(self) -> None:
        """Surveyed and reviewed by another, posted: now it may be signed."""
        way, ask = self.way, self.client.refused
        await way.survey(self.need)
        path = f"/v1/needs/{self.need}/confirmation"
        self.seen.unreviewed["review by who approved"] = await ask("orders", path, by=TOWNSHIP)
        self.seen.unreviewed["review by who surveyed"] = await ask(
            "orders", path, by=Actor(role="township", subject="aide-1")
        )
        await way.confirm(self.need, by=COLLEAGUE)
        await way.post_notice(self.plan)
        await way.rest()
        await self.client.done("settlement", f"{self.address}/approval", by=FINANCE)
        self.seen.approved = await self.client.get("settlement", self.address)


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    play = Play(way)
    await play.help_first()
    await play.forget_the_papers()
    await play.close_unposted()
    await play.file_later()
    return play.seen


async def test_help_begins_before_anybody_went_there_and_papers_have_a_day(seen: Seen, way: Way) -> None:
    assert (seen.need["state"], seen.need["reviewed"], seen.need["papers_due"]) == ("approved", False, way.day(14))
    assert (seen.helped["state"], seen.helped["day"]) == ("accepted", way.day(5))


async def test_nothing_hangs_in_the_village_before_the_review(seen: Seen) -> None:
    assert seen.unreviewed["notice"] == (409, "need.not_reviewed")


async def test_papers_that_are_not_filed_are_the_townships_then_the_countys_business(seen: Seen) -> None:
    assert seen.late == [("", ""), ("filing", "township"), ("filing", "county")]


async def test_the_review_is_by_nobody_who_approved_surveyed_or_verified(seen: Seen) -> None:
    assert seen.unreviewed["survey by who verified"] == (403, "need.surveyor_verified")
    assert seen.unreviewed["review by who approved"] == (403, "forbidden.conflict")
    assert seen.unreviewed["review by who surveyed"] == (403, "forbidden.conflict")


async def test_nobody_signs_a_payment_before_the_notice_hangs(seen: Seen) -> None:
    assert seen.unposted == (409, "statement.without_notice")
    assert [one["by"] for one in seen.approved["approvals"]] == [FINANCE.subject]
