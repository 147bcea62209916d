"""Ledgers and queries as the service answers them: what was done stands in every one of them, and they agree."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from contracts import charity
from services.orders.domain.waiting import KINDS
from services.orders.views.ledgers import histories, waiting
from tests.edge import Edge
from tests.orders.examples import CLAIMANT, OTHER_PROVIDER, PROVIDER, at
from tests.orders.journeys import approved, beneficiary, found, love_order, orders, registered, running_plan, visited

OCTOBER = "2024-10"


async def served_october(county: Edge) -> tuple[str, str]:
    """A person whose cleaning of October was taken, and done and accepted once."""
    person, plan = await running_plan(county)
    await county.pass_time(at("2024-10-01", "00:10"))
    opened = await orders(county, person=person)
    await county.hear("providers", *(found(order, PROVIDER, at("2024-10-02")) for order in opened))
    await county.hear("providers", visited(opened[0], PROVIDER, "2024-10-03"))
    county.running.clock.move(at("2024-10-04"))
    await county.done(f"/v1/orders/{opened[0]['id']}/verification", {"result": "accepted"}, "bureau:verifier")
    return person, plan


async def line(county: Edge, person: str) -> dict[str, Any]:
    page = await county.get(f"/v1/ledgers/people?month={OCTOBER}")
    (row,) = [row for row in page["items"] if row["id"] == person]
    return dict(row)


async def test_the_village_ledger_shows_the_month_of_a_person(county: Edge) -> None:
    person, plan = await served_october(county)
    row = await line(county, person)
    assert row["plan_id"] == plan
    assert (row["tier"], row["categories"], row["provider"]) == ("half", ["destitute_dispersed"], str(PROVIDER))
    assert (row["needs"], row["open_needs"], row["notice_on"]) == (1, 0, "2024-09-19")
    assert (row["asked"], row["served"], row["verified"], row["accepted"], row["units"]) == (4, 1, 1, 1, 1)
    assert row["items"] == [{"item": "home_cleaning", "times_per_month": 4, "units": 1}]


async def test_the_township_ledger_is_the_sum_of_its_people(county: Edge) -> None:
    await served_october(county)
    await registered(county, number=2)
    for by in ("village", "township", "county"):
        (total,) = (await county.get(f"/v1/ledgers/sums?month={OCTOBER}&by={by}"))["items"]
        people = (await county.get(f"/v1/ledgers/people?month={OCTOBER}"))["items"]
        assert total["people"] == len(people) == 2
        assert (total["people_with_need"], total["people_with_plan"], total["people_with_notice"]) == (1, 1, 1)
        for column in ("asked", "served", "verified", "accepted", "units"):
            assert total[column] == sum(row[column] for row in people)


async def test_a_file_has_the_ledger_with_masked_names_and_each_name_is_logged(county: Edge) -> None:
    person = await registered(county)
    village = f"{county.county}100201"
    query = f"month={OCTOBER}&village={village}&purpose=village-ledger&format=csv"
    answer = await county.client.get(f"/v1/ledgers/people/named?{query}", headers=county.headers("village", ""))
    titles, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row[titles.index("姓名 Name")] == "赵**"
    assert "赵某" not in answer.text
    reads = await county.running.database.fetch("select * from vault_reads where county = $1", county.county)
    assert [(read["person"], read["purpose"], read["role"]) for read in reads] == [
        (UUID(person), "village-ledger", "village")
    ]


async def test_the_history_tells_every_step_in_order_and_nothing_sealed(county: Edge) -> None:
    person, _ = await served_october(county)
    told: list[dict[str, Any]] = []
    after = ""
    while after is not None:
        page = await county.get(f"/v1/beneficiaries/{person}/history?limit=7" + (f"&after={after}" if after else ""))
        told, after = told + page["items"], page["next"]
    assert [step["position"] for step in told] == sorted({step["position"] for step in told})
    names = [(step["thing"], step["event"]) for step in told]
    assert names[0] == ("beneficiary", "registered")
    for step in [("need", "surveyed"), ("plan", "started"), ("order", "matched"), ("order", "accepted")]:
        assert step in names
    surveyed = told[names.index(("need", "surveyed"))]
    assert (surveyed["role"], surveyed["facts"]) == ("township", {"form": "home"})
    assert "village-1" not in str(told)


async def test_a_contact_and_what_could_not_be_bought_stand_in_the_history_and_then_in_what_is_overdue(
    county: Edge,
) -> None:
    person = await registered(county)
    body = {
        "person_id": person, "way": "home", "captured_at": "2024-09-20T09:00:00+08:00",
        "notes": "邻居王二说她夜里咳嗽", "goods": [{"goods": "rice", "quantity": 1, "bought": False}],
    }  # fmt: skip
    await county.done("/v1/contacts", body, role="village")
    told = (await county.get(f"/v1/beneficiaries/{person}/history"))["items"]
    assert {(step["thing"], step["event"]) for step in told} >= {("contact", "recorded"), ("errand", "missing")}
    assert "王二" not in str(told)
    county.running.clock.move(at("2024-12-20"))
    (row,) = (await county.get("/v1/overdue?kind=goods_missing"))["items"]
    assert (row["person"], row["turn"]) == (person, "township")


async def test_who_had_what(county: Edge) -> None:
    person, _ = await served_october(county)
    path = f"/v1/beneficiaries/{person}/services?from_day=2024-10-01&to_day=2024-10-31"
    (row,) = (await county.get(path))["items"]
    assert row == {
        "item": "home_cleaning", "kind": "purchase", "provider": str(PROVIDER), "asked": 4, "served": 1, "accepted": 1,
        "turned_down": 0, "units": 1, "last_on": "2024-10-03",
    }  # fmt: skip
    assert (await county.get(path.replace("2024", "2023")))["items"] == []


async def test_the_hot_line_tells_where_a_case_stands_by_its_service_number(county: Edge) -> None:
    person = await registered(county)
    number = (await county.get(f"/v1/beneficiaries/{person}"))["service_number"]
    body = {"person_id": person, "items": ["home_cleaning"], "channel": "village"}
    await county.done("/v1/needs", body, role="village")
    told = await county.get(f"/v1/status?service_number={number}", role="hotline")
    assert told["needs"] == [
        {"number": 1, "registered_on": "2024-09-20", "state": "registered", "urgent": False, "next_step": "survey"}
    ]
    assert (told["plan"], told["next_visit_from"]) == (None, None)
    missing = await county.client.get("/v1/status?service_number=0", headers=county.headers("hotline", ""))
    assert missing.status_code == 404


async def test_the_status_tells_when_somebody_comes_next(county: Edge) -> None:
    person, _ = await served_october(county)
    number = (await county.get(f"/v1/beneficiaries/{person}"))["service_number"]
    told = await county.get(f"/v1/status?service_number={number}")
    assert told["plan"]["next_step"] == "service"
    assert (told["next_visit_from"], told["next_visit_to"]) == ("2024-10-08", "2024-10-14")


async def codes(county: Edge, **query: str) -> list[tuple[str, str]]:
    rows = (await county.get("/v1/coverage?" + "&".join(f"{name}={value}" for name, value in query.items())))["items"]
    return [(row["code"], row["item"] or row["programme"]) for row in rows]


async def test_the_radar_finds_who_is_entitled_and_has_no_plan(county: Edge) -> None:
    person = await registered(county)
    assert await codes(county) == [("no_plan", "home_care_destitute_half")]
    await county.done(f"/v1/beneficiaries/{person}/death", {"day": "2024-09-19"}, role="township")
    assert await codes(county) == []


async def test_the_radar_finds_a_plan_that_gives_less_and_an_item_served_by_two(county: Edge) -> None:
    person, _ = await served_october(county)
    assert ("gives_less", "bathing_help") in await codes(county)
    single = {
        "person_id": person, "item": "home_cleaning", "township": f"{county.county}100",
        "village": f"{county.county}100201", "window_from": "2024-10-05", "window_to": "2024-10-09",
    }  # fmt: skip
    order = await county.done("/v1/orders", single)
    await county.hear("providers", found(order, OTHER_PROVIDER, at("2024-10-04")))
    assert await codes(county, code="two_providers") == [("two_providers", "home_cleaning")]


async def test_entrants_are_followed_from_the_day_they_entered(county: Edge) -> None:
    person = await registered(county)
    (row,) = (await county.get("/v1/entrants?month=2024-09"))["items"]
    assert (row["id"], row["state"], row["entered_on"], row["due_on"]) == (
        person, "nothing_yet", "2024-09-20", "2024-10-20"
    )  # fmt: skip
    county.running.clock.move(at("2024-09-25"))
    need = (await approved(county, person))["id"]
    (row,) = (await county.get("/v1/entrants?month=2024-09"))["items"]
    assert (row["need_id"], row["state"], row["days"], row["overdue"]) == (need, "decided", 5, False)
    assert (await county.get("/v1/entrants?month=2024-10"))["items"] == []


async def test_what_is_overdue_is_one_list_oldest_first_and_pages_through(county: Edge) -> None:
    await served_october(county)
    waiting = await registered(county, number=2)
    body = {"person_id": waiting, "items": ["home_cleaning"], "channel": "village"}
    await county.done("/v1/needs", body, role="village")
    unseen = await registered(county, number=3)
    county.running.clock.move(at("2024-12-20"))
    whole = (await county.get("/v1/overdue"))["items"]
    assert [(row["kind"], row["since"]) for row in whole[:5]] == [
        ("entrant_unseen", "2024-10-04"), ("need_undecided", "2024-10-04"), ("order_unserved", "2024-10-14"),
        ("order_unserved", "2024-10-21"), ("order_unserved", "2024-10-31"),
    ]  # fmt: skip
    assert (whole[0]["person"], whole[0]["due_on"], whole[0]["days"]) == (unseen, "2024-11-03", 47)
    paged: list[dict[str, Any]] = []
    after = ""
    while after is not None:
        page = await county.get("/v1/overdue?limit=2" + (f"&after={after}" if after else ""))
        paged, after = paged + page["items"], page["next"]
    assert paged == whole
    only = (await county.get("/v1/overdue?kind=need_undecided"))["items"]
    assert only == [row for row in whole if row["kind"] == "need_undecided"]


async def test_the_forecast_of_a_month_is_what_the_month_then_opens(county: Edge) -> None:
    person, _ = await running_plan(county)
    (row,) = (await county.get("/v1/forecast?month=2024-11"))["items"]
    assert (row["item"], row["origin"], row["times"], row["people"]) == ("home_cleaning", "running", 4, 1)
    await county.pass_time(at("2024-11-01", "00:10"))
    november = [order for order in await orders(county, person=person) if order["window_from"] >= "2024-11-01"]
    assert len(november) == row["times"]


async def test_records_are_measured_and_what_is_missing_is_counted(county: Edge) -> None:
    await served_october(county)
    body = beneficiary(county, 2)
    del body["phone"]
    await county.done("/v1/beneficiaries", body, role="village")
    told = {row["figure"]: row for row in (await county.get(f"/v1/data-quality?month={OCTOBER}"))["items"]}
    assert (told["with_phone"]["counted"], told["with_phone"]["missing"]) == (2, 1)
    assert (told["posted"]["counted"], told["posted"]["missing"]) == (1, 0)
    assert (told["served_in_the_window"]["counted"], told["served_in_the_window"]["right"]) == (4, 1)


async def test_an_officer_sees_the_own_township_only(county: Edge) -> None:
    await registered(county)
    elsewhere = {"township": f"{county.county}101", "village": f"{county.county}101201"}
    await county.done("/v1/beneficiaries", beneficiary(county, 2, **elsewhere))
    page = await county.get(f"/v1/ledgers/people?month={OCTOBER}", role="township")
    assert {row["township"] for row in page["items"]} == {f"{county.county}100"}
    (total,) = (await county.get(f"/v1/ledgers/sums?month={OCTOBER}", role="township"))["items"]
    assert (total["place"], total["people"]) == (f"{county.county}100", 1)
    asked = f"/v1/overdue?township={county.county}101"
    answer = await county.client.get(asked, headers=county.headers("township", ""))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden.township")


async def test_the_timeline_of_an_order_has_reasons_and_clocks(county: Edge) -> None:
    person, _ = await served_october(county)
    first = (await orders(county, person=person))[0]["id"]
    told = await county.get(f"/v1/orders/{first}")
    assert [step["event"] for step in told["timeline"]] == ["opened", "matched", "completed", "accepted"]
    assert told["timeline"][1]["provider"] == str(PROVIDER)
    assert told["timeline"][2]["day"] == "2024-10-03"
    assert told["timeline"][3]["minutes"] == minutes_between(told["timeline"][0]["at"], told["timeline"][3]["at"])
    assert [(clock["name"], clock["state"]) for clock in told["clocks"]] == [
        ("taken", "in_time"), ("served", "in_time"), ("verified", "in_time")
    ]  # fmt: skip


def minutes_between(first: str, last: str) -> int:
    return int((datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()) // 60


async def test_a_provider_is_not_told_who_had_the_order_before(county: Edge) -> None:
    order = UUID((await love_order(county))["id"])
    one = {"order_id": order, "claim_id": uuid4()}
    claimed = charity.LoveOrderClaimed(at=at("2024-09-21"), claimant=CLAIMANT, **one)
    released = charity.LoveOrderReleased(at=at("2024-09-22"), claimant=CLAIMANT, reason="withdrawn", **one)
    again = charity.LoveOrderClaimed(at=at("2024-09-23"), claimant=PROVIDER, **one)
    await county.hear("charity", claimed, released, again)
    whole = await county.get(f"/v1/orders/{order}")
    assert [step["provider"] for step in whole["timeline"]] == [None, str(CLAIMANT), str(CLAIMANT), str(PROVIDER)]
    own = await county.get(f"/v1/orders/{order}", role="provider", owner=PROVIDER)
    assert [step["provider"] for step in own["timeline"]] == [None, None, None, str(PROVIDER)]


async def test_what_waits_is_found_by_an_index_of_its_own(county: Edge) -> None:
    for kind in KINDS:
        arguments = (county.county, "", date(2024, 12, 1), date(2024, 1, 1), UUID(int=0), 100)
        plan = await explained(county, waiting.sql_of(kind), *arguments)
        assert ("Seq Scan" in plan, "Sort" in plan) == (False, False), kind


async def test_a_person_is_read_without_looking_at_the_countys_log(county: Edge) -> None:
    person = UUID(await registered(county))
    plan = await explained(county, histories.HISTORY, county.county, person, 0, 100)
    assert "Seq Scan" not in plan
    assert "events_county_originator_id_originator_version_key" in plan


async def explained(county: Edge, sql: str, *arguments: object) -> str:
    """How the database would read it if the tables were large."""
    async with county.running.database.at(county.county) as connection:
        await connection.execute("set enable_seqscan = off; set enable_bitmapscan = off")
        try:
            return "\n".join(row[0] for row in await connection.fetch(f"explain {sql}", *arguments))
        finally:
            await connection.execute("reset enable_seqscan; reset enable_bitmapscan")
