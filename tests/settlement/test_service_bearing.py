"""Settlement's answer over its own books: borne while the fund lasts, free again when the order is called off."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from contracts.orders import OrderCancelled, PolicyAdopted, PurchaseConsidered
from services.settlement.domain.locality import read
from tests.edge import Edge
from tests.settlement.examples import NOW

PACK = (Path(__file__).parents[2] / "deploy/localities/130528/0002.toml").read_text(encoding="utf-8")


async def test_a_fund_bears_what_it_can_and_keeps_it(edge: Edge) -> None:
    edge.county = "960002"
    policy = read(tomllib.loads(PACK)).tariff
    rule = next(one for one in policy.rules if one.id == "individual_service")
    price = 4_500
    first, second = uuid4(), uuid4()

    def considered(order_id: UUID) -> PurchaseConsidered:
        return PurchaseConsidered(
            at=NOW, order_id=order_id, item="home_cleaning", units=2, day=date(2026, 12, 1), township="130528100",
            policy=policy.version, agreed_fen=2 * price, rule=rule.id,
        )  # fmt: skip

    await edge.hear("orders", PolicyAdopted(at=NOW, version=policy.version, sha256="0" * 64, document=PACK))
    await edge.hear("orders", considered(first))
    body = {"fund": rule.funds[0], "year": 2026, "amount_fen": 3 * price, "document": "财〔2026〕1号"}
    await edge.done("/v1/allocations", body, "finance")
    await edge.hear("orders", considered(first), considered(second))
    await edge.hear("orders", OrderCancelled(at=NOW, order_id=first, reason_code="not_needed"))
    await edge.hear("orders", considered(second))
    told = await edge.told("settlement.purchase_borne.v1")
    assert [(one["borne"], one.get("reason_code"), one.get("amount_fen")) for one in told] == [
        (False, "no_money", 2 * price), (True, None, 2 * price), (False, "no_money", 2 * price),
        (True, None, 2 * price),
    ]  # fmt: skip
    assert (told[1]["fund"], told[1]["rule"]) == (rule.funds[0], "individual_service")
