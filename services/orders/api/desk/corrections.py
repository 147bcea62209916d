"""Routes of corrections: listed with their cause class, classed anew, exempted (P4 to P7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes, Thing
from chassis.http.writings import Names, written
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.desk.undoing import CauseName
from services.orders.api.shapes import VERSION, Code, Line, Writing
from services.orders.api.writings import Writings
from services.orders.domain import correction

routes = Routes(tag="verification")
OF_A_CORRECTION: Names = {
    correction.Reclassed: ("text", "classed"),
    correction.Exempted: ("text", "exempted"),
}


class ClassCorrection(Body):
    """The class it has after looking again, why by code, and what was found, which is sealed."""

    cause: CauseName
    reason_code: Code
    text: Writing | None = None


class ExemptCorrection(Body):
    """Which condition of error tolerance is met, by code, and the grounds, which are sealed."""

    reason_code: Code
    text: Writing | None = None


class CorrectionState(Body):
    """The correction now."""

    id: UUID
    cause: str
    exempted: bool


class CorrectionRow(Body):
    """A correction: of what, whose, of which month; ``first_cause`` is the class it began with. ``version`` is for
    ``If-Match``."""

    id: UUID
    version: int
    kind: str
    order_id: UUID | None
    visit_id: UUID | None
    person: UUID | None
    township: str
    provider: UUID | None
    item: str
    month: str
    reason_code: str
    first_cause: str
    cause: str
    exempted: bool
    corrected_at: datetime


COLUMNS = (
    "id, kind, order_id, visit_id, person, township, provider, item, month, reason_code, first_cause, cause, exempted,"
    f" corrected_at, {VERSION}"
)


@routes.post(
    "/v1/corrections/{correction_id}/cause", body=ClassCorrection, answer=CorrectionState,
    summary="重新认定差错性质 Class a correction anew",
    refusals=("correction.unknown", "correction.classed_by_who_corrected", "correction.exempted_already"),
    guarded="correction_id",
)  # fmt: skip
async def class_correction(call: Call[ClassCorrection]) -> Ask:
    """Objective reasons, mistakes and violations are told apart (paper 000); by another officer than who corrected."""
    body = call.body
    command = correction.Reclass(
        cause=body.cause,
        reason_code=body.reason_code,
        text=await _sealed(call, "classed", body.text),
        by=call.caller.subject,
        at=call.at,
    )
    return _ask(call, command)


@routes.post(
    "/v1/corrections/{correction_id}/exemption", body=ExemptCorrection, answer=CorrectionState,
    summary="容错免责 Exempt from blame",
    refusals=(
        "correction.unknown", "correction.classed_by_who_corrected", "correction.violation_is_not_exempted",
    ),
    guarded="correction_id",
)  # fmt: skip
async def exempt_correction(call: Call[ExemptCorrection]) -> Ask:
    """Who erred in good faith is not held to account (paper 002); a violation never is exempted."""
    body = call.body
    command = correction.Exempt(
        reason_code=body.reason_code,
        text=await _sealed(call, "exempted", body.text),
        by=call.caller.subject,
        at=call.at,
    )
    return _ask(call, command)


routes.page(
    "/v1/corrections", row=CorrectionRow, township="township",
    filters={
        "cause": str, "kind": str, "township": str, "provider": UUID, "month": str, "order_id": UUID, "exempted": bool,
    },
    sql=f"select {COLUMNS} from corrections shown where county = $1",
    order=("corrected_at", "id"), newest_first=True, summary="更正及其性质 Corrections and their causes",
)  # fmt: skip


@routes.get(
    "/v1/corrections/{correction_id}", answer=CorrectionRow, summary="更正 A correction", stream="correction_id"
)
async def one_correction(call: Call[None]) -> dict[str, Any] | None:
    """With the class it has now and the one it began with."""
    stream = call.path_id("correction_id")
    row = await call.fetchrow(
        f"select {COLUMNS} from corrections shown where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    return {**row, "version": call.version}


@routes.get(
    "/v1/corrections/{correction_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="差错认定原文（留痕） Why it was classed so; the read is logged",
)  # fmt: skip
async def writings_of_correction(call: Call[None]) -> dict[str, Any] | None:
    """For who decides about it."""
    stream = call.path_id("correction_id")
    row = await call.fetchrow(
        "select person, township from corrections where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        return None
    call.permit(township=row["township"])
    return {"items": await written(call, stream, row["person"] or stream, OF_A_CORRECTION)}


async def _sealed(call: Call[Any], field: str, text: str | None) -> Sealed | None:
    """Under the key of the person it is about; of nobody, under its own."""
    stream = call.path_id("correction_id")
    row = await call.fetchrow("select person from corrections where county = $1 and id = $2", call.county, stream)
    if row is None:
        raise Rejected("correction.unknown")
    if text is None:
        return None
    return (await call.vault.seal(row["person"] or stream, {field: text}))[field]


def _ask(call: Call[Any], command: correction.Command) -> Ask:
    stream = call.path_id("correction_id")
    step = Step(decider=correction.decider, stream=stream, command=command, permit=call.judged(_facts))
    return call.ask(step, answer=_state)


def _facts(state: correction.Correction | None) -> Thing | None:
    return Thing(township=state.noted.township, actors=(state.noted.by,)) if state else None


def _state(outcomes: tuple[Outcome, ...]) -> CorrectionState:
    state: correction.Correction = outcomes[0].state
    return CorrectionState(id=outcomes[0].stream, cause=state.cause, exempted=state.exempted)
