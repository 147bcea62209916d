"""Two answers held against each other, whatever order their rows stand in, zeros apart."""

from collections import Counter
from collections.abc import Iterator

from .exact import Json

Sums = Counter[tuple[str, ...]]
STATEMENT_ROWS = {
    "groups": ("rule", "township"),
    "deductions": ("rule", "township", "grade"),
    "corrections": ("month", "rule", "cause", "causes"),
}
STATEMENT_MAPS = ("carried_in", "payable", "carried_out")
ANSWER_ROWS = {
    "draws": ("month", "payee", "purchaser", "rule", "fund", "over_cap", "override"),
    "unfunded": ("month", "payee", "purchaser", "rule"),
}


def differences(a: Json, b: Json) -> list[str]:
    """What the answers say differently, one sentence each: path, the first's value, the second's; [] if nothing.

    Rows that are alike but for their fen are added up, so a split row equals its parts; a row of 0 fen equals none,
    except that a superseded line is a row even so.
    """
    found = [f"{key}: {a.get(key)!r} != {b.get(key)!r}" for key in ("month", "through") if a.get(key) != b.get(key)]
    if sorted(a["policies"]) != sorted(b["policies"]):
        found.append(f"policies: {sorted(a['policies'])} != {sorted(b['policies'])}")
    found += _missing_grades(a, b)
    return found + list(_unequal(flattened(a), flattened(b)))


def flattened(answer: Json) -> Sums:
    """Every amount of the answer in fen by its path; superseded lines counted, not summed."""
    sums: Sums = Counter()
    for statement in answer["statements"]:
        at = f"statements[{statement['payee']} {statement['purchaser']}]"
        for line in statement["lines"]:
            if line["superseded_by"] is not None:
                sums[(at, "superseded", *_named(line, ("rule", "person", "fact", "superseded_by")))] += 1
            sums[(at, "lines", *_named(line, ("rule", "person", "fact")))] += line["fen"]
        for part, keys in STATEMENT_ROWS.items():
            _add(sums, statement[part], (at, part), keys)
        for part in STATEMENT_MAPS:
            for rule, amount in statement[part].items():
                sums[(at, part, f"rule={rule}")] += amount
    for part, keys in ANSWER_ROWS.items():
        _add(sums, answer[part], (part,), keys)
    return sums


def _add(sums: Sums, rows: list[Json], path: tuple[str, ...], keys: tuple[str, ...]) -> None:
    for row in rows:
        sums[(*path, *_named(row, keys))] += row["fen"]


def _named(row: Json, keys: tuple[str, ...]) -> list[str]:
    return [f"{key}={'+'.join(row[key]) if isinstance(row.get(key), list) else row.get(key)}" for key in keys]


def _unequal(a: Sums, b: Sums) -> Iterator[str]:
    for path in sorted({*a, *b}):
        if a[path] != b[path]:
            yield f"{' '.join(path)}: {a[path]} != {b[path]}"


def _missing_grades(a: Json, b: Json) -> list[str]:
    first, second = (
        sorted((row["payee"], row["township"]) for row in answer.get("missing_grades", [])) for answer in (a, b)
    )
    return [] if first == second else [f"missing_grades: {first} != {second}"]
