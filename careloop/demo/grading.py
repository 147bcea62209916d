"""Monthly grades by score sheet in the townships that were drawn, a finding put right, and how people rate visits."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import partial
from typing import Any

from careloop.demo.calendar import first_day, next_month
from careloop.demo.caller import BUREAU, Actor, provider, village_worker
from careloop.demo.needing import HOTLINE
from careloop.demo.stage import Stage

ASSESSOR = Actor(role="inspector", subject="demo-assessor")
LOOKS_AGAIN = Actor(role="inspector", subject="demo-assessor-2")
ENTERED, ISSUED, PUT_RIGHT = 2, 3, 4
"""Days of the next month: entries, signatures, and when what was found is looked at again."""
RATED_ON = (16, 28)
RATED_EACH = 5
WELL, BADLY = {"pictures": 9, "home_visits": 14, "neighbours": 9}, {"pictures": 4, "home_visits": 8, "neighbours": 4}
SAMPLES = 10
OVER = ("month_grade.issued_already", "month_grade.not_drawn", "rating.too_late", "finding.closed")


class Grading:
    """The grades of ``month``, given in the first days of the next one."""

    def __init__(self, stage: Stage, month: str) -> None:
        self._stage = stage
        self._month = month

    async def step(self, day: date) -> None:
        """What is to be done on ``day``."""
        if day.isoformat().startswith(self._month) and day.day in RATED_ON:
            await self._rate(day)
        done = day - first_day(next_month(self._month))
        if done == timedelta(days=ENTERED - 1):
            await self._enter()
        elif done == timedelta(days=ISSUED - 1):
            await self._issue()
        elif done == timedelta(days=PUT_RIGHT - 1):
            await self._look_again()

    async def _due(self) -> list[dict[str, Any]]:
        path = "/v1/month-grades"
        rows = await self._stage.caller.rows("providers", path, by=BUREAU, month=self._month, status="due")
        return sorted(rows, key=lambda row: str(row["id"]))

    async def _enter(self) -> None:
        """What an assessor saw; one provider did badly in one township, and has to put something right."""
        due = await self._due()
        for row in due:
            points = BADLY if row is due[0] else WELL
            for measure, got in points.items():
                entry = {
                    "provider_id": row["provider"], "township": row["township"], "measure": measure, "points": got,
                    "samples": SAMPLES, "text": "抽看登记册、入户、走访邻里（示例）",
                }  # fmt: skip
                body, key = self._stage.sealed(entry, "text"), f"entry:{row['id']}:{measure}"
                path = f"/v1/grade-rounds/{self._month}/entries"
                await self._stage.caller.post("providers", path, body, by=ASSESSOR, key=key, expected=OVER)
        for row in due[:1]:
            await self._stage.notes.once(f"finding:{self._month}", partial(self._find, row))

    async def _find(self, row: dict[str, Any]) -> str:
        found = {
            "code": "pictures_wanting", "source": "grade", "provider_id": row["provider"],
            "township": row["township"], "month": self._month, "text": "影像资料不全（示例）",
        }  # fmt: skip
        body, key = self._stage.sealed(found, "text"), f"finding:{row['id']}"
        return str((await self._stage.caller.post("providers", "/v1/findings", body, by=ASSESSOR, key=key)).body["id"])

    async def _issue(self) -> None:
        """The bureau signs; the provider answers what was found."""
        for row in await self._due():
            body = {"provider_id": row["provider"], "township": row["township"]}
            path, key = f"/v1/grade-rounds/{self._month}/grades", f"issue:{row['id']}"
            empty = ("month_grade.nothing_served", *OVER)
            answer = await self._stage.caller.post("providers", path, body, by=BUREAU, key=key, expected=empty)
            if answer.refusal == "month_grade.nothing_served":
                waived = {**body, "waived": "nothing_served"}
                await self._stage.caller.post("providers", path, waived, by=BUREAU, key=f"{key}:waived", expected=OVER)
        await self._finding("answer", {"text": "已补拍并培训服务员（示例）"}, None)

    async def _look_again(self) -> None:
        await self._finding("reinspection", {"result": "passed", "text": "复查合格（示例）"}, LOOKS_AGAIN)

    async def _finding(self, action: str, body: dict[str, Any], by: Actor | None) -> None:
        id = self._stage.notes.ids.get(f"finding:{self._month}")
        if id is None:
            return
        path = f"/v1/findings/{id}"
        row = await self._stage.caller.get("providers", path, by=BUREAU)
        told, key = self._stage.sealed(body, "text"), f"{action}:{id}"
        actor = by or provider(row["provider"])
        await self._stage.caller.decide("providers", path, action, told, by=actor, key=key, expected=OVER)

    async def _rate(self, day: date) -> None:
        """The village brings some people's stars with the code on their slip; the hot-line asks others."""
        visits = await self._stage.caller.rows("providers", "/v1/visits", by=BUREAU, month=self._month)
        counted: dict[str, int] = {}
        chosen = []
        told = [(visit, hashlib.sha256(f"{day} {visit['id']}".encode()).digest()) for visit in visits]
        for visit, digest in sorted(told, key=lambda one: one[1]):
            if visit["day"] < day.isoformat() and counted.get(visit["provider"], 0) < RATED_EACH * 2:
                counted[visit["provider"]] = counted.get(visit["provider"], 0) + 1
                chosen.append((visit, digest))
        orders = {row["id"]: row for row in await self._stage.caller.rows("orders", "/v1/orders", by=BUREAU)}

        async def rate(one: tuple[dict[str, Any], bytes]) -> None:
            visit, digest = one
            body: dict[str, Any] = {
                "visit_id": visit["id"], "stars": 5 - digest[0] % 8 // 6, "reasons": ["on_time", "kind"],
                "rated_by": "self",
            }  # fmt: skip
            by = village_worker(orders[visit["order_id"]]["township"])
            if digest[1] % 3 == 0:
                body |= {"way": "phone", "ticket": f"12345-S{visit['id'][:6]}"}
                by = HOTLINE
            else:
                path = f"/v1/visits/{visit['id']}/rating-code"
                told = await self._stage.caller.get("providers", path, by=by, purpose="告知本人评价码")
                body |= {"way": "code", "code": told["code"]}
            key = f"rate:{day}:{visit['id']}"
            guardian = ("rating.guardian_rates", *OVER)
            await self._stage.caller.post("providers", "/v1/ratings", body, by=by, key=key, expected=guardian)

        await self._stage.each("满意度 ratings", rate, chosen, passing=True)
