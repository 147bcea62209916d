"""A single order outside any plan: only for what was approved for the person (paper 003, part 2 (3) item 4), and
posted in the village (Social Assistance Law, art. 45).

Short care in an emergency, for who suddenly has nobody, is ordered from an urgent need, for a few days at most
(paper 001, part (3) item 1).
"""

from __future__ import annotations

from datetime import timedelta

from chassis.kernel import Rejected
from services.orders.domain.days import ONE_DAY, business_day
from services.orders.domain.duplicates import Given, Source
from services.orders.domain.order.giving import overlaps
from services.orders.domain.order.known import Known
from services.orders.domain.order.loving_words import Overlap
from services.orders.domain.order.words import Kind, Open, Opened
from services.orders.domain.policy import GOODS, Policy, in_force

LONGEST_AHEAD = timedelta(days=366)
"""A single order is asked for at most this far ahead."""


def opened(command: Open, known: Known) -> Opened:
    """What a plan asks was checked before: person, place, days, item, need."""
    policy = in_force(known.policies, command.window_from)
    kind = command.kind if command.plan_id else _check_single(command, known, policy)
    return Opened(
        kind=kind,
        person=command.person,
        plan_id=command.plan_id,
        item=command.item,
        units=command.units,
        township=command.township,
        village=command.village,
        window_from=command.window_from,
        window_to=command.window_to,
        provider=command.provider,
        remark_code=command.remark_code,
        purchaser=policy.county,
        policy=policy.version,
        at=command.at,
        mode=command.mode,
        helper=command.helper,
        need_id=command.need_id or (known.holding.need_id if known.holding else None),
        emergency=command.emergency,
        overlaps=() if command.plan_id else _overlaps(command, kind, known, policy),
    )


def _overlaps(command: Open, kind: Kind, known: Known, policy: Policy) -> tuple[Overlap, ...]:
    source: Source = "goods" if kind == "goods" else "purchase"
    first, last = command.window_from, command.window_to
    return overlaps(Given(id=command.person, source=source, item=command.item, first=first, last=last), known, policy)


def _check_single(command: Open, known: Known, policy: Policy) -> Kind:
    """The kind follows from the item."""
    if known.home is None:
        raise Rejected("order.person_unknown")
    if known.home.died:
        raise Rejected("beneficiary.died")
    if not command.village.startswith(command.township) or not command.township.startswith(policy.county[:6]):
        raise Rejected("order.region_wrong")
    today = business_day(command.at)
    if not command.window_from <= command.window_to or not today <= command.window_to <= today + LONGEST_AHEAD:
        raise Rejected("order.window_wrong")
    item = policy.allow(command.item, "purchase", command.window_from)
    if known.holding is None:
        raise Rejected("order.need_not_approved")
    if not known.holding.posted and not known.holding.urgent:
        raise Rejected("order.need_not_posted")
    if command.emergency:
        _check_emergency(command, known.holding.urgent, policy)
    return "goods" if item.group == GOODS else "purchase"


def _check_emergency(command: Open, urgent: bool, policy: Policy) -> None:
    if not urgent:
        raise Rejected("order.emergency_needs_urgent_need")
    days = policy.plans.emergency_days
    if command.window_to - command.window_from + ONE_DAY > timedelta(days=days):
        raise Rejected("order.emergency_too_long", days=days)
