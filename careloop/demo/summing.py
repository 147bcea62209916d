"""一月小结: what happened in the month by kind, read from the services' own lists and ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from careloop.demo.calendar import closing_day, first_day, next_month
from careloop.demo.caller import BUREAU
from careloop.demo.counting import Rows, count, not_raised
from careloop.demo.playing import Month
from careloop.demo.stage import Stage
from careloop.demo.urgent import LATE
from careloop.output import out

NOTICE_SHOWN = "2024-10-26"


async def tell_summary(stage: Stage, month: Month, folder: Path) -> None:
    """One table, the village notice as it hung, and the ledger as a file."""
    table = Table(title=f"{month.month} 一月小结 the month by kind", title_justify="left", show_header=False)
    table.add_column("什么", no_wrap=True)
    table.add_column("多少", overflow="fold")
    for told in (_people, _needs, _plans, _offers, _visits, _care, _late):
        for name, figures in (await told(stage, month)).items():
            table.add_row(name, _text(figures))
    loops = await count(stage, month.month)
    for name, row in loops.items():
        table.add_row(name, row.text)
    table.add_row("依规拒绝 refused as it should be", _text(stage.refusals))
    out.print(table)
    _tell_noughts(loops)
    out.print(f"异常代码未出现 not raised: {', '.join(await not_raised(stage, month.month)) or '–'}")
    await _tell_notice(stage, month)
    await _write_ledger(stage, month, folder)


def _tell_noughts(loops: Rows) -> None:
    """Whether everything that both loops are made of happened; what did not is named."""
    noughts = [f"{name}: {', '.join(row.noughts)}" for name, row in loops.items() if row.noughts]
    counts = sum(len(row.counts) for row in loops.values())
    told = f"没有为零的 none of {counts} is nought" if not noughts else f"为零 nought of {counts}: {'; '.join(noughts)}"
    out.print(f"两个闭环的计数 counts of both loops (before each stroke; what logs tell: since the beginning): {told}")


def _text(figures: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {figure}" for name, figure in sorted(figures.items()) if figure) or "0"


async def _rows(stage: Stage, service: str, path: str, **query: str) -> list[dict[str, Any]]:
    return await stage.caller.rows(service, path, by=BUREAU, **query)


def _count(rows: list[dict[str, Any]], by: str) -> Counter[str]:
    return Counter(str(row[by] or "-") for row in rows)


async def _people(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    people = await _rows(stage, "orders", "/v1/beneficiaries")
    day = closing_day(month.month).isoformat()
    guardians = _count([row for row in people if row["guardian"]], "guardian")
    screened = await _rows(stage, "orders", "/v1/screening", day=day)
    return {
        "人员 people": {
            "registered": len(people),
            "died": sum(row["died_on"] is not None for row in people),
            "moved": len({row["person"] for row in await _moved(stage, month)}),
        },
        "监护人 guardians": guardians,
        "部门名单 listed": _count(await _rows(stage, "orders", "/v1/prospects"), "state"),
        "应评未评 screened and not decided": {"people": len(screened)},
    }


async def _moved(stage: Stage, month: Month) -> list[dict[str, Any]]:
    """Persons of the cast whose register shows another township than the one they were registered in."""
    people = month.cast.by_id
    rows = await _rows(stage, "orders", "/v1/beneficiaries")
    return [
        {"person": row["id"]} for row in rows if row["id"] in people and people[row["id"]].township != row["township"]
    ]


async def _needs(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    needs = await _rows(stage, "orders", "/v1/needs")
    return {
        "需求渠道 needs by channel": _count(needs, "channel"),
        "需求阶段 needs by stage": _count(needs, "state"),
        "急难 urgent": {
            "helped first": sum(bool(need["urgent"]) for need in needs),
            **{name: late for name, late in stage.notes.ids.items() if name.startswith(LATE)},
        },
        "转办 forwarded": _count(await _rows(stage, "orders", "/v1/forwardings"), "state"),
    }


async def _plans(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    plans = await _rows(stage, "orders", "/v1/plans")
    orders = await _rows(stage, "orders", "/v1/orders")
    return {
        "方案 plans": _count(plans, "state") + Counter(stale=sum(bool(row["stale"]) for row in plans)),
        "订单种类 orders by kind": _count(orders, "kind"),
        "订单状态 orders by state": _count(orders, "state"),
    }


async def _offers(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    told = await stage.caller.get("providers", "/v1/declines", by=BUREAU, month=month.month)
    sums = {name: sum(row[name] for row in told["items"]) for name in ("offered", "declined", "expired")}
    batches = await _rows(stage, "providers", "/v1/matching-batches")
    uncovered = await _rows(stage, "providers", "/v1/uncovered")
    figures = {name: sum(row[name] for row in batches) for name in ("orders", "assigned", "uncovered")}
    return {
        "派单 offers": sums,
        "统筹派单 batches": {"batches": len(batches), **figures},
        "无人服务 uncovered": _count(uncovered, "reason"),
    }


async def _visits(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    visits = await _rows(stage, "providers", "/v1/visits", month=month.month)
    appointments = await _rows(stage, "providers", "/v1/appointments")
    of_month = [row for row in appointments if row["day"].startswith(month.month)]
    return {
        "上门 visits": {"told": len(visits)},
        "预约 appointments": _count(of_month, "status"),
        "迟报 late reports": _count(await _rows(stage, "providers", "/v1/late-reports"), "status"),
    }


async def _care(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    told = await stage.caller.get("orders", "/v1/contacts/summary", by=BUREAU, month=month.month)
    sums = {name: sum(row[name] for row in told["townships"]) for name in ("due", "done", "overdue", "lapsed")}
    return {
        "走访 monthly contacts": sums,
        "联系方式 contacts": _count(await _rows(stage, "orders", "/v1/contacts"), "way"),
        "照料人 carers": _count(await _rows(stage, "orders", "/v1/carers"), "state"),
        "结对 pairs": _count(await _rows(stage, "orders", "/v1/pairs"), "state"),
    }


async def _late(stage: Stage, month: Month) -> dict[str, Mapping[str, Any]]:
    day = closing_day(month.month).isoformat()
    found = await _rows(stage, "orders", "/v1/coverage", day=day)
    villages = (await stage.caller.get("orders", "/v1/ledgers/sums", by=BUREAU, month=month.month))["items"]
    sums: Counter[str] = Counter()
    for village in villages:
        sums.update({name: figure for name, figure in village.items() if name != "place"})
    return {
        "台账 ledger": sums,
        "遗漏重复 coverage": _count(found, "code"),
        "超期 overdue": _count(await _rows(stage, "orders", "/v1/overdue"), "kind"),
        "超时步骤 steps overdue": _count(await _rows(stage, "orders", "/v1/needs/overdue"), "overdue_step"),
    }


async def _tell_notice(stage: Stage, month: Month) -> None:
    """What one village's board said on the first evening of the month after the notices went up."""
    if not month.cast.everybody:
        return
    village = month.cast.everybody[0].person.village
    path = f"/v1/villages/{village}/notice"
    notice = await stage.caller.get("orders", path, by=BUREAU, day=NOTICE_SHOWN)
    if notice["entries"] or notice["minors"]:
        out.print(f"\n村务公示 notice in {village} on {NOTICE_SHOWN}:")
        out.print(notice["text"])


async def _write_ledger(stage: Stage, month: Month, folder: Path) -> None:
    file = folder / f"ledger-{month.month}.xlsx"
    query: dict[str, str] = {"month": month.month, "format": "xlsx"}
    file.write_bytes(await stage.caller.file("orders", "/v1/ledgers/people", by=BUREAU, **query))
    days = f"{first_day(month.month)} – {first_day(next_month(month.month))}"
    out.print(f"\n村级台账 village ledger of {days} as a file: {file}")
