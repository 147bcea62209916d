"""After the close, as the service runs: corrections, explanations, exports and replays of closed months."""

from __future__ import annotations

from datetime import UTC, datetime

from chassis.batch import Reader
from chassis.policies import read_policies
from services.settlement.domain.compare import compare
from services.settlement.domain.document import exchange_form
from services.settlement.domain.engine import settle
from services.settlement.views.books import books
from services.settlement.views.closes import kept_statements
from tests.edge import Edge
from tests.settlement import examples
from tests.settlement.examples import PERSON
from tests.settlement.test_service_close import ALLOCATION, MONTH, closed, exported, served, statement


async def test_a_late_fact_is_a_correction_in_the_next_close(edge: Edge) -> None:
    await edge.hear("orders", examples.adopted(), examples.bundle())
    await closed(edge)
    await edge.hear("orders", examples.verified())
    late = await statement(edge, "2024-12")
    assert late["corrections"] == [
        {"month": MONTH, "rule": "home_care_destitute", "fen": 30000, "cause": "late", "causes": ["late"]}
    ]


async def test_a_month_that_was_passed_over_is_paid_as_a_correction(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    await edge.hear("orders", examples.bundle("2024-10", last_day=31), examples.verified("2024-10-31"))
    late = await statement(edge, "2024-12")
    assert [(one["month"], one["fen"]) for one in late["corrections"]] == [("2024-10", 30000)]


async def test_a_ruling_voids_a_service_of_a_closed_month(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    final = await statement(edge)
    why = await edge.get(f"/v1/statements/{final['id']}/lines/1/why")
    services = (await edge.get("/v1/facts?source=orders"))["items"]
    [false] = [one["id"] for one in services if one["kind"] == "service"]
    assert false in why["facts"]
    await edge.done("/v1/rulings", {"month": MONTH, "fact": false, "cause": "violation"})
    later = await statement(edge, "2024-12")
    assert [(one["fen"], one["cause"]) for one in later["corrections"]] == [(-30000, "violation")]
    assert later["carried_out"] == {"home_care_destitute": -30000}


async def test_an_acceptance_that_was_undone_corrects_the_closed_month(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    services = (await edge.get("/v1/facts?source=orders"))["items"]
    [false] = [one["id"] for one in services if one["kind"] == "service"]
    await edge.hear("orders", examples.undone(false))
    later = await statement(edge, "2024-12")
    assert [(one["fen"], one["cause"]) for one in later["corrections"]] == [(-30000, "violation")]


async def test_an_acceptance_that_was_undone_before_the_close_does_not_count(edge: Edge) -> None:
    await served(edge)
    services = (await edge.get("/v1/facts?source=orders"))["items"]
    [false] = [one["id"] for one in services if one["kind"] == "service"]
    await edge.hear("orders", examples.undone(false))
    draft = await statement(edge)
    assert [line["fen"] for line in draft["lines"]] == [0]
    why = await edge.get(f"/v1/statements/{draft['id']}/lines/1/why")
    assert false not in why["facts"]


async def test_why_names_rule_paper_days_and_facts(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    final = await statement(edge)
    why = await edge.get(f"/v1/statements/{final['id']}/lines/1/why")
    assert (why["rule"], why["person"], why["fen"]) == ("home_care_destitute", str(PERSON), 30000)
    assert why["cites"] == [{"version": "130528/0001", "cite": "paper 003, part 2 (6) item 13"}]
    assert why["days"] == [{"first": "2024-11-01", "last": "2024-11-30", "version": "130528/0001", "rate_fen": 30000}]
    assert len(why["facts"]) == 2


async def test_an_export_settles_to_the_kept_answers_of_every_close(edge: Edge) -> None:
    await served(edge)
    await edge.hear("orders", examples.love_order())
    await edge.done("/v1/allocations", {**ALLOCATION, "amount_fen": 40_000}, role="finance")
    await closed(edge)
    await edge.hear("orders", examples.verified("2024-11-07", examples.NEIGHBOUR), examples.bundle("2024-12"))
    await edge.hear("orders", examples.bundle(person=examples.NEIGHBOUR), examples.verified("2024-12-03"))
    edge.running.clock.move(datetime(2025, 1, 2, tzinfo=UTC))
    await closed(edge, "2024-12")
    await edge.done("/v1/allocations", {**ALLOCATION, "document": "宁财〔2024〕9号"}, role="finance")
    edge.running.clock.move(datetime(2025, 2, 2, tzinfo=UTC))
    await closed(edge, "2025-01")
    facts = await exported(edge)
    for month, draws in ((MONTH, 1), ("2024-12", 1), ("2025-01", 1)):
        kept = await edge.get(f"/v1/months/{month}/answer")
        assert exchange_form(settle(facts, [examples.POLICY.tariff], month)) == kept
        assert len(kept["draws"]) == draws


async def test_a_closed_month_replayed_differs_nowhere(edge: Edge) -> None:
    await served(edge)
    await closed(edge)
    await edge.hear("orders", examples.verified("2024-11-07", examples.NEIGHBOUR), examples.bundle("2024-12"))
    edge.running.clock.move(datetime(2025, 1, 2, tzinfo=UTC))
    await closed(edge, "2024-12")
    async with edge.running.database.at(edge.county) as connection:
        policies = await read_policies(connection, edge.running.service, edge.county)
        read = Reader(connection, edge.county, policies)
        for month in (MONTH, "2024-12"):
            replayed = (await books(read, month)).answer()
            assert compare(await kept_statements(read, month), replayed) == ()
            assert replayed.statements != ()
