"""A worker's device 终端: it signs what was noted without a signal, packet by packet, each with the next number.
    Register ─▶ Registered ─ Take* ─▶ PacketTaken ─ Revoke ─▶ Revoked

A packet may come late and in any order; visits of a packet whose number before is missing stand after a gap. Whoever
holds visits back or loses them leaves one; when the missing packet comes, the gap is closed and what was noticed for it
is lifted. The same number with another content is refused: what was signed once is not told otherwise later.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics

CATEGORY = "providers.device"
NAMESPACE = uuid.UUID("3f0a5a52-5a0f-5d3e-8d0b-0a4c1d7e6b90")
AHEAD_MAX = 1000
"""How far a number may be ahead of the highest one taken: more is a device that counts wrongly."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whose worker it is (None: not known), and whether another device has the key."""

    worker_provider: UUID | None = None
    key_used: bool = False


@dataclass(frozen=True, kw_only=True)
class Register:
    """The worker's device from now on signs with this Ed25519 key (32 bytes, base64url); ``sound``: it is one."""

    provider: UUID
    worker: UUID
    public_key: str
    sound: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """The device was lost, replaced, or is not trusted any more."""

    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Take:
    """A packet: its number, the SHA-256 of what was signed, whether the device's key signed it, how many visits."""

    sequence: int
    signature_right: bool
    digest: str
    visits: int
    signed_at: datetime
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Registered:
    """The device is the worker's."""

    provider: UUID
    worker: UUID
    public_key: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """Nothing signed by it is taken from now on."""

    reason_code: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PacketTaken:
    """The packet is there; ``closes`` are the visits of the next packet, where that one came before it."""

    sequence: int
    digest: str
    visits: int
    signed_at: datetime
    closes: tuple[UUID, ...]
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Packet:
    """What was signed, and how many visits it told."""

    digest: str
    visits: int


@dataclass(frozen=True, kw_only=True)
class Device:
    """Whose it is and which packets came from it."""

    registered: Registered | None = None
    revoked_at: datetime | None = None
    packets: Mapping[int, Packet] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The highest number taken; 0 before the first."""
        return max(self.packets, default=0)

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers below the highest that never came."""
        return tuple(number for number in range(1, self.last) if number not in self.packets)


Command = Register | Revoke | Take
Event = Registered | Revoked | PacketTaken


def decide(command: Command, device: Device, known: Known) -> list[Event]:
    """Registered once; a packet once, by its number."""
    if isinstance(command, Register):
        return _register(command, device, known)
    if device.registered is None:
        raise Rejected("device.unknown")
    if isinstance(command, Revoke):
        return [] if device.revoked_at else [Revoked(reason_code=command.reason_code, by=command.by, at=command.at)]
    return _take(command, device)


def _register(command: Register, device: Device, known: Known) -> list[Event]:
    if device.registered is not None:
        return []
    if known.worker_provider != command.provider:
        raise Rejected("worker.unknown")
    if not command.sound:
        raise Rejected("device.key_malformed")
    if known.key_used:
        raise Rejected("device.key_used")
    return [
        Registered(
            provider=command.provider,
            worker=command.worker,
            public_key=command.public_key,
            by=command.by,
            at=command.at,
        )
    ]


def _take(command: Take, device: Device) -> list[Event]:
    if not command.signature_right:
        raise Rejected("packet.signature_wrong")
    if command.signed_at > command.at:
        raise Rejected("packet.signed_in_the_future")
    taken = device.packets.get(command.sequence)
    if taken is not None and taken.digest == command.digest:
        return []
    if taken is not None:
        raise Rejected("packet.sequence_used")
    if device.revoked_at is not None:
        raise Rejected("packet.device_revoked")
    if command.sequence > device.last + AHEAD_MAX:
        raise Rejected("packet.sequence_too_far", last=device.last)
    packets = {**device.packets, command.sequence: Packet(digest=command.digest, visits=command.visits)}
    return [
        PacketTaken(
            sequence=command.sequence,
            digest=command.digest,
            visits=command.visits,
            signed_at=command.signed_at,
            closes=_closed(packets, command.sequence),
            by=command.by,
            at=command.at,
        )
    ]


def _closed(packets: Mapping[int, Packet], sequence: int) -> tuple[UUID, ...]:
    """The visits of the packet after this one, if it was here before: they stood after a gap."""
    after = packets.get(sequence + 1)
    return tuple(visit_of(after.digest, place) for place in range(after.visits)) if after else ()


def visit_of(digest: str, place: int) -> UUID:
    """The id of the visit at a place of a packet: the same however often and by whomever the packet is sent."""
    return uuid.uuid5(NAMESPACE, f"{digest}/{place}")


def evolve(device: Device, event: Event) -> Device:
    """What happened, one after another."""
    match event:
        case Registered():
            return replace(device, registered=event)
        case Revoked():
            return replace(device, revoked_at=event.at)
        case PacketTaken():
            packet = Packet(digest=event.digest, visits=event.visits)
            return replace(device, packets={**device.packets, event.sequence: packet})


decider: Decider[Command, Device, Event, Known] = Decider(
    category=CATEGORY,
    initial=Device(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Registered, Revoked, PacketTaken),
)
