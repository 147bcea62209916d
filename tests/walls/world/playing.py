"""The order of things: a month is prepared, served, verified and closed; then everything stands in every state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

import asyncpg

from careloop.environment import started
from careloop.lags import quiet
from chassis.clock import Clock
from chassis.config import Settings
from chassis.http import create_app
from chassis.migrate import migrate
from chassis.runner import running
from services.declared import PORTS, declared
from tests.journeys.county import shanghai
from tests.journeys.ground import data_folder, free_offset
from tests.walls.asking import Door, Request
from tests.walls.world import (
    caring,
    checking,
    closing,
    complaining,
    desking,
    donating,
    founding,
    giving,
    grading,
    helping,
    matching,
    needing,
    planning,
    referring,
    registering,
    serving,
    showing,
)
from tests.walls.world.places import COUNTY, Spot, World, bureau

BEGINS = shanghai(date(2024, 10, 20), 9)
NOVEMBER = shanghai(date(2024, 11, 1), 0, 10)
SERVED = shanghai(date(2024, 11, 28), 20)
DECEMBER = shanghai(date(2024, 12, 3), 9)


@asynccontextmanager
async def playing() -> AsyncIterator[World]:
    """The world, with servers of its own, ready to be asked."""
    with data_folder() as folder:
        folder.mkdir(mode=0o711)
        Clock(folder / "clock.json").move(BEGINS)
        settings = Settings(data=folder, port_offset=free_offset(), log_level="error")
        async with started(settings) as complete:
            services = declared()
            await migrate(services, complete)
            async with running(services, complete, PORTS) as parts:
                doors = {name: create_app(part.service, part) for name, part in parts.items()}
                connection = await asyncpg.connect(complete.database_url)
                try:
                    world = World(Door(complete, doors), connection)
                    await _Play(world).all()
                    yield world
                finally:
                    await connection.close()


class _Play:
    """The acts; between them everything told is heard."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.now = BEGINS

    async def all(self) -> None:
        """From the counties' rules to December."""
        world = self.world
        await founding.publish(world)
        await self._rest()
        await founding.found(world)
        await self._everywhere(helping.help_people, needing.help_at_once, registering.keep_files, giving.give)
        await self._rest()
        await self._everywhere(giving.publish_given)
        await self._move(NOVEMBER)
        await self._everywhere(serving.take_november, giving.do_given)
        await self._move(SERVED)
        await self._everywhere(serving.serve_november, giving.miss)
        await self._rest()
        await self._everywhere(serving.verify_november, giving.verify_given)
        await self._move(DECEMBER)
        await self._everywhere(closing.rule)
        for county in sorted({spot.county for spot in world.spots}):
            await closing.close(world, county)
        await self._rest()
        await self._everywhere(
            closing.find,
            grading.grade,
            helping.apply,
            needing.apply_otherwise,
            caring.care,
            planning.plan_in_depth,
            complaining.complain,
        )
        await self._everywhere(serving.order_december, planning.orders_in_depth, giving.refer, referring.refer)
        await self._everywhere(matching.order_together)
        await self._rest()
        for county in sorted({spot.county for spot in world.spots}):
            await matching.decide_together(world, county)
        await self._everywhere(
            serving.take_december, giving.stage, referring.decide, donating.give, matching.wait, showing.show
        )
        await self._rest()
        await self._everywhere(desking.serve)
        await self._rest()
        await self._everywhere(desking.judge)
        await self._rest()
        for county in sorted({spot.county for spot in world.spots}):
            await checking.check(world, county, [spot for spot in world.spots if spot.county == county])
        for service in closing.SERVICES:
            for spot in world.spots:
                await closing.park(world, spot, service)

    async def _everywhere(self, *acts: Callable[[World, Spot], Awaitable[None]]) -> None:
        async def one(spot: Spot) -> None:
            for act in acts:
                await act(self.world, spot)

        await asyncio.gather(*(one(spot) for spot in self.world.spots))

    async def _move(self, to: datetime) -> None:
        body = {"to": to.isoformat()}
        request = Request(service="orders", method="POST", path="/v1/clock", body=body)
        await self.world.done(request, bureau(COUNTY))
        self.now = to
        await self._rest()

    async def _rest(self) -> None:
        await quiet(self.world.connection, declared(), self.now)
