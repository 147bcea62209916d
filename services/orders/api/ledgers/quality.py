"""The quality of the records 数据质量: how complete, how consistent, how timely."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from chassis.http import Body, Call, Routes
from services.orders.api.ledgers.shared import Month, policy_of, today, township_of
from services.orders.views.ledgers.quality import figures

routes = Routes(tag="ledgers")


class FigureRow(Body):
    """A figure: of so many ``counted``, so many are ``right`` and so many ``missing``."""

    kind: Annotated[str, Field(title="类别 Kind")]
    figure: Annotated[str, Field(title="指标 Figure")]
    counted: Annotated[int, Field(title="总数 Counted")]
    right: Annotated[int, Field(title="符合 Right")]
    missing: Annotated[int, Field(title="不符合 Missing")]


class Figures(Body):
    """All figures of a month."""

    items: list[FigureRow]


@routes.get(
    "/v1/data-quality", answer=Figures, filters={"month": Month, "township": str}, required=("month",),
    files="data-quality", refusals=("policy.none",), summary="数据质量 Completeness, consistency, timeliness",
)  # fmt: skip
async def data_quality(call: Call[None]) -> dict[str, Any]:
    """People, ledgers and what the system says must agree (paper 004, part 2 (4) item 1)."""
    township = township_of(call)
    policy = await policy_of(call, today(call))
    return {"items": await figures(call, call.query["month"], township, policy, call.at)}
