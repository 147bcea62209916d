"""A service as it runs, without bus: requests over ASGI, messages and time handed in, on the real database."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx2

from chassis.auth import Verifier, issue
from chassis.clock import Clock
from chassis.config import Settings
from chassis.database import Counties, Database
from chassis.dispatch import Dispatch
from chassis.http import Running, create_app
from chassis.http.photo_routes import store_doubts
from chassis.migrate import migrate
from chassis.service import Ask, Heard, Hearing, Service, Step, Timely
from chassis.vault import Vault
from contracts.events import Event
from tests.guarded import resource_of


@dataclass
class Edge:
    """One county of the service."""

    client: httpx2.AsyncClient
    running: Running
    county: str
    heard: dict[str, int] = field(default_factory=dict)

    def headers(self, role: str, owner: UUID | str) -> dict[str, str]:
        """Headers of a caller in a role, with a fresh key; ``role:subject`` signs in under that name."""
        role, _, subject = role.partition(":")
        township = f"{self.county}100" if role in ("village", "township") else ""
        token = issue(
            self.running.settings,
            subject or role,
            role,
            self.county,
            owner=str(owner) if owner else "",
            township=township,
        )
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}

    async def get(self, path: str, role: str = "bureau", owner: UUID | str = "") -> Any:
        """The answer of a question; fails unless it is 200."""
        response = await self.client.get(path, headers=self.headers(role, owner))
        assert response.status_code == 200, response.text
        return response.json()

    async def post(self, path: str, body: Any = None, role: str = "bureau", owner: UUID | str = "") -> httpx2.Response:
        """The response to a command; what it decides on is read first, where it must be."""
        headers = self.headers(role, owner)
        if resource := resource_of(path):
            headers["If-Match"] = (await self.client.get(resource, headers=headers)).headers.get("ETag", "*")
        return await self.client.post(path, json=body, headers=headers)

    async def done(self, path: str, body: Any = None, role: str = "bureau", owner: UUID | str = "") -> Any:
        """The answer of a command; fails unless it is accepted."""
        response = await self.post(path, body, role, owner)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def refused(
        self, path: str, body: Any = None, role: str = "bureau", owner: UUID | str = ""
    ) -> tuple[int, str]:
        """Status and code of a refusal."""
        response = await self.post(path, body, role, owner)
        return response.status_code, response.json()["code"]

    async def hear(self, source: str, *events: Event) -> None:
        """Apply public events of ``source`` in one hearing, as the consumer does."""
        first = self.heard.get(source, 0) + 1
        messages, steps = [], []
        for position, event in enumerate(events, first):
            heard = Heard(
                source=source,
                county=self.county,
                position=position,
                event_id=uuid4(),
                type=event.TYPE,
                subject=uuid4(),
                body=event.model_dump_json().encode(),
                recorded_at=event.at,
            )
            for step in self.running.service.hears[source][event.TYPE](heard):
                messages.append(heard)
                steps.append(step)
        self.heard[source] = first + len(events) - 1
        assert isinstance(self.running.dispatch, Dispatch)
        await self.running.dispatch.hear(
            Hearing(
                county=self.county,
                source=source,
                epoch=UUID(int=1),
                through=self.heard[source],
                messages=tuple(messages),
                steps=tuple(steps),
            )
        )

    async def pass_time(self, to: datetime) -> None:
        """Move the clock and carry out what is due, all at once, until nothing is."""
        self.running.clock.move(to)
        while due := await self._due(to):
            await asyncio.gather(*(self._carry_out(entry) for entry in due))

    async def _due(self, to: datetime) -> list[asyncpg.Record]:
        query = "select * from agenda where county = $1 and due_at <= $2 order by due_at"
        return await self.running.database.fetch(query, self.county, to)

    async def _carry_out(self, entry: asyncpg.Record) -> None:
        step = Step(
            decider=self.running.service.decider(entry["decider"]),
            stream=entry["stream"],
            command=Timely(reason=entry["reason"], at=self.running.clock.now()),
        )
        ask = Ask(county=self.county, steps=(step,), key=f"agenda:{entry['id']}", done=entry["id"])
        await self.running.dispatch.ask(ask)

    async def told(self, kind: str) -> list[dict[str, Any]]:
        """The public events of a type so far."""
        query = "select body from public_log where county = $1 and type = $2 order by position"
        return [json.loads(row["body"]) for row in await self.running.database.fetch(query, self.county, kind)]


@contextlib.asynccontextmanager
async def running_edge(service: Service, settings: Settings, folder: Path, at: datetime) -> AsyncIterator[Edge]:
    """The service on the tests' servers, in a county of its own, at ``at``."""
    await migrate([service], settings)
    database = await Database.open(service.name, settings)
    keys = await Counties.connect(settings.service_keys_url(service.name), settings)
    clock = Clock(folder / "clock.json")
    clock.move(at)
    dispatch = Dispatch(service, database, settings, clock)
    running = Running(
        service=service,
        settings=settings,
        clock=clock,
        dispatch=dispatch,
        database=database,
        verifier=Verifier(settings),
        codec=dispatch.codec,
        vault=Vault(service.name, database, keys),
        doubts=store_doubts(service, settings),
    )
    transport = httpx2.ASGITransport(app=create_app(service, running))
    async with httpx2.AsyncClient(transport=transport, base_url="http://service.test") as client:
        yield Edge(client, running, uuid4().hex[:12])
    await dispatch.stop()
    await database.close()
    await keys.close()
