"""A provider is replaced in mid-month: its agreement ends, its orders are searched for again, others serve them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from careloop.demo.calendar import FIRST_MONTH
from careloop.demo.caller import BUREAU
from careloop.demo.stage import Stage
from careloop.demo.supply import Site, agreement_number
from careloop.demo.world import PROVIDERS, REPLACED

DECIDED, FROM = date(2024, 11, 14), date(2024, 11, 16)


async def step(stage: Stage, sites: Sequence[Site], day: date) -> bool:
    """The bureau ends the agreement two days ahead; whether it was today, or the days on which orders become free."""
    if day != DECIDED:
        return FROM <= day <= FROM + timedelta(days=2)
    site = next(site for site, one in zip(sites, PROVIDERS, strict=True) if one.credit_code == REPLACED)
    body = {
        "number": agreement_number(int(FIRST_MONTH[:4])), "from_day": FROM.isoformat(), "reason_code": "poor_service",
        "document": "示例函〔2024〕7号（生成）",
    }  # fmt: skip
    path, key = f"/v1/providers/{site.id}", f"terminate:{site.id}"
    await stage.caller.decide("providers", path, "termination", body, by=BUREAU, key=key)
    return True
