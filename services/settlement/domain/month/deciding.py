"""Closing a month (S2): asked for, sealed by every source, nothing missing, closed once and never reopened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from chassis.kernel import Decider, Rejected, topics
from chassis.kernel.canonical import digest
from services.settlement.domain.books import Books
from services.settlement.domain.calendar import day_of, first_day_after
from services.settlement.domain.document import payable_fen, statement_digest
from services.settlement.domain.engine import Answer, MissingGrade
from services.settlement.domain.month.words import (
    CATEGORY,
    SEALING,
    Close,
    Closed,
    CloseDelayed,
    CloseRequested,
    CloseRetried,
    Command,
    DrawnNoted,
    Event,
    Known,
    Month,
    NoteDrawn,
    NoteSeal,
    RequestClose,
    SealNoted,
    Total,
    Wait,
)

FIRST_WAIT = timedelta(seconds=30)
DOUBLINGS_MAX = 7
NAMED_MAX = 10
"""So many parked messages a refusal names."""


def decide(command: Command, month: Month, known: Known | None) -> list[Event]:
    """A closed month decides nothing any more."""
    if month.closed is not None:
        return []
    match command:
        case RequestClose():
            assert known is not None
            return _request(command, month, known)
        case NoteSeal() if command.source in month.seals:
            return []
        case NoteSeal():
            return [
                SealNoted(
                    month=command.month,
                    source=command.source,
                    position=command.position,
                    waiting=command.waiting,
                    at=command.at,
                    public_hash=command.public_hash,
                )
            ]
        case NoteDrawn() if month.drawn == command.townships:
            return []
        case NoteDrawn():
            return [DrawnNoted(month=command.month, townships=command.townships, at=command.at)]
        case Close():
            return _close(command, month, known) if known is not None else []


def _request(command: RequestClose, month: Month, known: Known) -> list[Event]:
    """Only a month that is over, after the months before it, and with nothing parked."""
    over_on = first_day_after(command.month)
    if day_of(command.at) < over_on:
        raise Rejected("month.not_over", over_on=over_on.isoformat())
    if known.later_closed:
        raise Rejected("month.later_closed", month=known.later_closed)
    if known.earlier_open:
        raise Rejected("month.earlier_open", month=known.earlier_open[0])
    if known.parked:
        raise Rejected("month.events_parked", parked=len(known.parked), named=", ".join(known.parked[:NAMED_MAX]))
    if month.requested_at is not None:
        return [CloseRetried(month=command.month, at=command.at)]
    return [CloseRequested(month=command.month, at=command.at)]


def _close(command: Close, month: Month, known: Known) -> list[Event]:
    """Close, or say what is missing: once, and again only where time alone can mend it."""
    if month.requested_at is None or not month.sealed:
        return []
    waits = _missing(month, known)
    if not waits and known.books is not None:
        return [closed(month, known.books, command)]
    parked = any(wait.what == "parked" for wait in waits)
    if waits == month.waits and not (parked and (month.again_at is None or month.again_at <= command.at)):
        return []
    again_at = command.at + FIRST_WAIT * 2 ** min(month.delays, DOUBLINGS_MAX) if parked else None
    return [CloseDelayed(month=month.month, waits=waits, again_at=again_at, at=command.at)]


def _missing(month: Month, known: Known) -> tuple[Wait, ...]:
    """What stands in the way, seals apart; grades are looked for only when nothing else does."""
    waits = [Wait(what="parked", which=which) for which in known.parked]
    waits += [Wait(what="month", which=which) for which in known.earlier_open]
    if not waits and known.books is not None:
        waits = [
            Wait(what="grade", which=f"{missing.payee}/{missing.township}")
            for missing in grades_due(known.books.answer(), month.drawn)
        ]
    return tuple(waits)


def grades_due(answer: Answer, drawn: Collection[str] | None) -> tuple[MissingGrade, ...]:
    """The grades a close waits for: of the drawn townships only (S10), of all where none were drawn."""
    return answer.missing_grades if drawn is None else answer.grades_due(drawn)


def closed(month: Month, books: Books, command: Close) -> Closed:
    """The close: the engine's answer without its lines, and what the certificates name."""
    answer = books.answer()
    totals = tuple(
        Total(
            payee=statement.payee,
            purchaser=statement.purchaser,
            payable_fen=payable_fen(statement),
            digest=statement_digest(statement),
        )
        for statement in answer.statements
    )
    return Closed(
        month=month.month,
        through=dict(answer.through),
        after=dict(books.closes[-1].through) if books.closes else {},
        public_hash=books.seal.public_hash if books.seal else "",
        policies=answer.policies,
        policy_hashes={version: books.hashes[version] for version in answer.policies},
        statements=totals,
        draws=answer.draws,
        unfunded=answer.unfunded,
        waiting=dict(month.waiting),
        digest=digest([{"payee": one.payee, "purchaser": one.purchaser, "digest": one.digest} for one in totals]),
        at=command.at,
        seal_hashes=dict(month.hashes),
    )


def evolve(month: Month, event: Event) -> Month:
    """What happened, one after another."""
    month = replace(month, month=event.month)
    match event:
        case CloseRequested():
            return replace(month, requested_at=event.at)
        case CloseRetried():
            return month
        case SealNoted():
            return replace(
                month,
                seals={**month.seals, event.source: event.position},
                waiting={**month.waiting, event.source: event.waiting},
                hashes={**month.hashes, event.source: event.public_hash},
            )
        case DrawnNoted():
            return replace(month, drawn=event.townships)
        case CloseDelayed():
            return replace(month, waits=event.waits, delays=month.delays + 1, again_at=event.again_at)
        case Closed():
            return replace(month, waits=(), again_at=None, closed=event)


def waits_of(month: Month) -> tuple[Wait, ...]:
    """What the month waits for, as far as its own stream knows."""
    if month.closed is not None or month.requested_at is None:
        return ()
    seals = tuple(Wait(what="seal", which=source) for source in SEALING if source not in month.seals)
    return seals or month.waits


decider: Decider[Command, Month, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Month(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, CloseRequested, CloseRetried, SealNoted, DrawnNoted, CloseDelayed, Closed),
)
