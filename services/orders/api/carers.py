"""Routes of carers: agreements signed, renewed, ended, put in another's place; escorts to hospital."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Routes
from chassis.service import Ask, Step
from services.orders.api.care_shapes import CareState, ask, person_of, state_of
from services.orders.api.shapes import Code, covered
from services.orders.domain import care

routes = Routes(tag="carers")
Relation = Literal["guardian", "relative", "neighbour", "hired", "volunteer"]
Name = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+ -]{5,20}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CareTerms(Body):
    """What was signed with the carer; both days inclusive; ``duties`` are what the carer takes on, by code."""

    name: Name
    phone: Phone | None = None
    relation: Relation
    signed_on: Day
    from_day: Day
    valid_to: Day
    duties: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)]
    sha256: Digest | None = None


class SignCare(CareTerms):
    """An agreement for a person without one."""

    person_id: Id


class RenewCare(Body):
    """The same carer goes on."""

    signed_on: Day
    valid_to: Day


class EndCare(Body):
    """The last day, and why; a carer who fails is told to mend instead."""

    last_day: Day
    reason_code: Literal["carer_died", "carer_ill", "carer_moved", "carer_resigned", "person_in_institution"]


class NameEscort(Body):
    """Who comes along to hospital."""

    name: Name
    phone: Phone | None = None
    relation: Relation
    from_day: Day


@routes.post(
    "/v1/carers", body=SignCare, answer=CareState, status=201, summary="签订照料协议 Sign a care agreement",
    refusals=(
        "care.person_unknown", "beneficiary.died", "care.agreement_runs", "care.days_wrong", "care.too_long",
        "policy.none", "person.erased",
    ),
)  # fmt: skip
async def sign_care(call: Call[SignCare]) -> Ask:
    """One agreement at a time for each person."""
    body = call.body
    await covered(call, "beneficiaries", body.person_id)
    terms = await _terms(call, body.person_id, body)
    command = care.Sign(person_id=body.person_id, terms=terms, by=call.caller.subject, at=call.at)
    step = Step(decider=care.decider, stream=care.stream_of(body.person_id), command=command)
    return call.ask(step, answer=state_of)


@routes.post(
    "/v1/carers/{care_id}/replacement", body=CareTerms, answer=CareState,
    summary="更换照料人并重新签订协议 Replace a carer",
    refusals=(
        "care.unknown", "care.rectify_first", "care.person_left", "care.days_wrong", "care.too_long", "person.erased"
    ),
    guarded="care_id",
)  # fmt: skip
async def replace_carer(call: Call[CareTerms]) -> Ask:
    """Only in place of who let the time to mend pass or refused; the old agreement ends the day before."""
    terms = await _terms(call, await person_of(call), call.body)
    return ask(call, care.Replace(terms=terms, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/carers/{care_id}/renewal", body=RenewCare, answer=CareState, summary="续签照料协议 Renew an agreement",
    refusals=("care.unknown", "care.ran_out", "care.mend_first", "care.days_wrong", "care.too_long"),
    guarded="care_id",
)  # fmt: skip
async def renew_care(call: Call[RenewCare]) -> Ask:
    """Before it runs out, and not while the carer has to mend."""
    body = call.body
    command = care.Renew(signed_on=body.signed_on, valid_to=body.valid_to, by=call.caller.subject, at=call.at)
    return ask(call, command)


@routes.post(
    "/v1/carers/{care_id}/end", body=EndCare, answer=CareState, summary="终止照料协议 End an agreement",
    refusals=("care.unknown", "care.days_wrong"), guarded="care_id",
)  # fmt: skip
async def end_care(call: Call[EndCare]) -> Ask:
    """For a reason that is no failing: death, illness, a move, by the carer's wish, care in an institution."""
    body = call.body
    command = care.End(last_day=body.last_day, reason_code=body.reason_code, by=call.caller.subject, at=call.at)
    return ask(call, command)


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/escort", body=NameEscort, answer=CareState,
    summary="确定住院陪护人 Name who comes along to hospital",
    refusals=("care.person_unknown", "beneficiary.died", "care.days_wrong", "person.erased"),
)  # fmt: skip
async def name_escort(call: Call[NameEscort]) -> Ask:
    """Cared for on ordinary days, watched over when ill (paper 004, part 2 (2) item 3); a later name replaces it."""
    body, person = call.body, call.path_id("beneficiary_id")
    await covered(call, "beneficiaries", person)
    texts = {"escort_name": body.name, "escort_phone": body.phone}
    boxes = await call.vault.seal(person, {field: text for field, text in texts.items() if text is not None})
    command = care.NameEscort(
        person_id=person,
        name=boxes["escort_name"],
        phone=boxes.get("escort_phone"),
        relation=body.relation,
        from_day=body.from_day,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=care.decider, stream=care.stream_of(person), command=command), answer=state_of)


async def _terms(call: Call[Any], person: UUID, body: CareTerms) -> care.Terms:
    texts = {"carer_name": body.name, "carer_phone": body.phone}
    boxes = await call.vault.seal(person, {field: text for field, text in texts.items() if text is not None})
    return care.Terms(
        name=boxes["carer_name"],
        phone=boxes.get("carer_phone"),
        relation=body.relation,
        signed_on=body.signed_on,
        from_day=body.from_day,
        valid_to=body.valid_to,
        duties=body.duties,
        sha256=body.sha256 or "",
    )
