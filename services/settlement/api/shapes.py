"""What several routes share: exact forms of values, the shape of a statement, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.http import PLAIN, Body, Call, Thing
from chassis.kernel import Rejected

TOWNSHIP_DIGITS = 9
MONTH = r"^2[0-9]{3}-(0[1-9]|1[0-2])$"
Month = Annotated[str, Field(pattern=MONTH)]
Id = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Township = Annotated[str, Field(pattern=r"^[0-9]{9}$")]
Document = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,200}}$")]
Fen = Annotated[int, Field(ge=-(10**15), le=10**15)]
Year = Annotated[int, Field(ge=2000, le=2999)]


class Wait(Body):
    """What a close waits for: a seal of a service, a parked message, an earlier month, a grade (payee/township)."""

    what: str
    which: str


class StatementRow(Body):
    """A statement by total; ``draft`` and ``graded`` are computed, the others are final.

    ``version`` is for ``If-Match``, 0 as long as it is not final.
    """

    id: UUID
    version: int
    month: str
    payee: str
    purchaser: str
    status: str
    payable_fen: int
    digest: str
    answer_until: AwareDatetime | None


class Statement(StatementRow):
    """A statement with all that it says, amounts in fen; ``draws`` and ``unfunded_fen`` are as of now.

    ``lines`` are numbered from 1 in this order; ``may_sign`` are the bodies whose signature is missing.
    """

    lines: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    deductions: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    carried_in: dict[str, int]
    payable: dict[str, int]
    carried_out: dict[str, int]
    draws: list[dict[str, Any]]
    unfunded_fen: int
    confirmed: dict[str, Any] | None
    disputes: list[dict[str, Any]]
    approvals: list[dict[str, Any]]
    paid: dict[str, Any] | None
    may_sign: list[str]


def month_of(call: Call[Any]) -> str:
    """The month in the path; ``month.malformed`` if it is none."""
    month = call.path["month"]
    if not re.fullmatch(MONTH, month):
        raise Rejected("month.malformed")
    return month


def whose(payee: str, purchaser: str, approvals: Iterable[str] = ()) -> Thing:
    """A statement as the policies look at it: the payee's, and in the township that buys it itself, if one does."""
    township = purchaser if len(purchaser) == TOWNSHIP_DIGITS else ""
    return Thing(township=township, owners=(payee,), actors=tuple(approvals))
