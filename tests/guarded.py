"""Which commands need ``If-Match``, and what is to be read for it: a caller in the tests reads, then decides."""

from __future__ import annotations

import re
from functools import cache

from fastapi.routing import iter_route_contexts

from chassis.http.operation import OperationRoute
from services.declared import declared


def resource_of(path: str) -> str:
    """The address whose ETag a command on ``path`` needs; empty where it needs none."""
    bare = path.partition("?")[0]
    return bare.rpartition("/")[0] if any(shape.fullmatch(bare) for shape in _guarded()) else ""


@cache
def _guarded() -> tuple[re.Pattern[str], ...]:
    routes = [
        context.original_route for service in declared() for context in iter_route_contexts(service.router().routes)
    ]
    return tuple(
        re.compile(re.sub(r"\{[^}]+\}", "[^/]+", route.declared.path))
        for route in routes
        if isinstance(route, OperationRoute) and route.declared.guarded
    )
