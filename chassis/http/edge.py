"""The outermost layer: finds the operation of a path at once, and makes every failure a problem.

Paths are looked up, not tried one after another. Where tracing is on, and for what is no operation (the OpenAPI
document), the framework's router is asked instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.http.answers import send_problem
from chassis.http.documented import path_names
from chassis.http.operation import OperationRoute
from chassis.http.requests import request_id
from chassis.problems import Problems, Refused

log = structlog.get_logger(__name__)

Methods = dict[str, OperationRoute]


class Table:
    """Operations by path: those without parameters by their text, the others by their fixed segments."""

    def __init__(self, routes: Iterable[OperationRoute]) -> None:
        self._exact: dict[str, Methods] = {}
        self._shapes: dict[int, dict[tuple[int, ...], dict[tuple[str, ...], Methods]]] = {}
        for route in routes:
            segments = route.path.split("/")
            fixed = tuple(place for place, segment in enumerate(segments) if not segment.startswith("{"))
            if len(segments) - len(fixed) != len(path_names(route.path)):
                raise ValueError(f"{route.path}: a parameter is a whole segment")
            methods = self._exact.setdefault(route.path, {})
            if len(fixed) < len(segments):
                del self._exact[route.path]
                shape = self._shapes.setdefault(len(segments), {}).setdefault(fixed, {})
                methods = shape.setdefault(tuple(segments[place] for place in fixed), {})
            if route.declared.method in methods:
                raise ValueError(f"{route.declared.method} {route.path} is declared twice")
            methods[route.declared.method] = route
        for size, shapes in self._shapes.items():
            self._shapes[size] = dict(sorted(shapes.items(), key=lambda item: -len(item[0])))

    def find(self, path: str) -> tuple[Methods, list[str]] | None:
        """The operations of a path and its segments; of two that fit, the one with fewer parameters."""
        methods = self._exact.get(path)
        if methods is not None:
            return methods, []
        segments = path.split("/")
        for fixed, operations in self._shapes.get(len(segments), {}).items():
            methods = operations.get(tuple([segments[place] for place in fixed]))
            if methods is not None and "" not in segments[1:]:
                return methods, segments
        return None


def parameters(route: OperationRoute, segments: list[str]) -> Mapping[str, str]:
    """The path's parameters by name."""
    return {name: segments[place] for name, place in route.places}


class Edge:
    """See the module's text."""

    def __init__(self, table: Table, router: ASGIApp, problems: Problems) -> None:
        self._table = table
        self._router = router
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._router(scope, receive, send)
            return
        found = self._table.find(scope["path"])
        if found is None:
            await self._ask_router(scope, receive, send)
            return
        methods, segments = found
        route = methods.get(scope["method"])
        if route is None:
            allowed = ", ".join(sorted(methods)).encode()
            await self._refuse(scope, send, Refused("method_not_allowed", headers=((b"allow", allowed),)))
        elif scope.get("fastapi.telemetry") is None:
            await route.run(scope, receive, send, parameters(route, segments))
        else:
            await self._ask_router(scope, receive, send)

    async def _ask_router(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._router(scope, receive, send)
        except HTTPException as error:
            code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "internal")
            await self._refuse(scope, send, Refused(code))
        except Exception as error:
            log.error("http.failed", operation="router", exc_info=error)
            await self._refuse(scope, send, Refused("internal"))

    async def _refuse(self, scope: Scope, send: Send, refusal: Refused) -> None:
        await send_problem(send, self._problems.answer(refusal), request_id(dict(scope["headers"])))
