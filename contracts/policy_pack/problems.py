"""What is wrong with a pack, told by place, in English and Chinese; never echoes what was written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from contracts.values import FORMS

Step = str | int
Path = tuple[Step, ...]
"""Keys and zero-based list positions from the top of the document."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to mend. ``place`` is like ``settlement.rule[2].rate_yuan`` (the second rule; empty for the whole
    document); ``line`` counts from 1 too and is None where it cannot be found; ``code`` is stable."""

    line: int | None
    place: str
    code: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.place or 'document'}: {self.message} [{self.code}]"


class PackRefused(Exception):
    """A pack is not fit to be published; ``problems`` lists everything found, never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem before its line is known."""

    path: Path
    code: str
    english: str
    chinese: str


KINDS: dict[str, tuple[str, str, str]] = {
    "missing": ("missing", "this key is required", "缺少此必填项"),
    "extra_forbidden": ("unknown_key", "this table has no such key", "此处没有这个键，请检查拼写"),
    "string_type": ("wrong_type", "must be a text in quotes", "须为加引号的文本（日期、金额也加引号）"),
    "int_type": ("wrong_type", "must be a whole number without quotes", "须为不加引号的整数"),
    "bool_type": ("wrong_type", "must be true or false", "须为 true 或 false"),
    "tuple_type": ("wrong_type", "must be a list", "须为列表"),
    "model_type": ("wrong_type", "must be a table", "须为表"),
    "dict_type": ("wrong_type", "must be a table", "须为表"),
    "literal_error": ("not_a_choice", "must be one of {expected}", "须为下列之一：{expected}"),
    "greater_than_equal": ("out_of_range", "must be at least {ge}", "不得小于 {ge}"),
    "less_than_equal": ("out_of_range", "must be at most {le}", "不得大于 {le}"),
    "too_short": ("too_short", "needs at least {min_length} entry", "至少须有 {min_length} 项"),
    "no_such_day": ("no_such_day", "the calendar has no such day", "日历上没有这一天"),
}
"""Pydantic's kind of error -> our code, English, Chinese."""


def shape_findings(refusal: ValidationError, document: Mapping[str, Any]) -> list[Finding]:
    """The findings of a shape check, one for each error, at places of ``document``."""
    return [_finding(dict(error), document) for error in refusal.errors(include_url=False, include_input=False)]


def _finding(error: dict[str, Any], document: Mapping[str, Any]) -> Finding:
    path = _within(error["loc"], document)
    context = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        english, chinese = FORMS[context["pattern"]]
        return Finding(path=path, code="malformed", english=english, chinese=chinese)
    if error["type"] == "out_of_range":
        return Finding(path=path, code="out_of_range", english=error["msg"], chinese="数值超出允许范围")
    code, english, chinese = KINDS.get(error["type"], ("refused", error["msg"], "不符合要求"))
    return Finding(path=path, code=code, english=english.format(**context), chinese=chinese.format(**context))


def _within(location: tuple[Step, ...], document: Mapping[str, Any]) -> Path:
    """``location`` without the marks that pydantic adds for the branch of a union."""
    path: list[Step] = []
    current: Any = document
    for position, step in enumerate(location):
        last = position == len(location) - 1
        if isinstance(current, dict) and (step in current or last):
            path.append(step)
            current = current.get(step)
        elif isinstance(current, list) and isinstance(step, int):
            path.append(step)
            current = current[step]
    return tuple(path)


def place(path: Path) -> str:
    """``("settlement", "rule", 1, "rate_yuan")`` is ``settlement.rule[2].rate_yuan``: people count from 1."""
    written = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return written.removeprefix(".")
