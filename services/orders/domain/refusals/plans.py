"""Refusals about care plans: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "plan.unknown": (404, "没有该服务方案", "There is no such plan"),
    "plan.already_started": (409, "服务方案已开始", "The plan has started"),
    "plan.starts_too_far_away": (422, "开始日期过早或过晚", "The plan starts too early or too late"),
    "plan.ended": (409, "服务方案已结束", "The plan has ended"),
    "plan.notice_in_the_future": (422, "公示日期在未来", "The notice is dated in the future"),
    "plan.stops_before_it_starts": (422, "停止日期早于开始日期", "The plan would stop before it starts"),
    "plan.stop_needs_hearing_and_notice": (
        409,
        "停止前须听取意见并书面告知",
        "A stop needs a hearing and a written notice first (art. 48)",
    ),
}
