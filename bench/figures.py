"""Medians, ratios, tables: what is done with the figures once they are taken. Pure, but for writing the files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HERE = Path(__file__).parent

TITLES = {
    "command_vs_naive_insert": "full command over REST ÷ plain endpoint with one INSERT",
    "command_vs_validate_only": "full command over REST ÷ the same endpoint without a database",
    "dispatch_vs_eventsourcing": "decide and commit, 256 in flight ÷ the library's application at its best",
    "replay_vs_copy_scan": "replay into facts and statements ÷ bare COPY scan of the same rows",
    "replay_vs_projection_runner": "replay into facts and statements ÷ the library's projection runner",
}
"""The headline ratios, in order."""


def middle(values: Iterable[float]) -> float:
    """The median; 0 of nothing."""
    known = list(values)
    return float(median(known)) if known else 0.0


def ratio(ours: float, theirs: float) -> float:
    """How many times theirs ours is, to three digits after the point; 0 where theirs is nothing."""
    return round(ours / theirs, 3) if theirs else 0.0


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie; ``ordered`` ascending, 0 of nothing."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def rate_text(rate: float) -> str:
    """A rate for people: ``812``, ``9.3 k``, ``1.24 M``."""
    if rate >= 1_000_000:
        return f"{rate / 1_000_000:.2f} M"
    return f"{rate / 1000:.1f} k" if rate >= 1000 else f"{rate:.0f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def render(results: Mapping[str, Any]) -> str:
    """The results as Markdown: what was measured where, the headline ratios, the rates they come from."""
    machine, ratios, raw = results["machine"], results["ratios"], results["raw"]
    told = f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gb']} GB, PostgreSQL "
    told += f"{machine['postgresql']}, Python {machine['python']}, fsync on, all on one machine, {machine['day']}"
    parts = [
        told,
        "",
        table(("ratio", "measured"), [(TITLES[k], f"**{ratios[k]:.2f}**") for k in TITLES if k in ratios]),
    ]
    rates = [(str(name), rate_text(rate)) for part in raw.values() for name, rate in part.get("rates", {}).items()]
    if rates:
        parts += ["", table(("rate", "per second"), rates)]
    others = [(str(name), str(value)) for part in raw.values() for name, value in part.get("others", {}).items()]
    if others:
        parts += ["", table(("besides", "measured"), others)]
    return "\n".join(parts) + "\n"


def between_markers(text: str, inner: str) -> str | None:
    """``text`` with ``inner`` between the two markers; None if it has no markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n{inner.strip()}\n{end}{after}" if begin and end else None


def write(results: Mapping[str, Any], readme: Path = HERE.parent / "README.md") -> None:
    """Write ``results.json`` and ``results.md``, and the table into the README where it has the markers."""
    rendered = render(results)
    (HERE / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    (HERE / "results.md").write_text(rendered)
    if readme.exists() and (changed := between_markers(readme.read_text(), rendered)) is not None:
        readme.write_text(changed)
