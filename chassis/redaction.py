"""What a log may not say: keys that name personal data or credentials, and values that look like them, at any depth.

Told apart by key: dropped whole. Told apart by look, in any text, also inside a sentence, an exception or a key:
citizen identity numbers (GB 11643, 18 digits or X, and the old 15), mobile numbers, bank cards (ISO/IEC 7812, 13 to 19
digits), bearer and basic credentials, JSON web tokens, API keys (``clk_…``), passwords in addresses. Digits may be
full-width and grouped by blanks or hyphens. UUIDs, trace ids and digests stay: they lead to what happened, and tell
of nobody by themselves.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

DROPPED = frozenset(
    {
        "name", "names", "id_number", "id_card", "idcard", "identity", "phone", "mobile", "tel", "telephone", "address",
        "birthday", "birth_date", "account", "card", "bank_card", "token", "authorization", "cookie", "password",
        "passwd", "secret", "credentials", "body", "payload", "state", "box", "guardian", "contact", "diagnosis",
    }
)  # fmt: skip
"""Keys that never reach a log, whatever their case and however they are joined (``idNumber``, ``id-number``)."""

_DROPPED_ENDS = re.compile(
    r"(?:^|_)(?:id_?(?:number|card|no)|phone|mobile|telephone|address|token|secret|password|account|card_number|api_key"
    r"|private_key|real_name|full_name|person_name|family_name|given_name)s?$"
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
HIDDEN = "#"

_DIGIT = "[0-9０-９]"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = f"(?<!{_DIGIT})", f"(?!{_DIGIT})"
_GROUPED = rf"{_DIGIT}(?:[ \-\u00a0]?{_DIGIT})"
_LOOKS = re.compile(
    r"(?P<kept>(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9a-f]{32}|[0-9a-f]{64})"
    r"(?![0-9A-Za-z]))"
    r"|(?:[Bb]earer|[Bb]asic)\s+[^\s\"',;]+"
    r"|clk_[0-9A-Za-z_\-]+"
    r"|eyJ[0-9A-Za-z_\-]+(?:\.[0-9A-Za-z_\-]*){1,4}"
    r"|(?<=://)[^\s/@:]*:[^\s/@]*(?=@)"
    rf"|{_NO_DIGIT_BEFORE}{_GROUPED}{{16}}[ \-]?[0-9０-９XxＸｘ]{_NO_DIGIT_AFTER}"
    rf"|{_NO_DIGIT_BEFORE}{_GROUPED}{{12,18}}{_NO_DIGIT_AFTER}"
    rf"|{_NO_DIGIT_BEFORE}[1１][ \-]?[3-9３-９](?:[ \-]?{_DIGIT}){{9}}{_NO_DIGIT_AFTER}"
)
DEPTH_MAX = 12
"""What is nested deeper is not told."""
_ENOUGH = 10
"""No text of so few characters holds a person's number."""


def is_dropped(key: str) -> bool:
    """Whether a key names what is not logged."""
    plain = _HUMP.sub("_", key).replace("-", "_").replace(".", "_").replace(" ", "_").lower()
    return plain in DROPPED or _DROPPED_ENDS.search(plain) is not None


def clean_text(text: str) -> str:
    """The text with everything that looks like a person's number or a credential hidden."""
    if len(text) <= _ENOUGH and "clk_" not in text and "://" not in text and " " not in text:
        return text
    return _LOOKS.sub(_hide, text)


def clean(value: Any, depth: int = 0) -> Any:
    """A value as it may be logged: plain numbers, texts, lists and mappings; anything else as its cleaned text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float):
        return value if not math.isfinite(value) or abs(value) < 10**_ENOUGH else HIDDEN
    if isinstance(value, int):
        return value if clean_text(text := str(value)) == text else HIDDEN
    if isinstance(value, bytes | bytearray | memoryview):
        return f"{len(value)} bytes"
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        if depth >= DEPTH_MAX:
            return HIDDEN
        if isinstance(value, Mapping):
            return {
                clean_text(str(key)): clean(inner, depth + 1)
                for key, inner in value.items()
                if not is_dropped(str(key))
            }
        return [clean(inner, depth + 1) for inner in value]
    return clean_text(_text_of(value))


def _text_of(value: object) -> str:
    try:
        return str(value)
    except Exception:
        return type(value).__qualname__


def _hide(found: re.Match[str]) -> str:
    return found["kept"] or HIDDEN
