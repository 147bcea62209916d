"""Routes of the register of inspectors: who may be drawn, and what is no business of theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import Code, Subject, Township
from services.orders.domain.spot_check import inspector

routes = Routes(tag="spot-checks")
SHOWN = "select id, subject, township, barred, valid_from, valid_to, ended from inspectors where county = $1"


class InterestShape(Body):
    """A provider that the inspector must not inspect, and why, by code."""

    provider: Id
    reason_code: Code


class ChangeInspector(Body):
    """Where the inspector serves or lives, townships and providers that are barred, and the days of the register."""

    township: Township | None = None
    townships_barred: Annotated[tuple[Township, ...], Field(max_length=100)] = ()
    providers_barred: Annotated[tuple[InterestShape, ...], Field(max_length=100)] = ()
    valid_from: Day
    valid_to: Day | None = None


class RegisterInspector(ChangeInspector):
    """The inspector by the name they sign in with."""

    subject: Subject


class EndInspector(Body):
    """Why they may not be drawn any more."""

    reason_code: Code


class InspectorState(Body):
    """The inspector's id, by which the draw is published."""

    id: UUID
    ended: bool


class InspectorRow(Body):
    """An inspector; ``barred`` are codes of townships and ids of providers."""

    id: UUID
    subject: str
    township: str
    barred: list[str]
    valid_from: date
    valid_to: date | None
    ended: bool


@routes.post(
    "/v1/inspectors", body=RegisterInspector, answer=InspectorState, status=201,
    summary="登记检查人员 Register an inspector", refusals=("inspector.exists", "inspector.days_wrong"),
)  # fmt: skip
async def register_inspector(call: Call[RegisterInspector]) -> Ask:
    """From the next list on they may be drawn (双随机)."""
    subject = call.body.subject
    command = inspector.Register(facts=_facts(call.body, subject), at=call.at)
    return _ask(call, inspector.stream_of(call.county, subject), command)


@routes.post(
    "/v1/inspectors/{inspector_id}/changes", body=ChangeInspector, answer=InspectorState, guarded="inspector_id",
    summary="变更检查人员信息 Change what is known of an inspector",
    refusals=("inspector.unknown", "inspector.ended", "inspector.days_wrong"),
)  # fmt: skip
async def change_inspector(call: Call[ChangeInspector]) -> Ask:
    """What was drawn stays; lists closed from now on know it."""
    stream = call.path_id("inspector_id")
    row = await call.fetchrow("select subject from inspectors where county = $1 and id = $2", call.county, stream)
    facts = _facts(call.body, row["subject"] if row else "")
    return _ask(call, stream, inspector.Register(facts=facts, at=call.at, anew=False))


@routes.post(
    "/v1/inspectors/{inspector_id}/end", body=EndInspector, answer=InspectorState, guarded="inspector_id",
    summary="检查人员退出名录 End an inspector", refusals=("inspector.unknown",),
)  # fmt: skip
async def end_inspector(call: Call[EndInspector]) -> Ask:
    """What they were drawn for stays theirs until another is named."""
    command = inspector.End(reason_code=call.body.reason_code, at=call.at)
    return _ask(call, call.path_id("inspector_id"), command)


def _facts(body: ChangeInspector, subject: str) -> inspector.Facts:
    return inspector.Facts(
        subject=subject,
        township=body.township or "",
        townships_barred=body.townships_barred,
        interests=tuple(
            inspector.Interest(provider=one.provider, reason_code=one.reason_code) for one in body.providers_barred
        ),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
    )


def _ask(call: Call[Any], stream: UUID, command: inspector.Command) -> Ask:
    return call.ask(Step(decider=inspector.decider, stream=stream, command=command), answer=_state)


def _state(outcomes: tuple[Outcome, ...]) -> InspectorState:
    return InspectorState(id=outcomes[0].stream, ended=outcomes[0].state.ended)


async def _filled(_call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [{**row, "barred": json.loads(row["barred"])} for row in rows]


routes.page(
    "/v1/inspectors", row=InspectorRow, filters={"ended": bool},
    sql=SHOWN,
    order=("id",), filled=_filled, summary="检查人员名录 Inspectors",
)  # fmt: skip


@routes.get(
    "/v1/inspectors/{inspector_id}", answer=InspectorRow, stream="inspector_id", summary="检查人员 An inspector",
)  # fmt: skip
async def one_inspector(call: Call[None]) -> dict[str, Any] | None:
    """An inspector of the register."""
    row = await call.fetchrow(f"{SHOWN} and id = $2", call.county, call.path_id("inspector_id"))
    return {**row, "barred": json.loads(row["barred"])} if row else None
