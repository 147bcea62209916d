"""What the bureau does with completed orders: most are accepted by a person, a few rejected, the rest are left alone
and accept themselves when nobody objects. Love orders and visits with a red exception are always looked at.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from careloop.demo.caller import VERIFIER
from careloop.demo.stage import Stage

PERCENT_REJECTED = 2
PERCENT_LOOKED_AT = 65
LOOKED_AT_LATEST = timedelta(days=10)
"""What has not accepted itself by then is waiting for a person."""
REASONS = ("not_done", "wrong_person", "work_not_good")


class Verifying:
    """The bureau's desk; counts what it decided in this run."""

    def __init__(self, stage: Stage) -> None:
        self.accepted = 0
        self.rejected = 0
        self.examples: list[tuple[str, str]] = []
        """Rejected orders with their reason, for the report."""
        self._stage = stage

    async def work_off(self, today: date) -> int:
        """Decide what is on the desk; how many orders that were."""
        waiting = await self._stage.caller.rows("orders", "/v1/orders", by=VERIFIER, state="completed")
        chosen = [(order, result) for order in waiting if (result := self._result(order, today))]
        if chosen:
            await self._stage.each("验收 verified", self._decide, chosen, passing=True)
        return len(chosen)

    def _result(self, order: dict[str, Any], today: date) -> str:
        """``accepted``, ``rejected``, or empty for an order that is left to accept itself."""
        if order["kind"] == "love" or order["red"]:
            return "accepted"
        percent = self._percent(order)
        if percent < PERCENT_REJECTED:
            return "rejected"
        old = date.fromisoformat(order["day"]) + LOOKED_AT_LATEST < today
        return "accepted" if percent < PERCENT_LOOKED_AT or old else ""

    def _percent(self, order: dict[str, Any]) -> int:
        digest = hashlib.sha256(f"{self._stage.seed} {order['id']}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % 100

    async def _decide(self, chosen: tuple[dict[str, Any], str]) -> None:
        order, result = chosen
        body: dict[str, Any] = {"result": result, "visit_id": order["visit_id"]}
        if result == "rejected":
            body["note_code"] = REASONS[self._percent(order) % len(REASONS)]
        path, key = f"/v1/orders/{order['id']}", f"verify:{order['visit_id']}"
        answer = await self._stage.caller.decide(
            "orders", path, "verification", body, by=VERIFIER, key=key, version=order["version"],
            expected=("order.already_verified",),
        )  # fmt: skip
        if answer.refusal:
            return
        if result == "rejected":
            self.rejected += 1
            self.examples.append((order["id"], body["note_code"]))
        else:
            self.accepted += 1
