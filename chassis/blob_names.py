"""What the store of pictures is called and says: keys of objects, the addresses of S3, its errors in words."""

from __future__ import annotations

import os
import re
from typing import NamedTuple
from urllib.parse import urlsplit

KEY = re.compile(r"[0-9A-Za-z-]{1,40}/[a-z]{1,40}/[0-9a-f]{64}")
ENDPOINTS = ("AWS_ENDPOINT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
NO_BUCKET = "NoSuchBucket"
_CODE = re.compile(r"<Code>([A-Za-z0-9.]{1,60})</Code>|\(code: ([A-Za-z0-9.]{1,60})\)")
_STATUS = re.compile(r"status code: ([1-5][0-9]{2})")
_SYSTEM = re.compile(r"([A-Za-z][A-Za-z ]{1,60}) \(os error [0-9]{1,4}\)")


class Why(NamedTuple):
    """Why a store failed: S3's own code, where it gave one, and words without anything else that it wrote."""

    code: str
    told: str


def name_of(county: str, service: str, digest: str) -> str:
    """The key of a content; ValueError where it would be another place."""
    key = f"{county}/{service}/{digest}"
    if not KEY.fullmatch(key):
        raise ValueError("a key is a county, a service and a SHA-256")
    return key


def why(error: BaseException) -> Why:
    """What an error of the store says; bodies of answers are not repeated: they tell names and what was signed."""
    if isinstance(error, TimeoutError):
        return Why("", "does not answer in time")
    text = str(error)
    if code := _CODE.search(text):
        named = code[1] or code[2]
        return Why(named, f"answers {named}")
    if status := _STATUS.search(text):
        return Why("", f"answers {status[1]}")
    if system := _SYSTEM.search(text):
        return Why("", system[1])
    if isinstance(error, OSError) and error.strerror:
        return Why("", error.strerror)
    return Why("", "does not answer")


def allows_http() -> bool:
    """Whether the operator's endpoint may be plain http."""
    return os.environ.get("AWS_ALLOW_HTTP", "").strip().lower() in ("true", "1", "yes", "on")


def check_endpoints() -> None:
    """ValueError where an endpoint is no address, or plain http that was not allowed.

    The client would panic on the first and say nothing of use about the second.
    """
    for name in ENDPOINTS:
        address = os.environ.get(name, "")
        parts = urlsplit(address)
        if address and not (parts.scheme in ("http", "https") and parts.hostname):
            raise ValueError(f"{name} is https://host, or http://host where AWS_ALLOW_HTTP=true")
        if parts.scheme == "http" and not allows_http():
            raise ValueError(f"{name} is plain http: use https, or set AWS_ALLOW_HTTP=true")
