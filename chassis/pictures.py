"""An uploaded picture, made safe: looked at, decoded whole, turned upright, made smaller, written anew as JPEG.

Nothing of the upload but its pixels goes on: no metadata, no trailer, no script. What a camera says of place and time
is read as declared facts; the place is rounded to a thousandth of a degree, which is a village and no house.
Decoding runs in a few threads of its own, so many at once, so many waiting, and each only so long.
"""

from __future__ import annotations

import asyncio
import io
import math
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from typing import Any

from PIL import ExifTags, Image, ImageOps

from chassis.config import Settings
from chassis.kernel import Rejected
from chassis.likeness import likeness
from chassis.picture_bytes import look
from chassis.problems import Refused

QUALITY = 85
PLACE_STEP_UDEG = 1_000
YEARS = range(2000, 2100)
CHINA = timezone(timedelta(hours=8))
"""Where a camera tells a time without its offset it means the clock on the wall here."""
Image.MAX_IMAGE_PIXELS = 50_000_000
"""A second wall behind ``picture_bytes.look``: at twice this the library itself refuses."""
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", message="Image appears to be a malformed MPO file")
_TAKEN, _OFFSET = 0x9003, 0x9011


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The picture as it is kept, and what is known of it. ``taken_at`` in UTC; place in micro-degrees."""

    content: bytes
    sha256: str
    original_sha256: str
    likeness: str
    width: int
    height: int
    taken_at: datetime | None
    latitude_udeg: int | None
    longitude_udeg: int | None


class _Readers:
    """Threads that read pictures; what waits is counted, so that pictures never fill the memory."""

    def __init__(self, at_once: int, waiting_max: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="picture")
        self._most = at_once + waiting_max
        self._taken = 0

    async def read(self, content: bytes, media_type: str, settings: Settings) -> Picture:
        if self._taken >= self._most:
            raise Refused("overloaded")
        self._taken += 1
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, remade, content, media_type, settings)
        work.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(work), settings.photo_decode_max_s)
        except TimeoutError:
            work.cancel()
            raise Rejected("photo.too_slow") from None

    def _done(self, work: asyncio.Future[Picture]) -> None:
        self._taken -= 1
        if not work.cancelled():
            work.exception()


@lru_cache(maxsize=4)
def _readers(at_once: int, waiting_max: int) -> _Readers:
    return _Readers(at_once, waiting_max)


async def read(content: bytes, media_type: str, settings: Settings) -> Picture:
    """The picture of an upload, off the event loop. Rejected with ``photo.*``, Refused with ``overloaded``."""
    return await _readers(settings.photos_at_once, settings.photos_waiting_max).read(content, media_type, settings)


def remade(content: bytes, media_type: str, settings: Settings) -> Picture:
    """The same, here and now."""
    look(content, media_type, settings.photo_max_pixels)
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            declared = _declared(opened)
            upright = _upright(opened, settings.photo_side_max)
    except Image.DecompressionBombError:
        raise Rejected("photo.too_many_pixels", max_pixels=settings.photo_max_pixels) from None
    except Exception:
        # A decoder fails in many ways on bytes that were made to hurt it; to the caller they are all one.
        raise Rejected("photo.broken") from None
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=QUALITY)
    kept = written.getvalue()
    return Picture(
        content=kept,
        sha256=sha256(kept).hexdigest(),
        original_sha256=sha256(content).hexdigest(),
        likeness=likeness(upright),
        width=upright.width,
        height=upright.height,
        taken_at=declared[0],
        latitude_udeg=declared[1],
        longitude_udeg=declared[2],
    )


def _upright(opened: Image.Image, side_max: int) -> Image.Image:
    """Decoded whole, in RGB on white, turned as the camera says, its longer side at most ``side_max``."""
    opened.draft("RGB", (side_max, side_max))
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    upright: Image.Image = opened
    if opened.mode.startswith("I"):
        upright = opened.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in opened.mode or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    upright = upright.convert("RGB")
    upright.thumbnail((side_max, side_max), Image.Resampling.LANCZOS)
    return upright


def _declared(opened: Image.Image) -> tuple[datetime | None, int | None, int | None]:
    """Time and place as the camera says; what cannot be read was not said."""
    with suppress(Exception):
        exif = opened.getexif()
        taken_at = _time(exif.get_ifd(ExifTags.IFD.Exif))
        return taken_at, *_place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return None, None, None


def _time(exif: dict[int, Any]) -> datetime | None:
    with suppress(Exception):
        told = datetime.strptime(str(exif[_TAKEN]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        offset = str(exif.get(_OFFSET, "")).strip("\0 ")
        zone = datetime.strptime(offset, "%z").tzinfo if offset else CHINA
        if told.year in YEARS:
            return told.replace(tzinfo=zone).astimezone(UTC)
    return None


def _place(gps: dict[int, Any]) -> tuple[int | None, int | None]:
    """Rounded; 0° 0' is what a receiver says that has not found itself."""
    with suppress(Exception):
        latitude = _degrees(gps[2], str(gps[1]).strip("\0 ") == "S")
        longitude = _degrees(gps[4], str(gps[3]).strip("\0 ") == "W")
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0):
            return _rounded(latitude), _rounded(longitude)
    return None, None


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(whole):
        raise ValueError("no place")
    return -whole if negative else whole


def _rounded(degrees: float) -> int:
    return round(degrees * 1_000_000 / PLACE_STEP_UDEG) * PLACE_STEP_UDEG
