"""Routes of needs: registered by any channel, accepted, asked for documents once, watched, listed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Id, Instant, Routes
from chassis.service import Ask, Step
from services.orders.api.need_asking import NeedState, ask, seal_one, state_of
from services.orders.api.shapes import ASSESSMENT, MONEY, VERSION, Code, ItemId, Subject, Writing, covered, one_row
from services.orders.domain import need

routes = Routes(tag="needs")
Urgency = Literal["ordinary", "urgent", "fast_lane"]


class ApplyingFor(Body):
    """Who applies; for another, with their relation and their name, which is sealed."""

    by: Literal["self", "proxy", "guardian", "finder"]
    relation_code: Code | None = None
    name: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")] | None = None


class RegisterNeed(Body):
    """Who needs what, and how it became known; ``conflict_of_interest`` if who registers is related to the person.

    ``ticket`` is a hot-line's number, ``owner`` the first-contact officer, ``committed_on`` the day of the signed
    commitment, ``residence`` how the person may live here, ``found_at`` when the need was found.
    """

    person_id: Id
    items: Annotated[tuple[ItemId, ...], Field(min_length=1, max_length=30)]
    channel: Literal[
        "window", "online", "village", "hotline", "data_match", "warning", "device", "refresh", "proxy", "conversation",
        "qr_code", "department",
    ]  # fmt: skip
    urgent: bool = False
    fast_lane: bool = False
    conflict_of_interest: bool = False
    ticket: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")] | None = None
    applicant: ApplyingFor | None = None
    committed_on: Day | None = None
    residence: Literal["registered", "permit", "visiting"] = "registered"
    found_at: Instant | None = None
    owner: Subject | None = None


class ClassifyNeed(Body):
    """The kind of difficulty, as the pack names it, and how soon."""

    difficulty: Code
    urgency: Urgency


class WithdrawNeed(Body):
    """Why the person does not want it any more."""

    reason_code: Code


class WatchNeed(Body):
    """Why not yet, which is sealed, and the day to look again."""

    reason: Writing
    look_again_on: Day


class AskForDocuments(Body):
    """All documents that are missing; there is no second list."""

    documents: Annotated[tuple[Code, ...], Field(min_length=1, max_length=30)]


class SettleDocument(Body):
    """A document that was asked for: brought, looked up, or a signed commitment in its place."""

    document: Code
    how: Literal["brought", "committed", "looked_up"]


class NeedRow(Body):
    """A need in a list; ``version`` is for ``If-Match``. ``overdue_step`` is the step that is late, if one is."""

    id: UUID
    version: int
    number: int
    register_number: str
    person: UUID
    township: str
    village: str
    channel: str
    urgent: bool
    urgency: str
    difficulty: Annotated[str | None, ASSESSMENT]
    degree: Annotated[str | None, ASSESSMENT]
    state: str
    mode: str | None
    papers_due: date | None
    registered_at: datetime
    decided_at: datetime | None
    look_again_on: date | None
    notice_on: date | None
    overdue_step: str


class NeedAnswer(NeedRow):
    """A need with what it asks for, or what was approved; ``missing`` are documents that were asked for."""

    items: list[dict[str, str | int]]
    price_fen: Annotated[int | None, MONEY]
    rule: Annotated[str | None, MONEY]
    residence: str
    owner: str
    ticket: str
    disputed: bool
    reviewed: bool
    missing: list[str]
    plan: UUID | None
    notice_to: date | None
    refused_on: date | None
    handed_on: date | None


class OverdueRow(Body):
    """A step that is late: due on that day, and whose business it is now (township, then county)."""

    id: UUID
    number: int
    register_number: str
    person: UUID
    township: str
    village: str
    urgency: str
    state: str
    overdue_step: str
    overdue_level: str
    overdue_on: date


@routes.post(
    "/v1/needs", bulk="/v1/bulk/needs", body=RegisterNeed, answer=NeedState, status=201,
    summary="登记需求 Register a need",
    refusals=(
        "need.person_unknown", "beneficiary.died", "policy.none", "policy.item_unknown", "need.applicant_wrong",
        "need.found_in_the_future", "need.day_in_the_future", "need.apply_where_registered", "need.commitment_missing",
    ),
)  # fmt: skip
async def register_need(call: Call[RegisterNeed]) -> Ask:
    """A need is found and numbered, for the county and for the year."""
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
        fast_lane=body.fast_lane,
        ticket=body.ticket or "",
        applicant=await _applicant(call, body),
        committed_on=body.committed_on,
        residence=body.residence,
        found_at=body.found_at,
        owner=body.owner or "",
    )
    return call.ask(Step(decider=need.decider, stream=stream, command=command), answer=state_of)


async def _applicant(call: Call[Any], body: RegisterNeed) -> need.Applicant:
    told = body.applicant
    if told is None:
        return need.Applicant()
    boxes = await call.vault.seal(body.person_id, {"applicant_name": told.name}) if told.name else {}
    return need.Applicant(by=told.by, relation_code=told.relation_code or "", name=boxes.get("applicant_name"))


@routes.post(
    "/v1/needs/{need_id}/classification", body=ClassifyNeed, answer=NeedState,
    summary="受理分类 Accept and classify",
    refusals=("need.unknown", "need.already_decided", "need.difficulty_unknown"),
)  # fmt: skip
async def classify_need(call: Call[ClassifyNeed]) -> Ask:
    """The need is accepted, with its kind of difficulty and its urgency (paper 001, part 4 (2))."""
    body, caller = call.body, call.caller
    command = need.Classify(
        difficulty=body.difficulty, urgency=body.urgency, by=caller.subject, role=caller.role, at=call.at
    )
    return ask(call, command)


@routes.post(
    "/v1/needs/{need_id}/missing-documents", body=AskForDocuments, answer=NeedState,
    summary="一次性告知 Tell once what is missing",
    refusals=(
        "need.unknown", "need.already_decided", "need.document_can_be_looked_up", "need.document_unknown",
        "need.asked_once_already",
    ),
)  # fmt: skip
async def ask_for_documents(call: Call[AskForDocuments]) -> Ask:
    """One complete list; what can be looked up is nobody's to bring (art. 62)."""
    return ask(call, need.TellMissing(documents=call.body.documents, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/documents", body=SettleDocument, answer=NeedState,
    summary="材料补齐或承诺 Settle a document",
    refusals=("need.unknown", "need.document_not_asked_for", "need.document_needs_proof"),
)  # fmt: skip
async def settle_document(call: Call[SettleDocument]) -> Ask:
    """A document that was asked for is there, looked up, or replaced by a commitment where the pack lets it."""
    body = call.body
    return ask(call, need.NotePaper(document=body.document, how=body.how, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/withdrawal", body=WithdrawNeed, answer=NeedState,
    summary="申请人撤回 The person withdraws",
    refusals=("need.unknown", "need.already_decided"),
)  # fmt: skip
async def withdraw_need(call: Call[WithdrawNeed]) -> Ask:
    """Until it is decided."""
    return ask(call, need.Withdraw(reason_code=call.body.reason_code, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/needs/{need_id}/watch", body=WatchNeed, answer=NeedState,
    summary="暂不符合，列入观察台账 Watch: not eligible yet",
    refusals=(
        "need.unknown", "need.already_decided", "need.not_yours_to_decide", "need.surveyor_decided",
        "need.watch_day_wrong",
    ),
)  # fmt: skip
async def watch_need(call: Call[WatchNeed]) -> Ask:
    """Kept, and looked at again on its day (paper 002, part 3 (5) item 20)."""
    reason = await seal_one(call, "watch", call.body.reason)
    caller = call.caller
    command = need.Watch(
        reason=reason, look_again_on=call.body.look_again_on, by=caller.subject, role=caller.role, at=call.at
    )
    return ask(call, command)


COLUMNS = (
    "select id, number, register_number, person, township, village, channel, urgent, urgency, rank, difficulty, degree,"
    " state, mode, papers_due, registered_at, decided_at, look_again_on, notice_on, overdue_step,"
    f" {VERSION} from needs shown where county = $1"
)
routes.page(
    "/v1/needs", row=NeedRow, township="township",
    filters={
        "person": UUID, "township": str, "village": str, "state": str, "urgent": bool, "urgency": str,
        "channel": str, "difficulty": str,
    },
    sql=COLUMNS, order=("number",), newest_first=True, summary="需求 Needs",
    sorts={
        "number": ("number",), "township": ("township", "village", "id"), "urgency": ("rank", "number"),
    },
)  # fmt: skip
routes.page(
    "/v1/needs/overdue", row=OverdueRow, township="township",
    filters={"township": str, "overdue_step": str, "overdue_level": str},
    sql="select id, number, register_number, person, township, village, urgency, state, overdue_step, overdue_level,"
        " overdue_on from needs where county = $1 and overdue_step <> ''",
    order=("overdue_on", "number"), summary="超期环节 Steps that are late",
)  # fmt: skip


@routes.get("/v1/needs/{need_id}", answer=NeedAnswer, summary="需求 A need", stream="need_id")
async def one_need(call: Call[None]) -> dict[str, Any] | None:
    """A need without what is sealed."""
    sql = "select *, plan_id as plan from needs where county = $1 and id = $2"
    return await one_row(call, sql, call.path_id("need_id"), "items", "missing")
