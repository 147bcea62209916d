"""Routes of service orders: opened singly, read with their timeline, verified."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Day, Id, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import VERSION, Code, ItemId, Township, Units, Village
from services.orders.api.timelines import ClockAnswer, Happened, timeline
from services.orders.domain import order

routes = Routes(tag="orders")


class OpenOrder(Body):
    """A single order outside any plan, to be served between two days, both inclusive.

    ``need_id`` names the approved need that holds the item; absent, it is found. ``emergency``: short care for who
    suddenly has nobody.
    """

    person_id: Id
    item: ItemId
    units: Units = 1
    township: Township
    village: Village
    window_from: Day
    window_to: Day
    remark_code: Code | None = None
    need_id: Id | None = None
    emergency: bool = False


class VerifyOrder(Body):
    """A judgement on a completion; a rejection or return needs ``note_code``; without ``visit_id`` the one waiting."""

    result: Literal["accepted", "rejected", "returned"]
    note_code: Code | None = None
    visit_id: Id | None = None


class DuplicateWarning(Body):
    """The person has the same item in overlapping days already: by an order, or by a plan (``source``)."""

    code: Literal["duplicate"] = "duplicate"
    id: UUID
    source: str
    window_from: date
    window_to: date


class OrderState(Body):
    """Where the order stands now; ``warnings`` of what was found when it was formed."""

    id: UUID
    state: str
    warnings: list[DuplicateWarning] = Field(default_factory=list)


class OrderRow(Body):
    """An order in a list; ``visit_id`` is the completion that waits, or the last; ``version`` is for ``If-Match``.

    A love order has ``places``, its pieces; ``desk_since`` when it came back to the bureau."""

    id: UUID
    version: int
    kind: str
    person: UUID
    plan_id: UUID | None
    item: str
    units: int
    township: str
    village: str
    state: str
    provider: UUID | None
    window_from: date
    window_to: date
    opened_at: datetime
    visit_id: UUID | None
    day: date | None
    red: bool
    policy: str
    mode: str
    need_id: UUID | None
    emergency: bool
    helper: UUID | None
    charity: UUID | None
    places: int
    pieces_left: int
    pieces_accepted: int
    desk_since: date | None


class OrderAnswer(OrderRow):
    """An order with its timeline and clocks."""

    timeline: list[Happened]
    clocks: list[ClockAnswer]


@routes.post(
    "/v1/orders", body=OpenOrder, answer=OrderState, status=201,
    summary="单次下单 Open a single order",
    refusals=(
        "order.person_unknown", "beneficiary.died", "order.region_wrong", "order.window_wrong", "policy.none",
        "policy.item_unknown", "policy.item_not_by_this_mode", "order.need_not_approved",
        "order.need_not_posted",
        "order.emergency_needs_urgent_need", "order.emergency_too_long", "order.duplicate",
    ),
)  # fmt: skip
async def open_order(call: Call[OpenOrder]) -> Ask:
    """Ask for one service that was approved for the person; whether it is goods follows from the item."""
    body = call.body
    call.permit(township=body.township)
    command = order.Open(
        kind="purchase",
        person=body.person_id,
        plan_id=None,
        item=body.item,
        units=body.units,
        township=body.township,
        village=body.village,
        window_from=body.window_from,
        window_to=body.window_to,
        provider=None,
        remark_code=body.remark_code or "",
        at=call.at,
        need_id=body.need_id,
        emergency=body.emergency,
    )
    return call.ask(Step(decider=order.decider, stream=call.new_id("order"), command=command), answer=state_of)


@routes.post(
    "/v1/orders/{order_id}/verification", bulk="/v1/bulk/verifications", body=VerifyOrder, answer=OrderState,
    summary="验收 Verify a completion",
    refusals=(
        "order.unknown", "order.not_yours_to_verify", "order.nothing_to_verify", "order.already_verified",
        "order.verifier_reported_it", "order.verifier_handled_the_need", "order.verification_needs_a_reason",
        "order.drawn_for_inspection",
    ),
    guarded="order_id",
)  # fmt: skip
async def verify_order(call: Call[VerifyOrder]) -> Ask:
    """Accept, reject or return (paper 003, part 4 (2)); never by who reported it or handled a need of the person."""
    command = order.Verify(
        visit_id=call.body.visit_id,
        result=call.body.result,
        note_code=call.body.note_code or "",
        by=call.caller.subject,
        role=call.caller.role,
        at=call.at,
    )
    step = Step(decider=order.decider, stream=call.path_id("order_id"), command=command, permit=call.judged(_facts))
    return call.ask(step, answer=state_of)


def _facts(state: order.Order | None) -> Thing | None:
    if state is None:
        return None
    reporters = tuple(visit.reported_by for visit in state.visits)
    return Thing(township=state.township, owners=state.servers, actors=reporters)


def state_of(outcomes: tuple[Outcome, ...]) -> OrderState:
    """The answer to whatever was asked of an order."""
    state: order.Order = outcomes[0].state
    warnings = [DuplicateWarning(**vars(one)) for one in state.overlaps]
    return OrderState(id=outcomes[0].stream, state=state.stage, warnings=warnings)


routes.page(
    "/v1/orders", row=OrderRow, owner="provider", township="township",
    filters={
        "state": str, "township": str, "village": str, "person": UUID, "plan_id": UUID, "provider": UUID,
        "kind": str, "item": str, "day": date, "mode": str, "emergency": bool,
    },
    sql="select id, kind, person, plan_id, item, units, township, village, state, provider, window_from, window_to,"
        f" opened_at, visit_id, day, red, policy, mode, need_id, emergency, helper, charity, places, pieces_left,"
        " pieces_accepted, desk_since,"
        f" {VERSION} from orders shown where county = $1",
    order=("opened_at", "id"), newest_first=True, summary="订单 Orders",
    sorts={"opened_at": ("opened_at", "id"), "window_to": ("window_to", "id")},
)  # fmt: skip


@routes.get("/v1/orders/{order_id}", answer=OrderAnswer, summary="订单 An order",
            stream="order_id")  # fmt: skip
async def one_order(call: Call[None]) -> dict[str, Any] | None:
    """An order and everything that happened to it."""
    stream = call.path_id("order_id")
    row = await call.fetchrow("select * from orders where county = $1 and id = $2", call.county, stream)
    if row is None:
        return None
    call.permit(township=row["township"], owner=row["provider"])
    return {**row, "version": call.version, **await timeline(call, stream)}
