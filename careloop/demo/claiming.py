"""The claimants: they ask in the same moment, the losers ask to wait, who holds says when, steps back, stays away, lets
the hold run out, or comes.

A claim is read from the charity service each time. What is noted is what no service keeps: the day that somebody said,
by the claim's id, and how each of those who asked at once was answered, by the order's, for a refusal leaves no event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from careloop.demo.caller import BUREAU, Stopped
from careloop.demo.pictures import picture
from careloop.demo.stage import Stage
from careloop.demo.supply import charity_of, claimant
from careloop.demo.wishes import Wish
from careloop.demo.world import Claimant, claimants

AFTER, TAKES_MINUTES = timedelta(days=2), 40
"""Who confirms comes two days later, and stays so long."""
FIRST_HOUR, HOURS = 8, 11
RACERS = 4
HOLDING = ("held", "confirmed", "paid", "fulfilled")
HELD, LOST, WAITING = "held", "claim.no_place_left", "waiting"
RACED = "raced:"
"""How a note begins of the answers that those had who claimed an order at once."""
REFUSED = (LOST, "claim.quota_reached", "claim.once_only", "claim.expired", "claim.overlaps", "claimant.blocked")
OVER = ("claim.hold_lapsed", "claim.over", "claim.overlaps", "claim.expired", "claim.waiting")


@dataclass
class Race:
    """Who claimed one love order at once, and how each fared; ``first`` is what the losers were told (masked)."""

    item: str
    places: int
    claims: dict[str, str] = field(default_factory=dict)
    first: str = ""


class Claiming:
    """All claimants' part of love orders."""

    def __init__(self, stage: Stage) -> None:
        self.races: list[Race] = []
        self._stage = stage
        self._everybody = claimants(stage.people)

    async def move(self, row: dict[str, Any], wish: Wish, place: int, today: date) -> None:
        """One step of a published love order."""
        claims = await self._claims(row["id"])
        if not claims or f"{RACED}{row['id']}" not in self._stage.notes.ids:
            await self._race(row["id"], wish, place)
            return
        stays_away = await self._turn(row, wish, claims, today)
        for claim in await self._claims(row["id"]) if stays_away else claims:
            forgets = wish.course == "forgotten" and claim["claim_id"] == claims[0]["claim_id"]
            if claim["standing"] == HELD and not forgets:
                await self._confirm(row["id"], claim, wish, place, today)
        if wish.form == "money":
            await self._collect(row, wish, today)
        else:
            for claim in claims:
                if claim["standing"] == "confirmed" and claim["claim_id"] not in stays_away:
                    await self._fulfil(row, claim, place, today)

    async def _claims(self, order_id: str) -> list[dict[str, Any]]:
        found = await self._stage.caller.get("charity", f"/v1/love-orders/{order_id}/claims", by=BUREAU)
        return list(found["claims"])

    async def _race(self, order_id: str, wish: Wish, place: int) -> None:
        """So many ask in the same moment; exactly as many pieces are held as there are. Who lost asks to wait.

        A run that was killed meanwhile asks again: who held is told so again, and who waits by now had lost.
        """
        race = Race(item=wish.item, places=wish.places)
        path, size = f"/v1/love-orders/{order_id}/claims", len(self._everybody)
        asking = [self._everybody[(place * RACERS + number) % size] for number in range(RACERS)]
        shares = dict(zip(asking, wish.shares if len(wish.shares) > 1 else [1] * RACERS, strict=False))

        async def claim(one: Claimant) -> None:
            answer = await self._stage.caller.post(
                "charity", path, {"pieces": shares.get(one, 1)}, by=claimant(str(one.id)), key=f"{order_id}:claim",
                expected=REFUSED,
            )  # fmt: skip
            told = answer.refusal or str(answer.body["standing"])
            race.claims[one.name] = LOST if told == WAITING else HELD if told in HOLDING else told
            if answer.refusal == LOST:
                race.first = str(answer.body["facts"]["first"])

        together = [one for one in asking if one in shares]
        await self._stage.each("认领 claimed at once", claim, together, passing=True)
        for one in asking:
            if one not in shares:
                await claim(one)
        for one in asking:
            if race.claims[one.name] == LOST:
                waiting = f"/v1/love-orders/{order_id}/waiting-list"
                full = ("waiting_list.full", *REFUSED)
                by, key = claimant(str(one.id)), f"{order_id}:wait"
                await self._stage.caller.post("charity", waiting, by=by, key=key, expected=full)
        held = sum(claim["pieces"] for claim in await self._claims(order_id) if claim["standing"] in HOLDING)
        if held > wish.places:
            raise Stopped(f"love order {order_id} has {wish.places} pieces and {held} are held")
        self.races.append(race)
        name = f"{RACED}{order_id}"
        before = self._stage.notes.ids.get(name, "").split()
        self._stage.notes.put({name: " ".join([*before, *race.claims.values()])})

    async def _turn(self, row: dict[str, Any], wish: Wish, claims: list[dict[str, Any]], today: date) -> set[str]:
        """Once for an order: who holds it steps back, or does not come on the day that was said; those claims."""
        name = f"turned:{row['id']}"
        if wish.course == "withdrawn" and name not in self._stage.notes.ids:
            chosen = [claim for claim in claims if claim["standing"] == "confirmed"][:1]
            action = "withdrawal"
        elif wish.course == "no_show" and name not in self._stage.notes.ids:
            confirmed = [claim for claim in claims if claim["standing"] == "confirmed"]
            chosen = [claim for claim in confirmed if self._said(claim, today) <= today][:1]
            action = "no-show"
        else:
            return {self._stage.notes.ids.get(name, "")}
        for claim in chosen:
            path, key = f"/v1/love-orders/{row['id']}/claims/{claim['claim_id']}/{action}", f"{claim['claim_id']}:turn"
            by = claimant(claim["claimant"]) if action == "withdrawal" else charity_of(row["charity"])
            body = {"reason_code": "ill"} if action == "withdrawal" else None
            await self._stage.caller.post("charity", path, body, by=by, key=key, expected=OVER)
            self._stage.notes.put({name: claim["claim_id"]})
        waiting_for = [claim["claim_id"] for claim in claims if wish.course == "no_show" and not chosen]
        return {claim["claim_id"] for claim in chosen} | set(waiting_for)

    async def _confirm(self, order_id: str, claim: dict[str, Any], wish: Wish, place: int, today: date) -> None:
        day = today + AFTER
        body = {"day": day.isoformat(), "time": _hour(place), "minutes": TAKES_MINUTES}
        path = f"/v1/love-orders/{order_id}/claims/{claim['claim_id']}/confirmation"
        by, key = claimant(claim["claimant"]), f"{claim['claim_id']}:confirm:{today}"
        told = body if wish.form == "service" else None
        answer = await self._stage.caller.post("charity", path, told, by=by, key=key, expected=OVER)
        if not answer.refusal:
            self._stage.notes.put({f"said:{claim['claim_id']}": day.isoformat()})

    def _said(self, claim: dict[str, Any], today: date) -> date:
        said = self._stage.notes.ids.get(f"said:{claim['claim_id']}", "")
        return date.fromisoformat(said) if said else today

    async def _fulfil(self, row: dict[str, Any], claim: dict[str, Any], place: int, today: date) -> None:
        """Done on the day that was said, told with a picture."""
        day = self._said(claim, today)
        if day <= today:
            by = claimant(claim["claimant"])
            body = await self._done(row, claim, place, day, by)
            await self._tell(row, claim, body, by)

    async def _collect(self, row: dict[str, Any], wish: Wish, today: date) -> None:
        """The money of each share arrives with a receipt; when all of it is there the charity buys and delivers."""
        by = charity_of(row["charity"])
        for claim in await self._claims(row["id"]):
            path = f"/v1/love-orders/{row['id']}/claims/{claim['claim_id']}/share"
            if claim["standing"] == "confirmed":
                body = {"receipt_number": f"{today.year}-S{claim['claim_id'][:6]}"}
                key = f"{claim['claim_id']}:share"
                await self._stage.caller.post("charity", path, body, by=by, key=key, expected=OVER)
        paid = [claim for claim in await self._claims(row["id"]) if claim["standing"] == "paid"]
        if sum(claim["pieces"] for claim in paid) == wish.places:
            for claim in paid:
                body = await self._done(row, claim, 0, today, by)
                await self._tell(row, claim, body, by)

    async def _done(self, row: dict[str, Any], claim: dict[str, Any], place: int, day: date, by: Any) -> dict[str, Any]:
        file = picture(f"done {claim['claim_id']}")
        kept = await self._stage.caller.upload("charity", file, by=by, key=f"{claim['claim_id']}:photo")
        return {
            "claim_id": claim["claim_id"], "day": day.isoformat(), "time": _hour(place), "minutes": TAKES_MINUTES,
            "photos": [kept["sha256"]],
        }  # fmt: skip

    async def _tell(self, row: dict[str, Any], claim: dict[str, Any], body: dict[str, Any], by: Any) -> None:
        path, key = f"/v1/love-orders/{row['id']}/fulfilment", f"{claim['claim_id']}:fulfil:{body['day']}"
        await self._stage.caller.post("charity", path, body, by=by, key=key, expected=OVER)


def _hour(place: int) -> str:
    return f"{FIRST_HOUR + place % HOURS:02}:00"
