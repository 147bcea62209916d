"""``python -m tests.walls.matrix``: tell what differs from the table; ``--write`` keeps what was measured."""

from __future__ import annotations

import asyncio
import sys

from tests.walls.matrix import fields, table
from tests.walls.matrix.asked import by_operation
from tests.walls.matrix.measuring import Measured, measure, operations
from tests.walls.world import playing


async def _measured() -> tuple[Measured, dict[fields.Field, tuple[str, str]], list[str]]:
    async with playing() as world:
        unasked = sorted((await operations(world)).keys() ^ by_operation().keys())
        # Fields first, as the tests do it: what is decided in the matrix shuts some of them.
        shown = (await fields.measure_fields(world))[0]
        return await measure(world), shown, unasked


def main(arguments: list[str]) -> int:
    """1 where something differs, is not asked, or was never really done."""
    measured, shown, unasked = asyncio.run(_measured())
    wrong = [
        *(f"{name}: there is no request for it, or no such operation" for name in unasked),
        *(f"{name}: nobody could really do it" for name in measured.never_done),
        *measured.strange,
    ]
    if "--write" in arguments:
        table.write(measured.rows)
        fields.write(shown)
    else:
        wrong += table.differences(table.read(), measured.rows)
        wrong += [f"{field}: {who}" for field, who in sorted(shown.items() ^ fields.read().items())]
    print("\n".join(wrong) or "as in the table")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
