"""The pages as a process of their own: no database, no bus, no secret."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from careloop.embedded.folder import port_is_free
from careloop.pages import with_console
from chassis.config import Settings

READY_S = 30.0


def a_port() -> int:
    """A free one, as ``CARELOOP_CONSOLE_PORT``."""
    return next(port for port in random.sample(range(20_000, 30_000), 100) if port_is_free(port))


def test_it_serves_alone_until_it_is_asked_to_stop(tmp_path: Path) -> None:
    port, log = a_port(), tmp_path / "console.log"
    own = {"CARELOOP_CONSOLE_PORT": str(port), "CARELOOP_METRICS_PORT": "0", "CARELOOP_DATA": str(tmp_path / "none")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CARELOOP_")}
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "careloop", "console"], env={**kept, **own}, stdout=file, stderr=file
        )
        try:
            answer = _answered(f"http://127.0.0.1:{port}/130528", process)
        finally:
            process.terminate()
            code = process.wait(READY_S)
    assert (answer.status_code, code) == (200, 0), log.read_text()
    assert "评价上门服务" in answer.text
    assert "server" not in answer.headers
    assert not (tmp_path / "none").exists()


def _answered(address: str, process: subprocess.Popen[bytes]) -> httpx2.Response:
    begun = time.monotonic()
    while True:
        try:
            return httpx2.get(address, trust_env=False)
        except httpx2.HTTPError:
            assert process.poll() is None, "the console ended"
            assert time.monotonic() - begun < READY_S, "the console does not answer"
            time.sleep(0.1)


def test_who_starts_it_with_the_services_gives_out_its_address() -> None:
    assert with_console(Settings(port_offset=1800)).console_url == "http://127.0.0.1:10500"
    assert with_console(Settings(console_url="https://pages.example")).console_url == "https://pages.example"
    assert with_console(Settings(console_port=0)).console_url == ""
