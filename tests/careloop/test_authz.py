"""``careloop authz check``: the policies answer their examples, and what is wrong is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from careloop.authz import EXAMPLES, check, faults
from careloop.checks.policies import policies
from chassis.config import Settings

FOLDER = Settings().authz


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the deployment's policies."""
    return Path(shutil.copytree(FOLDER, tmp_path / "authz"))


def test_the_deployments_policies_answer_every_example() -> None:
    assert faults(FOLDER) == []


def test_a_policy_that_is_widened_is_noticed(folder: Path) -> None:
    with (folder / "cases.cedar").open("a") as cases:
        cases.write('@id("wide") permit (principal in Role::"province", action in Action::"cases.read", resource);')
    told = " ".join(faults(folder))
    assert "province of 13 orders.list_beneficiaries" in told
    assert "permitted instead of forbidden.role" in told


def test_a_conflict_that_is_taken_away_is_noticed(folder: Path) -> None:
    (folder / "conflicts.cedar").write_text("")
    assert any("permitted instead of forbidden.conflict" in fault for fault in faults(folder))


def test_a_class_that_more_may_see_is_noticed(folder: Path) -> None:
    with (folder / "fields.cedar").open("a") as fields:
        fields.write('@id("seen") permit (principal, action == Action::"see.health", resource);')
    assert "hotline sees fields of health in orders.one_beneficiary" in faults(folder)


def test_a_policy_that_no_example_shows_is_noticed(folder: Path) -> None:
    with (folder / "cases.cedar").open("a") as cases:
        cases.write('@id("unseen") forbid (principal, action, resource) when { principal.subject == "nobody" };')
    assert faults(folder) == ["no example is decided by the policy unseen"]


def test_an_example_that_cannot_be_read_is_noticed(folder: Path) -> None:
    text = (folder / EXAMPLES).read_text()
    (folder / EXAMPLES).write_text(text.replace('"city@1305"', '"the city"'))
    assert "not an example: the city" in faults(folder)[0]


def test_the_command_ends_with_1_where_anything_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder) == 0
    assert "examples are answered as they should be" in capsys.readouterr().out.replace("\n", " ")
    (folder / "cases.cedar").write_text("permit")
    shutil.copytree(folder, folder.parent / "broken")
    assert check(folder.parent / "broken") == 1
    assert "unexpected" in capsys.readouterr().err


def test_the_doctor_looks_at_them(folder: Path) -> None:
    assert [finding.state for finding in policies(Settings())] == ["ok"]
    (folder / EXAMPLES).unlink()
    assert [finding.state for finding in policies(Settings(authz=folder))] == ["FAIL"]
