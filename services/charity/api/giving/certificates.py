"""Routes of certificates 志愿服务记录证明: issued free on request, shown to the holder, checked by anybody."""

from __future__ import annotations

import base64
import io
import secrets
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

import segno
from pydantic import Field

from chassis import signed
from chassis.auth import Caller
from chassis.http import Body, Call, Day, Id, Routes, field_class
from chassis.kernel import Rejected, Sealed
from chassis.keys import derived
from chassis.service import Ask, Outcome, Step
from services.charity.api.giving.document import (
    CHECK_CHARACTERS,
    NUMBER,
    Verdict,
    document_of,
    holder_digest,
    judge,
    number_of,
    statement_of,
)
from services.charity.api.giving.shapes import WHO
from services.charity.domain import calendar, certificate
from services.charity.domain.masking import masked

routes = Routes(tag="volunteering")
CONTACT = field_class("contact")
FIND = "select * from certificates where county = $1 and year = $2 and number = $3"
KEYS = "select distinct key_id, public_key from certificates where county = $1 order by key_id"
PORT = 8703
SALT_BYTES = 16
DOCUMENT_MAX = 20_000
Check = Annotated[str, Field(min_length=CHECK_CHARACTERS, max_length=CHECK_CHARACTERS)]
County = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?$", max_length=25)]


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


class CertificateShown(Body):
    """What anybody learns of a number. ``holder`` is masked, and told only to who gives the check code that stands in
    the certificate's QR. ``sha256`` is that of the signed statement."""

    number: str
    standing: Literal["valid", "revoked"]
    charity: str
    credit_code: str
    first: date
    last: date
    issued_on: date
    deeds: int
    pieces: int
    minutes: int
    sha256: str
    holder: str | None


class Verify(Body):
    """The document's text as it was given to the holder."""

    document: Annotated[str, Field(min_length=1, max_length=DOCUMENT_MAX)]


class Verified(Body):
    """Genuine or not, and why; ``revoked`` where it is genuine and true no more."""

    genuine: bool
    reason: Literal[Verdict, "revoked", "not_issued"]
    number: str | None


class PublicKey(Body):
    """A public key, base64url without padding; ``current`` signs what is asked for today."""

    key_id: str
    algorithm: str
    public_key: str
    current: bool


class PublicKeys(Body):
    """All keys under which certificates of the county were issued."""

    county: str
    keys: list[PublicKey]


def signer(call: Call[Any]) -> signed.Signer:
    """The county's key for certificates."""
    return signed.Signer(derived(call.running.settings, f"certificates {call.county}"))


def as_public(call: Call[Any], county: str) -> Call[Any]:
    """The call of somebody without a token, in the county that a number or a query names."""
    return replace(call, county=county, caller=Caller(subject="public", role="public", county=county))


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
    statement, signature = _signed(call, row)
    sealed = {"certificate_name": Sealed(box=row["name_box"]), "certificate_salt": Sealed(box=row["salt_box"])}
    opened = await call.vault.open(row["claimant"], sealed, purpose=call.query["purpose"])
    text = document_of(statement, signature, opened["certificate_name"], opened["certificate_salt"])
    return {"number": statement["number"], "standing": row["standing"], "document": text}


@routes.get(
    "/v1/certificates/{number}/qr", answer=CertificateCode, filters={"format": Literal["svg", "png"]},
    summary="证明的二维码 The QR code of a certificate",
)  # fmt: skip
async def certificate_code(call: Call[None]) -> dict[str, Any] | None:
    """The address where anybody checks it, with the check code: for the holder and the charity."""
    row = await _of_the_county(call)
    if row is None:
        return None
    statement, signature = _signed(call, row)
    base = call.running.settings.public_url or call.running.settings.address("charity", PORT)
    address = f"{base.rstrip('/')}/v1/certificates/{statement['number']}?check={signature[:CHECK_CHARACTERS]}"
    code, out = segno.make(address, error="m"), io.BytesIO()
    form = call.query.get("format", "svg")
    code.save(out, kind=form, scale=4, border=4)
    return {
        "number": statement["number"],
        "address": address,
        "svg": out.getvalue().decode() if form == "svg" else None,
        "png_base64": base64.b64encode(out.getvalue()).decode() if form == "png" else None,
    }


async def _of_the_county(call: Call[None]) -> dict[str, Any] | None:
    """A certificate of the caller's own county, once the caller is permitted."""
    found = NUMBER.fullmatch(call.path["number"])
    if found is None or found[1] != call.county:
        return None
    row = await call.fetchrow(FIND, call.county, int(found[2]), int(found[3]))
    if row is not None:
        call.permit(owners=(row["claimant"], row["charity"]))
    return row


def _signed(call: Call[Any], row: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The statement as it is signed with today's key; what it says is what was issued."""
    key = signer(call)
    statement = statement_of(call.county, row, key.key_id)
    return statement, key.sign(statement)


@routes.get(
    "/v1/certificates/{number}", answer=CertificateShown, public=True, filters={"check": Check},
    summary="核验证明 Check a certificate by its number",
)  # fmt: skip
async def check_certificate(call: Call[None]) -> dict[str, Any] | None:
    """Without a token. No name; with the check code of the QR the holder's masked name."""
    found = NUMBER.fullmatch(call.path["number"])
    if found is None:
        return None
    there = as_public(call, found[1])
    row = await there.fetchrow(FIND, there.county, int(found[2]), int(found[3]))
    if row is None:
        return None
    statement, signature = _signed(there, row)
    known = secrets.compare_digest(call.query.get("check", "").encode(), signature[:CHECK_CHARACTERS].encode())
    return {
        **{name: statement[name] for name in ("number", "charity", "credit_code", "deeds", "pieces", "minutes")},
        **{name: row[name] for name in ("standing", "first", "last", "issued_on")},
        "sha256": signed.digest(statement),
        "holder": row["masked"] if known else None,
    }


@routes.post(
    "/v1/certificates/verification", body=Verify, answer=Verified, public=True, keyless=True,
    summary="核验证明原文 Check a certificate's document",
)  # fmt: skip
async def verify_certificate(call: Call[Verify]) -> Verified:
    """Without a token: whether the text is what was issued, character for character, and still true."""
    text = call.body.document.rstrip("\n")
    number = _number_in(text)
    if number is None:
        return Verified(genuine=False, reason="not_a_certificate", number=None)
    there = as_public(call, number[1])
    keys = {one.key_id: one.public_key for one in await _keys(there)}
    verdict, statement = judge(text, keys)
    if statement is None:
        return Verified(genuine=False, reason=verdict, number=None)
    row = await there.fetchrow(FIND, there.county, int(number[2]), int(number[3]))
    if row is None or row["digest"] != statement["holder_sha256"]:
        return Verified(genuine=False, reason="not_issued", number=number[0])
    revoked = row["standing"] == "revoked"
    return Verified(genuine=not revoked, reason="revoked" if revoked else "genuine", number=number[0])


def _number_in(text: str) -> Any:
    """The number that the text names, found without trusting anything else of it."""
    at = text.find('"number":"')
    return NUMBER.match(text, at + len('"number":"')) if at >= 0 else None


@routes.get(
    "/v1/certificate-keys", answer=PublicKeys, public=True, filters={"county": County}, required=("county",),
    summary="证明的公钥 The public keys of certificates",
)  # fmt: skip
async def certificate_keys(call: Call[None]) -> PublicKeys:
    """With them anybody checks a document without asking us."""
    there = as_public(call, call.query["county"])
    return PublicKeys(county=there.county, keys=await _keys(there))


async def _keys(call: Call[Any]) -> list[PublicKey]:
    today = signer(call)
    known = {row["key_id"]: row["public_key"] for row in await call.fetch(KEYS, call.county)}
    known[today.key_id] = today.public_key
    return [
        PublicKey(key_id=name, algorithm=signed.ALGORITHM, public_key=key, current=name == today.key_id)
        for name, key in sorted(known.items())
    ]
