"""Policy packs by version: one decider every service has, so that each knows the county's policies from its own log.

A pack is immutable; adopting the same version and bytes again is a repetition, other bytes under a known version are
refused. Orders adopts what the bureau publishes; the other services adopt what orders tells.
"""

from __future__ import annotations

import json
import tomllib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from chassis.service import Heard, Reading, Service, Step, View

NAMESPACE = uuid.UUID("6f5c1d3e-9d0a-5c3a-8f0e-1d2c3b4a5968")


@dataclass(frozen=True, kw_only=True)
class Adopt:
    """Take the pack ``document`` (TOML) into force as ``version``; ``order`` counts the county's packs from 1."""

    version: str
    sha256: str
    document: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """The pack is known from here on; the document stands inside the event, so the log is complete in itself."""

    version: str
    sha256: str
    document: str
    order: int
    at: datetime


def decide(command: Adopt, state: Adopted | None, known: int) -> list[Adopted]:
    """Adopt once; ``known`` is the number of packs adopted before."""
    if state is not None:
        if state.sha256 != command.sha256:
            raise Rejected("policy.version_is_taken")
        return []
    return [
        Adopted(
            version=command.version,
            sha256=command.sha256,
            document=command.document,
            order=known + 1,
            at=command.at,
        )
    ]


def evolve(_state: Adopted | None, event: Adopted) -> Adopted:
    """A pack never changes."""
    return event


def decider(service: str) -> Decider[Adopt, Adopted | None, Adopted, int]:
    """The policy decider of a service."""
    category = f"{service}.policy"
    return Decider(category=category, initial=None, decide=decide, evolve=evolve, events=topics(category, Adopted))


def view(service: str) -> View:
    """The table ``policies``."""
    return View(
        table="policies",
        category=f"{service}.policy",
        key="version",
        columns={"version": "text", "sha256": "bytea", "document": "text", "adopted_order": "integer"},
        row=_row,
    )


def _row(_stream: UUID, state: Adopted) -> Mapping[str, Any]:
    return {
        "version": state.version,
        "sha256": bytes.fromhex(state.sha256),
        "document": state.document,
        "adopted_order": state.order,
    }


async def known(read: Reading, steps: Sequence[Step]) -> Sequence[int]:
    """How many packs the county has."""
    rows = await read.fetch("select count(*) from policies where county = $1", read.county)
    return [rows[0][0]] * len(steps)


def guards(step: Step, _state: Any = None) -> Iterable[str]:
    """Adoptions are numbered: one a batch."""
    return ("policy",) if isinstance(step.command, Adopt) else ()


def stream_of(service: str, county: str, version: str) -> UUID:
    """The stream of a pack."""
    return uuid.uuid5(NAMESPACE, f"{service}/{county}/{version}")


def adopt(service: str, county: str, version: str, document: str, at: datetime) -> Step:
    """The step that adopts ``document`` in ``service``."""
    digest = sha256(document.encode()).hexdigest()
    command = Adopt(version=version, sha256=digest, document=document, at=at)
    return Step(decider=decider(service), stream=stream_of(service, county, version), command=command)


def incoming(service: str) -> Any:
    """What a service does on ``orders.policy_adopted.v1``."""

    def hear(heard: Heard) -> Iterable[Step]:
        body = json.loads(heard.body)
        yield adopt(service, heard.county, body["version"], body["document"], heard.recorded_at)

    return hear


async def read_policies(connection: Any, service: Service, county: str) -> tuple[Any, ...]:
    """The county's packs as ``service`` reads them, in order of adoption."""
    rows = await connection.fetch("select document from policies where county = $1 order by adopted_order", county)
    return tuple(service.read_policy(parse(row["document"])) for row in rows)


@lru_cache(maxsize=64)
def parse(document: str) -> dict[str, Any]:
    """A pack's TOML as nested dictionaries; callers only read them."""
    return tomllib.loads(document)
