"""What is told of love orders in depth: lists of people referred, buying what nobody claimed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.concerns import owners, township
from contracts.events import Event
from contracts.facts import Units
from contracts.values import Many, Name, Public, Township, Version, Village, is_absent


class ReferredPerson(Public):
    """One of a list: the approved need and the items it holds, with the units approved of each; who it is stays in the
    file."""

    need_id: UUID
    person: UUID
    township: Township
    village: Village
    items: Many[Name]
    units: dict[Name, Units] | None = Field(default=None, exclude_if=is_absent)


class PeopleReferred(Event):
    """The bureau refers a list of people to a charity, which decides what each is given (paper 001, part (6) item
    7)."""

    TYPE: ClassVar[str] = "orders.people_referred.v1"
    CONCERNS = (owners("charity_id"),)

    referral_id: UUID
    charity_id: UUID
    decide_by: date
    people: Many[ReferredPerson]
    policy: Version


class PurchaseConsidered(Event):
    """Nobody claimed a love order: can a fund bear buying it? Settlement answers ``purchase_borne``.

    ``agreed_fen`` is what the bureau approved for what is left, ``rule`` the tariff rule by which a county pays as
    agreed what its tariff prices by no unit.
    """

    TYPE: ClassVar[str] = "orders.purchase_considered.v1"
    CONCERNS = (township("township"),)

    order_id: UUID
    item: Name
    units: Units
    day: date
    township: Township
    policy: Version
    agreed_fen: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=is_absent)
    rule: Name | None = Field(default=None, exclude_if=is_absent)
