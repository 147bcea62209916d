"""One form for what is hashed or signed: RFC 8785 JSON of texts, whole numbers, true, false, null, lists and objects.

Whole numbers stay below 2**53, where every JSON reader agrees about them; what is hashed here has no fractions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

EXACT_MAX = 2**53


def canonical(value: Any) -> bytes:
    """The bytes of RFC 8785; raises ValueError for a number that is no exact whole one."""
    return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, lower-case hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def _sorted(value: Any) -> Any:
    """Keys in order of their UTF-16 code units, as RFC 8785 section 3.2.3 has it."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: str(key).encode("utf-16-be"))}
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and -EXACT_MAX < value < EXACT_MAX:
        return value
    if isinstance(value, list | tuple):
        return [_sorted(one) for one in value]
    raise ValueError(f"a {type(value).__name__} has no exact form here")
