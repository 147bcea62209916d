"""What the demonstration tells at its end: the statements, one line explained, a match explained, the claims, rates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from careloop.demo.caller import BUREAU
from careloop.demo.marks import COUNTY
from careloop.demo.playing import Month
from careloop.demo.settling import statements
from careloop.demo.stage import Stage
from careloop.demo.supply import CHARITIES
from careloop.demo.world import claimants
from careloop.output import out, yuan
from careloop.pages import own_pages
from chassis.config import Settings
from services.declared import declared

CITES_MAX = 3
PARTS = (
    ("groups", "rule", "规则"),
    ("deductions", "rule", "扣减"),
    ("corrections", "month", "更正"),
    ("draws", "fund", "资金"),
)
"""Parts of a statement, what each is summed by, and what it is called: rule, deduction, correction, fund."""
COLUMNS = "收款方 payee, 规则 rule, 扣减 deducted, 更正 corrected, 资金 fund, 行 lines, 应付 payable, 状态 state"


async def tell_month(stage: Stage, month: Month) -> None:
    """Everything about the month that was played."""
    names = {site.id: site.name for site in month.sites} | {str(one.id): one.name for one in claimants(stage.people)}
    wholes = [
        await stage.caller.get("settlement", f"/v1/statements/{row['id']}", by=BUREAU)
        for row in await statements(stage.caller, month.month)
    ]
    _tell_statements(month.month, wholes, names)
    await _tell_why(stage, wholes, names)
    await _tell_match(stage, month, names)
    _tell_claims(month)
    await _tell_lists(month)
    _tell_desk(month)
    for name, line in month.checking.verified:
        out.print(Text(f"\n抽查复核 draw made again by {name}: {line}"))


def _tell_statements(month: str, wholes: list[dict[str, Any]], names: Mapping[str, str]) -> None:
    table = Table(title=f"{month} 结算单 statements (元 yuan)", title_justify="left")
    table.add_column("收款方", overflow="fold")
    table.add_column("合计", overflow="fold", min_width=33)
    table.add_column("行", justify="right")
    table.add_column("应付", justify="right", no_wrap=True)
    table.add_column("状态", no_wrap=True)
    for whole in wholes:
        totals = [line for part, by, name in PARTS for line in _totals(whole[part], by, name)]
        payee = names.get(whole["payee"], whole["payee"])
        payable = yuan(whole["payable_fen"])
        table.add_row(payee, "\n".join(totals), str(len(whole["lines"])), payable, whole["status"], end_section=True)
    out.print(table)
    out.print(COLUMNS)
    out.print(f"应付合计 payable in all: {yuan(sum(whole['payable_fen'] for whole in wholes))} 元")


def _totals(rows: list[dict[str, Any]], by: str, name: str) -> list[str]:
    """One line for each rule, month or fund that comes to something."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row[by]] = sums.get(row[by], 0) + row["fen"]
    return [f"{name} {key} {yuan(fen)}" for key, fen in sums.items() if fen]


async def _tell_why(stage: Stage, wholes: list[dict[str, Any]], names: Mapping[str, str]) -> None:
    """The dearest line of all: which rule, which paper, which days, which services."""
    lines = [
        (line["fen"], whole["payee"], f"/v1/statements/{whole['id']}/lines/{number}/why")
        for whole in wholes
        for number, line in enumerate(whole["lines"], 1)
    ]
    if not lines:
        return
    fen, payee, path = max(lines)
    why = await stage.caller.get("settlement", path, by=BUREAU)
    out.print(f"\n为什么是这一元 why this yuan: {yuan(fen)} 元 → {names.get(payee, payee)}, rule {why['rule']}")
    for cited in why["cites"][:CITES_MAX]:
        out.print(f"  依据 paper: {_cited(cited['cite'])}（{cited['version']}）")
    for day in why["days"]:
        rate = yuan(day["rate_fen"])
        out.print(f"  日期 days: {day['first']} – {day['last']}, {rate} 元 a month by {day['version']}")
    for item in why["items"]:
        counted = f"{item['counted']} of {item['required']} required, {item['counted_for_payee']} by this payee"
        out.print(f"  项目 item {item['item']}: {counted}")
    out.print(f"  依据的事实 facts: {len(why['facts'])} events, the first {why['facts'][0] if why['facts'] else '–'}")


def _cited(cite: object) -> str:
    """A pack's ``cite`` is a table or a text."""
    if isinstance(cite, str) and cite.startswith("{"):
        cite = json.loads(cite)
    if isinstance(cite, dict):
        return f"paper {cite['paper']}, {cite['section']}: {cite.get('note', '')}"
    return str(cite)


async def _tell_match(stage: Stage, month: Month, names: Mapping[str, str]) -> None:
    """One matching with every candidate: who was chosen, and why the others were not."""
    if not month.visiting.example:
        return
    found = await stage.caller.get("providers", f"/v1/matchings/{month.visiting.example}", by=BUREAU)
    out.print("\n为什么是这家机构 why this provider:")
    for one in found["considered"]:
        place = f"第{one['rank']} " if one["rank"] else "不合适 "
        reason = one["reason_code"] or "chosen"
        out.print(f"  {place}{names.get(one['provider'], one['provider'])}: {one['minutes']} min, {reason}")


def _tell_claims(month: Month) -> None:
    for race in month.giving.races:
        held = [name for name, standing in race.claims.items() if standing == "held"]
        told = ", ".join(f"{name} {standing}" for name, standing in race.claims.items())
        lost = f"; the others were told at once: first {race.first}" if race.first else ""
        out.print(
            f"\n爱心订单 love order {race.item}, {race.places} to claim:"
            f" {len(race.claims)} claimed at once, {len(held)} won ({told}){lost}"
        )


async def _tell_lists(month: Month) -> None:
    """What each charity decided about those whom the bureau referred to it."""
    for charity, whole in zip(CHARITIES, await month.listing.lists(), strict=False):
        entries = whole["entries"]
        given = [one["item"] for one in entries if one["standing"] == "decided"]
        back = [one["reason_code"] for one in entries if one["standing"] == "sent_back"]
        out.print(
            f"\n转介名单 list referred to {charity[0]}: {len(entries)} listed, to decide by {whole['decide_by']},"
            f" {whole['state']}; given {', '.join(given) or '–'}; sent back {', '.join(back) or '–'}"
        )


def _tell_desk(month: Month) -> None:
    desk = month.verifying
    out.print(
        f"\n验收 verification: {month.reporting.reported} visits told, {desk.accepted} accepted by a person,"
        f" {desk.rejected} rejected, {desk.returned} sent back, the rest accept themselves after seven days"
    )
    for order_id, reason in desk.examples[:CITES_MAX]:
        out.print(f"  rejected {order_id}: {reason}")


def tell_rates(requests: int, events: int, public: int, seconds: float) -> None:
    """How much went through in this run."""
    out.print(
        f"\n{requests:,} requests, {events:,} events, {public:,} of them told to others, in {seconds:.1f} s:"
        f" {requests / seconds:,.0f} requests/s, {events / seconds:,.0f} events/s"
    )


def tell_addresses(settings: Settings, stays: bool) -> None:
    """Where everything is, and how to get a token."""
    out.print("\n地址 addresses" + ("" if stays else " (while it runs: --stay, or `careloop up`)"))
    for service in declared():
        address = settings.address(service.name, service.port)
        out.print(f"  {service.name:<11} {address}   {service.title}   {address}/openapi.json")
    if settings.console_port:
        out.print(f"  {'console':<11} {own_pages(settings)}/{COUNTY}   网页 pages: rate a visit, check a certificate")
    out.print(f"  data        {settings.data}")
    out.print(f"  a token:    careloop token bureau --county {COUNTY}")
