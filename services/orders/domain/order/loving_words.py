"""Words of a love order's way through charity and back: accepted, published, declined, unclaimed, confirmed, bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.orders.domain.duplicates import Source


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Something that gives the person the same item in overlapping days, as it stood when the order was formed."""

    id: UUID
    source: Source
    window_from: date
    window_to: date


@dataclass(frozen=True, kw_only=True)
class LowPrice:
    """What a company's low-price offer asks for a piece, and the rule that pays it; empty: the one agreed."""

    price_fen: int
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class FormLove:
    """Make a love order of an approved need and refer it to a charity; ``price_fen`` is agreed for each place.

    ``form`` (service, goods, money; empty: by the item), ``claimants`` (anybody, persons, companies; empty: anybody),
    ``min_age`` and ``skills`` say who may claim. ``referral_id`` where a charity decided it; ``person`` is the need's.
    """

    need_id: UUID
    item: str
    units: int
    charity_id: UUID
    places: int
    expires_at: datetime
    price_fen: int
    rule: str
    role: str
    at: datetime
    form: str = ""
    claimants: str = ""
    min_age: int | None = None
    skills: tuple[str, ...] = ()
    referral_id: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NoteAccepted:
    """The charity takes the love order."""

    charity_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotePublished:
    """The love order stands on the public hall."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteDeclined:
    """The charity sends it back, or did not publish it in time (``not_published``)."""

    charity_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteConfirmed:
    """A claimant is sure, and may know who is helped until ``until``."""

    claimant: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReferElsewhere:
    """Let another charity, or the same again, publish what is left."""

    charity_id: UUID
    expires_at: datetime
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Buy:
    """Buy what is left; ``role`` is empty where the time that the bureau had is over."""

    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NoteBorne:
    """Settlement's answer: a fund bears the purchase, or none does and why."""

    borne: bool
    fund: str
    reason_code: str
    at: datetime
    rule: str = ""
    amount_fen: int = 0


LoveCommand = (
    NoteAccepted | NotePublished | NoteDeclined | NoteConfirmed | ReferElsewhere | Buy | NoteBorne
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LoveFormed:
    """The love order waits for claimants. ``overlaps`` are the duplicates that the forming warned of;
    ``approved_fen`` is what the need was approved with for each place."""

    need_id: UUID
    person: UUID
    item: str
    units: int
    township: str
    village: str
    charity_id: UUID
    places: int
    expires_at: datetime
    price_fen: int
    rule: str
    purchaser: str
    policy: str
    at: datetime
    form: str = ""
    claimants: str = ""
    min_age: int | None = None
    skills: tuple[str, ...] = ()
    referral_id: UUID | None = None
    overlaps: tuple[Overlap, ...] = ()
    approved_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class CharityAccepted:
    """The charity will publish it."""

    charity_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LovePublished:
    """People and companies can claim it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class CharityDeclined:
    """It is on the bureau's desk: another charity, purchase, or called off."""

    charity_id: UUID
    reason_code: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ClaimConfirmed:
    """The claimant may read whom to help."""

    claimant: UUID
    until: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Unclaimed:
    """``left`` places found nobody: on the bureau's desk; bought by itself at ``buys_at``, None for never."""

    left: int
    buys_at: datetime | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReferredElsewhere:
    """What is left, ``places`` places, is referred to a charity again."""

    charity_id: UUID
    places: int
    expires_at: datetime
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PurchaseAsked:
    """Settlement is asked whether a fund can bear ``units`` on ``day``; what no tariff prices is paid ``agreed_fen`` by
    ``rule``."""

    units: int
    day: date
    policy: str
    at: datetime
    agreed_fen: int = 0
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class NotBorne:
    """No fund can bear it: back on the bureau's desk."""

    reason_code: str
    at: datetime


LoveEvent = (
    CharityAccepted | LovePublished | CharityDeclined | ClaimConfirmed | Unclaimed | ReferredElsewhere | PurchaseAsked
    | NotBorne
)  # fmt: skip
LOVE_EVENTS: tuple[type[LoveEvent], ...] = (
    CharityAccepted, LovePublished, CharityDeclined, ClaimConfirmed, Unclaimed, ReferredElsewhere, PurchaseAsked,
    NotBorne,
)  # fmt: skip
