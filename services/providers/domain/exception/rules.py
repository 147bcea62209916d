"""How an exception is answered. Amber may be acknowledged; red must be mended: the provider has added proof since, or
an inspection has found the service done. Whoever reported the visit decides nothing about it; nothing is ever deducted
here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.kernel import Rejected
from services.providers.domain import calendar, policy
from services.providers.domain.exception.words import (
    Command,
    Event,
    Explain,
    Explained,
    Known,
    Lift,
    Lifted,
    Raise,
    Raised,
    Recoloured,
    Resolve,
    Resolved,
    Status,
)
from services.providers.domain.visit.words import Colour


@dataclass(frozen=True, kw_only=True)
class Case:
    """``raised`` is the latest raising, ``colour`` the colour now, ``status`` what became of it."""

    raised: Raised
    colour: Colour
    status: Status = "open"
    times: int = 1
    explained_at: datetime | None = None
    resolved: Resolved | None = None

    @property
    def stands(self) -> bool:
        """Whether the visit has it."""
        return self.status in ("open", "upheld") or (self.status == "acknowledged" and self.colour == "grey")


def decide(command: Command, case: Case | None, known: Known) -> list[Event]:
    """Raised by the visit, explained by the provider, resolved by an officer."""
    match command:
        case Raise():
            return _raise(command, case, known)
        case Lift():
            return [Lifted(at=command.at)] if case is not None and case.stands else []
    if case is None:
        raise Rejected("exception.unknown")
    match command:
        case Explain() if case.status != "open":
            raise Rejected("exception.resolved_already", state=case.status)
        case Explain():
            return [Explained(text=command.text, by=command.by, at=command.at)]
        case Resolve():
            return _resolve(command, case, known)


def _raise(command: Raise, case: Case | None, known: Known) -> list[Event]:
    """Once while it stands; another colour is noted."""
    if case is not None and case.stands:
        return [] if case.colour == command.colour else [Recoloured(colour=command.colour, at=command.at)]
    rules = policy.named(known.policies, command.policy).exceptions
    due_on = calendar.day_of(command.at) + timedelta(days=rules.resolve_within_days)
    return [
        Raised(
            visit=command.visit,
            order_id=command.order_id,
            provider=command.provider,
            worker=command.worker,
            person=command.person,
            region=command.region,
            item=command.item,
            day=command.day,
            code=command.code,
            colour=command.colour,
            due_on=due_on,
            policy=command.policy,
            at=command.at,
        )
    ]


def _resolve(command: Resolve, case: Case, known: Known) -> list[Event]:
    rules = policy.named(known.policies, case.raised.policy).exceptions
    acknowledges = command.resolution == "acknowledged"
    if command.role != "bureau" and not (acknowledges and command.role in rules.acknowledged_by):
        raise Rejected("exception.not_yours_to_resolve", body="bureau")
    if case.status != "open":
        if case.resolved is not None and case.resolved.resolution == command.resolution:
            return []
        raise Rejected("exception.resolved_already", state=case.status)
    if command.by == known.reported_by:
        raise Rejected("exception.resolver_reported_it")
    if command.reason_code not in rules.reason_codes:
        raise Rejected("exception.reason_unknown")
    if acknowledges and case.colour == "red":
        raise Rejected("exception.red_is_mended")
    if command.resolution == "mended" and not _mended(case, known):
        raise Rejected("exception.nothing_mended")
    return [
        Resolved(
            resolution=command.resolution,
            reason_code=command.reason_code,
            text=command.text,
            by=command.by,
            role=command.role,
            at=command.at,
        )
    ]


def _mended(case: Case, known: Known) -> bool:
    """Something was shown since it was raised."""
    return any(at is not None and at >= case.raised.at for at in (known.supplemented_at, known.found_served_at))


def evolve(case: Case | None, event: Event) -> Case:
    """What happened, one after another."""
    if isinstance(event, Raised):
        times = case.times + 1 if case else 1
        return Case(raised=event, colour=event.colour, status=_begins(event.colour), times=times)
    assert case is not None
    match event:
        case Recoloured():
            return replace(case, colour=event.colour, status=_begins(event.colour))
        case Explained():
            return replace(case, explained_at=event.at)
        case Resolved():
            return replace(case, status=event.resolution, resolved=event)
        case Lifted():
            return replace(case, status="lifted")


def _begins(colour: Colour) -> Status:
    return "acknowledged" if colour == "grey" else "open"
