"""Read models of files, households, lists and imports. What names people stays sealed in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from chassis.service import View
from services.orders.domain import beneficiary, household, prospect, taken


def _file(stream: UUID, state: beneficiary.Beneficiary) -> Mapping[str, Any]:
    dossier, guardian = state.dossier, state.dossier.guardian
    held: dict[str, Any] = {
        "recorded": [asdict(one) for one in state.recorded],
        "certificates": [asdict(one) for one in dossier.certificates],
        "groups": [asdict(one) for one in dossier.groups],
        "derived": [asdict(one) for one in dossier.derived],
        "self_care": [_without_findings(asdict(one)) for one in dossier.self_care],
        "materials": [asdict(one) for one in dossier.materials],
        "registered_region": state.person.registered_region,
        "residence_permit": state.person.residence_permit,
        "guardian": None,
    }
    boxes = _boxes({"self_care": dossier.self_care[-1].findings}) if dossier.self_care else {}
    if guardian is not None:
        held["guardian"] = {
            "relation": guardian.relation, "from_day": guardian.from_day, "state": guardian.state,
            "checked_on": guardian.checked_on,
        }  # fmt: skip
        sealed = {"name": guardian.name, "phone": guardian.phone, "id_number": guardian.id_number,
                  "reasons": guardian.reasons}  # fmt: skip
        boxes |= _boxes({f"guardian_{name}": value for name, value in sealed.items()})
    return {
        "id": stream,
        "number": state.number,
        "township": state.home.township,
        "village": state.home.village,
        "born": state.person.born,
        "died_on": state.died_on,
        "held": _json(held),
        "boxes": json.dumps(boxes),
    }


def _household(stream: UUID, state: household.Household) -> Mapping[str, Any]:
    running = [one for one in state.classes if one.to_day is None]
    return {
        "id": stream,
        "number": state.number,
        "household_number": state.household_number,
        "township": state.township,
        "village": state.village,
        "registered_region": state.registered_region,
        "single": state.single,
        "members": _json([asdict(one) for one in state.members]),
        "classes": _json([asdict(one) for one in state.classes]),
        "recheck_on": min((one.recheck_on for one in running), default=None),
        "recheck_due": any(one.due for one in running),
        "boxes": json.dumps(_boxes({"address": state.address, "findings": state.findings})),
    }


def _prospect(stream: UUID, state: prospect.Prospect) -> Mapping[str, Any]:
    listed = state.listed
    sealed = {"name": listed.name, "id_number": listed.id_number, "phone": listed.phone, "address": listed.address,
              "findings": state.findings}  # fmt: skip
    return {
        "id": stream,
        "id_index": listed.id_index,
        "township": listed.township,
        "village": listed.village,
        "born": listed.born,
        "marks": json.dumps([{"source": source, "kind": kind} for source, kind in state.marks]),
        "risk": state.risk,
        "state": state.stage,
        "due_on": state.due_on,
        "late": state.late,
        "recheck_on": state.recheck_on,
        "reason_code": state.reason_code,
        "person": state.person,
        "need": state.need,
        "boxes": json.dumps(_boxes(sealed)),
    }


def _import(stream: UUID, state: taken.Taken) -> Mapping[str, Any]:
    return {
        "id": stream,
        "kind": state.kind,
        "source": state.source,
        "sha256": state.sha256,
        "township": state.township,
        "imported_by": state.by,
        "imported_at": state.at,
        "rows": _json([asdict(one) for one in state.rows]),
    }


def _without_findings(assessment: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in assessment.items() if name != "findings"}


def _boxes(sealed: Mapping[str, Sealed | None]) -> dict[str, str]:
    return {name: value.box for name, value in sealed.items() if value is not None}


def _json(value: Any) -> str:
    """Days and ids as texts."""
    return json.dumps(value, default=str, ensure_ascii=False)


FILES = (
    View(
        table="person_files",
        category=beneficiary.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "township": "text", "village": "text", "born": "date",
            "died_on": "date", "held": "jsonb", "boxes": "jsonb",
        },
        row=_file,
    ),
    View(
        table="households",
        category=household.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "household_number": "text", "township": "text", "village": "text",
            "registered_region": "text", "single": "boolean", "members": "jsonb", "classes": "jsonb",
            "recheck_on": "date", "recheck_due": "boolean", "boxes": "jsonb",
        },
        row=_household,
    ),
    View(
        table="prospects",
        category=prospect.CATEGORY,
        columns={
            "id": "uuid", "id_index": "text", "township": "text", "village": "text", "born": "date",
            "marks": "jsonb", "risk": "text", "state": "text", "due_on": "date", "late": "boolean",
            "recheck_on": "date", "reason_code": "text", "person": "uuid", "need": "uuid", "boxes": "jsonb",
        },
        row=_prospect,
    ),
    View(
        table="imports",
        category=taken.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "source": "text", "sha256": "text", "township": "text",
            "imported_by": "text", "imported_at": "timestamptz", "rows": "jsonb",
        },
        row=_import,
    ),
)  # fmt: skip
