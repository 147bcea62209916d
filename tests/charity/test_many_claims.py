"""Two hundred claim twenty places in the same moment, over real HTTP: of one process, and of two on one database."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2

from chassis.http import create_app
from chassis.kernel import Sealed
from chassis.service import Ask, Step
from chassis.serving import listen
from contracts.orders import PolicyAdopted
from services.charity.domain import claimant
from services.charity.service import service
from tests.charity.examples import CODE, NOW, PACK, POLICY
from tests.charity.test_service import a_love_order
from tests.conftest import ROLE_SECRET, Servers
from tests.edge import Edge
from tests.journeys.ground import free_offset

CLAIMANTS, PLACES = 200, 20
ROOMY = PACK.replace("[charity.waiting_list]\nplaces = 20", f"[charity.waiting_list]\nplaces = {CLAIMANTS}")
ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Looks, a tenth of a second apart, before a process that does not answer is given up."""


@asynccontextmanager
async def served(edge: Edge) -> AsyncIterator[list[str]]:
    """The service of this process, listening."""
    async with AsyncExitStack() as stack:
        port = service.port + free_offset()
        await listen(stack, create_app(service, edge.running), "charity", "127.0.0.1", port)
        yield [f"http://127.0.0.1:{port}"]


@asynccontextmanager
async def two_processes(servers: Servers, folder: Path) -> AsyncIterator[list[str]]:
    """Two processes of the service's API on the tests' database, with the clock of the edge."""
    settings = servers.settings()
    given = {
        "database_url": servers.database_url, "nats_url": servers.nats_url, "data": str(folder), "embedded": "true",
        "role_secret": ROLE_SECRET, "token_secret": settings.token_secret.get_secret_value(), "metrics_port": "0",
        "log_level": "error",
    }  # fmt: skip
    offsets, processes = [], []
    try:
        for _ in range(2):
            offsets.append(free_offset())
            environment = {f"CARELOOP_{name.upper()}": value for name, value in given.items()}
            environment |= {"PATH": os.environ["PATH"], "CARELOOP_PORT_OFFSET": str(offsets[-1])}
            command = [sys.executable, "-m", "careloop", "serve", "charity", "--roles", "api"]
            processes.append(await asyncio.to_thread(subprocess.Popen, command, cwd=ROOT, env=environment))
        addresses = [f"http://127.0.0.1:{service.port + offset}" for offset in offsets]
        for address, process in zip(addresses, processes, strict=True):
            await until_ready(address, process)
        yield addresses
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            await asyncio.to_thread(process.wait, 30)


async def until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        for _ in range(PATIENCE):
            assert process.poll() is None, f"the process ended with {process.returncode}"
            try:
                await client.get(f"{address}/v1/healthz")
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
    raise TimeoutError(address)


async def ground(edge: Edge) -> tuple[UUID, list[UUID]]:
    """A charity, and two hundred claimants."""
    await edge.hear("orders", PolicyAdopted(at=NOW, version=POLICY.version, sha256="0" * 64, document=ROOMY))
    charity = UUID((await edge.done("/v1/charities", {"name": "宁晋县慈善总会", "credit_code": CODE}))["id"])
    people = [uuid4() for _ in range(CLAIMANTS)]
    box = Sealed(box="1.n.c")
    register = claimant.Register(kind="person", name=box, phone=box, shown="李**", at=NOW)
    steps = tuple(Step(decider=claimant.decider, stream=who, command=register) for who in people)
    await edge.running.dispatch.ask(Ask(county=edge.county, steps=steps, key=str(uuid4())))
    return charity, people


async def ask_all(
    edge: Edge, addresses: Sequence[str], path: str, people: Sequence[UUID]
) -> list[tuple[UUID, httpx2.Response]]:
    """Everybody asks at once, by turns at each address."""
    limits = httpx2.Limits(max_connections=CLAIMANTS)
    async with httpx2.AsyncClient(trust_env=False, timeout=60, limits=limits) as client:

        async def ask(place: int, who: UUID) -> tuple[UUID, httpx2.Response]:
            address = addresses[place % len(addresses)]
            return who, await client.post(f"{address}{path}", headers=edge.headers("claimant", who))

        return list(await asyncio.gather(*(ask(place, who) for place, who in enumerate(people))))


async def race(edge: Edge, addresses: Sequence[str], charity: UUID, people: Sequence[UUID]) -> None:
    order_id = await a_love_order(edge, charity, places=PLACES)
    answers = await ask_all(edge, addresses, f"/v1/love-orders/{order_id}/claims", people)
    winners = [who for who, answer in answers if answer.status_code == 201]
    late = [(who, answer.json()) for who, answer in answers if answer.status_code == 409]
    assert (len(winners), len(late)) == (PLACES, CLAIMANTS - PLACES)
    assert {one["code"] for _, one in late} == {"claim.no_place_left"}
    assert {(one["facts"]["first"], one["facts"]["left"]) for _, one in late} == {("李**", 0)}

    losers = [who for who, _ in late]
    joined = await ask_all(edge, addresses, f"/v1/love-orders/{order_id}/waiting-list", losers)
    assert {answer.status_code for _, answer in joined} == {201}
    waits_as = {who: answer.json()["waits_as"] for who, answer in joined}
    assert sorted(waits_as.values()) == list(range(1, len(losers) + 1))
    await the_log_says_the_same(edge, order_id, winners, sorted(waits_as, key=lambda who: waits_as[who]))


async def the_log_says_the_same(edge: Edge, order_id: UUID, winners: list[UUID], waiting: list[UUID]) -> None:
    """Events without a gap, in the order in which everybody waits; the table and what is told agree with them."""
    rows = await edge.running.database.fetch(
        "select originator_version, topic, state from events where county = $1 and originator_id = $2"
        " order by originator_version", edge.county, order_id,
    )  # fmt: skip
    assert [row["originator_version"] for row in rows] == list(range(1, len(rows) + 1))
    events = [edge.running.codec.decode(row["topic"], row["state"]) for row in rows]
    happened: dict[str, list[Any]] = {}
    for row, event in zip(rows, events, strict=True):
        happened.setdefault(row["topic"].rpartition(".")[2], []).append(event)
    assert {one.claimant for one in happened["claimed"]} == set(winners)
    assert [one.claimant for one in happened["queued"]] == waiting
    query = "select places_left, held, waiting, claims from love_orders where county = $1 and id = $2"
    [row] = await edge.running.database.fetch(query, edge.county, order_id)
    assert (row["places_left"], row["held"], row["waiting"]) == (0, PLACES, len(waiting))
    shown = [UUID(one["claimant"]) for one in json.loads(row["claims"]) if one["standing"] == "waiting"]
    assert shown == waiting
    told = await edge.told("charity.love_order_claimed.v1")
    assert {UUID(one["claimant"]) for one in told if one["order_id"] == str(order_id)} == set(winners)


async def test_of_two_hundred_exactly_twenty_win_and_the_others_wait_in_order(
    edge: Edge, servers: Servers, tmp_path: Path
) -> None:
    charity, people = await ground(edge)
    async with served(edge) as addresses:
        await race(edge, addresses, charity, people)
    async with two_processes(servers, tmp_path) as addresses:
        await race(edge, addresses, charity, people)
