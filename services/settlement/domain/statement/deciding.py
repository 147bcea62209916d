"""From final to paid: the payee answers or is silent, two officers sign, finance pays (settlement paper, states)."""

from __future__ import annotations

from dataclasses import replace

from chassis.kernel import Decider, Rejected, topics
from services.settlement.domain.statement.words import (
    CATEGORY,
    Approve,
    Approved,
    Command,
    Confirm,
    Confirmed,
    Dispute,
    Disputed,
    Event,
    Final,
    Finalise,
    Finalised,
    Known,
    Paid,
    Pay,
    Signing,
    Statement,
    TakeSilence,
)


def decide(command: Command, statement: Statement, known: Known) -> list[Event]:
    """Whatever is asked of a statement that is not there is refused; finalising makes it."""
    if isinstance(command, Finalise):
        return _finalise(command, statement, known)
    if statement.final is None:
        raise Rejected("statement.not_final")
    match command:
        case Confirm():
            return _confirm(command, statement)
        case Dispute():
            return _dispute(command, statement, statement.final)
        case TakeSilence() if statement.confirmed or statement.disputes or command.at < statement.final.answer_until:
            return []
        case TakeSilence():
            return [Confirmed(how="silence", by="", at=command.at)]
        case Approve():
            return _approve(command, statement, statement.final, known)
        case Pay():
            return _pay(command, statement)


def _finalise(command: Finalise, statement: Statement, known: Known) -> list[Event]:
    if statement.final is not None:
        return []
    assert isinstance(known, Final)
    return [
        Finalised(
            month=command.month,
            content=known.content,
            digest=command.digest,
            seats=known.seats,
            answer_until=known.answer_until,
            at=command.at,
        )
    ]


def _confirm(command: Confirm, statement: Statement) -> list[Event]:
    """Also after a dispute: the payee takes it back. Once signed, the answer stands."""
    if statement.confirmed:
        return []
    return [Confirmed(how="payee", by=command.by, at=command.at)]


def _dispute(command: Dispute, statement: Statement, final: Finalised) -> list[Event]:
    """One dispute a line, in time, and not of what was confirmed or signed."""
    if not 1 <= command.line <= len(final.content.lines):
        raise Rejected("statement.no_such_line", lines=len(final.content.lines))
    if any(dispute.line == command.line for dispute in statement.disputes):
        return []
    if statement.confirmed or not statement.may_sign:
        raise Rejected("statement.confirmed_already")
    if command.at >= final.answer_until:
        raise Rejected("statement.answer_too_late", until=final.answer_until.isoformat())
    return [Disputed(line=command.line, reason_code=command.reason_code, by=command.by, at=command.at)]


def _approve(command: Approve, statement: Statement, final: Finalised, known: Known) -> list[Event]:
    """Two different people, each in a seat of the policy; the money must be there, and the notice posted."""
    may_sign = ", ".join(statement.may_sign)
    for approval in statement.approvals:
        if approval.by == command.by:
            if approval.body == command.body:
                return []
            raise Rejected("approval.same_person", may_sign=may_sign)
    if command.body not in final.seats:
        raise Rejected("approval.no_seat", may_sign=may_sign)
    if command.body not in statement.may_sign:
        raise Rejected("approval.seat_taken", may_sign=may_sign)
    if statement.status == "final":
        raise Rejected("statement.not_answered", until=final.answer_until.isoformat())
    assert isinstance(known, Signing)
    if known.unfunded_fen:
        raise Rejected("statement.unfunded", unfunded_fen=known.unfunded_fen)
    if known.unnoticed:
        raise Rejected("statement.without_notice", people=known.unnoticed)
    return [Approved(by=command.by, body=command.body, at=command.at)]


def _pay(command: Pay, statement: Statement) -> list[Event]:
    if statement.paid:
        if statement.paid.reference != command.reference:
            raise Rejected("statement.paid_already")
        return []
    if statement.may_sign:
        raise Rejected("statement.not_approved", may_sign=", ".join(statement.may_sign))
    if not statement.payable_fen:
        raise Rejected("statement.nothing_to_pay")
    return [Paid(reference=command.reference, amount_fen=statement.payable_fen, by=command.by, at=command.at)]


def evolve(statement: Statement, event: Event) -> Statement:
    """What happened, one after another."""
    match event:
        case Finalised():
            return Statement(final=event)
        case Confirmed():
            return replace(statement, confirmed=event)
        case Disputed():
            return replace(statement, disputes=(*statement.disputes, event))
        case Approved():
            return replace(statement, approvals=(*statement.approvals, event))
        case Paid():
            return replace(statement, paid=event)


decider: Decider[Command, Statement, Event, Known] = Decider(
    category=CATEGORY,
    initial=Statement(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Finalised, Confirmed, Disputed, Approved, Paid),
)
