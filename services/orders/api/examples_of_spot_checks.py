"""Examples for the description of the routes of spot checks; no number is that of a draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PROVIDER = "00000000-0000-4000-8000-00000000c101"
_KEY = f"130528100,{_PROVIDER},home_cleaning"
_DIGEST = "3f5a9c0b7e1d42886a5f0e9d3c7b1a2486f0d5e9c3b7a1084f6e2d9c5b3a7018"
_HEX = "8d2f7a90c4b1e653f7209d8e6a5c4b3109f8e7d6c5b4a3928170f6e5d4c3b2a1"

SPOT_CHECKS: Mapping[str, Any] = {
    "year": "2026",
    "RegisterInspector.subject": "inspector-1",
    "InspectorRow.subject": "inspector-1",
    "townships_barred": ["130528101"],
    "InspectorRow.barred": ["130528101", _PROVIDER],
    "InspectorLine.barred": ["130528101", _PROVIDER],
    "InterestShape.reason_code": "former_employee",
    "EndInspector.reason_code": "moved",
    "commitment": _DIGEST,
    "TellNumber.number": _HEX,
    "NumberLine.number": _HEX,
    "PartyLine.party": "bureau",
    "CommitmentLine.party": "bureau",
    "NumberLine.party": "bureau",
    "Withheld.party": _PROVIDER,
    "BatchState.state": "committing",
    "BatchRow.state": "revealing",
    "Published.state": "drawn",
    "digest": _DIGEST,
    "digests": [_DIGEST],
    "seed": _HEX,
    "HeadLine.hash": _DIGEST,
    "BatchRow.withheld": [_PROVIDER],
    "Published.withheld": [_PROVIDER],
    "Published.parties": ["bureau", _PROVIDER],
    "BatchRow.policy": "130528/0002",
    "Published.policy": "130528/0002",
    "Published.form": "careloop/spot-check/1",
    "Published.county": "130528",
    "DrawRules.strata": ["township", "provider", "item"],
    "inspectors_per": "visit",
    "StratumLine.key": _KEY,
    "StratumRow.key": _KEY,
    "StratumRow.provider": _PROVIDER,
    "StratumRow.item": "home_cleaning",
    "StratumRow.township": "130528100",
    "VisitLine.item": "home_cleaning",
    "PickLine.stratum": _KEY,
    "PickLine.why": "drawn",
    "ResultLine.result": "accepted",
    "InspectionRow.stratum": _KEY,
    "InspectionRow.why": "drawn",
    "InspectionRow.state": "open",
    "InspectionRow.result": "",
    "InspectionRow.reason_code": "",
    "InspectionRow.cause": "",
    "InspectionRow.finding_codes": [],
    "InspectionRow.methods": [],
    "InspectionState.state": "open",
    "InspectionState.result": "",
    "ReportInspection.result": "rejected",
    "ReportInspection.finding_codes": ["not_done"],
    "ReportInspection.methods": ["home_visit", "neighbours"],
    "ReportInspection.reason_code": "not_done",
    "ReportInspection.cause": "violation",
    "ReportInspection.text": "上门核实，邻居称当日无人来过（示例）",
    "ReplaceInspector.reason_code": "on_leave",
    "OrderInspection.reason_code": "complaint",
}
