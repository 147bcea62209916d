"""Routes of a need's review: surveyed by two, confirmed, assessed or refused."""

from __future__ import annotations

import json
from typing import Annotated, Literal
from uuid import uuid5

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Instant, Routes
from chassis.service import Ask
from services.orders.api.need_asking import AnsweredAll, NeedState, answers, ask, person_of, seal
from services.orders.api.shapes import WAYS, ItemId, PerPeriod, Subject, Times, Units, WayOfHelp, Writing
from services.orders.domain import need

routes = Routes(tag="needs")
Score = Annotated[int, Field(ge=0, le=4)]
Fen = Annotated[int, Field(ge=0, le=10**9)]


class Findings(Body):
    """The four dimensions of paper 003, part 2 (1) item 1, each 0 (no difficulty) to 4."""

    body_and_mind: Score
    daily_care: Score
    family: Score
    social_support: Score


class SurveyNeed(Body):
    """Who went there, by their sign-in names, as what and how, and what they found.

    ``captured_at`` is when it was written down, where that was off line; ``answers`` are those to the instrument.
    """

    village_worker: Subject
    aide: Subject
    findings: Findings
    village_worker_role: Literal["village_worker", "township_officer", "social_worker"] = "village_worker"
    aide_role: Literal["aide", "social_worker", "volunteer"] = "aide"
    form: Literal["home", "phone", "video"] = "home"
    captured_at: Instant | None = None
    answers: AnsweredAll | None = None


class Assessed(Body):
    """An item that is given: so many times a month, or ``times`` in each ``per``; so many units each time.

    ``mode`` is one of the seven (absent: the need's), ``provider_id`` or ``carer_id`` who serves it, ``from_day`` and
    ``to_day`` a stage of the help; with ``service_plan`` the provider's plan of service is agreed first.
    """

    item: ItemId
    times_per_month: Times = 1
    units: Units = 1
    per: PerPeriod | None = None
    times: Times = 1
    mode: WayOfHelp | None = None
    provider_id: Id | None = None
    carer_id: Id | None = None
    from_day: Day | None = None
    to_day: Day | None = None
    service_plan: bool = False


class AssessNeed(Body):
    """Content and mode; for charity also the price agreed at most, with the settlement rule that pays it.

    ``amount_fen`` is one-time help; beyond the county's soft limits it needs ``override_reason``, which is sealed.
    """

    items: Annotated[tuple[Assessed, ...], Field(min_length=1, max_length=30)]
    mode: Literal["purchase", "charity"]
    price_fen: Fen = 0
    rule: ItemId | None = None
    amount_fen: Fen = 0
    override_reason: Writing | None = None
    answers: AnsweredAll | None = None


class RefuseNeed(Body):
    """The written reason; it is sealed."""

    reason: Writing


@routes.post(
    "/v1/needs/{need_id}/survey", body=SurveyNeed, answer=NeedState,
    summary="入户调查 Record the survey",
    refusals=(
        "need.unknown", "need.survey_needs_two_people", "need.conflict_of_interest", "need.already_decided",
        "need.surveyor_decided", "need.surveyor_verified", "need.survey_team_wrong", "need.survey_form_not_allowed",
        "need.survey_in_the_future", "need.no_instrument", "need.answers_incomplete", "need.answer_out_of_range",
    ),
)  # fmt: skip
async def survey_need(call: Call[SurveyNeed]) -> Ask:
    """Two different people have been there, neither of whom decides; their findings are sealed."""
    body, person = call.body, await person_of(call)
    command = need.Survey(
        village_worker=body.village_worker,
        aide=body.aide,
        findings=await seal(call, person, "findings", json.dumps(body.findings.model_dump())),
        at=call.at,
        roles=(body.village_worker_role, body.aide_role),
        form=body.form,
        captured_at=body.captured_at,
        answers=await answers(call, person, body.answers),
        person=person,
    )
    return ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/confirmation", answer=NeedState,
    summary="审核确认 Confirm eligibility",
    refusals=(
        "need.unknown", "need.not_surveyed", "need.not_yours_to_decide", "need.already_decided",
        "need.confirmer_surveyed", "need.confirmer_assessed", "need.decider_verified", "need.disputed",
        "need.review_against", "need.papers_missing",
    ),
    guarded="need_id",
)  # fmt: skip
async def confirm_need(call: Call[None]) -> Ask:
    """The body that the policy names confirms (paper 003, part 4 (3): the township)."""
    caller = call.caller
    return ask(call, need.Confirm(by=caller.subject, role=caller.role, at=call.at, person=await person_of(call)))


@routes.post(
    "/v1/needs/{need_id}/assessment", body=AssessNeed, answer=NeedState,
    summary="评估测算 Assess and approve",
    refusals=(
        "need.unknown", "need.not_confirmed", "need.not_yours_to_decide", "need.already_decided",
        "need.confirmer_assessed", "need.surveyor_decided", "need.decider_verified", "need.disputed",
        "need.review_against",
        "need.purchase_has_no_price", "need.price_needs_a_rule", "need.amount_beyond_limits", "need.no_instrument",
        "need.answers_incomplete", "need.answer_out_of_range", "policy.item_unknown", "policy.item_not_by_this_mode",
        "beneficiary.died",
    ),
)  # fmt: skip
async def assess_need(call: Call[AssessNeed]) -> Ask:
    """The body that the policy names fixes what is given (paper 003, part 2 (3) item 4: the county bureau)."""
    body, person = call.body, await person_of(call)
    override = await seal(call, person, "override", body.override_reason) if body.override_reason else None
    command = need.Assess(
        items=tuple(_wanted(item) for item in body.items),
        mode=body.mode,
        price_fen=body.price_fen,
        rule=body.rule or "",
        plan_id=uuid5(call.path_id("need_id"), "plan"),
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
        amount_fen=body.amount_fen,
        override=override,
        answers=await answers(call, person, body.answers),
        person=person,
    )
    return ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/refusal", body=RefuseNeed, answer=NeedState,
    summary="不予救助 Refuse with a written reason",
    refusals=(
        "need.unknown", "need.not_yours_to_decide", "need.already_decided", "need.surveyor_decided",
        "need.decider_verified",
    ),
    guarded="need_id",
)  # fmt: skip
async def refuse_need(call: Call[RefuseNeed]) -> Ask:
    """Refused, with its reason (art. 45)."""
    person, caller = await person_of(call), call.caller
    reason = await seal(call, person, "reason", call.body.reason)
    return ask(call, need.Refuse(reason=reason, by=caller.subject, role=caller.role, at=call.at, person=person))


def _wanted(item: Assessed) -> need.Wanted:
    """The item as it was asked for; without ``per`` it is so many times a month."""
    return need.Wanted(
        item=item.item,
        times_per_month=item.times_per_month,
        units=item.units,
        per=item.per or "month",
        times=item.times if item.per else 0,
        way=WAYS[item.mode] if item.mode else None,
        provider=item.provider_id,
        carer=item.carer_id,
        from_day=item.from_day,
        to_day=item.to_day,
        service_plan=item.service_plan,
    )
