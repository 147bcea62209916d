"""What the service tells others: its own facts, requests to seal, closes, statements by total and digest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from chassis import policies
from chassis.service import PublicEvent, Recorded
from contracts import settlement as told
from contracts.events import Event
from contracts.facts import FACT, AllocationFact, GradeFact, OverrideFact, PolicyFact, SealFact
from services.settlement.domain import bearing, fund, grade, month, ruling, statement
from services.settlement.domain.document import payable_fen
from services.settlement.domain.telling import told as plain_fact


def outgoing(recorded: Recorded, _state: Any) -> Iterable[PublicEvent]:
    """One public event for each of ours that concerns others."""
    data = _fact(recorded.event) or _progress(recorded)
    if data is not None:
        yield PublicEvent(subject=recorded.originator_id, data=data)


def _fact(event: Any) -> Event | None:
    """The facts of settlement's own log."""
    match event:
        case policies.Adopted():
            return told.PolicyKnown(at=event.at, version=event.version, fact=PolicyFact(version=event.version))
        case fund.Allocated():
            allocation = AllocationFact(day=event.day, fund=event.fund, year=event.year, amount_fen=event.amount_fen)
            return told.FundAllocated(at=event.at, document=event.document, fact=allocation)
        case fund.Overridden():
            override = OverrideFact(
                day=event.day, fund=event.fund, year=event.year, role=event.role, amount_fen=event.amount_fen
            )
            return told.CapOverridden(at=event.at, document=event.document, fact=override)
        case grade.Graded():
            graded = GradeFact(month=event.month, payee=event.payee, township=event.township, grade=event.grade)
            return told.ProviderGraded(at=event.at, fact=graded)
        case ruling.Ruled():
            ruled: Any = FACT.validate_json(json.dumps(plain_fact(event.says.as_fact("", 0))))
            return told.RulingMade(at=event.at, fact=ruled)
    return None


def _progress(recorded: Recorded) -> Event | None:
    """How a month is closed and a statement made."""
    event = recorded.event
    match event:
        case month.CloseRequested():
            return told.MonthCloseRequested(at=event.at, month=event.month)
        case bearing.Borne():
            return told.PurchaseBorne(
                at=event.at,
                order_id=recorded.originator_id,
                borne=True,
                fund=event.fund,
                amount_fen=event.amount_fen,
                rule=event.rule,
            )
        case bearing.NotBorne():
            return told.PurchaseBorne(
                at=event.at,
                order_id=recorded.originator_id,
                borne=False,
                amount_fen=event.amount_fen or None,
                reason_code=event.reason_code,
            )
        case month.Closed():
            return told.MonthClosed(
                at=event.at,
                month=event.month,
                through=dict(event.through),
                policies=dict(event.policy_hashes),
                digest=event.digest,
                statements=len(event.statements),
                payable_fen=event.payable_fen,
                fact=SealFact(month=event.month),
            )
        case statement.Finalised():
            return told.StatementFinalised(
                at=event.at,
                statement_id=recorded.originator_id,
                payee=event.content.payee,
                purchaser=event.content.purchaser,
                month=event.month,
                payable_fen=payable_fen(event.content),
                digest=event.digest,
                address=f"/v1/statements/{recorded.originator_id}",
            )
    return None
