"""Ways through the running service that several tests go: to an approved need, a running plan, a love order."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from contracts import providers
from services.orders.domain.identity import check_character
from tests.edge import Edge
from tests.orders.examples import CHARITY, at, day

WORKER = uuid4()


def beneficiary(county: Edge, number: int = 1, **changes: Any) -> dict[str, Any]:
    """A person of 84, partly unable, in dispersed care."""
    first_17 = f"{county.county}19401016{number:03}"
    return {
        "name": "赵某",
        "id_number": first_17 + check_character(first_17),
        "phone": "13800000000",
        "born": "1940-10-16",
        "township": f"{county.county}100",
        "village": f"{county.county}100201",
        "categories": ["destitute_dispersed"],
        "tier": "half",
        "generated": True,
        **changes,
    }


async def registered(county: Edge, number: int = 1) -> str:
    """The id of a registered person."""
    answer = await county.done("/v1/beneficiaries", beneficiary(county, number), role="village")
    return str(answer["id"])


async def approved(county: Edge, person: str, **changes: Any) -> dict[str, Any]:
    """A need of the person, approved by all."""
    body = {"person_id": person, "items": ["home_cleaning"], "channel": "village"}
    need = (await county.done("/v1/needs", body, role="village"))["id"]
    scores = {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}
    survey = {"village_worker": "village-1", "aide": "aide-1", "findings": scores}
    await county.done(f"/v1/needs/{need}/survey", survey, role="township")
    await county.done(f"/v1/needs/{need}/confirmation", role="township")
    items = [{"item": "home_cleaning", "times_per_month": 4}]
    assessment = {"items": items, "mode": "purchase", **changes}
    answer: dict[str, Any] = await county.done(f"/v1/needs/{need}/assessment", assessment)
    return answer


async def running_plan(county: Edge, from_day: str = "2024-10-01") -> tuple[str, str]:
    """A person and the plan that runs for them."""
    person = await registered(county)
    plan = (await approved(county, person))["plan_id"]
    await county.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-09-19"}, role="township")
    await county.done(f"/v1/plans/{plan}/start", {"from_day": from_day})
    return person, plan


async def orders(county: Edge, **filters: Any) -> list[dict[str, Any]]:
    """Orders by their windows."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    page = await county.get(f"/v1/orders?{query}")
    return sorted(page["items"], key=lambda row: (row["window_from"], row["id"]))


def found(order: dict[str, Any], provider: UUID, instant: Any) -> providers.ProviderFound:
    """A provider accepts the order."""
    return providers.ProviderFound(at=instant, order_id=UUID(order["id"]), provider=provider, agreement="N1", why=())


def visited(order: dict[str, Any], provider: UUID, on: str, **changes: Any) -> providers.VisitCompleted:
    """A visit of an hour at nine."""
    values: dict[str, Any] = {
        "at": at(on, "11:00"), "visit_id": uuid4(), "order_id": UUID(order["id"]), "provider": provider,
        "worker": WORKER, "item": order["item"], "units": 1, "day": day(on), "time": "09:00",
        "started_at": at(on, "09:00"), "ended_at": at(on, "10:00"), "minutes": 60, "reported_by": "provider-1",
        **changes,
    }  # fmt: skip
    return providers.VisitCompleted(**values)


async def love_order(county: Edge, **changes: Any) -> dict[str, Any]:
    """A love order formed from an approved need."""
    person = await registered(county)
    need = await approved(county, person, mode="charity", items=[{"item": "home_cleaning"}], **changes)
    body = {
        "need_id": need["id"], "item": "home_cleaning", "charity_id": str(CHARITY),
        "expires_at": "2024-10-16T10:00:00+08:00", **changes,
    }  # fmt: skip
    answer: dict[str, Any] = await county.done("/v1/love-orders", body)
    return answer
