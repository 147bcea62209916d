"""Omissions 遗漏: what a person is entitled to, was planned or approved for, and does not have by its date.

    no_plan, plan_not_started, no_notice, no_provider    as ``coverage`` finds them: entitled or planned, and not begun
    order_unserved      the last day of its window, and the days the county allows, are over, and nobody was there
    love_declined       a charity sent the love order back, or did not publish it: the bureau has to decide
    love_unclaimed      nobody claimed it: the same
    love_unpublished    referred to a charity and not on the hall after so many days
    need_not_given      approved for charity, and after so many days without any love order or list
    referral_undecided  on a charity's list whose last day is over

Paper 003, part 2 (5) item 11 (避免服务遗漏); paper 000, part 2 (1) (应服尽服). A finding is a question to look into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from services.orders.domain.coverage import Looked, findings
from services.orders.domain.policy import Policy

Code = Literal[
    "no_plan", "plan_not_started", "no_notice", "no_provider", "order_unserved", "love_declined", "love_unclaimed",
    "love_unpublished", "need_not_given", "referral_undecided",
]  # fmt: skip
OF_COVERAGE = frozenset({"no_plan", "plan_not_started", "no_notice", "no_provider"})
UNSERVED = frozenset({"opened", "nobody_found", "matched", "returned"})


@dataclass(frozen=True, kw_only=True)
class Waits:
    """An order that is not over: ``formed_on`` when it was opened or formed, ``desk_since`` when it came back."""

    id: UUID
    item: str
    kind: str
    state: str
    formed_on: date
    window_to: date
    published_on: date | None = None
    desk_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Approved:
    """A need that was approved for charity: on which day, whether anything was formed or is being decided of it, and
    the last day of the charity that has it on its list."""

    id: UUID
    decided_on: date
    ordered: bool
    decide_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Omission:
    """A code, since when it is late, and what it is about: a plan, an order, a need or a programme."""

    code: Code
    since: date
    id: UUID | None = None
    item: str = ""
    programme: str = ""


def omissions(
    person: Looked, orders: Iterable[Waits], needs: Iterable[Approved], policy: Policy, day: date
) -> tuple[Omission, ...]:
    """Everything that ``person`` should have on ``day`` and has not; who has died misses nothing."""
    if person.died:
        return ()
    return (*_planned(person, policy, day), *_ordered(orders, policy, day), *_approved(needs, policy, day))


def _planned(person: Looked, policy: Policy, day: date) -> Iterator[Omission]:
    for finding in findings(person, policy, day):
        if finding.code in OF_COVERAGE:
            code: Code = finding.code  # type: ignore[assignment]
            yield Omission(code=code, since=day, id=finding.plan, item=finding.item, programme=finding.programme)


def _ordered(orders: Iterable[Waits], policy: Policy, day: date) -> Iterator[Omission]:
    for one in orders:
        if one.state in {"declined", "unclaimed", "considered"}:
            code: Code = "love_declined" if one.state == "declined" else "love_unclaimed"
            yield Omission(code=code, since=one.desk_since or day, id=one.id, item=one.item)
            continue
        last = one.window_to + timedelta(days=policy.ledgers.serve_days)
        if one.state in UNSERVED and last < day:
            yield Omission(code="order_unserved", since=one.window_to, id=one.id, item=one.item)
        elif _unpublished(one) and one.formed_on + timedelta(days=policy.loving.publish_days) < day:
            yield Omission(code="love_unpublished", since=one.formed_on, id=one.id, item=one.item)


def _unpublished(one: Waits) -> bool:
    return one.kind == "love" and one.state == "opened" and one.published_on is None


def _approved(needs: Iterable[Approved], policy: Policy, day: date) -> Iterator[Omission]:
    for one in needs:
        if one.ordered:
            continue
        if one.decide_by is not None:
            if one.decide_by < day:
                yield Omission(code="referral_undecided", since=one.decide_by, id=one.id)
        elif one.decided_on + timedelta(days=policy.loving.order_days) < day:
            yield Omission(code="need_not_given", since=one.decided_on, id=one.id)
