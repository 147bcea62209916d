"""Every code this service refuses with: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

from services.orders.domain.refusals import (
    complaints,
    contacts,
    desk,
    loving,
    needs,
    orders,
    people,
    plans,
    policies,
    spot_checks,
)

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    **policies.REFUSALS,
    **people.REFUSALS,
    **needs.REFUSALS,
    **plans.REFUSALS,
    **orders.REFUSALS,
    **contacts.REFUSALS,
    **loving.REFUSALS,
    **desk.REFUSALS,
    **spot_checks.REFUSALS,
    **complaints.REFUSALS,
}
