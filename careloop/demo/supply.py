"""The supply side: places on the map, providers with agreements and workers, charities, claimants, allocations.

Each is looked up first and made where it is missing, so every run may ask for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from careloop.demo.calendar import next_month
from careloop.demo.caller import BUREAU, FINANCE, Actor, provider
from careloop.demo.preparing import programme_items
from careloop.demo.stage import Stage
from careloop.demo.world import (
    CHARITY_CODE,
    CHARITY_NAME,
    PROVIDERS,
    SECOND_CHARITY_CODE,
    SECOND_CHARITY_NAME,
    TOWNSHIPS,
    Claimant,
    Provider,
    claimants,
    workers_each,
)

AGREEMENT_BEGINS = 9
"""Agreements run from September to August."""
AWARD_FEN = 6_000_00
"""What each provider is awarded a year for every person helped."""
CHARITIES = (
    (CHARITY_NAME, CHARITY_CODE, "charity"), (SECOND_CHARITY_NAME, SECOND_CHARITY_CODE, "charity:2"),
)  # fmt: skip
LEAVE = (date(2024, 11, 6), date(2024, 11, 7))
FUNDS = {"county_budget": 120_00, "work_fund": 1_000_00, "special_fund": 1_000_00, "charity": 300_00}
"""Fen a year for every person helped; the first is too little on purpose, so that the second is drawn on too."""
LEAST_FEN = {"charity": 12_000_00}
"""A month's love orders are as many however few are helped, and this pays a year of them."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A provider as it runs: its token, and its workers by township."""

    id: str
    name: str
    actor: Actor
    workers: dict[str, list[str]]
    away: frozenset[tuple[str, date]] = frozenset()
    """Who is on leave on which day."""


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
            tender = await stage.notes.once(f"tender:{year}", partial(_tender, stage, year))
            await stage.notes.once(f"agreement:{number}:{year}", partial(_agree, stage, one, id, year, tender))
        workers = await _workers(stage, id, number)
        away = await _absent(stage, id, workers) if number == 1 else frozenset()
        sites.append(Site(id=id, name=one.name, actor=provider(id), workers=workers, away=away))
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
    id = str(answer.body["id"])
    licence = {"kind": "business_licence", "number": f"示例证{number}", "valid_from": "2024-01-01"}
    path = f"/v1/providers/{id}/certificates"
    await stage.caller.post("providers", path, licence, by=BUREAU, key=f"licence:{number}")
    return id


def _agreement_year(month: str) -> int:
    year, number = int(month[:4]), int(month[5:])
    return year if number >= AGREEMENT_BEGINS else year - 1


def _items() -> list[str]:
    return sorted({item["item"] for items in programme_items().values() for item in items})


def _number(year: int) -> str:
    return f"示例招标{year}"


async def _tender(stage: Stage, year: int) -> str:
    """What is bought in a year, put out publicly in August."""
    body = {
        "number": _number(year), "project": f"示例上门服务采购{year}", "method": "public_tender",
        "day": date(year, AGREEMENT_BEGINS - 1, 1).isoformat(), "items": _items(),
        "amount_fen": AWARD_FEN * len(PROVIDERS) * stage.people,
    }  # fmt: skip
    return str((await stage.caller.post("providers", "/v1/tenders", body, by=BUREAU, key=f"tender:{year}")).body["id"])


async def _agree(stage: Stage, one: Provider, id: str, year: int, tender: str) -> str:
    """Awarded in August, agreed from September on for a year."""
    amount = AWARD_FEN * stage.people
    awarded = {"provider_id": id, "amount_fen": amount, "day": date(year, AGREEMENT_BEGINS - 1, 20).isoformat()}
    path, key = f"/v1/tenders/{tender}", f"award:{id}:{year}"
    await stage.caller.decide("providers", path, "award", awarded, by=BUREAU, key=key)
    body = {
        "number": agreement_number(year),
        "items": _items(),
        "townships": list(one.townships),
        "valid_from": date(year, AGREEMENT_BEGINS, 1).isoformat(),
        "valid_to": date(year + 1, AGREEMENT_BEGINS - 1, 31).isoformat(),
        "monthly_capacity": 40 * stage.people,
        "tender": _number(year),
        "amount_fen": amount,
    }
    path = f"/v1/providers/{id}/agreements"
    await stage.caller.post("providers", path, body, by=BUREAU, key=f"agreement:{id}:{year}")
    return agreement_number(year)


def agreement_number(year: int) -> str:
    """How an agreement of that year is called."""
    return f"示例协议{year}"


async def _absent(stage: Stage, id: str, workers: dict[str, list[str]]) -> frozenset[tuple[str, date]]:
    """One worker is on leave for two days of the first month: nobody sends this one."""
    worker = await stage.notes.once("absent", partial(_leave, stage, id, workers[TOWNSHIPS[0].code][0]))
    return frozenset((worker, day) for day in LEAVE)


async def _leave(stage: Stage, id: str, worker: str) -> str:
    body = {"from_day": LEAVE[0].isoformat(), "to_day": LEAVE[-1].isoformat(), "reason_code": "leave"}
    path = f"/v1/providers/{id}/workers/{worker}/absences"
    await stage.caller.post("providers", path, body, by=provider(id), key=f"absent:{worker}")
    return worker


async def _workers(stage: Stage, id: str, number: int) -> dict[str, list[str]]:
    """The provider's workers by township, employed where there are too few."""
    actor, each = provider(id), workers_each(stage.people)
    served = PROVIDERS[number - 1].townships
    rows = await stage.caller.rows("providers", "/v1/workers", by=actor)
    if len(rows) < each * len(served):

        async def employ(wanted: tuple[str, int]) -> None:
            township, place = wanted
            told = {"name": f"示例服务员{place}（生成）", "qualifications": ["care_worker"], "township": township}
            body = stage.sealed(told, "name") | {"low_income": place == 1}
            key, path = f"worker:{number}:{township}:{place}", f"/v1/providers/{id}/workers"
            employed = await stage.caller.post("providers", path, body, by=actor, key=key)
            trained = {"course": "home_care", "hours": 16, "day": "2024-09-10", "valid_to": "2026-09-09"}
            path = f"{path}/{employed.body['id']}/trainings"
            await stage.caller.post("providers", path, trained, by=actor, key=f"{key}:trained")

        wanted = [(township, place) for township in served for place in range(1, each + 1)]
        await stage.each(f"服务人员 workers of {PROVIDERS[number - 1].name}", employ, wanted)
        rows = await stage.caller.rows("providers", "/v1/workers", by=actor)
    workers: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["id"])):
        workers.setdefault(row["township"], []).append(row["id"])
    return workers


async def charities(stage: Stage) -> tuple[Actor, Actor]:
    """The tokens of both charities, and the claimants registered."""
    first, second = [await _charity(stage, *one) for one in CHARITIES]

    async def join(one: tuple[int, Claimant]) -> None:
        number, joining = one
        told = {"kind": joining.kind, "name": joining.name, "phone": f"000-{number:08}"}
        body = stage.sealed(told, *(("name", "phone") if joining.kind == "person" else ("phone",)))
        taken = ("claimant.registered_already",)
        by = claimant(str(joining.id))
        await stage.caller.post("charity", "/v1/claimants", body, by=by, key=f"claimant:{number}", expected=taken)

    everybody = list(enumerate(claimants(stage.people), 1))
    await stage.each("爱心人士、企业 claimants", join, everybody, passing=True)
    return first, second


async def _charity(stage: Stage, name: str, credit_code: str, key: str) -> Actor:
    rows: list[dict[str, Any]] = await stage.caller.rows("charity", "/v1/charities", by=BUREAU)
    known = {row["credit_code"]: row["id"] for row in rows}
    id = known.get(credit_code)
    if id is None:
        body = {"name": name, "credit_code": credit_code}
        id = (await stage.caller.post("charity", "/v1/charities", body, by=BUREAU, key=key)).body["id"]
    return charity_of(id)


def charity_of(owner: str) -> Actor:
    """A charity's token."""
    return Actor(role="charity", subject=f"demo-charity-{owner[:8]}", owner=owner)


def claimant(owner: str) -> Actor:
    """A claimant's token."""
    return Actor(role="claimant", subject=f"demo-claimant-{owner[:8]}", owner=owner)


async def allocate(stage: Stage, year: int) -> None:
    """The fiscal year's allocations, the same for every run of the year; a folder begun earlier keeps what it has."""
    for fund, fen in FUNDS.items():
        amount = max(fen * stage.people, LEAST_FEN.get(fund, 0))
        document = f"示例预算〔{year}〕1号（生成）"
        body = {"fund": fund, "year": year, "amount_fen": amount, "document": document}
        key, told = f"allocation:{year}:{fund}", ("fund.document_taken",)
        await stage.caller.post("settlement", "/v1/allocations", body, by=FINANCE, key=key, expected=told)
