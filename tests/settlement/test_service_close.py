"""A month is closed through the API and the bus, as the service runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.service import Heard, Hearing
from services.settlement.domain.document import exchange_form
from services.settlement.domain.engine import Fact, settle
from services.settlement.domain.telling import fact_of
from services.settlement.views.books import REMEMBERED_MAX
from tests.edge import Edge
from tests.settlement import examples
from tests.settlement.examples import NOW, PROVIDER, TOWNSHIP

MONTH = "2024-11"
GRADE = {"month": MONTH, "payee": str(PROVIDER), "township": TOWNSHIP, "grade": "good"}
ALLOCATION = {"fund": "county_budget", "year": 2024, "amount_fen": 10_000_000, "document": "宁财〔2024〕1号"}


async def served(edge: Edge) -> None:
    """A policy, a person's month, one visit: 300 yuan."""
    await edge.hear("orders", examples.adopted(), examples.bundle(), examples.verified())


async def seal(edge: Edge, month: str = MONTH) -> None:
    """Every source seals the month, each in a hearing of its own."""
    for source, sealed in examples.seals(month).items():
        await edge.hear(source, sealed)


async def closed(edge: Edge, month: str = MONTH) -> None:
    """Graded, asked for, sealed, and carried out by the agenda."""
    await edge.done("/v1/grades", {**GRADE, "month": month})
    assert (await edge.post(f"/v1/months/{month}/close")).status_code == 202
    await seal(edge, month)
    await edge.pass_time(edge.running.clock.now())


async def statement(edge: Edge, month: str = MONTH, payee: UUID = PROVIDER) -> dict[str, Any]:
    """The payee's statement of a month, whole."""
    rows = (await edge.get(f"/v1/statements?month={month}"))["items"]
    one = next(row for row in rows if row["payee"] == str(payee))
    whole: dict[str, Any] = await edge.get(f"/v1/statements/{one['id']}")
    return whole


async def exported(edge: Edge) -> list[Fact]:
    """Every fact, as an auditor reads them."""
    return [
        fact_of(fact, fact_id=fact["id"], source=fact["source"], position=fact["position"])
        for source in ("orders", "providers", "charity", "settlement")
        for fact in (await edge.get(f"/v1/facts?source={source}", role="auditor"))["items"]
    ]


async def test_a_draft_is_what_the_close_would_be(edge: Edge) -> None:
    await served(edge)
    draft = await statement(edge)
    await closed(edge)
    final = await statement(edge)
    assert (draft["status"], final["status"]) == ("draft", "final")
    assert draft["payable_fen"] == final["payable_fen"] == 30000
    assert {**draft, "deductions": []} == {
        **final,
        "deductions": [],
        "status": "draft",
        "answer_until": None,
        "version": 0,
        "may_sign": [],
        "digest": draft["digest"],
    }


async def test_the_close_waits_for_every_seal_and_grade_and_says_so(edge: Edge) -> None:
    await served(edge)
    answer = (await edge.post(f"/v1/months/{MONTH}/close")).json()
    assert answer["status"] == "requested"
    assert answer["waits_for"] == [
        {"what": "seal", "which": "orders"},
        {"what": "seal", "which": "providers"},
        {"what": "seal", "which": "charity"},
        {"what": "grade", "which": f"{PROVIDER}/{TOWNSHIP}"},
    ]
    await seal(edge)
    await edge.pass_time(NOW + timedelta(minutes=1))
    waiting = await edge.get(f"/v1/months/{MONTH}")
    assert (waiting["status"], waiting["waits_for"]) == (
        "requested",
        [{"what": "grade", "which": f"{PROVIDER}/{TOWNSHIP}"}],
    )
    await edge.done("/v1/grades", GRADE)
    await edge.pass_time(NOW + timedelta(minutes=2))
    assert (await edge.get(f"/v1/months/{MONTH}"))["status"] == "closed"


async def test_facts_that_come_with_the_last_seal_are_in_the_close(edge: Edge) -> None:
    await edge.hear("orders", examples.adopted(), examples.bundle())
    await edge.done("/v1/grades", GRADE)
    await edge.post(f"/v1/months/{MONTH}/close")
    seals = examples.seals()
    await edge.hear("providers", seals["providers"])
    await edge.hear("charity", seals["charity"])
    await edge.hear("orders", examples.verified(), seals["orders"])
    await edge.pass_time(NOW + timedelta(minutes=1))
    assert (await statement(edge))["payable_fen"] == 30000


async def test_the_certificate_names_the_seals_own_log_included(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    final = await statement(edge)
    certificate = await edge.get(f"/v1/statements/{final['id']}/certificate")
    query = "select position from public_log where county = $1 and type = 'settlement.month_closed.v1'"
    own_seal = await edge.running.database.fetchval(query, edge.county)
    positions = {one["source"]: (one["first"], one["last"]) for one in certificate["sources"]}
    assert positions == {"orders": (1, 4), "providers": (1, 1), "charity": (1, 1), "settlement": (1, own_seal)}
    assert certificate["policies"] == {"130528/0001": examples.adopted().sha256}
    assert certificate["digest"] == final["digest"]
    [told] = await edge.told("settlement.month_closed.v1")
    assert told["through"] == {source: last for source, (_, last) in positions.items()}


async def test_every_statement_is_told_by_total_and_digest(edge: Edge) -> None:
    await served(edge)
    await edge.hear("orders", examples.love_order(), examples.gift())
    await closed(edge)
    told = await edge.told("settlement.statement_finalised.v1")
    assert {one["payee"]: one["payable_fen"] for one in told} == {str(PROVIDER): 30000, str(examples.CLAIMANT): 5000}


async def test_a_month_is_not_closed_before_it_is_over(edge: Edge) -> None:
    assert await edge.refused("/v1/months/2024-12/close") == (409, "month.not_over")


async def test_an_earlier_month_with_facts_is_closed_first(edge: Edge) -> None:
    await served(edge)
    await edge.hear("orders", examples.verified("2024-10-31"))
    assert await edge.refused(f"/v1/months/{MONTH}/close") == (409, "month.earlier_open")


async def test_a_month_before_a_closed_one_is_not_closed_any_more(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    assert await edge.refused("/v1/months/2024-10/close") == (409, "month.later_closed")


async def park(edge: Edge) -> None:
    """Set a message aside, as the consumer does with poison."""
    heard = Heard(
        source="orders",
        county=edge.county,
        position=edge.heard.get("orders", 0) + 1,
        event_id=uuid4(),
        type="orders.bundle_month.v1",
        subject=uuid4(),
        body=b"{}",
        recorded_at=NOW,
    )
    edge.heard["orders"] = heard.position
    await edge.running.dispatch.hear(  # type: ignore[attr-defined]
        Hearing(
            county=edge.county,
            source="orders",
            epoch=UUID(int=1),
            through=heard.position,
            messages=(),
            steps=(),
            parked=((heard, "unreadable", 3),),
        )
    )


async def test_a_close_is_refused_and_names_what_is_parked(edge: Edge) -> None:
    await served(edge)
    await park(edge)
    response = await edge.post(f"/v1/months/{MONTH}/close")
    assert (response.status_code, response.json()["code"]) == (409, "month.events_parked")
    assert response.json()["facts"] == {"parked": 1, "named": "orders/4"}


async def test_a_close_that_was_asked_for_waits_while_something_is_parked_and_then_goes_on(edge: Edge) -> None:
    await served(edge)
    await edge.done("/v1/grades", GRADE)
    await edge.post(f"/v1/months/{MONTH}/close")
    await park(edge)
    await seal(edge)
    await edge.pass_time(NOW + timedelta(seconds=1))
    waiting = await edge.get(f"/v1/months/{MONTH}")
    assert (waiting["status"], waiting["waits_for"]) == ("requested", [{"what": "parked", "which": "orders/4"}])
    await edge.running.database.execute("delete from parked where county = $1", edge.county)
    await edge.pass_time(NOW + timedelta(minutes=1))
    assert (await edge.get(f"/v1/months/{MONTH}"))["status"] == "closed"


async def test_a_closed_month_is_closed_once(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    again = (await edge.post(f"/v1/months/{MONTH}/close")).json()
    assert (again["status"], again["waits_for"]) == ("closed", [])
    assert len(await edge.told("settlement.month_closed.v1")) == 1


async def test_its_own_seal_stands_where_the_close_says_also_under_load(edge: Edge) -> None:
    await served(edge)
    await edge.done("/v1/grades", GRADE)
    await edge.post(f"/v1/months/{MONTH}/close")
    await seal(edge)
    papers = [{**ALLOCATION, "document": f"D{number}"} for number in range(20)]
    await asyncio.gather(
        *(edge.done("/v1/allocations", paper, role="finance") for paper in papers[:10]),
        edge.pass_time(edge.running.clock.now()),
        *(edge.done("/v1/allocations", paper, role="finance") for paper in papers[10:]),
    )
    query = "select position from public_log where county = $1 and type = 'settlement.month_closed.v1'"
    [told] = await edge.told("settlement.month_closed.v1")
    assert told["through"]["settlement"] == await edge.running.database.fetchval(query, edge.county)
    assert exchange_form(settle(await exported(edge), [examples.POLICY.tariff], MONTH)) == await edge.get(
        f"/v1/months/{MONTH}/answer"
    )


async def test_a_provider_sees_its_own_statements_only(edge: Edge) -> None:
    await served(edge)
    await edge.hear("orders", examples.love_order())
    rows = (await edge.get(f"/v1/statements?month={MONTH}", role="provider", owner=PROVIDER))["items"]
    assert [row["payee"] for row in rows] == [str(PROVIDER)]
    await closed(edge)
    rows = (await edge.get(f"/v1/statements?month={MONTH}", role="provider", owner=PROVIDER))["items"]
    assert [row["payee"] for row in rows] == [str(PROVIDER)]
    other = await statement(edge, payee=examples.CLAIMANT)
    headers = edge.headers("provider", PROVIDER)
    assert (await edge.client.get(f"/v1/statements/{other['id']}", headers=headers)).status_code == 404


async def test_drafts_are_remembered_until_something_happens(edge: Edge) -> None:
    assert REMEMBERED_MAX > 1
    await edge.hear("orders", examples.adopted(), examples.bundle())
    assert (await statement(edge))["payable_fen"] == 0
    await edge.hear("orders", examples.verified())
    assert (await statement(edge))["payable_fen"] == 30000
