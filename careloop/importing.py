"""``careloop import``: a ledger or a department's list through the orders service, row by row in a table."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
from rich.table import Table

from careloop.environment import NothingRuns, reachable
from careloop.output import err, out
from chassis.auth import issue
from chassis.config import Settings
from services.declared import PORTS

FORMATS = {".csv": "csv", ".xlsx": "xlsx"}
COLOURS = {"registered": "green", "listed": "green", "known_already": "cyan", "repeated": "yellow",
           "ambiguous": "yellow", "invalid": "red"}  # fmt: skip
TIMEOUT_S = 120


def import_file(file: Path, kind: str, source: str, county: str, township: str, subject: str, dry_run: bool) -> int:
    """0 where every row could be used, 1 where one could not or the file is refused, 2 where nothing could be asked.

    The same file asked again is the same request: what was done is told again, nothing is done twice.
    """
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        err.print(f"[red]{file.name}: .csv or .xlsx is needed[/red]")
        return 2
    try:
        document = file.read_bytes()
        answer = _asked(document, form, kind, source, county, township, subject, dry_run)
    except (OSError, NothingRuns, PermissionError, httpx2.HTTPError) as error:
        err.print(f"[red]{error}[/red]")
        return 2
    told = answer.json()
    if not answer.is_success:
        err.print(f"[red]{told['code']}[/red] {told['title']} {told['title_en']}")
        for wrong in told.get("errors", ()):
            err.print(f"  {wrong['place']}: {wrong['code']}", markup=False)
        return 1
    out.print(_table(told))
    out.print("  ".join(f"{outcome} {count}" for outcome, count in told["counts"].items()))
    unusable = {"invalid", "ambiguous"} & told["counts"].keys()
    return 1 if unusable else 0


def _asked(
    document: bytes, form: str, kind: str, source: str, county: str, township: str, subject: str, dry_run: bool
) -> httpx2.Response:
    settings = reachable(Settings())
    role = "township" if township else "bureau"
    token = issue(settings, subject or f"{role}-1", role, county, township=township)
    body = {
        "kind": kind, "source": source, "format": form, "document": base64.b64encode(document).decode(),
        "dry_run": dry_run, **({"township": township} if township else {}),
    }  # fmt: skip
    key = sha256(f"{kind} {source} {township} {dry_run} ".encode() + document).hexdigest()
    return httpx2.post(
        f"{settings.address('orders', PORTS['orders'])}/v1/imports",
        json=body,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"import-{key}"},
        timeout=TIMEOUT_S,
    )


def _table(told: Mapping[str, Any]) -> Table:
    """A line a row of the file: its number, what became of it, why not, what differs, and the id there is now."""
    title = "试运行，未作任何更改 dry run: nothing was changed" if told["dry_run"] else f"已导入 imported {told['id']}"
    table = Table(title=title)
    for column in ("行 row", "结果 outcome", "原因 code", "不一致 differs", "编号 id"):
        table.add_column(column, overflow="fold")
    for line in told["rows"]:
        colour = COLOURS[line["outcome"]]
        table.add_row(
            str(line["row"]), f"[{colour}]{line['outcome']}[/]", line["code"], ", ".join(line["differs"]),
            line["id"] or "",
        )  # fmt: skip
    return table
