"""What the bureau does with its desk, the most urgent first: most visits are accepted by a person, a few rejected, the
rest are left alone and accept themselves when nobody objects. Love orders, aid and visits with a red exception are
always looked at; one visit of the badly served is sent back and mended; what was drawn is left to its inspector.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from careloop.demo.caller import VERIFIER, provider
from careloop.demo.faults import RETURNED
from careloop.demo.stage import Stage

PERCENT_REJECTED = 2
PERCENT_RED_REJECTED = 50
PERCENT_LOOKED_AT = 65
LOOKED_AT_LATEST = timedelta(days=10)
"""What has not accepted itself by then is waiting for a person."""
REASONS = ("not_done", "wrong_person", "work_not_good")


class Verifying:
    """The bureau's desk; counts what it decided in this run."""

    def __init__(self, stage: Stage, badly_served: frozenset[str]) -> None:
        self.accepted = 0
        self.rejected = 0
        self.returned = 0
        self.examples: list[tuple[str, str]] = []
        """Rejected orders with their reason, for the report."""
        self._stage = stage
        self._badly_served = badly_served
        self._sent_back: list[dict[str, Any]] = []

    async def work_off(self, today: date) -> int:
        """Decide what is on the desk; how many orders that were."""
        rows = await self._stage.caller.rows("orders", "/v1/verification-queue", by=VERIFIER)
        waiting = [_on_the_desk(row, one) for row in rows for one in row["completions"] if _to_judge(one)]
        chosen = [(order, result) for order in waiting if (result := self._result(order, today))]
        if chosen:
            await self._stage.each("验收 verified", self._decide, chosen, passing=True)
        if self._sent_back:
            await self._stage.rest()
            await self._stage.each("补正 mended", self._mend, self._sent_back, passing=True)
            self._sent_back = []
        return len(chosen)

    def _result(self, order: dict[str, Any], today: date) -> str:
        """``accepted``, ``rejected``, ``returned``, or empty for an order that is left to accept itself."""
        if order["person"] in self._badly_served and order["item"] == RETURNED[0]:
            first = order["window_from"][8:] == "01"
            if first and f"returned:{order['id']}" not in self._stage.notes.ids:
                return "returned"
        if order["kind"] != "purchase" and order["kind"] != "goods":
            return "accepted"
        if order["visit_id"] in self._stage.notes.ids.values() and self._was_undone(order["visit_id"]):
            return "rejected"
        percent = self._percent(order)
        if order["red"]:
            return "rejected" if percent < PERCENT_RED_REJECTED else "accepted"
        if percent < PERCENT_REJECTED:
            return "rejected"
        old = date.fromisoformat(order["day"]) + LOOKED_AT_LATEST < today
        return "accepted" if percent < PERCENT_LOOKED_AT or old else ""

    def _was_undone(self, visit_id: str) -> bool:
        return any(id == visit_id for name, id in self._stage.notes.ids.items() if name.startswith("undone:"))

    def _percent(self, order: dict[str, Any]) -> int:
        digest = hashlib.sha256(f"{self._stage.seed} {order['id']}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % 100

    async def _decide(self, chosen: tuple[dict[str, Any], str]) -> None:
        order, result = chosen
        body: dict[str, Any] = {"result": result, "visit_id": order["visit_id"]}
        if result == "rejected":
            body["note_code"] = REASONS[self._percent(order) % len(REASONS)]
        elif result == "returned":
            body["note_code"] = "register_line_missing"
        path, key = f"/v1/orders/{order['id']}", f"verify:{order['visit_id']}:{result}:{order['version']}"
        answer = await self._stage.caller.decide(
            "orders", path, "verification", body, by=VERIFIER, key=key, version=order["version"],
            expected=("order.already_verified", "order.drawn_for_inspection"),
        )  # fmt: skip
        if answer.refusal:
            return
        if result == "returned":
            self.returned += 1
            self._sent_back.append(order)
            self._stage.notes.put({f"returned:{order['id']}": order["visit_id"]})
        elif result == "rejected":
            self.rejected += 1
            self.examples.append((order["id"], body["note_code"]))
        else:
            self.accepted += 1

    async def _mend(self, order: dict[str, Any]) -> None:
        """The provider adds what was missing, with its cause; the visit is looked at again."""
        body = self._stage.sealed(
            {"cause": "mistake", "reason": "登记册页漏传，现补上（示例）", "register_line": f"{order['day']}-7"},
            "reason",
        )
        path, key = f"/v1/visits/{order['visit_id']}", f"mend:{order['visit_id']}"
        by = provider(order["provider"])
        await self._stage.caller.decide("providers", path, "supplements", body, by=by, key=key)


def _to_judge(completion: dict[str, Any]) -> bool:
    """It waits for a person: no inspector has it, nobody appeals, and it was not sent back."""
    return completion["verdict"] == "waiting" and not completion["draw"] and not completion["appeal"]


def _on_the_desk(row: dict[str, Any], completion: dict[str, Any]) -> dict[str, Any]:
    """The order with one of its completions."""
    red = any(one["colour"] == "red" for one in completion["exceptions"])
    told = {name: completion[name] for name in ("visit_id", "day", "provider")}
    return {**row, **told, "red": red}
