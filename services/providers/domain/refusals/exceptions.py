"""Refusals about exceptions and what became of them: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "exception.unknown": (404, "没有该异常", "There is no such exception"),
    "exception.resolved_already": (409, "该异常已处理", "The exception is resolved already"),
    "exception.not_yours_to_resolve": (403, "该异常由县民政部门处理", "Another body resolves this exception"),
    "exception.resolver_reported_it": (
        403,
        "报告人不得处理本人报告的异常",
        "Who reported the visit does not resolve it",
    ),
    "exception.reason_unknown": (422, "原因代码不在本县目录内", "The county has no such reason code"),
    "exception.red_is_mended": (409, "红色异常须补正，不能只作知悉", "A red exception is mended, not acknowledged"),
    "exception.nothing_mended": (
        409,
        "尚无补正材料或检查结果",
        "Nothing was added or inspected since it was noticed",
    ),
    "outage.ends_before_it_begins": (422, "结束时间须晚于开始时间", "The outage ends before it begins"),
    "outage.in_the_future": (422, "停机尚未结束", "The outage is not over yet"),
    "outage.longer_than_a_week": (422, "停机时间过长，请分段登记", "The outage is too long: record it in parts"),
}
