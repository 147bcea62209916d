"""Whether an agreement may stand as it is concluded, changed, prolonged or ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from chassis.kernel import Rejected
from services.providers.domain import calendar
from services.providers.domain.policy import Policy
from services.providers.domain.provider.agreement import (
    Agree,
    Agreed,
    AgreementAmended,
    AgreementEnded,
    AgreementExtended,
    Amend,
    Extend,
    Held,
    Terminate,
    Terms,
)
from services.providers.domain.provider.known import Known, Tendered
from services.providers.domain.provider.standing import holds
from services.providers.domain.provider.state import Event, Provider


def agree(command: Agree, provider: Provider, known: Known) -> list[Event]:
    """Within the policy of the day, the purchaser's own area, and the tender that it names."""
    agreement = command.agreement
    same = provider.agreement(agreement.number)
    if same is not None and same.agreed == agreement:
        return []
    if same is not None:
        raise Rejected("agreement.number_taken")
    policy = _policy(known)
    if provider.removed_from is not None:
        raise Rejected("provider.removed")
    if agreement.valid_to < agreement.valid_from:
        raise Rejected("agreement.ends_before_it_begins")
    _refuse_too_long(agreement.valid_from, agreement.valid_to, policy)
    if policy.tender and not agreement.tender:
        raise Rejected("agreement.without_tender")
    held = Held(agreed=agreement, valid_to=agreement.valid_to)
    for kind in policy.registers.certificates:
        if not holds(provider.certificates, kind, held):
            raise Rejected("agreement.certificate_missing", kind=kind)
    _refuse_wrong(held, provider, known)
    return [Agreed(agreement=agreement, policy=policy.version, at=command.at)]


def amend(command: Amend, provider: Provider, known: Known) -> list[Event]:
    """From today or later on and inside its term; what is not named stays as it is on that day."""
    held = _held(command.number, provider)
    day = command.from_day
    now = held.during(day, day)
    terms = Terms(
        from_day=day,
        items=now.items if command.items is None else command.items,
        townships=now.townships if command.townships is None else command.townships,
        monthly_capacity=now.monthly_capacity if command.monthly_capacity is None else command.monthly_capacity,
        amount_fen=now.amount_fen if command.amount_fen is None else command.amount_fen,
        most_orders=now.most_orders if command.most_orders is None else command.most_orders,
    )
    if terms in held.changes[-1:]:
        return []
    policy = _policy(known)
    if held.ended_from is not None:
        raise Rejected("agreement.ended")
    if day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    if not held.agreed.valid_from <= day <= held.last_day:
        raise Rejected("agreement.outside_its_term")
    _refuse_wrong(replace(held, changes=(*held.changes, terms)), provider, known)
    return [AgreementAmended(number=command.number, terms=terms, policy=policy.version, at=command.at)]


def extend(command: Extend, provider: Provider, known: Known) -> list[Event]:
    """Later than now, and in all no longer than the policy allows one agreement to last."""
    held = _held(command.number, provider)
    if held.valid_to == command.valid_to:
        return []
    policy = _policy(known)
    if held.ended_from is not None or provider.removed_from is not None:
        raise Rejected("agreement.ended")
    if command.valid_to < held.valid_to:
        raise Rejected("agreement.not_longer")
    _refuse_too_long(held.agreed.valid_from, command.valid_to, policy)
    if policy.registers.overlap_refused and _overlaps(replace(held, valid_to=command.valid_to), provider.agreements):
        raise Rejected("agreement.overlaps")
    return [
        AgreementExtended(number=command.number, valid_to=command.valid_to, policy=policy.version, at=command.at)
    ]  # fmt: skip


def terminate(command: Terminate, provider: Provider, known: Known) -> list[Event]:
    """From today or later on; an end that was decided may be brought forward, not put off."""
    held, day = _held(command.number, provider), command.from_day
    if held.ended_from == day:
        return []
    if day < calendar.day_of(command.at):
        raise Rejected("provider.day_is_past")
    if held.ended_from is not None and held.ended_from < day:
        raise Rejected("agreement.ended")
    if not held.agreed.valid_from <= day <= held.valid_to:
        raise Rejected("agreement.outside_its_term")
    then = held.during(day, day)
    return [
        AgreementEnded(
            number=command.number,
            from_day=day,
            reason_code=command.reason_code,
            document=command.document,
            items=then.items,
            townships=then.townships,
            release_at=known.release_at(day),
            at=command.at,
        )
    ]


def _held(number: str, provider: Provider) -> Held:
    held = provider.agreement(number)
    if held is None:
        raise Rejected("agreement.unknown")
    return held


def _policy(known: Known) -> Policy:
    if known.policy is None:
        raise Rejected("policy.none_in_force")
    return known.policy


def _refuse_too_long(first: date, last: date, policy: Policy) -> None:
    if last >= calendar.months_after(first, policy.longest_months):
        raise Rejected("agreement.too_long", longest_months=policy.longest_months)


def _refuse_wrong(held: Held, provider: Provider, known: Known) -> None:
    """What concluding and changing have in common: area, overlap, tender."""
    latest = held.latest
    if not buys_in(held.agreed.purchaser, latest.townships):
        raise Rejected("agreement.purchaser_elsewhere")
    rules = _policy(known).registers
    if rules.overlap_refused and _overlaps(held, provider.agreements):
        raise Rejected("agreement.overlaps")
    if known.tender is not None:
        _hold_to_tender(latest, known.tender)
    elif rules.tender_registered:
        raise Rejected("agreement.tender_unknown")


def buys_in(purchaser: str, townships: Iterable[str]) -> bool:
    """Whether all ``townships`` are the purchaser's: a township buys for itself, a county or city for what lies in it.

    A city is written with two zeros at the end (GB/T 2260); empty is the county, whose own townships these are.
    """
    area = purchaser.removesuffix("00") if len(purchaser) == COUNTY_DIGITS else purchaser
    return all(township.startswith(area) for township in townships)


COUNTY_DIGITS = 6


def _overlaps(held: Held, others: Iterable[Held]) -> bool:
    """Whether another agreement has an item, a township and a day in common with it."""
    return any(
        other.agreed.number != held.agreed.number
        and other.agreed.valid_from <= held.last_day
        and held.agreed.valid_from <= other.last_day
        and not set(other.latest.items).isdisjoint(held.latest.items)
        and not set(other.latest.townships).isdisjoint(held.latest.townships)
        for other in others
    )


def _hold_to_tender(terms: Terms, tender: Tendered) -> None:
    """Only what was put out, only to whom it was awarded, and never more in all than either amount."""
    if tender.awarded_fen is None:
        raise Rejected("agreement.not_awarded")
    if not set(terms.items) <= set(tender.items):
        raise Rejected("agreement.item_not_tendered")
    if not terms.amount_fen:
        raise Rejected("agreement.amount_missing")
    left_fen = min(tender.amount_fen - tender.committed_fen, tender.awarded_fen - tender.committed_here_fen)
    if terms.amount_fen > left_fen:
        raise Rejected("agreement.beyond_the_tender", left_fen=max(left_fen, 0))
