"""Examples for the description of the API; amounts in fen, everybody by id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.http.examples import OMIT

PAYEE = "4d0c4a8e-6b0e-5c0e-9a67-1f6b7a5b8c01"
PERSON = "8f1f6c0e-2a55-5a3b-8b19-6c0d3e4f5a02"
FACT = "c2a4d9b1-0f3c-5d8e-9e77-2b1a0c9d8e03"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LINE = {
    "rule": "home_care_half", "person": PERSON, "fact": None, "fen": 33000, "superseded_by": None,
    "township": "130528100",
}  # fmt: skip

EXAMPLES: Mapping[str, Any] = {
    "month": "2026-11",
    "payee": PAYEE,
    "purchaser": "130528",
    "person": PERSON,
    "township": "130528100",
    "status": "final",
    "CloseAnswer.status": "requested",
    "MonthAnswer.status": "requested",
    "MonthRow.status": "closed",
    "payable_fen": 33000,
    "digest": DIGEST,
    "close_digest": DIGEST,
    "lines": [LINE],
    "groups": [{"rule": "home_care_half", "township": "130528100", "fen": 33000}],
    "deductions": [],
    "corrections": [],
    "draws": [],
    "unfunded": [],
    "unfunded_fen": 0,
    "carried_in": {},
    "payable": {"home_care_half": 33000},
    "carried_out": {},
    "confirmed": None,
    "disputes": [],
    "approvals": [],
    "paid": None,
    "may_sign": ["county", "finance"],
    "line": 1,
    ".line": "1",
    "fen": 33000,
    "superseded_by": None,
    "rule": "home_care_half",
    "cites": [{"version": "130528/0001", "cite": "政策文件第三部分"}],
    "days": [{"from": "2026-11-01", "to": "2026-11-30"}],
    "Why.items": [{"item": "home_cleaning", "required": 4, "counted": 4, "counted_for_payee": 4}],
    "Why.facts": [FACT],
    "rulings": [],
    "sources": [{"source": "orders", "first": 1, "last": 812, "head": DIGEST}],
    "policies": {"130528/0001": DIGEST},
    "Answer.policies": ["130528/0001"],
    "through": {"orders": 812, "providers": 640, "charity": 51, "settlement": 9},
    "seals": {"orders": 812, "providers": 640, "charity": 51},
    "waiting": {},
    "closed": None,
    "statements": [],
    "missing_grades": [],
    "what": "grade",
    "which": f"{PAYEE}/130528100",
    "grade": "good",
    "waived": OMIT,
    "fund": "county_budget",
    "year": 2026,
    "amount_fen": 5000000,
    "allocated_fen": 5000000,
    "drawn_fen": 33000,
    "document": "宁财社〔2026〕示例1号",
    "reason_code": "units_differ",
    "reference": "PAY-2026-11-0001",
    "Rule.cause": "mistake",
    "cause": "mistake",
    "Rule.fact": FACT,
    "RulingRow.fact": FACT,
    "Rule.units": 1,
    "Rule.day": OMIT,
    "Rule.payee": OMIT,
    "Rule.purchaser": OMIT,
    "Rule.township": OMIT,
    "Rule.person": OMIT,
    "Rule.rule": OMIT,
    "Rule.days": OMIT,
    "Rule.amount_fen": OMIT,
    "Rule.grade": OMIT,
    "Facts.next": 812,
    "Facts.items": [{"kind": "sealed", "id": FACT, "source": "orders", "position": 812, "month": "2026-11"}],
}
"""By field, or by model and field where one name means different things."""
