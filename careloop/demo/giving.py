"""A month's love orders: formed by the bureau, published by the charity, claimed by several at once, fulfilled.

Each look moves every love order one step on from where the charity service says it stands, so it does not matter when
a run was interrupted. The bureau's desk verifies them (``verifying``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from careloop.demo.calendar import EVENING, first_day, instant
from careloop.demo.caller import BUREAU, Actor, Stopped, officer, village_worker
from careloop.demo.needing import FINDINGS
from careloop.demo.stage import Stage
from careloop.demo.supply import claimant
from careloop.demo.world import CLAIMANTS
from chassis.clock import SHANGHAI

FORMED_ON, CLOSES_ON = 2, 17
"""Days of the month: when love orders are formed, and until when they can be claimed."""
DONE_AFTER = timedelta(days=2)
DONE_AT = time(15, 0)
HOLDING = ("held", "confirmed", "fulfilled")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person needs that nobody is bought for; ``price_fen`` is agreed with whoever does it, 0 for a gift."""

    item: str
    price_fen: int
    wording: str


WISHES = (
    Wish(item="counselling", price_fen=80_00, wording="陪一位独居老人说说话（示例）"),
    Wish(item="housekeeping", price_fen=60_00, wording="换季拆洗被褥一次（示例）"),
    Wish(item="errands", price_fen=0, wording="代买一次生活用品，爱心奉献（示例）"),
)


RARE = Wish(item="social_inclusion", price_fen=0, wording="陪同参加一次社区活动（示例）")
"""What was to be bought and nobody sells (``deciding``): given instead."""


@dataclass
class Race:
    """Who claimed one love order at once, and how each fared."""

    item: str
    claims: dict[str, str] = field(default_factory=dict)


class Giving:
    """The love orders of ``month``. ``races`` tells how the claims of this run went."""

    def __init__(self, stage: Stage, month: str, charity: Actor) -> None:
        self.races: list[Race] = []
        self._stage = stage
        self._month = month
        self._charity = charity
        self._formed: dict[str, Wish] = {}

    async def step(self, today: date) -> None:
        """Move every love order of the month as far as it can go today."""
        first = first_day(self._month)
        if today < first + timedelta(days=FORMED_ON - 1):
            return
        if not self._formed:
            await self._form(first)
            return
        rows = await self._stage.caller.rows("charity", "/v1/love-orders", by=self._charity)
        bought_by_nobody = {id: RARE for name, id in self._stage.notes.ids.items() if name.startswith("rare:")}
        for row in rows:
            wish = self._formed.get(row["id"]) or bought_by_nobody.get(row["id"])
            if wish is None:
                continue
            if row["status"] == "referred":
                body = {"wording": wish.wording}
                path = f"/v1/love-orders/{row['id']}/publication"
                closed = ("love_order.closed",)
                key = f"{row['id']}:publish"
                await self._stage.caller.post("charity", path, body, by=self._charity, key=key, expected=closed)
            elif row["status"] == "published":
                await self._claimed(row, wish, today)

    async def _form(self, first: date) -> None:
        """Register, survey, confirm and assess a need for each wish, then form its love order."""
        people = await self._stage.caller.rows("orders", "/v1/beneficiaries", by=BUREAU, generated="true")
        helped = [person for person in people if person["plan_id"] and person["died_on"] is None]
        offset = (first.year * 12 + first.month) * len(WISHES)
        for place, wish in enumerate(WISHES):
            person = helped[(offset + place * 5) % len(helped)]
            need = await self._need(person, wish, f"{self._month}:wish:{place}")
            expires_at = instant(first + timedelta(days=CLOSES_ON - 1), EVENING)
            body: dict[str, Any] = {
                "need_id": need,
                "item": wish.item,
                "charity_id": self._charity.owner,
                "expires_at": expires_at.isoformat(),
                "price_fen": wish.price_fen,
            }
            if wish.price_fen:
                body["rule"] = "love_order"
            too_late = ("order.expires_in_the_past", "order.love_order_exists")
            answer = await self._stage.caller.post(
                "orders", "/v1/love-orders", body, by=BUREAU, key=f"{self._month}:wish:{place}:form", expected=too_late
            )
            self._formed[answer.body.get("id", f"not formed {place}")] = wish
        await self._stage.rest()

    async def _need(self, person: dict[str, Any], wish: Wish, key: str) -> str:
        caller, township = self._stage.caller, person["township"]
        finder = village_worker(township)
        body: dict[str, Any] = {"person_id": person["id"], "items": [wish.item], "channel": "village"}
        need = str((await caller.post("orders", "/v1/needs", body, by=finder, key=f"{key}:need")).body["id"])
        survey = {"village_worker": finder.subject, "aide": f"demo-aide-{township}", "findings": FINDINGS}
        await caller.post("orders", f"/v1/needs/{need}/survey", survey, by=finder, key=f"{key}:survey")
        await caller.decide("orders", f"/v1/needs/{need}", "confirmation", by=officer(township), key=f"{key}:confirm")
        assessment: dict[str, Any] = {"items": [{"item": wish.item}], "mode": "charity"}
        if wish.price_fen:
            assessment |= {"price_fen": wish.price_fen, "rule": "love_order"}
        await caller.post("orders", f"/v1/needs/{need}/assessment", assessment, by=BUREAU, key=f"{key}:assess")
        return need

    async def _claimed(self, row: dict[str, Any], wish: Wish, today: date) -> None:
        """Everybody claims at once where nobody has; whoever holds the place does it two days later."""
        path = f"/v1/love-orders/{row['id']}/claims"
        claims = (await self._stage.caller.get("charity", path, by=BUREAU))["claims"]
        holder = next((claim for claim in claims if claim["standing"] in HOLDING), None)
        if holder is None:
            await self._race(row["id"], wish)
        elif holder["standing"] != "fulfilled":
            claimed = datetime.fromisoformat(holder["claimed_at"]).astimezone(SHANGHAI).date()
            if today >= claimed + DONE_AFTER:
                await self._fulfil(row["id"], holder["claimant"], claimed + DONE_AFTER)

    async def _race(self, order_id: str, wish: Wish) -> None:
        """All claimants ask in the same moment; exactly as many hold a place as there are places: one."""
        race = Race(item=wish.item)
        refusals = ("claim.quota_reached", "claim.no_place_left", "claim.once_only", "claim.expired")
        path = f"/v1/love-orders/{order_id}/claims"

        async def claim(one: tuple[str, str]) -> None:
            id, name = one
            answer = await self._stage.caller.post(
                "charity", path, by=claimant(id), key=f"{order_id}:claim", expected=refusals
            )
            race.claims[name] = answer.refusal or str(answer.body["standing"])

        everybody = [(str(one.id), one.name) for one in CLAIMANTS]
        begins = UUID(order_id).int % len(everybody)
        everybody = everybody[begins:] + everybody[:begins]
        await self._stage.each("认领 claimed at once", claim, everybody, passing=True)
        after = (await self._stage.caller.get("charity", path, by=BUREAU))["claims"]
        holding = [claim for claim in after if claim["standing"] in HOLDING]
        if len(holding) > 1:
            raise Stopped(f"love order {order_id} has one place and {len(holding)} hold it")
        self.races.append(race)

    async def _fulfil(self, order_id: str, owner: str, day: date) -> None:
        body = {"day": day.isoformat(), "time": f"{DONE_AT:%H:%M}"}
        path, lapsed = f"/v1/love-orders/{order_id}/fulfilment", ("claim.hold_lapsed", "claim.over")
        key = f"{order_id}:fulfil:{day}"
        await self._stage.caller.post("charity", path, body, by=claimant(owner), key=key, expected=lapsed)
