"""What stands against a completion, as the service runs: mended, or found out when the days are over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from contracts import providers
from tests.edge import Edge
from tests.orders.conftest import pack_of
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import found, orders, running_plan, visited

SECTION = """
[providers.exceptions]
hospital_items = ["attendance"]
cite = { paper = "003", section = "part 2 (5) item 10", note = "县定参数", parameter = true }
"""


async def _judged(county: Edge) -> str:
    """The county judges exceptions; the person of a plan that runs."""
    pack = pack_of(county.county).replace(f"{county.county}/0001", f"{county.county}/0003") + SECTION
    await county.done("/v1/policies", {"document": pack})
    person, _ = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    return person


async def _served(county: Edge, *exceptions: providers.VisitException) -> providers.VisitCompleted:
    first, *_ = await orders(county)
    visit = visited(first, PROVIDER, "2024-10-03", exceptions=exceptions)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")), visit)
    return visit


def _noticed(visit: providers.VisitCompleted, *exceptions: providers.VisitException) -> providers.VisitNoticed:
    return providers.VisitNoticed(
        at=at("2024-10-08", "09:00"),
        visit_id=visit.visit_id,
        order_id=visit.order_id,
        provider=visit.provider,
        exceptions=exceptions,
    )


async def _row(county: Edge, order: UUID) -> Any:
    [row] = await county.running.database.fetch(
        "select state, red, grey, exceptions::text as exceptions from orders where county = $1 and id = $2",
        county.county,
        order,
    )
    return row


async def test_what_was_red_and_is_mended_is_accepted_by_itself_after_its_days(county: Edge):
    await _judged(county)
    red = providers.VisitException(code="photo_reused", colour="red")
    grey = providers.VisitException(code="code_missing", colour="amber", platform=True)
    visit = await _served(county, red, grey)
    await county.pass_time(at("2024-10-08", "09:00"))
    await county.hear("providers", _noticed(visit, grey))
    row = await _row(county, visit.order_id)
    assert (row["red"], row["grey"], row["exceptions"]) == (
        False, True, '[{"code": "code_missing", "colour": "grey"}]',
    )  # fmt: skip
    await county.pass_time(at("2024-10-15", "08:59"))
    assert await county.told("orders.order_verified.v1") == []
    await county.pass_time(at("2024-10-15", "09:00"))
    [verified] = await county.told("orders.order_verified.v1")
    assert verified["how"] == "unsampled"


async def test_a_stay_in_hospital_recorded_late_keeps_a_visit_from_being_accepted_by_itself(county: Edge):
    person = await _judged(county)
    visit = await _served(county)
    stay = {"admitted": "2024-10-02", "discharged": "2024-10-07"}
    await county.done(f"/v1/beneficiaries/{person}/hospital-stays", stay, "township")
    await county.pass_time(at("2024-10-10", "11:00"))
    assert await county.told("orders.order_verified.v1") == []
    row = await _row(county, visit.order_id)
    assert (row["state"], row["red"]) == ("completed", True)
    assert row["exceptions"] == '[{"code": "in_hospital", "colour": "red"}]'
    path = f"/v1/orders/{visit.order_id}/verification"
    assert (await county.done(path, {"result": "accepted"}, "bureau:verifier"))["state"] == "accepted"


async def test_a_visit_after_the_persons_death_waits_for_a_person(county: Edge):
    person = await _judged(county)
    await county.done(f"/v1/beneficiaries/{person}/death", {"day": "2024-10-01"}, "township")
    visit = await _served(county)
    assert '"person_died"' in (await _row(county, visit.order_id))["exceptions"]
