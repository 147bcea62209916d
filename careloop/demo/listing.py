"""Lists of people that the bureau refers to a charity, which itself decides what each is given (seed 001's variant).

    needs approved for charity ─▶ listed ─▶ content and plan ─▶ a love order, played on by ``giving``
                                     ▲   └▶ sent back, with a reason
                                     └──────┘ the rest is listed for the second charity

One step an evening, from where the services say that each list stands, so it does not matter when a run was
interrupted. Noted are the ids of needs, of lists, and of the love orders that came of them (``listed:…``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from careloop.demo import needing
from careloop.demo.calendar import EVENING, first_day, instant
from careloop.demo.caller import BUREAU, Actor, Stopped
from careloop.demo.cast import Cast, Helped
from careloop.demo.giving import staying
from careloop.demo.stage import Stage
from careloop.demo.wishes import LISTED, WISHES, Wish

DECIDED_BY, CLOSES_ON = 24, 27
"""Days of the month: until when a list is to be decided, and what was decided can be claimed."""
ALSO, UNITS = "social_inclusion", 2
"""Approved beside what is given: the charity chooses. Of each item so many units are approved."""
REASON = "no_means"
PURPOSE = "制定慈善服务方案"
PLAN = "两名志愿者同去，每次约四十分钟，结束后回访（示例）"


class Listing:
    """The lists of ``month``: one for each charity, the second of those whom the first sent back."""

    def __init__(self, stage: Stage, month: str, cast: Cast, charities: tuple[Actor, Actor]) -> None:
        self._stage = stage
        self._month = month
        self._charities = charities
        people = staying(cast, first_day(month), len(WISHES), len(LISTED))
        self._people = list(dict.fromkeys(people))

    async def step(self, today: date) -> None:
        """Move the lists one step on; nothing where nobody can be listed.

        They begin when the month's other love orders are over, lest the claimants reach their quota.
        """
        others_over = self._stage.notes.ids.get(f"given-up:{self._month}", "")
        if not self._people or not others_over or today.isoformat() <= others_over:
            return
        if await self._move():
            await self._stage.rest()
        await self._note_formed()

    async def lists(self) -> list[dict[str, Any]]:
        """The month's lists as the charities see them."""
        names = [self._list(number) for number in range(len(self._charities))]
        ids = [(self._stage.notes.ids.get(name), by) for name, by in zip(names, self._charities, strict=True)]
        return [await self._stage.caller.get("charity", f"/v1/referrals/{id}", by=by) for id, by in ids if id]

    async def _move(self) -> bool:
        """Refer a list, or have one decided; False where all of it is done."""
        for number, charity in enumerate(self._charities):
            name, needs = self._list(number), await self._to_list(number)
            if not needs:
                return False
            if name not in self._stage.notes.ids:
                return bool(await self._stage.notes.once(name, partial(self._refer, charity, needs, name)))
            if not self._stage.notes.ids[name]:
                return False
            if await self._decide(number, charity):
                return True
        return False

    async def _to_list(self, number: int) -> list[str]:
        """The needs of everybody for the first list; for the second, of those whom the first charity sent back."""
        if number == 0:
            return [
                await self._stage.notes.once(self._need(place), partial(self._approve, place, one))
                for place, one in enumerate(self._people)
            ]
        path = f"/v1/referrals/{self._stage.notes.ids[self._list(0)]}"
        entries = (await self._stage.caller.get("orders", path, by=BUREAU))["entries"]
        return [one["need_id"] for one in entries if one["standing"] == "sent_back"]

    async def _approve(self, place: int, one: Helped) -> str:
        items = [{"item": item, "units": UNITS} for item in (LISTED[place].item, ALSO)]
        return await needing.approve_for_charity(self._stage, one, items, f"{self._month}:listed:{place}")

    async def _refer(self, charity: Actor, needs: list[str], key: str) -> str:
        """The list's id; empty in a folder that was begun when the third pack did not let a list be referred."""
        body = {"charity_id": charity.owner, "need_ids": needs, "decide_by": self._day(DECIDED_BY).isoformat()}
        answer = await self._stage.caller.post(
            "orders", "/v1/referrals", body, by=BUREAU, key=key, expected=("referral.content_is_the_bureaus",)
        )
        return str(answer.body.get("id", ""))

    async def _decide(self, number: int, charity: Actor) -> bool:
        """The charity reads whom it plans for and decides about all who wait; the last of the first list it sends
        back. Whether anybody waited."""
        caller, id = self._stage.caller, self._stage.notes.ids[self._list(number)]
        shown = await caller.get("charity", f"/v1/referrals/{id}", by=charity)
        waiting = [one for one in shown["entries"] if one["standing"] == "waiting"]
        if not waiting:
            return False
        places = {self._stage.notes.ids[self._need(place)]: place for place in range(len(self._people))}
        items: list[dict[str, Any]] = []
        for entry in waiting:
            place = places[entry["need_id"]]
            named = {"referral_id": id, "need_id": entry["need_id"]}
            if number == 0 and place == len(self._people) - 1:
                items.append({**named, "result": "sent_back", "reason_code": REASON})
                continue
            path = f"/v1/referrals/{id}/people/{entry['need_id']}/personal"
            await caller.get("orders", path, by=charity, purpose=PURPOSE)
            items.append(named | self._content(entry, LISTED[place]))
        answer = await caller.post(
            "charity", "/v1/bulk/referral-decisions", {"items": items}, by=charity, key=f"{id}:decide"
        )
        refused = [one["problem"]["code"] for one in answer.body["items"] if "problem" in one]
        if refused:
            raise Stopped(f"list {id}: the charity's decisions are refused: {', '.join(refused)}")
        return True

    def _content(self, entry: Mapping[str, Any], wish: Wish) -> dict[str, Any]:
        """What is given: all that was approved of one item, until the end of the month; and how, in words."""
        approved = {one["item"]: one["units"] for one in entry["items"]}
        body = {
            "result": "content", "item": wish.item, "units": approved[wish.item], "places": wish.places,
            "expires_at": instant(self._day(CLOSES_ON), EVENING).isoformat(), "plan": PLAN,
        }  # fmt: skip
        return self._stage.sealed(body, "plan")

    async def _note_formed(self) -> None:
        """The love orders that came of decisions, for ``giving``."""
        ids = self._stage.notes.ids
        places = {ids.get(self._need(place)): self._formed(place) for place in range(len(self._people))}
        missing = {need: name for need, name in places.items() if need and name not in ids}
        if missing:
            rows = await self._stage.caller.rows("orders", "/v1/orders", by=BUREAU, kind="love")
            found = {missing[row["need_id"]]: row["id"] for row in rows if row["need_id"] in missing}
            self._stage.notes.put(found)

    def _day(self, number: int) -> date:
        return first_day(self._month) + timedelta(days=number - 1)

    def _list(self, number: int) -> str:
        return f"list:{self._month}:{number}"

    def _need(self, place: int) -> str:
        return f"list-need:{self._month}:{place}"

    def _formed(self, place: int) -> str:
        return f"listed:{self._month}:{place}"
