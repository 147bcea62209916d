"""The supply side: places on the map, providers with agreements and workers, a charity, claimants, allocations.

Each is looked up first and made where it is missing, so every run may ask for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from careloop.demo.calendar import next_month
from careloop.demo.caller import BUREAU, FINANCE, Actor, provider
from careloop.demo.preparing import programme_items
from careloop.demo.stage import Stage
from careloop.demo.world import CHARITY_CODE, CHARITY_NAME, CLAIMANTS, PROVIDERS, TOWNSHIPS, Provider, workers_each

AGREEMENT_BEGINS = 9
"""Agreements run from September to August."""
FUNDS = {"county_budget": 120_00, "work_fund": 1_000_00, "special_fund": 1_000_00, "charity": 300_00}
"""Fen a year for every person helped; the first is too little on purpose, so that the second is drawn on too."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A provider as it runs: its token, and its workers by township."""

    id: str
    name: str
    actor: Actor
    workers: dict[str, list[str]]


async def places(stage: Stage) -> None:
    """Put the generated townships and villages on the map."""
    points = [place for township in TOWNSHIPS for place in (township, *township.villages)]
    body = {"places": [{"code": place.code, "point": place.point.body()} for place in points]}
    await stage.caller.post("providers", "/v1/places", body, by=BUREAU, key="places")


async def providers(stage: Stage, month: str) -> tuple[Site, ...]:
    """All providers with agreements for ``month`` and the one after it."""
    known = {row["credit_code"]: row["id"] for row in await stage.caller.rows("providers", "/v1/providers", by=BUREAU)}
    sites = []
    for number, one in enumerate(PROVIDERS, 1):
        id = known.get(one.credit_code) or await _register(stage, one, number)
        for year in sorted({_agreement_year(month), _agreement_year(next_month(month))}):
            await _agree(stage, one, id, year)
        sites.append(Site(id=id, name=one.name, actor=provider(id), workers=await _workers(stage, id, number)))
    return tuple(sites)


async def _register(stage: Stage, one: Provider, number: int) -> str:
    body = {
        "name": one.name,
        "credit_code": one.credit_code,
        "kind": one.kind,
        "township": TOWNSHIPS[0].code,
        "point": one.point.body(),
    }
    answer = await stage.caller.post("providers", "/v1/providers", body, by=BUREAU, key=f"provider:{number}")
    return str(answer.body["id"])


def _agreement_year(month: str) -> int:
    year, number = int(month[:4]), int(month[5:])
    return year if number >= AGREEMENT_BEGINS else year - 1


async def _agree(stage: Stage, one: Provider, id: str, year: int) -> None:
    items = sorted({item["item"] for items in programme_items().values() for item in items})
    body = {
        "number": f"示例协议{year}",
        "items": items,
        "townships": list(one.townships),
        "valid_from": date(year, AGREEMENT_BEGINS, 1).isoformat(),
        "valid_to": date(year + 1, AGREEMENT_BEGINS - 1, 31).isoformat(),
        "monthly_capacity": 40 * stage.people,
        "tender": f"示例招标{year}",
    }
    path = f"/v1/providers/{id}/agreements"
    await stage.caller.post("providers", path, body, by=BUREAU, key=f"agreement:{id}:{year}")


async def _workers(stage: Stage, id: str, number: int) -> dict[str, list[str]]:
    """The provider's workers by township, employed where there are too few."""
    actor, each = provider(id), workers_each(stage.people)
    rows = await stage.caller.rows("providers", "/v1/workers", by=actor)
    if len(rows) < each * len(TOWNSHIPS):

        async def employ(wanted: tuple[str, int]) -> None:
            township, place = wanted
            told = {"name": f"示例服务员{place}（生成）", "qualifications": ["care"], "township": township}
            body = stage.sealed(told, "name")
            key = f"worker:{number}:{township}:{place}"
            await stage.caller.post("providers", f"/v1/providers/{id}/workers", body, by=actor, key=key)

        wanted = [(township.code, place) for township in TOWNSHIPS for place in range(1, each + 1)]
        await stage.each(f"服务人员 workers of {PROVIDERS[number - 1].name}", employ, wanted)
        rows = await stage.caller.rows("providers", "/v1/workers", by=actor)
    workers: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["id"])):
        workers.setdefault(row["township"], []).append(row["id"])
    return workers


async def charity(stage: Stage) -> Actor:
    """The charity's token, and the claimants registered."""
    rows: list[dict[str, Any]] = await stage.caller.rows("charity", "/v1/charities", by=BUREAU)
    known = {row["credit_code"]: row["id"] for row in rows}
    id = known.get(CHARITY_CODE)
    if id is None:
        body = {"name": CHARITY_NAME, "credit_code": CHARITY_CODE}
        id = (await stage.caller.post("charity", "/v1/charities", body, by=BUREAU, key="charity")).body["id"]
    for number, one in enumerate(CLAIMANTS, 1):
        told = {"kind": one.kind, "name": one.name, "phone": f"000-{number:08}"}
        body = stage.sealed(told, "name", "phone")
        taken = ("claimant.registered_already",)
        by = claimant(str(one.id))
        await stage.caller.post("charity", "/v1/claimants", body, by=by, key=f"claimant:{number}", expected=taken)
    return Actor(role="charity", subject="demo-charity", owner=id)


def claimant(owner: str) -> Actor:
    """A claimant's token."""
    return Actor(role="claimant", subject=f"demo-claimant-{owner[:8]}", owner=owner)


async def allocate(stage: Stage, year: int) -> None:
    """The fiscal year's allocations, the same for every run of the year."""
    for fund, fen in FUNDS.items():
        document = f"示例预算〔{year}〕1号（生成）"
        body = {"fund": fund, "year": year, "amount_fen": fen * stage.people, "document": document}
        await stage.caller.post("settlement", "/v1/allocations", body, by=FINANCE, key=f"allocation:{year}:{fund}")
