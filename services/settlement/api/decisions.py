"""Routes of decisions about a month: a provider's grade, and rulings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from chassis.http import Body, Call, Routes
from chassis.service import Ask, Step
from services.settlement.api.shapes import Fen, Id, Month, Name, Township
from services.settlement.domain import grade, month, ruling
from services.settlement.domain.engine.facts import Segment
from services.settlement.domain.engine.rulings import WAIVED

routes = Routes(tag="decisions")


def _of_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Day = Annotated[
    str,
    Field(pattern=r"^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", json_schema_extra={"format": "date"}),
    AfterValidator(_of_the_calendar),
]
"""A day as the engine writes it; the calendar must have it."""


class GiveGrade(Body):
    """The provider's grade in the township, or ``waived``: exactly one of the two."""

    month: Month
    payee: Id
    township: Township
    grade: Name | None = None
    waived: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> GiveGrade:
        if (self.grade is None) == (self.waived is None):
            raise ValueError("grade or waived")
        return self


class GradeRow(Body):
    """A grade that stands."""

    id: UUID
    month: str
    payee: str
    township: str
    grade: str
    graded_at: AwareDatetime


class RuledDays(Body):
    """Days that replace a fact's: those of a bundle, of an allowance, or of a stay (``level``)."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    tier: Literal["able", "half", "full"] | None = None
    categories: tuple[Name, ...] = Field(default=(), strict=False)
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    assigned: bool = False
    hospital: bool = False
    level: Literal["township", "county", "city"] | None = None

    def to_domain(self) -> Segment:
        """As the engine says it."""
        return Segment(**dict(self))


class Rule(Body):
    """Either ``fact`` with at most one of units, days, amount_fen, grade (none: it is void); or a line of its own."""

    month: Month
    cause: Literal["violation", "mistake", "objective"] | None = None
    fact: Id | None = None
    day: Day | None = None
    payee: Id | None = None
    purchaser: Id | None = None
    township: Id | None = None
    person: Id | None = None
    rule: Name | None = None
    units: Annotated[int, Field(ge=-100_000, le=100_000)] | None = None
    days: Annotated[list[RuledDays], Field(min_length=1, max_length=62)] | None = None
    amount_fen: Fen | None = None
    grade: Name | None = None


class RulingRow(Body):
    """A ruling, by what it is about."""

    id: UUID
    month: str
    fact: str | None
    payee: str | None
    rule: str | None
    cause: str | None
    ruled_at: AwareDatetime


@routes.post(
    "/v1/grades", body=GiveGrade, status=201, summary="考核评级 Grade a provider",
    refusals=("grade.unknown", "policy.none_in_force"),
)  # fmt: skip
async def give_grade(call: Call[GiveGrade]) -> Ask:
    """A later grade replaces the earlier; after the close it is corrected in the next."""
    body = call.body
    call.permit(owner=body.payee)
    month_id = month.stream_of(call.county, body.month)
    command = grade.Give(
        month_id=month_id,
        month=body.month,
        payee=body.payee,
        township=body.township,
        grade=body.grade or WAIVED,
        at=call.at,
    )
    stream = grade.stream_of(month_id, body.payee, body.township)
    return call.ask(Step(decider=grade.decider, stream=stream, command=command))


@routes.post(
    "/v1/rulings", body=Rule, status=201, summary="裁定 Make a ruling",
    refusals=("ruling.form", "ruling.fact_unknown", "ruling.unfit", "ruling.decided_already"),
)  # fmt: skip
async def rule(call: Call[Rule]) -> Ask:
    """Errors are corrected by a ruling with its cause, never by overwriting."""
    told: dict[str, Any] = dict(call.body)
    if call.body.days is not None:
        told["days"] = tuple(segment.to_domain() for segment in call.body.days)
    command = ruling.Decide(says=ruling.Saying(**told), at=call.at)
    return call.ask(Step(decider=ruling.decider, stream=call.new_id("ruling"), command=command))


routes.page(
    "/v1/grades", row=GradeRow, owner="payee", filters={"month": Month, "payee": Id, "township": str},
    sql="select id, month, payee, township, grade, graded_at from grades where county = $1",
    order=("month", "payee", "township"), summary="考核结果 Grades",
)  # fmt: skip

routes.page(
    "/v1/rulings", row=RulingRow, filters={"month": Month},
    sql="select id, month, fact, payee, rule, cause, ruled_at from rulings where county = $1",
    order=("ruled_at", "id"), summary="裁定 Rulings",
)  # fmt: skip
