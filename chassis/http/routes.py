"""Declares routes: one declaration gives the behaviour and the OpenAPI description.

routes = Routes(tag="needs")

@routes.post("/v1/needs", body=RegisterNeed, answer=NeedAnswer, roles=("village",), status=201, summary="登记需求")
async def register_need(call: Call[RegisterNeed]) -> Ask: ...
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Literal, TypeVar, cast, overload
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from chassis.auth import ROLES
from chassis.http.call import Call
from chassis.http.declared import Declared, Handler
from chassis.http.operation import OperationRoute
from chassis.http.paging import Paging
from chassis.http.query import Filters
from chassis.http.shapes import Answer, Done, Page
from chassis.service import Ask, Reply

B = TypeVar("B", bound=BaseModel)

Posted = Callable[[Call[B]], Awaitable[Ask | Reply | Answer]]
PostedNothing = Callable[[Call[None]], Awaitable[Ask | Reply | Answer]]
Got = Callable[[Call[None]], Awaitable[Reply | Answer | None]]


class Routes:
    """The routes of one topic."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self._declared: list[Declared] = []

    def router(self) -> APIRouter:
        """A router with these routes; each call makes new ones."""
        router = APIRouter()
        router.routes.extend(OperationRoute(declared) for declared in self._declared)
        return router

    @overload
    def post(
        self, path: str, *, body: type[B], answer: type[BaseModel] = ..., roles: Iterable[str], status: int = ...,
        summary: str = ..., refusals: Iterable[str] = ..., any_county: bool = ...,
    ) -> Callable[[Posted[B]], Posted[B]]: ...  # fmt: skip

    @overload
    def post(
        self, path: str, *, body: None = None, answer: type[BaseModel] = ..., roles: Iterable[str], status: int = ...,
        summary: str = ..., refusals: Iterable[str] = ..., any_county: bool = ...,
    ) -> Callable[[PostedNothing], PostedNothing]: ...  # fmt: skip

    def post(
        self, path: str, *, body: type[BaseModel] | None = None, answer: type[BaseModel] = Done, roles: Iterable[str],
        status: int = 200, summary: str = "", refusals: Iterable[str] = (), any_county: bool = False,
    ) -> Callable[[Any], Any]:  # fmt: skip
        """A command. ``status`` is that of the answer; ``refusals`` are the codes its decision may reject with."""

        def declare(handler: Handler) -> Handler:
            self._declare("POST", path, handler, body=body, answer=answer, roles=roles, status=status,
                          summary=summary, refusals=tuple(refusals), any_county=any_county)  # fmt: skip
            return handler

        return declare

    def get(
        self, path: str, *, answer: type[BaseModel], roles: Iterable[str] | None, summary: str = "",
        filters: Mapping[str, Any] | None = None, required: Iterable[str] = (), refusals: Iterable[str] = (),
        any_county: bool = False,
    ) -> Callable[[Got], Got]:  # fmt: skip
        """A question; the handler's None is ``not_found``.

        ``filters`` are the query parameters and their types. ``roles`` None is for anybody, without a token.
        ``any_county``: the question may be asked without a county; ``call.county`` is then empty.
        """

        def declare(handler: Got) -> Got:
            own = Filters(filters or {}, required)
            self._declare("GET", path, cast(Handler, handler), answer=answer, roles=roles, summary=summary,
                          refusals=tuple(refusals), filters=own, any_county=any_county)  # fmt: skip
            return handler

        return declare

    def page(
        self, path: str, *, row: type[BaseModel], roles: Iterable[str], sql: str, order: tuple[str, ...],
        filters: Mapping[str, Any] | None = None, owner: str = "", township: str = "", newest_first: bool = False,
        summary: str = "", name: str = "",
    ) -> None:  # fmt: skip
        """Rows in pages. ``sql`` selects those of the county ``$1``, with all columns named in ``order`` (unique
        together, never null), ``filters``, ``owner`` and ``township``.

        ``owner`` is the column that must be the caller's own for providers, charities and claimants (where it is a
        uuid, say so with a filter ``owner: UUID``); ``township`` the one that must be that of a caller bound to a
        township. ``newest_first`` turns the order round.
        """
        own = Filters({**(filters or {}), "limit": int, "after": str}, ())
        paging = Paging(
            sql, order, owner=owner, owner_is_id=own.types.get(owner) is UUID, township=township,
            newest_first=newest_first,
        )  # fmt: skip
        name = name or f"list_{path.removeprefix('/v1/').replace('/', '_').replace('-', '_')}"
        self._declare("GET", path, paging.answer, answer=Page[row], roles=roles, summary=summary, filters=own,  # type: ignore[valid-type]
                      name=name)  # fmt: skip

    def _declare(
        self, method: Literal["GET", "POST"], path: str, handler: Handler, *, answer: type[BaseModel],
        roles: Iterable[str] | None, summary: str, body: type[BaseModel] | None = None, status: int = 200,
        refusals: tuple[str, ...] = (), filters: Filters | None = None, name: str = "", any_county: bool = False,
    ) -> None:  # fmt: skip
        allowed = None if roles is None else frozenset(roles)
        unknown = (allowed or frozenset()) - ROLES
        if unknown or allowed == frozenset():
            raise ValueError(f"{method} {path}: {'no roles' if not allowed else f'there is no role {sorted(unknown)}'}")
        declared = Declared(
            method=method,
            path=path,
            name=name or handler.__name__,
            tag=self.tag,
            handler=handler,
            body=body,
            answer=answer,
            roles=allowed,
            status=status,
            summary=summary,
            description=("" if name else handler.__doc__ or "").strip(),
            refusals=refusals,
            filters=filters or Filters({}, ()),
            any_county=any_county,
        )
        self._declared.append(declared)
