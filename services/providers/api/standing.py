"""Routes of a provider's standing: certificates, suspension, removal; and its outlets."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask, Step
from services.providers.api.shapes import Code, Document, Line, Number, Point, Region, Township, Village
from services.providers.domain import provider

routes = Routes(tag="standing")
STANDING = ("provider.unknown", "provider.removed")


class ShowCertificate(Body):
    """A licence or qualification as it was seen; ``valid_to`` null: it has no end."""

    kind: Code
    number: Number
    valid_from: Day
    valid_to: Day | None = None


class SuspendProvider(Body):
    """No orders on these days; ``to_day`` null: until it is resumed. ``document`` is the number of the decision."""

    from_day: Day
    to_day: Day | None = None
    reason_code: Literal["qualification_lapsed", "complaints", "inspection", "safety", "own_request", "other"]
    document: Document = ""


class ResumeProvider(Body):
    """Orders again from ``from_day`` on."""

    from_day: Day


class RemoveProvider(Body):
    """Off the register from ``from_day`` on, for good."""

    from_day: Day
    reason_code: Literal["licence_revoked", "false_service", "dissolved", "own_request", "other"]
    document: Document = ""


class OpenOutlet(Body):
    """A service outlet 服务网点 or a service point of a village; ``serves`` are townships and villages of its grid.

    ``opened_on`` null: from the beginning.
    """

    name: Line
    point: Point
    kind: Literal["outlet", "village_point"] = "outlet"
    township: Township | None = None
    village: Village | None = None
    serves: Annotated[tuple[Region, ...], Field(max_length=200)] = ()
    opened_on: Day | None = None


class CloseOutlet(Body):
    """``day`` is the first day on which nobody sets out from it."""

    name: Line
    day: Day


@routes.post(
    "/v1/providers/{provider_id}/certificates", body=ShowCertificate, status=201,
    summary="登记资质证书 Enter a certificate that was shown",
    refusals=(*STANDING, "certificate.ends_before_it_begins", "certificate.number_taken"),
)  # fmt: skip
async def show_certificate(call: Call[ShowCertificate]) -> Ask:
    """The bureau looks at it; it counts on its days."""
    return _of_provider(
        call, provider.ShowCertificate(certificate=provider.Certificate(**dict(call.body)), at=call.at)
    )  # fmt: skip


@routes.post(
    "/v1/providers/{provider_id}/suspension", body=SuspendProvider, guarded="provider_id",
    summary="暂停承接 Suspend a provider",
    refusals=(*STANDING, "provider.day_is_past", "provider.suspension_reversed", "provider.suspended_already"),
)  # fmt: skip
async def suspend_provider(call: Call[SuspendProvider]) -> Ask:
    """It is offered nothing for these days; what it can serve on no other day goes to others."""
    return _of_provider(call, provider.Suspend(**dict(call.body), at=call.at))


@routes.post(
    "/v1/providers/{provider_id}/resumption", body=ResumeProvider, guarded="provider_id",
    summary="恢复承接 End a suspension", refusals=(*STANDING, "provider.day_is_past"),
)  # fmt: skip
async def resume_provider(call: Call[ResumeProvider]) -> Ask:
    """From the day on it is offered orders again; what went to others stays with them."""
    return _of_provider(call, provider.Resume(from_day=call.body.from_day, at=call.at))


@routes.post(
    "/v1/providers/{provider_id}/removal", body=RemoveProvider, guarded="provider_id",
    summary="移出名录 Take a provider off the register", refusals=("provider.unknown", "provider.day_is_past"),
)  # fmt: skip
async def remove_provider(call: Call[RemoveProvider]) -> Ask:
    """Its agreements end that day; visits served before stay what they were, and are paid."""
    return _of_provider(call, provider.Remove(**dict(call.body), at=call.at))


@routes.post(
    "/v1/providers/{provider_id}/outlets", body=OpenOutlet, status=201,
    summary="登记服务网点 Open an outlet", refusals=(*STANDING, "outlet.village_elsewhere"),
)  # fmt: skip
async def open_outlet(call: Call[OpenOutlet]) -> Ask:
    """Add a point from which workers set out."""
    body = call.body
    command = provider.OpenOutlet(
        name=body.name,
        point=body.point.to_domain(),
        kind=body.kind,
        township=body.township or "",
        village=body.village or "",
        serves=body.serves,
        opened_on=body.opened_on,
        at=call.at,
    )
    return _of_provider(call, command)


@routes.post(
    "/v1/providers/{provider_id}/outlet-closure", body=CloseOutlet,
    summary="关闭服务网点 Close an outlet", refusals=("provider.unknown", "outlet.unknown", "provider.day_is_past"),
)  # fmt: skip
async def close_outlet(call: Call[CloseOutlet]) -> Ask:
    """Nobody sets out from it from the day on; its workers stay the provider's."""
    return _of_provider(call, provider.CloseOutlet(name=call.body.name, day=call.body.day, at=call.at))


def _of_provider(call: Call[Any], command: Any) -> Ask:
    stream = call.path_id("provider_id")
    call.permit(owner=stream)
    return call.ask(Step(decider=provider.decider, stream=stream, command=command))
