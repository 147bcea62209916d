"""Routes of certificates 志愿服务记录证明: issued free on request, and shown to the holder."""

from __future__ import annotations

import base64
import io
import secrets
from typing import Annotated, Any, Literal

import segno

from chassis import signed
from chassis.http import Body, Call, Day, Id, Routes, field_class
from chassis.kernel import Rejected, Sealed
from chassis.keys import derived
from chassis.service import Ask, Outcome, Step
from services.charity.api.giving.document import (
    CHECK_CHARACTERS,
    NUMBER,
    document_of,
    holder_digest,
    number_of,
    statement_of,
)
from services.charity.api.giving.shapes import WHO
from services.charity.domain import calendar, certificate
from services.charity.domain.masking import masked

routes = Routes(tag="volunteering")
CONTACT = field_class("contact")
FIND = "select * from certificates where county = $1 and year = $2 and number = $3"
PORT = 8703
SALT_BYTES = 16


class AskForCertificate(Body):
    """Over what was done for one charity, first and last day included."""

    charity_id: Id
    first: Day
    last: Day


class CertificateIssued(Body):
    """Its number, and what it counts."""

    number: str
    deeds: int
    pieces: int
    minutes: int


class CertificateDocument(Body):
    """``document`` is the text to keep and to show, byte for byte."""

    number: str
    standing: str
    document: Annotated[str | None, CONTACT]


class CertificateCode(Body):
    """The QR code of the address where the certificate is checked: as SVG text or as PNG in Base64."""

    number: str
    address: str
    svg: str | None
    png_base64: str | None


def signer(call: Call[Any]) -> signed.Signer:
    """The county's key for certificates."""
    return signed.Signer(derived(call.running.settings, f"certificates {call.county}"))


@routes.post(
    "/v1/claimants/{claimant_id}/certificates", body=AskForCertificate, answer=CertificateIssued, status=201,
    summary="出具志愿服务记录证明 Issue a certificate",
    refusals=("claimant.unknown", "charity.unknown", "certificate.days_wrong", "certificate.nothing_to_certify"),
)  # fmt: skip
async def issue_certificate(call: Call[AskForCertificate]) -> Ask:
    """Free, to the claimant itself or by the charity for it; over verified deeds alone."""
    claimant, body = call.path_id("claimant_id"), call.body
    call.permit(owners=(claimant, body.charity_id))
    row = await call.fetchrow(WHO, call.county, claimant)
    if row is None:
        raise Rejected("claimant.unknown")
    opened = await call.vault.open(claimant, {"name": Sealed(box=row["name_box"])}, purpose="出具志愿服务记录证明")
    name, salt, key = opened["name"], secrets.token_hex(SALT_BYTES), signer(call)
    boxes = await call.vault.seal(claimant, {"certificate_name": name, "certificate_salt": salt})
    holder = certificate.Holder(
        claimant=claimant,
        name=boxes["certificate_name"],
        salt=boxes["certificate_salt"],
        masked=masked(name),
        digest=holder_digest(salt, name),
    )
    command = certificate.Issue(
        holder=holder,
        charity=body.charity_id,
        first=body.first,
        last=body.last,
        today=calendar.day_of(call.at),
        key_id=key.key_id,
        public_key=key.public_key,
        at=call.at,
    )
    step = Step(decider=certificate.decider, stream=call.new_id("certificate"), command=command)

    def answer(outcomes: tuple[Outcome, ...]) -> CertificateIssued:
        issued = outcomes[0].state.issued
        number = number_of(call.county, issued.issued_on.year, issued.number)
        return CertificateIssued(number=number, deeds=len(issued.deeds), pieces=issued.pieces, minutes=issued.minutes)

    return call.ask(step, answer=answer)


@routes.get(
    "/v1/certificates/{number}/document", answer=CertificateDocument, filters={"purpose": str}, required=("purpose",),
    scope="personal.read", summary="证明原文（留痕） The signed document with the holder's name; the read is logged",
)  # fmt: skip
async def certificate_document(call: Call[None]) -> dict[str, Any] | None:
    """For the holder and the charity."""
    row = await _of_the_county(call)
    if row is None:
        return None
    statement, signature = signed_again(call, row)
    sealed = {"certificate_name": Sealed(box=row["name_box"]), "certificate_salt": Sealed(box=row["salt_box"])}
    opened = await call.vault.open(row["claimant"], sealed, purpose=call.query["purpose"])
    text = document_of(statement, signature, opened["certificate_name"], opened["certificate_salt"])
    return {"number": statement["number"], "standing": row["standing"], "document": text}


@routes.get(
    "/v1/certificates/{number}/qr", answer=CertificateCode, filters={"format": Literal["svg", "png"]},
    summary="证明的二维码 The QR code of a certificate",
)  # fmt: skip
async def certificate_code(call: Call[None]) -> dict[str, Any] | None:
    """The address where anybody checks it, with the check code: for the holder and the charity.

    It is the console's page for people, where one is configured, else this API's own answer. Both know every code.
    """
    row = await _of_the_county(call)
    if row is None:
        return None
    statement, signature = signed_again(call, row)
    address = f"{_where(call)}/{statement['number']}?check={signature[:CHECK_CHARACTERS]}"
    code, out = segno.make(address, error="m"), io.BytesIO()
    form = call.query.get("format", "svg")
    code.save(out, kind=form, scale=4, border=4)
    return {
        "number": statement["number"],
        "address": address,
        "svg": out.getvalue().decode() if form == "svg" else None,
        "png_base64": base64.b64encode(out.getvalue()).decode() if form == "png" else None,
    }


def _where(call: Call[None]) -> str:
    settings = call.running.settings
    if settings.console_url:
        return f"{settings.console_url.rstrip('/')}/{call.county}/certificates"
    return f"{(settings.public_url or settings.address('charity', PORT)).rstrip('/')}/v1/certificates"


async def _of_the_county(call: Call[None]) -> dict[str, Any] | None:
    """A certificate of the caller's own county, once the caller is permitted."""
    found = NUMBER.fullmatch(call.path["number"])
    if found is None or found[1] != call.county:
        return None
    row = await call.fetchrow(FIND, call.county, int(found[2]), int(found[3]))
    if row is not None:
        call.permit(owners=(row["claimant"], row["charity"]))
    return row


def signed_again(call: Call[Any], row: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The statement as it is signed with today's key; what it says is what was issued."""
    key = signer(call)
    statement = statement_of(call.county, row, key.key_id)
    return statement, key.sign(statement)
