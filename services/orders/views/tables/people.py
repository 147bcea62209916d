"""Read models of people and their files. Personal fields stay sealed in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from chassis.service import View
from services.orders.domain import beneficiary
from services.orders.domain.days import month_of
from services.orders.domain.entry import entered_on
from services.orders.views.tables.files import FILES
from services.orders.views.tables.shared import box


def _beneficiary(stream: UUID, state: beneficiary.Beneficiary) -> Mapping[str, Any]:
    person = state.person
    entered = entered_on(state.statuses, state.registered_on)
    return {
        "id": stream,
        "number": state.number,
        "service_number": state.service_number,
        "id_index": person.id_index,
        "township": state.home.township,
        "village": state.home.village,
        "born": person.born,
        "tier": state.now.tier,
        "categories": json.dumps(state.now.categories),
        "died_on": state.died_on,
        "stays": json.dumps([asdict(stay) for stay in state.stays], default=str),
        "moved_on": state.lives_since if state.lives_since > date.min else None,
        "plan_id": state.plan_id,
        "generated": person.generated,
        "entered_on": entered,
        "entered": month_of(entered) if entered else "",
        "name_box": box(person.name),
        "id_number_box": box(person.id_number),
        "phone_box": box(person.phone),
        "address_box": box(person.address),
        "household": state.dossier.household,
        "guardian": state.dossier.guardian_state,
    }


TABLES = (
    View(
        table="beneficiaries",
        category=beneficiary.CATEGORY,
        columns={
            "id": "uuid", "number": "bigint", "service_number": "text", "id_index": "text", "township": "text",
            "village": "text", "born": "date", "tier": "text", "categories": "jsonb", "died_on": "date",
            "stays": "jsonb", "moved_on": "date",
            "plan_id": "uuid", "generated": "boolean", "name_box": "text", "id_number_box": "text",
            "phone_box": "text", "address_box": "text", "entered_on": "date", "entered": "text",
            "household": "uuid", "guardian": "text",
        },
        row=_beneficiary,
    ),
    *FILES,
)  # fmt: skip
