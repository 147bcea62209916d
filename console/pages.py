"""What a page is made from, and how it is sent: a template with its values, always with the same headers.

Everything a template shows is escaped; there is no script, no cookie, and nothing from another origin.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.types import Send

from chassis.http.answers import Header

HERE = Path(__file__).parent
POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS: tuple[Header, ...] = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-robots-tag", b"noindex"),
)
NO_STORE: Header = (b"cache-control", b"no-store")
KEPT: Header = (b"cache-control", b"public, max-age=86400")
"""Of a file of ours: it is asked for by a name that changes with what is in it."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An answer to be: the template with its values, or where to go on (``to``)."""

    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    to: str = ""
    retry_s: int = 0


@dataclass(frozen=True)
class File:
    """A file of ours as it is sent."""

    kind: bytes
    body: bytes


class Pages:
    """All templates and files, read once."""

    def __init__(self) -> None:
        self.files = {f"/static/{path.name}": _file(path) for path in sorted((HERE / "static").iterdir())}
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["file"] = self._named

    def html(self, shown: Shown) -> bytes:
        """The page's bytes."""
        return self._templates.get_template(f"{shown.template}.html").render(shown.values).encode()

    def _named(self, name: str) -> str:
        """The address of a file of ours, which changes with what is in it."""
        path = f"/static/{name}"
        return f"{path}?v={sha256(self.files[path].body).hexdigest()[:8]}"


def _file(path: Path) -> File:
    kind = mimetypes.types_map[path.suffix]
    return File(f"{kind}; charset=utf-8".encode(), path.read_bytes())


async def send(
    send: Send, status: int, kind: bytes, body: bytes, *headers: Header, request: str, head: bool = False
) -> None:
    """Send an answer; of one to HEAD only its head."""
    told = [*ALWAYS, (b"content-type", kind), (b"content-length", b"%d" % len(body)), *headers]
    told.append((b"x-request-id", request.encode()))
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if head else body})
