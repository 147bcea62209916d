"""What the bytes of an upload are, looked at before anything is decoded: kind, size in pixels, and where they end.

Only the structure that the formats' standards describe is walked (PNG third edition; ITU-T T.81, annex B; WebP, RFC
9649): a picture of 50,000 x 50,000 in a few kilobytes is refused by its header, and what is appended to a picture is
seen. What a camera itself appends and announces (a second picture in Multi-Picture Format) is no appended data: it is
dropped with the rest that is not the picture.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

from chassis.kernel import Rejected

Kind = Literal["jpeg", "png", "webp"]
MEDIA_TYPES: dict[str, Kind] = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp"}
_PNG = b"\x89PNG\r\n\x1a\n"
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_TEXT_LOOKED_AT = 65_536
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN, _END = 0xDA, 0xD9


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Kind, size, the bytes after the picture's end, and whether there are several pictures in one."""

    kind: Kind
    width: int
    height: int
    after: bytes = b""
    frames: bool = False


def look(content: bytes, media_type: str, pixels_max: int) -> Seen:
    """The picture's kind and size. Each thing that is no picture we take has a code of its own, see ``REFUSALS``."""
    seen = _walk(content)
    if seen.width < 1 or seen.height < 1:
        raise Rejected("photo.broken")
    if seen.width * seen.height > pixels_max:
        raise Rejected("photo.too_many_pixels", max_pixels=pixels_max)
    if seen.frames:
        raise Rejected("photo.more_than_one")
    if seen.after:
        raise Rejected("photo.trailing_data")
    if MEDIA_TYPES.get(media_type.partition(";")[0].strip().lower()) != seen.kind:
        raise Rejected("photo.type_wrong")
    return seen


def _walk(content: bytes) -> Seen:
    if not content:
        raise Rejected("photo.empty")
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith(_PNG):
            return _png(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except IndexError:
        raise Rejected("photo.broken") from None
    if content[4:8] == b"ftyp" and (content[8:12] in _HEIC or any(one in content[16:64] for one in _HEIC)):
        raise Rejected("photo.heic_not_taken")
    start = content[:_TEXT_LOOKED_AT].replace(b"\0", b"").lower()
    if b"<svg" in start:
        raise Rejected("photo.svg")
    raise Rejected("photo.not_a_picture")


def _number(content: bytes, at: int, size: int, order: Literal["big", "little"] = "big") -> int:
    part = content[at : at + size]
    if len(part) < size:
        raise IndexError
    return int.from_bytes(part, order)


def _png(content: bytes) -> Seen:
    """Chunks from IHDR to IEND, each with its checksum, which decoders forgive; ``acTL`` is an animation's."""
    if content[12:16] != b"IHDR":
        raise Rejected("photo.broken")
    width, height = _number(content, 16, 4), _number(content, 20, 4)
    at, frames = len(_PNG), False
    while at < len(content):
        name, start = content[at + 4 : at + 8], at + 4
        frames = frames or name == b"acTL"
        at += _number(content, at, 4) + 12
        if zlib.crc32(memoryview(content)[start : at - 4]) != _number(content, at - 4, 4):
            raise Rejected("photo.broken")
        if name == b"IEND":
            return Seen(kind="png", width=width, height=height, after=content[at:].strip(b"\0"), frames=frames)
    raise Rejected("photo.broken")


def _jpeg(content: bytes) -> Seen:
    """Segments to EOI; the frame header (SOFn) says the size, an APP2 segment ``MPF`` announces a second picture."""
    width = height = 0
    at, announced = 2, False
    while True:
        if _number(content, at, 1) != 0xFF:
            raise Rejected("photo.broken")
        marker = _number(content, at + 1, 1)
        if marker == 0xFF:
            at += 1
            continue
        at += 2
        if marker == _END:
            after = content[at:].strip(b"\0")
            camera = announced and after.startswith(b"\xff\xd8\xff") and b"PK\x05\x06" not in after
            return Seen(kind="jpeg", width=width, height=height, after=b"" if camera else after)
        if marker in _ALONE:
            continue
        size = _number(content, at, 2)
        if marker in _FRAMES:
            height, width = _number(content, at + 3, 2), _number(content, at + 5, 2)
        announced = announced or (marker == 0xE2 and content[at + 2 : at + 6] == b"MPF\0")
        at += size
        if marker == _START_OF_SCAN:
            at = _after_scan(content, at)
            if at == len(content):
                return Seen(kind="jpeg", width=width, height=height)


def _after_scan(content: bytes, at: int) -> int:
    """The next marker that is neither a stuffed 0xFF nor a restart; the end where the scan does not end."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        following = content[at + 1]
        if following not in (0x00, 0xFF) and following not in _ALONE:
            return at
        at += 1 if following == 0xFF else 2


def _webp(content: bytes) -> Seen:
    """The first chunk says the size; RIFF says where the file ends."""
    end = 8 + _number(content, 4, 4, "little")
    name, frames = content[12:16], False
    if name == b"VP8X":
        frames = bool(_number(content, 20, 1) & 0x02)
        width, height = _number(content, 24, 3, "little") + 1, _number(content, 27, 3, "little") + 1
    elif name == b"VP8L":
        bits = _number(content, 21, 4, "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif name == b"VP8 ":
        width, height = (_number(content, at, 2, "little") & 0x3FFF for at in (26, 28))
    else:
        raise Rejected("photo.broken")
    return Seen(kind="webp", width=width, height=height, after=content[end:].strip(b"\0"), frames=frames)
