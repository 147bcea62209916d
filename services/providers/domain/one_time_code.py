"""The one-time code 一次性确认码 that a person gives to whoever has served: six digits, one for each attempt.

It is derived from a key of the deployment, so nothing is stored that could be read. Whoever is of the person's side
(village, township, bureau, hot-line) tells it; a provider never sees it before the person says it.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from uuid import UUID

from chassis.kernel import Rejected

DIGITS = 6
ATTEMPTS_MAX = 20
"""An order that is sent back oftener gets no code any more."""


def code_of(key: bytes, county: str, order_id: UUID, attempt: int) -> str:
    """The code of the ``attempt``-th visit to an order."""
    digest = hmac.new(key, f"{county}/{order_id}/{attempt}".encode(), sha256).digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def fits(key: bytes, county: str, order_id: UUID, given: str) -> tuple[int, ...]:
    """The attempts whose code was given; which of them is meant, the decision knows."""
    attempts = range(1, ATTEMPTS_MAX + 1)
    return tuple(n for n in attempts if hmac.compare_digest(code_of(key, county, order_id, n), given))


def refuse_unless_expected(status: str, visit: UUID | None) -> None:
    """A code is told while somebody has the order and has not yet reported a visit."""
    if status != "found" or visit is not None:
        raise Rejected("code.not_needed")
