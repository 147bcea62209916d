"""Refusals about spot checks: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "order.drawn_for_inspection": (409, "已抽中，检查后方可验收", "It was drawn: it is judged after its inspection"),
    "spot_check.unknown": (404, "没有该抽查批次", "There is no such batch"),
    "spot_check.nothing_to_list": (409, "没有待列入抽查名单的服务", "Nothing is left to list"),
    "spot_check.batch_open": (409, "上一批次尚未抽取", "The batch before is not drawn yet"),
    "spot_check.year_closed": (409, "该年度抽查已结束", "The year is closed"),
    "spot_check.year_not_begun": (422, "该年度尚未开始", "The year has not begun"),
    "spot_check.year_not_over": (409, "该年度尚未结束", "The year is not over"),
    "spot_check.not_a_party": (403, "不是本批次的参与方", "Not a party of this batch"),
    "spot_check.committed_otherwise": (409, "已提交另一承诺", "Another commitment was made"),
    "spot_check.anothers_commitment": (409, "与他方承诺相同", "Another party made this commitment"),
    "spot_check.not_now": (409, "当前阶段不可提交", "Not at this stage, or too late"),
    "spot_check.not_committed": (409, "未作承诺", "No commitment was made"),
    "spot_check.not_the_number": (422, "与承诺不符", "Not the number that was committed to"),
    "spot_check.not_listed": (409, "尚有服务未列入抽查名单", "Visits of the year stand in no list yet"),
    "spot_check.inspections_open": (409, "尚有检查未完成", "Inspections are open"),
    "spot_check.below_the_rule": (409, "抽查比例未达规定", "The share of a stratum is below the rule"),
    "inspection.unknown": (404, "没有该检查任务", "There is no such inspection"),
    "inspection.visit_unknown": (404, "没有该项购买服务", "There is no such purchased visit"),
    "inspection.not_yours": (403, "不是抽中的检查人员", "Another inspector was drawn"),
    "inspection.done": (409, "检查结果已提交", "The result was given"),
    "inspection.had_a_hand": (403, "曾经办该事项，应更换检查人员", "Who had a hand in it is replaced first"),
    "inspection.rejected_needs_a_reason": (422, "不合格须注明原因和性质", "A rejection needs its reason and its cause"),
    "inspection.inspector_barred": (409, "该检查人员须回避或不在名录", "That inspector has a conflict or may not go"),
    "inspector.unknown": (404, "没有该检查人员", "There is no such inspector"),
    "inspector.exists": (409, "该检查人员已登记", "The inspector is registered"),
    "inspector.ended": (409, "该检查人员已退出名录", "The inspector is not on the register any more"),
    "inspector.days_wrong": (422, "有效期不正确", "The last day is before the first"),
}
