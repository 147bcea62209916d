"""`careloop up` as a process that tests may kill."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from careloop.embedded import processes
from chassis import crash
from services.declared import PORTS
from tests.journeys.ground import free_offset

PATIENCE_S = 60.0
ROOT = Path(__file__).resolve().parents[2]


class Process:
    """The process on a data folder; what it writes goes to ``log``, one start after another.

    ``kills`` names every fault that has really fired, in order. ``given`` are settings beside folder and ports.
    """

    def __init__(self, data: Path, log: Path, **given: str) -> None:
        self.data = data
        self.log = log
        self.offset = free_offset()
        self.kills: list[str] = []
        self.process: subprocess.Popen[bytes] | None = None
        settings = {"data": str(data), "port_offset": str(self.offset), "log_level": "warning", **given}
        self.environment = {f"CARELOOP_{name.upper()}": value for name, value in settings.items()}

    async def up(self, crash_at: str = "") -> None:
        """Start the process and wait until it is ready, or has died at the crash point it is armed with."""
        armed = {crash.VARIABLE: crash_at} if crash_at else {}
        self.process = await asyncio.to_thread(self._launch, armed)
        await self.until_ready()

    def _launch(self, armed: dict[str, str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as written:
            return subprocess.Popen(
                [sys.executable, "-m", "careloop", "up"],
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                cwd=ROOT,
                env={"PATH": os.environ["PATH"]} | self.environment | armed,
            )

    async def until_ready(self) -> None:
        """Wait until all services are ready; fails with the log's end where the process ended by itself."""
        assert self.process is not None
        deadline = time.monotonic() + PATIENCE_S
        async with httpx2.AsyncClient(trust_env=False, timeout=5) as client:
            while time.monotonic() < deadline:
                code = self.process.poll()
                assert code in (None, -signal.SIGKILL), f"careloop ended with {code}:\n{self.last_words()}"
                if code is not None or await self._answers(client):
                    return
                await asyncio.sleep(0.05)
        raise TimeoutError(f"careloop is not ready:\n{self.last_words()}")

    async def _answers(self, client: httpx2.AsyncClient) -> bool:
        try:
            for port in PORTS.values():
                answer = await client.get(f"http://127.0.0.1:{port + self.offset}/v1/readyz")
                if answer.status_code != 200:
                    return False
        except httpx2.TransportError:
            return False
        return True

    def kill(self) -> None:
        """Kill the process as a power cut does."""
        assert self.process is not None
        assert self.process.poll() is None
        self.process.kill()
        self.process.wait()
        self.kills.append("careloop")

    async def died(self, point: str, seconds: float = PATIENCE_S) -> None:
        """Wait until the process has killed itself at the crash point."""
        process = self.process
        assert process is not None
        assert await processes.until(lambda: process.poll() is not None, seconds), f"{point} was not passed"
        assert process.returncode == -signal.SIGKILL, self.last_words()
        self.kills.append(point)

    async def down(self) -> None:
        """Stop the process in order, if it lives."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        if not await processes.until(lambda: process.poll() is not None, 30):
            process.kill()
        process.wait()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `careloop` command on the same folder and addresses."""
        command = [sys.executable, "-m", "careloop", *arguments]
        environment = {"PATH": os.environ["PATH"]} | self.environment
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60)

    def last_words(self, lines: int = 20) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
