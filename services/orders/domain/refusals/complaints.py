"""Refusals about complaints and hot-line tickets: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "complaint.unknown": (404, "没有该工单", "There is no such ticket"),
    "complaint.over": (409, "该工单已办结", "The ticket is over"),
    "complaint.about_you": (403, "被投诉人不得经办", "Whom a ticket is about does not handle it"),
    "complaint.about_that_office": (409, "不得转给被投诉的单位", "A ticket is not handed to whom it is about"),
    "complaint.not_registered": (409, "尚未登记编号", "The ticket has no number yet"),
    "complaint.not_transferred": (409, "尚未转办", "Nobody has the ticket to answer it"),
    "complaint.answered_already": (409, "已答复", "The ticket is answered already"),
    "complaint.not_answered": (409, "尚未答复", "The ticket is not answered"),
    "complaint.reopened_already": (409, "只能重办一次", "A ticket is opened again once"),
    "complaint.nothing_to_state": (409, "尚无可陈述的事项", "There is no summary to state anything about"),
    "complaint.nothing_to_inspect": (409, "该类工单不开展检查", "Nothing is inspected for such a ticket"),
    "complaint.no_help_request": (409, "该工单不是求助", "The ticket is no call for help"),
    "complaint.need_unknown": (404, "没有该需求", "There is no such need"),
    "complaint.order_unknown": (404, "没有该订单或上门记录", "There is no such order or visit"),
    "complaint.slip_wrong": (404, "编号或查询码有误", "The number or the secret is wrong"),
}
