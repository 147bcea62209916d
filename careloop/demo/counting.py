"""What both loops of the month came to: love orders from claim to certificate, verification from exception to cause.

Counted from the services' lists, and where a list does not tell it from their logs: how many events of each kind stand
there since the beginning. A claim that had lost its race waits, so as many races were lost as claims were queued.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from careloop.demo.caller import BUREAU
from careloop.demo.marks import COUNTY
from careloop.demo.stage import Stage
from careloop.demo.world import claimants
from careloop.output import yuan

Figures = dict[str, Mapping[str, Any]]


async def count(stage: Stage, month: str) -> Figures:
    """All rows of both loops by their name."""
    logs = {name: await _log(stage, name) for name in ("orders", "providers", "charity")}
    return {
        **await _love(stage, logs["charity"]),
        **await _money(stage, logs["charity"]),
        **await _checks(stage, month),
        **await _exceptions(stage, month),
        **await _desk(stage, logs["orders"]),
        **await _grades(stage, month, logs["providers"]),
        **await _tickets(stage),
    }


async def _log(stage: Stage, service: str) -> Counter[str]:
    """How many events of each kind a service's log holds."""
    query = f"select topic, count(*) as number from {service}.events where county = $1 group by topic"
    rows = await stage.connection.fetch(query, COUNTY)
    return Counter({row["topic"]: row["number"] for row in rows})


async def _rows(stage: Stage, service: str, path: str, **query: str) -> list[dict[str, Any]]:
    return await stage.caller.rows(service, path, by=BUREAU, **query)


def _counted(rows: list[dict[str, Any]], *by: str) -> Counter[str]:
    return Counter(" ".join(str(row[name] or "-") for name in by) for row in rows)


async def _love(stage: Stage, log: Counter[str]) -> Figures:
    known = [
        await stage.caller.get("charity", f"/v1/claimants/{one.id}/reliability", by=BUREAU)
        for one in claimants(stage.people)
    ]
    event = "charity.love_order."
    return {
        "爱心订单 love orders": _counted(await _rows(stage, "charity", "/v1/love-orders"), "status"),
        "转介、发布 referred": {
            name: log[f"{event}{name}"] for name in ("referred", "accepted", "declined", "published", "lapsed")
        },
        "认领 claims": {
            "claims": log[f"{event}claimed"] + log[f"{event}queued"],
            "races lost": log[f"{event}queued"],
            "held at once": log[f"{event}claimed"],
            "promoted from waiting": log[f"{event}promoted"],
            "confirmed": log[f"{event}confirmed"],
            "fulfilled": log[f"{event}fulfilled"],
            "shares of money": log[f"{event}share_received"],
            **{name: sum(one[key] for one in known) for name, key in ENDS.items()},
        },
    }


ENDS = {"withdrawals": "withdrawals", "no-shows": "no_shows", "lapsed": "lapsed"}


async def _money(stage: Stage, log: Counter[str]) -> Figures:
    donations = await _rows(stage, "charity", "/v1/donations")
    received = sum(row["amount"] for row in donations if row["what"] == "money")
    return {
        "捐赠 donations": {
            "donations": len(donations),
            "yuan": yuan(received),
            "pledges": log["charity.pledge.made"],
            "set aside": log["charity.pot.allotted"],
        },
        "志愿服务 volunteers": {
            "certificates": log["charity.certificate.issued"],
            "deeds counted": log["charity.service_entry.counted"],
        },
    }


async def _checks(stage: Stage, month: str) -> Figures:
    year = await stage.caller.get("orders", f"/v1/spot-checks/{month[:4]}", by=BUREAU)
    names = ("judged", "listed", "drawn", "checked", "rejected", "open")
    inspected = {name: year[name] for name in names}
    withheld = sum(one["times"] for one in year["withheld"])
    share = f"{year['share'] / 100:.2f} %"
    return {"抽查 checks": {**inspected, "share inspected": share, "numbers withheld": withheld}}


async def _exceptions(stage: Stage, month: str) -> Figures:
    rows = await _rows(stage, "providers", "/v1/exceptions")
    told = [row for row in rows if row["day"].startswith(month)]
    return {
        "异常 exceptions": Counter(f"{row['code']}({row['colour']})" for row in told),
        "异常颜色 by colour": _counted(told, "colour"),
        "异常处理 resolutions": _counted(told, "state"),
    }


async def _desk(stage: Stage, log: Counter[str]) -> Figures:
    corrections = await _rows(stage, "orders", "/v1/corrections")
    return {
        "验收申诉 appeals": _counted(await _rows(stage, "orders", "/v1/appeals"), "state"),
        "撤回验收 undone": {"judgements": log["orders.order.undone"], **_counted(corrections, "kind")},
        "差错性质 causes": _counted(corrections, "cause"),
    }


async def _grades(stage: Stage, month: str, log: Counter[str]) -> Figures:
    grades = await _rows(stage, "providers", "/v1/month-grades", month=month)
    told = await stage.caller.get("providers", "/v1/satisfaction", by=BUREAU, month=month)
    averages = [one["average"] for one in told["items"] if one["average"] is not None]
    return {
        "月度考核 grades": Counter(row["grade"] or row["status"] for row in grades),
        "整改 findings": _counted(await _rows(stage, "providers", "/v1/findings"), "status"),
        "满意度 ratings": {
            "ratings": log["providers.rating.rated"],
            "average of stars": f"{sum(averages) / len(averages) / 100:.2f}" if averages else 0,
        },
    }


async def _tickets(stage: Stage) -> Figures:
    rows = await _rows(stage, "orders", "/v1/complaints")
    anonymous = sum(bool(row["anonymous"]) for row in rows)
    return {"投诉、热线 tickets": {**_counted(rows, "channel", "state"), "anonymous": anonymous}}
