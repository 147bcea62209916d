"""Refusals about lists of people referred: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "referral.unknown": (404, "没有该转介名单", "There is no such referral"),
    "referral.person_unknown": (404, "该名单中没有此人", "Nobody on this list has this need"),
    "referral.decided_already": (409, "对此人已作出决定", "It was decided otherwise about this person already"),
    "referral.item_not_in_the_need": (422, "该项目不在已批准的需求内", "The item is not in the approved need"),
    "referral.units_beyond_the_need": (422, "数量超出已批准的需求", "More units than were approved"),
    "referral.expires_in_the_past": (422, "截止时间已过", "The love order would expire in the past"),
    "referral.content_incomplete": (422, "须写明项目和截止时间", "Content needs an item and when it expires"),
    "referral.reason_missing": (422, "退回须说明原因", "Sending back needs a reason code"),
}
