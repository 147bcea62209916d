"""Dashboard, alerts and metrics are of one mind: what is watched is exported, what is exported is watched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from prometheus_client import Counter, Gauge, Histogram

from chassis import metrics
from chassis.config import Settings

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "deploy" / "observability"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
BOOK, _, ANCHOR = "docs/operations.md#what-to-watch".partition("#")

UNWATCHED = {"process_virtual_memory_bytes", "process_start_time_seconds"}
"""Exported by the library's process collector, and of no use in a picture."""
PROMETHEUS_OWN = {"up"}
TARGET_LABELS = {"job", "instance"}

_NAME = re.compile(r"\b(?:careloop|process)_[a-z_]+\b|\bup\b")
_SELECTOR = re.compile(r"((?:careloop|process)_[a-z_]+|\bup)\{([^}]*)\}")
_MATCHED = re.compile(r"([a-z_]+)\s*(?:=~|!~|!=|=)")
_GROUPED = re.compile(r"\b(?:by|ignoring|on) \(([^)]*)\)")
_SHOWN = re.compile(r"\{\{ ?(?:\$labels\.)?([a-z_]+) ?\}\}")


def exported() -> dict[str, set[str]]:
    """Every sample name there can be, and its labels."""
    names: dict[str, set[str]] = {}
    for one in vars(metrics).values():
        if not isinstance(one, Counter | Gauge | Histogram):
            continue
        [family] = one.describe()
        labels = set(one._labelnames)
        if isinstance(one, Counter):
            names[f"{family.name}_total"] = labels
        elif isinstance(one, Histogram):
            names |= {f"{family.name}_bucket": {*labels, "le"}}
            names |= {f"{family.name}_{part}": labels for part in ("count", "sum")}
        else:
            names[family.name] = labels
    for family in metrics.REGISTRY.collect():
        if family.name.startswith("process_"):
            names[f"{family.name}_total" if family.type == "counter" else family.name] = set()
    return names


def rules() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "grafana" / "careloop.json").read_text(encoding="utf-8"))
    return loaded


def expressions() -> Iterator[tuple[str, str]]:
    """Every expression, and the text that shows its labels."""
    for rule in rules():
        yield rule["expr"], " ".join(rule["annotations"].values())
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"], target["legendFormat"]


EXPORTED = exported()
EXPRESSIONS = list(expressions())


@pytest.mark.parametrize("expression", [expression for expression, _ in EXPRESSIONS])
def test_what_is_watched_is_exported_with_these_labels(expression: str) -> None:
    known = EXPORTED | {name: set() for name in PROMETHEUS_OWN}
    used = set(_NAME.findall(expression))
    assert used
    assert used <= known.keys()
    for name, matchers in _SELECTOR.findall(expression):
        assert set(_MATCHED.findall(matchers)) <= known[name] | TARGET_LABELS, name
    labels = set().union(*(known[name] for name in used)) | TARGET_LABELS
    for grouped in _GROUPED.findall(expression):
        assert {label.strip() for label in grouped.split(",")} <= labels


@pytest.mark.parametrize(("expression", "text"), EXPRESSIONS)
def test_what_a_text_shows_the_expression_keeps(expression: str, text: str) -> None:
    kept = [set(re.split(r",\s*", grouped)) for grouped in re.findall(r"\bby \(([^)]*)\)", expression)]
    [used] = [set().union(*(EXPORTED.get(name, set()) for name in _NAME.findall(expression)))]
    left = set.union(*kept) if kept else used | TARGET_LABELS
    assert set(_SHOWN.findall(text)) - {"value"} <= left


@pytest.mark.parametrize("name", sorted({re.sub("_(bucket|count|sum)$", "", name) for name in EXPORTED}))
def test_what_is_exported_is_watched(name: str) -> None:
    watched = any(name in expression for expression, _ in EXPRESSIONS)
    assert watched is (name not in UNWATCHED)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_an_alert_says_in_both_languages_what_is_and_what_to_do(rule: dict[str, Any]) -> None:
    told = rule["annotations"]
    chinese = re.compile("[一-鿿]")
    assert chinese.search(told["summary"])
    assert chinese.search(told["action"])
    assert not chinese.search(told["summary_en"] + told["action_en"])
    assert rule["labels"]["severity"] in ("page", "ticket", "note")
    assert told["runbook_url"] == f"{BOOK}#{ANCHOR}"
    assert f"`{rule['alert']}`" in OPERATIONS


def test_the_page_that_alerts_lead_to_is_there() -> None:
    headings = [line.lstrip("# ").lower().replace(" ", "-") for line in OPERATIONS.splitlines() if line.startswith("#")]
    assert ANCHOR in headings


def test_prometheus_is_told_our_port_and_our_rules() -> None:
    loaded = yaml.safe_load((FOLDER / "prometheus.yml").read_text(encoding="utf-8"))
    [job] = loaded["scrape_configs"]
    assert job["job_name"] == "careloop"
    default = Settings.model_fields["metrics_port"].default
    assert job["static_configs"] == [{"targets": [f"127.0.0.1:{default}"]}]
    assert loaded["rule_files"] == ["alerts.yml"]


def test_panels_do_not_lie_on_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard()["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
