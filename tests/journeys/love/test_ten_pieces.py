"""Ten bags of rice by three claimants: one does not come, who waits takes the place, and all ten are verified."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import Actor, Answer
from tests.journeys.love.loving import Loving
from tests.pictures import photo

ITEM = "rice"
BAGS = {"三袋": 3, "四袋": 4, "另三袋": 3, "候补": 3}
"""Who claims how many; the last one comes when none is left."""


@dataclass
class Seen:
    """What the play left to look at."""

    left: list[int] = field(default_factory=list)
    too_late: Answer | None = None
    waiting: dict[str, Any] = field(default_factory=dict)
    early: tuple[int, str] = (0, "")
    moved_up: dict[str, Any] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    accepted: list[tuple[str, int]] = field(default_factory=list)
    order: dict[str, Any] = field(default_factory=dict)
    reliable: dict[str, dict[str, Any]] = field(default_factory=dict)
    of_a_stranger: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving) -> None:
        self.way, self.client, self.seen = way, way.client, Seen()
        self.held: dict[str, dict[str, Any]] = {}

    async def claim_all(self) -> None:
        """3 + 4 + 3 bags are claimed; the fourth is too late, learns it, and waits."""
        way, seen = self.way, self.seen
        self.charity = await way.charity(2)
        self.stranger = await way.charity(3)
        self.people = {name: await way.claimant(name) for name in BAGS}
        seen.owners = {actor.owner: name for name, actor in self.people.items()}
        needy = await way.needy(ITEM)
        self.order = await way.form(needy, ITEM, self.charity, places=10, form="goods")
        await way.publish(self.order, self.charity, "十袋大米")
        planned = (await way.today() + timedelta(days=1)).isoformat()
        self.path = f"/v1/love-orders/{self.order}"
        for name, bags in list(BAGS.items())[:3]:
            when = {"day": planned, "time": "14:00", "minutes": 60}
            self.held[name] = await way.claim(self.order, self.people[name], pieces=bags, **when)
            seen.left.append((await self.client.get("charity", self.path, by=self.charity))["places_left"])
        late = self.people["候补"]
        seen.too_late = await self.client.post("charity", f"{self.path}/claims", {"pieces": 3}, by=late)
        seen.waiting = await self.client.done("charity", f"{self.path}/waiting-list", {"pieces": 3}, by=late)
        for name, claim in self.held.items():
            await way.confirm_claim(claim, self.people[name])

    async def miss_one(self) -> None:
        """The second one does not come; who waited is next, at first for no more than was asked."""
        way, seen, gone = self.way, self.seen, self.people["四袋"]
        no_show = f"{self.path}/claims/{self.held['四袋']['claim_id']}/no-show"
        seen.early = await self.client.refused("charity", no_show, by=self.charity)
        await way.let_pass(days=1, hours=10)
        await self.client.done("charity", no_show, by=self.charity)
        await way.rest()
        seen.hidden.append((await way.recipient(self.order, gone)).status)
        late, claim = self.people["候补"], f"{self.path}/claims/{seen.waiting['claim_id']}"
        seen.moved_up = await self.client.get("charity", claim, by=late)
        await way.confirm_claim(seen.moved_up, late)
        seen.hidden.append((await way.recipient(self.order, late)).status)

    async def bring_all(self) -> None:
        """One bag is left, which somebody else claims and brings; each delivery is judged by itself."""
        way, names = self.way, ("三袋", "另三袋", "候补")
        await way.let_pass(hours=20)
        for seed, name in enumerate(names):
            await self.bring(name, self.people[name], seed)
        neighbour = await way.claimant("最后一袋")
        await way.confirm_claim(await way.claim(self.order, neighbour, pieces=1), neighbour)
        await way.let_pass(hours=4)
        await self.bring("最后一袋", neighbour, 9)
        self.seen.order = await way.order(self.order)

    async def bring(self, name: str, who: Actor, seed: int) -> None:
        """Delivered with a picture, and accepted by a person."""
        kept = await self.client.upload("charity", photo(20 + seed), by=who)
        await self.way.fulfil(self.order, who, photos=[kept["sha256"]])
        self.seen.accepted.append((await self.way.judge(self.order), (await self.way.order(self.order))["pieces_left"]))

    async def look_back(self) -> None:
        """What the charity learns of who came and who did not."""
        for name, who in self.people.items():
            path = f"/v1/claimants/{who.owner}/reliability"
            self.seen.reliable[name] = await self.client.get("charity", path, by=self.charity)
        path = f"/v1/claimants/{self.people['四袋'].owner}/reliability"
        self.seen.of_a_stranger = (await self.client.ask("charity", path, self.stranger)).status
        released = await self.way.told("charity", "charity.love_order_released.v1")
        self.seen.told = [one for one in released if one["order_id"] == self.order]


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """The whole story, played once."""
    play = Play(loving)
    await play.claim_all()
    await play.miss_one()
    await play.bring_all()
    await play.look_back()
    return play.seen


async def test_three_claim_all_ten_and_the_fourth_waits(seen: Seen) -> None:
    assert seen.left == [7, 3, 0]
    assert seen.too_late is not None
    assert (seen.too_late.status, seen.too_late.code) == (409, "claim.no_place_left")
    assert seen.too_late.body["facts"] == {"left": 0, "first": "三**", "waiting": 0}
    assert (seen.waiting["standing"], seen.waiting["waits_as"]) == ("waiting", 1)


async def test_nobody_is_a_no_show_before_the_time(seen: Seen) -> None:
    assert seen.early == (409, "claim.not_due")


async def test_who_waits_moves_up_and_learns_where_to_go_instead_of_who_did_not_come(seen: Seen) -> None:
    assert (seen.moved_up["standing"], seen.moved_up["pieces"], seen.moved_up["waits_as"]) == ("held", 3, None)
    assert seen.hidden == [404, 200]
    assert [(seen.owners[one["claimant"]], one["detail_code"]) for one in seen.told] == [("四袋", "no_show")]


async def test_all_ten_are_verified_one_delivery_at_a_time(seen: Seen) -> None:
    assert [state for state, _ in seen.accepted][-1] == "accepted"
    assert (seen.order["state"], seen.order["pieces_accepted"], seen.order["pieces_left"]) == ("accepted", 10, 0)
    assert [step["event"] for step in seen.order["timeline"]].count("accepted") == 4


async def test_the_charity_sees_who_came_and_a_stranger_does_not(seen: Seen) -> None:
    counted = {name: (one["fulfilled"], one["no_shows"], one["percent"]) for name, one in seen.reliable.items()}
    came = (1, 0, 100)
    assert counted == {"三袋": came, "四袋": (0, 1, 0), "另三袋": came, "候补": came}
    assert seen.of_a_stranger == 404
