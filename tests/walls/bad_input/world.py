"""The world bad input is thrown at: two counties with people, orders in every state, money, a closed month.

Played over the public API with `careloop up` as a process of its own. What was made has a name: ``<person>`` in a
path or body stands for its id.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import asyncpg

from careloop.environment import reachable
from chassis.auth import issue
from chassis.clock import Clock
from chassis.config import Settings
from services.declared import PORTS
from tests.faults.process import Process
from tests.journeys.client import Client
from tests.journeys.county import County, shanghai
from tests.journeys.ground import data_folder
from tests.walls.bad_input.play import MONTH, Names, Play, play_all
from tests.walls.bad_input.wire import Answer, Header, exchange, request

OURS, THEIRS, FUZZED = "130528", "130529", "130530"
"""The county of the corpus, another one, and the one that generated requests may do with what they like."""
BODY_MAX_S = "3"
"""How long a body may take here."""


class World:
    """The running services, what was made, and who may ask."""

    def __init__(self, process: Process, settings: Settings, connection: asyncpg.Connection) -> None:
        self.process = process
        self.settings = settings
        self.connection = connection
        self.names: Names = {}
        self.fuzzed: Names = {}
        self._tokens: dict[tuple[str, str], str] = {}

    def port(self, service: str) -> int:
        """Where a service listens."""
        return PORTS[service] + self.settings.port_offset

    def token(self, by: str, county: str = OURS) -> str:
        """A token of an actor: a role, ``provider``, ``claimant`` and ``charity`` with their owner; or see below."""
        if (by, county) not in self._tokens:
            names = self.fuzzed if county == FUZZED else self.names
            role, subject, owner, township = by, f"{by}-1", names.get(by, ""), ""
            if by == "reporter":  # signs in as the bureau under the name that reported the visits
                role, subject, owner = "bureau", "provider-1", ""
            elif by == "verifier":
                role, subject = "bureau", "bureau-2"
            elif by == "other_claimant":
                role, owner = "claimant", names[by]
            elif by == "stranger":
                role, owner = "provider", "5f0c1a4e-6f2b-4c0e-9d53-2a8f1f0b7c11"
            elif by in ("township", "village"):
                township = names["township"]
            elif by == "elsewhere":
                role, township, owner = "township", f"{county}999", ""
            self._tokens[by, county] = issue(
                self.settings, subject, role, county, owner=owner, township=township
            )  # fmt: skip
        return self._tokens[by, county]

    def filled(self, text: str, county: str = OURS) -> str:
        """``text`` with ids in place of ``<names>``."""
        for name, value in (self.fuzzed if county == FUZZED else self.names).items():
            text = text.replace(f"<{name}>", value)
        return text

    async def ask(
        self, service: str, method: str, target: str, headers: list[Header], body: bytes = b""
    ) -> Answer:  # fmt: skip
        """One request on a connection of its own."""
        return await exchange(self.port(service), request(method, target, headers, body))

    async def heads(self) -> dict[str, tuple[int, ...]]:
        """The head of our and the other county in every service: writes, position, public position."""
        return {
            f"{service}/{county}": await self.head(service, county) for service in PORTS for county in (OURS, THEIRS)
        }

    async def head(self, service: str, county: str) -> tuple[int, ...]:
        """Writes, position and public position of a county's log."""
        row = await self.connection.fetchrow(
            f"select writes, position, public_position from {service}.head where county = $1", county
        )
        return tuple(row) if row is not None else ()


@asynccontextmanager
async def running_world() -> AsyncIterator[World]:
    """`careloop up` on a folder of its own, with the counties played to the 3rd of December 2024."""
    with data_folder() as folder:
        folder.mkdir(mode=0o711)
        Clock(folder / "clock.json").move(shanghai(date(2024, 10, 20), 9))
        process = Process(folder, folder.parent / "careloop.log", body_max_s=BODY_MAX_S)
        await process.up()
        settings = reachable(Settings(data=folder, port_offset=process.offset))
        connection = await asyncpg.connect(settings.database_url)
        clients = [Client(settings, code) for code in (OURS, THEIRS, FUZZED)]
        try:
            world = World(process, settings, connection)
            plays = [Play(County(client, connection, MONTH)) for client in clients]
            await play_all(plays)
            world.names = plays[0].names | {f"their_{name}": text for name, text in plays[1].names.items()}
            world.fuzzed = plays[2].names
            yield world
        finally:
            for client in clients:
                await client.close()
            await connection.close()
            await process.down()
