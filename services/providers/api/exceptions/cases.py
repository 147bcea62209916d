"""Routes of single exceptions: listed with their clock, explained by the provider, resolved by an officer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Routes, field_class
from chassis.http.writings import Names, written
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.providers.api.shapes import Code, Line
from services.providers.domain import exception

routes = Routes(tag="exceptions")
CONTACT = field_class("contact")
Text = Annotated[str, Field(pattern=rf"^{PLAIN}{{1,500}}$")]
OF_AN_EXCEPTION: Names = {
    exception.Explained: ("text", "exception_explanation"),
    exception.Resolved: ("text", "exception_finding"),
}


class ExplainException(Body):
    """Why it is so; sealed."""

    text: Text


class ResolveException(Body):
    """What becomes of it. ``acknowledged``: taken note of (amber only); ``mended``: what was added or inspected since
    shows that the service was done; ``upheld``: it is so, and stands. ``text`` is sealed.
    """

    resolution: Literal["acknowledged", "mended", "upheld"]
    reason_code: Code
    text: Text | None = None


class ExceptionState(Body):
    """Where the exception stands now."""

    id: UUID
    code: str
    colour: str
    state: str


class ExceptionRow(Body):
    """An exception of a visit; ``due_on`` is the day by which it is to be resolved, ``times`` how often it came."""

    id: UUID
    visit_id: UUID
    order_id: UUID
    provider: UUID
    worker: UUID
    township: str
    item: str
    day: date
    code: str
    colour: str
    state: str
    raised_at: datetime
    due_on: date
    times: int
    explained_at: datetime | None
    reason_code: str
    resolved_by: str
    resolved_at: datetime | None


class ExceptionStep(Body):
    """Something that happened to it."""

    event: str
    at: datetime
    by: str
    colour: str
    resolution: str
    reason_code: str


class ExceptionWhole(ExceptionRow):
    """With everything that happened to it, the oldest first."""

    history: list[ExceptionStep]


class Writing(Body):
    """What was written with one event, and when."""

    event: str
    at: datetime
    text: Annotated[str | None, CONTACT]


class Writings(Body):
    """Everything that was written, the oldest first; empty where nothing was."""

    items: list[Writing]


COLUMNS = (
    "id, visit_id, order_id, provider, worker, township, item, day, code, colour, state, raised_at, due_on, times,"
    " explained_at, reason_code, resolved_by, resolved_at"
)
routes.page(
    "/v1/exceptions", row=ExceptionRow, owner="provider", township="township",
    filters={
        "state": str, "colour": str, "code": str, "provider": UUID, "worker": UUID, "township": str, "visit_id": UUID,
        "order_id": UUID, "due_on": date,
    },
    sql=f"select {COLUMNS} from exceptions where county = $1", order=("raised_at", "id"),
    sorts={"raised_at": ("raised_at", "id"), "due_on": ("due_on", "id")}, summary="服务异常 Exceptions of visits",
)  # fmt: skip
HISTORY = (
    "select topic, state, recorded_at from events where county = $1 and originator_id = $2 order by originator_version"
)


@routes.get(
    "/v1/exceptions/{exception_id}", answer=ExceptionWhole, stream="exception_id", summary="一项异常 An exception"
)
async def one_exception(call: Call[None]) -> dict[str, Any] | None:
    """What was noticed, and what became of it."""
    row = await _row(call)
    return row and {**row, "history": await _history(call)}


@routes.post(
    "/v1/exceptions/{exception_id}/explanation", body=ExplainException, answer=ExceptionState, guarded="exception_id",
    summary="说明异常 Explain an exception", refusals=("exception.unknown", "exception.resolved_already"),
)  # fmt: skip
async def explain_exception(call: Call[ExplainException]) -> Ask:
    """The provider says why; an officer reads it before deciding."""
    box = await _sealed(call, "exception_explanation", call.body.text)
    assert box is not None
    return _ask(call, exception.Explain(text=box, by=call.caller.subject, at=call.at))


@routes.post(
    "/v1/exceptions/{exception_id}/resolution", body=ResolveException, answer=ExceptionState, guarded="exception_id",
    summary="处理异常 Resolve an exception",
    refusals=(
        "exception.unknown", "exception.resolved_already", "exception.not_yours_to_resolve",
        "exception.resolver_reported_it", "exception.reason_unknown", "exception.red_is_mended",
        "exception.nothing_mended",
    ),
)  # fmt: skip
async def resolve_exception(call: Call[ResolveException]) -> Ask:
    """By the bureau; what is amber also by the township where the county's pack says so."""
    box = await _sealed(call, "exception_finding", call.body.text)
    return _ask(
        call,
        exception.Resolve(
            resolution=call.body.resolution,
            reason_code=call.body.reason_code,
            text=box,
            by=call.caller.subject,
            role=call.caller.role,
            at=call.at,
        ),
    )


@routes.get(
    "/v1/exceptions/{exception_id}/writings", answer=Writings, filters={"purpose": Line}, required=("purpose",),
    scope="personal.read", refusals=("person.erased",),
    summary="异常说明与处理意见（留痕） The explanation, and what was found; the read is logged",
)  # fmt: skip
async def writings_of_exception(call: Call[None]) -> dict[str, Any] | None:
    """For whoever resolves it, and the provider that explained it."""
    row = await _row(call)
    if row is None:
        return None
    return {"items": await written(call, row["id"], row["sealed_for"], OF_AN_EXCEPTION)}


async def _row(call: Call[Any]) -> dict[str, Any] | None:
    """The exception, for whoever may see it; its texts are sealed for the person of the order."""
    row = await call.fetchrow(
        f"select {COLUMNS}, (select s.person from searches s where s.county = e.county and s.id = e.order_id)"
        " as sealed_for from exceptions e where county = $1 and id = $2",
        call.county,
        call.path_id("exception_id"),
    )
    if row is not None:
        call.permit(township=row["township"], owner=row["provider"])
    return row


async def _sealed(call: Call[Any], name: str, text: str | None) -> Sealed | None:
    row = await _row(call)
    if row is None:
        # To a provider nobody's exception looks like another's.
        raise Rejected("not_found" if call.running.authority.hides(call.caller.role) else "exception.unknown")
    if text is None:
        return None
    return (await call.vault.seal(row["sealed_for"], {name: text}))[name]


def _ask(call: Call[Any], command: exception.Command) -> Ask:
    step = Step(decider=exception.decider, stream=call.path_id("exception_id"), command=command)
    return call.ask(step, answer=_answer)


def _answer(outcomes: tuple[Outcome, ...]) -> ExceptionState:
    case: exception.Case = outcomes[0].state
    return ExceptionState(id=outcomes[0].stream, code=case.raised.code, colour=case.colour, state=case.status)


async def _history(call: Call[None]) -> list[dict[str, Any]]:
    """The events in plain words; what was written stays sealed."""
    told = []
    for row in await call.fetch(HISTORY, call.county, call.path_id("exception_id")):
        event = call.running.codec.decode(row["topic"], row["state"])
        told.append(
            {
                "event": row["topic"].rpartition(".")[2],
                "at": row["recorded_at"],
                **{name: getattr(event, name, "") for name in ("by", "colour", "resolution", "reason_code")},
            }
        )
    return told
