"""``careloop settle``: a month computed from files, without a server.

    python -m careloop.settle_files FACTS [FACTS ...] --policy P [--policy Q ...] --month M [--closed C] [--json]

Exit 0 with the answer on standard output; exit 2 with every refusal on standard error, as place and reason.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from careloop.exchange import PolicyInvalid, answer_json, read_closed, read_policy, scan_facts
from careloop.fact_keys import month as read_month
from careloop.strict_json import ExchangeError, Malformed
from services.settlement.domain.engine import Answer, Fact, SettleError, SettlementPolicy, settle


def main(
    facts_path: Path | Sequence[Path],
    policy_paths: Sequence[Path],
    month: str,
    closed_path: Path | None = None,
    as_json: bool = True,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Settle ``month`` from fact files (read as one), policies and closed answers; gives the exit code."""
    refusals: list[str] = []
    paths = [facts_path] if isinstance(facts_path, Path) else list(facts_path)
    facts = _facts(paths, refusals)
    policies = [policy for path in policy_paths for policy in _policy(path, refusals)]
    closed = None if closed_path is None else _closed(closed_path, refusals)
    if not policies and not refusals:
        refusals.append("policy: none is given")
    answer = None
    if not refusals:
        try:
            answer = settle(facts, policies, read_month(month, "month"), closed)
        except (SettleError, Malformed) as error:
            refusals.append(str(error))
    if answer is None:
        (err or sys.stderr).write("".join(f"{refusal}\n" for refusal in refusals))
        return 2
    (out or sys.stdout).write(json.dumps(answer_json(answer), ensure_ascii=False) if as_json else _table(answer))
    (out or sys.stdout).write("\n")
    return 0


def _lines(path: Path, refusals: list[str]) -> list[bytes]:
    """A file's lines; only a line feed ends one."""
    try:
        return path.read_bytes().split(b"\n")
    except OSError as error:
        refusals.append(f"{path}: {error.strerror}")
        return []


def _facts(paths: Sequence[Path], refusals: list[str]) -> list[Fact]:
    """The facts of all files as of one; a refusal names the file and the line within it."""
    lines: list[bytes] = []
    begins: list[int] = []
    for path in paths:
        begins.append(len(lines))
        lines.extend(_lines(path, refusals))
    facts, errors = scan_facts(lines)
    for error in errors:
        index = max(i for i, begin in enumerate(begins) if begin < error.line)
        line = error.line - begins[index]
        refusals.append(f"{paths[index]}: {ExchangeError(line, error.code, error.detail)}")
    return facts


def _policy(path: Path, refusals: list[str]) -> list[SettlementPolicy]:
    try:
        return [read_policy(path.read_bytes().decode("utf-8"))]
    except PolicyInvalid as error:
        refusals.extend(f"{path}: {fault}" for fault in error.faults)
    except OSError as error:
        refusals.append(f"{path}: {error.strerror}")
    except UnicodeDecodeError:
        refusals.append(f"{path}: not UTF-8")
    return []


def _closed(path: Path, refusals: list[str]) -> list[Answer]:
    try:
        return read_closed(_lines(path, refusals))
    except ExchangeError as error:
        refusals.append(f"{path}: {error}")
        return []


def _table(answer: Answer) -> str:
    """The statements for a person to read: amounts in yuan."""
    rows = [f"{answer.month}  policies {', '.join(answer.policies)}"]
    for statement in answer.statements:
        rows.append(f"{statement.payee} / {statement.purchaser}")
        rows.extend(f"  {one.rule}  {one.person or ''}  {_yuan(one.fen)}" for one in statement.lines)
        rows.extend(f"  {d.rule}  {d.township}  grade {d.grade}  {_yuan(d.fen)}" for d in statement.deductions)
        rows.extend(f"  {c.rule}  {c.month}  {c.cause}  {_yuan(c.fen)}" for c in statement.corrections)
        rows.extend(f"  payable {rule}  {_yuan(fen)}" for rule, fen in statement.payable.items())
        rows.extend(f"  carried {rule}  {_yuan(fen)}" for rule, fen in statement.carried_out.items())
    rows.extend(f"draw {d.month} {d.payee} {d.rule} from {d.fund}  {_yuan(d.fen)}" for d in answer.draws)
    rows.extend(f"unfunded {u.month} {u.payee} {u.rule}  {_yuan(u.fen)}" for u in answer.unfunded)
    return "\n".join(rows)


def _yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="careloop settle", description="Compute a month's statements from files.")
    parser.add_argument("facts", nargs="+", type=Path)
    parser.add_argument("--policy", action="append", type=Path, required=True)
    parser.add_argument("--month", required=True)
    parser.add_argument("--closed", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    sys.exit(main(given.facts, given.policy, given.month, given.closed, given.json))
