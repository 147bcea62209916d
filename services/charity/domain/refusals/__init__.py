"""Every code the service refuses with: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

from services.charity.domain.refusals import claims, giving, love_orders, referrals

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    **love_orders.REFUSALS,
    **claims.REFUSALS,
    **giving.REFUSALS,
    **referrals.REFUSALS,
}
