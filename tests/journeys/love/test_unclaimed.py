"""Nobody claims two of them: one is bought because a fund can bear it, the other comes back to the bureau.

Whoever is in need sees one order all the way, and no fund.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import SHANGHAI
from tests.journeys.client import FINANCE
from tests.journeys.love.loving import Loving

ITEM = "home_cleaning"
BEARABLE_FEN, TOO_DEAR_FEN = 50_00, 900_00
FUND_FEN = 100_00


@dataclass
class Seen:
    """What the play left to look at."""

    steps: list[list[str]] = field(default_factory=list)
    after: dict[str, tuple[str, str]] = field(default_factory=dict)
    bought: dict[str, Any] = field(default_factory=dict)
    back: dict[str, Any] = field(default_factory=dict)
    of_the_person: list[str] = field(default_factory=list)
    omitted: list[str] = field(default_factory=list)
    borne: list[tuple[str, bool]] = field(default_factory=list)
    hall: list[str] = field(default_factory=list)
    visit: dict[str, Any] = field(default_factory=dict)
    line: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    orders: dict[str, str] = field(default_factory=dict)


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()

    async def publish_both(self) -> None:
        """A fund with money for one of them; both on the hall for three days."""
        way = self.way
        charity = await way.charity(4)
        self.house = await way.house(41)
        paper = {
            "fund": "county_budget", "year": way.first.year, "amount_fen": FUND_FEN, "document": "宁财〔2024〕41号"
        }  # fmt: skip
        await self.client.done("settlement", "/v1/allocations", paper, by=FINANCE)
        self.needy, other = await way.needy(ITEM, BEARABLE_FEN), await way.needy(ITEM, TOO_DEAR_FEN)
        terms: dict[str, Any] = {"days": 3}
        self.order = await way.form(self.needy, ITEM, charity, price_fen=BEARABLE_FEN, **terms)
        self.dear = await way.form(other, ITEM, charity, price_fen=TOO_DEAR_FEN, **terms)
        self.seen.orders = {self.order: "bearable", self.dear: "too dear"}
        for order in (self.order, self.dear):
            await way.publish(order, charity)
        self.seen.steps.append(await way.step(self.needy))

    async def let_it_lapse(self) -> None:
        """Nobody comes; settlement is asked about both by itself."""
        way = self.way
        await way.let_pass(days=3, hours=1)
        for name, order in (("bearable", self.order), ("too dear", self.dear)):
            shown = await way.order(order)
            self.seen.after[name] = (shown["state"], shown["kind"])
        self.seen.hall = [row["id"] for row in await self.client.rows("charity", "/v1/hall")]
        told = await way.told("settlement", "settlement.purchase_borne.v1")
        self.seen.borne = [(self.seen.orders[one["order_id"]], one["borne"]) for one in told]
        self.seen.omitted = [
            row["code"] for row in await self.client.rows("orders", "/v1/radar/omissions") if row["about"] == self.dear
        ]
        self.seen.back = await way.order(self.dear)
        self.seen.steps.append(await way.step(self.needy))

    async def serve(self) -> None:
        """The provider that was found comes the next morning; a person accepts it."""
        way = self.way
        assert self.order in await way.offers(self.house)
        await self.client.done("providers", f"/v1/offers/{self.order}/acceptance", by=self.house.actor)
        await way.rest()
        morning = (await self.client.now() + timedelta(days=1)).astimezone(SHANGHAI).replace(hour=9, minute=0)
        self.seen.visit = await way.visit(self.house, self.order, morning)
        await way.judge(self.order)
        self.seen.steps.append(await way.step(self.needy))
        self.seen.bought = await way.order(self.order)
        self.seen.of_the_person = [row["id"] for row in await way.orders(person=self.needy.person)]
        path = f"/v1/status?service_number={self.needy.service_number}"
        self.seen.status = str(await self.client.get("orders", path))
        draft = (await way.drafts())[self.house.id]
        [self.seen.line] = [line for line in draft["lines"] if line["person"] == self.needy.person and line["fen"]]


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """The whole story, played once."""
    play = Play(loving)
    await play.publish_both()
    await play.let_it_lapse()
    await play.serve()
    return play.seen


async def test_it_is_bought_only_where_a_fund_can_bear_it(seen: Seen) -> None:
    assert dict(seen.borne) == {"bearable": True, "too dear": False}
    assert seen.after == {"bearable": ("opened", "purchase"), "too dear": ("unclaimed", "love")}
    assert not set(seen.orders) & set(seen.hall)


async def test_what_no_fund_bears_is_the_bureaus_business_and_on_its_radar(seen: Seen) -> None:
    assert seen.back["desk_since"] is not None
    assert seen.back["pieces_left"] == 1
    assert seen.omitted == ["love_unclaimed"]


async def test_the_person_has_one_order_from_the_beginning_to_the_end(seen: Seen) -> None:
    assert len(seen.of_the_person) == 1
    assert [step["event"] for step in seen.bought["timeline"]] == [
        "love_formed", "charity_accepted", "love_published", "purchase_asked", "fell_back", "matched", "completed",
        "accepted",
    ]  # fmt: skip
    assert (seen.bought["state"], seen.bought["kind"]) == ("accepted", "purchase")


async def test_the_person_is_told_each_step_and_of_no_fund(seen: Seen) -> None:
    assert seen.steps[:2] == [["on_the_hall"], ["seeking"]]
    assert "county_budget" not in seen.status


async def test_the_provider_is_paid_what_was_agreed(seen: Seen) -> None:
    assert seen.visit["exceptions"] == []
    assert (seen.line["rule"], seen.line["fen"]) == ("individual_service", BEARABLE_FEN)
