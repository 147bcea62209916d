"""The whole suite in two processes: ``python -m tests``. Folders stay whole, because their tests share servers.

Each group is one pytest; two run side by side, the longest first. What a group prints is shown when it has ended. The
last line tells how long each took; the exit status is 0 only if every group's is.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SIDE_BY_SIDE = 2
GROUPS: tuple[tuple[str, ...], ...] = (
    ("journeys",),
    ("walls/bad_input",),
    ("walls", f"--ignore={ROOT / 'walls' / 'bad_input'}"),
    ("faults",),
    ("settlement", "oracle", "replays"),
    ("providers", "charity", "contracts", "bench", "test_requirements.py", "test_readme.py"),
    ("chassis",),
    ("orders", "localities"),
    ("careloop", "clean_month", "console"),
)
"""Long ones first, so that the two processes end together; an option of pytest stands behind the folder it is for."""


def forgotten() -> list[str]:
    """What holds tests and is in no group: everything here belongs to exactly one."""
    grouped = [name for group in GROUPS for name in group if not name.startswith("--") and "/" not in name]
    there = {path.name for path in ROOT.iterdir() if path.is_dir() and list(path.rglob("test_*.py"))}
    there |= {path.name for path in ROOT.glob("test_*.py")}
    return sorted((there ^ set(grouped)) | {name for name in grouped if grouped.count(name) > 1})


async def run(group: Sequence[str], turn: asyncio.Semaphore) -> tuple[str, int, float]:
    """Run one group when there is room; its name, exit status and seconds."""
    async with turn:
        begun = time.perf_counter()
        paths = [name if name.startswith("--") else str(ROOT / name) for name in group]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pytest", *paths, *sys.argv[1:],
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=ROOT.parent,
        )  # fmt: skip
        told, _ = await process.communicate()
        name = " ".join(one for one in group if not one.startswith("--"))
        print(f"--- {name}\n{told.decode(errors='replace')}", flush=True)
        return name, process.returncode or 0, time.perf_counter() - begun


async def main() -> int:
    """All groups; 1 if one failed or something is in none of them."""
    if lost := forgotten():
        print(f"in no group, or in two: {', '.join(lost)}", flush=True)
        return 1
    turn = asyncio.Semaphore(SIDE_BY_SIDE)
    ended = await asyncio.gather(*(run(group, turn) for group in GROUPS))
    for name, code, seconds in ended:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {seconds:6.0f} s  {name}")
    return 1 if any(code for _, code, _ in ended) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
