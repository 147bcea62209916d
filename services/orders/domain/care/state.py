"""A person's care as its events tell it: agreements one after the other, findings, an order to mend, an escort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from chassis.kernel import Sealed
from services.orders.domain.care.words import (
    Ended,
    EscortNamed,
    Event,
    Found,
    Mended,
    MendingRefused,
    Ordered,
    OrderRanOut,
    PersonNoted,
    Renewed,
    Signed,
    Terms,
    Turned,
)
from services.orders.domain.days import ONE_DAY

Stage = Literal["none", "running", "found", "ordered", "failed"]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """``last`` is the last day it runs; before ``terms.from_day`` where it was ended before it began."""

    number: int
    terms: Terms
    last: date

    def runs_on(self, day: date) -> bool:
        """Whether it runs on ``day``."""
        return self.terms.from_day <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Escort:
    """Who comes along to hospital, from a day on."""

    name: Sealed
    phone: Sealed | None
    relation: str
    from_day: date


@dataclass(frozen=True, kw_only=True)
class Care:
    """``findings`` are those not mended yet; ``order`` the one to mend; ``failed`` that it ran out or was refused."""

    person_id: UUID
    township: str
    village: str
    covered: bool = False
    ends_on: date | None = None
    agreements: tuple[Agreement, ...] = ()
    running: bool = False
    findings: tuple[Found, ...] = ()
    order: Ordered | None = None
    judgement: Sealed | None = None
    failed: bool = False
    escort: Escort | None = None

    @property
    def last(self) -> Agreement | None:
        """The agreement that was signed last."""
        return self.agreements[-1] if self.agreements else None

    @property
    def stage(self) -> Stage:
        """Where the care stands."""
        if not self.running:
            return "none"
        if self.failed:
            return "failed"
        if self.order is not None:
            return "ordered"
        return "found" if self.findings else "running"

    def running_on(self, day: date) -> Agreement | None:
        """The agreement that runs on ``day``; there is never more than one."""
        return next((agreement for agreement in self.agreements if agreement.runs_on(day)), None)


def evolve(state: Care | None, event: Event) -> Care:
    """The care after ``event``."""
    match event:
        case Signed():
            return _signed(state, event)
        case EscortNamed():
            known = state or Care(person_id=event.person_id, township=event.township, village=event.village)
            escort = Escort(name=event.name, phone=event.phone, relation=event.relation, from_day=event.from_day)
            return replace(known, escort=escort)
        case PersonNoted():
            known = state or Care(person_id=event.person_id, township=event.township, village=event.village)
            return replace(
                known, covered=event.covered, township=event.township, village=event.village, ends_on=event.ends_on
            )
    assert state is not None
    match event:
        case Renewed():
            return _lasting(state, event.valid_to)
        case Ended():
            return _lasting(state, event.last_day)
        case Found():
            return replace(state, findings=(*state.findings, event))
        case Ordered():
            return replace(state, order=event, failed=False)
        case OrderRanOut():
            return replace(state, failed=True)
        case Mended():
            return replace(state, findings=(), order=None, failed=False, judgement=event.text)
        case MendingRefused():
            return replace(state, failed=True, judgement=event.text)
        case Turned():
            return replace(state, running=event.running)


def _signed(state: Care | None, event: Signed) -> Care:
    """Findings, order and judgement were the former carer's."""
    known = state or Care(person_id=event.person_id, township=event.township, village=event.village)
    if event.replaces:
        known = _lasting(known, event.terms.from_day - ONE_DAY)
    agreement = Agreement(number=event.number, terms=event.terms, last=event.terms.valid_to)
    return replace(
        known,
        agreements=(*known.agreements, agreement),
        findings=(),
        order=None,
        judgement=None,
        failed=False,
        township=event.township,
        village=event.village,
    )


def _lasting(state: Care, last: date) -> Care:
    agreement = replace(state.agreements[-1], last=last)
    return replace(state, agreements=(*state.agreements[:-1], agreement))
