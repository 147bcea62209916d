"""A tender 招投标: what was put out, by which procedure, and to whom it was awarded; agreements follow from it.
    PutOut ─▶ TenderPutOut ─ Award* ─▶ Awarded

Providers are determined by public tender (paper 003, part 3 (1)); the procedures are those of the law on government
procurement (政府采购法 art. 26). What is awarded is never more than what was put out, and what is agreed never more
than what was awarded.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from chassis.kernel import Decider, Rejected, topics

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a003")
CATEGORY = "providers.tender"


@dataclass(frozen=True, kw_only=True)
class PutOut:
    """Enter a tender under its number; ``purchaser`` is the region that buys, empty for the county."""

    number: str
    project: str
    purchaser: str
    method: str
    day: date
    items: tuple[str, ...]
    amount_fen: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Award:
    """Award a part of it, or all, to a provider."""

    provider: UUID
    amount_fen: int
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TenderPutOut:
    """The tender is known."""

    number: str
    project: str
    purchaser: str
    method: str
    day: date
    items: tuple[str, ...]
    amount_fen: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Awarded:
    """The provider may be agreed with, for at most so much."""

    provider: UUID
    amount_fen: int
    day: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Tender:
    """The state; ``put_out`` is None before the beginning."""

    put_out: TenderPutOut | None = None
    awards: tuple[Awarded, ...] = ()


Command = PutOut | Award
Event = TenderPutOut | Awarded


def decide(command: Command, tender: Tender, known: bool) -> list[Event]:
    """``known`` says whether the provider of an award is registered and not removed."""
    match command:
        case PutOut():
            return _put_out(command, tender)
        case Award() if tender.put_out is None:
            raise Rejected("tender.unknown")
        case Award():
            return _award(command, tender, tender.put_out, known)


def evolve(tender: Tender, event: Event) -> Tender:
    """What happened, one after another."""
    match event:
        case TenderPutOut():
            return Tender(put_out=event)
        case Awarded():
            return replace(tender, awards=(*tender.awards, event))


def _put_out(command: PutOut, tender: Tender) -> list[Event]:
    put_out = TenderPutOut(
        number=command.number,
        project=command.project,
        purchaser=command.purchaser,
        method=command.method,
        day=command.day,
        items=command.items,
        amount_fen=command.amount_fen,
        at=command.at,
    )
    if tender.put_out is None:
        return [put_out]
    if replace(tender.put_out, at=command.at) == put_out:
        return []
    raise Rejected("tender.number_taken")


def _award(command: Award, tender: Tender, put_out: TenderPutOut, known: bool) -> list[Event]:
    before = [one for one in tender.awards if one.provider == command.provider]
    if any((one.amount_fen, one.day) == (command.amount_fen, command.day) for one in before):
        return []
    if not known:
        raise Rejected("provider.unknown")
    if before:
        raise Rejected("tender.awarded_already")
    if command.day < put_out.day:
        raise Rejected("tender.awarded_before_it_was_put_out")
    left_fen = put_out.amount_fen - sum(one.amount_fen for one in tender.awards)
    if command.amount_fen > left_fen:
        raise Rejected("tender.more_than_put_out", left_fen=left_fen)
    return [
        Awarded(provider=command.provider, amount_fen=command.amount_fen, day=command.day, at=command.at)
    ]  # fmt: skip


def stream_of(county: str, number: str) -> UUID:
    """The tender's id: one per county and number."""
    return uuid.uuid5(NAMESPACE, f"{county}/{number}")


decider: Decider[Command, Tender, Event, bool] = Decider(
    category=CATEGORY, initial=Tender(), decide=decide, evolve=evolve, events=topics(CATEGORY, TenderPutOut, Awarded)
)
