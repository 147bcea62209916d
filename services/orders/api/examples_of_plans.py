"""Examples for what is said of plans in depth, and of orders that officers decide on; see ``examples``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.http.examples import OMIT

PLANS: Mapping[str, Any] = {
    "per": "week",
    "times": 1,
    "signed_by": "person",
    "signed_on": "2026-11-20",
    "agreed_on": "2026-11-20",
    "agreed_by": "person",
    "document_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "looked_on": "2026-12-10",
    "refreshed_on": "2026-12-10",
    "refresh_due": "2027-01-31",
    "RefreshPlan.result": "unchanged",
    "findings": "服务项目合适，老人满意。",
    "ChangePlan.items": [{"change": "set", "item": "home_cleaning", "per": "week", "times": 2}],
    "ChangePlan.reason_code": "weaker",
    "ChangePlan.heard_on": OMIT,
    "ChangePlan.notified_on": OMIT,
    "SuspendPlan.reason_code": "hospital",
    "to_day": "2026-12-20",
    "suspended_from": None,
    "suspended_to": None,
    "moved_on": None,
    "months": 3,
    "way": "shrinking",
    "PhaseOutPlan.reason_code": "income_above",
    "PhaseOutPlan.heard_on": "2026-11-10",
    "PhaseOutPlan.notified_on": "2026-11-12",
    "EndProvider.reason_code": "not_rectified",
    "ArrangeHelp.item": "family_companionship",
    "ArrangeHelp.helpers": [{"role": "responsible", "name": "王示例（演示数据）"}],
    "ArrangeHelp.consent_on": OMIT,
    "DeclineInstitution.finding": OMIT,
    "text": "每周二上午由两名护理员上门，先评估后服务。",
    "DecideServicePlan.result": "agreed",
    "DecideServicePlan.reason": OMIT,
    "stage": "submitted",
    "ServicePlanText.reason": None,
    "content": "帮助打扫卫生并陪同聊天。",
    "time": "09:30",
    "RecordHelp.day": "2026-11-05",
    "CancelOrder.reason_code": "not_at_home",
    "ChangeWindow.reason_code": "asked_by_person",
    "expires_at": "2026-12-05T18:00:00+08:00",
    "OrderRow.mode": "government_purchase",
    "OrderAnswer.mode": "government_purchase",
    "need_id": None,
    "helper": None,
    "emergency": False,
    "OpenOrder.need_id": OMIT,
}
