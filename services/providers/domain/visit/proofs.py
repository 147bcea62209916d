"""In how many ways a visit is proved, and what a visit by phone is not asked for.

Ways: the person's one-time code, the place once, a photo, a signature (drawn, or the signer named by relation), a line
of the service register. The county's pack says which count for an item and how many there must be; ``phone`` among
them lets the item be served by phone, where neither place nor photo is asked (paper 004: 上门巡访或电话询访).
"""

from __future__ import annotations

from chassis.kernel import Rejected
from services.providers.domain.policy import Policy
from services.providers.domain.visit.codes import colour_of
from services.providers.domain.visit.words import Code, Mode, Noticed, Photo, SignedBy

NOT_BY_PHONE = frozenset(
    {"place_missing", "place_doubtful", "out_of_reach", "photos_missing", "photo_out_of_time", "receipt_missing"}
)
LACKING = "proof_missing"


def refuse_phone_unless_allowed(mode: Mode, item: str, policy: Policy) -> None:
    """``visit.phone_not_allowed`` where the pack does not name the phone for the item."""
    if mode == "phone" and not policy.proofs.by_phone(item):
        raise Rejected("visit.phone_not_allowed")


def refuse_unknown_photos(unknown: int, policy: Policy) -> None:
    """``visit.photo_unknown`` where pictures are to be uploaded before a visit names them."""
    if policy.proofs.uploaded and unknown:
        raise Rejected("visit.photo_unknown", unknown=unknown)


def ways(
    code: Code, placed: bool, photos: tuple[str, ...], evidence: tuple[Photo, ...], signed_by: SignedBy, line: str
) -> frozenset[str]:
    """The ways in which the visit is proved; a drawn signature and a page of the register are no photos of the work."""
    documents = {photo.sha256 for photo in evidence if photo.kind in ("signature", "register_page", "receipt")}
    drawn = any(photo.kind == "signature" for photo in evidence)
    page = any(photo.kind == "register_page" for photo in evidence)
    there = {
        "code": code in ("right", "given"),
        "place": placed,
        "photo": any(photo not in documents for photo in photos),
        "signature": drawn or bool(signed_by),
        "register": page or bool(line),
    }
    return frozenset(way for way, holds in there.items() if holds)


def weighed(
    noticed: tuple[Noticed, ...], shown: frozenset[str], mode: Mode, item: str, policy: Policy
) -> tuple[Noticed, ...]:
    """What was noticed, with ``proof_missing`` where too few ways are there, and for a visit by phone without what it
    is not asked for: the call proves itself by code, minutes and register."""
    if mode == "phone":
        return tuple(one for one in noticed if one.code not in NOT_BY_PHONE)
    if len(shown & policy.proofs.counting(item)) >= policy.proofs.at_least:
        return noticed
    return (*noticed, Noticed(code=LACKING, colour=colour_of(LACKING, policy.exceptions)))
