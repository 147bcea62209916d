"""A spot check that nobody steers: list, commitments, numbers, draw, inspections; and anybody draws it again."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.client import BUREAU, VERIFIER, Actor
from tests.journeys.in_depth.way import House
from tests.journeys.love.loving import Loving

SCRIPT = Path(__file__).resolve().parents[3] / "deploy" / "audit" / "verify_draw.py"
NUMBERS = {"bureau": "5a" * 32, "cleaner": "c3" * 32, "bather": "7e" * 32}
BATHING = "bathing_help"
INSPECTORS = ("inspector-wang", "inspector-liu", "inspector-chen")
Refusal = tuple[int, str]


@dataclass
class Seen:
    """What the play left to look at."""

    listed: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    drawn: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    mine: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: list[dict[str, Any]] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)
    checked: tuple[int, str] = (-1, "")
    altered: tuple[int, str] = (-1, "")
    states: dict[str, str] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    undone: list[dict[str, Any]] = field(default_factory=list)
    counter: dict[str, Any] = field(default_factory=dict)
    visits: list[str] = field(default_factory=list)
    found_false: str = ""
    withholder: str = ""


class Play:
    """The story, scene by scene."""

    def __init__(self, way: Loving, cleaner: House, bather: House, folder: Path) -> None:
        self.way, self.client, self.folder = way, way.client, folder
        self.cleaner, self.bather = cleaner, bather
        self.seen = Seen(withholder=bather.id)
        self.parties = {"bureau": BUREAU, "cleaner": cleaner.actor, "bather": bather.actor}
        self.path = f"/v1/spot-checks/{way.first.year}"

    async def serve(self) -> None:
        """Three are accepted by a person; one, a bath by the other provider, still waits."""
        way = self.way
        for name in INSPECTORS:
            body = {"subject": name, "valid_from": way.day(1)}
            await self.client.done("orders", "/v1/inspectors", body)
        self.accepted = await way.visited(self.cleaner, 3)
        for order, _ in self.accepted:
            await way.judge(order)
        [self.waiting] = await way.visited(self.bather, 1, BATHING)
        self.seen.visits = [visit for _, visit in (*self.accepted, self.waiting)]

    async def commit(self) -> None:
        """The list is closed and all are bound; who is bound cannot change it, a stranger binds nothing."""
        client, seen = self.client, self.seen
        seen.listed = await client.done("orders", f"{self.path}/batches")
        self.batch = f"/v1/spot-check-batches/{seen.listed['id']}"
        for name, actor in self.parties.items():
            bound = {"commitment": sha256(bytes.fromhex(NUMBERS[name])).hexdigest()}
            await client.done("orders", f"{self.batch}/commitments", bound, by=actor)
        stranger = Actor(role="provider", subject="provider-0", owner="00000000-0000-4000-8000-000000000009")
        one = {"commitment": "00" * 32}
        seen.refused["a stranger"] = await client.refused("orders", f"{self.batch}/commitments", one, by=stranger)
        if (await client.get("orders", self.batch))["state"] == "committing":
            await self.way.let_pass(hours=73)

    async def reveal(self) -> None:
        """The bureau and one provider tell their numbers, the other keeps its own to itself."""
        client, seen, path = self.client, self.seen, f"{self.batch}/numbers"
        other = {"number": "11" * 32}
        seen.refused["another number"] = await client.refused("orders", path, other, by=self.cleaner.actor)
        for name in ("bureau", "cleaner"):
            await client.done("orders", path, {"number": NUMBERS[name]}, by=self.parties[name])
        seen.told.append((await client.get("orders", self.batch))["state"])
        await self.way.let_pass(hours=49)
        seen.drawn = await client.get("orders", self.batch)
        late = {"number": NUMBERS["bather"]}
        seen.refused["too late"] = await client.refused("orders", path, late, by=self.bather.actor)

    async def inspect(self) -> None:
        """Who was drawn goes there; what was accepted and is found not done is taken back."""
        way, client, seen = self.way, self.client, self.seen
        rows = await client.rows("orders", f"/v1/inspections?year={way.first.year}&state=open")
        seen.mine = [row for row in rows if row["id"] in seen.visits]
        subjects = {row["id"]: row["subject"] for row in await client.rows("orders", "/v1/inspectors")}
        path = f"/v1/orders/{self.waiting[0]}/verification"
        seen.refused["the desk"] = await client.refused("orders", path, {"result": "accepted"}, by=VERIFIER)
        seen.found_false = next(row["id"] for row in seen.mine if row["id"] != self.waiting[1])
        for row in seen.mine:
            body: dict[str, Any] = {"result": "accepted", "methods": ["home_visit"]}
            if row["id"] == seen.found_false:
                body = {
                    "result": "rejected", "methods": ["home_visit", "neighbours"], "finding_codes": ["not_done"],
                    "reason_code": "not_done", "cause": "violation", "text": "老人和邻居都说没人来过",
                }  # fmt: skip
            report, drawn = f"/v1/inspections/{row['id']}/result", subjects[row["inspector"]]
            another = Actor(role="inspector", subject=next(name for name in INSPECTORS if name != drawn))
            seen.refused["another inspector"] = await client.refused("orders", report, body, by=another)
            await client.done("orders", report, body, by=Actor(role="inspector", subject=drawn))
        await way.rest()

    async def look_back(self) -> None:
        """The published file, drawn again by the script alone; what became of the visits."""
        way, client, seen = self.way, self.client, self.seen
        seen.published = await client.get("orders", f"{self.batch}/published", by=self.cleaner.actor)
        seen.checked = self.verify(seen.published)
        visits = [dict(one) for one in seen.published["visits"]]
        visits[0]["day"] = way.day(28)
        seen.altered = self.verify({**seen.published, "visits": visits})
        for order, visit in (*self.accepted, self.waiting):
            seen.states[visit] = (await way.order(order))["state"]
        told = await way.told("orders", "orders.order_verified.v1")
        seen.how = {one["visit_id"]: one["how"] for one in told if one["visit_id"] in seen.visits}
        told = await way.told("orders", "orders.verification_undone.v1")
        seen.undone = [one for one in told if one["visit_id"] in seen.visits]
        seen.counter = await client.get("orders", self.path)

    def verify(self, batch: dict[str, Any]) -> tuple[int, str]:
        """What the stand-alone script says of a published file, in a process of its own."""
        file = self.folder / "batch.json"
        file.write_text(json.dumps(batch), encoding="utf-8")
        command = [sys.executable, "-I", str(SCRIPT), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
async def seen(loving: Loving, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The whole story, played once."""
    cleaner, bather = await loving.house(61), await loving.house(62, items=(BATHING,))
    play = Play(loving, cleaner, bather, tmp_path_factory.mktemp("draw"))
    await play.serve()
    await play.commit()
    await play.reveal()
    await play.inspect()
    await play.look_back()
    return play.seen


async def test_the_list_is_closed_before_anybody_tells_a_number(seen: Seen) -> None:
    assert seen.listed["state"] == "committing"
    assert seen.listed["digest"] == seen.drawn["digest"]
    assert seen.refused["a stranger"] == (403, "spot_check.not_a_party")
    assert seen.refused["another number"] == (422, "spot_check.not_the_number")


async def test_who_withholds_its_number_is_left_out_and_named(seen: Seen) -> None:
    assert seen.told == ["revealing"]
    assert seen.drawn["state"] == "drawn"
    assert seen.withholder in seen.drawn["withheld"]
    assert seen.refused["too late"] == (409, "spot_check.not_now")
    assert {"party": seen.withholder, "times": 1} in seen.counter["withheld"]


async def test_each_stratum_is_drawn_at_its_ceiling(seen: Seen) -> None:
    drawn = sorted(row["provider"] for row in seen.mine)
    assert len(drawn) == 2, "one of three, and one of one"
    assert len(set(drawn)) == 2


async def test_what_was_drawn_is_judged_by_nobody_but_its_inspector(seen: Seen) -> None:
    assert seen.refused["the desk"] == (409, "order.drawn_for_inspection")
    assert seen.refused["another inspector"] == (403, "inspection.not_yours")
    assert seen.how[seen.visits[-1]] == "inspected"
    assert seen.states[seen.visits[-1]] == "accepted"


async def test_what_was_accepted_and_is_found_false_is_taken_back_with_its_cause(seen: Seen) -> None:
    assert seen.states[seen.found_false] == "turned_down"
    assert [(one["visit_id"], one["cause"]) for one in seen.undone] == [(seen.found_false, "violation")]


async def test_anybody_draws_it_again_and_finds_a_change(seen: Seen) -> None:
    assert seen.checked[0] == 0, seen.checked[1]
    assert seen.altered[0] == 1, seen.altered[1]
    results = {row["visit"]: row["result"] for row in seen.published["results"]}
    assert {results[row["id"]] for row in seen.mine} == {"accepted", "rejected"}
