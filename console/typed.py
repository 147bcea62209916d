"""What people type, read as they mean it: full-width digits, blanks, hyphens of all kinds, letters large or small."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs
from uuid import UUID

from chassis.problems import Refused

FIELDS_MAX = 40
KIND = b"application/x-www-form-urlencoded"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BETWEEN = re.compile(r"[\s\-‐-―−_.·・,，、。—ー]+")
_HYPHENS = re.compile(r"[‐-―−—ー_]")
_HEX = re.compile(r"[0-9a-f]{32}")

Form = Mapping[str, Sequence[str]]


def form_of(raw: bytes) -> Form:
    """The fields of a form or a query (UTF-8, percent-encoded); ``body.malformed`` where there are too many."""
    try:
        found = parse_qs(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError:
        raise Refused("body.malformed") from None
    return {name: [_CONTROL.sub("", value) for value in values] for name, values in found.items()}


def only(form: Form, name: str) -> str:
    """The one value of a field; of one that is said twice, or not at all, nothing."""
    values = form.get(name, ())
    return values[0].strip() if len(values) == 1 else ""


def digits(text: str) -> str:
    """The text without what people put between digits."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def reference(text: str) -> UUID | None:
    """A visit's reference, with or without its hyphens."""
    plain = digits(text).lower()
    return UUID(plain) if _HEX.fullmatch(plain) else None


def number(text: str) -> str:
    """A certificate's number: plain hyphens, no blanks."""
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", "", plain)
