"""A full command over REST against a plain endpoint: the same request, one server at a time on the same cores."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from typing import Any

from bench import people
from bench.children import Child, child, run
from bench.figures import middle, ratio
from bench.ground import environment
from chassis.config import Settings
from services.declared import PORTS

NAIVE_PORT = 8780
CONNECTIONS = (64, 16)
PATHS = {"full command": "/v1/orders", "naive insert": "/v1/orders", "validate only": "/v1/checked"}


async def measure(settings: Settings, quick: bool) -> dict[str, Any]:
    """Rates at 64 and 16 connections, their ratios, and the memory the server takes after the load."""
    seconds, warm_s, rounds = (1.2, 0.3, {64: 3, 16: 1}) if quick else (5.0, 1.0, {64: 5, 16: 5})
    port, naive_port = PORTS["orders"] + settings.port_offset, NAIVE_PORT + settings.port_offset
    async with AsyncExitStack() as stack:
        start = environment(settings)
        ours = await stack.enter_async_context(child(["-m", "services", "orders", "--roles", "api"], start, port))
        naive = await stack.enter_async_context(child(["-m", "bench.naive", str(naive_port)], start, naive_port))
        known = await people.settle_in(settings, port)
        plan = {
            "token": people.token(settings),
            "bodies": people.order_bodies(known),
            "seconds": seconds,
            "warm_s": warm_s,
        }
        servers = {"full command": ours, "naive insert": naive, "validate only": naive}
        for server in (ours, naive):
            server.hold()
        taken = await _rounds(servers, plan, start, rounds)
        memory_mb = ours.memory_mb
    return _summary(taken, memory_mb)


async def _rounds(
    servers: dict[str, Child], plan: dict[str, Any], start: dict[str, str], rounds: dict[int, int]
) -> dict[str, list[dict[str, Any]]]:
    taken: dict[str, list[dict[str, Any]]] = {}
    turns = [(number, connections) for connections in CONNECTIONS for number in range(rounds[connections])]
    for number, connections in turns:
        for name, server in servers.items():
            asked = {"port": server.port, "path": PATHS[name], "connections": connections}
            asked["run"] = f"{name.replace(' ', '-')}-{connections}-{number}"
            told = await _one(server, {**plan, **asked}, start)
            if told["refused"]:
                raise RuntimeError(f"{name}: not every request was carried out: {told['refused']}")
            taken.setdefault(f"{name}, {connections} connections", []).append(told)
    return taken


async def _one(server: Child, plan: dict[str, Any], start: dict[str, str]) -> dict[str, Any]:
    """One measure of one server, with the processor time that it takes for an answer."""
    server.go()
    before = server.busy_s
    told: dict[str, Any] = json.loads(await run(["-m", "bench.load"], start, json.dumps(plan).encode()))
    took = server.busy_s - before
    server.hold()
    return told | {"server_us": round(took / (told["rate"] * (plan["seconds"] + plan["warm_s"])) * 1e6)}


def _summary(taken: dict[str, list[dict[str, Any]]], memory_mb: float) -> dict[str, Any]:
    """Ratios are the medians of the rounds' own ratios: what drifts, drifts for both."""
    ratios = {}
    for connections in CONNECTIONS:
        of = {name: [one["rate"] for one in taken[f"{name}, {connections} connections"]] for name in PATHS}
        for key, other in (("command_vs_naive_insert", "naive insert"), ("command_vs_validate_only", "validate only")):
            name = key if connections == CONNECTIONS[0] else f"{key}_{connections}"
            pairs = zip(of["full command"], of[other], strict=True)
            ratios[name] = ratio(middle(ours / theirs for ours, theirs in pairs), 1)
    p50, p99 = (middle(one[key] for one in taken["full command, 64 connections"]) for key in ("p50_ms", "p99_ms"))
    busy = [f"{middle(one['server_us'] for one in taken[f'{name}, 64 connections']):.0f}" for name in PATHS]
    return {
        "ratios": ratios,
        "rates": {name: round(middle(one["rate"] for one in rounds)) for name, rounds in taken.items()},
        "others": {
            "full command, 64 connections: p50 / p99 in ms": f"{p50} / {p99}",
            "processor time of the server for an answer in µs: full / insert / validate only": " / ".join(busy),
            "memory of the orders server after the load": f"{memory_mb:.0f} MB",
        },
        "taken": taken,
    }
