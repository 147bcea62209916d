"""The guide's own commands, from an empty folder to a paid and audited month, as a reader would type them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```bash\n(# 步骤 ([0-9]+)\n.*?)```", re.S)
READY_S = 60


def steps() -> list[str]:
    """The guide's numbered blocks, in their order."""
    found: dict[int, str] = {}
    for page in sorted((ROOT / "docs/guide").glob("*.md")):
        for block, number in BLOCK.findall(page.read_text(encoding="utf-8")):
            assert int(number) not in found, f"step {number} stands twice"
            found[int(number)] = block
    assert sorted(found) == list(range(len(found)))
    return [found[number] for number in sorted(found)]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A reader's shell beside a running ``careloop up``."""
    environment = {
        **os.environ,
        "CARELOOP_DATA": str(tmp_path / "data"),
        "CARELOOP_PORT_OFFSET": "1800",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    log = (tmp_path / "up.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "careloop", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        begun = time.monotonic()
        while "is ready" not in (tmp_path / "up.log").read_text():
            assert server.poll() is None, (tmp_path / "up.log").read_text()
            assert time.monotonic() - begun < READY_S, "not ready"
            time.sleep(0.2)
        yield environment
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def test_every_step_of_the_guide_works(environment: dict[str, str], tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = tmp_path / "guide.sh"
    script.write_text("set -euo pipefail\n" + "\n".join(steps()), encoding="utf-8")
    done = subprocess.run(
        [bash, str(script)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert "difference 0.00" in done.stdout
