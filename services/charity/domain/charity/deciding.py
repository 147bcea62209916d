"""The rules of the register of charities."""

from __future__ import annotations

from dataclasses import replace

from chassis.kernel import Rejected
from services.charity.domain import calendar, credit_code
from services.charity.domain.charity.messages import (
    Amend,
    Amended,
    Command,
    EndPerson,
    Event,
    NamePerson,
    PersonEnded,
    PersonNamed,
    Register,
    Registered,
    Reinstate,
    Reinstated,
    Remove,
    Removed,
    Suspend,
    Suspended,
)
from services.charity.domain.charity.standing import Charity, Person


def decide(command: Command, charity: Charity, _known: None) -> list[Event]:
    """Registered once by credit code; what is struck off is not changed any more."""
    if isinstance(command, Register):
        return _register(command, charity)
    if charity.status == "none":
        raise Rejected("charity.unknown")
    if charity.status == "removed":
        if isinstance(command, Remove):
            return []
        raise Rejected("charity.removed")
    match command:
        case Amend():
            return _amend(command, charity)
        case NamePerson():
            return _name(command, charity)
        case EndPerson():
            return _end(command, charity)
        case Suspend():
            if command.until is not None and command.until < calendar.day_of(command.at):
                raise Rejected("charity.day_is_past")
            return [Suspended(**vars(command))]
        case Reinstate():
            return [Reinstated(by=command.by, at=command.at)] if charity.status == "suspended" else []
        case Remove():
            return [Removed(**vars(command))]


def _register(command: Register, charity: Charity) -> list[Event]:
    if not credit_code.is_valid(command.credit_code):
        raise Rejected("charity.credit_code_wrong")
    if charity.status != "none":
        raise Rejected("charity.registered_already")
    return [Registered(**vars(command))]


def _amend(command: Amend, charity: Charity) -> list[Event]:
    name = charity.name if command.name is None else command.name
    regions = charity.regions if command.regions is None else command.regions
    if (name, regions) == (charity.name, charity.regions):
        return []
    return [Amended(name=name, regions=regions, at=command.at)]


def _name(command: NamePerson, charity: Charity) -> list[Event]:
    person = Person(subject=command.subject, from_day=command.from_day, to_day=command.to_day)
    if person in charity.people:
        return []
    if command.to_day is not None and command.to_day < command.from_day:
        raise Rejected("charity.ends_before_it_begins")
    return [PersonNamed(**vars(command))]


def _end(command: EndPerson, charity: Charity) -> list[Event]:
    person = next((one for one in charity.people if one.subject == command.subject), None)
    if person is None:
        raise Rejected("charity.nobody_of_that_name")
    if person.to_day == command.to_day:
        return []
    return [PersonEnded(**vars(command))]


def evolve(charity: Charity, event: Event) -> Charity:
    """What happened, one after another."""
    match event:
        case Registered():
            return Charity(
                status="active", name=event.name, credit_code=event.credit_code, regions=tuple(event.regions)
            )
        case Amended():
            return replace(charity, name=event.name, regions=tuple(event.regions))
        case PersonNamed():
            person = Person(subject=event.subject, from_day=event.from_day, to_day=event.to_day)
            others = tuple(one for one in charity.people if one.subject != event.subject)
            return replace(charity, people=(*others, person))
        case PersonEnded():
            people = tuple(
                replace(one, to_day=event.to_day) if one.subject == event.subject else one for one in charity.people
            )
            return replace(charity, people=people)
        case Suspended():
            return replace(charity, status="suspended", until=event.until)
        case Reinstated():
            return replace(charity, status="active", until=None)
        case Removed():
            return replace(charity, status="removed", until=None)
