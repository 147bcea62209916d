"""What several read models write alike."""

from __future__ import annotations

import json

from chassis.kernel import Sealed
from services.orders.domain.planned import Planned


def box(sealed: Sealed | None) -> str | None:
    return None if sealed is None else sealed.box


def items_json(items: tuple[Planned, ...]) -> str:
    return json.dumps(
        [
            {
                "item": planned.item,
                "kind": planned.kind,
                "times_per_month": planned.times_per_month,
                "units": planned.units,
                "per": planned.per,
                "times": planned.times or planned.times_per_month,
                "mode": planned.mode,
            }
            for planned in items
        ]
    )
