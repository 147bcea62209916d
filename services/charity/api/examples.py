"""Examples for the description of the API. People and bodies are generated and say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXAMPLES: Mapping[str, Any] = {
    "name": "示例慈善会（演示数据）",
    "RegisterClaimant.name": "赵示例（演示数据）",
    "ClaimantPersonal.name": "赵示例（演示数据）",
    "charity_name": "示例慈善会（演示数据）",
    "phone": "000-0000-0000",
    "credit_code": "53130528DEM000002R",
    "kind": "person",
    "item": "wish_reading_glasses",
    "township": "130528100",
    "village": "130528100201",
    "price_fen": 0,
    "wording": "为一位老人配一副老花镜。",
    "status": "published",
    "standing": "held",
    "waits_as": None,
    "day": "2026-11-05",
    "time": "10:30",
    "DecideReferral.result": "content",
    "DecideReferral.reason_code": None,
    "plan": "每周两次上门陪伴，由两位志愿者轮流（演示数据）。",
    "decide_by": "2026-11-16",
    "state": "waiting",
    "ListedPerson.standing": "waiting",
    "ListedPerson.reason_code": "",
    "ListedPerson.item": None,
    "photos": ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
}
"""By field, or by model and field where one name means different things."""
