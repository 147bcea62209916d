"""Routes of contacts: visits at home and calls, with what was found, what was bought, and the need that came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Id, Instant, Routes
from chassis.kernel import Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import (
    ASSESSMENT,
    CONTACT,
    Code,
    ItemId,
    Line,
    Subject,
    Units,
    Writing,
    covered,
    one_row,
)
from services.orders.domain import contact, need

routes = Routes(tag="contacts")
Found = Literal["ok", "not_ok"]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Checklist(Body):
    """How things stand at home (paper 000, part 2 (5) point 1); what is left out was not looked at."""

    food: Found | None = None
    clothes: Found | None = None
    housing: Found | None = None
    school: Found | None = None
    medical: Found | None = None
    hygiene: Found | None = None
    utilities: Found | None = None


class FoundNeed(Body):
    """A need that the conversation brought to light; it is registered in the same act."""

    items: Annotated[tuple[ItemId, ...], Field(min_length=1, max_length=30)]
    urgent: bool = False
    conflict_of_interest: bool = False


class AskedGoods(Body):
    """What the visitor was asked to buy with the person's own money; the digest is that of the receipt."""

    goods: Code
    quantity: Units = 1
    bought: bool
    amount_fen: Annotated[int, Field(ge=0, le=10**8)] = 0
    sha256: Digest | None = None


class RecordContact(Body):
    """A visit or a call, recorded at once or later; ``visitor`` is who records it unless another is named."""

    person_id: Id
    way: Literal["home", "phone"]
    captured_at: Instant
    visitor: Subject | None = None
    reached: bool = True
    checklist: Checklist | None = None
    notes: Writing | None = None
    need: FoundNeed | None = None
    goods: Annotated[tuple[AskedGoods, ...], Field(max_length=20)] = ()


class ContactState(Body):
    """The contact as recorded; the errands in the order of the goods."""

    id: UUID
    day: date
    late: bool
    trouble: list[str]
    need_id: UUID | None
    errands: list[UUID]


class ContactRow(Body):
    """A contact in a list; ``trouble``: something did not stand well; ``goods``: how many were asked for."""

    id: UUID
    person: UUID
    township: str
    village: str
    way: str
    visitor: str
    reached: bool
    day: date
    captured_at: datetime
    recorded_at: datetime
    late: bool
    trouble: Annotated[bool | None, ASSESSMENT]
    goods: int
    need: UUID | None


class ContactAnswer(ContactRow):
    """A contact with its checklist; ``noted``: there are sealed notes."""

    checklist: Annotated[dict[str, str] | None, ASSESSMENT]
    noted: bool


class Notes(Body):
    """What the visitor wrote."""

    notes: Annotated[str | None, CONTACT]


@routes.post(
    "/v1/contacts", bulk="/v1/bulk/contacts", body=RecordContact, answer=ContactState, status=201,
    summary="登记走访或电话询访 Record a visit or a call",
    refusals=(
        "contact.person_unknown", "contact.in_the_future", "contact.after_death", "contact.price_of_nothing",
        "need.person_unknown", "beneficiary.died", "policy.none", "policy.item_unknown", "person.erased",
    ),
)  # fmt: skip
async def record_contact(call: Call[RecordContact]) -> Ask:
    """It counts for the month of its day and for the pair of its visitor; trouble may become a need at once (C22)."""
    body, stream = call.body, call.new_id("contact")
    await covered(call, "beneficiaries", body.person_id)
    notes = None
    if body.notes is not None:
        notes = (await call.vault.seal(body.person_id, {"notes": body.notes}))["notes"]
    record = _record(call, notes, call.new_id("need") if body.need else None)
    steps = [Step(decider=contact.decider, stream=stream, command=record)]
    if body.need is not None and record.need_id is not None:
        steps.append(Step(decider=need.decider, stream=record.need_id, command=_register(call, body.need)))
    return call.ask(*steps, answer=_state)


def _record(call: Call[RecordContact], notes: Sealed | None, need_id: UUID | None) -> contact.Record:
    body = call.body
    checklist = body.checklist.model_dump(exclude_none=True) if body.checklist else {}
    return contact.Record(
        person_id=body.person_id,
        way=body.way,
        captured_at=body.captured_at.astimezone(UTC),
        visitor=body.visitor or call.caller.subject,
        reached=body.reached,
        checklist=tuple(sorted(checklist.items())),
        notes=notes,
        need_id=need_id,
        goods=tuple(_goods(call, place, goods) for place, goods in enumerate(body.goods)),
        by=call.caller.subject,
        at=call.at,
    )


def _goods(call: Call[RecordContact], place: int, goods: AskedGoods) -> contact.Goods:
    return contact.Goods(
        errand_id=call.new_id(f"errand/{place}"),
        goods=goods.goods,
        quantity=goods.quantity,
        amount_fen=goods.amount_fen,
        bought=goods.bought,
        sha256=goods.sha256 or "",
    )


def _register(call: Call[RecordContact], found: FoundNeed) -> need.Register:
    return need.Register(
        person_id=call.body.person_id,
        items=found.items,
        channel="conversation",
        urgent=found.urgent,
        conflict_of_interest=found.conflict_of_interest,
        by=call.caller.subject,
        at=call.at,
    )


def _state(outcomes: tuple[Outcome, ...]) -> ContactState:
    state: contact.Recorded = outcomes[0].state
    return ContactState(
        id=outcomes[0].stream,
        day=state.day,
        late=state.late,
        trouble=list(state.trouble),
        need_id=state.need_id,
        errands=[goods.errand_id for goods in state.goods],
    )


routes.page(
    "/v1/contacts", row=ContactRow, township="township",
    filters={
        "person": UUID, "township": str, "village": str, "visitor": str, "way": str, "day": date, "late": bool,
        "reached": bool, "trouble": bool,
    },
    sql="select id, person, township, village, way, visitor, reached, day, captured_at, recorded_at, late, trouble,"
        " goods, need from contacts where county = $1",
    order=("captured_at", "id"), newest_first=True, summary="走访记录 Contacts",
)  # fmt: skip


@routes.get("/v1/contacts/{contact_id}", answer=ContactAnswer, summary="走访记录 A contact", stream="contact_id")
async def one_contact(call: Call[None]) -> dict[str, Any] | None:
    """A contact without what is sealed."""
    sql = "select *, notes_box is not null as noted from contacts where county = $1 and id = $2"
    return await one_row(call, sql, call.path_id("contact_id"), "checklist")


@routes.get(
    "/v1/contacts/{contact_id}/notes", answer=Notes, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="查阅走访记录正文（留痕） The notes of a contact; the read is logged",
)  # fmt: skip
async def contact_notes(call: Call[None]) -> dict[str, Any] | None:
    """What the visitor wrote, for a purpose that is logged; null where nothing was."""
    sql = "select person, township, notes_box from contacts where county = $1 and id = $2"
    row = await call.fetchrow(sql, call.county, call.path_id("contact_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    boxes = {} if row["notes_box"] is None else {"notes": Sealed(box=row["notes_box"])}
    return {"notes": None, **await call.vault.open(row["person"], boxes, purpose=call.query["purpose"])}
