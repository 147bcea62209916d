"""The rule of the draw: from a closed list and a seed to the visits that are inspected and who goes there.

Paper 001, part (6) item 2 and paper 003, part 4 (2) ask for at least 30 % of each year's services. What is owed to a
stratum is reckoned over the year in hundredths of a visit, with the exact ceiling, never with a rounded share:

    owed after a batch = ceil(sum over batches of percent * visits / 100)        picks = owed - picked before

Visits are ordered by SHA-256(seed, visit): nobody chooses among them. Where nothing is owed in a batch a stratum may
still be picked from, once, so that nobody can reckon which months are not looked at. Everything is a function of
published data; ``deploy/audit/verify_draw.py`` is a second hand of it, which shares no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal
from uuid import UUID

FORM = "careloop/spot-check/1"
SEED = b"careloop/spot-check/seed/1"
Part = Literal["township", "provider", "item"]
Why = Literal["drawn", "grey", "surprise"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A visit of the list: when, where, by whom, of what; ``grey``: the platform failed it, it is always picked."""

    visit: UUID
    order: UUID
    day: date
    township: str
    provider: UUID
    item: str
    grey: bool = False


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A stratum as a batch finds it: counters of the year, and what its inspections so far made of its rate.

    ``percent`` is the rate of this batch, ``hundredths`` what was owed before it in hundredths of a visit; ``level`` is
    how often the rate stands raised, ``clean`` the batches without a failure since.
    """

    key: str
    percent: int
    population: int = 0
    hundredths: int = 0
    picks: int = 0
    level: int = 0
    clean: int = 0
    checked: int = 0
    rejected: int = 0


@dataclass(frozen=True, kw_only=True)
class Inspector:
    """Who may be drawn, and the townships and providers that are no business of theirs."""

    id: UUID
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closed list: everything the draw rests on besides the seed. ``hands`` are pairs of visit and inspector."""

    county: str
    year: int
    number: int
    strata_of: tuple[Part, ...]
    surprise_percent: int
    inspectors_per: Literal["visit", "township"]
    strata: tuple[Stratum, ...]
    lines: tuple[Line, ...]
    inspectors: tuple[Inspector, ...]
    hands: tuple[tuple[UUID, UUID], ...]
    parties: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pick:
    """A visit that is inspected, why, and by whom; None where everybody has a conflict."""

    visit: UUID
    order: UUID
    stratum: str
    why: Why
    inspector: UUID | None


def key_of(line: Line, strata_of: Sequence[Part]) -> str:
    """The stratum of a visit; ``*`` stands for what the policy does not tell apart."""
    township = line.township if "township" in strata_of else "*"
    provider = str(line.provider) if "provider" in strata_of else "*"
    return f"{township},{provider},{line.item if 'item' in strata_of else '*'}"


def text_of(closed: Closed) -> str:
    """The list in its one written form, of which the digest is made; the specification has it line by line."""
    head = f"{FORM} {closed.county} {closed.year} {closed.number}"
    rules = f"rules {','.join(closed.strata_of) or '*'} {closed.surprise_percent} {closed.inspectors_per}"
    strata = sorted(
        f"stratum {one.key} {one.percent} {one.population} {one.hundredths} {one.picks} {one.level} {one.clean}"
        f" {one.checked} {one.rejected}"
        for one in closed.strata
    )
    visits = sorted(
        f"visit {one.visit} {one.day} {int(one.grey)} {one.township} {one.provider} {one.item}" for one in closed.lines
    )
    inspectors = sorted(f"inspector {one.id} {','.join(sorted(one.barred)) or '-'}" for one in closed.inspectors)
    hands = sorted(f"hand {visit} {inspector}" for visit, inspector in closed.hands)
    parties = sorted(f"party {one}" for one in closed.parties)
    return "\n".join([head, rules, *strata, *visits, *inspectors, *hands, *parties, ""])


def digest_of(closed: Closed) -> str:
    """SHA-256 of the written list: it is told before any number is known."""
    return sha256(text_of(closed).encode()).hexdigest()


def seed_of(digest: str, numbers: Mapping[str, str], head_hash: str) -> str:
    """The seed: the list, the numbers in order of party, and the hash of the county's log when commitments closed."""
    told = b"".join(party.encode() + b"\0" + bytes.fromhex(numbers[party]) for party in sorted(numbers))
    return sha256(SEED + b"\0" + bytes.fromhex(digest) + told + bytes.fromhex(head_hash)).hexdigest()


def owed(hundredths: int) -> int:
    """The exact ceiling of so many hundredths of a visit."""
    return -(-hundredths // 100)


def draw(closed: Closed, seed: str) -> tuple[Pick, ...]:
    """What is inspected, in order of stratum and lot."""
    key = bytes.fromhex(seed)
    by_stratum: dict[str, list[Line]] = {}
    for line in closed.lines:
        by_stratum.setdefault(key_of(line, closed.strata_of), []).append(line)
    chosen: list[tuple[str, Line, Why]] = []
    for stratum in sorted(closed.strata, key=lambda one: one.key):
        lines = sorted(by_stratum.get(stratum.key, ()), key=lambda one: _lot(key, one.visit))
        chosen += [(stratum.key, line, why) for line, why in _of_stratum(closed, stratum, lines, key)]
    return _with_inspectors(closed, chosen, key)


def _of_stratum(closed: Closed, stratum: Stratum, lines: Sequence[Line], key: bytes) -> list[tuple[Line, Why]]:
    """Grey ones, then by lot until what is owed is picked; a list too short for it leaves the rest owed."""
    quota = owed(stratum.hundredths + stratum.percent * len(lines)) - stratum.picks
    grey: list[tuple[Line, Why]] = [(line, "grey") for line in lines if line.grey]
    rest = [line for line in lines if not line.grey]
    picked = [*grey, *((line, "drawn") for line in rest[: max(0, quota - len(grey))])]
    if quota <= 0 and not picked and _chance(key, stratum.key) < closed.surprise_percent:
        return [(line, "surprise") for line in rest[:1]]
    return [(line, why) for line, why in picked]


def after(closed: Closed, picks: Iterable[Pick]) -> tuple[Stratum, ...]:
    """The strata of the list as the next batch finds them, before their inspections are looked at."""
    visits: dict[str, int] = {}
    for line in closed.lines:
        stratum = key_of(line, closed.strata_of)
        visits[stratum] = visits.get(stratum, 0) + 1
    picked: dict[str, int] = {}
    for pick in picks:
        picked[pick.stratum] = picked.get(pick.stratum, 0) + 1
    return tuple(
        replace(
            one,
            population=one.population + visits.get(one.key, 0),
            hundredths=one.hundredths + one.percent * visits.get(one.key, 0),
            picks=one.picks + picked.get(one.key, 0),
        )
        for one in closed.strata
    )


def _with_inspectors(closed: Closed, chosen: Sequence[tuple[str, Line, Why]], key: bytes) -> tuple[Pick, ...]:
    """The least SHA-256(seed, visit or township, inspector) among those without a conflict; no one gets more than a
    fair share and a quarter while another is free, where they are drawn visit by visit."""
    hands = frozenset(closed.hands)
    share = -(-len(chosen) * 5 // (4 * len(closed.inspectors))) if closed.inspectors else 0
    load: dict[UUID, int] = {}
    order: dict[bytes, list[Inspector]] = {}
    picks = []
    for stratum, line, why in chosen:
        unit = line.visit.bytes if closed.inspectors_per == "visit" else line.township.encode()
        if unit not in order:
            order[unit] = sorted(closed.inspectors, key=lambda one: sha256(key + unit + one.id.bytes).digest())
        free = [one.id for one in order[unit] if not _barred(one, line, hands)]
        light = [one for one in free if load.get(one, 0) < share] if closed.inspectors_per == "visit" else free
        inspector = next(iter([*light, *free]), None)
        if inspector is not None:
            load[inspector] = load.get(inspector, 0) + 1
        picks.append(Pick(visit=line.visit, order=line.order, stratum=stratum, why=why, inspector=inspector))
    return tuple(picks)


def _barred(inspector: Inspector, line: Line, hands: frozenset[tuple[UUID, UUID]]) -> bool:
    return (
        line.township in inspector.barred
        or str(line.provider) in inspector.barred
        or (line.visit, inspector.id) in hands
    )


def _lot(key: bytes, visit: UUID) -> bytes:
    return sha256(key + visit.bytes).digest()


def _chance(key: bytes, stratum: str) -> int:
    return int.from_bytes(sha256(key + b"surprise" + stratum.encode()).digest()[:8], "big") % 100
