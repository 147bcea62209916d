"""The radar 遗漏与重复排查: who should be served and is not, who is served twice, who should not be served any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import policy_of, today
from services.orders.api.shapes import ASSESSMENT
from services.orders.domain.coverage import Code, findings
from services.orders.views.ledgers.radar import looked

routes = Routes(tag="ledgers")


class FindingRow(Body):
    """Something found about a person; ``given`` and ``usual`` are times a month."""

    person: Annotated[UUID, Field(title="救助对象 Person")]
    service_number: Annotated[str, Field(title="服务号 Service number")]
    township: Annotated[str, Field(title="乡镇 Township")]
    village: Annotated[str, Field(title="村 Village")]
    code: Annotated[Code, Field(title="情形 Code")]
    programme: Annotated[str | None, Field(title="救助项目 Programme"), ASSESSMENT]
    item: Annotated[str, Field(title="服务项目 Item")]
    plan: Annotated[UUID | None, Field(title="方案 Plan")]
    given: Annotated[int | None, Field(title="方案次数 Given a month")]
    usual: Annotated[int | None, Field(title="应有次数 Usual a month")]


async def _findings(call: Call[None], people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    day = call.query.get("day") or today(call)
    policy, known, code = await policy_of(call, day), await looked(call, people, day), call.query.get("code")
    return [
        {**person, "person": person["id"], **asdict(finding)}
        for person in people
        for finding in findings(known[person["id"]], policy, day)
        if code in (None, finding.code)
    ]


routes.page(
    "/v1/coverage", row=FindingRow, order=("number",), township="township",
    filters={"township": str, "village": str, "service_number": str},
    sql="select id, number, service_number, township, village, born, tier, categories, died_on from beneficiaries"
        " where county = $1",
    filled=_findings, beside={"day": date, "code": Code}, files="coverage", refusals=("policy.none",),
    summary="遗漏与重复排查 Omissions and duplicates; limit counts the people looked at",
)  # fmt: skip
