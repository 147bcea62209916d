"""What decisions about appeals may know: the judgement that stands, and who had a hand in a need of the person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import appeal
from services.orders.views.known.orders import hands_of_people

JUDGED = "select id, person, township, item, judged from verifications where county = $1 and id = any($2::uuid[])"
APPEALED = "select id, person from appeals where county = $1 and id = any($2::uuid[])"


async def of_appeals(read: Reading, steps: Sequence[Step]) -> Sequence[appeal.Known]:
    """For appeals the completion's judgement, for answers the hands."""
    adopted = await read.policies()
    lodged = [step.command.order_id for step in steps if isinstance(step.command, appeal.Lodge)]
    answered = [step.stream for step in steps if isinstance(step.command, appeal.Answer)]
    orders = {row["id"]: row for row in await read.fetch(JUDGED, read.county, lodged)} if lodged else {}
    people = {row["id"]: row["person"] for row in await read.fetch(APPEALED, read.county, answered)} if answered else {}
    hands = await hands_of_people(read, set(people.values())) if people else {}
    known = []
    for step in steps:
        match step.command:
            case appeal.Lodge() as lodge:
                judged = _judged(orders.get(lodge.order_id), lodge.visit_id)
                known.append(appeal.Known(policies=adopted, judged=judged))
            case appeal.Answer():
                person = people.get(step.stream)
                of_person = hands.get(person, frozenset()) if person else frozenset()
                known.append(appeal.Known(policies=adopted, hands=of_person))
            case _:
                known.append(appeal.Known(policies=adopted))
    return known


def _judged(row: Any, visit_id: UUID) -> appeal.Judged | None:
    """The judgement of one completion of an order, where there is one."""
    for one in json.loads(row["judged"]) if row else ():
        if one["visit"] == str(visit_id) and one["at"] is not None:
            return appeal.Judged(
                person=row["person"],
                provider=UUID(one["provider"]),
                township=row["township"],
                item=row["item"],
                verdict=one["verdict"],
                by=one["by"],
                at=datetime.fromisoformat(one["at"]),
                reason_code=one["reason_code"],
                reported_by=one["reported_by"],
            )
    return None
