"""A simulated year of spot checks: never under the rule, never steered, and anybody can draw it again."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from careloop.spotcheck import faults_of
from services.orders.domain import drawing
from tests.orders.spot_year import Year, a_year, write

SCRIPT = Path(__file__).parents[2] / "deploy" / "audit" / "verify_draw.py"


@cache
def year() -> Year:
    """Ten providers, sixteen townships, 60,000 visits."""
    return a_year(60_000)


@cache
def verifier() -> ModuleType:
    """The stand-alone script."""
    spec = importlib.util.spec_from_file_location("verify_draw", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_stratum_is_checked_at_thirty_percent_after_every_batch():
    assert sum(len(closed.lines) for closed, _, _ in year().batches) == 60_000
    for closed, picks, _ in year().batches:
        for stratum in drawing.after(closed, picks):
            assert stratum.picks * 100 >= 30 * stratum.population


def test_no_stratum_with_its_usual_rate_is_over_the_ceiling_by_more_than_one_a_batch():
    raised = {one.key for closed, _, _ in year().batches for one in closed.strata if one.level}
    seen: Counter[str] = Counter()
    greys: Counter[str] = Counter()
    for closed, picks, _ in year().batches:
        greys.update(pick.stratum for pick in picks if pick.why == "grey")
        for stratum in drawing.after(closed, picks):
            seen[stratum.key] += 1
            if stratum.key not in raised:
                over = stratum.picks - drawing.owed(30 * stratum.population)
                assert over <= seen[stratum.key] + greys[stratum.key]
    assert set(seen) - raised


def test_the_whole_county_is_little_over_the_rule():
    bad = str(year().providers[0])
    last = {key: one for key, one in year().strata.items() if bad not in key}
    population, picks = (sum(getattr(one, name) for one in last.values()) for name in ("population", "picks"))
    assert 30 * population <= 100 * picks <= 33 * population


def test_a_stratum_that_fails_is_looked_at_more():
    bad = str(year().providers[0])
    failing = [one for key, one in year().strata.items() if bad in key]
    assert sum(one.picks for one in failing) * 100 > 45 * sum(one.population for one in failing)


def test_nothing_is_left_unlooked_at_for_sure():
    zero, surprised = 0, 0
    for closed, picks, _ in year().batches:
        visits = Counter(drawing.key_of(line, closed.strata_of) for line in closed.lines)
        for one in closed.strata:
            zero += drawing.owed(one.hundredths + one.percent * visits[one.key]) <= one.picks
        surprised += sum(1 for pick in picks if pick.why == "surprise")
    assert 0 < surprised < zero


def test_whoever_has_a_conflict_inspects_nothing_of_it_and_the_work_is_shared():
    for closed, picks, _ in year().batches:
        barred = {one.id: one.barred for one in closed.inspectors}
        assert all(pick.inspector and pick.stratum[:9] not in barred[pick.inspector] for pick in picks)
        assert not {(pick.visit, pick.inspector) for pick in picks} & set(closed.hands)
        load = Counter(pick.inspector for pick in picks)
        assert max(load.values()) <= -(-len(picks) * 5 // 48)


def test_late_visits_join_without_changing_earlier_picks():
    listed: set[str] = set()
    for closed, _, _ in year().batches:
        now = {str(line.visit) for line in closed.lines}
        assert not now & listed
        listed |= now
    stragglers, _, _ = year().batches[-1]
    assert {line.day.month for line in stragglers.lines} <= {10, 11, 12}


def test_the_stand_alone_script_draws_the_same_from_the_published_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert verifier().main(write(year(), tmp_path)) == 0
    assert capsys.readouterr().out.count("ok ") == 13


def test_changing_one_visit_or_one_number_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told = year().batches[3][2]
    path = tmp_path / "changed.json"

    def verdict(where: str, place: int, name: str, value: object) -> str:
        changed = copy.deepcopy(told)
        changed[where][place][name] = value
        path.write_text(json.dumps(changed), encoding="utf-8")
        assert verifier().main([path]) == 1
        return capsys.readouterr().out

    assert "digest: the list gives" in verdict("visits", 5, "item", "haircuts")
    assert "is not what was committed to" in verdict("numbers", 0, "number", "00" * 32)
    assert "pick 8: told" in verdict("picks", 7, "visit", told["visits"][0]["visit"])
    assert "pick 8: told" in verdict("picks", 7, "inspector", None)
    assert "digest: the list gives" in verdict("strata", 2, "percent", 31)


def test_another_seed_draws_others_and_fails(tmp_path: Path):
    closed, picks, told = year().batches[3]
    other = "00" * 32
    assert {pick.visit for pick in drawing.draw(closed, other)} != {pick.visit for pick in picks}
    path = tmp_path / "changed.json"
    path.write_text(json.dumps({**told, "seed": other}), encoding="utf-8")
    assert verifier().main([path]) == 1


def test_a_file_that_leaves_a_batch_out_does_not_follow(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    paths = write(year(), tmp_path)
    assert verifier().main([*paths[:4], *paths[5:]]) == 1
    assert "does not go on where it stood" in capsys.readouterr().out


def test_the_command_and_the_stand_alone_script_say_the_same():
    told = year().batches[5][2]
    assert list(faults_of(told)) == verifier().faults_of(told) == []
    changed = copy.deepcopy(told)
    changed["visits"][0]["day"] = "2026-12-24"
    assert list(faults_of(changed)) == verifier().faults_of(changed) != []
