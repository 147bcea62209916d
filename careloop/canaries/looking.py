"""The search: whether bytes hold one of the texts, plain or in another coat, coat within coat.

Coats are taken off, not put on: every run of letters that may be base64 (RFC 4648, both alphabets, at each of the four
offsets) or hexadecimal is decoded, every stream that begins as gzip, zlib, bzip2 or xz is expanded, and what comes out
is searched again. So it does not matter where in a coat the text begins.
"""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from base64 import b64decode
from binascii import Error, unhexlify
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

DEPTH = 3
"""So many coats are taken off, one within another."""
EXPANDED_MAX = 4_000_000
"""A stream is expanded to so many bytes at most."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(rb"[0-9a-fA-F]{16,}")
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|BZh[1-9]|\xfd7zXZ\x00")
_NUMBER = re.compile(r"[0-9X-]{6,}")
_DIGITS = re.compile(rb"[0-9Xx\x00-]{6,}")
"""What numbers are made of, and the zeros that stand between in UTF-16."""
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True)
class Needles:
    """The texts as bytes in the encodings they may be written in, by text.

    There are thousands of numbers and few other texts: every window of a run of digits is looked up among the numbers,
    each other text is searched for by itself.
    """

    forms: tuple[tuple[bytes, str], ...]
    numbers: Mapping[bytes, str]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Needles:
        """UTF-8, UTF-16 in both orders, and in small letters."""
        forms: dict[bytes, str] = {}
        numbers: dict[bytes, str] = {}
        for text in texts:
            if _NUMBER.fullmatch(text):
                numbers[text.encode()] = text
                continue
            for form in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), text.lower().encode()):
                forms[form] = text
        return cls(tuple(forms.items()), numbers, tuple(sorted({len(number) for number in numbers})))

    @property
    def count(self) -> int:
        """How many texts there are."""
        return len({text for _, text in self.forms}) + len(self.numbers)

    def inside(self, blob: bytes) -> set[str]:
        """The texts that stand in ``blob`` as they are."""
        texts = {text for form, text in self.forms if form in blob}
        return texts | set(self._numbers(blob)) if self.numbers else texts

    def _numbers(self, blob: bytes) -> Iterator[str]:
        for run in _DIGITS.finditer(blob):
            digits = run.group().translate(None, b"\0").upper()
            for length in self.lengths:
                for start in range(len(digits) - length + 1):
                    text = self.numbers.get(digits[start : start + length])
                    if text is not None:
                        yield text


def found(blob: bytes, needles: Needles) -> set[str]:
    """The texts that stand in ``blob``, in any coat."""
    texts: set[str] = set()
    for layer in _layers(blob, DEPTH):
        texts |= needles.inside(layer)
    return texts


def _layers(blob: bytes, depth: int) -> Iterator[bytes]:
    yield blob
    if depth:
        for inner in (*_from_base64(blob), *_from_hex(blob), *_expanded(blob)):
            yield from _layers(inner, depth - 1)


def _from_base64(blob: bytes) -> Iterator[bytes]:
    """All runs decoded at one offset stand together, apart by a zero, so that few bytes are searched often."""
    for offset in range(4):
        decoded = [_decode(run.group()[offset:]) for run in _BASE64.finditer(blob)]
        joined = b"\x00".join(part for part in decoded if part)
        if joined:
            yield joined


def _decode(run: bytes) -> bytes:
    whole = run[: len(run) // 4 * 4].translate(_URL_SAFE)
    rest = run[len(whole) :].translate(_URL_SAFE)
    try:
        return b64decode(whole) + (b64decode(rest + b"=" * (4 - len(rest))) if len(rest) > 1 else b"")
    except Error:
        return b""


def _from_hex(blob: bytes) -> Iterator[bytes]:
    for offset in range(2):
        decoded = []
        for run in _HEX.finditer(blob):
            digits = run.group()[offset:]
            decoded.append(unhexlify(digits[: len(digits) // 2 * 2]))
        if decoded:
            yield b"\x00".join(decoded)


def _expanded(blob: bytes) -> Iterator[bytes]:
    for begins in _STREAM.finditer(blob):
        stream = blob[begins.start() :]
        try:
            if stream.startswith(b"BZh"):
                yield bz2.BZ2Decompressor().decompress(stream, EXPANDED_MAX)
            elif stream.startswith(b"\xfd7zXZ"):
                yield lzma.LZMADecompressor().decompress(stream, EXPANDED_MAX)
            else:
                yield zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(stream, EXPANDED_MAX)
        except (zlib.error, OSError, EOFError, lzma.LZMAError):
            continue
