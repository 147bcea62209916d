"""Routes every service has besides its own: the clock, health and readiness, parked messages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

import structlog
from pydantic import AwareDatetime

from chassis.http.call import Call
from chassis.http.routes import Routes
from chassis.http.shapes import Body
from chassis.http.values import Instant
from chassis.problems import Refused

log = structlog.get_logger(__name__)

CHECK_TIMEOUT_S = 2.0
_POSITION = re.compile(r"[0-9]{1,18}")
_PARKED = "select source, position, type, subject, reason, tries, parked_at from parked where county = $1"
_IS_PARKED = "select subject from parked where county = $1 and source = $2 and position = $3"
_STILL_PARKED = "select count(*) as count from parked where county = $1 and source = $2 and subject = $3"


class MoveClock(Body):
    """The instant the clock shall show, with its offset from UTC."""

    to: Instant


class ClockAnswer(Body):
    """What the clock shows, UTC, and whether it may be moved here."""

    now: AwareDatetime
    movable: bool


class Health(Body):
    """The process is alive."""

    service: str


class Ready(Body):
    """It can serve; ``away`` names what it goes on without (with the bus away, others hear by feed, slower)."""

    service: str
    away: tuple[str, ...]


class Parked(Body):
    """A message that was set aside, and why; later ones of the same subject wait behind it."""

    source: str
    position: int
    type: str
    subject: UUID
    reason: str
    tries: int
    parked_at: AwareDatetime


class Retried(Body):
    """How many messages of the subject are parked still."""

    still_parked: int


def clock_routes() -> Routes:
    """``/v1/clock``: read it; move it forward where the deployment is embedded."""
    routes = Routes(tag="clock", common=True)

    @routes.get("/v1/clock", answer=ClockAnswer, any_county=True, summary="时钟 The clock")
    async def read_clock(call: Call[None]) -> ClockAnswer:
        return ClockAnswer(now=call.at, movable=call.clock.movable)

    @routes.post(
        "/v1/clock", body=MoveClock, answer=ClockAnswer, any_county=True,
        summary="拨动时钟 Move the clock forward", refusals=("clock.fixed",),
    )  # fmt: skip
    async def move_clock(call: Call[MoveClock]) -> ClockAnswer:
        """Never backwards: an instant that has passed changes nothing."""
        if not (call.running.settings.embedded and call.clock.movable):
            raise Refused("clock.fixed")
        call.clock.refresh()
        if call.body.to > call.clock.now():
            call.clock.move(call.body.to)
        return ClockAnswer(now=call.clock.now(), movable=True)

    return routes


def health_routes() -> Routes:
    """``/v1/healthz`` and ``/v1/readyz``, without a token."""
    routes = Routes(tag="health", common=True)

    @routes.get("/v1/healthz", answer=Health, public=True, summary="进程存活 The process is alive")
    async def alive(call: Call[None]) -> Health:
        return Health(service=call.running.service.name)

    @routes.get("/v1/readyz", answer=Ready, public=True, summary="已就绪 Ready to serve", refusals=("not_ready",))
    async def ready(call: Call[None]) -> Ready:
        """The database answers and every check of the process passes; otherwise the facts name what does not."""
        checks: dict[str, Callable[[], Awaitable[object]]] = {
            "database": call.running.database.ready,
            **call.running.checks,
        }
        failed = await _failing(checks)
        for name, error in failed.items():
            log.warning("http.not_ready", check=name, exc_info=error)
        if failed:
            refusal = Refused("not_ready")
            refusal.facts.update({name: "failed" if name in failed else "ok" for name in checks})
            raise refusal
        return Ready(service=call.running.service.name, away=tuple(sorted(await _failing(call.running.doubts))))

    return routes


async def _failing(checks: Mapping[str, Callable[[], Awaitable[object]]]) -> dict[str, Exception]:
    """The checks that raise, or do not answer in time, with their errors."""
    results = await asyncio.gather(
        *(asyncio.wait_for(check(), CHECK_TIMEOUT_S) for check in checks.values()), return_exceptions=True
    )
    return {name: result for name, result in zip(checks, results, strict=True) if isinstance(result, Exception)}


def parked_routes() -> Routes:
    """``/v1/parked``: messages set aside, and trying them again."""
    routes = Routes(tag="parked", common=True)
    routes.page(
        "/v1/parked", row=Parked, sql=_PARKED, order=("source", "position"),
        filters={"source": str, "subject": UUID}, summary="搁置的消息 Messages set aside", name="list_parked",
    )  # fmt: skip

    @routes.post(
        "/v1/parked/{source}/{position}/retry", answer=Retried,
        summary="重试搁置的消息 Try a parked message again", refusals=("parked.no_consumer",),
    )  # fmt: skip
    async def retry_parked(call: Call[None]) -> Mapping[str, object]:
        """The message and those of its subject that wait behind it, in order."""
        source, position = call.path["source"], call.path["position"]
        if not _POSITION.fullmatch(position):
            raise Refused("not_found")
        row = await call.fetchrow(_IS_PARKED, call.county, source, int(position))
        if row is None:
            raise Refused("not_found")
        if call.running.redrive is None:
            raise Refused("parked.no_consumer")
        await call.running.redrive(call.county, source, int(position))
        left = await call.fetchrow(_STILL_PARKED, call.county, source, row["subject"])
        return {"still_parked": left["count"] if left else 0}

    return routes
