"""Photos by what they are: one decider every service with uploads has, its table, and what is like what.

A photo is one owner's upload of one original. The picture itself lies in ``blobs``, sealed; here are its hashes, its
size and what the camera declared. Another's picture uploaded again is taken, for it may be the proof of a fraud, and
it is known from then on that it was seen before.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.kernel import Decider, topics
from chassis.likeness import bands, distance, near_bands
from chassis.service import Reading, Step, View
from chassis.tables import walls

NAMESPACE = uuid.UUID("7d2b4f1c-6a38-5e90-9b1d-3f5a7c9e1b20")
ALIKE_DEFAULT = 6
"""Hashes that differ in at most so many of their 64 bits are of one picture, for the word ``seen_before``."""
_NEAR = (
    "select id, owner, sha256, original_sha256, phash from photos where county = $1 and ("
    "band_0 = any($2::int[]) or band_1 = any($3::int[]) or band_2 = any($4::int[]) or band_3 = any($5::int[]))"
)


@dataclass(frozen=True, kw_only=True)
class Keep:
    """Note an upload; hashes are lower-case hex, place in micro-degrees rounded to a thousandth of a degree."""

    owner: str
    sha256: str
    original_sha256: str
    likeness: str
    width: int
    height: int
    size: int
    taken_at: datetime | None
    latitude_udeg: int | None
    longitude_udeg: int | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The photo is there; ``seen_before``: its picture, or one nearly the same, had been uploaded before by anybody."""

    owner: str
    sha256: str
    original_sha256: str
    likeness: str
    width: int
    height: int
    size: int
    taken_at: datetime | None
    latitude_udeg: int | None
    longitude_udeg: int | None
    seen_before: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another photo that shows nearly the same; ``distance`` 0 to 7 bits."""

    id: UUID
    owner: str
    sha256: str
    distance: int


def decide(command: Keep, state: Kept | None, known: bool) -> list[Kept]:
    """Once an owner and original; ``known`` is whether the picture was seen before."""
    if state is not None:
        return []
    return [Kept(**vars(command), seen_before=known)]


def evolve(_state: Kept | None, event: Kept) -> Kept:
    """A photo never changes."""
    return event


def category(service: str) -> str:
    """The category of a service's photos."""
    return f"{service}.photo"


def decider(service: str) -> Decider[Keep, Kept | None, Kept, bool]:
    """The photo decider of a service."""
    named = category(service)
    return Decider(category=named, initial=None, decide=decide, evolve=evolve, events=topics(named, Kept))


def stream_of(owner: str, original_sha256: str) -> UUID:
    """The stream of an owner's upload: the same original again is the same photo."""
    return uuid.uuid5(NAMESPACE, f"{owner}/{original_sha256}")


def sealed_for(sha256: str) -> UUID:
    """Under whose key in the vault a picture is sealed: its own, so that destroying it erases the picture alone."""
    return uuid.uuid5(NAMESPACE, sha256)


def table(service: str) -> str:
    """The statements that make the table ``photos`` of a service, with its walls."""
    return (
        "create table photos (\n"
        "  county text not null, id uuid not null, owner text not null, sha256 text not null,\n"
        "  original_sha256 text not null, phash text not null, band_0 integer not null, band_1 integer not null,\n"
        "  band_2 integer not null, band_3 integer not null, width integer not null, height integer not null,\n"
        "  size integer not null, taken_at timestamptz, latitude_udeg integer, longitude_udeg integer,\n"
        "  kept_at timestamptz not null, kept_by text not null, seen_before boolean not null,\n"
        "  primary key (county, id)\n"
        ");\n"
        "create index photos_sha256 on photos (county, sha256);\n"
        + "".join(f"create index photos_band_{band} on photos (county, band_{band});\n" for band in range(4))
        + walls(service, "photos")
    )


def view(service: str) -> View:
    """The table ``photos``."""
    text = ("owner", "sha256", "original_sha256", "phash", "kept_by")
    whole = ("band_0", "band_1", "band_2", "band_3", "width", "height", "size", "latitude_udeg", "longitude_udeg")
    columns = {"id": "uuid", **dict.fromkeys(text, "text"), **dict.fromkeys(whole, "integer")}
    columns |= {"taken_at": "timestamptz", "kept_at": "timestamptz", "seen_before": "boolean"}
    return View(table="photos", category=category(service), columns=columns, row=_row)


def _row(stream: UUID, state: Kept) -> Mapping[str, Any]:
    told = {name: value for name, value in vars(state).items() if name not in ("likeness", "by", "at")}
    banded = {f"band_{place}": band for place, band in enumerate(bands(state.likeness))}
    kept = {"phash": state.likeness, "kept_at": state.at, "kept_by": state.by}
    return {"id": stream, **told, **banded, **kept}


async def known(read: Reading, steps: Sequence[Step]) -> Sequence[bool]:
    """Whether each picture, or one nearly the same, was uploaded before; the same upload again does not count."""
    found = await alike(read, [step.command.likeness for step in steps], ALIKE_DEFAULT)
    return [any(one.id != step.stream for one in near) for step, near in zip(steps, found, strict=True)]


async def alike(read: Reading, hashes: Sequence[str], most: int) -> list[list[Alike]]:
    """For each perceptual hash the county's photos that differ in at most ``most`` bits (up to 7), nearest first."""
    if not hashes:
        return []
    rows = await read.fetch(_NEAR, read.county, *near_bands(hashes))
    return [sorted(_near(one, rows, most), key=lambda near: (near.distance, near.sha256, near.id)) for one in hashes]


def _near(likeness: str, rows: Iterable[Any], most: int) -> Iterable[Alike]:
    for row in rows:
        bits = distance(likeness, row["phash"])
        if bits <= most:
            yield Alike(id=row["id"], owner=row["owner"], sha256=row["sha256"], distance=bits)


def guards(step: Step) -> Iterable[str]:
    """Of the same picture sent twice at once the second is seen before."""
    if isinstance(step.command, Keep):
        yield f"picture:{step.command.sha256}"
