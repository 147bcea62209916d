"""Check and load a pack: from the TOML text to a list of problems, or to the typed pack."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping

from pydantic import ValidationError

from contracts.policy_pack.consistency import contradictions
from contracts.policy_pack.lines import Lines
from contracts.policy_pack.merging import Origins, merge, origin
from contracts.policy_pack.money import money_contradictions
from contracts.policy_pack.pack import PolicyPack
from contracts.policy_pack.problems import Finding, PackRefused, Problem, place, shape_findings
from contracts.policy_pack.reading import Table, table
from contracts.policy_pack.references import dangling

LARGEST_BYTES = 262_144
"""A longer text is no policy pack."""

TOO_DEEP = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){16}|(?:[\[{]\s*+){16}""")
"""Sixteen keys or brackets in a row: no pack is nested so, and a reader's work grows with the square of it."""

LONGEST_ANCESTRY = 5
"""Packs that may extend one another in a row."""

NO_PARENTS: Mapping[str, str] = {}


def check(text: str, parents: Mapping[str, str] = NO_PARENTS) -> list[Problem]:
    """Everything that is wrong with the pack ``text``, in order of lines; empty means fit to be published.

    ``parents`` are the texts of the packs it may extend, by version. Never raises: a syntax error is a problem too,
    and then the only one, since nothing behind it can be read.
    """
    try:
        document(text, parents)
    except PackRefused as refused:
        return refused.problems
    return []


def load(text: str, parents: Mapping[str, str] = NO_PARENTS) -> PolicyPack:
    """The typed pack. Raises ``PackRefused`` with every problem."""
    return PolicyPack.model_validate(document(text, parents))


def document(text: str, parents: Mapping[str, str] = NO_PARENTS) -> Table:
    """The pack as plain tables, merged with what it extends: what each service reads its own section of.

    A pack that extends is published as ``render(document(text, parents))``, which is complete in itself.
    Raises ``PackRefused`` with every problem.
    """
    try:
        return _checked(text, parents)
    except RecursionError:
        raise _too_deep() from None


def sha256(text: str) -> str:
    """The policy hash: SHA-256 of the exact bytes of ``text`` in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checked(text: str, parents: Mapping[str, str]) -> Table:
    whole, origins = _with_ancestors(_parsed(text), parents)
    findings = _findings(whole)
    if findings:
        lines = Lines(text)
        told = {_problem(finding, lines, origins) for finding in findings}
        raise PackRefused(sorted(told, key=lambda problem: (problem.line or 0, problem.place, problem.code)))
    return whole


def _findings(whole: Table) -> list[Finding]:
    findings = [*contradictions(whole), *dangling(whole), *money_contradictions(whole)]
    try:
        PolicyPack.model_validate(whole)
    except ValidationError as refusal:
        findings += shape_findings(refusal, whole)
    return findings


def _problem(finding: Finding, lines: Lines, origins: Origins | None) -> Problem:
    path = finding.path if origins is None else origin(finding.path, origins)
    return Problem(
        line=lines.of(path),
        place=place(finding.path),
        code=finding.code,
        message=f"{finding.english} / {finding.chinese}",
    )


def _parsed(text: str) -> Table:
    try:
        if len(text.encode()) > LARGEST_BYTES:
            raise _refused("too_large", f"is larger than {LARGEST_BYTES} bytes", "政策文件过大")
        if TOO_DEEP.search(text):
            raise _too_deep()
        return tomllib.loads(text)
    except UnicodeEncodeError:
        raise _refused("not_utf8", "is not UTF-8 text", "不是有效的 UTF-8 文本") from None
    except ValueError as error:
        said = str(error)
        found = re.search(r"\(at line ([0-9]+)", said)
        line = int(found[1]) if found else text.count("\n") + 1
        raise _refused("syntax", f"is not valid TOML: {said}", "TOML 语法错误", line) from None


def _refused(code: str, english: str, chinese: str, line: int | None = None, at: str = "") -> PackRefused:
    return PackRefused([Problem(line=line, place=at, code=code, message=f"{english} / {chinese}")])


def _too_deep() -> PackRefused:
    return _refused("syntax", "is nested too deeply", "嵌套层次过深")


def _with_ancestors(own: Table, parents: Mapping[str, str], depth: int = 0) -> tuple[Table, Origins | None]:
    """The document merged with all it extends; no origins where it extends nothing."""
    extended = table(own, "pack").get("extends")
    if not isinstance(extended, str) or extended == table(own, "pack").get("version"):
        return own, None
    if extended not in parents:
        raise _refused("parent_unknown", "is not a pack at hand", "所继承的政策包不存在", at="pack.extends")
    if depth == LONGEST_ANCESTRY:
        raise _refused("ancestry_too_long", "extends too many packs in a row", "继承层数过多", at="pack.extends")
    parent, _ = _with_ancestors(_parsed(parents[extended]), parents, depth + 1)
    return merge(parent, own)
