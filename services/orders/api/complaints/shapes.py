"""What the routes of tickets share: bodies, rows, and who may look at which ticket."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from chassis.http import Body, Call, Id, Thing
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.shapes import Line, Subject, Township, Writing
from services.orders.domain import complaint
from services.orders.domain.complaint import Channel, Kind, Whom

OWNED: tuple[Whom, ...] = ("provider", "worker", "charity", "claimant")
NAMED: tuple[Whom, ...] = ("officer", "worker")
BY_NUMBER = ("county_line", "city_line", "other_body")


class About(Body):
    """Whom it is about: a provider, charity or claimant by id, an officer or worker by sign-in name, a township's
    office by code; an order and the visit where it names them."""

    whom: Whom
    owner: Id | None = None
    subject: Subject | None = None
    township: Township | None = None
    order_id: Id | None = None
    visit_id: Id | None = None

    @model_validator(mode="after")
    def _fits(self) -> About:
        wrong = (
            (self.whom in ("provider", "charity", "claimant") and self.owner is None)
            or (self.whom == "officer" and self.subject is None)
            or (self.whom == "township" and self.township is None)
            or (self.owner is not None and self.whom not in OWNED)
            or (self.subject is not None and self.whom not in NAMED)
            or (self.visit_id is not None and self.order_id is None)
        )
        if wrong:
            raise ValueError("whom it is about is not clear")
        return self


class ReceiveComplaint(Body):
    """What somebody says; without name and phone it is anonymous. ``reference`` is the number another line gave it:
    told again with the same one it is the same ticket. ``township`` is where it happened."""

    channel: Channel
    kind: Kind
    reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")] | None = None
    about: About
    township: Township | None = None
    text: Writing
    name: Line | None = None
    phone: Annotated[str, Field(pattern=r"^[0-9+-]{5,20}$")] | None = None

    @model_validator(mode="after")
    def _both(self) -> ReceiveComplaint:
        if (self.name is None) != (self.phone is None):
            raise ValueError("name and phone, or neither")
        return self


class TicketState(Body):
    """Where the ticket stands now."""

    id: UUID
    state: str
    number: str | None


class TicketRow(Body):
    """A ticket without a word of what was said and without who said it."""

    id: UUID
    number: str | None
    kind: str
    channel: str
    reference: str
    state: str
    whom: str
    owner: UUID | None
    order_id: UUID | None
    visit_id: UUID | None
    place: str
    office: str
    township: str
    department: str
    outcome: str
    satisfied: bool | None
    anonymous: bool
    urged: int
    reopened: int
    heard: bool
    stated: bool
    need_id: UUID | None
    received_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    overdue: bool
    overdue_step: str
    overdue_level: str


COLUMNS = (
    "id, case when number is null then null else year || '-' || lpad(number::text, 5, '0') end as number, kind,"
    " channel, reference, state, whom, owner, order_id, visit_id, place, office, township, department, outcome,"
    " satisfied, anonymous, urged, reopened, heard, stated, need_id, received_at, answered_at, closed_at, due_on,"
    " overdue, overdue_step, overdue_level, subject"
)


def number_of(state: complaint.Complaint) -> str | None:
    """The number as it is told: year and five digits."""
    one = state.registered
    return f"{one.year}-{one.number:05}" if one else None


def state_of(outcomes: tuple[Outcome, ...]) -> TicketState:
    """The answer to whatever was done with a ticket."""
    one: complaint.Complaint = outcomes[0].state
    return TicketState(id=outcomes[0].stream, state=one.stage, number=number_of(one))


async def sealed(call: Call[Any], stream: UUID, name: str, text: str) -> Sealed:
    """A text under the ticket's own key."""
    return (await call.vault.seal(stream, {name: text}))[name]


def ask(call: Call[Any], command: complaint.Command) -> Ask:
    """A command for the ticket in the path, judged by who handles it."""
    stream = call.path_id("complaint_id")
    step = Step(decider=complaint.decider, stream=stream, command=command, permit=call.judged(handled_by))
    return call.ask(step, answer=state_of)


def handled_by(state: complaint.Complaint | None) -> Thing | None:
    """Where it is handled, and whom it is about: who is complained of has no hand in it."""
    if state is None:
        return None
    about = state.received.about
    return Thing(township=state.township, actors=(about.subject,) if about.subject else ())


async def taken(call: Call[Any]) -> dict[str, Any] | None:
    """The row of the ticket in the path, for who took it: where it happened, unless it is about that very office."""
    row = await call.fetchrow(
        f"select {COLUMNS} from complaints where county = $1 and id = $2", call.county, call.path_id("complaint_id")
    )
    if row is None or (row["subject"] and row["subject"] == call.caller.subject):
        return None
    call.permit(township="" if row["whom"] == "township" else row["place"])
    return row


async def ticket(call: Call[Any], columns: str = COLUMNS) -> dict[str, Any] | None:
    """The row of the ticket in the path, if the caller handles it or supervises; nobody sees one about oneself."""
    row = await call.fetchrow(
        f"select {columns} from complaints where county = $1 and id = $2", call.county, call.path_id("complaint_id")
    )
    if row is None or (row["subject"] and row["subject"] == call.caller.subject):
        return None
    call.permit(township=row["township"])
    return row


async def must_be_there(call: Call[Any], order_id: UUID, visit_id: UUID | None) -> None:
    """Refuse an order, or a visit of it, that is not there."""
    row = await call.fetchrow("select judgements from orders where county = $1 and id = $2", call.county, order_id)
    if row is None or (visit_id is not None and str(visit_id) not in row["judgements"]):
        raise Rejected("complaint.order_unknown")
