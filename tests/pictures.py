"""Generated pictures, and files that are none, made of bytes where they are needed: nothing binary lies here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def scene(seed: int, width: int = 640, height: int = 480) -> Image.Image:
    """Soft shapes with the grain of a camera, the same for a seed."""
    grown = np.random.default_rng(seed)
    coarse = Image.fromarray(grown.integers(0, 255, (6, 8, 3), dtype=np.uint8))
    soft = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    grain = grown.integers(-20, 20, (height, width, 3))
    return Image.fromarray((soft + grain).clip(0, 255).astype(np.uint8))


def encoded(picture: Image.Image, form: str = "JPEG", **how: Any) -> bytes:
    """The bytes of a picture in a format."""
    written = io.BytesIO()
    picture.save(written, form, **how)
    return written.getvalue()


def photo(seed: int = 1, **how: Any) -> bytes:
    """A small JPEG."""
    return encoded(scene(seed, 160, 120), **how)


def exif(taken: str = "2026:11:02 08:10:00", offset: str = "+08:00", place: bool = True, turned: int = 1) -> bytes:
    """What a camera notes: when, where (37° 37' 12.3456" N, 114° 55' 7.89" E), how it was held."""
    told = Image.Exif()
    told[0x0112] = turned
    told.get_ifd(0x8769).update({0x9003: taken} | ({0x9011: offset} if offset else {}))
    if place:
        told.get_ifd(0x8825).update({1: "N", 2: (37.0, 37.0, 12.3456), 3: "E", 4: (114.0, 55.0, 7.89)})
    return told.tobytes()


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_header(width: int, height: int) -> bytes:
    """A PNG's first chunk: eight bits of grey."""
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def huge_png(side: int = 50_000) -> bytes:
    """So many pixels in a few megabytes of nothing, compressed to a few kilobytes by its rows being all the same."""
    packed = zlib.compressobj(9)
    row = b"\0" * (side + 1)
    rows = b"".join(packed.compress(row) for _ in range(200)) + packed.flush()
    return png_header(side, side) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A zip with a script in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("run.sh", "rm -rf /")
    return written.getvalue()


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0" + b"mif1heic" + b"\0" * 64


def animation(form: str = "PNG") -> bytes:
    """Two frames in one file."""
    return encoded(scene(1, 32, 32), form, save_all=True, append_images=[scene(2, 32, 32)], duration=100)
