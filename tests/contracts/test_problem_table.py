"""The page of problem codes says what the registry and the routes say, and no code is there for nothing."""

from __future__ import annotations

import re
from collections import Counter

from careloop import problem_table
from contracts import written
from services.declared import declared


def rows() -> list[tuple[str, ...]]:
    """The cells of every row."""
    lines = problem_table.text().splitlines()
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| `")]


def test_the_written_page_is_current() -> None:
    assert list(written.stale(problem_table.FOLDER, problem_table.makers())) == []


def test_every_code_says_what_it_means_in_both_languages() -> None:
    for code, status, chinese, english, _when in rows():
        assert re.fullmatch(r"`[a-z_]+(\.[a-z0-9_]+)*`", code), code
        assert 400 <= int(status) <= 599
        assert re.search("[\u4e00-\u9fff]", chinese), code
        assert re.search("[A-Za-z]{2}", english), code


def test_every_code_is_told_by_some_operation() -> None:
    assert [code for code, *_, when in rows() if not when] == []


def test_no_service_gives_a_code_of_another_a_second_meaning() -> None:
    meanings = {(code, refusal) for service in declared() for code, refusal in service.refusals.items()}
    assert [code for code, count in Counter(code for code, _ in meanings).items() if count > 1] == []
