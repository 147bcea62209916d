"""An API key of a provider's system: only the hash of its secret is known here; a rotation leaves the old one a while.
Issue ─▶ active ─ Rotate* │ Use* ─ Revoke ─▶ revoked
                                 └ Expire ─▶ expired

A key is a password of a machine (RFC 6749, section 2.3): it is told once, limited to scopes, ends on a day, and is
renewed without a moment in which neither works.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics
from services.providers.domain import calendar

CATEGORY = "providers.system_key"
DAYS_MAX = 366
"""How long a key lasts at most: a secret that nobody renews is known to too many."""
ACTIVE_MAX = 20
"""How many keys a provider has at once."""
NO_HASH = "0" * 64
"""What no secret has; as long as a real one, so that comparing takes as long."""
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A new key; ``secret_hash`` is the SHA-256 of the secret, hexadecimal; ``expires_on`` is its last day."""

    provider: UUID
    label: str
    scopes: tuple[str, ...]
    expires_on: date
    secret_hash: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rotate:
    """Another secret; the one before it stays good for ``overlap_hours``. ``rotation`` tells a repetition."""

    provider: UUID
    rotation: UUID
    secret_hash: str
    overlap_hours: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoke:
    """The key ends now, with all of its secrets."""

    provider: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Use:
    """The key was shown and found good."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Expire:
    """The key's last day is over."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Issued:
    """The key is good through ``expires_on``."""

    provider: UUID
    label: str
    scopes: tuple[str, ...]
    expires_on: date
    secret_hash: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """The key has another secret; the former one is good until ``former_until``, any before that no more."""

    rotation: UUID
    secret_hash: str
    former_until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Revoked:
    """The key was ended by a person."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Used:
    """The key was used in the hour that begins at ``hour``, UTC; told once an hour."""

    hour: datetime


@dataclass(frozen=True, kw_only=True)
class Expired:
    """The key has ended by itself."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a secret is held against: the hashes, until when the former one counts, and until when the key lasts."""

    secret_hash: str
    former_hash: str
    former_until: datetime
    ends_at: datetime
    active: bool


@dataclass(frozen=True, kw_only=True)
class Key:
    """The state; ``issued`` is None before the beginning, ``status`` then empty."""

    issued: Issued | None = None
    status: str = ""
    secret_hash: str = ""
    former_hash: str = ""
    former_until: datetime = NEVER
    rotation: UUID | None = None
    rotated_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whether the provider is registered, and how many active keys it has."""

    registered: bool
    active: int


Command = Issue | Rotate | Revoke | Use | Expire
Event = Issued | Rotated | Revoked | Used | Expired


def decide(command: Command, key: Key, known: Known) -> list[Event]:
    """Issue once, for a registered provider; whatever else needs a key of that provider that is still active."""
    match command:
        case Issue():
            return _issue(command, key, known)
        case Rotate() | Revoke() if key.issued is None or key.issued.provider != command.provider:
            raise Rejected("key.unknown")
        case Rotate() if key.rotation == command.rotation:
            return []
        case Rotate() if key.status != "active":
            raise Rejected("key.ended")
        case Rotate():
            until = command.at + timedelta(hours=command.overlap_hours)
            return [
                Rotated(
                    rotation=command.rotation, secret_hash=command.secret_hash, former_until=until, at=command.at
                )
            ]  # fmt: skip
        case Revoke():
            return [Revoked(at=command.at)] if key.status == "active" else []
        case Use() if key.status != "active":
            raise Rejected("key.invalid")
        case Use():
            hour = hour_of(command.at)
            return [Used(hour=hour)] if hour > (key.used_at or NEVER) else []
        case Expire():
            return [Expired(at=command.at)] if key.status == "active" and _over(key, command.at) else []


def evolve(key: Key, event: Event) -> Key:
    """What happened, one after another."""
    match event:
        case Issued():
            return Key(issued=event, status="active", secret_hash=event.secret_hash)
        case Rotated():
            return replace(
                key,
                secret_hash=event.secret_hash,
                former_hash=key.secret_hash,
                former_until=event.former_until,
                rotation=event.rotation,
                rotated_at=event.at,
            )
        case Revoked():
            return replace(key, status="revoked")
        case Used():
            return replace(key, used_at=event.hour)
        case Expired():
            return replace(key, status="expired")


def admit(held: Credentials | None, secret_hash: str, at: datetime) -> None:
    """Refuse with ``key.invalid``, whatever is wrong and with the same comparisons, unless the secret is good now."""
    against = held or _NOBODYS
    current = hmac.compare_digest(against.secret_hash, secret_hash)
    former = hmac.compare_digest(against.former_hash or NO_HASH, secret_hash)
    good = current | (former & (at < against.former_until))
    if not (good & against.active & (at < against.ends_at)):
        raise Rejected("key.invalid")


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour, UTC: as exactly as the last use is told."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def ends_at(expires_on: date) -> datetime:
    """The first instant after the last day."""
    return calendar.beginning_of(expires_on + timedelta(days=1))


_NOBODYS = Credentials(secret_hash=NO_HASH, former_hash="", former_until=NEVER, ends_at=NEVER, active=False)


def _over(key: Key, at: datetime) -> bool:
    return key.issued is not None and at >= ends_at(key.issued.expires_on)


def _issue(command: Issue, key: Key, known: Known) -> list[Event]:
    if key.issued is not None:
        return []
    if not known.registered:
        raise Rejected("provider.unknown")
    today = calendar.day_of(command.at)
    if command.expires_on < today:
        raise Rejected("key.expires_in_the_past")
    if command.expires_on > today + timedelta(days=DAYS_MAX):
        raise Rejected("key.expires_too_late", days_max=DAYS_MAX)
    if known.active >= ACTIVE_MAX:
        raise Rejected("key.too_many", most=ACTIVE_MAX)
    return [
        Issued(
            provider=command.provider,
            label=command.label,
            scopes=command.scopes,
            expires_on=command.expires_on,
            secret_hash=command.secret_hash,
            at=command.at,
        )
    ]


decider: Decider[Command, Key, Event, Known] = Decider(
    category=CATEGORY,
    initial=Key(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Issued, Rotated, Revoked, Used, Expired),
)
