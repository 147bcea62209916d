"""Files of a spot's people, a household, entries of a list, a file that was taken in."""

from __future__ import annotations

import base64
from typing import Any

from services.orders.domain.identity import check_character
from tests.walls.asking import Request
from tests.walls.world.places import Spot, World, holder


def somebody(spot: Spot, sequence: str, born: str = "19380407") -> dict[str, str]:
    """Names and numbers of somebody of the spot who is not registered."""
    first_17 = f"{spot.county}{born}{spot.mark}{sequence}"
    return {
        "name": f"陈{spot.bodies.mark}{spot.mark}第{sequence}",
        "id_number": first_17 + check_character(first_17),
        "born": f"{born[:4]}-{born[4:6]}-{born[6:]}",
    }


def entry(spot: Spot, sequence: str) -> dict[str, Any]:
    """Somebody on the list of the disabled persons' federation."""
    return {
        **somebody(spot, sequence), "township": spot.township, "village": spot.village,
        "kind": "severe_disability", "source": "federation", "risk": "high",
    }  # fmt: skip


def ledger(spot: Spot, sequence: str) -> dict[str, Any]:
    """A ledger of the spot's township with one row."""
    who = somebody(spot, sequence, "19370506")
    rows = "姓名,身份证号码,村代码,类别,自理能力\n"
    rows += f"{who['name']},{who['id_number']},{spot.village},特困人员,半失能\n"
    return {
        "kind": "ledger", "source": "civil_affairs", "format": "csv", "dry_run": False, "township": spot.township,
        "document": base64.b64encode(rows.encode()).decode(),
    }  # fmt: skip


async def keep_files(world: World, spot: Spot) -> None:
    """Everything that people's files, households and lists can be asked about."""
    person, leaving = (f"/v1/beneficiaries/{spot[who]}" for who in ("person", "leaving"))
    named = {"name": f"监护{spot.bodies.mark}{spot.mark}", "relation": "nephew", "from_day": "2024-10-01"}
    spot.texts.add(named["name"])
    for path in (person, leaving):
        await _done(world, spot, f"{path}/guardian", named)
    checked = {"result": "able", "checked_on": "2024-10-18", "reasons": "有能力照料"}
    await _done(world, spot, f"{person}/guardian-check", checked)
    cared = {"unmet": ["bathing"], "assessed_on": "2024-10-18", "assessors": ["surveyor-1", "aide-1"]}
    await _done(world, spot, f"{person}/self-care", cared)
    await _household(world, spot)
    for number, thing in enumerate(("prospect", "prospect_gone"), 1):
        body = entry(spot, f"{number}0")
        spot.texts |= {body["name"], body["id_number"]}
        spot.things[thing] = (await _done(world, spot, "/v1/prospects", body))["id"]
    spot.things["import"] = (await _done(world, spot, "/v1/imports", ledger(spot, "30")))["id"]


async def _household(world: World, spot: Spot) -> None:
    address = f"{spot.bodies.mark}{spot.mark}户巷{spot.mark}号"
    place = {"township": spot.township, "village": spot.village}
    body = {"registered_region": spot.county, **place, "address": address}
    spot.texts.add(address)
    spot.things["household"] = (await _done(world, spot, "/v1/households", body))["id"]
    path = f"/v1/households/{spot['household']}"
    join = {"person_id": spot["leaving"], "relation": "head", "from_day": "2024-10-01"}
    await _done(world, spot, f"{path}/members", join)
    for category in ("destitute", "dibao_marginal"):
        await _done(world, spot, f"{path}/classes", {"category": category, "from_day": "2024-10-01"})


async def _done(world: World, spot: Spot, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = Request(service="orders", method="POST", path=path, body=body)
    answer: dict[str, Any] = await world.done(request, holder("township", spot))
    return answer
