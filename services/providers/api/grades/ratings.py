"""Routes of satisfaction: rated by code, by phone, on a public page; shown as counts only."""

from __future__ import annotations

import contextlib
import hmac
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Routes
from chassis.kernel import Rejected
from chassis.service import Ask, Step
from services.providers.api.shapes import Month
from services.providers.api.visit_shapes import code_key
from services.providers.domain import calendar, rating
from services.providers.domain.grading import Grading
from services.providers.views.grading import rules_on

routes = Routes(tag="satisfaction")
VISIT = (
    "select v.id, v.person, s.township from visits v join searches s on s.county = v.county and s.id = v.order_id"
    " where v.county = $1 and v.id = $2"
)
COUNTED = (
    "select provider, township, count(*) as ratings, sum(stars) as stars,"
    " count(*) filter (where rated_by = 'guardian') as by_guardians from ratings where county = $1 and month = $2"
    " and ($3::uuid is null or provider = $3) and ($4 = '' or township = $4) group by 1, 2 order by 1, 2"
)
HUNDREDTHS = 100

RatingCode = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
Stars = Annotated[int, Field(ge=1, le=5)]
Reasons = Annotated[tuple[rating.Reason, ...], Field(max_length=5)]


class VisitRatingCode(Body):
    """The code with which the visit is rated; the worker is never told it.

    ``page``: where it is entered, to be put on the person's slip; null where no console is configured.
    """

    visit_id: UUID
    code: str
    page: str | None = None


class RateVisit(Body):
    """At a service point with the person's rating ``code``, or by ``phone`` with the ticket's number."""

    visit_id: UUID
    way: Literal["code", "phone"]
    code: RatingCode | None = None
    ticket: Annotated[str, Field(pattern=rf"^{PLAIN}{{0,64}}$")] = ""
    stars: Stars
    reasons: Reasons = ()
    rated_by: rating.RatedBy


class RateOnPage(Body):
    """What the public page sends: the visit's reference and its rating code are on the person's slip."""

    county: Annotated[str, Field(pattern=r"^[0-9a-z]{6,12}$")]
    visit_id: UUID
    code: RatingCode
    stars: Stars
    reasons: Reasons = ()
    rated_by: rating.RatedBy


class Received(Body):
    """The same whatever was sent: it tells nothing of what there is."""

    received: Literal[True]


class SatisfactionRow(Body):
    """Ratings of a provider in a township; null while there are too few. ``average`` is in hundredths of a star."""

    provider: UUID
    township: str
    ratings: int | None
    average: int | None
    by_guardians: int | None


class Satisfaction(Body):
    """``least`` is how many ratings there must be before they are shown."""

    month: str
    least: int
    items: list[SatisfactionRow]


@routes.get(
    "/v1/visits/{visit_id}/rating-code", answer=VisitRatingCode, filters={"purpose": str}, required=("purpose",),
    scope="personal.read", summary="评价码（留痕） The rating code; the read is logged",
)  # fmt: skip
async def rating_code(call: Call[None]) -> dict[str, Any] | None:
    """To be told to who was served; never for a provider. The read is noted."""
    visit = call.path_id("visit_id")
    row = await call.fetchrow(VISIT, call.county, visit)
    if row is None:
        return None
    call.permit(township=row["township"])
    await call.vault.note(row["person"] or visit, ["rating_code"], purpose=call.query["purpose"])
    pages = call.running.settings.console_url.rstrip("/")
    return {
        "visit_id": visit,
        "code": rating.code_of(code_key(call), call.county, visit),
        "page": f"{pages}/{call.county}/rating/{visit}" if pages else None,
    }


@routes.post(
    "/v1/ratings", body=RateVisit, status=201, summary="登记满意度评价 Rate a visit",
    refusals=(
        "rating.visit_unknown", "rating.code_wrong", "rating.ticket_missing", "rating.guardian_rates",
        "rating.too_late", "grade_round.none_here",
    ),
)  # fmt: skip
async def rate_visit(call: Call[RateVisit]) -> Ask:
    """One rating a visit; rated again within the county's days it is changed."""
    body = call.body
    row = await call.fetchrow(VISIT, call.county, body.visit_id)
    if row is None:
        raise Rejected("not_found")
    call.permit(township=row["township"])
    right = None if body.code is None else _right(call, call.county, body.visit_id, body.code)
    command = rating.Rate(
        visit=body.visit_id,
        way=body.way,
        code_right=right,
        ticket=body.ticket,
        stars=body.stars,
        reasons=body.reasons,
        rated_by=body.rated_by,
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(Step(decider=rating.decider, stream=rating.stream_of(body.visit_id), command=command))


@routes.post(
    "/v1/rating-page", body=RateOnPage, answer=Received, status=202, public=True, keyless=True,
    summary="公众评价页 Rate on the public page",
)  # fmt: skip
async def rate_on_page(call: Call[RateOnPage]) -> Received:
    """Needs no token, and always answers the same. After five wrong codes the page takes no more for the visit."""
    body = call.body
    async with call.running.database.at(body.county) as connection:
        found = await connection.fetchrow(VISIT, body.county, body.visit_id)
    if found is not None:
        await _rate(call)
    return Received(received=True)


async def _rate(call: Call[RateOnPage]) -> None:
    """What is refused is refused in silence."""
    body = call.body
    command = rating.Rate(
        visit=body.visit_id,
        way="page",
        code_right=_right(call, body.county, body.visit_id, body.code),
        ticket="",
        stars=body.stars,
        reasons=body.reasons,
        rated_by=body.rated_by,
        by="",
        at=call.at,
    )
    step = Step(decider=rating.decider, stream=rating.stream_of(body.visit_id), command=command)
    with contextlib.suppress(Rejected):
        await call.running.dispatch.ask(
            Ask(county=body.county, steps=(step,), key=f"rating-page {call.request_id}", cause=call.request_id)
        )


def _right(call: Call[Any], county: str, visit: UUID, given: str) -> bool:
    return hmac.compare_digest(rating.code_of(code_key(call), county, visit), given)


@routes.get(
    "/v1/satisfaction", answer=Satisfaction, filters={"month": Month}, required=("month",),
    summary="满意度汇总 Satisfaction, counted",
)  # fmt: skip
async def satisfaction(call: Call[None]) -> dict[str, Any]:
    """By provider and township, of the month's visits; never of one person."""
    reach, month = call.reach(), call.query["month"]
    if reach.township is None:
        raise Rejected("forbidden.township")
    owner = None if reach.owner is None else UUID(reach.owner)
    rules = rules_on(await call.policies(), calendar.last_day_of(month)) or Grading()
    rows = await call.fetch(COUNTED, call.county, month, owner, reach.township or "")
    return {"month": month, "least": rules.least_ratings, "items": [_shown(row, rules.least_ratings) for row in rows]}


def _shown(row: dict[str, Any], least: int) -> dict[str, Any]:
    enough = row["ratings"] >= least
    average = (2 * HUNDREDTHS * row["stars"] + row["ratings"]) // (2 * row["ratings"])
    return {
        "provider": row["provider"],
        "township": row["township"],
        "ratings": row["ratings"] if enough else None,
        "average": average if enough else None,
        "by_guardians": row["by_guardians"] if enough else None,
    }
