"""The spot check: its numbers, its draw, the inspectors' visits, and the draw made again by everybody's two means.

The county's calendar closes a list on the fifth of each month; bureau and providers bind themselves the same evening
and tell their numbers the next, but for one that withholds it. When the draw is made its published file is kept and
checked as anybody would: with ``deploy/audit/verify_draw.py``, which shares no code with us, and with ``careloop
spotcheck verify``; both must say the same. The inspectors who were drawn go there, some each day, and one visit of each
list is found not to have been done, besides those that the desk had rejected.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from careloop.demo.caller import BUREAU, Actor, Stopped, provider
from careloop.demo.stage import Stage

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "audit" / "verify_draw.py"
VERIFIERS = {
    "deploy/audit/verify_draw.py": (str(SCRIPT),),
    "careloop spotcheck verify": ("-m", "careloop", "spotcheck", "verify"),
}
"""What draws again, and how it is called."""
INSPECTORS = 12
INSPECTIONS_A_DAY = 240
BUREAU_PARTY = "bureau"
MOVED_ON = (
    "spot_check.not_now", "spot_check.committed_otherwise", "inspection.done", "spot_check.not_committed",
    "inspection.had_a_hand",
)  # fmt: skip


class Checking:
    """Spot checks of all lists; ``verified`` are the lines that were printed in this run, with what printed each."""

    def __init__(self, stage: Stage) -> None:
        self.verified: list[tuple[str, str]] = []
        self._stage = stage

    async def begin(self) -> None:
        """Inspectors are registered before the first list is closed."""
        for number in range(1, INSPECTORS + 1):
            await self._stage.notes.once(f"inspector:{number}", partial(self._register, number))

    async def _register(self, number: int) -> str:
        body = {"subject": f"demo-inspector-{number}", "valid_from": "2024-10-01"}
        answer = await self._stage.caller.post(
            "orders", "/v1/inspectors", body, by=BUREAU, key=f"inspector:{number}", expected=("inspector.exists",)
        )
        return str(answer.body.get("id", ""))

    async def step(self, day: date) -> bool:
        """Move every list as far as it can go today; whether visits were judged by it."""
        judged = False
        for batch in await self._stage.caller.rows("orders", "/v1/spot-check-batches", by=BUREAU):
            if batch["state"] == "committing":
                await self._tell(batch, "commitments", [one["party"] for one in batch["parties"]])
            elif batch["state"] == "revealing":
                bound = [one["party"] for one in batch["parties"] if one["committed"] and not one["revealed"]]
                await self._tell(batch, "numbers", [one for one in bound if one != _withholds(batch)])
            else:
                await self._verify(batch)
                judged = await self._inspect(batch, day) or judged
        return judged

    async def _tell(self, batch: dict[str, Any], what: str, parties: list[str]) -> None:
        for party in parties:
            number = hashlib.sha256(f"{self._stage.seed} {batch['id']} {party}".encode()).digest()
            bound = {"commitment": hashlib.sha256(number).hexdigest()}
            body = bound if what == "commitments" else {"number": number.hex()}
            by = BUREAU if party == BUREAU_PARTY else provider(party)
            path, key = f"/v1/spot-check-batches/{batch['id']}/{what}", f"{what}:{batch['id']}:{party}"
            await self._stage.caller.post("orders", path, body, by=by, key=key, expected=MOVED_ON)

    async def _verify(self, batch: dict[str, Any]) -> None:
        """Keep what is published, and draw again from the file alone."""
        name = f"verified:{batch['id']}"
        if name in self._stage.notes.ids:
            return
        path = f"/v1/spot-check-batches/{batch['id']}/published"
        published = await self._stage.caller.get("orders", path, by=BUREAU)
        file = self._stage.notes.file.with_name(f"spot-check-{batch['year']}-{batch['number']}.json")
        file.write_text(json.dumps(published, ensure_ascii=False, indent=1), encoding="utf-8")
        told = await asyncio.gather(*(_drawn_again(name, file) for name in VERIFIERS))
        if len(set(told)) > 1:
            raise Stopped(f"the draw of {file} is verified in two ways that differ: {' | '.join(told)}")
        self.verified += zip(VERIFIERS, told, strict=True)
        self._stage.notes.put({name: str(file)})

    async def _inspect(self, batch: dict[str, Any], day: date) -> bool:
        """So many of the open ones as can be seen in a day."""
        caller = self._stage.caller
        rows = await caller.rows("orders", "/v1/inspections", by=BUREAU, state="open", batch=batch["id"])
        people = {row["id"]: row["subject"] for row in await caller.rows("orders", "/v1/inspectors", by=BUREAU)}
        chosen = sorted((row for row in rows if row["inspector"]), key=lambda row: str(row["id"]))[:INSPECTIONS_A_DAY]
        refused = await caller.rows("orders", "/v1/orders", by=BUREAU, state="turned_down")
        turned_down = {order["visit_id"] for order in refused}
        name = f"not-done:{batch['id']}"
        if chosen and name not in self._stage.notes.ids:
            self._stage.notes.put({name: chosen[0]["id"]})

        async def look(row: dict[str, Any]) -> None:
            by = Actor(role="inspector", subject=people[row["inspector"]])
            body: dict[str, Any] = {"result": "accepted", "methods": ["home_visit", "register"]}
            if row["id"] == self._stage.notes.ids[name] or row["id"] in turned_down:
                found = {
                    "result": "rejected", "methods": ["home_visit", "neighbours"], "finding_codes": ["false_service"],
                    "reason_code": "not_done", "cause": "violation", "text": "本人和邻居均称当日无人上门（示例）",
                }  # fmt: skip
                body = self._stage.sealed(found, "text")
            path, key = f"/v1/inspections/{row['id']}", f"inspect:{row['id']}"
            await caller.decide("orders", path, "result", body, by=by, key=key, expected=MOVED_ON)

        if chosen:
            await self._stage.each("抽查 inspected", look, chosen, passing=True)
        return bool(chosen)


async def _drawn_again(name: str, file: Path) -> str:
    """What the verifier of that name prints; ``Stopped`` where it finds another draw."""
    command = [sys.executable, *VERIFIERS[name], str(file)]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stopped(f"{name}: the draw of {file} is not what was told: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def _withholds(batch: dict[str, Any]) -> str:
    """The provider that does not tell its number: the last of those that bound themselves."""
    bound = sorted(one["party"] for one in batch["parties"] if one["committed"] and one["party"] != BUREAU_PARTY)
    return bound[-1] if len(bound) > 1 else ""
