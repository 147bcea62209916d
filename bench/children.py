"""Processes of our own: started, held still while another is measured, ended; never anybody else's."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import psutil  # type: ignore[import-untyped]

START_S = 60.0
STOP_S = 15.0


class Child:
    """A server of ours in its own process."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.port = port

    def hold(self) -> None:
        """Stand still: it takes no processor time until ``go``."""
        self._process.send_signal(signal.SIGSTOP)

    def go(self) -> None:
        """Go on."""
        self._process.send_signal(signal.SIGCONT)

    @property
    def memory_mb(self) -> float:
        """Resident memory."""
        return round(float(psutil.Process(self._process.pid).memory_info().rss) / 2**20, 1)

    @property
    def busy_s(self) -> float:
        """Processor time it has taken so far."""
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    async def stop(self) -> None:
        """End it; by force if it does not within fifteen seconds."""
        if self._process.returncode is not None:
            return
        self.go()
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def child(arguments: list[str], environment: Mapping[str, str], port: int) -> AsyncIterator[Child]:
    """``python arguments`` in a process of its own, ready when its port answers. RuntimeError if it ends before."""
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=dict(environment))
    one = Child(process, port)
    try:
        await _answers(process, port)
        yield one
    finally:
        await one.stop()


async def _answers(process: asyncio.subprocess.Process, port: int) -> None:
    for _ in range(int(START_S / 0.05)):
        if process.returncode is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it was ready")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            await asyncio.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


async def run(arguments: list[str], environment: Mapping[str, str], given: bytes = b"") -> bytes:
    """What ``python arguments`` prints, given ``given``. RuntimeError if it fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env=dict(environment),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        printed, _ = await process.communicate(given)
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
    return printed
