"""What the benchmark does with figures once they are taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import figures

RESULTS = {
    "machine": {
        "cores": 2, "processor": "a processor", "memory_gb": 8, "postgresql": "18.6", "python": "3.11.7",
        "day": "2026-11-22",
    },
    "ratios": {"replay_vs_copy_scan": 0.4, "command_vs_naive_insert": 1.5},
    "raw": {"command": {"rates": {"naive insert": 4900}, "others": {"memory": "90 MB"}}, "flow": {}},
}  # fmt: skip


def test_the_middle_of_an_odd_number_of_values_is_the_one_in_the_middle() -> None:
    assert figures.middle([9.0, 1.0, 2.0]) == 2.0


def test_the_middle_of_nothing_is_nothing() -> None:
    assert figures.middle([]) == 0.0


def test_a_ratio_says_how_many_times_theirs_ours_is() -> None:
    assert figures.ratio(3, 2) == 1.5


def test_a_ratio_to_nothing_is_nothing() -> None:
    assert figures.ratio(3, 0) == 0.0


def test_the_99th_percentile_leaves_one_value_in_a_hundred_above() -> None:
    assert figures.percentile([float(value) for value in range(100)], 0.99) == 99.0


def test_a_percentile_of_nothing_is_nothing() -> None:
    assert figures.percentile([], 0.5) == 0.0


@pytest.mark.parametrize(("rate", "text"), [(812.4, "812"), (1000, "1.0 k"), (9312, "9.3 k"), (1_240_000, "1.24 M")])
def test_a_rate_is_written_for_people(rate: float, text: str) -> None:
    assert figures.rate_text(rate) == text


def test_a_table_aligns_figures_to_the_right() -> None:
    assert figures.table(("what", "rate"), [("a", "1")]) == "| what | rate |\n| --- | ---: |\n| a | 1 |"


def test_the_headline_ratios_stand_in_their_own_order() -> None:
    rendered = figures.render(RESULTS)
    assert rendered.index("one INSERT | **1.50**") < rendered.index("same rows | **0.40**")


def test_rates_and_what_was_measured_besides_are_told() -> None:
    rendered = figures.render(RESULTS)
    assert "| naive insert | 4.9 k |" in rendered
    assert "| memory | 90 MB |" in rendered


def test_only_what_is_between_the_markers_is_replaced() -> None:
    text = f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n"
    assert figures.between_markers(text, "new\n") == f"before\n{figures.BEGIN}\nnew\n{figures.END}\nafter\n"


@pytest.mark.parametrize("text", ["no markers", f"{figures.BEGIN} only", f"{figures.END} only"])
def test_without_both_markers_nothing_is_replaced(text: str) -> None:
    assert figures.between_markers(text, "new") is None


def test_replacing_twice_is_replacing_once() -> None:
    text = f"{figures.BEGIN}{figures.END}"
    once = figures.between_markers(text, "new")
    assert once is not None
    assert figures.between_markers(once, "new") == once


def test_results_are_kept_as_json_and_as_tables_and_in_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"{figures.BEGIN}{figures.END}")
    monkeypatch.setattr(figures, "HERE", tmp_path)
    figures.write(RESULTS, readme)
    assert json.loads((tmp_path / "results.json").read_text()) == RESULTS
    assert (tmp_path / "results.md").read_text() == figures.render(RESULTS)
    assert "**1.50**" in readme.read_text()
