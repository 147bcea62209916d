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
    "plan.notice_missing": (409, "尚未公示，不得开始服务", "The notice must be posted before service starts (art. 45)"),
    "plan.agreement_missing": (409, "服务方案尚未签字同意", "The plan is not agreed to yet"),
    "plan.another_plan_runs": (409, "该月另有服务方案", "Another plan of the person has days in that month"),
    "plan.signed_in_the_future": (422, "签字日期在未来", "It is signed in the future"),
    "plan.guardian_must_sign": (422, "未成年人须由监护人签字", "For a minor the guardian signs"),
    "plan.guardian_not_able": (409, "没有能够履职的监护人", "No guardian is registered who is able to sign"),
    "plan.guardian_needs_a_reason": (
        422,
        "监护人代成年人签字须注明原因",
        "Why a guardian signs for an adult must be said",
    ),
    "plan.not_running": (409, "服务方案未在执行", "The plan does not run"),
    "plan.not_yours_to_change": (403, "按本县政策须由其他部门办理", "The policy gives this decision to another body"),
    "plan.change_in_the_past": (422, "调整日期已过", "The change would begin in the past"),
    "plan.item_not_approved": (409, "该项目未经需求审批", "The item was not approved for the person"),
    "plan.item_not_planned": (409, "服务方案中没有该项目", "The plan does not give this item"),
    "plan.reduction_needs_hearing_and_notice": (
        409,
        "减少服务前须听取意见并书面告知",
        "A reduction needs a hearing and a written notice first (art. 48)",
    ),
    "plan.suspension_wrong": (422, "暂停起止日期不正确", "The days of the suspension are wrong"),
    "plan.phase_out_too_long": (422, "渐退期过长", "The phase-out is longer than the policy allows"),
    "plan.no_provider": (409, "目前没有服务机构", "No provider serves the person now"),
    "plan.provider_ended_too_early": (422, "更换日期过早", "The provider would end too far in the past"),
    "plan.looked_in_the_future": (422, "回访日期在未来", "It was looked at in the future"),
    "plan.looked_at_later": (409, "此后已有回访", "It was looked at later already"),
    "plan.item_not_arranged": (409, "该项目无须落实帮扶人", "Nobody needs to be arranged for this item"),
    "plan.team_incomplete": (422, "帮扶人员不齐或不符", "The helpers are not those this mode needs"),
    "plan.consent_missing": (422, "须有本人或监护人的书面同意", "Institutional care needs a recorded consent"),
    "plan.neighbour_untrained": (409, "互助邻里须先培训", "The neighbour must be trained first"),
    "plan.service_plan_not_asked": (409, "该项目无须机构服务计划", "No plan of service is asked for this item"),
    "plan.service_plan_not_yours": (403, "该项目不由贵机构承接", "The item is another provider's"),
    "plan.service_plan_waits": (409, "服务计划待购买方确认", "The plan of service waits for the purchaser"),
    "plan.service_plan_decided": (409, "服务计划已有结论", "The plan of service is decided already"),
    "plan.service_plan_missing": (409, "尚未提交服务计划", "No plan of service was submitted"),
    "plan.stop_needs_hearing_and_notice": (
        409,
        "停止前须听取意见并书面告知",
        "A stop needs a hearing and a written notice first (art. 48)",
    ),
}
