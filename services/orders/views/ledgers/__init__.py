"""What ledgers and queries read, at the moment they are asked: sets of rows at once, never a row at a time.

A page selects its people or things by an index; what belongs to them is read here for all of them together.
"""

from __future__ import annotations

from typing import Any, Protocol


class Reader(Protocol):
    """SQL on the service's own schema, which shows one county; ``chassis.http.Call`` is one."""

    county: str

    async def fetch(self, sql: str, *arguments: object) -> list[dict[str, Any]]: ...


__all__ = ["Reader"]
