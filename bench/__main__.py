"""python -m bench [--quick] [--only command|dispatch|replay|flow|matching …]: measure and print; a run of all parts is
kept as results.json and results.md, and in the README."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import uvloop

from bench import command, dispatching, figures, flow, matching, replaying
from bench.ground import ground, machine
from chassis.config import Settings
from chassis.telemetry import configure
from services.declared import PORTS

Measure = Callable[[Settings, bool], Awaitable[dict[str, Any]]]
PARTS: dict[str, tuple[Measure, tuple[str, ...]]] = {
    "command": (command.measure, ("orders",)),
    "dispatch": (dispatching.measure, ("orders",)),
    "replay": (replaying.measure, ("orders",)),
    "flow": (flow.measure, tuple(PORTS)),
    "matching": (matching.measure, ()),
}
"""Each part, and the services whose schemas it needs."""


async def measure(names: Sequence[str], quick: bool) -> dict[str, Any]:
    """Measure the parts, each on servers of its own, so that none finds what another has left."""
    results: dict[str, Any] = {"machine": {}, "ratios": {}, "raw": {}}
    for name in names:
        begun = time.perf_counter()
        part_of, services = PARTS[name]
        async with ground(services) as settings:
            results["machine"] = results["machine"] or await machine(settings)
            part = await part_of(settings, quick)
        print(f"{name}: {time.perf_counter() - begun:.0f} s", json.dumps(part.get("ratios", {})), flush=True)
        results["ratios"] |= {key: value for key, value in part["ratios"].items() if key in figures.TITLES}
        results["raw"][name] = part
    results["machine"]["quick"] = quick
    return results


def main() -> None:
    """Read the arguments, measure, print; only a run of all parts is kept."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute in all; figures are rougher")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="parts to measure")
    options = parser.parse_args()
    configure(Settings(log_level="error"))
    results = uvloop.run(measure(options.only, options.quick))
    print(figures.render(results))
    if list(options.only) == list(PARTS):
        figures.write(results)


if __name__ == "__main__":
    main()
