"""Declares routes: one declaration gives the behaviour and the OpenAPI description.

routes = Routes(tag="needs")

@routes.post("/v1/needs", body=RegisterNeed, answer=NeedAnswer, status=201, summary="登记需求")
async def register_need(call: Call[RegisterNeed]) -> Ask: ...

Who may ask stands in ``deploy/authz``, by the service's name and the handler's: ``orders.register_need``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypedDict, TypeVar, Unpack, cast, overload
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from chassis.http.bulk import BulkRoute
from chassis.http.call import Call, Upload
from chassis.http.classes import column_classes
from chassis.http.declared import Declared, Handler
from chassis.http.deprecation import Deprecated
from chassis.http.files import Format
from chassis.http.operation import OperationRoute
from chassis.http.paging import Filled, Paging
from chassis.http.query import Filters
from chassis.http.shapes import Answer, Done, Page
from chassis.http.sorting import Sorts
from chassis.service import Ask, Reply

B = TypeVar("B", bound=BaseModel)

Posted = Callable[[Call[B]], Awaitable[Ask | Reply | Answer]]
PostedNothing = Callable[[Call[None]], Awaitable[Ask | Reply | Answer]]
Uploaded = Callable[[Call[Upload]], Awaitable[Ask | Reply | Answer]]
Got = Callable[[Call[None]], Awaitable[Reply | Answer | None]]


class Told(TypedDict, total=False):
    """What may be said of any route.

    ``public`` is for anybody, without a token. ``any_county``: it may be asked without a county; ``call.county`` is
    then empty. ``refusals`` are the codes it may reject with. ``scope`` takes the place of ``<service>.read`` or
    ``.write``. ``deprecated``: it is going.
    """

    summary: str
    refusals: Iterable[str]
    public: bool
    roles: Iterable[str] | None
    any_county: bool
    scope: str
    deprecated: Deprecated | None


class Command(Told, total=False):
    """``status`` is that of the answer. ``guarded`` is the path parameter naming the stream whose version the caller
    must have seen: ``If-Match``. ``keyless`` is for an answer that must not be kept: a key is neither needed nor looked
    at. ``bare``: the body may be left out. ``bulk`` is the path of a second route that takes many of it, see
    ``chassis.http.bulk``.
    """

    status: int
    guarded: str
    keyless: bool
    bare: bool
    bulk: str


class Question(Told, total=False):
    """``stream`` is the path parameter that names the stream it is about: the answer has its version as ``ETag``, and
    is 304 for who has it already, unless it shows what other streams change too (``elsewhere``). ``media`` is the media
    type of an answer that is no JSON.
    """

    stream: str
    elsewhere: bool
    files: str
    media: str


class Routes:
    """The routes of one topic."""

    def __init__(self, tag: str, *, common: bool = False) -> None:
        """``common``: every service has them, under the same policies."""
        self.tag = tag
        self._common = common
        self._declared: list[Declared] = []

    def router(self) -> APIRouter:
        """A router with these routes; each call makes new ones."""
        router = APIRouter()
        router.routes.extend(OperationRoute(declared) for declared in self._declared)
        router.routes.extend(BulkRoute(declared) for declared in self._declared if declared.bulk)
        return router

    @overload
    def post(
        self, path: str, *, body: type[B], answer: type[BaseModel] = ..., **more: Unpack[Command]
    ) -> Callable[[Posted[B]], Posted[B]]: ...

    @overload
    def post(
        self, path: str, *, body: None = None, answer: type[BaseModel] = ..., **more: Unpack[Command]
    ) -> Callable[[PostedNothing], PostedNothing]: ...

    def post(
        self, path: str, *, body: type[BaseModel] | None = None, answer: type[BaseModel] = Done, **more: Unpack[Command]
    ) -> Callable[[Any], Any]:
        """A command."""

        def declare(handler: Handler) -> Handler:
            self._declare("POST", path, handler, body=body, answer=answer, **more)
            return handler

        return declare

    def upload(
        self, path: str, *, media: Iterable[str], answer: type[BaseModel] = Done, **more: Unpack[Command]
    ) -> Callable[[Uploaded], Uploaded]:
        """A command whose body is a file of one of the ``media`` types, of ``photo_max_bytes`` at most."""

        def declare(handler: Uploaded) -> Uploaded:
            self._declare("POST", path, cast(Handler, handler), answer=answer, upload=tuple(media), **more)
            return handler

        return declare

    def get(
        self, path: str, *, answer: type[BaseModel], filters: Mapping[str, Any] | None = None,
        required: Iterable[str] = (), **more: Unpack[Question],
    ) -> Callable[[Got], Got]:  # fmt: skip
        """A question; the handler's None is ``not_found``. ``filters`` are the query parameters and their types.

        ``files``: the answer's ``items`` may be asked for as a file of this name, with ``format``.
        """

        def declare(handler: Got) -> Got:
            own = Filters({**(filters or {}), **_format(more.get("files", ""))}, required)
            self._declare("GET", path, cast(Handler, handler), answer=answer, filters=own, **more)
            return handler

        return declare

    def page(
        self, path: str, *, row: type[BaseModel], sql: str, order: tuple[str, ...],
        filters: Mapping[str, Any] | None = None, owner: str = "", township: str = "", newest_first: bool = False,
        sorts: Mapping[str, Sequence[str]] | None = None, summary: str = "", name: str = "", scope: str = "",
        filled: Filled | None = None, beside: Mapping[str, Any] | None = None, required: Iterable[str] = (),
        files: str = "", refusals: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """Rows in pages. ``sql`` selects those of the county ``$1``, with all columns named in ``order`` (unique
        together, never null), ``filters``, ``owner`` and ``township``.

        ``owner`` is the column that says whose a row is (where it is a uuid, say so with a filter ``owner: UUID``),
        ``township`` the one that says where it lies: rows are kept back by them as the policies say; without them rows
        are everybody's, and the county's. ``newest_first`` turns the order round; ``sorts`` are other orders
        by name (``sort=name``, ``sort=-name``), each like ``order``.

        ``filled`` makes the rows that are answered of a page of those selected, all at once: more is read about them,
        some fall away. ``beside`` are query parameters that it looks at and that are no columns. ``files``: the rows
        may be asked for as a file of this name, with ``format``.
        """
        offered = Sorts(order, newest_first=newest_first, named=sorts)
        asides = {**(beside or {}), **_format(files)}
        own = Filters({**(filters or {}), **asides, **offered.parameter, "limit": int, "after": str}, required)
        paging = Paging(
            sql, offered, owner=owner, owner_is_id=own.types.get(owner) is UUID, township=township,
            classes=column_classes(row), filled=filled, beside=asides,
        )  # fmt: skip
        name = name or f"list_{path.removeprefix('/v1/').replace('/', '_').replace('-', '_')}"
        self._declare("GET", path, paging.answer, answer=Page[row], summary=summary, filters=own,  # type: ignore[valid-type]
                      name=name, scope=scope, files=files, refusals=refusals)  # fmt: skip

    def _declare(
        self, method: Literal["GET", "POST"], path: str, handler: Handler, *, name: str = "",
        refusals: Iterable[str] = (), filters: Filters | None = None, roles: Iterable[str] | None = (),
        public: bool = False, **told: Any,
    ) -> None:  # fmt: skip
        for named in ("stream", "guarded"):
            if told.get(named) and f"{{{told[named]}}}" not in path:
                raise ValueError(f"{method} {path}: the path has no parameter {told[named]}")
        declared = Declared(
            method=method,
            path=path,
            name=name or handler.__name__,
            tag=self.tag,
            handler=handler,
            common=self._common,
            public=public or roles is None,
            description=("" if name else handler.__doc__ or "").strip(),
            refusals=tuple(refusals),
            filters=filters or Filters({}, ()),
            **told,
        )
        self._declared.append(declared)


def _format(files: str) -> dict[str, Any]:
    """The query parameter that asks for a file, where there is one."""
    return {"format": Format} if files else {}
