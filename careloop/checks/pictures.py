"""The store of pictures: whether it takes, gives back and keeps what it has, tried with a probe of a few bytes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from careloop.checks.finding import Finding, failed, ok, warned
from chassis.blob_names import NO_BUCKET
from chassis.blobs import Away, Blobs, Missing, address_of, blobs_of
from chassis.config import Settings

WHAT = "pictures"
PROBE = b"careloop doctor looked here"
NAME = ("doctor", "probe", sha256(PROBE).hexdigest())
"""Always the same, so that a user who may not delete leaves one probe and no more."""
HINTS = {
    NO_BUCKET: "make the bucket, or mend CARELOOP_BLOBS",
    "AccessDenied": "is the bucket there, and may its user PutObject, GetObject and ListBucket?",
    "InvalidAccessKeyId": "mend AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "mend AWS_SECRET_ACCESS_KEY",
    "RequestTimeTooSkewed": "set this machine's clock",
    "NotImplemented": "set AWS_CONDITIONAL_PUT=disabled if the server knows no If-None-Match",
}
SILENT = "is it there? look at AWS_ENDPOINT, AWS_REGION, the credentials, the network, the disk"
UNTIL_THEN = "; until then uploads are answered 503"


async def pictures(settings: Settings) -> list[Finding]:
    """One finding; a folder that the first picture will make is not made here."""
    address = address_of(settings)
    if not settings.blobs and not Path(unquote(urlsplit(address).path)).exists():
        return [ok(WHAT, f"{address} is not there yet; the first picture makes it")]
    try:
        return [await _tried(blobs_of(settings), address)]
    except ValueError as error:
        return [failed(WHAT, str(error), "mend it: no service with photos starts so")]
    except Away as away:
        return [_wrong(address, "cannot be opened", away)]


async def _tried(blobs: Blobs, address: str) -> Finding:
    try:
        await blobs.put(*NAME, PROBE)
    except Away as away:
        return _wrong(address, "cannot be written", away)
    try:
        if await blobs.get(*NAME) != PROBE:
            raise Missing
        first_stays = not await blobs.put(*NAME, PROBE)
    except Missing:
        return failed(WHAT, f"{address} does not give back what it took", "it is no S3, or something cleans it up")
    except Away as away:
        return _wrong(address, "cannot be read", away)
    try:
        await blobs.remove(*NAME)
        kept = "the probe was taken away again"
    except Away:
        kept = "may not delete, so the probe stays"
    if not first_stays:
        told = f"{address} writes and reads, but overwrites what is there; {kept}"
        return warned(WHAT, told, "harmless: both open to the same picture; it knows no If-None-Match, or is not asked")
    return ok(WHAT, f"{address} writes, reads, keeps the first; {kept}")


def _wrong(address: str, how: str, away: Away) -> Finding:
    return failed(WHAT, f"{address} {how}: {away.why.told}", HINTS.get(away.why.code, SILENT) + UNTIL_THEN)
