"""Routes of needs: registered, surveyed by two, confirmed, assessed or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from pydantic import Field

from chassis.http import Body, Call, Id, Routes, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import (
    MONEY,
    VERSION,
    ItemId,
    Subject,
    Times,
    Units,
    Writing,
    covered,
    one_row,
)
from services.orders.domain import need

routes = Routes(tag="needs")
Score = Annotated[int, Field(ge=0, le=4)]


class RegisterNeed(Body):
    """Who needs what, and how it became known; ``conflict_of_interest`` if who registers is related to the person."""

    person_id: Id
    items: Annotated[tuple[ItemId, ...], Field(min_length=1, max_length=30)]
    channel: Literal["window", "online", "village", "hotline", "data_match", "warning", "device", "refresh"]
    urgent: bool = False
    conflict_of_interest: bool = False


class Findings(Body):
    """The four dimensions of paper 003, part 2 (1) item 1, each 0 (no difficulty) to 4."""

    body_and_mind: Score
    daily_care: Score
    family: Score
    social_support: Score


class SurveyNeed(Body):
    """Who went there, by their sign-in names, and what they found."""

    village_worker: Subject
    aide: Subject
    findings: Findings


class Assessed(Body):
    """An item that is given: so many times a month, so many units each time."""

    item: ItemId
    times_per_month: Times = 1
    units: Units = 1


class AssessNeed(Body):
    """Content and mode; for charity also the price agreed at most, with the settlement rule that pays it."""

    items: Annotated[tuple[Assessed, ...], Field(min_length=1, max_length=30)]
    mode: Literal["purchase", "charity"]
    price_fen: Annotated[int, Field(ge=0, le=10**9)] = 0
    rule: ItemId | None = None


class RefuseNeed(Body):
    """The written reason; it is sealed."""

    reason: Writing


class NeedState(Body):
    """Where the need stands now; ``plan_id`` is the plan an approval for purchase makes, unless one runs already."""

    id: UUID
    number: int
    state: str
    plan_id: UUID | None


class NeedRow(Body):
    """A need in a list; ``version`` is for ``If-Match``."""

    id: UUID
    version: int
    number: int
    person: UUID
    township: str
    village: str
    channel: str
    urgent: bool
    state: str
    mode: str | None
    papers_due: date | None
    registered_at: datetime


class NeedAnswer(NeedRow):
    """A need with what it asks for, or what was approved."""

    items: list[dict[str, str | int]]
    price_fen: Annotated[int | None, MONEY]
    rule: Annotated[str | None, MONEY]


@routes.post(
    "/v1/needs", bulk="/v1/bulk/needs", body=RegisterNeed, answer=NeedState, status=201,
    summary="登记需求 Register a need",
    refusals=("need.person_unknown", "beneficiary.died", "policy.none", "policy.item_unknown"),
)  # fmt: skip
async def register_need(call: Call[RegisterNeed]) -> Ask:
    """A need is found and numbered."""
    body, stream = call.body, call.new_id("need")
    await covered(call, "beneficiaries", body.person_id)
    command = need.Register(
        person_id=body.person_id,
        items=body.items,
        channel=body.channel,
        urgent=body.urgent,
        conflict_of_interest=body.conflict_of_interest,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=need.decider, stream=stream, command=command), answer=_state)


@routes.post(
    "/v1/needs/{need_id}/survey", body=SurveyNeed, answer=NeedState,
    summary="入户调查 Record the survey",
    refusals=(
        "need.unknown", "need.survey_needs_two_people", "need.conflict_of_interest", "need.already_decided"
    ),
)  # fmt: skip
async def survey_need(call: Call[SurveyNeed]) -> Ask:
    """Two different people have been there; their findings are sealed."""
    body = call.body
    findings = await _seal(call, "findings", json.dumps(body.findings.model_dump()))
    command = need.Survey(village_worker=body.village_worker, aide=body.aide, findings=findings, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/confirmation", answer=NeedState,
    summary="审核确认 Confirm eligibility",
    refusals=(
        "need.unknown", "need.not_surveyed", "need.not_yours_to_decide", "need.already_decided",
        "need.confirmer_surveyed", "need.confirmer_assessed",
    ),
    guarded="need_id",
)  # fmt: skip
async def confirm_need(call: Call[None]) -> Ask:
    """The body that the policy names confirms (paper 003, part 4 (3): the township)."""
    return _ask(call, need.Confirm(by=call.caller.subject, role=call.caller.role, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/assessment", body=AssessNeed, answer=NeedState,
    summary="评估测算 Assess and approve",
    refusals=(
        "need.unknown", "need.not_confirmed", "need.not_yours_to_decide", "need.already_decided",
        "need.confirmer_assessed", "need.purchase_has_no_price", "need.price_needs_a_rule", "policy.item_unknown",
        "policy.item_not_by_this_mode", "beneficiary.died",
    ),
)  # fmt: skip
async def assess_need(call: Call[AssessNeed]) -> Ask:
    """The body that the policy names fixes what is given (paper 003, part 2 (3) item 4: the county bureau)."""
    body = call.body
    command = need.Assess(
        items=tuple(
            need.Wanted(item=item.item, times_per_month=item.times_per_month, units=item.units) for item in body.items
        ),
        mode=body.mode,
        price_fen=body.price_fen,
        rule=body.rule or "",
        plan_id=uuid5(call.path_id("need_id"), "plan"),
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
    )
    return _ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/refusal", body=RefuseNeed, answer=NeedState,
    summary="不予救助 Refuse with a written reason",
    refusals=("need.unknown", "need.not_yours_to_decide", "need.already_decided"), guarded="need_id",
)  # fmt: skip
async def refuse_need(call: Call[RefuseNeed]) -> Ask:
    """Refused, with its reason (art. 45)."""
    reason = await _seal(call, "reason", call.body.reason)
    return _ask(call, need.Refuse(reason=reason, by=call.caller.subject, role=call.caller.role, at=call.at))


def _ask(call: Call[Any], command: need.Command) -> Ask:
    step = Step(
        decider=need.decider, stream=call.path_id("need_id"), command=command, permit=call.judged(_facts(call, command))
    )
    return call.ask(step, answer=_state)


def _facts(call: Call[Any], command: need.Command) -> Callable[[need.Need | None], Thing | None]:
    """Who had a hand in a need before, as far as it keeps them from ``command``; an urgent one is any provider's."""

    def facts(state: need.Need | None) -> Thing | None:
        if state is None:
            return None
        assessor = (state.approved.by,) if state.approved else ()
        hands = (state.confirmer,) if isinstance(command, need.Assess) else (*state.surveyors, *assessor)
        owners = (call.caller.owner,) if state.registered.urgent else ()
        return Thing(township=state.registered.township, owners=owners, actors=hands)

    return facts


async def _seal(call: Call[Any], field: str, text: str) -> Sealed:
    """``text`` under the key of the person the need is about."""
    row = await call.fetchrow("select person from needs where county = $1 and id = $2", call.county,
                              call.path_id("need_id"))  # fmt: skip
    if row is None:
        raise Rejected("need.unknown")
    return (await call.vault.seal(row["person"], {field: text}))[field]


def _state(outcomes: tuple[Outcome, ...]) -> NeedState:
    state: need.Need = outcomes[0].state
    plan_id = state.approved.plan_id if state.approved else None
    return NeedState(id=outcomes[0].stream, number=state.registered.number, state=state.stage, plan_id=plan_id)


routes.page(
    "/v1/needs", row=NeedRow, township="township",
    filters={"person": UUID, "township": str, "village": str, "state": str, "urgent": bool},
    sql="select id, number, person, township, village, channel, urgent, state, mode, papers_due, registered_at,"
        f" {VERSION} from needs shown where county = $1",
    order=("number",), newest_first=True, summary="需求 Needs",
    sorts={"number": ("number",), "township": ("township", "village", "id")},
)  # fmt: skip


@routes.get("/v1/needs/{need_id}", answer=NeedAnswer, summary="需求 A need", stream="need_id")
async def one_need(call: Call[None]) -> dict[str, Any] | None:
    """A need without what is sealed."""
    return await one_row(call, "select * from needs where county = $1 and id = $2", call.path_id("need_id"), "items")
