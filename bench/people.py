"""What the orders service needs before it can be asked: the policy, and people to open orders for."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import httpx2

from bench.ground import COUNTY, PACK
from chassis.auth import issue
from chassis.config import Settings
from services.orders.domain.identity import check_character

TOWNSHIPS = 20
PEOPLE = 200
FINDINGS = {"body_and_mind": 2, "daily_care": 2, "family": 2, "social_support": 2}
ITEMS = ("meal_help", "home_cleaning", "errands", "daily_nursing")


def township(number: int) -> str:
    """The code of one of the county's townships."""
    return f"{COUNTY}{100 + number % TOWNSHIPS}"


def token(settings: Settings) -> str:
    """A token of the bureau."""
    return issue(settings, "bench-bureau", "bureau", COUNTY, hours=8)


async def settle_in(settings: Settings, port: int) -> list[str]:
    """Publish the policy and register people over the API; their ids."""
    headers = {"Authorization": f"Bearer {token(settings)}"}
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
        await _post(client, "/v1/policies", "bench-policy", {"document": PACK.read_text()})
        known = [
            (await _post(client, "/v1/beneficiaries", f"bench-person-{number}", person(number)))["id"]
            for number in range(PEOPLE)
        ]
        for number, one in enumerate(known):
            await _approve(client, settings, number, one)
        return known


async def _approve(client: httpx2.AsyncClient, settings: Settings, number: int, person_id: str) -> None:
    """Every item is approved for the person and posted, as an order asks for it."""
    key = f"bench-need-{number}"
    need = {"person_id": person_id, "items": list(ITEMS), "channel": "village"}
    path = f"/v1/needs/{(await _post(client, '/v1/needs', key, need))['id']}"
    survey = {"village_worker": "bench-village", "aide": "bench-aide", "findings": FINDINGS}
    await _post(client, f"{path}/survey", f"{key}-survey", survey)
    confirming = issue(settings, "bench-township", "township", COUNTY, township=township(number), hours=8)
    own = {"Authorization": f"Bearer {confirming}"}
    await _post(client, f"{path}/confirmation", f"{key}-confirm", None, own)
    assessment = {"items": [{"item": item} for item in ITEMS], "mode": "purchase"}
    assessing = {"Authorization": f"Bearer {issue(settings, 'bench-assessor', 'bureau', COUNTY, hours=8)}"}
    await _post(client, f"{path}/assessment", f"{key}-assess", assessment, assessing)
    [plan] = (await client.get("/v1/plans", params={"person": person_id})).json()["items"]
    notice = {"posted_on": date.today().isoformat()}  # noqa: DTZ011
    await _post(client, f"/v1/plans/{plan['id']}/notice", f"{key}-notice", notice, own)


async def _post(
    client: httpx2.AsyncClient, path: str, key: str, body: dict[str, Any] | None, own: dict[str, str] | None = None
) -> dict[str, Any]:
    headers = {"Idempotency-Key": key, "If-Match": "*", **(own or {})}
    answer = await client.post(path, json=body, headers=headers)
    if answer.status_code not in (200, 201):
        raise RuntimeError(f"{path} answered {answer.status_code}: {answer.text}")
    told: dict[str, Any] = answer.json()
    return told


def person(number: int) -> dict[str, Any]:
    """An invented person with a well-formed identity number."""
    born = date(1940, 1, 1) + timedelta(days=number)
    first = f"{COUNTY}{born:%Y%m%d}{number % 1000:03d}"
    return {
        "name": f"测试{number}",
        "id_number": first + check_character(first),
        "phone": "031900000000",
        "address": f"测试村 {number} 号",
        "born": born.isoformat(),
        "township": township(number),
        "village": f"{township(number)}201",
        "categories": ["destitute_dispersed"],
        "tier": "half",
        "generated": True,
    }


def order_bodies(people: list[str]) -> list[str]:
    """Bodies of POST /v1/orders, one for each person."""
    begins = date.today()  # noqa: DTZ011
    return [
        json.dumps(
            {
                "person_id": one,
                "item": ITEMS[number % len(ITEMS)],
                "units": 1,
                "township": township(number),
                "village": f"{township(number)}201",
                "window_from": begins.isoformat(),
                "window_to": (begins + timedelta(days=14)).isoformat(),
                "remark_code": "bench",
            },
            separators=(",", ":"),
        )
        for number, one in enumerate(people)
    ]
