"""The catalogue of exceptions as the county has it: codes, colours, what mends each."""

from __future__ import annotations

from typing import Any, Literal

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected
from services.providers.domain import calendar, excepting, policy, visit

routes = Routes(tag="exceptions")
Colour = Literal["red", "amber", "grey"]
MENDS = {
    "times": ("退回后更正时间，或补充说明", "Corrected times after it was sent back, or more proof"),
    "proof": ("补充照片、登记册行号或签收单", "More photos, the line of the register, a receipt"),
    "papers": ("登记资格或培训，并补充材料", "The certificate or training entered, and shown"),
    "place": ("说明位置，由县或乡镇核实", "An explanation that an officer checks"),
    "goods": ("补发或补交签收单", "The goods or the receipt brought afterwards"),
    "code": ("事后核对确认码", "The person's code given afterwards"),
    "packet": ("补传缺少的数据包", "The missing packet sent afterwards"),
    "nothing": ("无须补正，只作知悉", "Nothing: it is acknowledged"),
}
"""In words what mends a code: Chinese, English."""


class CodeRow(Body):
    """A code: its colour in this county now, the least and the most it could be, and in words what it means and what
    mends it. ``grounds``: a person did it, or technique failed."""

    code: str
    colour: Colour
    least: Colour
    most: Colour
    grounds: Literal["person", "technique"]
    chinese: str
    english: str
    mended_chinese: str
    mended_english: str
    resolved_by: list[str]


class Catalogue(Body):
    """All codes; ``judged``: the county's pack has the section, so that the newer checks are made."""

    judged: bool
    items: list[CodeRow]


@routes.get("/v1/exception-codes", answer=Catalogue, summary="异常代码 The catalogue of exceptions")
async def exception_codes(call: Call[None]) -> dict[str, Any]:
    """By the pack in force today; the usual where there is none."""
    call.permit()
    try:
        rules = policy.in_force(await call.policies(), calendar.day_of(call.at)).exceptions
    except Rejected:
        rules = excepting.USUAL
    return {"judged": rules.judged, "items": [_row(code, rules) for code in visit.codes.CODES]}


def _row(code: str, rules: excepting.Excepting) -> dict[str, Any]:
    meaning, colour = visit.codes.CODES[code], visit.codes.colour_of(code, rules)
    least, most = meaning.bounds
    chinese, english = MENDS[meaning.mends]
    others = rules.acknowledged_by - {"bureau"} if colour == "amber" else frozenset()
    return {
        "code": code,
        "colour": colour,
        "least": least,
        "most": most,
        "grounds": "person" if meaning.of_person else "technique",
        "chinese": meaning.chinese,
        "english": meaning.english,
        "mended_chinese": chinese,
        "mended_english": english,
        "resolved_by": ["platform"] if colour == "grey" else ["bureau", *sorted(others)],
    }
