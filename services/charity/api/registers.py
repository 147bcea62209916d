"""Routes of the registers: charities, and claimants, whose names are sealed and read with a purpose."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes, field_class
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Step
from services.charity.api.shapes import Line
from services.charity.domain import charity, claimant

routes = Routes(tag="registers")
CONTACT = field_class("contact")

CLAIMS_OF = (
    "select 1 from love_orders where county = $1 and charity::text = $2"
    " and claims @> jsonb_build_array(jsonb_build_object('claimant', $3::text)) limit 1"
)


class RegisterCharity(Body):
    """A charity with its unified social credit code 统一社会信用代码."""

    name: Line
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")]


class CharityRow(Body):
    """A charity."""

    id: UUID
    name: str
    credit_code: str


class RegisterClaimant(Body):
    """A person or company who wants to claim."""

    kind: claimant.Kind
    name: Line
    phone: Annotated[str, Field(pattern=r"^[0-9+-]{5,20}$")]


class ClaimantRow(Body):
    """A claimant without name."""

    id: UUID
    kind: str
    open_claims: int
    fulfilled: int


class ClaimantPersonal(Body):
    """Name and phone in clear."""

    id: UUID
    kind: str
    name: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT]


@routes.post(
    "/v1/charities", body=RegisterCharity, status=201, summary="登记慈善组织 Register a charity",
    refusals=("charity.credit_code_wrong", "charity.registered_already"),
)  # fmt: skip
async def register_charity(call: Call[RegisterCharity]) -> Ask:
    """Enter a charity, once for each credit code."""
    command = charity.Register(name=call.body.name, credit_code=call.body.credit_code, at=call.at)
    stream = charity.stream_of(call.county, call.body.credit_code)
    return call.ask(Step(decider=charity.decider, stream=stream, command=command))


routes.page(
    "/v1/charities", row=CharityRow, sql="select id, name, credit_code from charities where county = $1",
    order=("name", "id"), summary="慈善组织名录 Charities",
)  # fmt: skip


@routes.post(
    "/v1/claimants", body=RegisterClaimant, status=201, summary="登记爱心人士/爱心企业 Register a claimant",
    refusals=("claimant.registered_already",),
)  # fmt: skip
async def register_claimant(call: Call[RegisterClaimant]) -> Ask:
    """Enter a claimant: under the id the caller's token names, or a new one."""
    stream = _own_id(call) or call.new_id("claimant")
    call.permit(owner=stream)
    boxes = await call.vault.seal(stream, {"name": call.body.name, "phone": call.body.phone})
    command = claimant.Register(kind=call.body.kind, name=boxes["name"], phone=boxes["phone"], at=call.at)
    return call.ask(Step(decider=claimant.decider, stream=stream, command=command))


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
