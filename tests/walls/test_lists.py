"""Every order in which a list may be asked for has an index behind it: no page sorts a whole county."""

from __future__ import annotations

import re
from collections.abc import Iterator

import asyncpg
from fastapi.routing import iter_route_contexts

from chassis.http.operation import OperationRoute
from chassis.http.paging import Paging
from chassis.migrate import migrate
from services.declared import declared
from tests.conftest import Servers

SHORT = {"/v1/policies", "/v1/providers", "/v1/charities", "/v1/keys", "/v1/months", "/v1/rulings", "/v1/claims"}
"""Registers of at most some hundreds of rows; and claims, which stand inside their love orders."""
INDEXED = """
select array_agg(a.attname::text order by k.place) from pg_index i
cross join lateral unnest(i.indkey::smallint[]) with ordinality k (number, place)
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
where i.indrelid = $1::text::regclass group by i.indexrelid
"""


def sorted_lists() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Path, table and columns of every order that some list offers."""
    for service in declared():
        for context in iter_route_contexts(service.router().routes):
            route = context.original_route
            assert isinstance(route, OperationRoute)
            paging = getattr(route.declared.handler, "__self__", None)
            if isinstance(paging, Paging):
                table = re.findall(r" from (\w+)", paging._sql)[-1]
                for order in paging._sorts.offered():
                    yield route.path, f"{service.name}.{table}", order.columns


async def test_every_order_of_a_list_has_its_index(servers: Servers) -> None:
    await migrate(declared(), servers.settings())
    connection = await asyncpg.connect(servers.database_url)
    try:
        without = []
        for path, table, columns in sorted_lists():
            indexed = [tuple(row[0]) for row in await connection.fetch(INDEXED, table)]
            unsorted = not any(index[: len(columns) + 1] == ("county", *columns) for index in indexed)
            if unsorted and path not in SHORT:
                without.append((path, columns))
    finally:
        await connection.close()
    assert without == []
