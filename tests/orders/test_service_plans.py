"""Plans as the service runs: months opened, counted, told again, sealed."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

from contracts import providers, settlement
from tests.edge import Edge
from tests.orders.examples import PROVIDER, at
from tests.orders.journeys import approved, found, orders, running_plan, visited


async def test_a_plan_opens_its_orders_when_its_month_begins(county: Edge):
    person, plan = await running_plan(county)
    assert await orders(county, plan_id=plan) == []
    await county.pass_time(at("2024-10-01", "00:00"))
    october = await orders(county, plan_id=plan)
    assert [order["window_from"] for order in october] == ["2024-10-01", "2024-10-08", "2024-10-15", "2024-10-22"]
    assert {order["person"] for order in october} == {person}
    assert len(await county.told("orders.order_opened.v1")) == 4


async def test_a_plan_begun_late_catches_up_month_by_month(county: Edge):
    _, plan = await running_plan(county, from_day="2024-08-01")
    await county.pass_time(at("2024-10-02"))
    assert len(await orders(county, plan_id=plan)) == 12
    assert (await county.get(f"/v1/plans/{plan}"))["opened"] == "2024-10"


async def test_a_match_assigns_the_provider_and_tells_the_month(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")))
    [month] = await county.told("orders.bundle_month.v1")
    fact = month["fact"]
    assert (fact["person"], fact["payee"], fact["purchaser"]) == (person, str(PROVIDER), county.county)
    spans = [(days["from"], days["to"], days["age"], days["assigned"]) for days in fact["days"]]
    assert spans == [
        ("2024-10-01", "2024-10-01", 83, False),
        ("2024-10-02", "2024-10-15", 83, True),
        ("2024-10-16", "2024-10-31", 84, True),
    ]
    assert fact["required"]["meal_help"] == 0


async def test_a_status_change_tells_the_month_again(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-01")))
    await county.done(f"/v1/beneficiaries/{person}/status", {"tier": "full", "from_day": "2024-10-21"})
    months = await county.told("orders.bundle_month.v1")
    assert [days["tier"] for days in months[-1]["fact"]["days"]] == ["half", "half", "full"]


async def test_a_death_ends_the_month_and_cancels_what_is_open(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-01")), visited(first, PROVIDER, "2024-10-03"))
    await county.pass_time(at("2024-10-09"))
    await county.done(f"/v1/beneficiaries/{person}/death", {"day": "2024-10-09"})
    months = await county.told("orders.bundle_month.v1")
    assert months[-1]["fact"]["days"][-1]["to"] == "2024-10-09"
    states = [order["state"] for order in await orders(county, plan_id=plan)]
    assert states == ["completed", "cancelled", "cancelled", "cancelled"]
    await county.pass_time(at("2024-11-02"))
    assert len(await orders(county, plan_id=plan)) == 4


async def test_a_hospital_stay_is_told(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-01")))
    stay = {"admitted": "2024-10-05", "discharged": "2024-10-09"}
    await county.done(f"/v1/beneficiaries/{person}/hospital-stays", stay, role="village")
    days = (await county.told("orders.bundle_month.v1"))[-1]["fact"]["days"]
    assert [(one["from"], one["to"]) for one in days if one.get("hospital")] == [("2024-10-05", "2024-10-08")]


async def test_a_further_need_widens_the_plan_from_the_next_month_once_it_hangs(county: Edge):
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    await approved(county, person, items=[{"item": "errands"}])
    await county.pass_time(at("2024-11-01", "00:00"))
    assert (await county.get(f"/v1/plans?person={person}"))["items"][0]["id"] == plan
    items = [order["item"] for order in await orders(county, plan_id=plan)]
    assert items == ["home_cleaning"] * 8
    await county.done(f"/v1/plans/{plan}/notice", {"posted_on": "2024-11-01"}, role="township")
    items = sorted(order["item"] for order in await orders(county, plan_id=plan))
    assert items == ["errands", *["home_cleaning"] * 8]


async def test_the_month_is_sealed_when_settlement_asks(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear(
        "providers", found(first, PROVIDER, at("2024-10-02")), visited(first, PROVIDER, "2024-10-03", exceptions=(
            providers.VisitException(code="photo_reused", colour="red"),
        )),
    )  # fmt: skip
    await county.pass_time(at("2024-11-05"))
    asked = settlement.MonthCloseRequested(at=at("2024-11-05"), month="2024-10")
    await county.hear("settlement", asked, asked)
    [sealed] = await county.told("orders.month_sealed.v1")
    assert (sealed["month"], sealed["waiting"], sealed["fact"]) == ("2024-10", 1, {"kind": "seal", "month": "2024-10"})


async def test_the_month_is_not_sealed_while_a_message_is_parked(county: Edge):
    database = county.running.database
    await database.execute(
        "insert into parked values ($1, 'providers', 9, $2, 'x.y.v1', $2, '', now(), 'test', 1, now())",
        county.county,
        uuid4(),
    )
    asked = settlement.MonthCloseRequested(at=at("2024-11-05"), month="2024-10")
    await county.hear("settlement", asked)
    assert await county.told("orders.month_sealed.v1") == []
    await database.execute("delete from parked where county = $1", county.county)
    await county.pass_time(at("2024-11-05") + timedelta(seconds=30))
    assert len(await county.told("orders.month_sealed.v1")) == 1


async def test_a_plan_the_agenda_has_not_reached_is_counted_before_the_seal(county: Edge):
    _, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    first, *_ = await orders(county, plan_id=plan)
    await county.hear("providers", found(first, PROVIDER, at("2024-10-02")))
    asked = settlement.MonthCloseRequested(at=at("2024-12-05"), month="2024-11")
    await county.hear("settlement", asked)
    assert [month["fact"]["month"] for month in await county.told("orders.bundle_month.v1")] == ["2024-10", "2024-11"]
    assert len(await county.told("orders.month_sealed.v1")) == 1


async def test_every_read_model_row_can_be_rebuilt_from_its_stream(county: Edge):
    await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:00"))
    rebuilt = set()
    service, database = county.running.service, county.running.database
    for view in service.views:
        if view.category == "orders.policy":
            continue
        for row in await database.fetch(f"select * from {view.table} where county = $1", county.county):
            stored = await database.fetch(
                "select topic, state from events where county = $1 and originator_id = $2 order by originator_version",
                county.county,
                row[view.key],
            )
            events = [county.running.codec.decode(event["topic"], event["state"]) for event in stored]
            built = view.row(row[view.key], service.decider(view.category).fold(events))
            assert built is not None
            for name, kind in view.columns.items():
                read = json.loads if kind == "jsonb" else lambda value: value
                assert read(built[name]) == read(row[name]), name
            rebuilt.add(view.table)
    assert rebuilt == {"beneficiaries", "person_files", "needs", "plans", "orders"}
