"""A month's love orders: formed by the bureau, accepted or declined by a charity, published, claimed, done, verified.
Those of which a charity decided what is given (``listing``) go the same way from their acceptance on.

Each look moves every love order one step on from where the charity service says it stands, so it does not matter when
a run was interrupted; ``wishes`` says what becomes of each, ``claiming`` plays the claimants. The bureau's desk
verifies every one of them (``verifying``); what nobody claims is bought if a fund can bear it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from careloop.demo import needing
from careloop.demo.calendar import EVENING, first_day, instant
from careloop.demo.caller import BUREAU, Actor
from careloop.demo.cast import CHILD, DIES, DISPUTED_THEN_MOVES_AWAY, IN_HOSPITAL, MOVES, Cast, Helped
from careloop.demo.claiming import Claiming, Race
from careloop.demo.stage import Stage
from careloop.demo.supply import charity_of
from careloop.demo.wishes import LISTED, RARE, WISHES, Wish

FORMED_ON, CLOSES_ON, GIVEN_UP_ON = 2, 20, 9
"""Days of the month: when love orders are formed, until when they can be claimed, and the one that nobody claims."""
GIVEN_UP_AFTER = timedelta(days=4)
LEAVING = (CHILD, DIES, DISPUTED_THEN_MOVES_AWAY, IN_HOSPITAL, MOVES)
"""Whose part would end their love order before it is done."""
LATE = ("love_order.closed", "love_order.published_already")


class Giving:
    """The love orders of ``month``. ``races`` tells how the claims of this run went."""

    def __init__(self, stage: Stage, month: str, cast: Cast, charities: tuple[Actor, Actor]) -> None:
        self._stage = stage
        self._month = month
        self._cast = cast
        self._charities = charities
        self._claiming = Claiming(stage)

    @property
    def races(self) -> list[Race]:
        """Who claimed what at once in this run."""
        return self._claiming.races

    async def step(self, today: date) -> None:
        """Move every love order of the month as far as it can go today."""
        first = first_day(self._month)
        if today < first + timedelta(days=FORMED_ON - 1):
            return
        if f"wish:{self._month}:{len(WISHES) - 1}" not in self._stage.notes.ids:
            await self._form(first, today)
            return
        rows = await self._stage.caller.rows("charity", "/v1/love-orders", by=BUREAU)
        known = self._known()
        for row in rows:
            if row["id"] in known:
                await self._move(row, *known[row["id"]], today)

    def _known(self) -> dict[str, tuple[Wish, int]]:
        """The love orders of the month with their wish and number; after them those that a charity decided on, and
        those for which no seller was found."""
        ids = self._stage.notes.ids
        found = {ids[f"wish:{self._month}:{place}"]: (wish, place) for place, wish in enumerate(WISHES)}
        listed = {ids.get(f"listed:{self._month}:{place}"): (wish, place) for place, wish in enumerate(LISTED)}
        rare = sorted(id for name, id in ids.items() if name.startswith("rare:"))
        after = {id: (wish, len(WISHES) + place) for id, (wish, place) in listed.items() if id}
        return found | after | {id: (RARE, len(WISHES) + len(LISTED) + place) for place, id in enumerate(rare)}

    async def _move(self, row: dict[str, Any], wish: Wish, place: int, today: date) -> None:
        path, charity = f"/v1/love-orders/{row['id']}", charity_of(row["charity"])
        first = row["charity"] == self._charities[0].owner
        if row["status"] == "referred" and wish.course == "declined" and first:
            body = self._stage.sealed({"reason_code": "no_volunteers", "reason": "近期人手不足（示例）"}, "reason")
            await self._post(f"{path}/decline", body, charity, f"{row['id']}:decline")
        elif row["status"] == "referred":
            await self._post(f"{path}/acceptance", None, charity, f"{row['id']}:accept")
            await self._post(f"{path}/publication", {"wording": wish.wording}, charity, f"{row['id']}:publish")
        elif row["status"] == "declined":
            await self._refer_on(row["id"])
        elif row["status"] == "published" and wish.course != "unclaimed":
            await self._claiming.move(row, wish, place, today)

    async def _post(self, path: str, body: dict[str, Any] | None, by: Actor, key: str) -> None:
        await self._stage.caller.post("charity", path, body, by=by, key=key, expected=LATE)

    async def _refer_on(self, id: str) -> None:
        """The bureau asks the other charity."""
        expires_at = instant(first_day(self._month) + timedelta(days=CLOSES_ON - 1), EVENING)
        body = {"charity_id": self._charities[1].owner, "expires_at": expires_at.isoformat()}
        await self._stage.caller.decide(
            "orders", f"/v1/orders/{id}", "referral", body, by=BUREAU, key=f"{id}:refer-on",
            expected=("order.not_on_the_desk", "order.expires_in_the_past"),
        )  # fmt: skip

    async def _form(self, first: date, today: date) -> None:
        """Register, survey, confirm and assess a need for each wish, then form its love order."""
        for place, (wish, one) in enumerate(zip(WISHES, staying(self._cast, first, 0, len(WISHES)), strict=False)):
            await self._stage.notes.once(f"wish:{self._month}:{place}", partial(self._formed, one, wish, place, today))
        await self._stage.rest()

    async def _formed(self, one: Helped, wish: Wish, place: int, today: date) -> str:
        """The order's id; a dash where it is too late."""
        key, first = f"{self._month}:wish:{place}", first_day(self._month)
        closes = first + timedelta(days=CLOSES_ON - 1)
        given_up = date.fromisoformat(
            await self._stage.notes.once(f"given-up:{self._month}", partial(_last, first, today))
        )
        body: dict[str, Any] = {
            "need_id": await needing.approve_for_charity(self._stage, one, [{"item": wish.item}], key, wish.price_fen),
            "item": wish.item,
            "charity_id": self._charities[0].owner,
            "expires_at": instant(given_up if wish.course == "unclaimed" else closes, EVENING).isoformat(),
            "price_fen": wish.price_fen,
            "form": wish.form,
            "places": wish.places,
        }
        if wish.price_fen:
            body["rule"] = "love_order"
        too_late = ("order.expires_in_the_past", "order.love_order_exists")
        answer = await self._stage.caller.post(
            "orders", "/v1/love-orders", body, by=BUREAU, key=f"{key}:form", expected=too_late
        )
        return str(answer.body.get("id", f"-{place}"))


def staying(cast: Cast, first: date, begin: int, count: int) -> list[Helped]:
    """So many of those who will be there, from the place ``begin`` of the month on; somebody twice where they are few.

    Nobody where everybody leaves.
    """
    helped = [one for one in cast.everybody if one.person.role not in LEAVING and not one.person.kind.minor]
    offset = (first.year * 12 + first.month) * len(WISHES) + begin
    return [helped[(offset + place) % len(helped)] for place in range(count)] if helped else []


async def _last(first: date, today: date) -> str:
    """Until when the order that nobody claims is in the hall; a month that is begun late leaves it some days too."""
    return max(first + timedelta(days=GIVEN_UP_ON - 1), today + GIVEN_UP_AFTER).isoformat()
