"""Two deaths, one told on the day, one weeks later: what is open ends, the day of death is the last one that counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import TOWNSHIP, VILLAGE
from tests.journeys.county import shanghai
from tests.journeys.in_depth.way import House, Way, served


@dataclass
class Seen:
    """What the play left to look at; the first death is told at once, the second late."""

    house: House
    states: list[Counter[str]] = field(default_factory=list)
    plans: list[tuple[str, str]] = field(default_factory=list)
    days: list[list[tuple[str, str]]] = field(default_factory=list)
    before: list[tuple[str, str]] = field(default_factory=list)
    due: dict[str, list[str]] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    visit: dict[str, Any] = field(default_factory=dict)
    fen: dict[str, int] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Way, house: House) -> None:
        self.way, self.client, self.house, self.seen = way, way.client, house, Seen(house)
        self.helped: list[tuple[str, str]] = []

    async def help_two(self) -> None:
        """Each has four orders, all taken; each is visited on the 3rd."""
        way = self.way
        self.helped = [await way.begin_help(number) for number in (1, 2)]
        self.seen.people = [person for person, _ in self.helped]
        await way.wait_until(1)
        await way.take_all(self.house)
        for hour, (person, _) in zip((9, 11), self.helped, strict=True):
            first, *_ = await way.orders(person=person)
            await way.visit(self.house, first["id"], shanghai(way.first + timedelta(days=2), hour))
            await way.verify(first["id"])

    async def tell(self, number: int, day: int) -> None:
        """That the person died on a day of the month."""
        person, plan = self.helped[number]
        await self.client.done("orders", f"/v1/beneficiaries/{person}/death", {"day": self.way.day(day)}, by=TOWNSHIP)
        await self.way.rest()
        rows = await self.way.orders(person=person)
        self.seen.states.append(Counter(row["state"] for row in rows))
        shown = await self.client.get("orders", f"/v1/plans/{plan}")
        self.seen.plans.append((shown["state"], str(shown["from_day"])))
        bundles = await self.way.bundles(person)
        self.seen.days.append(served(bundles[self.house.id]))

    async def look(self, when: str) -> None:
        """In which state each one's contact of the month is."""
        path = f"/v1/contacts/due?month={self.way.month}"
        states = {row["person"]: row["state"] for row in await self.client.rows("orders", path)}
        self.seen.due[when] = [states[person] for person in self.seen.people]

    async def play(self) -> None:
        """One dies on the 10th and it is told; the other on the 12th, told in the month after."""
        way, client = self.way, self.client
        await self.help_two()
        await self.look("both live")
        await way.wait_until(10, 20)
        await self.tell(0, 10)
        await way.wait_until(11, 0, 1)
        await self.look("one has died")
        orders = await way.orders(person=self.seen.people[1])
        self.seen.visit = await way.visit(self.house, orders[1]["id"], shanghai(way.first + timedelta(days=10), 9))
        await way.verify(orders[1]["id"])
        await way.wait_until((way.last + timedelta(days=10)).isoformat())
        self.seen.before = served((await way.bundles(self.seen.people[1]))[self.house.id])
        await self.look("the other is late")
        await self.tell(1, 12)
        await self.look("both have died")
        need = {"person_id": self.seen.people[1], "items": ["home_cleaning"], "channel": "village"}
        self.seen.refused["need"] = await client.refused("orders", "/v1/needs", need, by=VILLAGE)
        call = {"person_id": self.seen.people[1], "way": "phone", "captured_at": (await client.now()).isoformat()}
        self.seen.refused["contact"] = await client.refused("orders", "/v1/contacts", call, by=VILLAGE)
        rows = await client.rows("providers", "/v1/taken", by=self.house.actor)
        self.seen.taken = [row["id"] for row in rows if row["visit"] is None]
        lines = (await way.drafts())[self.house.id]["lines"]
        self.seen.fen = {line["person"]: line["fen"] for line in lines if line["fen"]}


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    play = Play(way, await way.house(1))
    await play.play()
    return play.seen


async def test_what_is_open_is_cancelled_and_the_plan_ends_told_late_too(seen: Seen) -> None:
    at_once, late = seen.states
    assert at_once == {"accepted": 1, "cancelled": 3}
    assert late == {"accepted": 2, "cancelled": 2 + 4}, "what the next month had opened, too"
    assert [state for state, _ in seen.plans] == ["ended", "ended"]
    assert seen.taken == []


async def test_the_day_of_death_is_the_last_that_counts(seen: Seen, way: Way) -> None:
    assert seen.days == [[(way.day(1), way.day(10))], [(way.day(1), way.day(12))]]


async def test_a_month_that_was_told_whole_is_told_again(seen: Seen, way: Way) -> None:
    assert seen.before == [(way.day(1), way.last.isoformat())]


async def test_nobody_is_blamed_for_a_contact_that_death_prevented(seen: Seen) -> None:
    assert seen.due == {
        "both live": ["due", "due"],
        "one has died": ["lapsed", "due"],
        "the other is late": ["lapsed", "overdue"],
        "both have died": ["lapsed", "lapsed"],
    }


async def test_nothing_begins_for_who_has_died(seen: Seen) -> None:
    assert seen.refused["need"][1] == "beneficiary.died"
    assert seen.refused["contact"][1] == "contact.after_death"


async def test_a_visit_before_a_death_that_is_told_later_stays_and_is_paid(seen: Seen, way: Way) -> None:
    assert seen.visit["exceptions"] == []
    days = way.last.day
    assert {person: abs(fen - 300_00 * lived / days) <= 1 for (person, fen), lived in zip(
        sorted(seen.fen.items(), key=lambda one: seen.people.index(one[0])), (10, 12), strict=True
    )} == dict.fromkeys(seen.people, True)  # fmt: skip
