"""Loading much code: what is made then stays, so the collector need not look at it, neither meanwhile nor later."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Import inside; afterwards everything that is alive is out of the collector's sight (``gc.freeze``)."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
