"""Routes of beneficiaries: registered with sealed personal data, shown without them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import ASSESSMENT, HEALTH, Code, Line, Region, Tier, Township, Village, one_row
from services.orders.domain import beneficiary, identity
from services.orders.domain.person import Person

routes = Routes(tag="beneficiaries")
Categories = Annotated[tuple[Code, ...], Field(max_length=20)]


class RegisterBeneficiary(Body):
    """A person helped; ``generated`` marks data made for a demonstration. ``registered_region`` is where the household
    book is kept; it may lie anywhere and is no reason to refuse help."""

    name: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")]
    id_number: Annotated[str, Field(pattern=r"^[0-9]{17}[0-9X]$")]
    phone: Annotated[str, Field(pattern=r"^[0-9+ -]{5,20}$")] | None = None
    address: Line | None = None
    born: Day
    township: Township
    village: Village
    categories: Categories
    tier: Tier
    generated: bool = False
    registered_region: Region | None = None
    residence_permit: bool = False


class ChangeStatus(Body):
    """Another care tier or other categories from a day on; what is absent stays."""

    tier: Tier | None = None
    categories: Categories | None = None
    from_day: Day


class NoteStay(Body):
    """A hospital stay; without ``discharged`` it goes on."""

    admitted: Day
    discharged: Day | None = None


class RecordDeath(Body):
    """The day of death."""

    day: Day


class Registration(Body):
    """The person's id and service number."""

    id: UUID
    service_number: str


class BeneficiaryRow(Body):
    """A person without anything that names them."""

    id: UUID
    service_number: str
    township: str
    village: str
    tier: Annotated[str | None, HEALTH]
    died_on: Annotated[date | None, HEALTH]
    moved_on: date | None
    plan_id: UUID | None
    generated: bool
    household: UUID | None
    guardian: Annotated[str | None, HEALTH]


class BeneficiaryAnswer(BeneficiaryRow):
    """A person with their categories."""

    categories: Annotated[list[str] | None, ASSESSMENT]


@routes.post(
    "/v1/beneficiaries", bulk="/v1/bulk/beneficiaries", body=RegisterBeneficiary, answer=Registration, status=201,
    summary="登记救助对象 Register a person",
    refusals=(
        "beneficiary.duplicate", "beneficiary.id_number_wrong", "beneficiary.born_differs", "beneficiary.region_wrong",
        "beneficiary.born_in_the_future", "policy.none", "policy.category_unknown",
    ),
)  # fmt: skip
async def register_beneficiary(call: Call[RegisterBeneficiary]) -> Ask:
    """Register a person: what names them is sealed, a keyed hash of the identity number finds duplicates."""
    body, stream = call.body, call.new_id("beneficiary")
    call.permit(township=body.township)
    identity.check(body.id_number, body.born)
    texts = {"name": body.name, "id_number": body.id_number, "phone": body.phone, "address": body.address}
    boxes = await call.vault.seal(stream, {field: text for field, text in texts.items() if text is not None})
    person = Person(
        name=boxes["name"],
        id_number=boxes["id_number"],
        phone=boxes.get("phone"),
        address=boxes.get("address"),
        id_index=await call.vault.index(body.id_number, "id_number"),
        born=body.born,
        township=body.township,
        village=body.village,
        tier=body.tier,
        categories=body.categories,
        generated=body.generated,
        registered_region=body.registered_region or "",
        residence_permit=body.residence_permit,
    )
    register = beneficiary.Register(person=person, at=call.at)
    return call.ask(Step(decider=beneficiary.decider, stream=stream, command=register), answer=_registration)


def _registration(outcomes: tuple[Outcome, ...]) -> Registration:
    return Registration(id=outcomes[0].stream, service_number=outcomes[0].state.service_number)


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/status", body=ChangeStatus,
    summary="调整类别或自理能力 Change tier or categories",
    refusals=("beneficiary.unknown", "beneficiary.died", "policy.category_unknown"),
)  # fmt: skip
async def change_status(call: Call[ChangeStatus]) -> Ask:
    """What tariffs look at changes from a day on; months that were told already are told again."""
    body = call.body
    command = beneficiary.ChangeStatus(tier=body.tier, categories=body.categories, from_day=body.from_day, at=call.at)
    return _ask(call, command)


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/hospital-stays", body=NoteStay,
    summary="登记住院 Note a hospital stay",
    refusals=("beneficiary.unknown", "beneficiary.died", "beneficiary.discharged_before_admitted"),
)  # fmt: skip
async def note_stay(call: Call[NoteStay]) -> Ask:
    """A stay that began on the same day is replaced: so its end is told later."""
    return _ask(call, beneficiary.NoteStay(admitted=call.body.admitted, discharged=call.body.discharged, at=call.at))


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/death", body=RecordDeath,
    summary="登记去世 Record a death",
    refusals=("beneficiary.unknown", "beneficiary.died", "beneficiary.death_day_wrong"),
)  # fmt: skip
async def record_death(call: Call[RecordDeath]) -> Ask:
    """The day of death is the last eligible day; open orders of the plan are cancelled."""
    return _ask(call, beneficiary.RecordDeath(day=call.body.day, at=call.at))


def _ask(call: Call[Any], command: beneficiary.Command) -> Ask:
    stream = call.path_id("beneficiary_id")
    return call.ask(Step(decider=beneficiary.decider, stream=stream, command=command, permit=call.judged(_facts)))


def _facts(state: beneficiary.Beneficiary | None) -> Thing | None:
    return Thing(township=state.home.township) if state else None


routes.page(
    "/v1/beneficiaries", row=BeneficiaryRow, township="township",
    filters={"township": str, "village": str, "tier": str, "service_number": str, "generated": bool,
             "household": UUID, "guardian": Literal["unchecked", "able", "unable"]},
    sql="select id, number, service_number, township, village, tier, died_on, moved_on, plan_id, generated, household,"
        " guardian"
        " from beneficiaries where county = $1",
    order=("number",), summary="救助对象 Persons",
)  # fmt: skip


@routes.get("/v1/beneficiaries/{beneficiary_id}", answer=BeneficiaryAnswer, summary="救助对象 A person",
            stream="beneficiary_id")  # fmt: skip
async def one_beneficiary(call: Call[None]) -> dict[str, Any] | None:
    """A person without anything that names them."""
    sql = "select * from beneficiaries where county = $1 and id = $2"
    return await one_row(call, sql, call.path_id("beneficiary_id"), "categories")
