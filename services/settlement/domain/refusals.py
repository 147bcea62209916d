"""Every code a decision of settlement may reject with: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "policy.version_is_taken": (409, "该版本号已被另一政策包使用", "The version belongs to another pack"),
    "policy.none_in_force": (409, "当日没有生效的政策包", "No policy is in force on that day"),
    "fact.told_differently": (409, "同一事实被以不同内容报送", "The fact was told before with other content"),
    "fund.unknown": (422, "政策中没有该资金来源", "The policy knows no such fund"),
    "fund.document_taken": (409, "该文号已登记为其他内容", "The document number stands for something else"),
    "allocation.below_zero": (409, "核减后资金不得为负", "A cut would leave the fund below zero"),
    "override.no_soft_cap": (409, "该资金没有可突破的软上限", "The fund has no soft cap"),
    "override.not_your_role": (
        403,
        "只有政策指定的部门可以批准超限",
        "Only the role named by the policy may exceed the cap",
    ),
    "grade.unknown": (422, "政策中没有该考核等次", "The policy knows no such grade"),
    "ruling.form": (422, "裁定内容不完整或相互矛盾", "The ruling is incomplete or contradicts itself"),
    "ruling.fact_unknown": (404, "没有找到被裁定的事实", "The fact that the ruling names is not known"),
    "ruling.unfit": (409, "裁定内容与该事实不符", "The ruling does not fit the fact it names"),
    "ruling.decided_already": (409, "该裁定已作出", "The ruling was made with other content"),
    "month.not_over": (409, "当月尚未结束，不能结账", "The month is not over"),
    "month.later_closed": (409, "其后的月份已结账", "A later month is closed already"),
    "month.earlier_open": (409, "须先结清以前的月份", "An earlier month must be closed first"),
    "month.events_parked": (409, "有搁置的消息，须先处理", "Messages are parked; deal with them first"),
    "settlement.contradiction": (409, "事实或政策相互矛盾，无法结算", "Facts or policies contradict each other"),
    "statement.not_final": (409, "结算单尚未定稿", "The statement is not final"),
    "statement.no_such_line": (422, "结算单没有该行", "The statement has no such line"),
    "statement.confirmed_already": (409, "结算单已确认", "The statement is confirmed already"),
    "statement.answer_too_late": (409, "异议期限已过", "The time for a dispute is over"),
    "statement.not_answered": (409, "服务机构尚未确认，期限未到", "The payee has not answered and still may"),
    "statement.unfunded": (409, "资金不足，暂不能审批", "There is not enough money in the funds yet"),
    "statement.without_notice": (
        409,
        "有人员未经审核公示，不能审批",
        "People of its lines have no review and posted notice",
    ),
    "statement.not_approved": (409, "结算单尚未完成双签", "The statement is not approved by both signers"),
    "statement.paid_already": (409, "结算单已支付", "The statement was paid under another reference"),
    "statement.nothing_to_pay": (409, "结算单没有应付金额", "There is nothing to pay"),
    "approval.same_person": (403, "两次签字须为不同人员", "The two signers must be different people"),
    "approval.no_seat": (403, "该部门不在签字部门之列", "This body does not sign"),
    "approval.seat_taken": (409, "该部门已签字", "This body has signed already"),
    "month.malformed": (400, "月份格式应为 YYYY-MM", "A month is YYYY-MM"),
}
