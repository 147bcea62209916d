"""Routes of the register of providers, and the points of villages."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Done, Routes
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import MONEY, Line, OutletRow, Point, Region, Township
from services.providers.domain import calendar, place, provider

routes = Routes(tag="providers")
HISTORY = (
    "select topic, metadata, recorded_at from events where county = $1 and originator_id = $2"
    " order by originator_version desc limit 200"
)
"""The newest first; a provider's whole history is in the county's log."""

Kind = Literal["welfare_institution", "social_work_agency", "social_organisation", "company"]
"""Paper 001, part 3 (2), and the market entities of paper 003, part 2 (3) item 5."""
Institution = Literal["elderly_home", "welfare_house", "hospital"]
"""Kinds of welfare institutions: 敬老院, 福利院, and where the mentally or infectiously ill are sent (paper 001)."""


class RegisterProvider(Body):
    """A provider with its unified social credit code 统一社会信用代码 and where its workers set out."""

    name: Line
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")]
    kind: Kind = "company"
    institution: Institution | None = None
    township: Township
    point: Point


class ChangeProvider(Body):
    """What is not named stays."""

    name: Line | None = None
    township: Township | None = None
    institution: Institution | None = None


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


class TermsRow(Body):
    """What an agreement says from a day on."""

    from_day: date
    items: list[str]
    townships: list[str]
    monthly_capacity: int
    amount_fen: Annotated[int | None, MONEY]
    most_orders: int


class AgreementRow(Body):
    """An agreement as concluded; ``valid_to`` is its last day as prolonged or ended, ``changes`` count by their day."""

    number: str
    items: list[str]
    townships: list[str]
    valid_from: str
    valid_to: str
    monthly_capacity: int
    tender: str
    qualified_to: str | None
    purchaser: str = ""
    amount_fen: Annotated[int | None, MONEY] = None
    most_orders: int = 0
    ended_from: date | None = None
    reason_code: str = ""
    changes: Annotated[list[TermsRow], Field(default_factory=list)]


class CertificateRow(Body):
    """A certificate; ``valid_to`` null: it has no end."""

    kind: str
    number: str
    valid_from: date
    valid_to: date | None


class StopRow(Body):
    """Days on which the provider takes no orders; ``to_day`` null: until further notice."""

    from_day: date
    to_day: date | None
    reason_code: str


class Happened(Body):
    """One step of a provider's history: what, when, and which role caused it."""

    event: str
    at: datetime
    role: str


class ProviderAnswer(ProviderRow):
    """A provider with everything: how it stands today, certificates, outlets, agreements, history."""

    institution: str
    standing: Literal["active", "suspended", "removed"]
    removed_from: date | None
    certificates: list[CertificateRow]
    stops: list[StopRow]
    outlets: list[OutletRow]
    agreements: list[AgreementRow]
    history: list[Happened]


@routes.post(
    "/v1/providers", body=RegisterProvider, answer=Done, status=201, summary="登记服务机构 Register a provider",
    refusals=("provider.credit_code_wrong", "provider.registered_already", "provider.no_institution"),
)  # fmt: skip
async def register_provider(call: Call[RegisterProvider]) -> Ask:
    """Enter a provider, once for each credit code."""
    body = call.body
    command = provider.Register(
        name=body.name,
        credit_code=body.credit_code,
        kind=body.kind,
        institution=body.institution or "",
        township=body.township,
        point=body.point.to_domain(),
        at=call.at,
    )
    stream = provider.stream_of(call.county, body.credit_code)
    call.permit(owner=stream)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))


@routes.post(
    "/v1/providers/{provider_id}/change", body=ChangeProvider, guarded="provider_id",
    summary="变更机构信息 Change name, township or kind of institution",
    refusals=("provider.unknown", "provider.removed", "provider.no_institution"),
)  # fmt: skip
async def change_provider(call: Call[ChangeProvider]) -> Ask:
    """The credit code and the kind never change."""
    stream, body = call.path_id("provider_id"), call.body
    call.permit(owner=stream)
    command = provider.Change(name=body.name, township=body.township, institution=body.institution, at=call.at)
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


@routes.get(
    "/v1/providers/{provider_id}", answer=ProviderAnswer, summary="服务机构 A provider", stream="provider_id",
    elsewhere=True,
)  # fmt: skip
async def one_provider(call: Call[None]) -> dict[str, Any] | None:
    """Everything about a provider: how it stands today, certificates, outlets, agreements, what happened."""
    stream = call.path_id("provider_id")
    call.permit(owner=stream)
    row = await call.fetchrow("select * from providers where county = $1 and id = $2", call.county, stream)
    if row is None:
        return None
    events = await call.fetch(HISTORY, call.county, stream)
    lists = {name: json.loads(row[name]) for name in ("certificates", "stops", "outlets", "agreements")}
    return {
        **row,
        **lists,
        "standing": _standing(row["removed_from"], lists["stops"], calendar.day_of(call.at)),
        "history": [_happened(event) for event in events],
    }


def _standing(removed_from: date | None, stops: list[dict[str, Any]], today: date) -> str:
    if removed_from is not None and removed_from <= today:
        return "removed"
    day = today.isoformat()
    stopped = any(stop["from_day"] <= day and (stop["to_day"] is None or day <= stop["to_day"]) for stop in stops)
    return "suspended" if stopped else "active"


def _happened(event: dict[str, Any]) -> Happened:
    role = json.loads(event["metadata"])["role"]
    return Happened(event=event["topic"].rpartition(".")[2], at=event["recorded_at"], role=role)
