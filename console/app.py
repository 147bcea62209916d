"""The application: finds the page of a path, limits who asks, and sends every answer with the same headers.

    request ─▶ route ─▶ limit by address ─▶ form (size, type) ─▶ page's function ─▶ HTML or 303
                       any refusal, any failure ─▶ a page in words

A rating code, a visit's reference or a check code stands in paths and forms, so none of these is ever logged: what is
told of a request is the name of its route, the status and the time (``Watched``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from starlette.types import Receive, Scope, Send

from chassis.config import Settings
from chassis.http.answers import Header
from chassis.http.rates import Rates
from chassis.http.requests import Disconnected, Headers, check_headers, check_target, read_body, request_id
from chassis.http.watched import Watched, Watching
from chassis.kernel import Rejected
from chassis.problems import Problems, Refused
from console import certificates, rating, starting, words
from console.asked import Answer, Asked
from console.pages import KEPT, NO_STORE, Pages, Shown, send
from console.services import For, Services
from console.typed import KIND, Form, form_of

log = structlog.get_logger(__name__)

NAME = "console"
HTML = b"text/html; charset=utf-8"
HEALTH = "/v1/healthz"
COUNTY = r"/(?P<county>[0-9A-Za-z]{6,12}(?:-[0-9a-z]{1,12})?)"
RATING = r"/(?P<county>[0-9a-z]{6,12})/rating"
"""Counties as ``POST /v1/rating-page`` takes them."""
PAGES: tuple[tuple[str, str, Mapping[str, Answer]], ...] = (
    ("first", "/", {"GET": starting.first}),
    ("thanks", f"{RATING}/thanks", {"GET": rating.thanks}),
    ("rating", RATING, {"GET": rating.blank, "POST": rating.post}),
    ("rating_of_a_visit", rf"{RATING}/(?P<visit>[^/]+)", {"GET": rating.blank, "POST": rating.post}),
    ("certificates", f"{COUNTY}/certificates", {"GET": certificates.ask}),
    ("certificate", rf"{COUNTY}/certificates/(?P<number>[^/]+)", {"GET": certificates.show}),
    ("county", COUNTY, {"GET": starting.county}),
)


@dataclass(frozen=True, kw_only=True)
class Route:
    """A page: its path, what answers each method, and what is counted of it."""

    path: re.Pattern[str]
    methods: Mapping[str, Answer]
    watched: Watched


class Console:
    """The pages over ``services``."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self._services = services
        self._settings = settings
        self._pages = Pages()
        self._rates = Rates(NAME, settings)
        self._problems = Problems({})
        self._routes = _routes(settings)
        self._nowhere = _watched("", settings)
        self._ours = _watched("health_or_file", settings)

    async def __call__(self, scope: Scope, receive: Receive, sending: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        headers: Headers = dict(scope["headers"])
        request, head = request_id(headers), scope["method"] == "HEAD"
        route, path = self._find(scope["path"].rstrip("/") or "/")
        ours = self._file(scope["path"]) if route is None else None
        watched = route.watched if route else self._nowhere if ours is None else self._ours
        with watched.begin(headers, request) as watching:
            try:
                if ours is not None:
                    _allowed(scope["method"], ("GET",))
                    await send(sending, 200, *ours, request=request, head=head)
                    watching.answered(200)
                    return
                shown = await self._answer(route, path, scope, receive, headers, request)
                body, told = self._page(shown), _told(shown)
            except Disconnected:
                return
            except Exception as error:
                shown, told = self._failed(error, watching)
                body = self._page(shown)
            else:
                watching.answered(_status(shown))
            await send(sending, _status(shown), HTML, body, NO_STORE, *told, request=request, head=head)

    def _find(self, path: str) -> tuple[Route | None, Mapping[str, str]]:
        for route in self._routes:
            if found := route.path.fullmatch(path):
                return route, found.groupdict()
        return None, {}

    def _file(self, path: str) -> tuple[bytes, bytes, Header] | None:
        """What is not a page: a file of ours, or the answer that the process is alive."""
        if path == HEALTH:
            return b"application/json", b'{"service":"console"}', NO_STORE
        file = self._pages.files.get(path)
        return (file.kind, file.body, KEPT) if file else None

    async def _answer(
        self, route: Route | None, path: Mapping[str, str], scope: Scope, receive: Receive, headers: Headers,
        request: str,
    ) -> Shown:  # fmt: skip
        check_target(scope)
        check_headers(scope["headers"])
        self._rates.count_guest(scope, headers)
        if route is None:
            raise Refused("not_found")
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        _allowed(method, route.methods)
        asked = Asked(
            path=path,
            form=await self._form(method, scope, receive, headers),
            asker=For(address=self._rates.address(scope, headers), request=request),
            services=self._services,
            settings=self._settings,
        )
        return await route.methods[method](asked)

    async def _form(self, method: str, scope: Scope, receive: Receive, headers: Headers) -> Form:
        if method != "POST":
            return form_of(scope["query_string"])
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind != KIND:
            raise Refused("body.media_type")
        return form_of(await read_body(receive, headers, self._settings.form_max_bytes))

    def _page(self, shown: Shown) -> bytes:
        return b"" if shown.to else self._pages.html(shown)

    def _failed(self, error: Exception, watching: Watching) -> tuple[Shown, tuple[Header, ...]]:
        """The page that says so, and the headers that the refusal brings."""
        refusal = error if isinstance(error, Rejected) else Refused("internal")
        if refusal is not error:
            log.error("console.failed", exc_info=error)
        status, zh, en = self._problems.of(refusal.code)
        said = words.BY_STATUS.get(status) or words.Said(words.Word(zh, en), words.BY_STATUS[400].text)
        watching.refused(status, refusal.code)
        headers = refusal.headers if isinstance(refusal, Refused) else ()
        return Shown(template="said", values={"said": said}, status=status), headers


def _status(shown: Shown) -> int:
    return 303 if shown.to else shown.status


def _told(shown: Shown) -> tuple[Header, ...]:
    if shown.to:
        return ((b"location", shown.to.encode("ascii")),)
    return ((b"retry-after", b"%d" % shown.retry_s),) if shown.retry_s else ()


def _allowed(method: str, methods: Mapping[str, object] | Sequence[str]) -> None:
    """405 with what is allowed (RFC 9110, section 15.5.6)."""
    if method not in methods and not (method == "HEAD" and "GET" in methods):
        allowed = ", ".join(sorted({*methods, "HEAD"}))
        raise Refused("method_not_allowed", headers=((b"allow", allowed.encode()),))


def _routes(settings: Settings) -> list[Route]:
    return [
        Route(path=re.compile(path), methods=methods, watched=_watched(name, settings)) for name, path, methods in PAGES
    ]


def _watched(name: str, settings: Settings) -> Watched:
    """The console has no secret, so nobody's key is derived here: there are no callers to name either."""
    watched = Watched(NAME, name) if name else Watched(NAME)
    watched.access_log = settings.access_log
    return watched
