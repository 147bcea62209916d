"""Routes without a token: anybody checks a certificate, by its number, its code or its text, and finds the keys."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from chassis import signed
from chassis.auth import Caller
from chassis.http import Body, Call, Routes
from services.charity.api.giving.certificates import FIND, signed_again, signer
from services.charity.api.giving.document import CHECK_CHARACTERS, NUMBER, Verdict, judge

routes = Routes(tag="volunteering")
KEYS = "select distinct key_id, public_key from certificates where county = $1 order by key_id"
DOCUMENT_MAX = 20_000
Check = Annotated[str, Field(min_length=CHECK_CHARACTERS, max_length=CHECK_CHARACTERS)]
County = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{6,12}(-[0-9a-z]{1,12})?$", max_length=25)]


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


def as_public(call: Call[Any], county: str) -> Call[Any]:
    """The call of somebody without a token, in the county that a number or a query names."""
    return replace(call, county=county, caller=Caller(subject="public", role="public", county=county))


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
    statement, signature = signed_again(there, row)
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
