"""Only drawn townships have a grade due (S10): the close waits for those, and for no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from contracts import orders, providers
from services.settlement.domain import month
from tests.edge import Edge
from tests.settlement import examples
from tests.settlement.examples import NOW, PROVIDER, TOWNSHIP
from tests.settlement.test_service_close import seal, statement
from tests.settlement.test_service_month import AT, a_month, books, closable, close, request, requested, seals, ungraded

NOTE = month.NoteDrawn(month="2024-11", townships=("other",), at=AT)
noted = month.DrawnNoted(month="2024-11", townships=("other",), at=AT)


def test_only_the_grades_of_drawn_townships_are_waited_for() -> None:
    """The provider's township is ``t``."""
    drawn = replace(noted, townships=("t",))
    [delayed] = a_month.given(requested, *seals, drawn).when(close, ungraded).events
    assert delayed.waits == (month.Wait(what="grade", which="p/t"),)
    [closed] = a_month.given(requested, *seals, noted).when(close, ungraded).events
    assert closed.payable_fen == 30000


def test_a_draw_is_noted_once_and_not_after_the_close() -> None:
    a_month.when(NOTE).then(noted)
    a_month.given(noted).when(NOTE).then()
    a_month.given(requested, *seals).when(close, closable).when(NOTE).then()
    a_month.given(noted).when(request, replace(closable, books=books())).then(requested)


OCTOBER = "2024-10"
DUE = {"what": "grade", "which": f"{PROVIDER}/{TOWNSHIP}"}


def drawn(*townships: str) -> providers.TownshipsDrawn:
    return providers.TownshipsDrawn(at=NOW + timedelta(seconds=1), month=OCTOBER, townships=townships)


def graded(grade: str, score: int) -> providers.MonthGraded:
    return providers.MonthGraded(
        at=NOW + timedelta(seconds=score),
        month=OCTOBER,
        provider=PROVIDER,
        township=TOWNSHIP,
        grade=grade,
        score=score,
        sheet="ningjin_2026",
    )


def october(number: int, first_day: int = 1) -> tuple[orders.BundleMonth, orders.OrderVerified]:
    """300 yuan a month, eligible from the first day on, and served once."""
    told = examples.bundle(OCTOBER, UUID(int=number), 31)
    (days,) = told.fact.days
    from_day = days.model_copy(update={"from_day": date(2024, 10, first_day)})
    fact = told.fact.model_copy(update={"days": (from_day,)})
    return told.model_copy(update={"fact": fact}), examples.verified("2024-10-15", UUID(int=number))


async def three_people(edge: Edge) -> None:
    """203.23 and twice 300.00 in one township, and the month sealed by everybody."""
    told = [event for pair in (october(0x601, 11), october(0x602), october(0x603)) for event in pair]
    await edge.hear("orders", examples.adopted(), *told)
    await closing(edge)


async def closing(edge: Edge) -> None:
    assert (await edge.post(f"/v1/months/{OCTOBER}/close")).status_code == 202
    await seal(edge, OCTOBER)
    await later(edge)


async def later(edge: Edge) -> None:
    await edge.pass_time(edge.running.clock.now() + timedelta(minutes=1))


async def progress(edge: Edge) -> tuple[str, list[dict[str, str]]]:
    told = await edge.get(f"/v1/months/{OCTOBER}")
    return told["status"], told["waits_for"]


async def test_a_drawn_township_keeps_the_month_open_until_it_is_graded(edge: Edge) -> None:
    """Worked example 4 of S10: the grade "average" takes 80.32 of 803.23, which leaves 722.91."""
    await three_people(edge)
    await edge.hear("providers", drawn(TOWNSHIP, "130528199"))
    await later(edge)
    assert await progress(edge) == ("requested", [DUE])
    assert (await statement(edge, OCTOBER))["status"] == "draft"
    await edge.hear("providers", graded("average", 78))
    await later(edge)
    assert await progress(edge) == ("closed", [])
    final = await statement(edge, OCTOBER)
    assert sum(one["fen"] for one in final["deductions"]) == -8032
    assert final["payable_fen"] == 72291


async def test_a_draw_that_leaves_the_township_out_lets_the_waiting_close_go_on(edge: Edge) -> None:
    await three_people(edge)
    assert await progress(edge) == ("requested", [DUE])
    await edge.hear("providers", drawn("130528199"))
    await later(edge)
    assert await progress(edge) == ("closed", [])
    assert (await statement(edge, OCTOBER))["payable_fen"] == 80323


async def test_a_waived_grade_closes_the_month_and_one_judged_anew_replaces_it(edge: Edge) -> None:
    await three_people(edge)
    await edge.hear("providers", drawn(TOWNSHIP), graded("waived", 2))
    await later(edge)
    assert await progress(edge) == ("closed", [])
    await edge.hear("providers", graded("poor", 40))
    (row,) = (await edge.get("/v1/grades"))["items"]
    assert (row["month"], row["grade"]) == (OCTOBER, "poor")
