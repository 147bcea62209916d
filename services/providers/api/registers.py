"""Routes of the registers: providers, their agreements and outlets, and the points of villages."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Done, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Item, Line, Number, OutletRow, Point, Region, Township
from services.providers.domain import place, provider

routes = Routes(tag="providers")

Kind = Literal["welfare_institution", "social_work_agency", "social_organisation", "company"]


class RegisterProvider(Body):
    """A provider with its unified social credit code 统一社会信用代码 and where its workers set out."""

    name: Line
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")]
    kind: Kind = "company"
    township: Township
    point: Point


class ConcludeAgreement(Body):
    """An agreement after a tender; both days are inclusive; ``monthly_capacity`` counts orders."""

    number: Number
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=200)]
    townships: Annotated[tuple[Township, ...], Field(min_length=1, max_length=100)]
    valid_from: Day
    valid_to: Day
    monthly_capacity: Annotated[int, Field(ge=1, le=1_000_000)]
    tender: Annotated[str, Field(pattern=rf"^{PLAIN}{{0,100}}$")] = ""
    qualified_to: Day | None = None


class OpenOutlet(Body):
    """A service outlet 服务网点."""

    name: Line
    point: Point


class Place(Body):
    """The point of a village (12 digits) or a township (9 digits)."""

    code: Region
    point: Point


class LocatePlaces(Body):
    """Points of villages and townships."""

    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=500)]


class Located(Body):
    """How many places are on the map now by this request."""

    places: int


class ProviderRow(Body):
    """A provider in a list."""

    id: UUID
    name: str
    credit_code: str
    kind: str
    township: str


class AgreementRow(Body):
    """An agreement as it stands."""

    number: str
    items: list[str]
    townships: list[str]
    valid_from: str
    valid_to: str
    monthly_capacity: int
    tender: str
    qualified_to: str | None


class ProviderAnswer(ProviderRow):
    """A provider with its outlets and agreements."""

    outlets: list[OutletRow]
    agreements: list[AgreementRow]


@routes.post(
    "/v1/providers", body=RegisterProvider, answer=Done, status=201, summary="登记服务机构 Register a provider",
    refusals=("provider.credit_code_wrong", "provider.registered_already"),
)  # fmt: skip
async def register_provider(call: Call[RegisterProvider]) -> Ask:
    """Enter a provider, once for each credit code."""
    body = call.body
    command = provider.Register(
        name=body.name,
        credit_code=body.credit_code,
        kind=body.kind,
        township=body.township,
        point=body.point.to_domain(),
        at=call.at,
    )
    stream = provider.stream_of(call.county, body.credit_code)
    call.permit(owner=stream)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))


@routes.post(
    "/v1/providers/{provider_id}/agreements", body=ConcludeAgreement, status=201,
    summary="签订服务协议 Conclude an agreement",
    refusals=(
        "provider.unknown", "agreement.number_taken", "agreement.ends_before_it_begins", "agreement.too_long",
        "agreement.without_tender", "policy.none_in_force",
    ),
)  # fmt: skip
async def conclude_agreement(call: Call[ConcludeAgreement]) -> Ask:
    """Conclude an agreement with a provider."""
    stream = call.path_id("provider_id")
    call.permit(owner=stream)
    agreement = provider.Agreement(**dict(call.body))
    command = provider.Agree(agreement=agreement, at=call.at)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))


@routes.post(
    "/v1/providers/{provider_id}/outlets", body=OpenOutlet, status=201,
    summary="登记服务网点 Open an outlet", refusals=("provider.unknown",),
)  # fmt: skip
async def open_outlet(call: Call[OpenOutlet]) -> Ask:
    """Add a point from which workers set out."""
    stream = call.path_id("provider_id")
    call.permit(owner=stream)
    command = provider.OpenOutlet(name=call.body.name, point=call.body.point.to_domain(), at=call.at)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))


@routes.post("/v1/places", body=LocatePlaces, answer=Located, summary="登记村（社区）位置 Locate villages")
async def locate_places(call: Call[LocatePlaces]) -> Ask:
    """Put villages and townships on the map; distances are reckoned to these points."""
    steps = [
        Step(
            decider=place.decider,
            stream=place.stream_of(call.county, one.code),
            command=place.Locate(code=one.code, point=one.point.to_domain(), at=call.at),
        )
        for one in call.body.places
    ]

    def count(outcomes: tuple[Outcome, ...]) -> Located:
        return Located(places=len({outcome.stream for outcome in outcomes}))

    return call.ask(*steps, answer=count)


routes.page(
    "/v1/providers", row=ProviderRow, filters={"id": UUID, "township": str, "credit_code": str}, owner="id",
    sql="select id, name, credit_code, kind, township from providers where county = $1", order=("name", "id"),
    summary="服务机构名录 Providers",
)  # fmt: skip


@routes.get("/v1/providers/{provider_id}", answer=ProviderAnswer, summary="服务机构 A provider",
            stream="provider_id")  # fmt: skip
async def one_provider(call: Call[None]) -> dict[str, Any] | None:
    """A provider with outlets and agreements."""
    stream = call.path_id("provider_id")
    call.permit(owner=stream)
    row = await call.fetchrow("select * from providers where county = $1 and id = $2", call.county, stream)
    return row and {**row, "outlets": json.loads(row["outlets"]), "agreements": json.loads(row["agreements"])}
