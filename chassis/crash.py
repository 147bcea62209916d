"""Crash points: places where a test lets the process die as in a power cut, to see that nothing is lost or done twice.

``CARELOOP_CRASH=after_commit:3`` ends this process with SIGKILL the third time it passes ``after_commit``. The variable
is read once, at the start; without it a point does nothing.

    before_insert   a batch is decided, nothing is written       after_publish  in the stream, the cursor not yet moved
    after_insert    written under the lock, not yet committed    before_apply   messages fetched, not yet applied
    after_commit    committed, nobody is answered yet            after_apply    applied and committed, not acknowledged
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

VARIABLE = "CARELOOP_CRASH"
POINTS = frozenset({"before_insert", "after_insert", "after_commit", "after_publish", "before_apply", "after_apply"})


def _pass_by(_name: str) -> None:
    """What a point is where no crash is asked for."""


def armed(plan: str) -> Callable[[str], None]:
    """``point`` for ``<name>:<count>``; ValueError names a point that there is not."""
    name, _, count = plan.partition(":")
    if name not in POINTS:
        raise ValueError(f"{VARIABLE}: there is no point {name!r}; there are {', '.join(sorted(POINTS))}")
    left = int(count or 1)

    def point(passed: str) -> None:
        nonlocal left
        if passed != name:
            return
        left -= 1
        if left == 0:
            os.write(2, f"crash at {name}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    return point


point: Callable[[str], None] = armed(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else _pass_by
"""Called where a crash may be asked for, with the point's name."""
