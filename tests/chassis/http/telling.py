"""A toy service whose public events name somebody: an owner, a township, both, or finance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from chassis.dispatch import Dispatch
from chassis.service import Ask, PublicEvent, Recorded, Step
from contracts import registry
from contracts.concerns import Concerns, office, owners, township
from contracts.events import Event
from tests.chassis import toy
from tests.chassis.http.conftest import Edge, Start
from tests.chassis.pair import AT

FINANCE = "finance"
"""In place of an owner: the event is an office's business."""
HEALTH = "health"
"""In place of an owner: the event tells of somebody's health."""


class Named(Event):
    TYPE: ClassVar[str] = "toy.named.v1"
    CONCERNS: ClassVar[Concerns] = (owners("owner"), township("inside.township"))

    owner: str
    inside: dict[str, str]
    other: str = ""


class Allotted(Event):
    TYPE: ClassVar[str] = "toy.allotted.v1"
    CONCERNS: ClassVar[Concerns] = (office("finance"),)

    document: str


class Fell(Event):
    TYPE: ClassVar[str] = "toy.fell_ill.v1"
    CONCERNS: ClassVar[Concerns] = (township("township"),)
    TELLS_OF_HEALTH: ClassVar[bool] = True

    township: str


def outgoing(recorded: Recorded, _state: Any) -> Iterable[PublicEvent]:
    """``owner|township|other`` in the domain event's owner says what the public event tells."""
    event = recorded.event
    if not isinstance(event, toy.Added):
        return
    owner, place, other = [*event.owner.split("|"), "", ""][:3]
    told: Event = Named(owner=owner, inside={"township": place}, other=other, at=event.at)
    if owner == FINANCE:
        told = Allotted(document=place, at=event.at)
    elif owner == HEALTH:
        told = Fell(township=place, at=event.at)
    yield PublicEvent(subject=recorded.originator_id, data=told)


telling = replace(toy.service, outgoing=outgoing)


@dataclass
class Teller:
    """The edge, and events told by hand."""

    edge: Edge
    dispatch: Dispatch

    async def tell(self, *named: str, county: str = "", at: datetime = AT) -> None:
        """One event each, in order: ``owner|township|other``."""
        for name in named:
            step = Step(decider=toy.counter, stream=uuid4(), command=toy.Add(amount=1, owner=name, at=at))
            await self.dispatch.ask(Ask(county=county or self.edge.county, steps=(step,), key=str(uuid4())))

    async def read(self, query: str = "", role: str = "bureau", **claims: Any) -> dict[str, Any]:
        """A page of the feed; fails unless it is 200."""
        headers = {"Careloop-County": claims.pop("named")} if "named" in claims else {}
        answer = await self.edge.get(f"/v1/events?{query}", role, claims=claims, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def code(self, query: str = "", role: str = "bureau", **claims: Any) -> str:
        """The code of a refusal."""
        headers = {"Careloop-County": claims.pop("named")} if "named" in claims else {}
        answer = await self.edge.get(f"/v1/events?{query}", role, claims=claims, headers=headers)
        return str(answer.json()["code"])

    def reading(self, query: str = "", role: str = "bureau", **claims: Any) -> asyncio.Task[dict[str, Any]]:
        """A page that is waited for."""
        return asyncio.create_task(self.read(query, role, **claims))


@asynccontextmanager
async def teller_of(start: Start, toy_database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Teller]:
    """The teller on the real dispatch and tables, its types being known like any other's."""
    for kind in (Named, Allotted, Fell):
        monkeypatch.setitem(registry.EVENTS, kind.TYPE, kind)
    async with start() as plain:
        dispatch = Dispatch(telling, toy_database, plain.running.settings, plain.running.clock)
    async with start(dispatch=dispatch) as edge:
        yield Teller(edge, dispatch)
    await dispatch.stop()
