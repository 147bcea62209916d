"""Bearing: whether a fund can bear buying what nobody claimed, and the reservation that keeps the money (S14).

    Consider ─▶ Borne (reserved) ─ Use ─▶ Used (a fact is journalled; the draw of its month releases it)
       └▶ NotBorne                └ Release ─▶ Released (called off or turned down)

The price is the tariff's of that day: rate × units of the first ``per_unit`` or ``goods`` rule that lists the item;
where none does, what was agreed, by the ``agreed`` rule that the question names. The fund is the first of that rule's
funds, in their order, of which allocation and cap leave so much after its draws and the reservations of others; one
fund bears the whole. Reservations bind approvals only: ``settle`` never sees them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from chassis.kernel import Decider, topics
from services.settlement.domain.engine.draws import Account, Treasury
from services.settlement.domain.engine.tariff import Rule, SettlementPolicy

Standing = Literal["none", "refused", "reserved", "used", "released"]
PRICED = ("per_unit", "goods")


@dataclass(frozen=True, kw_only=True)
class Consider:
    """Can a fund bear ``units`` of the item, served on ``day``? ``policy`` is the version the asker goes by.

    What the tariff prices by no unit is paid ``agreed_fen`` in all, by the rule of kind ``agreed`` that ``rule`` names.
    """

    item: str
    units: int
    day: date
    policy: str
    at: datetime
    agreed_fen: int = 0
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Use:
    """The order was verified: a fact of ``month`` stands for it now."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Release:
    """The order is called off, or was turned down: nothing will be paid for it."""

    at: datetime


@dataclass(frozen=True, kw_only=True)
class Borne:
    """The fund keeps so much of this fiscal year for the order."""

    fund: str
    rule: str
    year: int
    amount_fen: int
    policy: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NotBorne:
    """No fund can, and why: ``no_price``, ``no_fund``, ``no_money``."""

    reason_code: str
    amount_fen: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Used:
    """The reservation ends with the close of this month, which draws for the fact."""

    month: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Released:
    """The money is free again."""

    at: datetime


Command = Consider | Use | Release
Event = Borne | NotBorne | Used | Released


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """What is kept for an order; ``month`` is that of its fact."""

    standing: Standing = "none"
    fund: str = ""
    rule: str = ""
    year: int = 0
    amount_fen: int = 0
    month: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """The tariff in force on the day, and the funds: allocated, drawn, and ``reserved`` by fund and year for other
    orders."""

    tariff: SettlementPolicy
    treasury: Treasury
    reserved: Mapping[Account, int]


def decide(command: Command, state: Reservation, known: Known | None) -> list[Event]:
    """Every question is answered: an order that comes back is asked about anew, and keeps nothing from before."""
    match command:
        case Consider():
            return [_considered(command, known)]
        case Use():
            return [Used(month=command.month, at=command.at)] if state.standing in {"reserved", "released"} else []
        case Release():
            return [Released(at=command.at)] if state.standing == "reserved" else []


def _considered(command: Consider, known: Known | None) -> Event:
    assert known is not None
    rule, amount_fen = _priced(command, known.tariff)
    if rule is None:
        return NotBorne(reason_code="no_price", amount_fen=0, at=command.at)
    if not rule.funds:
        return NotBorne(reason_code="no_fund", amount_fen=amount_fen, at=command.at)
    for fund in rule.funds:
        if left_fen(fund, command.day.year, known, amount_fen) == amount_fen:
            return Borne(
                fund=fund,
                rule=rule.id,
                year=command.day.year,
                amount_fen=amount_fen,
                policy=known.tariff.version,
                at=command.at,
            )
    return NotBorne(reason_code="no_money", amount_fen=amount_fen, at=command.at)


def _priced(command: Consider, tariff: SettlementPolicy) -> tuple[Rule | None, int]:
    rule = price_rule(tariff, command.item, command.day)
    if rule is not None and rule.price_fen is not None:
        return rule, rule.price_fen * command.units
    day = command.day.isoformat()
    agreed = (one for one in tariff.rules if one.kind == "agreed" and one.id == command.rule and one.valid_on(day))
    return (next(agreed, None), command.agreed_fen) if command.agreed_fen else (None, 0)


def price_rule(tariff: SettlementPolicy, item: str, day: date) -> Rule | None:
    """The rule that prices the item by unit on ``day``: the first in the tariff's order."""
    for rule in tariff.rules:
        if rule.kind in PRICED and rule.valid_on(day.isoformat()) and any(one.id == item for one in rule.items):
            return rule
    return None


def left_fen(fund: str, year: int, known: Known, wanted_fen: int) -> int:
    """At most ``wanted_fen`` of what the fund has left behind its draws and reservations, as a draw would find it."""
    key = (fund, year)
    drawn = known.treasury.drawn.get(key, 0)
    known.treasury.drawn[key] = drawn + known.reserved.get(key, 0)
    given, _, _ = known.treasury.draw(fund, known.tariff.funds.get(fund), year, wanted_fen)
    known.treasury.drawn[key] = drawn
    return given


def beside(known: Known, others: Iterable[Borne]) -> Known:
    """What is known where ``others`` are reserved too, though nothing shows it yet."""
    reserved = Counter(known.reserved)
    for one in others:
        reserved[one.fund, one.year] += one.amount_fen
    return replace(known, reserved=reserved)


def evolve(state: Reservation, event: Event) -> Reservation:
    """What happened, one after another."""
    match event:
        case Borne():
            return Reservation(
                standing="reserved", fund=event.fund, rule=event.rule, year=event.year, amount_fen=event.amount_fen
            )
        case NotBorne():
            return Reservation(standing="refused", amount_fen=event.amount_fen)
        case Used():
            return replace(state, standing="used", month=event.month)
        case Released():
            return replace(state, standing="released")


CATEGORY = "settlement.reservation"
decider: Decider[Command, Reservation, Event, Known | None] = Decider(
    category=CATEGORY,
    initial=Reservation(),
    decide=decide,
    evolve=evolve,
    events=topics(CATEGORY, Borne, NotBorne, Used, Released),
)
