"""Refusals about the verification desk: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "order.nothing_to_undo": (409, "没有可撤回的验收结论", "There is no judgement to take back"),
    "order.undone_too_soon": (409, "验收结论尚未告知结算，请稍后再试", "The acceptance is not told yet: try again"),
    "order.undone_by_who_judged": (403, "验收人不得撤回自己的结论", "Who judged does not take the judgement back"),
    "order.reason_unknown": (422, "本县没有该理由代码", "The county gives no such reason"),
    "order.cause_missing": (422, "须说明差错性质", "The cause class is not named"),
    "appeal.unknown": (404, "没有该申诉", "There is no such appeal"),
    "appeal.not_yours": (404, "没有该订单或服务", "There is no such completion of yours"),
    "appeal.nothing_rejected": (409, "该服务未被拒绝验收", "The completion is not rejected"),
    "appeal.too_late": (409, "已超过申诉期限", "The days for an appeal are over"),
    "appeal.answered_already": (409, "该申诉已办结", "The appeal has ended"),
    "appeal.answered_by_who_rejected": (
        403,
        "原验收人、上报人不得答复申诉",
        "Who rejected or reported does not answer",
    ),
    "correction.unknown": (404, "没有该更正", "There is no such correction"),
    "correction.classed_by_who_corrected": (403, "更正人不得认定差错性质", "Who corrected does not class the error"),
    "correction.exempted_already": (409, "该差错已免责", "It is exempted already"),
    "correction.violation_is_not_exempted": (409, "违规违纪行为不得免责", "A violation is not exempted"),
}
