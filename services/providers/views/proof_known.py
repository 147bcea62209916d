"""What visits may know of their pictures and packets, and devices of their worker and key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis import photos
from chassis.service import Reading, Step
from services.providers.domain import device, visit
from services.providers.domain.policy import Policy

UPLOADED = (
    "select owner, sha256, phash, taken_at, latitude_udeg, longitude_udeg from photos where county = $1"
    " and sha256 = any($2::text[]) order by kept_at, id"
)
DEVICES = "select id, missing from devices where county = $1 and id = any($2::uuid[])"
KEYS = "select id, public_key from devices where county = $1 and public_key = any($2::text[])"
WORKERS = "select id, provider from workers where county = $1 and id = any($2::uuid[])"
DOCUMENTS = frozenset({"signature", "register_page", "receipt"})
"""Filled-in forms look like one another: these kinds are not compared."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a report names: pictures, those among them that are compared, and the packet it was in."""

    provider: str = ""
    named: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    device: UUID | None = None
    sequence: int | None = None


NOTHING = Proof()


@dataclass(frozen=True, kw_only=True)
class Proved:
    """What is known of it. ``alike`` are the hashes of other pictures that are nearly the same as one that is named."""

    pictures: tuple[visit.Picture, ...] = ()
    unknown: int = 0
    alike: tuple[str, ...] = ()
    gap: bool = False


def asked(command: visit.Report | visit.Supplement) -> Proof:
    """The pictures that a command names, and its packet."""
    told = command.photos if isinstance(command, visit.Report) else ()
    kinds = {photo.sha256: photo.kind for photo in command.evidence}
    return Proof(
        provider=str(command.provider),
        named=(*told, *kinds),
        compared=(*told, *(one for one, kind in kinds.items() if kind not in DOCUMENTS)),
        device=command.device if isinstance(command, visit.Report) else None,
        sequence=command.sequence if isinstance(command, visit.Report) else None,
    )


async def around(read: Reading, proofs: Sequence[Proof], rules: Sequence[Policy | None]) -> list[Proved]:
    """For each proof what is known of it, by the rules of its order's county pack."""
    named = sorted({photo for proof in proofs for photo in proof.named})
    rows = await read.fetch(UPLOADED, read.county, named) if named else []
    hashes = {row["sha256"]: row["phash"] for row in rows}
    near = await _near(read, proofs, rules, hashes)
    gaps = await _missing(read, proofs)
    return [
        Proved(
            pictures=_pictures(proof, rows),
            unknown=len({*proof.named} - {row["sha256"] for row in rows if row["owner"] == proof.provider}),
            alike=tuple(sorted({one for photo in proof.compared for one in near.get((photo, _bits(rule)), ())})),
            gap=proof.sequence is not None and proof.sequence - 1 in gaps.get(proof.device, ()),
        )
        for proof, rule in zip(proofs, rules, strict=True)
    ]


def _bits(rule: Policy | None) -> int | None:
    return rule.proofs.alike_distance if rule else None


def _pictures(proof: Proof, rows: Iterable[Any]) -> tuple[visit.Picture, ...]:
    """Those that the visit's provider uploaded itself, each once."""
    own = {row["sha256"]: row for row in rows if row["owner"] == proof.provider and row["sha256"] in proof.named}
    return tuple(
        visit.Picture(
            sha256=digest,
            taken_at=row["taken_at"],
            latitude_udeg=row["latitude_udeg"],
            longitude_udeg=row["longitude_udeg"],
        )
        for digest, row in own.items()
    )


async def _near(
    read: Reading, proofs: Sequence[Proof], rules: Sequence[Policy | None], hashes: dict[str, str]
) -> dict[tuple[str, int | None], list[str]]:
    """By picture and distance the other pictures that are nearly the same; the same picture is known by its hash."""
    wanted = sorted(
        {
            (photo, rule.proofs.alike_distance)
            for proof, rule in zip(proofs, rules, strict=True)
            if rule is not None and rule.proofs.alike_distance is not None
            for photo in proof.compared
            if photo in hashes
        }
    )
    if not wanted:
        return {}
    found = await photos.alike(read, [hashes[photo] for photo, _ in wanted], max(bits for _, bits in wanted))
    return {
        (photo, bits): [one.sha256 for one in near if one.distance <= bits and one.sha256 != photo]
        for (photo, bits), near in zip(wanted, found, strict=True)
    }


async def _missing(read: Reading, proofs: Sequence[Proof]) -> dict[UUID | None, set[int]]:
    devices = sorted({proof.device for proof in proofs if proof.device is not None})
    rows = await read.fetch(DEVICES, read.county, devices) if devices else []
    return {row["id"]: set(json.loads(row["missing"])) for row in rows}


async def devices(read: Reading, steps: Sequence[Step]) -> Sequence[device.Known]:
    """Whose the worker is, and whether the key is another device's; only a new device asks."""
    wanted = [step.command for step in steps if isinstance(step.command, device.Register)]
    if not wanted:
        return [device.Known()] * len(steps)
    workers = {row["id"]: row["provider"] for row in await read.fetch(WORKERS, read.county, [w.worker for w in wanted])}
    keys = {row["public_key"] for row in await read.fetch(KEYS, read.county, [w.public_key for w in wanted])}
    return [
        device.Known(worker_provider=workers.get(step.command.worker), key_used=step.command.public_key in keys)
        if isinstance(step.command, device.Register) else device.Known()
        for step in steps
    ]  # fmt: skip


def guards(step: Step) -> Iterable[str]:
    """A device's packets one after another, a key once, a picture once."""
    yield from photos.guards(step)
    if isinstance(step.command, device.Take):
        yield f"device:{step.stream}"
    if isinstance(step.command, device.Register):
        yield f"key:{step.command.public_key}"
