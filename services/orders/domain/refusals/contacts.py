"""Refusals about visits of cadres, monthly contacts and carers: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "duty.unknown": (404, "没有该探视责任", "There is no such duty"),
    "duty.not_covered": (409, "该对象不在探视责任范围内", "The person is under no duty"),
    "contact.person_unknown": (404, "该救助对象未登记", "The person is not registered"),
    "contact.in_the_future": (422, "走访时间在未来", "The contact lies in the future"),
    "contact.after_death": (409, "走访日期晚于去世日期", "The contact lies after the person's death"),
    "contact.price_of_nothing": (422, "未买到的物品不得填写金额", "What was not bought has no price"),
    "errand.unknown": (404, "没有该代购事项", "There is no such errand"),
    "errand.not_open": (409, "该代购事项已办结", "The errand is not open"),
    "errand.price_missing": (422, "买到的须填写金额，其他的不得填写", "What was bought has a price, nothing else has"),
    "pair.unknown": (404, "没有该结对", "There is no such pair"),
    "pair.runs_already": (409, "该结对已存在", "The pair runs already"),
    "pair.ended": (409, "该结对已结束", "The pair has ended"),
    "pair.day_wrong": (422, "结对起止日期不正确", "The first or last day of the pair is wrong"),
    "care.unknown": (404, "没有该照料协议", "There is no such care agreement"),
    "care.person_unknown": (404, "该救助对象未登记", "The person is not registered"),
    "care.agreement_runs": (409, "已有照料协议在执行", "A care agreement runs already"),
    "care.no_agreement_runs": (409, "目前没有照料协议在执行", "No care agreement runs"),
    "care.ran_out": (409, "照料协议已到期", "The care agreement has run out"),
    "care.days_wrong": (422, "协议日期不正确", "The days of the agreement are wrong"),
    "care.too_long": (422, "协议期限超过规定", "The agreement runs longer than allowed"),
    "care.mend_first": (409, "照料人有待整改问题", "The carer has to mend first"),
    "care.nothing_found": (409, "没有需整改的问题", "Nothing was found that has to be mended"),
    "care.already_ordered": (409, "已责令整改", "The carer is told to mend already"),
    "care.due_day_wrong": (422, "整改期限不符合规定", "The time to mend is not as allowed"),
    "care.nothing_ordered": (409, "尚未责令整改", "The carer was not told to mend"),
    "care.rectify_first": (409, "须先责令整改，逾期或拒不整改方可更换", "Only who does not mend in time is replaced"),
    "care.person_left": (409, "该对象已去世或迁离", "The person has died or moved away"),
    "care.not_yours_to_decide": (403, "按本县政策须由其他部门办理", "The policy gives this decision to another body"),
}
