"""The answer of ``settle`` as the JSON object of the exchange form, and back (facts paper, "The answer")."""

from __future__ import annotations

from typing import Any

from careloop.fact_keys import month
from careloop.strict_json import Malformed, flag, integer, listed, table, text
from services.settlement.domain.engine import (
    Answer,
    Correction,
    Deduction,
    Draw,
    Group,
    Line,
    MissingGrade,
    Statement,
    Unfunded,
)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values, in the order of the specification."""
    return {
        "month": answer.month,
        "policies": list(answer.policies),
        "through": dict(answer.through),
        "statements": [_statement_json(statement) for statement in answer.statements],
        "draws": [_draw_json(draw) for draw in answer.draws],
        "unfunded": [rest._asdict() for rest in answer.unfunded],
        "missing_grades": [missing._asdict() for missing in answer.missing_grades],
    }


def _statement_json(statement: Statement) -> dict[str, Any]:
    return {
        "payee": statement.payee,
        "purchaser": statement.purchaser,
        "lines": [
            {"rule": rule, "person": person, "fact": fact, "fen": fen, "superseded_by": superseded_by}
            for rule, person, fact, fen, superseded_by, _ in statement.lines
        ],
        "groups": [group._asdict() for group in statement.groups],
        "deductions": [deduction._asdict() for deduction in statement.deductions],
        "corrections": [
            {**correction._asdict(), "causes": list(correction.causes)} for correction in statement.corrections
        ],
        "carried_in": dict(statement.carried_in),
        "payable": dict(statement.payable),
        "carried_out": dict(statement.carried_out),
    }


def _draw_json(draw: Draw) -> dict[str, Any]:
    value = draw._asdict()
    if not draw.over_cap:
        del value["over_cap"], value["override"]
    return value


def answer_from(value: dict[str, Any]) -> Answer:
    """The answer that an object says. Parts that are left out are empty; raises ``Malformed``."""
    return Answer(
        month=month(value.get("month"), "month"),
        policies=tuple(text(version, "policies") for version in listed(value.get("policies", []), "policies")),
        through=_numbers(value, "through"),
        statements=tuple(_statement(one) for one in _tables(value, "statements")),
        draws=tuple(_draw(one) for one in _tables(value, "draws")),
        unfunded=tuple(
            Unfunded(_text(one, "month"), _text(one, "payee"), _text(one, "purchaser"), _text(one, "rule"), _fen(one))
            for one in _tables(value, "unfunded")
        ),
        missing_grades=tuple(
            MissingGrade(_text(one, "payee"), _text(one, "township")) for one in _tables(value, "missing_grades")
        ),
    )


def _statement(value: dict[str, Any]) -> Statement:
    return Statement(
        payee=_text(value, "payee"),
        purchaser=_text(value, "purchaser"),
        lines=tuple(_line(one) for one in _tables(value, "lines")),
        groups=tuple(Group(_text(g, "rule"), _text(g, "township"), _fen(g)) for g in _tables(value, "groups")),
        deductions=tuple(
            Deduction(_text(one, "rule"), _text(one, "township"), _text(one, "grade"), _fen(one))
            for one in _tables(value, "deductions")
        ),
        corrections=tuple(_correction(one) for one in _tables(value, "corrections")),
        carried_in=_numbers(value, "carried_in"),
        payable=_numbers(value, "payable"),
        carried_out=_numbers(value, "carried_out"),
    )


def _line(value: dict[str, Any]) -> Line:
    return Line(
        _text(value, "rule"),
        _text_or_none(value, "person"),
        _text_or_none(value, "fact"),
        _fen(value),
        _text_or_none(value, "superseded_by"),
    )


def _correction(value: dict[str, Any]) -> Correction:
    causes = tuple(text(cause, "causes") for cause in listed(value.get("causes", []), "causes"))
    return Correction(
        month(value.get("month"), "month"), _text(value, "rule"), _fen(value), _text(value, "cause"), causes
    )


def _draw(value: dict[str, Any]) -> Draw:
    return Draw(
        month=_text(value, "month"),
        payee=_text(value, "payee"),
        purchaser=_text(value, "purchaser"),
        rule=_text(value, "rule"),
        fund=_text(value, "fund"),
        fen=_fen(value),
        over_cap=flag(value.get("over_cap", False), "over_cap"),
        override=_text_or_none(value, "override"),
    )


def _tables(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [table(one, key) for one in listed(value.get(key, []), key)]


def _numbers(value: dict[str, Any], key: str) -> dict[str, int]:
    return {name: integer(number, f"{key}.{name}") for name, number in table(value.get(key, {}), key).items()}


def _text(value: dict[str, Any], key: str) -> str:
    if key not in value:
        raise Malformed("key.missing", key)
    return text(value[key], key)


def _text_or_none(value: dict[str, Any], key: str) -> str | None:
    return None if value.get(key) is None else text(value[key], key)


def _fen(value: dict[str, Any]) -> int:
    if "fen" not in value:
        raise Malformed("key.missing", "fen")
    return integer(value["fen"], "fen")
