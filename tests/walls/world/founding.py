"""What a county begins with: rules, a map, providers with agreements and workers, charities, claimants, money."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from careloop.demo.marks import credit_code
from tests.walls.asking import Holder, Request
from tests.walls.world.places import Bodies, Spot, World, bureau, holder

PACK = Path(__file__).resolve().parents[3] / "deploy" / "localities" / "130528" / "0001.toml"
POINT = {"lat": 37_620_000, "lon": 114_920_000}
HARD = '[[settlement.fund]]\nid = "work_fund"\nowner = "county"\n'
SOFT = f'{HARD}base = "special_fund"\npercent = "1"\nmode = "soft"\noverride_role = "finance"\n'
CONTACTS = """
[orders.contacts]
record_within_hours = 24
remind_days_before = 5
entrant_days = 15
cite = { paper = "003", section = "part 4 (3)", note = "乡镇日常走访" }

[[orders.contacts.duty]]
when = { categories_any = ["destitute_dispersed"] }
times_per_month = 1
ways = ["home", "phone"]
cite = { paper = "003", section = "part 4 (3)", note = "乡镇日常走访" }
"""
MATCHING = """
[providers.matching]
batch = true
after_minutes = 1440
least_days_left = 100
cite = { paper = "003", section = "part 1", note = "供需精准匹配" }
"""
GRADING = """
[providers.grading]
cite = { paper = "003", section = "part 5 (2)", note = "绩效评价以满意度为重点", parameter = true }
"""
LOVING = """
[orders.loving]
content = "either"
cite = { paper = "001", section = "part (6) item 7", note = "名单转介或逐单形成，由民政局选择", parameter = true }
"""
KEY_SCOPES = ("orders.read", "providers.read", "providers.write", "settlement.read", "feed.read")
CODES = """[providers.visits]
code_tries = 5
cite = { paper = "003", section = "part 2 (5) item 10", note = "确认码次数由县定", parameter = true }

"""
DUTY = "[[providers.visit_duty]]"
FUNDS = ("county_budget", "special_fund", "charity")


def pack_of(county: str) -> str:
    """Ningjin's pack as ``county``'s: a soft cap finance may exceed, room for many claims, a duty, checked codes,
    every township graded by a sheet."""
    text = PACK.read_text(encoding="utf-8").replace("130528", county).replace(HARD, SOFT)
    text = text.replace("townships_percent = 30", "townships_percent = 100")
    return text.replace("quota = 3", "quota = 100").replace(DUTY, CODES + DUTY) + CONTACTS + MATCHING + GRADING + LOVING


def agreement(spots: list[Spot], number: str, item: str) -> dict[str, object]:
    """An agreement for the year from September 2024 on."""
    return {
        "number": number,
        "items": [item],
        "townships": [spot.township for spot in spots],
        "valid_from": "2024-09-01",
        "valid_to": "2025-08-31",
        "monthly_capacity": 1000,
        "tender": f"招标 {number}",
    }


async def publish(world: World) -> None:
    """Every county's rules."""
    for county in sorted({spot.county for spot in world.spots}):
        request = Request(service="orders", method="POST", path="/v1/policies", body={"document": pack_of(county)})
        await world.done(request, bureau(county))


async def found(world: World) -> None:
    """Everything else, county by county side by side."""
    groups: dict[str, list[Spot]] = {}
    for spot in world.spots:
        groups.setdefault(spot.bodies.mark, []).append(spot)
    await asyncio.gather(*(_bodies(world, spots) for spots in groups.values()))


async def _bodies(world: World, spots: list[Spot]) -> None:
    bodies, by = spots[0].bodies, bureau(spots[0].county)
    await _supply(world, bodies, spots, by)
    await _charity(world, bodies, spots[0], by)
    for fund in FUNDS:
        body = {"fund": fund, "year": 2024, "amount_fen": 10_000_000, "document": f"预〔2024〕{bodies.number}号"}
        await world.done(Request(service="settlement", method="POST", path="/v1/allocations", body=body), _finance(by))


async def _supply(world: World, bodies: Bodies, spots: list[Spot], by: Holder) -> None:
    places = [{"code": code, "point": POINT} for spot in spots for code in (spot.township, spot.village)]
    await world.done(Request(service="providers", method="POST", path="/v1/places", body={"places": places}), by)
    name, code = f"安宁家政{bodies.mark}", credit_code("91", bodies.number)
    body = {"name": name, "credit_code": code, "township": spots[0].township, "point": POINT}
    answer = await world.done(Request(service="providers", method="POST", path="/v1/providers", body=body), by)
    bodies.provider = answer["id"]
    number = f"协议{bodies.mark}一"
    path = f"/v1/providers/{bodies.provider}"
    concluded = agreement(spots, number, bodies.item)
    await world.done(Request(service="providers", method="POST", path=f"{path}/agreements", body=concluded), by)
    bodies.texts |= {name, code, number}
    await _keys(world, bodies, spots)
    for spot in spots:
        spot.things["agreement"] = number
        spot.things["tender"] = (await world.done(_tender(spot), by))["id"]
        for thing in ("worker", "leaver"):
            name, phone = f"王{bodies.mark}{spot.mark}{thing}", f"0319-{spot.mark}77{len(thing)}0417"
            body = {"name": name, "phone": phone, "township": spot.township}
            request = Request(service="providers", method="POST", path=f"{path}/workers", body=body)
            spot.things[thing] = (await world.done(request, holder("provider", spot)))["id"]
            spot.texts |= {name, phone}


def _tender(spot: Spot) -> Request:
    """What a township buys itself; whoever is awarded it is told in the matrix."""
    body = {
        "number": f"招标 {spot.name}", "project": "上门服务", "purchaser": spot.township, "day": "2024-10-01",
        "items": ["errands"], "amount_fen": 5_000_000,
    }  # fmt: skip
    return Request(service="providers", method="POST", path="/v1/tenders", body=body)


async def _keys(world: World, bodies: Bodies, spots: list[Spot]) -> None:
    """A key of the provider's system for each thing that can be done to one."""
    for thing in ("key", "key_rotated", "key_revoked"):
        body = {"label": f"{thing} {bodies.mark}", "scopes": [*KEY_SCOPES], "expires_on": "2025-06-30"}
        path = f"/v1/providers/{bodies.provider}/keys"
        request = Request(service="providers", method="POST", path=path, body=body)
        answer = await world.done(request, holder("provider", spots[0]))
        for spot in spots:
            spot.things[thing] = answer["id"]
        bodies.secrets[thing] = answer["secret"]
        bodies.texts |= {f"{thing} {bodies.mark}", answer["secret"]}


async def _charity(world: World, bodies: Bodies, spot: Spot, by: Holder) -> None:
    body = {"name": f"慈善会{bodies.mark}", "credit_code": credit_code("53", bodies.number)}
    answer = await world.done(Request(service="charity", method="POST", path="/v1/charities", body=body), by)
    bodies.charity = answer["id"]
    bodies.claimant = str(uuid5(NAMESPACE_OID, f"claimant {bodies.mark}"))
    name, phone = f"爱心人士{bodies.mark}", f"0319-{bodies.number}550218"
    body = {"kind": "person", "name": name, "phone": phone}
    request = Request(service="charity", method="POST", path="/v1/claimants", body=body)
    await world.done(request, holder("claimant", spot))
    bodies.texts |= {name, phone}


def _finance(by: Holder) -> Holder:
    return Holder(role="finance", subject=f"finance-of-{by.county}", county=by.county)
