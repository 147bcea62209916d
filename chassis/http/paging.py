"""Pages by keyset: the cursor holds the order key of the last row and belongs to one query only.

A cursor is base64url of a short HMAC and the key's values. The HMAC covers path, county, owner, filters and values, so
a cursor taken elsewhere, or made up, is refused with ``cursor.invalid``.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.auth import OWNING_ROLES
from chassis.http.call import Call
from chassis.problems import Place, Refused

PAGE_DEFAULT = 100
_MAC_BYTES = 12

_READ: Mapping[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "UUID": UUID,
    "int": int,
    "str": str,
}


class Paging:
    """Answers a page route; see ``Routes.page`` for what the arguments mean."""

    def __init__(
        self,
        sql: str,
        order: tuple[str, ...],
        *,
        owner: str,
        owner_is_id: bool,
        township: str,
        newest_first: bool,
    ) -> None:
        self._sql = sql
        self._order = order
        self._owner = owner
        self._owner_is_id = owner_is_id
        self._township = township
        self._beyond, direction = ("<", "desc") if newest_first else (">", "asc")
        self._order_by = ", ".join(f"{column} {direction}" for column in order)

    async def answer(self, call: Call[None]) -> Mapping[str, object]:
        """One page of the rows the caller may see."""
        limit = page_size(call)
        filters = self._filters(call)
        bound = _bound(call, filters)
        after = call.query.get("after")
        text, arguments = self._query(call.county, filters, _read(call, after, bound) if after else (), limit + 1)
        rows = await call.fetch(text, *arguments)
        more = len(rows) > limit
        last = [rows[limit - 1][column] for column in self._order] if more else []
        return {"items": rows[:limit], "next": _write(call, last, bound) if more else None}

    def _filters(self, call: Call[None]) -> dict[str, Any]:
        filters = {name: value for name, value in call.query.items() if name not in ("limit", "after")}
        own: dict[str, Any] = {}
        if self._owner and call.caller.role in OWNING_ROLES:
            own[self._owner] = self._own_id(call.caller.owner) if self._owner_is_id else call.caller.owner
        if self._township and call.caller.township:
            own[self._township] = call.caller.township
        for column, value in own.items():
            if filters.get(column, value) != value:
                raise Refused("forbidden.owner" if column == self._owner else "forbidden.township")
        return {**filters, **own}

    @staticmethod
    def _own_id(owner: str) -> UUID:
        try:
            return UUID(owner)
        except ValueError:
            raise Refused("forbidden.owner") from None

    def _query(
        self, county: str, filters: Mapping[str, Any], after: tuple[Any, ...], limit: int
    ) -> tuple[str, list[Any]]:
        arguments: list[Any] = [county]
        conditions = []
        for column, value in filters.items():
            arguments.append(value)
            conditions.append(f"page.{column} = ${len(arguments)}")
        if after:
            places = []
            for value in after:
                arguments.append(value)
                places.append(f"${len(arguments)}")
            conditions.append(f"({', '.join(self._order)}) {self._beyond} ({', '.join(places)})")
        arguments.append(limit)
        where = f" where {' and '.join(conditions)}" if conditions else ""
        text = f"select * from ({self._sql}) page{where} order by {self._order_by} limit ${len(arguments)}"
        return text, arguments


def page_size(call: Call[None], default: int = PAGE_DEFAULT) -> int:
    """How many items are asked for, within the limit of the settings."""
    most = call.running.settings.page_max
    limit: int = call.query.get("limit", min(default, most))
    if not 1 <= limit <= most:
        raise Refused("query.invalid", places=(Place("limit", "out_of_range"),), max=most)
    return limit


def _bound(call: Call[None], filters: Mapping[str, Any]) -> bytes:
    named = sorted((name, str(value)) for name, value in filters.items())
    return json.dumps([call.running.service.name, call.route.path, call.county, named]).encode()


def _mac(call: Call[None], bound: bytes, values: bytes) -> bytes:
    secret = call.running.settings.token_secret.get_secret_value().encode()
    return hmac.digest(secret, b"cursor\0" + bound + b"\0" + values, "sha256")[:_MAC_BYTES]


def _write(call: Call[None], values: list[Any], bound: bytes) -> str:
    tagged = [[_tag(value), value.isoformat() if isinstance(value, date) else str(value)] for value in values]
    raw = json.dumps(tagged, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(_mac(call, bound, raw) + raw).rstrip(b"=").decode()


def _tag(value: Any) -> str:
    for kind in (datetime, date, UUID, int, str):
        if isinstance(value, kind):
            return kind.__name__
    raise TypeError(f"a page cannot be ordered by a {type(value).__name__}")


def _read(call: Call[None], cursor: str, bound: bytes) -> tuple[Any, ...]:
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except ValueError:
        raise Refused("cursor.invalid") from None
    mac, values = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(call, bound, values)):
        raise Refused("cursor.invalid")
    return tuple(_READ[tag](text) for tag, text in json.loads(values))
