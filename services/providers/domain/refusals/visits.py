"""Refusals about visits: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

VISITS: Mapping[str, tuple[int, str, str]] = {
    "visit.order_unknown": (404, "没有该订单", "There is no such order"),
    "visit.unknown": (404, "没有该服务记录", "There is no such visit"),
    "visit.not_your_order": (403, "该订单不属于本机构", "The order is not this provider's"),
    "visit.reported_already": (409, "该订单已有服务记录", "A visit stands for the order already"),
    "visit.another_item": (422, "服务项目与订单不符", "The item is not the one ordered"),
    "visit.more_than_ordered": (422, "数量超过订单", "More units than ordered"),
    "visit.ended_before_it_began": (422, "结束时间早于开始时间", "The visit ended before it began"),
    "visit.in_the_future": (422, "服务时间晚于当前时间", "The visit lies in the future"),
    "visit.longer_than_a_day": (422, "服务时长超过一天", "The visit is longer than a day"),
    "visit.worker_unknown": (422, "服务人员不属于本机构", "The worker is not this provider's"),
    "visit.worker_left": (422, "服务人员已离职", "The worker had left by then"),
    "visit.too_old": (
        422,
        "报告已超过规定天数，请提交补报，由乡镇确认",
        "The report is too old: file it as a late report",
    ),
    "visit.not_started": (422, "未登记开始时间", "Nobody has told when the visit began"),
    "visit.nothing_supplemented": (422, "没有补充任何内容", "Nothing is added"),
    "visit.times_stand": (409, "未被退回的服务记录不得更改时间", "Times are mended only after a visit was sent back"),
}
APPOINTMENTS: Mapping[str, tuple[int, str, str]] = {
    "appointment.unknown": (404, "没有该预约", "There is no such appointment"),
    "appointment.order_not_taken": (409, "该订单未由本机构承接", "The provider has not taken the order"),
    "appointment.worker_not_named": (422, "须指定服务人员", "The worker is to be named"),
    "appointment.worker_unknown": (422, "服务人员不属于本机构", "The worker is not this provider's"),
    "appointment.worker_left": (422, "服务人员届时已离职", "The worker has left by then"),
    "appointment.worker_busy": (409, "服务人员该时段已有预约", "The worker is expected elsewhere at that time"),
    "appointment.outside_window": (422, "时间不在订单服务期内", "The time lies outside the order's window"),
    "appointment.ends_before_it_begins": (422, "结束时间须晚于开始时间", "The appointment ends before it begins"),
    "appointment.longer_than_a_day": (422, "预约时长超过一天", "The appointment is longer than a day"),
    "appointment.in_the_past": (422, "预约时间已过", "The time has passed"),
    "appointment.in_the_future": (422, "开始时间晚于当前时间", "The beginning lies in the future"),
    "appointment.stands_already": (409, "该订单已有预约，请改期", "An appointment stands already: reschedule it"),
    "appointment.visited_already": (409, "该订单已有服务记录", "A visit stands for the order already"),
    "appointment.not_open": (409, "该预约当前状态不允许此操作", "The appointment's state does not allow it"),
}
CODES: Mapping[str, tuple[int, str, str]] = {
    "code.not_needed": (409, "该订单当前不需要确认码", "No visit is expected for the order"),
    "code.not_asked_for": (409, "本县不核对确认码", "The county does not check codes"),
    "code.no_tries_left": (409, "确认码已输错多次，本次服务不再核对", "No try at the code is left for this visit"),
}
LATE_REPORTS: Mapping[str, tuple[int, str, str]] = {
    "late_report.unknown": (404, "没有该补报", "There is no such late report"),
    "late_report.order_not_taken": (409, "该订单未由本机构承接", "The provider has not taken the order"),
    "late_report.reporter_decides": (403, "补报人不得自行确认", "Who reported does not decide about it"),
    "late_report.decided_already": (409, "该补报已处理", "The late report is decided already"),
}
REFUSALS: Mapping[str, tuple[int, str, str]] = {**VISITS, **APPOINTMENTS, **CODES, **LATE_REPORTS}
