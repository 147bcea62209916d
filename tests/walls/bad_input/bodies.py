"""Bodies that are no unambiguous JSON, thrown at a command of every service: the reader refuses before any model."""

from __future__ import annotations

from collections.abc import Iterator

from tests.walls.bad_input.case import Case, sent, to_json
from tests.walls.bad_input.templates import EVERY_SERVICE

Fault = tuple[str, str, bytes]
"""What it is, its code, and what is put behind the first brace of a good body."""

WITHIN: tuple[Fault, ...] = (
    ("not a number", "body.not_finite", b'"x": NaN, '),
    ("infinity", "body.not_finite", b'"x": Infinity, '),
    ("minus infinity", "body.not_finite", b'"x": [-Infinity], '),
    ("a number beyond all floats", "body.not_finite", b'"x": 1e999, '),
    ("a lone high surrogate", "body.surrogate", rb'"x": "\ud800", '),
    ("a lone low surrogate in a key", "body.surrogate", rb'"\udfff": 1, '),
    ("surrogates the wrong way round", "body.surrogate", rb'"x": "\udc00\ud800", '),
    ("a surrogate in bytes", "body.not_utf8", b'"x": "\xed\xa0\x80", '),
    ("bytes of Latin-1", "body.not_utf8", b'"x": "\xe9t\xe9", '),
    ("an overlong form of a slash", "body.not_utf8", b'"x": "\xc0\xaf", '),
    ("a character beyond Unicode", "body.not_utf8", b'"x": "\xf4\x90\x80\x80", '),
    ("bytes of GBK", "body.not_utf8", '"x": "赵某", '.encode("gbk")),
    ("a key twice", "body.duplicate_key", b'"x": 1, "x": 1, '),
    ("a key twice in an object within a list", "body.duplicate_key", b'"x": [{"y": {"z": 1, "z": 2}}], '),
    ("a key twice, once escaped", "body.duplicate_key", rb'"x": 1, "\u0078": 2, '),
    ("a key twice with space before the colon", "body.duplicate_key", b'"x" : 1, "x" : 2, '),
    ("the empty key twice", "body.duplicate_key", b'"": 1, "": 2, '),
    ("a NUL as it is", "body.nul", b'"x": "a\0b", '),
    ("an escaped NUL", "body.nul", rb'"x": "a\u0000b", '),
    ("an escaped NUL in a key", "body.nul", rb'"a\u0000": 1, '),
    ("lists nested too deeply", "body.too_deep", b'"x": ' + b"[" * 25 + b"]" * 25 + b", "),
    ("objects nested too deeply", "body.too_deep", b'"x": ' + b'{"y": ' * 25 + b"1" + b"}" * 25 + b", "),
    ("lists nested a hundred thousand times", "body.too_deep", b'"x": ' + b"[" * 100_000 + b"]" * 100_000 + b", "),
    ("a number of ten thousand digits", "body.number_too_long", b'"x": ' + b"9" * 10_000 + b", "),
    ("a leading zero", "body.malformed", b'"x": 01, '),
    ("a plus sign", "body.malformed", b'"x": +1, '),
    ("a hexadecimal number", "body.malformed", b'"x": 0x1F, '),
    ("a number that ends with its point", "body.malformed", b'"x": 1., '),
    ("full-width digits as a number", "body.malformed", '"x": １００, '.encode()),
    ("a single-quoted text", "body.malformed", b"'x': 1, "),
    ("an unquoted key", "body.malformed", b"x: 1, "),
    ("a comment", "body.malformed", b"/* x */ "),
    ("a comma too many", "body.malformed", b'"x": [1,], '),
    ("a line break within a text", "body.malformed", b'"x": "a\nb", '),
    ("half an escape", "body.malformed", rb'"x": "\u12", '),
    ("an unknown escape", "body.malformed", rb'"x": "\q", '),
    ("a capital True", "body.malformed", b'"x": True, '),
)


def within(fault: bytes, good: bytes) -> bytes:
    """``good`` with ``fault`` behind its first brace."""
    return good[:1] + fault + good[1:]


def _whole(good: bytes) -> Iterator[Fault]:
    text = good.decode()
    yield "nothing", "body.missing", b""
    yield "white space only", "body.malformed", b" \r\n"
    yield "a byte order mark", "body.byte_order_mark", b"\xef\xbb\xbf" + good
    yield "UTF-16 with its mark", "body.not_utf8", text.encode("utf-16")
    yield "UTF-16 without a mark", "body.not_utf8", text.encode("utf-16-le")
    yield "UTF-16, the big end first", "body.not_utf8", text.encode("utf-16-be")
    yield "UTF-32", "body.not_utf8", text.encode("utf-32-le")
    yield "half of it", "body.malformed", text[: len(text) // 2].encode()
    yield "something behind it", "body.malformed", good + b" true"
    yield "a NUL behind it", "body.nul", good + b"\0"
    yield "two of it", "body.malformed", good + good
    yield "a form", "body.malformed", b"amount_fen=100&fund=county_budget"
    yield "a list of it", "body.invalid", b"[" + good + b"]"
    yield "null", "body.invalid", b"null"
    yield "a text", "body.invalid", b'"' + b"x" * 20 + b'"'
    yield "a number", "body.invalid", b"1"
    yield "true", "body.invalid", b"true"


def cases() -> list[Case]:
    """Every fault at every service."""
    found = []
    for service, template in EVERY_SERVICE.items():
        good = to_json(template.body).encode()
        faults = [(f"a body with {name}", code, within(fault, good)) for name, code, fault in WITHIN]
        instead = [(f"{name} instead of a body", code, raw) for name, code, raw in _whole(good)]
        for name, code, raw in (*faults, *instead):
            status = 422 if code == "body.invalid" else 400
            found.append(sent(f"{service}: {name}", template, code, status, raw=raw))
    return found
