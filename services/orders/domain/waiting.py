"""What waits for whom: one list over every step that has a day by which it should be done.

``since`` is the day a thing began to wait, ``due_on`` the last day that is in
time (paper 004, part 2 (4) item 1: entry, review and update by their time nodes).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, get_args

from services.orders.domain.policy import Policy

Kind = Literal[
    "entrant_unseen", "need_undecided", "papers_missing", "notice_missing", "plan_not_started", "order_unserved",
    "completion_unverified", "goods_missing",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
WHO: Mapping[Kind, str] = {
    "entrant_unseen": "village",
    "need_undecided": "township",
    "papers_missing": "township",
    "notice_missing": "township",
    "plan_not_started": "bureau",
    "order_unserved": "bureau",
    "completion_unverified": "bureau",
    "goods_missing": "township",
}
"""Whose turn it usually is; where a county's policy gives a step to another body, that body's."""


def days_allowed(kind: Kind, policy: Policy) -> int:
    """Calendar days from ``since`` to ``due_on``; papers, windows and goods have a last day of their own."""
    rules = policy.ledgers
    return {
        "entrant_unseen": rules.follow_up_days,
        "need_undecided": rules.decide_days,
        "papers_missing": 0,
        "notice_missing": rules.notice_days,
        "plan_not_started": rules.start_days,
        "order_unserved": rules.serve_days,
        "completion_unverified": policy.accept_after_days,
        "goods_missing": 0,
    }[kind]


def due_on(kind: Kind, since: date, policy: Policy) -> date:
    """The last day that is in time."""
    return since + timedelta(days=days_allowed(kind, policy))


def latest_overdue(kind: Kind, today: date, policy: Policy) -> date:
    """Whatever began to wait on this day or before is overdue today."""
    return today - timedelta(days=days_allowed(kind, policy) + 1)
