"""The catalogue of what orders notice about a completion themselves; what visits raise stands with the providers."""

from __future__ import annotations

from typing import Any, Literal

from chassis.http import Body, Call, Routes
from services.orders.domain import order

routes = Routes(tag="orders")


class OwnCodeRow(Body):
    """A code and what it means. All are red; a person of the bureau judges the completion, nothing else lifts them."""

    code: str
    colour: Literal["red"]
    chinese: str
    english: str


class OwnCodes(Body):
    """All of them."""

    items: list[OwnCodeRow]


@routes.get("/v1/exception-codes", answer=OwnCodes, summary="订单侧异常代码 What orders notice about completions")
async def exception_codes(call: Call[None]) -> dict[str, Any]:
    """The same in every county."""
    call.permit()
    rows = ((code, *words) for code, words in order.OWN.items())
    return {
        "items": [
            {"code": code, "colour": "red", "chinese": chinese, "english": english} for code, chinese, english in rows
        ]
    }
