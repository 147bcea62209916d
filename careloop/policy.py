"""``careloop policy``: check a pack without a server, publish it through the orders service."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import httpx2

from careloop.environment import NothingRuns, reachable
from careloop.output import err, out
from chassis.auth import issue
from chassis.config import Settings
from contracts import policy_pack
from services.declared import PORTS


def parents_of(file: Path) -> dict[str, str]:
    """The packs that stand beside a locality's folder, by version, for ``extends``."""
    packs = file.resolve().parent.parent.glob("*/*.toml")
    return {f"{pack.parent.name}/{pack.stem}": pack.read_text(encoding="utf-8") for pack in packs}


def check(file: Path) -> int:
    """Print every problem with its place; 1 if there is one."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        err.print(f"[red]{file}: {error}[/red]")
        return 2
    problems = policy_pack.check(text, parents_of(file))
    for problem in problems:
        out.print(f"{file}:{problem}", markup=False)
    if problems:
        return 1
    out.print(f"{file}: correct, sha256 {policy_pack.sha256(text)}")
    return 0


def publish(file: Path, county: str, subject: str) -> int:
    """Check, then publish; 1 if it is refused."""
    if check(file):
        return 1
    parents = parents_of(file)
    text = file.read_text(encoding="utf-8")
    tables = policy_pack.document(text, parents)
    document = policy_pack.render(tables) if tables["pack"].get("merged_from") else text
    try:
        settings = reachable(Settings())
        token = issue(settings, subject, "bureau", county or tables["pack"]["county"])
        answer = httpx2.post(
            f"{settings.address('orders', PORTS['orders'])}/v1/policies",
            json={"document": document},
            headers={
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": f"policy-{sha256(document.encode()).hexdigest()}",
            },
            timeout=30,
        )
    except (NothingRuns, PermissionError, httpx2.HTTPError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    out.print(answer.text, markup=False)
    return 0 if answer.is_success else 1
