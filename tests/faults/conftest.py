"""One system for all fault tests, and for each of them a county of its own in it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import date

import pytest

from careloop.embedded import Embedded
from chassis.clock import SHANGHAI
from services.declared import PORTS
from tests.faults.load import Patient
from tests.faults.system import System
from tests.journeys.client import Client
from tests.journeys.county import County, shanghai
from tests.journeys.ground import data_folder

_codes = itertools.count(990_101)
BEGINS = date(2024, 10, 20)


@pytest.fixture(scope="package")
async def system() -> AsyncIterator[System]:
    """Servers of its own, and the process once it is started."""
    with data_folder() as folder:
        servers = await Embedded.start(folder)
        system = System(servers, folder)
        system.move_clock(shanghai(BEGINS, 9))
        try:
            yield system
        finally:
            await system.down()
            await servers.stop()


@pytest.fixture
async def up(system: System) -> AsyncIterator[System]:
    """The system with everything running; whatever a test has killed is up again before the next one."""
    await system.servers.ensure()
    if system.process is None or system.process.poll() is not None:
        await system.up()
    await system.until_ready()
    yield system
    print(system.last_words())


@pytest.fixture
async def county(up: System) -> AsyncIterator[County]:
    """A county with rules and a provider, early on the first day of a month."""
    client = Patient(Client(up.settings, str(next(_codes))))
    now = (await client.now()).astimezone(SHANGHAI)
    month = f"{now.year + now.month // 12}-{now.month % 12 + 1:02}"
    county = County(client, await up.connect(), month)
    await client.move_clock(shanghai(county.first, 6))
    await county.supply()
    yield county
    county.connection.terminate()
    await client.close()
    await forget_agenda(up, county.code)


async def forget_agenda(system: System, county: str) -> None:
    """What a county would do in the months of later tests concerns nobody."""
    await system.servers.ensure()
    connection = await system.connect()
    for service in PORTS:
        await connection.execute(f"delete from {service}.agenda where county = $1", county)
    await connection.close()
