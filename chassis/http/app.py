"""Makes the application of a running service: its own routes, the common ones, one edge around them."""

from __future__ import annotations

import asyncio
from importlib import metadata
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp

from chassis.http.call import Running
from chassis.http.common import clock_routes, health_routes, parked_routes
from chassis.http.edge import Edge, Table
from chassis.http.feed import Feed
from chassis.http.openapi import describe
from chassis.http.operation import OperationRoute
from chassis.http.rates import Rates
from chassis.http.watched import Watched
from chassis.problems import Problems
from chassis.service import Service


class Application(FastAPI):
    """A FastAPI application whose requests go through ``Edge`` instead of the framework's middleware."""

    def __init__(self, service: Service, running: Running, routes: list[OperationRoute]) -> None:
        super().__init__(
            title=service.title,
            version=metadata.version("careloop"),
            openapi_url="/openapi.json",
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
            # Requests do not pass through the router, which is where the framework would look; ``watched`` looks.
            telemetry={"tracing": False, "metrics": False, "logs": False},
        )
        self._described: bytes | None = None
        self._describing = asyncio.Lock()
        self._examples = service.examples
        self.problems = Problems(service.refusals)
        rates = Rates(service.name, running.settings)
        for route in routes:
            route.serve(running, self.problems, rates)
        self.router.routes.extend(routes)
        self._table = Table(routes)
        self._watched = Watched(service.name, settings=running.settings)

    def build_middleware_stack(self) -> ASGIApp:
        """The edge; middleware that somebody added stands around it."""
        app: ASGIApp = Edge(self._table, self.router, self.problems, self._watched, self._description)
        for middleware in reversed(self.user_middleware):
            app = middleware.cls(app, *middleware.args, **middleware.kwargs)
        return app

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self.title, self.version, self.router.routes, self.problems, self._examples)
        return self.openapi_schema

    async def _description(self) -> bytes:
        """Made beside the event loop: it takes seconds, and nobody who asks for something else waits for it."""
        async with self._describing:
            if self._described is None:
                self._described = await asyncio.to_thread(lambda: msgspec.json.encode(self.openapi()))
        return self._described


def create_app(service: Service, running: Running) -> FastAPI:
    """The application of ``service``. ValueError for routes declared twice or refusals nobody explains."""
    routers = (
        service.router(),
        Feed(running).routes().router(),
        clock_routes().router(),
        health_routes().router(),
        parked_routes().router(),
    )
    found = [context.original_route for router in routers for context in iter_route_contexts(router.routes)]
    routes = [route for route in found if isinstance(route, OperationRoute)]
    if len(routes) != len(found):
        raise ValueError(f"{service.name}: every route is declared with chassis.http.Routes")
    return Application(service, running, routes)
