"""Routes of claimants, whose names are sealed and read with a purpose; and how reliable they were."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Routes, field_class
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Step
from services.charity.api.shapes import Line, Phone
from services.charity.domain import claimant

routes = Routes(tag="registers")
CONTACT = field_class("contact")

CLAIMS_OF = (
    "select 1 from love_orders where county = $1 and charity::text = $2"
    " and claims @> jsonb_build_array(jsonb_build_object('claimant', $3::text)) limit 1"
)


class RegisterClaimant(Body):
    """A person or company who wants to claim. A company says its credit code, a person the day of birth where an order
    asks for an age; of that day only the year is kept in the open."""

    kind: claimant.Kind
    name: Line
    phone: Phone
    born_on: Day | None = None
    credit_code: Annotated[str, Field(pattern=r"^([0-9A-Z]{18})?$")] = ""


class ClaimantRow(Body):
    """A claimant without name."""

    id: UUID
    kind: str
    open_claims: int
    fulfilled: int


class Reliability(Body):
    """The claims that are over of those the claimant was sure of: ``fulfilled`` of ``ended``, in ``percent`` (null
    before one has ended). ``lapsed`` counts holds that ran out and what was not mended."""

    id: UUID
    ended: int
    fulfilled: int
    no_shows: int
    withdrawals: int
    lapsed: int
    turned_down: int
    percent: int | None


class ClaimantPersonal(Body):
    """Name and phone in clear."""

    id: UUID
    kind: str
    name: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT]


@routes.post(
    "/v1/claimants", body=RegisterClaimant, status=201, summary="登记爱心人士/爱心企业 Register a claimant",
    refusals=("claimant.registered_already", "claimant.credit_code_wrong", "claimant.born_a_company"),
)  # fmt: skip
async def register_claimant(call: Call[RegisterClaimant]) -> Ask:
    """Enter a claimant: under the id the caller's token names, or a new one."""
    stream = _own_id(call) or call.new_id("claimant")
    call.permit(owner=stream)
    body = call.body
    told = {"name": body.name, "phone": body.phone}
    if body.born_on is not None:
        told["born_on"] = body.born_on.isoformat()
    boxes = await call.vault.seal(stream, told)
    command = claimant.Register(
        kind=body.kind,
        name=boxes["name"],
        phone=boxes["phone"],
        shown=shown(body.kind, body.name),
        born_on=boxes.get("born_on"),
        born_in=body.born_on.year if body.born_on else None,
        credit_code=body.credit_code,
        at=call.at,
    )
    return call.ask(Step(decider=claimant.decider, stream=stream, command=command))


def shown(kind: claimant.Kind, name: str) -> str:
    """The masked name: a person's first character, a company's name, which is public."""
    return name if kind == "company" else f"{name.strip()[:1]}**"


def _own_id(call: Call[Any]) -> UUID | None:
    if call.caller.role != "claimant" or not call.caller.owner:
        return None
    try:
        return UUID(call.caller.owner)
    except ValueError:
        raise Rejected("forbidden.owner") from None


async def _owners(call: Call[None], stream: UUID) -> tuple[UUID | str, ...]:
    """Whose a claimant's file is: the claimant's, and the charity's whose order it has claimed."""
    if call.caller.role != "charity":
        return (stream,)
    claims = await call.fetchrow(CLAIMS_OF, call.county, call.caller.owner, str(stream))
    return (stream, call.caller.owner) if claims else (stream,)


@routes.get(
    "/v1/claimants/{claimant_id}", answer=ClaimantRow,
    summary="爱心人士/爱心企业 A claimant", stream="claimant_id",
)  # fmt: skip
async def one_claimant(call: Call[None]) -> dict[str, Any] | None:
    """How many claims are open and how many were fulfilled."""
    stream = call.path_id("claimant_id")
    call.permit(owners=await _owners(call, stream))
    return await call.fetchrow(
        "select id, kind, open_claims, fulfilled from claimants where county = $1 and id = $2", call.county, stream
    )


@routes.get(
    "/v1/claimants/{claimant_id}/reliability", answer=Reliability,
    summary="履约情况 How reliable a claimant was", stream="claimant_id",
)  # fmt: skip
async def claimant_reliability(call: Call[None]) -> dict[str, Any] | None:
    """For the charity whose order is claimed, the bureau and the auditor, and the claimant."""
    stream = call.path_id("claimant_id")
    call.permit(owners=await _owners(call, stream))
    return await call.fetchrow(
        "select id, ended, fulfilled, no_shows, withdrawals, lapsed, turned_down,"
        " case when ended > 0 then 100 * fulfilled / ended end as percent"
        " from claimants where county = $1 and id = $2",
        call.county,
        stream,
    )


@routes.get(
    "/v1/claimants/{claimant_id}/personal", answer=ClaimantPersonal,
    filters={"purpose": str}, required=("purpose",), scope="personal.read",
    summary="姓名电话（留痕） Name and phone; the read is logged",
)  # fmt: skip
async def claimant_personal(call: Call[None]) -> dict[str, Any] | None:
    """Name and phone, for a stated purpose; a charity reads those who claimed an order of its own."""
    stream = call.path_id("claimant_id")
    row = await call.fetchrow("select * from claimants where county = $1 and id = $2", call.county, stream)
    if row is None:
        return None
    call.permit(owners=await _owners(call, stream))
    sealed = {"name": Sealed(box=row["name_box"]), "phone": Sealed(box=row["phone_box"])}
    opened = await call.vault.open(stream, sealed, purpose=call.query["purpose"])
    return {"id": stream, "kind": row["kind"], **opened}
