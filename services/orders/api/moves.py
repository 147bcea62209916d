"""The route of a person's move within the county."""

from __future__ import annotations

from chassis.http import Body, Call, Day, Routes, Thing
from chassis.service import Ask, Step
from services.orders.api.shapes import Township, Village
from services.orders.domain import beneficiary

routes = Routes(tag="beneficiaries")


class MovePerson(Body):
    """Where the person lives from a day on."""

    township: Township
    village: Village
    from_day: Day


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/move", body=MovePerson,
    summary="县内迁移 Move within the county",
    refusals=("beneficiary.unknown", "beneficiary.died", "beneficiary.region_wrong",
              "beneficiary.move_too_far_away"),
)  # fmt: skip
async def move_person(call: Call[MovePerson]) -> Ask:
    """Orders for later days are for the new place; by the township that lets go, or the county."""
    body = call.body
    command = beneficiary.Move(township=body.township, village=body.village, from_day=body.from_day, at=call.at)
    stream = call.path_id("beneficiary_id")
    return call.ask(Step(decider=beneficiary.decider, stream=stream, command=command, permit=call.judged(_facts)))


def _facts(state: beneficiary.Beneficiary | None) -> Thing | None:
    return Thing(township=state.home.township) if state else None
