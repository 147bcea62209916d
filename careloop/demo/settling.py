"""The end of a month: grades, the close, the payees' answers, two signatures, the payment.

Closed on the 5th of the next month; providers confirm at once, people who claimed love orders say nothing and are
taken to agree some days later; then the bureau and finance sign and finance pays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from careloop.demo.calendar import FIRST_MONTH, next_month
from careloop.demo.caller import BUREAU, FINANCE, Actor, Caller, Stopped
from careloop.demo.stage import Stage
from careloop.demo.supply import Site

CASHIER = Actor(role="finance", subject="demo-cashier")
GOOD, AVERAGE = "good", "average"
TRIES = 5


class Settling:
    """Settles one month; asked again it does only what is missing."""

    def __init__(self, stage: Stage, month: str) -> None:
        self.month = month
        self._stage = stage

    async def close(self, sites: Sequence[Site]) -> None:
        """Grade, ask for the close, wait until the month is closed, let the providers confirm."""
        caller, path = self._stage.caller, f"/v1/months/{self.month}"
        month = await caller.get("settlement", path, by=BUREAU)
        if month["status"] != "closed":
            await self._stage.rest()
            await self._grade()
            await caller.post("settlement", f"{path}/close", by=BUREAU, key=f"{self.month}:close")
            await self._until_closed()
        actors = {site.id: site.actor for site in sites}
        for row in await statements(caller, self.month):
            if row["status"] == "final" and row["payee"] in actors:
                key = f"{row['id']}:confirm"
                await caller.decide(
                    "settlement", _path(row), "confirmation", by=actors[row["payee"]], key=key, version=row["version"]
                )

    async def _grade(self) -> None:
        """Everything that is due; one is average, the others are good."""
        month = await self._stage.caller.get("settlement", f"/v1/months/{self.month}", by=BUREAU)
        due = sorted(wait["which"] for wait in month["waits_for"] if wait["what"] == "grade")
        chosen = int.from_bytes(hashlib.sha256(f"{self._stage.seed} {self.month}".encode()).digest()[:2], "big")
        for place, which in enumerate(due):
            payee, _, township = which.partition("/")
            grade = AVERAGE if place == chosen % len(due) else GOOD
            body = {"month": self.month, "payee": payee, "township": township, "grade": grade}
            key = f"{self.month}:grade:{payee}:{township}:{grade}"
            await self._stage.caller.post("settlement", "/v1/grades", body, by=BUREAU, key=key)

    async def _until_closed(self) -> None:
        month: dict[str, Any] = {}
        for _ in range(TRIES):
            await self._stage.rest()
            month = await self._stage.caller.get("settlement", f"/v1/months/{self.month}", by=BUREAU)
            if month["status"] == "closed":
                return
        waits = ", ".join(f"{wait['what']} {wait['which']}" for wait in month["waits_for"])
        raise Stopped(f"{self.month} does not close; it waits for: {waits or 'nothing'}")

    async def pay(self) -> None:
        """Two signatures and a payment for everything that is answered and not paid."""
        await self._stage.rest()
        open_ones = [row for row in await statements(self._stage.caller, self.month) if not is_done(row)]
        if open_ones:
            await self._stage.each("审批、支付 approved and paid", self._pay, open_ones)

    async def _pay(self, row: dict[str, Any]) -> None:
        caller = self._stage.caller
        for officer in (BUREAU, FINANCE):
            key = f"{row['id']}:approve:{officer.role}"
            taken = ("approval.seat_taken",)
            await caller.decide("settlement", _path(row), "approval", by=officer, key=key, expected=taken)
        body = {"reference": f"DEMO-{self.month}-{str(row['id'])[:8]}"}
        await caller.decide("settlement", _path(row), "payment", body, by=CASHIER, key=f"{row['id']}:pay")


async def statements(caller: Caller, month: str) -> list[dict[str, Any]]:
    """The statements of a month by total."""
    return await caller.rows("settlement", "/v1/statements", by=BUREAU, month=month)


def is_done(row: dict[str, Any]) -> bool:
    """Whether nothing is left to do: paid, or nothing to pay."""
    return row["status"] == "paid" or (row["status"] not in ("draft", "graded") and not row["payable_fen"])


async def month_to_play(caller: Caller) -> str:
    """The last closed month if it is not paid yet, else the one after it; November 2024 where none is closed."""
    closed = await caller.rows("settlement", "/v1/months", by=BUREAU, status="closed")
    if not closed:
        return FIRST_MONTH
    last = max(str(row["month"]) for row in closed)
    paid = all(is_done(row) for row in await statements(caller, last))
    return next_month(last) if paid else last


def _path(row: dict[str, Any]) -> str:
    return f"/v1/statements/{row['id']}"
