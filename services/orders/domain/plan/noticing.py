"""A plan's notice: posted in the village, again for what came later (Social Assistance Law, art. 45)."""

from __future__ import annotations

from chassis.kernel import Rejected
from services.orders.domain.days import business_day
from services.orders.domain.plan.known import Known
from services.orders.domain.plan.state import Plan
from services.orders.domain.plan.words import Event, NoticePosted, PostNotice


def post_notice(command: PostNotice, state: Plan, known: Known) -> list[Event]:
    """Once, and not before its day; again where a need has widened the plan since. Whether all that hangs there is
    reviewed, the needs decide in the same transaction."""
    if state.notice_on is not None and not state.unposted:
        return []
    if command.posted_on > business_day(command.at):
        raise Rejected("plan.notice_in_the_future")
    return [NoticePosted(posted_on=command.posted_on, role=command.role, at=command.at)]
