"""What the routes of visits share: how a visit is told, how it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from chassis import keys
from chassis.http import Body, Call, Instant
from chassis.service import Outcome
from services.providers.api.shapes import Code, Point
from services.providers.domain import one_time_code, visit

CODE_KEY = "one-time code of a visit"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
GivenCode = Annotated[str, Field(pattern=r"^[0-9]{4,8}$")]
RegisterLine = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z/.-]{0,31}$")]
Units = Annotated[int, Field(ge=1, le=100_000)]


class Photo(Body):
    """A picture by its SHA-256 in hex, what it shows, and when the device took it."""

    sha256: Sha256
    kind: Literal["before", "after", "register_page", "receipt", "other", "signature"]
    taken_at: Instant | None = None

    def to_domain(self) -> visit.Photo:
        """As the domain says it."""
        return visit.Photo(sha256=self.sha256, kind=self.kind, taken_at=_utc(self.taken_at))


class Good(Body):
    """So many of a thing handed over: ``tub``, ``bag``."""

    code: Code
    count: Annotated[int, Field(ge=0, le=100_000)]


Evidence = Annotated[tuple[Photo, ...], Field(max_length=20)]


def _each_once(photos: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(photos)) != len(photos):
        raise ValueError("a photo is named twice")
    return photos


class TellVisit(Body):
    """How a visit went, with its proof. ``source`` is how it was written down: in the app, in the app without a signal
    (``offline``), or on ``paper`` with the line of the service register. ``device_now`` is the device's clock at
    sending; where it is wrong the times are set right by it. ``mode`` is ``phone`` where the county lets the item be
    served so. ``signed_by`` says who signed, by relation to the person, never by name. Instants have a zone.
    """

    units: Units = 1
    place: Point | None = None
    photos: Annotated[tuple[Sha256, ...], Field(max_length=20), AfterValidator(_each_once)] = ()
    evidence: Evidence = ()
    goods: Annotated[tuple[Good, ...], Field(max_length=20)] = ()
    code: GivenCode | None = None
    source: Literal["app", "offline", "paper"] = "app"
    recorded_at: Instant | None = None
    device_now: Instant | None = None
    mock_location: bool = False
    no_signal: bool = False
    register_line: RegisterLine | None = None
    mode: visit.Mode = "home"
    signed_by: Literal["self", "guardian", "relative", "neighbour", "cadre"] | None = None

    @model_validator(mode="after")
    def _different(self) -> Self:
        hashes = [*self.photos, *(photo.sha256 for photo in self.evidence)]
        if len(set(hashes)) != len(hashes):
            raise ValueError("a photo is named twice")
        return self


class Noticed(Body):
    """An exception: only red keeps the visit from being accepted by itself."""

    code: str
    colour: str


class VisitAnswer(Body):
    """The visit as it was taken."""

    id: UUID
    order_id: UUID
    minutes: int
    exceptions: list[Noticed]


def to_report(
    call: Call[Any], told: TellVisit, *, order_id: UUID, provider: UUID, worker: UUID, item: str, started_at: datetime,
    ended_at: datetime, start_noted: bool = False,
) -> visit.Report:  # fmt: skip
    """The report; of the code it keeps only which attempts it belongs to."""
    fits: tuple[int, ...] = ()
    if told.code is not None:
        fits = one_time_code.fits(code_key(call), call.county, order_id, told.code)
    return visit.Report(
        order_id=order_id,
        provider=provider,
        worker=worker,
        item=item,
        units=told.units,
        started_at=started_at.astimezone(UTC),
        ended_at=ended_at.astimezone(UTC),
        place=told.place.to_domain() if told.place else None,
        photos=told.photos,
        code_given=told.code is not None,
        by=call.caller.subject,
        at=call.at,
        evidence=tuple(photo.to_domain() for photo in told.evidence),
        goods=tuple(visit.Good(code=good.code, count=good.count) for good in told.goods),
        source=told.source,
        register_line=told.register_line or "",
        code_fits=fits,
        written_at=_utc(told.recorded_at),
        device_now=_utc(told.device_now),
        mock_location=told.mock_location,
        no_signal=told.no_signal,
        start_noted=start_noted,
        mode=told.mode,
        signed_by=told.signed_by or "",
    )


def code_key(call: Call[Any]) -> bytes:
    """The deployment's key that one-time codes come from."""
    return keys.derived(call.running.settings, CODE_KEY)


def answer_visit(outcomes: Sequence[Outcome]) -> VisitAnswer:
    """The visit among what was decided."""
    stream, state = next((one.stream, one.state) for one in outcomes if isinstance(one.state, visit.Visit))
    return VisitAnswer(
        id=stream,
        order_id=state.first.order_id,
        minutes=state.minutes,
        exceptions=[Noticed(code=one.code, colour=one.colour) for one in state.exceptions],
    )


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant else None
