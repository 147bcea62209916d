"""Routes of appeals against a rejection: lodged and taken back by who served, listed, read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Id, Routes, Thing
from chassis.http.writings import Names, written
from chassis.kernel import Rejected
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import VERSION, Digest, Line, Writing, read_lists
from services.orders.api.writings import Writings
from services.orders.domain import appeal

routes = Routes(tag="verification")
OF_AN_APPEAL: Names = {
    appeal.Lodged: ("grounds", "grounds"),
    appeal.Upheld: ("text", "appeal_answer"),
    appeal.Dismissed: ("text", "appeal_answer"),
}


class LodgeAppeal(Body):
    """Against the rejection of which completion, why (sealed), and digests of photos that show it."""

    visit_id: Id
    grounds: Writing
    evidence: Annotated[list[Digest] | None, Field(max_length=20)] = None


class AppealState(Body):
    """Where the appeal stands now."""

    id: UUID
    state: str


class AppealRow(Body):
    """An appeal: until when it is to be answered, whether that is overdue, and how it ended.

    ``rejected_for`` is the reason of the rejection, ``reason_code`` that of the answer, ``cause`` the class of the
    mistake where it was upheld. ``version`` is for ``If-Match``.
    """

    id: UUID
    version: int
    order_id: UUID
    visit_id: UUID
    provider: UUID
    township: str
    item: str
    state: str
    rejected_at: datetime
    rejected_for: str
    evidence: list[str]
    lodged_at: datetime
    answer_by: datetime
    overdue: bool
    answered_at: datetime | None
    reason_code: str
    cause: str | None


COLUMNS = (
    "id, order_id, visit_id, provider, township, item, state, rejected_at, rejected_for, evidence, lodged_at,"
    f" answer_by, overdue, answered_at, reason_code, cause, {VERSION}"
)


@routes.post(
    "/v1/orders/{order_id}/appeals", body=LodgeAppeal, answer=AppealState, status=201,
    summary="对不予验收提出申诉 Appeal against a rejection",
    refusals=("order.unknown", "appeal.not_yours", "appeal.nothing_rejected", "appeal.too_late", "policy.none"),
)  # fmt: skip
async def lodge_appeal(call: Call[LodgeAppeal]) -> Ask:
    """By who served it, within the days of the policy; another officer than who rejected answers."""
    body, stream = call.body, call.path_id("order_id")
    row = await call.fetchrow(
        "select person, township, judged from verifications where county = $1 and id = $2", call.county, stream
    )
    judged = [one for one in json.loads(row["judged"]) if one["visit"] == str(body.visit_id)] if row else []
    if row is None or not judged:
        call.permit(owner=None)
        raise Rejected("order.unknown")
    call.permit(township=row["township"], owner=judged[0]["provider"])
    if judged[0]["verdict"] != "turned_down":
        raise Rejected("appeal.nothing_rejected")
    command = appeal.Lodge(
        order_id=stream,
        visit_id=body.visit_id,
        owner=call.caller.owner,
        grounds=(await call.vault.seal(row["person"], {"grounds": body.grounds}))["grounds"],
        evidence=tuple(body.evidence or ()),
        by=call.caller.subject,
        at=call.at,
    )
    number = appeal.stream_of(body.visit_id, datetime.fromisoformat(judged[0]["at"]))
    return call.ask(Step(decider=appeal.decider, stream=number, command=command), answer=state_of)


@routes.post(
    "/v1/appeals/{appeal_id}/withdrawal", answer=AppealState, summary="撤回申诉 Withdraw an appeal",
    refusals=("appeal.unknown", "appeal.not_yours", "appeal.answered_already"), guarded="appeal_id",
)  # fmt: skip
async def withdraw_appeal(call: Call[None]) -> Ask:
    """By who lodged it, before it is answered; the rejection stands."""
    command = appeal.Withdraw(owner=call.caller.owner, at=call.at)
    return call.ask(step_of(call, command), answer=state_of)


async def _filled(_call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    return [read_lists(row, "evidence") for row in rows]


routes.page(
    "/v1/appeals", row=AppealRow, owner="provider", township="township",
    filters={"state": str, "township": str, "provider": UUID, "order_id": UUID, "overdue": bool},
    sql=f"select {COLUMNS} from appeals shown where county = $1",
    order=("answer_by", "id"), filled=_filled, summary="申诉 Appeals, the first to be answered first",
)  # fmt: skip


@routes.get("/v1/appeals/{appeal_id}", answer=AppealRow, summary="申诉 An appeal", stream="appeal_id")
async def one_appeal(call: Call[None]) -> dict[str, Any] | None:
    """Without what is sealed."""
    row = await call.fetchrow(
        f"select {COLUMNS} from appeals shown where county = $1 and id = $2", call.county, call.path_id("appeal_id")
    )
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {**read_lists(row, "evidence"), "version": call.version}


@routes.get(
    "/v1/appeals/{appeal_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="申诉理由与答复原文（留痕） Grounds and answer; the read is logged",
)  # fmt: skip
async def writings_of_appeal(call: Call[None]) -> dict[str, Any] | None:
    """For who lodged it and who answers."""
    stream = call.path_id("appeal_id")
    row = await call.fetchrow(
        "select person, township, provider from appeals where county = $1 and id = $2", call.county, stream
    )
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {"items": await written(call, stream, row["person"], OF_AN_APPEAL)}


def step_of(call: Call[Any], command: appeal.Command) -> Step:
    """A command for the appeal in the path, judged by whose it is and by who rejected."""
    stream = call.path_id("appeal_id")
    return Step(decider=appeal.decider, stream=stream, command=command, permit=call.judged(_facts))


def _facts(state: appeal.Appeal | None) -> Thing | None:
    if state is None:
        return None
    lodged = state.lodged
    return Thing(township=lodged.township, owners=(lodged.provider,), actors=(lodged.rejected_by, lodged.reported_by))


def state_of(outcomes: tuple[Outcome, ...]) -> AppealState:
    """Where the appeal stands after it."""
    return AppealState(id=outcomes[0].stream, state=outcomes[0].state.stage)
