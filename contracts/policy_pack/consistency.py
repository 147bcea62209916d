"""What must agree within a pack: versions, names, ranges and numbers of people."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.policy_pack.findings import repeated
from contracts.policy_pack.problems import Finding
from contracts.policy_pack.reading import Table, entries, everywhere, table, texts

UNIQUE: tuple[tuple[str, str, str], ...] = (
    ("pack", "paper", "id"),
    ("pack", "source", "entry"),
    ("orders", "category", "id"),
    ("orders", "group", "id"),
    ("orders", "item", "id"),
    ("orders", "device", "id"),
    ("orders", "programme", "id"),
    ("settlement", "rule", "id"),
    ("settlement", "grade", "id"),
    ("settlement", "fund", "id"),
)
"""Section, list, and the key that may not occur twice in it."""
UNIQUE_OF_NEEDS = (
    ("instrument", "id"), ("clock", "step"), ("document", "id"), ("department", "id"), ("difficulty", "id"),
    ("emergency", "id"),
)  # fmt: skip
"""The same for the lists of ``[orders.needs]``."""


def contradictions(document: Table) -> Iterator[Finding]:
    """Everything in the document that contradicts something else in it, references and money apart."""
    yield from _head(document)
    for section, key, field in UNIQUE:
        yield from repeated(entries(table(document, section), key, (section,)), field)
    needs = ("orders", "needs")
    for key, field in UNIQUE_OF_NEEDS:
        yield from repeated(entries(table(document, *needs), key, needs), field)
    for path, instrument in entries(table(document, *needs), "instrument", needs):
        yield from repeated(entries(instrument, "dimension", path), "id")
        yield from repeated(entries(instrument, "degree", path), "id")
    yield from _repeated_texts(document)
    yield from _ranges(document)
    yield from _people(document)


def _head(document: Table) -> Iterator[Finding]:
    pack, settlement = table(document, "pack"), table(document, "settlement")
    county, version = pack.get("county"), pack.get("version")
    if isinstance(county, str) and isinstance(version, str) and not version.startswith(f"{county}/"):
        yield Finding(
            path=("pack", "version"),
            code="version_mismatch",
            english="must begin with the county's code",
            chinese="版本号须以本县区划代码开头",
        )
    if isinstance(version, str) and pack.get("extends") == version:
        yield Finding(
            path=("pack", "extends"),
            code="extends_itself",
            english="a pack cannot extend itself",
            chinese="政策包不能继承自身",
        )
    for key, absent in (("version", None), ("effective_from", None), ("retroactive", False)):
        ours, theirs = pack.get(key, absent), settlement.get(key, absent)
        if settlement and ours is not None and theirs is not None and ours != theirs:
            yield Finding(
                path=("settlement", key),
                code="version_mismatch",
                english=f"must equal pack.{key}",
                chinese=f"须与 pack.{key} 一致",
            )


def _repeated_texts(document: Table) -> Iterator[Finding]:
    for path, entry in everywhere(document):
        for key in entry:
            listed = list(texts(entry, key, path))
            first = {text: place for place, text in reversed(listed)}
            for place, text in listed:
                if first[text] != place:
                    yield Finding(path=place, code="duplicate", english="stands here twice", chinese="重复出现")


def _ranges(document: Table) -> Iterator[Finding]:
    for path, entry in everywhere(document):
        first, last = entry.get("valid_from"), entry.get("valid_to")
        if isinstance(first, str) and isinstance(last, str) and first > last:
            yield Finding(
                path=(*path, "valid_to"),
                code="range_reversed",
                english="is before valid_from",
                chinese="截止日早于起始日",
            )
        youngest, oldest = entry.get("min_age"), entry.get("max_age")
        if isinstance(youngest, int) and isinstance(oldest, int) and youngest > oldest:
            yield Finding(
                path=(*path, "max_age"), code="range_reversed", english="is below min_age", chinese="年龄上限小于下限"
            )


def _people(document: Table) -> Iterator[Finding]:
    survey = table(document, "orders", "survey")
    numbers = [member.get("people") for _, member in entries(survey, "member")]
    counted = [number for number in numbers if isinstance(number, int)]
    if counted and len(counted) == len(numbers) and sum(counted) != survey.get("people"):
        yield Finding(
            path=("orders", "survey", "people"),
            code="team_mismatch",
            english="must be the sum of the members",
            chinese="人数须等于各成员人数之和",
        )
    statements = table(document, "statements")
    if "signs_second" in statements and statements.get("signs_first") == statements["signs_second"]:
        yield Finding(
            path=("statements", "signs_second"),
            code="same_signer",
            english="the second signature is another body's",
            chinese="第二审签须为另一机构",
        )
