"""Refusals about needs: HTTP status, Chinese title, English title."""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[int, str, str]] = {
    "need.unknown": (404, "没有该需求", "There is no such need"),
    "need.person_unknown": (404, "该救助对象未登记", "The person is not registered"),
    "need.survey_needs_two_people": (422, "入户调查须由两名不同人员完成", "A survey needs two different people"),
    "need.conflict_of_interest": (409, "与申请人有利害关系者不得参与调查", "Who declared a conflict may not survey"),
    "need.not_surveyed": (409, "尚未入户调查", "The need is not surveyed yet"),
    "need.confirmer_surveyed": (403, "入户调查人不得审核确认", "Who surveyed may not confirm"),
    "need.confirmer_assessed": (403, "审核确认人与评估人须为不同人员", "Who assesses may not confirm, nor the reverse"),
    "need.not_confirmed": (409, "尚未审核确认", "The need is not confirmed yet"),
    "need.not_yours_to_decide": (403, "按本县政策须由其他部门办理", "The policy gives this decision to another body"),
    "need.already_decided": (409, "该需求已有结论", "The need is decided already"),
    "need.purchase_has_no_price": (422, "政府购买服务按收费标准计价", "Purchased services are priced by tariff"),
    "need.price_needs_a_rule": (422, "约定价格须注明结算规则", "An agreed price names its settlement rule"),
}
