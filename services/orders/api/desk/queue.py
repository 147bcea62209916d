"""The verification desk's queue 验收台: what waits, the most urgent first, with everything needed to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import policy_of, today
from services.orders.api.shapes import VERSION
from services.orders.domain.days import month_of
from services.orders.domain.policy import Policy
from services.orders.views.known.orders import hands_of_people

routes = Routes(tag="verification")


class ExceptionShown(Body):
    """What looks odd: red must be mended, amber may be acknowledged, grey was the platform's fault."""

    code: str
    colour: str


class Earlier(Body):
    """An earlier judgement of the same completion; ``cause`` where it took one back."""

    verdict: str
    reason_code: str
    at: datetime
    cause: str | None


class OnTheDesk(Body):
    """A completion with its proofs and clocks. ``urgencies`` say why it stands where it stands, the gravest first.

    ``source`` is how it was reported (app, offline, paper), ``code`` what became of the person's one-time code,
    ``complete`` whether all six facts are there. ``draw`` names the spot check that drew it, ``appeal`` an open appeal.
    """

    visit_id: UUID
    provider: UUID
    urgencies: list[str]
    act_by: datetime
    verdict: str
    day: date
    time: str
    units: int
    worker: UUID | None
    minutes: int | None
    source: str
    code: str
    complete: bool | None
    exceptions: list[ExceptionShown]
    told_at: datetime | None
    accepts_at: datetime | None
    mend_by: datetime | None
    draw: UUID | None
    appeal: UUID | None
    earlier: list[Earlier]
    may_verify: bool
    barred: str


class QueueRow(Body):
    """An order with completions on the desk; ``rank``, ``urgency`` and ``act_by`` are those of its most urgent one.

    ``may_verify`` of a completion says whether the caller may judge it now; ``barred`` why not: ``not_your_body``,
    ``reported_it``, ``handled_the_need``, ``drawn``, ``to_be_mended``, ``appealed``.
    """

    id: UUID
    version: int
    rank: int
    urgency: str
    act_by: datetime
    kind: str
    person: UUID
    item: str
    units: int
    township: str
    village: str
    provider: UUID
    window_from: date
    window_to: date
    completions: list[OnTheDesk]


async def _filled(call: Call[None], rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """What depends on the hour and on who asks."""
    policy = await policy_of(call, today(call))
    hands = await hands_of_people(call, {row["person"] for row in rows})
    return [{**row, "completions": _completions(call, row, policy, hands.get(row["person"], frozenset()))}
            for row in rows]  # fmt: skip


def _completions(
    call: Call[None], row: Mapping[str, Any], policy: Policy, hands: frozenset[str]
) -> list[dict[str, Any]]:
    told = []
    for one in json.loads(row["completions"]):
        barred = _barred(call, row["kind"], one, policy, hands)
        urgencies = [*one["urgencies"], *_of_the_hour(call, row["kind"], one, policy)]
        shown = {key: value for key, value in one.items() if key != "reported_by"}
        told.append({**shown, "urgencies": urgencies, "barred": barred, "may_verify": not barred})
    return told


def _barred(call: Call[None], kind: str, one: Mapping[str, Any], policy: Policy, hands: frozenset[str]) -> str:
    """Why the caller may not judge it; the decision says the same with its own words."""
    body = {policy.verifies, "township"} if kind == "aid" else {policy.verifies}
    holds = {
        "not_your_body": call.caller.role not in body,
        "reported_it": call.caller.subject == one["reported_by"],
        "handled_the_need": call.caller.subject in hands,
        "appealed": one["verdict"] == "turned_down",
        "to_be_mended": one["verdict"] == "returned" and "mending_late" not in one["urgencies"],
        "drawn": one["draw"] is not None and one["verdict"] == "waiting",
    }
    return next((code for code, barred in holds.items() if barred), "")


def _of_the_hour(call: Call[None], kind: str, one: Mapping[str, Any], policy: Policy) -> list[str]:
    """Accepts itself soon; a love order waits longer than a purchased one would; its month is over: accepted after the
    seal of the month it is late (S2)."""
    if one["verdict"] != "waiting":
        return []
    accepts_at, told_at = one["accepts_at"], one["told_at"]
    soon = timedelta(hours=policy.desk.soon_hours)
    waited = timedelta(days=policy.accept_after_days)
    holds = {
        "accepts_soon": accepts_at is not None and datetime.fromisoformat(accepts_at) - call.at <= soon,
        "love_order_due": kind == "love" and told_at is not None
        and call.at - datetime.fromisoformat(told_at) > waited,
        "month_over": one["day"][:7] < month_of(today(call)),
    }  # fmt: skip
    return [code for code, now in holds.items() if now]


routes.page(
    "/v1/verification-queue", row=QueueRow, township="township",
    filters={
        "township": str, "village": str, "provider": UUID, "item": str, "urgency": str, "kind": str, "person": UUID,
    },
    sql="select id, rank, urgency, act_by, kind, person, item, units, township, village, provider, window_from,"
        f" window_to, completions, {VERSION} from verifications shown where county = $1 and open",
    order=("rank", "act_by", "id"), filled=_filled, refusals=("policy.none",),
    summary="验收台 The verification queue, the most urgent first",
)  # fmt: skip
