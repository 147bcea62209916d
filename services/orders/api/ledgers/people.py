"""The village ledger 村台账: a month of everybody, by service number; without names, or with masked ones on request."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected, Sealed
from services.orders.api.ledgers.shared import Month
from services.orders.api.shapes import ASSESSMENT, CONTACT, HEALTH, Line
from services.orders.domain.masking import masked
from services.orders.views.ledgers.people import months_of

routes = Routes(tag="ledgers")
ERASED = "（已销毁）"


class LedgerItem(Body):
    """An item of the plan."""

    item: str
    times_per_month: int
    units: int


class LedgerRow(Body):
    """A person's month: what is needed, planned, asked for, done, verified and accepted."""

    id: Annotated[UUID, Field(title="编号 Id")]
    service_number: Annotated[str, Field(title="服务号 Service number")]
    township: Annotated[str, Field(title="乡镇 Township")]
    village: Annotated[str, Field(title="村 Village")]
    tier: Annotated[str | None, Field(title="自理能力 Care tier"), HEALTH]
    categories: Annotated[list[str] | None, Field(title="类别 Categories"), ASSESSMENT]
    needs: Annotated[int, Field(title="需求数 Needs")]
    open_needs: Annotated[int, Field(title="待办需求 Needs undecided")]
    plan_id: Annotated[UUID | None, Field(title="方案 Plan")]
    plan_state: Annotated[str | None, Field(title="方案状态 Plan is")]
    items: Annotated[list[LedgerItem], Field(title="项目、每月次数、数量 Items, times a month, units")]
    provider: Annotated[UUID | None, Field(title="服务机构 Provider")]
    notice_on: Annotated[date | None, Field(title="公示日 Notice")]
    asked: Annotated[int, Field(title="应服务次数 Asked for")]
    served: Annotated[int, Field(title="已服务次数 Served")]
    verified: Annotated[int, Field(title="已验收次数 Verified")]
    accepted: Annotated[int, Field(title="合格次数 Accepted")]
    units: Annotated[int, Field(title="合格数量 Units accepted")]


class NamedRow(LedgerRow):
    """The same with a masked name."""

    name: Annotated[str | None, Field(title="姓名 Name"), CONTACT]


async def _filled(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    told = await months_of(call, [person["id"] for person in people], call.query["month"])
    return [{**person, "categories": json.loads(person["categories"]), **told[person["id"]]} for person in people]


async def _named(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each name is opened for the purpose that is told, and the read is logged."""
    rows = await _filled(call, people)
    return [{**row, "name": await _name(call, row)} for row in rows]


async def _name(call: Call[None], row: Mapping[str, Any]) -> str:
    box = {"name": Sealed(box=row["name_box"])}
    try:
        opened = await call.vault.open(row["id"], box, purpose=call.query["purpose"])
    except Rejected as refusal:
        if refusal.code != "person.erased":
            raise
        return ERASED
    return masked(opened["name"])


FILTERS = {"township": str, "village": str, "service_number": str}
COLUMNS = "id, number, service_number, township, village, tier, categories"

routes.page(
    "/v1/ledgers/people", row=LedgerRow, order=("number",), township="township", filters=FILTERS,
    sql=f"select {COLUMNS} from beneficiaries where county = $1",
    filled=_filled, beside={"month": Month}, required=("month",), files="people",
    summary="村台账 The village ledger of a month",
)  # fmt: skip

routes.page(
    "/v1/ledgers/people/named", row=NamedRow, order=("number",), township="township", filters=FILTERS,
    sql=f"select {COLUMNS}, name_box from beneficiaries where county = $1",
    filled=_named, beside={"month": Month, "purpose": Line}, required=("month", "village", "purpose"),
    files="people-named", scope="personal.read", summary="村台账（姓名脱敏、留痕） With masked names; reads are logged",
)  # fmt: skip
