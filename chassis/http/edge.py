"""The outermost layer: finds the operation of a path at once, and makes every failure a problem.

Paths are looked up, not tried one after another; the framework's router sees no request. HEAD is GET without the body.
Nothing is offered to pages of other origins, so OPTIONS is a method like any other that an operation does not have.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.http.answers import send_problem, send_reply
from chassis.http.documented import path_names
from chassis.http.operation import OperationRoute
from chassis.http.requests import check_target, request_id
from chassis.http.watched import Watched
from chassis.problems import Problems, Refused
from chassis.service import Reply

DESCRIPTION = "/openapi.json"
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

    def __init__(
        self,
        table: Table,
        router: ASGIApp,
        problems: Problems,
        watched: Watched,
        description: Callable[[], Awaitable[bytes]],
    ) -> None:
        self._table = table
        self._description = description
        self._router = router
        self._problems = problems
        self._watched = watched

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._router(scope, receive, send)
            return
        method = scope["method"]
        if method == "HEAD":
            method, send = "GET", _without_body(send)
        try:
            check_target(scope)
            route, segments = self._find(scope["path"], method)
        except Refused as refusal:
            await self._refuse(scope, send, refusal)
            return
        if route is None:
            described = await self._description()
            await send_reply(send, Reply(status=200, body=described), request_id(dict(scope["headers"])))
        else:
            await route.run(scope, receive, send, parameters(route, segments))

    def _find(self, path: str, method: str) -> tuple[OperationRoute | None, list[str]]:
        """The operation and the path's segments; None for the description. ``not_found``, ``method_not_allowed``."""
        found = self._table.find(path)
        if found is None:
            if path != DESCRIPTION:
                raise Refused("not_found")
            if method != "GET":
                raise _not_allowed(["GET"])
            return None, []
        methods, segments = found
        route = methods.get(method)
        if route is None:
            raise _not_allowed(methods)
        return route, segments

    async def _refuse(self, scope: Scope, send: Send, refusal: Refused) -> None:
        headers = dict(scope["headers"])
        request, problem = request_id(headers), self._problems.answer(refusal)
        with self._watched.begin(headers, request) as watching:
            await send_problem(send, problem, request)
            watching.refused(problem.status, problem.code)


def _not_allowed(methods: Iterable[str]) -> Refused:
    """405 with what is allowed (RFC 9110, section 15.5.6)."""
    allowed = sorted({*methods, *(("HEAD",) if "GET" in methods else ())})
    return Refused("method_not_allowed", headers=((b"allow", ", ".join(allowed).encode()),))


def _without_body(send: Send) -> Send:
    """Sends the head of an answer only."""

    async def head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return head
