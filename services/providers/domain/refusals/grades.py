"""Refusals about monthly grades, findings and satisfaction: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "grade_round.month_not_over": (409, "该月尚未结束", "the month is not over"),
    "grade_round.none_here": (409, "本县政策未设考核评分表", "the county's policy has no score sheet"),
    "month_grade.not_drawn": (409, "该乡镇未被抽中，不应考核评级", "the township was not drawn: no grade is due"),
    "month_grade.no_such_measure": (422, "评分表没有这一指标", "the sheet has no such measure"),
    "month_grade.computed": (409, "该指标由系统计算，不能录入", "the measure is computed, not entered"),
    "month_grade.points_beyond": (422, "得分超过该指标满分", "more points than the measure has"),
    "month_grade.issued_already": (409, "该考核结果已签发", "the grade is issued already"),
    "month_grade.waived_already": (409, "该考核已免除", "the grade is waived already"),
    "month_grade.assessed_by_signer": (403, "评分的人不得签发", "who assessed does not sign"),
    "month_grade.entry_missing": (409, "尚有指标未录入", "a measure has not been entered"),
    "month_grade.nothing_served": (409, "当月无服务，应予免除", "nothing was served: waive the grade"),
    "month_grade.something_served": (409, "当月有服务，不得免除", "something was served: the grade is due"),
    "month_grade.not_issued": (409, "尚无签发的考核结果", "no grade is issued"),
    "month_grade.objection_late": (409, "已过异议期限", "the time to object is over"),
    "month_grade.objected_already": (409, "已复核，不再受理异议", "it was judged anew already"),
    "month_grade.no_objection": (409, "没有异议，不予复核", "nobody has objected"),
    "month_grade.judged_by_same": (403, "签发的人不得复核", "who issued does not judge the objection"),
    "duty.met_beyond": (422, "达标数超过抽查数", "more met than were looked at"),
    "duty.month_not_begun": (409, "该月尚未开始", "the month has not begun"),
    "finding.unknown": (404, "没有这一问题", "there is no such finding"),
    "finding.worker_elsewhere": (409, "该人员不属于该机构", "the worker is not this provider's"),
    "finding.ended": (409, "该问题已办结", "the finding has ended"),
    "finding.opener_reinspects": (
        403, "提出问题或整改的人不得复查", "who opened or answered the finding does not look again",
    ),
    "finding.not_answered": (409, "尚未报告整改措施", "no measures have been told"),
    "finding.consequence_missing": (422, "复查不合格须写明处理", "a failure says what follows"),
    "finding.reference_missing": (422, "须写明处理的编号", "the reference of what was done is missing"),
    "rating.visit_unknown": (404, "没有这次服务", "there is no such visit"),
    "rating.code_wrong": (409, "评价码不正确", "the rating code is wrong"),
    "rating.ticket_missing": (422, "电话评价须有工单号", "a rating by phone names its ticket"),
    "rating.guardian_rates": (409, "未成年人的服务由监护人评价", "a guardian rates what is for minors"),
    "rating.too_late": (409, "已过评价期限", "the time to rate is over"),
}  # fmt: skip
