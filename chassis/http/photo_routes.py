"""The routes of photos, the same in every service that takes them: upload, the picture, what is known of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from chassis import photos, pictures
from chassis.blobs import Away, Missing, blobs_of
from chassis.config import Settings
from chassis.http.call import Call, Upload
from chassis.http.routes import Routes
from chassis.http.shapes import Body
from chassis.kernel import Rejected
from chassis.picture_bytes import MEDIA_TYPES
from chassis.service import Ask, Outcome, Reply, Service, Step

log = structlog.get_logger(__name__)

FIELD = "photo"
_SHOWN = (
    "select id, owner, sha256, original_sha256, phash, width, height, size, taken_at, latitude_udeg, longitude_udeg,"
    " kept_at, seen_before from photos where county = $1 and sha256 = $2 order by kept_at, id"
)


class PhotoPlace(Body):
    """Where the camera says it was, micro-degrees, rounded to a thousandth of a degree."""

    lat: int
    lon: int


class PhotoAnswer(Body):
    """The picture as it is kept, by the ``sha256`` of which a visit names it; ``taken_at`` and ``place`` are what the
    camera declared. ``seen_before``: it, or one nearly the same, had been uploaded before."""

    id: UUID
    sha256: str
    original_sha256: str
    phash: str
    width: int
    height: int
    bytes: int
    taken_at: datetime | None
    place: PhotoPlace | None
    seen_before: bool


class PhotoUpload(Body):
    """Who uploaded it when, from which original, and what the camera declared."""

    id: UUID
    owner: str
    original_sha256: str
    taken_at: datetime | None
    place: PhotoPlace | None
    kept_at: datetime
    seen_before: bool


class PhotoAlike(Body):
    """A photo that shows nearly the same: in how many of 64 bits the perceptual hashes differ."""

    sha256: str
    distance: int


class PhotoFacts(Body):
    """What is known of a picture, as far as the caller may see."""

    sha256: str
    phash: str
    width: int
    height: int
    bytes: int
    uploads: list[PhotoUpload]
    alike: list[PhotoAlike]


class _Reading:
    """The call's own tables, as a reader of ``known`` uses them."""

    def __init__(self, call: Call[Any]) -> None:
        self.county = call.county
        self.fetch = call.fetch
        self.policies = call.policies


def photo_routes(service: str) -> Routes:
    """The three routes of ``service``."""
    routes = Routes(tag="photos")
    decider = photos.decider(service)

    @routes.upload("/v1/photos", media=MEDIA_TYPES, answer=PhotoAnswer, status=201, summary="上传照片 Upload a photo")
    async def upload_photo(call: Call[Upload]) -> Ask:
        """A picture in the body. It is decoded and written anew; nothing else of the file is kept. The same original
        again has the same answer.
        """
        owner = call.caller.owner
        if not owner:
            raise Rejected("forbidden.owner")
        call.permit(owner=owner)
        picture = await pictures.read(call.body.content, call.body.media_type, call.running.settings)
        sealed = await call.vault.seal_bytes(photos.sealed_for(picture.sha256), FIELD, picture.content)
        try:
            await blobs_of(call.running.settings).put(call.county, service, picture.sha256, sealed)
        except Away as away:
            raise _refused(away, "put") from None
        command = photos.Keep(
            owner=owner,
            sha256=picture.sha256,
            original_sha256=picture.original_sha256,
            likeness=picture.likeness,
            width=picture.width,
            height=picture.height,
            size=len(picture.content),
            taken_at=picture.taken_at,
            latitude_udeg=picture.latitude_udeg,
            longitude_udeg=picture.longitude_udeg,
            by=call.caller.subject,
            at=call.at,
        )
        stream = photos.stream_of(owner, picture.original_sha256)
        return call.ask(Step(decider=decider, stream=stream, command=command), answer=_answer)

    @routes.get(
        "/v1/photos/{sha256}", answer=PhotoFacts, media="image/jpeg", filters={"purpose": str}, required=("purpose",),
        scope="personal.read", summary="照片（留痕） A photo; the read is logged",
        refusals=("photo.lost", "photo.store_away", "person.erased"),
    )  # fmt: skip
    async def one_photo(call: Call[None]) -> Reply | None:
        """The picture itself, for a stated purpose; the read is noted."""
        rows = await _seen(call)
        if not rows:
            return None
        digest = rows[0]["sha256"]
        try:
            sealed = await blobs_of(call.running.settings).get(call.county, service, digest)
        except Missing:
            raise Rejected("photo.lost") from None
        except Away as away:
            raise _refused(away, "get") from None
        content = await call.vault.open_bytes(photos.sealed_for(digest), FIELD, sealed, purpose=call.query["purpose"])
        return Reply(status=200, body=content, file=f"{digest}.jpg")

    @routes.get("/v1/photos/{sha256}/facts", answer=PhotoFacts, summary="照片的已知情况 What is known of a photo")
    async def photo_facts(call: Call[None]) -> dict[str, Any] | None:
        """Hashes, size, what the camera declared, who uploaded it, and which photos show nearly the same."""
        rows = await _seen(call)
        if not rows:
            return None
        first = rows[0]
        (near,) = await photos.alike(_Reading(call), [first["phash"]], photos.ALIKE_DEFAULT)
        own = {row["owner"] for row in rows} if call.caller.owner else None
        others = {one.sha256: one.distance for one in near if own is None or one.owner in own}
        others.pop(first["sha256"], None)
        return {
            "sha256": first["sha256"], "phash": first["phash"], "width": first["width"], "height": first["height"],
            "bytes": first["size"], "uploads": [_upload(row) for row in rows],
            "alike": [{"sha256": digest, "distance": bits} for digest, bits in others.items()],
        }  # fmt: skip

    return routes


def store_doubts(service: Service, settings: Settings) -> dict[str, Callable[[], Awaitable[object]]]:
    """What ``/v1/readyz`` names of the store of a service that takes photos: only pictures need it, so it is a doubt.

    ValueError, at the start, for an address that is none.
    """
    if photos.category(service.name) not in service.known:
        return {}
    if settings.blobs:
        with suppress(Away):
            blobs_of(settings)

    async def answering() -> None:
        await blobs_of(settings).answering()

    return {"pictures": answering}


def _refused(away: Away, asked: str) -> Rejected:
    """Nothing was recorded: the same request again, with the same key, is as good as the first."""
    log.error("photo.store_away", asked=asked, why=away.why.told)
    return Rejected("photo.store_away")


async def _seen(call: Call[Any]) -> list[dict[str, Any]]:
    """The uploads of the picture that the caller may see: of those with an owner only its own."""
    rows = await call.fetch(_SHOWN, call.county, call.path["sha256"])
    owner = call.caller.owner
    own = [row for row in rows if row["owner"] == owner] if owner else rows
    call.permit(owner=own[0]["owner"] if own else None)
    return own


def _answer(outcomes: tuple[Outcome, ...]) -> PhotoAnswer:
    state: photos.Kept = outcomes[0].state
    return PhotoAnswer(
        id=outcomes[0].stream,
        sha256=state.sha256,
        original_sha256=state.original_sha256,
        phash=state.likeness,
        width=state.width,
        height=state.height,
        bytes=state.size,
        taken_at=state.taken_at,
        place=_place(state.latitude_udeg, state.longitude_udeg),
        seen_before=state.seen_before,
    )


def _upload(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "place": _place(row["latitude_udeg"], row["longitude_udeg"])}


def _place(latitude: int | None, longitude: int | None) -> PhotoPlace | None:
    return None if latitude is None or longitude is None else PhotoPlace(lat=latitude, lon=longitude)
