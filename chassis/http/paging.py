"""Pages by keyset: ``cursors`` say where the next one begins, ``sorting`` in which order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.authority import Reach
from chassis.http import cursors
from chassis.http.call import Call
from chassis.http.files import as_file
from chassis.http.sorting import Order, Sorts
from chassis.problems import Place, Refused

PAGE_DEFAULT = 100
Row = Mapping[str, Any]
Filled = Callable[[Call[None], Sequence[Row]], Awaitable[Sequence[Row]]]
"""The rows that are answered, of a page of those that were selected; see ``Routes.page``."""
PARAMETERS = ("limit", "after", "sort")
"""Query parameters that turn pages; the others filter."""


class Paging:
    """Answers a page route; see ``Routes.page`` for what the arguments mean."""

    def __init__(
        self,
        sql: str,
        sorts: Sorts,
        *,
        owner: str,
        owner_is_id: bool,
        township: str,
        classes: Mapping[str, str] | None = None,
        filled: Filled | None = None,
        beside: Iterable[str] = (),
    ) -> None:
        self._sql = sql
        self._sorts = sorts
        self._owner = owner
        self._owner_is_id = owner_is_id
        self._township = township
        self._classes = classes or {}
        self._filled = filled
        self._beside = (*PARAMETERS, *beside)

    async def answer(self, call: Call[None]) -> Mapping[str, object]:
        """One page of the rows the caller may see."""
        limit = page_size(call)
        filters = self._filters(call)
        order = self._sorts.of(call.query)
        self._check_seen(call, (*filters, *order.columns))
        beside = {name: call.query[name] for name in self._beside if name in call.query and name not in PARAMETERS}
        bound = cursors.bound_to(call, {**filters, **beside}, order.name)
        text, arguments = self._query(call.county, filters, order, behind(call, bound), limit + 1)
        answered = page(call, await call.fetch(text, *arguments), limit, order, bound)
        if self._filled is None:
            return answered
        return {**answered, "items": await self._filled(call, answered["items"])}

    def _filters(self, call: Call[None]) -> dict[str, Any]:
        filters = {name: value for name, value in call.query.items() if name not in self._beside}
        own = self._own(call.reach())
        for column, value in own.items():
            if filters.get(column, value) != value:
                raise Refused("forbidden.owner" if column == self._owner else "forbidden.township")
        return {**filters, **own}

    def _check_seen(self, call: Call[None], columns: Iterable[str]) -> None:
        """Who may not see a field learns nothing of it by filtering or by sorting either."""
        hidden = call.hidden
        if hidden and any(self._classes.get(column) in hidden for column in columns):
            raise Refused("forbidden.field")

    def _own(self, reach: Reach) -> dict[str, Any]:
        """What the rows must have in the columns of owner and township; refused where no column says whose they are."""
        own: dict[str, Any] = {}
        if reach.owner is not None:
            if not self._owner:
                raise Refused("forbidden.owner")
            own[self._owner] = self._own_id(reach.owner) if self._owner_is_id else reach.owner
        if self._township and reach.township != "":
            if reach.township is None:
                raise Refused("forbidden.township")
            own[self._township] = reach.township
        if not (self._township or reach.county_rows):
            raise Refused("forbidden.township")
        return own

    @staticmethod
    def _own_id(owner: str) -> UUID:
        try:
            return UUID(owner)
        except ValueError:
            raise Refused("forbidden.owner") from None

    def _query(
        self, county: str, filters: Mapping[str, Any], order: Order, after: tuple[Any, ...], limit: int
    ) -> tuple[str, list[Any]]:
        arguments: list[Any] = [county]
        conditions = []
        for column, value in filters.items():
            arguments.append(value)
            conditions.append(f"page.{column} = ${len(arguments)}")
        if after:
            conditions.append(order.beyond(len(arguments) + 1))
            arguments += after
        arguments.append(limit)
        where = f" where {' and '.join(conditions)}" if conditions else ""
        text = f"select * from ({self._sql}) page{where} order by {order.sql} limit ${len(arguments)}"
        return text, arguments


def behind(call: Call[None], bound: bytes) -> tuple[Any, ...]:
    """The order key behind which the page begins; empty for the first one. ``cursor.invalid``."""
    after = call.query.get("after")
    return () if after is None else cursors.read(call, after, bound)


def page(
    call: Call[None], rows: Sequence[Mapping[str, Any]], limit: int, order: Order, bound: bytes
) -> Mapping[str, Any]:
    """A page of ``rows``, which are one more than ``limit`` where there is a next one; a file has all or is refused."""
    more = len(rows) > limit
    if more and _as_file(call):
        raise Refused("export.too_many_rows", max=limit)
    return {"items": rows[:limit], "next": cursors.write(call, order.key(rows[limit - 1]), bound) if more else None}


def page_size(call: Call[None], default: int = PAGE_DEFAULT) -> int:
    """How many items are asked for, within the limit of the settings."""
    if _as_file(call):
        return call.running.settings.export_rows_max
    most = call.running.settings.page_max
    limit: int = call.query.get("limit", min(default, most))
    if not 1 <= limit <= most:
        raise Refused("query.invalid", places=(Place("limit", "out_of_range"),), max=most)
    return limit


def _as_file(call: Call[None]) -> str:
    """The form of the file that is asked for; empty for JSON, or where there is none."""
    return as_file(call.query) if call.route.files else ""
