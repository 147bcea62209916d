"""What decisions about orders may know."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import order
from services.orders.views.known.shared import homes_of


async def of_orders(read: Reading, steps: Sequence[Step]) -> Sequence[order.Known]:
    """The policies; homes for single orders, needs for love orders. What a plan or the bus asks needs no more."""
    adopted = await read.policies()
    people = {
        step.command.person for step in steps if isinstance(step.command, order.Open) and step.command.plan_id is None
    }
    asked = {step.command.need_id for step in steps if isinstance(step.command, order.FormLove)}
    homes = await homes_of(read, people) if people else {}
    needs = await _needs(read, asked) if asked else {}
    plain = order.Known(policies=adopted)
    known = []
    for step in steps:
        match step.command:
            case order.Open(plan_id=None) as opens:
                known.append(order.Known(policies=adopted, home=homes.get(opens.person)))
            case order.FormLove() as forms:
                known.append(order.Known(policies=adopted, need=needs.get(forms.need_id)))
            case _:
                known.append(plain)
    return known


async def _needs(read: Reading, asked: set[UUID]) -> dict[UUID, order.Asked]:
    rows = await read.fetch(
        "select id, person, township, village, mode, items, price_fen, rule from needs"
        " where county = $1 and state = 'approved' and id = any($2::uuid[])",
        read.county,
        list(asked),
    )
    return {
        row["id"]: order.Asked(
            person=row["person"],
            township=row["township"],
            village=row["village"],
            mode=row["mode"],
            items=tuple((entry["item"], entry["units"]) for entry in json.loads(row["items"])),
            price_fen=row["price_fen"],
            rule=row["rule"],
        )
        for row in rows
    }
