"""A public event twice, out of order, or missing on the bus changes no statement.

Orders' real log and feed, the real NATS, settlement's real consumer; what the relay would publish is put on the bus by
hand: shuffled, doubled and with holes, by seed.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from chassis.auth import issue
from chassis.backfill import Feed
from chassis.bus import EPOCH, HASH, POSITION, PREVIOUS, Bus
from chassis.consumer import Consumer
from chassis.dispatch import Dispatch
from chassis.http import create_app
from contracts import envelope, subjects
from services.orders.service import service as orders
from services.settlement.service import service as settlement
from tests.chassis.operator import Operator, operator
from tests.chassis.pair import Cut, until
from tests.edge import Edge, running_edge
from tests.faults.system import System
from tests.orders import journeys
from tests.orders.conftest import pack_of
from tests.orders.examples import PROVIDER, at

MONTH = "2024-10"
SEEDS = range(4)
_codes = itertools.count(991_001)


@dataclass
class Disorder:
    """Orders with a month's worth of public events, settlement that has heard none of them, and the bus between."""

    source: Edge
    hearing: Edge
    bus: Operator
    consumer: Consumer
    way: Cut

    async def told(self) -> list[asyncpg.Record]:
        """The county's public log, in order."""
        query = "select p.*, h.epoch from public_log p join head h using (county) where county = $1 order by position"
        return list(await self.source.running.database.fetch(query, self.source.county))

    async def publish(self, rows: Sequence[asyncpg.Record]) -> None:
        """Put events on the bus as they are given."""
        for row in rows:
            headers = envelope.headers(
                service="orders", county=self.source.county, event_id=row["event_id"], type_name=row["type"],
                subject=row["subject"], time=row["recorded_at"],
            )  # fmt: skip
            headers |= {
                POSITION: str(row["position"]), PREVIOUS: str(row["position"] - 1), EPOCH: str(row["epoch"]),
                HASH: row["hash"].hex(),
            }  # fmt: skip
            subject = subjects.subject(self.source.county, row["type"])
            await self.bus.jetstream.publish(subject, row["body"], headers=headers)

    async def heard(self) -> None:
        """Wait until settlement has heard the log to its end."""
        end = (await self.told())[-1]["position"]
        query = "select position from tracking where county = $1 and source = 'orders'"

        async def there() -> bool:
            return bool(await self.hearing.running.database.fetchval(query, self.source.county) == end)

        self.consumer.wake()
        await until(there, timeout_s=30)

    async def statements(self) -> list[tuple[str, int]]:
        """Payee and total of the month's drafts."""
        page = await self.hearing.get(f"/v1/statements?month={MONTH}")
        return [(row["payee"], row["payable_fen"]) for row in page["items"]]


async def a_served_month(county: Edge) -> None:
    """Ningjin's rules, a person, four accepted visits."""
    await county.done("/v1/policies", {"document": pack_of(county.county)})
    _, plan = await journeys.running_plan(county)
    await county.pass_time(at(f"{MONTH}-01", "00:00"))
    for number, order in enumerate(await journeys.orders(county, plan_id=plan)):
        await county.hear("providers", journeys.found(order, PROVIDER, at(f"{MONTH}-01", "01:00")))
        await county.hear("providers", journeys.visited(order, PROVIDER, f"{MONTH}-{7 * number + 3:02}"))
        await county.done(f"/v1/orders/{order['id']}/verification", {"result": "accepted"}, "bureau:verifier")


@pytest.fixture
async def disorder(system: System, tmp_path: Path) -> AsyncIterator[Disorder]:
    """Both services in this process, without relay, on the system's servers; its own process is stopped."""
    await system.servers.ensure()
    await system.down()
    settings, begins = system.settings.model_copy(update={"consumer_poll_s": 0.1}), at("2024-09-20")
    (tmp_path / "source").mkdir()
    async with AsyncExitStack() as stack:
        source = await stack.enter_async_context(running_edge(orders, settings, tmp_path / "source", begins))
        hearing = await stack.enter_async_context(running_edge(settlement, settings, tmp_path, at(f"{MONTH}-31")))
        source.county = hearing.county = str(next(_codes))
        bus = await stack.enter_async_context(operator(settings, "orders"))
        ears = Bus(settings.service_nats_url("settlement"), "ears", "settlement")
        mouth = Bus(settings.service_nats_url("orders"), "mouth", "orders")
        for own in (ears, mouth):
            await own.start()
            stack.push_async_callback(own.stop)
        await mouth.ensure_stream("orders")
        way = Cut(create_app(orders, source.running))
        feed = Feed({"orders": "http://orders"}, lambda: issue(settings, "settlement", "service", ""), way)
        stack.push_async_callback(feed.close)
        dispatch: Any = hearing.running.dispatch
        assert isinstance(dispatch, Dispatch)
        consumer = Consumer(settlement, "orders", hearing.running.database, ears, dispatch, settings, feed)
        stack.push_async_callback(consumer.stop)
        await a_served_month(source)
        yield Disorder(source, hearing, bus, consumer, way)


async def test_events_in_order_come_to_three_hundred_yuan(disorder: Disorder) -> None:
    await disorder.publish(await disorder.told())
    await disorder.consumer.start()
    await disorder.heard()
    assert await disorder.statements() == [(str(PROVIDER), 300_00)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_disordered_bus_changes_no_statement(disorder: Disorder, seed: int) -> None:
    chance = random.Random(seed)
    told = await disorder.told()
    lost = chance.sample(told[:-1], 3)
    carried = [row for row in told if row not in lost]
    carried += chance.sample(carried, 5)
    chance.shuffle(carried)
    await disorder.publish(carried)
    await disorder.consumer.start()
    await disorder.heard()
    assert await disorder.statements() == [(str(PROVIDER), 300_00)]
    seen = Counter(row["position"] for row in carried)
    assert len(seen) == len(told) - 3
    assert max(seen.values()) > 1
    assert disorder.way.pages > 0


async def test_what_has_been_applied_is_passed_over_when_it_comes_again(disorder: Disorder) -> None:
    told = await disorder.told()
    await disorder.publish(told)
    await disorder.consumer.start()
    await disorder.heard()
    query = "select position from head where county = $1"
    before = await disorder.hearing.running.database.fetchval(query, disorder.hearing.county)
    await disorder.publish([*told, *reversed(told)])
    stream = await disorder.bus.jetstream.stream_info(subjects.stream("orders"))

    async def taken() -> bool:
        info = await disorder.bus.jetstream.consumer_info(subjects.stream("orders"), "settlement")
        return info.ack_floor is not None and info.ack_floor.stream_seq == stream.state.last_seq

    await until(taken)
    assert await disorder.hearing.running.database.fetchval(query, disorder.hearing.county) == before
    assert await disorder.statements() == [(str(PROVIDER), 300_00)]
