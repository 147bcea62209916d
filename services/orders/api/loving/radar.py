"""The radar over all sources 重复与遗漏雷达: the same help twice in the same days, help that did not come by its date.

Each page looks at so many people as ``limit`` says and tells what it found about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import policy_of, today
from services.orders.api.shapes import ASSESSMENT
from services.orders.domain.duplicates import Given, Source, pairs
from services.orders.domain.omission import Code, omissions
from services.orders.views.known.loving import given_of
from services.orders.views.ledgers.omissions import charity_needs, waiting_orders
from services.orders.views.ledgers.radar import looked

routes = Routes(tag="ledgers")
PEOPLE = (
    "select id, number, service_number, township, village, born, tier, categories, died_on from beneficiaries"
    " where county = $1"
)
FILTERS = {"township": str, "village": str, "service_number": str}
AHEAD = timedelta(days=366)
"""The radar tells duplicates that begin within a year: a plan without an end has no others."""


class Seen(Body):
    """Whom it is about."""

    person: Annotated[UUID, Field(title="救助对象 Person")]
    service_number: Annotated[str, Field(title="服务号 Service number")]
    township: Annotated[str, Field(title="乡镇 Township")]
    village: Annotated[str, Field(title="村 Village")]


class DuplicateRow(Seen):
    """Two that give the same item on the same days, from ``from_day`` to ``to_day``; a plan is named by its id."""

    item: Annotated[str, Field(title="项目 Item")]
    from_day: Annotated[date, Field(title="重叠起 From")]
    to_day: Annotated[date, Field(title="重叠止 To")]
    one: Annotated[UUID, Field(title="其一 One")]
    one_source: Annotated[Source, Field(title="来源 Source")]
    other: Annotated[UUID, Field(title="其二 Other")]
    other_source: Annotated[Source, Field(title="来源 Source of the other")]


class OmissionRow(Seen):
    """Something that should be there: ``about`` names the plan, order or need; ``since`` is its date."""

    code: Annotated[Code, Field(title="情形 Code")]
    since: Annotated[date, Field(title="应办日 Since")]
    about: Annotated[UUID | None, Field(title="事项 About")]
    item: Annotated[str, Field(title="项目 Item")]
    programme: Annotated[str | None, Field(title="救助项目 Programme"), ASSESSMENT]


async def _duplicates(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    day = call.query.get("day") or today(call)
    given = await given_of(call, [person["id"] for person in people], day)
    return [
        {**_seen(person), "item": pair.one.item, "from_day": pair.first, "to_day": pair.last,
         **_side("one", pair.one), **_side("other", pair.other)}
        for person in people
        for pair in pairs([one for one in given.get(person["id"], ()) if one.first <= day + AHEAD])
        if pair.last >= day
    ]  # fmt: skip


async def _omissions(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    day, code = call.query.get("day") or today(call), call.query.get("code")
    ids = [person["id"] for person in people]
    policy, known = await policy_of(call, day), await looked(call, people, day)
    orders, needs = await waiting_orders(call, ids, day), await charity_needs(call, ids, day)
    return [
        {**_seen(person), "code": one.code, "since": one.since, "about": one.id, "item": one.item,
         "programme": one.programme}
        for person in people
        for one in omissions(
            known[person["id"]], orders.get(person["id"], ()), needs.get(person["id"], ()), policy, day
        )
        if code in (None, one.code)
    ]  # fmt: skip


def _seen(person: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: person[name] for name in ("service_number", "township", "village")}
    return {"person": person["id"], **named}


def _side(name: Literal["one", "other"], given: Given) -> dict[str, Any]:
    return {name: given.id, f"{name}_source": given.source}


routes.page(
    "/v1/radar/duplicates", row=DuplicateRow, order=("number",), township="township", filters=FILTERS, sql=PEOPLE,
    filled=_duplicates, beside={"day": date}, files="duplicates",
    summary="重复雷达 The same help twice; limit counts the people looked at",
)  # fmt: skip
routes.page(
    "/v1/radar/omissions", row=OmissionRow, order=("number",), township="township", filters=FILTERS, sql=PEOPLE,
    filled=_omissions, beside={"day": date, "code": Code}, files="omissions", refusals=("policy.none",),
    summary="遗漏雷达 Help that did not come by its date; limit counts the people looked at",
)  # fmt: skip
