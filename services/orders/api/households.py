"""Routes of households 户: members come and go, classes begin, are checked again and end."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Day, Id, Routes, Thing
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import (
    Code,
    ItemId,
    Line,
    Region,
    Township,
    Village,
    Writing,
)
from services.orders.domain import household

routes = Routes(tag="households")


class FoundHousehold(Body):
    """A household: where its book is kept, where it lives; ``single`` for one person counted as a household."""

    registered_region: Region
    township: Township
    village: Village
    address: Line | None = None
    single: bool = False


class JoinHousehold(Body):
    """A registered person belongs to it from a day on."""

    person_id: Id
    relation: Code
    from_day: Day


class LeaveHousehold(Body):
    """The last day on which the person belongs to it."""

    person_id: Id
    last_day: Day
    reason_code: Code


class ClassifyHousehold(Body):
    """A category of households from a day on; dibao has its grade."""

    category: ItemId
    grade: Literal["A", "B", "C"] | None = None
    from_day: Day


class DeclassifyHousehold(Body):
    """The last day on which it has the category."""

    category: ItemId
    last_day: Day
    reason_code: Code


class RecheckHousehold(Body):
    """It was looked at again and keeps the category; what was found is sealed."""

    category: ItemId
    checked_on: Day
    findings: Writing | None = None


class FoundedHousehold(Body):
    """The household's id and number."""

    id: UUID
    household_number: str


@routes.post(
    "/v1/households", body=FoundHousehold, answer=FoundedHousehold, status=201,
    summary="登记家庭 Register a household", refusals=("household.region_wrong",),
)  # fmt: skip
async def found_household(call: Call[FoundHousehold]) -> Ask:
    """The registered region may lie anywhere: who lives here is helped here."""
    body, stream = call.body, call.new_id("household")
    call.permit(township=body.township)
    boxes = {} if body.address is None else await call.vault.seal(stream, {"address": body.address})
    command = household.Found(
        registered_region=body.registered_region,
        township=body.township,
        village=body.village,
        address=boxes.get("address"),
        single=body.single,
        at=call.at,
    )

    def answer(outcomes: tuple[Outcome, ...]) -> FoundedHousehold:
        return FoundedHousehold(id=outcomes[0].stream, household_number=outcomes[0].state.household_number)

    return call.ask(Step(decider=household.decider, stream=stream, command=command), answer=answer)


@routes.post(
    "/v1/households/{household_id}/members", body=JoinHousehold, summary="家庭增人 Join a household",
    refusals=(
        "household.unknown", "household.person_unknown", "household.person_elsewhere", "household.is_single",
        "household.in_the_future", "household.joins_before_leaving", "beneficiary.died",
    ),
)  # fmt: skip
async def join_household(call: Call[JoinHousehold]) -> Ask:
    """A person belongs to one household at a time and has its classes from the day of joining on."""
    body = call.body
    return _ask(call, household.Join(person=body.person_id, relation=body.relation, from_day=body.from_day, at=call.at))


@routes.post(
    "/v1/households/{household_id}/departures", body=LeaveHousehold, summary="家庭减人 Leave a household",
    refusals=(
        "household.unknown", "household.not_a_member", "household.leaves_before_joining", "household.in_the_future",
    ),
)  # fmt: skip
async def leave_household(call: Call[LeaveHousehold]) -> Ask:
    """The household's classes hold for the person to the last day of belonging to it."""
    body = call.body
    return _ask(
        call,
        household.Leave(person=body.person_id, last_day=body.last_day, reason_code=body.reason_code, at=call.at),
    )


@routes.post(
    "/v1/households/{household_id}/classes", body=ClassifyHousehold, guarded="household_id",
    summary="认定家庭类别 Class a household",
    refusals=(
        "household.unknown", "household.category_not_of_households", "household.grade_missing",
        "household.grade_not_used", "household.class_begins_before_the_last", "policy.none",
    ),
)  # fmt: skip
async def classify_household(call: Call[ClassifyHousehold]) -> Ask:
    """Another grade takes the place of the one before. The day of the next check follows from the policy."""
    body = call.body
    return _ask(
        call,
        household.Classify(category=body.category, grade=body.grade or "", from_day=body.from_day, at=call.at),
    )


@routes.post(
    "/v1/households/{household_id}/class-ends", body=DeclassifyHousehold, guarded="household_id",
    summary="终止家庭类别 End a class",
    refusals=("household.unknown", "household.not_in_this_class", "household.class_ends_before_it_begins"),
)  # fmt: skip
async def declassify_household(call: Call[DeclassifyHousehold]) -> Ask:
    """Ends what follows from the class; a plan that runs is stopped by its own route, after hearing and notice."""
    body = call.body
    return _ask(
        call,
        household.Declassify(category=body.category, last_day=body.last_day, reason_code=body.reason_code, at=call.at),
    )


@routes.post(
    "/v1/households/{household_id}/rechecks", body=RecheckHousehold, guarded="household_id",
    summary="定期核查 Check a class again",
    refusals=("household.unknown", "household.not_in_this_class", "household.in_the_future", "policy.none"),
)  # fmt: skip
async def recheck_household(call: Call[RecheckHousehold]) -> Ask:
    """The next check is due as the policy says: yearly, for dibao C half-yearly."""
    body, stream = call.body, call.path_id("household_id")
    row = await call.fetchrow("select township from households where county = $1 and id = $2", call.county, stream)
    boxes = {}
    if row is not None:
        call.permit(township=row["township"])
        boxes = {} if body.findings is None else await call.vault.seal(stream, {"findings": body.findings})
    command = household.Recheck(
        category=body.category, checked_on=body.checked_on, findings=boxes.get("findings"), at=call.at
    )
    return _ask(call, command)


def _ask(call: Call[Any], command: household.Command) -> Ask:
    stream = call.path_id("household_id")
    return call.ask(Step(decider=household.decider, stream=stream, command=command, permit=call.judged(_facts)))


def _facts(state: household.Household | None) -> Thing | None:
    return Thing(township=state.township) if state else None
