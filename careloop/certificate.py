"""``careloop certificate verify``: whether a certificate of volunteer service is genuine, without asking anybody.

Needs the document as the holder has it, and the county's public keys: the answer of ``GET /v1/certificate-keys``, kept
as a file. Whether it was revoked since, only the county's service knows.
"""

from __future__ import annotations

import json
from pathlib import Path

from careloop.output import err, out
from services.charity.api.giving.document import judge

REASONS = {
    "not_a_certificate": "不是志愿服务记录证明 not a certificate",
    "unknown_key": "不是该县的密钥签的 not signed with any of these keys",
    "altered": "内容被改动 altered",
    "holder_altered": "持有人被改动 the holder was altered",
}


def verify(file: Path, keys: Path) -> int:
    """Print what it certifies, or why it is not genuine: then 1; 2 where a file cannot be read."""
    try:
        text = file.read_text(encoding="utf-8").rstrip("\n")
        known = {one["key_id"]: one["public_key"] for one in json.loads(keys.read_text(encoding="utf-8"))["keys"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        err.print(f"{type(error).__name__}: {error}", markup=False)
        return 2
    verdict, statement = judge(text, known)
    if statement is None:
        out.print(f"{file}: {REASONS[verdict]}", markup=False)
        return 1
    said = ", ".join(f"{name} {statement[name]}" for name in ("number", "first", "last", "deeds", "minutes"))
    out.print(f"{file}: genuine 真实: {said}", markup=False)
    return 0
