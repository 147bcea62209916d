"""A statement as plain JSON values: the exchange form (settlement paper, exchange form), its digest, and back.

    {"lines": [{rule, person, fact, fen, superseded_by, township}], "groups", "deductions", "corrections",
     "carried_in", "payable", "carried_out"}

``township`` of a line is ours: it says which group the line belongs to. The digest leaves it out, as it leaves out
whatever is no part of the exchange form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.kernel.canonical import digest
from services.settlement.domain.engine import Answer, Correction, Deduction, Draw, Group, Line, Statement

DIGESTED = ("lines", "groups", "deductions", "corrections", "carried_in", "carried_out")
"""What a statement's digest covers: draws and states come later and are no part of it."""


def plain(statement: Statement) -> dict[str, Any]:
    """The statement without payee and purchaser."""
    return {
        "lines": [line._asdict() for line in statement.lines],
        "groups": [group._asdict() for group in statement.groups],
        "deductions": [deduction._asdict() for deduction in statement.deductions],
        "corrections": [{**one._asdict(), "causes": list(one.causes)} for one in statement.corrections],
        "carried_in": dict(statement.carried_in),
        "payable": dict(statement.payable),
        "carried_out": dict(statement.carried_out),
    }


def statement_from(payee: str, purchaser: str, document: Mapping[str, Any]) -> Statement:
    """The statement of a kept document; a document without lines gives one without lines."""
    return Statement(
        payee=payee,
        purchaser=purchaser,
        lines=tuple(Line(**line) for line in document.get("lines", ())),
        groups=tuple(Group(**group) for group in document["groups"]),
        deductions=tuple(Deduction(**deduction) for deduction in document["deductions"]),
        corrections=tuple(Correction(**{**one, "causes": tuple(one["causes"])}) for one in document["corrections"]),
        carried_in=document["carried_in"],
        payable=document["payable"],
        carried_out=document["carried_out"],
    )


def statement_digest(statement: Statement) -> str:
    """SHA-256 of the RFC 8785 JSON of lines, groups, deductions, corrections and carry."""
    document = _without_townships(statement)
    return digest({part: document[part] for part in DIGESTED})


def exchange_form(answer: Answer) -> dict[str, Any]:
    """The whole answer as the exchange form has it: one line of ``closed.jsonl``."""
    return {
        "month": answer.month,
        "policies": list(answer.policies),
        "through": dict(answer.through),
        "statements": [
            {"payee": one.payee, "purchaser": one.purchaser, **_without_townships(one)} for one in answer.statements
        ],
        "draws": [_draw(draw) for draw in answer.draws],
        "unfunded": [rest._asdict() for rest in answer.unfunded],
        "missing_grades": [missing._asdict() for missing in answer.missing_grades],
    }


def _draw(draw: Draw) -> dict[str, Any]:
    value = draw._asdict()
    if not draw.over_cap:
        del value["over_cap"], value["override"]
    return value


def _without_townships(statement: Statement) -> dict[str, Any]:
    document = plain(statement)
    for line in document["lines"]:
        del line["township"]
    return document


def payable_fen(statement: Statement) -> int:
    """What the statement pays, over all rules."""
    return sum(statement.payable.values())
