"""Requests generated from the services' own OpenAPI documents, and from nothing but imagination: schemathesis.

python -m tests.walls.bad_input.generated [SECONDS]      for each service and caller, on a deployment of its own
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from random import randrange
from uuid import uuid4

import httpx2

from services.declared import PORTS
from tests.journeys.county import credit_code
from tests.walls.bad_input.world import FUZZED, World, running_world

ROOT = Path(__file__).resolve().parents[3]
DESCRIBED_WITHIN_S = 180.0
CONFIGURATION = ROOT / "tests" / "walls" / "schemathesis.toml"
CALLERS = {
    "orders": ("bureau", "township", "provider", ""),
    "providers": ("provider", "bureau", "township", ""),
    "charity": ("claimant", "charity", "bureau", ""),
    "settlement": ("bureau", "finance", "provider", ""),
}
"""Who calls each service; nobody at all in the end."""


def kinds(world: World) -> dict[str, list[str]]:
    """Values that mean something in the county that is fuzzed, by the name of parameter or field."""
    names = world.fuzzed
    people = [names["person"], names["other_person"]]
    orders = [names[name] for name in ("order_completed", "order_taken", "order_offered", "order_accepted")]
    plans, providers, claimants = [names["plan_reviewed"]], [names["provider"]], [names["claimant"]]
    return {
        "county": [FUZZED],
        "beneficiary": people,
        "person": people,
        "need": [names[f"need_{stage}"] for stage in ("registered", "surveyed", "confirmed", "approved")],
        "plan": plans,
        "order": [*orders, names["love_order"]],
        "visit": [names["visit"], names["visit_accepted"]],
        "provider": providers,
        "payee": providers,
        "worker": [names["worker"]],
        "charity": [names["charity"]],
        "claimant": [*claimants, names["other_claimant"]],
        "claim": [names["claim"]],
        "statement": [names["statement"]],
        "township": [names["township"]],
        "village": [names["village"]],
        "item": ["home_cleaning", "counselling"],
        "fund": ["county_budget"],
        "month": ["2024-11", "2024-12"],
        "credit_code": [credit_code(number) for number in range(3000, 3100)],
        "a day": ["2024-11-30", "2024-12-01", "2024-12-02", "2024-12-03", "2024-12-10", "2024-12-20"],
        "an instant": [f"2024-12-02T{hour:02}:30:00+08:00" for hour in range(6, 18)],
    }


async def run(world: World, service: str, by: str, *arguments: str, brief: bool = False) -> tuple[int, str]:
    """Schemathesis on one service as one caller; its exit code (0: nothing found) and what it says.

    ``brief``: not every operation is asked about what all have in common.
    """
    async with httpx2.AsyncClient(timeout=DESCRIBED_WITHIN_S) as client:
        # Made at the first asking, which takes longer on a busy machine than schemathesis waits.
        (await client.get(f"http://127.0.0.1:{world.port(service)}/openapi.json")).raise_for_status()
    with tempfile.TemporaryDirectory(prefix="careloop-fuzz-") as folder:
        names = Path(folder) / "names.json"
        names.write_text(json.dumps(kinds(world)))
        ours = {
            "FUZZ_NAMES": str(names),
            "FUZZ_TOKEN": world.token(by, FUZZED) if by else "",
            "FUZZ_BRIEF": "1" if brief else "",
            "FUZZ_RUN": f"{service}-{by}-{uuid4()}",
            "PYTHONPATH": str(ROOT),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION), "run",
            f"http://127.0.0.1:{world.port(service)}/openapi.json", *arguments,
            cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, **ours},
        )  # fmt: skip
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode(errors="replace")


async def main(seconds: int) -> int:
    """Every service as every caller, at random, ``seconds`` for each; the number of those that found something."""
    found = 0
    async with running_world() as world:
        for service in PORTS:
            for by in CALLERS[service]:
                code, said = await run(world, service, by, f"--max-time={seconds}", f"--seed={randrange(2**32)}")
                found += code != 0
                print(f"{service} as {by or 'nobody'}: {said if code else last_line(said)}", flush=True)
        print(world.process.last_words())
    return found


def last_line(said: str) -> str:
    """What a run came to."""
    return said.rstrip().rpartition("\n")[2].strip("= ")


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)))
