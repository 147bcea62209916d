"""What providers answer: most orders are taken, a few declined with a reason, a few left until the offer expires."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from careloop.demo.caller import BUREAU
from careloop.demo.stage import Stage
from careloop.demo.supply import Site

ONE_IN = 60
"""Of so many offers at the beginning of a month one is declined and one is let pass; at least one of each."""
LEAST_DAYS = 3
"""Whoever declines leaves the next one some days."""
REASONS = ("no_worker", "no_time", "too_far")
LATE = ("offer.expired", "offer.closed", "offer.not_yours")


class Offering:
    """All providers' inboxes. Counts are those of this run; the services know those of the month."""

    def __init__(self, stage: Stage, sites: Sequence[Site]) -> None:
        self.accepted = 0
        self.declined = 0
        self.too_late = 0
        self._stage = stage
        self._sites = sites
        self._left: dict[str, Site] = {}

    async def answer(self, today: date, *, choosy: bool = False) -> int:
        """Answer what is offered; ``choosy`` at the beginning of a month. How many offers were taken or declined."""
        offers: list[tuple[Site, str]] = []
        choice: list[tuple[Site, str]] = []

        sites = {site.id: site for site in self._sites}
        for row in await self._stage.caller.rows("providers", "/v1/offers", by=BUREAU):
            offer = sites[row["provider"]], row["id"]
            offers.append(offer)
            if (date.fromisoformat(row["window_to"]) - today).days >= LEAST_DAYS:
                choice.append(offer)
        declined: list[tuple[Site, str]] = []
        if choosy and len(choice) > 1:
            choice.sort(key=lambda offer: _digest(offer[1]))
            few = max(1, len(choice) // ONE_IN)
            declined, left = choice[:few], choice[few : 2 * few]
            self._left |= {order_id: site for site, order_id in left}
        turned = {order_id for _, order_id in declined}
        taken = [
            (site, order_id) for site, order_id in offers
            if order_id not in turned and self._left.get(order_id) is not site
        ]  # fmt: skip
        await self._stage.each("拒单 providers decline", self._decline, declined, passing=True)
        if taken:
            await self._stage.each("接单 providers accept", self._take, taken, passing=True)
        if taken or declined:
            await self._stage.rest()
        self.accepted += len(taken)
        self.declined += len(declined)
        return len(taken) + len(declined)

    async def answer_late(self) -> None:
        """Whoever let an offer pass asks for it a day too late, and is refused."""
        for order_id, site in self._left.items():
            path, key = f"/v1/offers/{order_id}/acceptance", f"late:{order_id}"
            answer = await self._stage.caller.post("providers", path, by=site.actor, key=key, expected=LATE)
            self.too_late += bool(answer.refusal)
            if answer.refusal:
                self._stage.tell([answer.refusal])
        self._left = {}

    async def _take(self, offer: tuple[Site, str]) -> None:
        site, order_id = offer
        path, key = f"/v1/offers/{order_id}/acceptance", f"accept:{site.id}:{order_id}"
        await self._stage.caller.post("providers", path, by=site.actor, key=key, expected=LATE)

    async def _decline(self, offer: tuple[Site, str]) -> None:
        site, order_id = offer
        body = {"reason_code": REASONS[_digest(order_id)[0] % len(REASONS)]}
        path, key = f"/v1/offers/{order_id}/refusal", f"decline:{site.id}:{order_id}"
        await self._stage.caller.post("providers", path, body, by=site.actor, key=key, expected=LATE)


def _digest(order_id: str) -> bytes:
    return hashlib.sha256(order_id.encode()).digest()
