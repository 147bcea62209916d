"""Routes of guardians 监护人: named with sealed data, checked for their ability, replaced, ended."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from chassis.http import PLAIN, Body, Call, Day, Routes
from chassis.service import Ask
from services.orders.api.personal import opened
from services.orders.api.shapes import CONTACT, Code, Line, Writing, must_be_there, step_of
from services.orders.domain import beneficiary
from services.orders.views.held import FILE

routes = Routes(tag="guardians")


class NameGuardian(Body):
    """Who answers for the person from a day on; what names them is sealed under the person's key."""

    name: Annotated[str, Field(pattern=rf"^{PLAIN}{{1,60}}$")]
    phone: Annotated[str, Field(pattern=r"^[0-9+ -]{5,20}$")] | None = None
    id_number: Annotated[str, Field(pattern=r"^[0-9]{17}[0-9X]$")] | None = None
    relation: Code
    from_day: Day


class CheckGuardian(Body):
    """Whether the guardian is able to care, and why it was found so."""

    result: Literal["able", "unable"]
    checked_on: Day
    reasons: Writing


class EndGuardian(Body):
    """The last day of the guardian."""

    last_day: Day
    reason_code: Code


class GuardianAnswer(Body):
    """The guardian in clear; the read is logged."""

    name: Annotated[str | None, CONTACT]
    phone: Annotated[str | None, CONTACT] = None
    id_number: Annotated[str | None, CONTACT] = None
    reasons: Annotated[str | None, CONTACT] = None
    relation: str
    from_day: date
    state: str
    checked_on: date | None


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/guardian", body=NameGuardian,
    summary="登记监护人 Name a guardian",
    refusals=("beneficiary.unknown", "beneficiary.died", "guardian.begins_before_the_last", "person.erased"),
)  # fmt: skip
async def name_guardian(call: Call[NameGuardian]) -> Ask:
    """A guardian named later takes the place of the one before and is to be checked anew."""
    body, stream = call.body, call.path_id("beneficiary_id")
    await must_be_there(call, stream)
    texts = {"name": body.name, "phone": body.phone, "id_number": body.id_number}
    said = {f"guardian_{field}": text for field, text in texts.items() if text is not None}
    boxes = await call.vault.seal(stream, said)
    command = beneficiary.NameGuardian(
        name=boxes["guardian_name"],
        phone=boxes.get("guardian_phone"),
        id_number=boxes.get("guardian_id_number"),
        relation=body.relation,
        from_day=body.from_day,
        at=call.at,
    )
    return call.ask(step_of(call, command))


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/guardian-check", body=CheckGuardian, guarded="beneficiary_id",
    summary="核查监护能力 Check the guardian's ability",
    refusals=("beneficiary.unknown", "guardian.none", "guardian.checked_in_the_future", "person.erased"),
)  # fmt: skip
async def check_guardian(call: Call[CheckGuardian]) -> Ask:
    """A guardian is somebody with the ability; whose guardian was found unable shows up in the list of persons."""
    body, stream = call.body, call.path_id("beneficiary_id")
    await must_be_there(call, stream)
    boxes = await call.vault.seal(stream, {"guardian_reasons": body.reasons})
    command = beneficiary.CheckGuardian(
        able=body.result == "able",
        checked_on=body.checked_on,
        reasons=boxes["guardian_reasons"],
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(step_of(call, command))


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/guardian-end", body=EndGuardian, guarded="beneficiary_id",
    summary="终止监护 End the guardian",
    refusals=("beneficiary.unknown", "guardian.ends_before_it_begins"),
)  # fmt: skip
async def end_guardian(call: Call[EndGuardian]) -> Ask:
    """Nobody answers for the person any more, until another is named."""
    command = beneficiary.EndGuardian(last_day=call.body.last_day, reason_code=call.body.reason_code, at=call.at)
    return call.ask(step_of(call, command))


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/guardian", answer=GuardianAnswer,
    filters={"purpose": Line}, required=("purpose",), scope="personal.read", refusals=("person.erased",),
    summary="查阅监护人（留痕） The guardian; the read is logged",
)  # fmt: skip
async def guardian(call: Call[None]) -> dict[str, Any] | None:
    """Who answers for the person, for a purpose that is logged; nothing where nobody does."""
    row = await call.fetchrow(f"{FILE} where county = $1 and id = $2", call.county, call.path_id("beneficiary_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    held = json.loads(row["held"])["guardian"]
    if held is None:
        return None
    boxes = {name: box for name, box in json.loads(row["boxes"]).items() if name.startswith("guardian_")}
    clear = await opened(call, row["id"], boxes)
    return {**held, **{field.removeprefix("guardian_"): text for field, text in clear.items()}}
