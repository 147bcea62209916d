"""The chassis owns the clock. In the embedded default it can be moved, so that a month passes in a minute.

The moved clock is kept in a file of the data folder, so that it survives a restart and is shared by all processes.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Business days and months are those of Asia/Shanghai; instants are stored in UTC."""

NOTICED_S = 0.25


class Clock:
    """Now, in UTC: the system's, plus an offset where ``file`` is given (embedded default only)."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset = timedelta()
        self._read_at = 0
        self._looked_at = 0.0
        self._refresh()

    @property
    def movable(self) -> bool:
        """Whether ``move`` is allowed here."""
        return self._file is not None

    def now(self) -> datetime:
        """The present instant, UTC, microseconds; a move by another process is noticed within ``NOTICED_S``."""
        if self._file is not None and time.monotonic() - self._looked_at > NOTICED_S:
            self._refresh()
        return datetime.now(UTC) + self._offset

    def move(self, to: datetime) -> datetime:
        """Set the clock to ``to`` and let it go on from there; ValueError where the clock is not movable."""
        if self._file is None:
            raise ValueError("the clock of this deployment is the system's")
        self._offset = to - datetime.now(UTC)
        self._file.write_text(json.dumps({"offset_us": self._offset // timedelta(microseconds=1)}))
        return self.now()

    def refresh(self) -> None:
        """Take over a move made by another process."""
        self._refresh()

    def _refresh(self) -> None:
        self._looked_at = time.monotonic()
        if self._file is None or not self._file.exists():
            return
        changed = self._file.stat().st_mtime_ns
        if changed != self._read_at:
            self._read_at = changed
            self._offset = timedelta(microseconds=json.loads(self._file.read_text())["offset_us"])


def business_day(instant: datetime) -> str:
    """The day in Asia/Shanghai, ``YYYY-MM-DD``."""
    return instant.astimezone(SHANGHAI).date().isoformat()
