"""Needs over the REST edge as the tests of their depth play them: registered, surveyed, approved, ordered."""

from __future__ import annotations

from typing import Any

from tests.edge import Edge
from tests.orders.journeys import beneficiary, orders

FINDINGS = {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}
SURVEY = {"village_worker": "village-1", "aide": "aide-1", "findings": FINDINGS}
CLEANING = {"items": [{"item": "home_cleaning", "times_per_month": 4}], "mode": "purchase"}


async def a_person(county: Edge, number: int = 1, **changes: Any) -> str:
    body = beneficiary(county, number, **changes)
    return str((await county.done("/v1/beneficiaries", body, role="village"))["id"])


async def a_need(county: Edge, person: str, **changes: Any) -> dict[str, Any]:
    body = {"person_id": person, "items": ["home_cleaning"], "channel": "village", **changes}
    answer: dict[str, Any] = await county.done("/v1/needs", body, role="village")
    return answer


async def surveyed(county: Edge, person: str, **changes: Any) -> str:
    need = str((await a_need(county, person, **changes))["id"])
    await county.done(f"/v1/needs/{need}/survey", SURVEY, role="village")
    return need


async def approved(county: Edge, person: str) -> tuple[str, str]:
    """An approved need of the person and the plan it went into."""
    need = await surveyed(county, person)
    await county.done(f"/v1/needs/{need}/confirmation", role="township")
    await county.done(f"/v1/needs/{need}/assessment", CLEANING)
    return need, (await county.get(f"/v1/needs/{need}"))["plan"]


async def first_orders(county: Edge, person: str, plan: str) -> list[dict[str, Any]]:
    """An order for the person, opened singly: the plan of an urgent need has not started."""
    body = {
        "person_id": person, "item": "home_cleaning", "township": f"{county.county}100",
        "village": f"{county.county}100201", "window_from": "2024-10-08", "window_to": "2024-10-20",
    }  # fmt: skip
    assert plan
    await county.done("/v1/orders", body)
    return await orders(county, person=person)
