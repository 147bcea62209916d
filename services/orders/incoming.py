"""What the service hears: their public event to our command; and a policy pack as the bureau publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from chassis import policies
from chassis.kernel import Rejected
from chassis.problems import Place, Refused
from chassis.service import Heard, Incoming, Step
from contracts import charity, policy_pack, providers, settlement
from services.orders.domain import correction, month, order, referral


def provider_found(heard: Heard) -> Iterable[Step]:
    """A provider accepted: one of the two roads to a match."""
    found = providers.ProviderFound.model_validate_json(heard.body)
    match = order.Match(provider=found.provider, road="providers", at=found.at)
    yield Step(decider=order.decider, stream=found.order_id, command=match)


def provider_not_found(heard: Heard) -> Iterable[Step]:
    """Nobody is left; the order says so."""
    nobody = providers.ProviderNotFound.model_validate_json(heard.body)
    codes = sorted({one.reason_code for one in nobody.reasons if one.reason_code})
    noted = order.NoteNobody(reason_codes=tuple(codes), at=nobody.at)
    yield Step(decider=order.decider, stream=nobody.order_id, command=noted)


def provider_released(heard: Heard) -> Iterable[Step]:
    """The order was taken from its provider, whose agreement ended; who is found next takes it."""
    released = providers.ProviderReleased.model_validate_json(heard.body)
    command = order.Release(
        provider=released.provider, from_day=released.from_day, reason_code=released.reason_code, at=released.at
    )
    yield Step(decider=order.decider, stream=released.order_id, command=command)


def visit_completed(heard: Heard) -> Iterable[Step]:
    """A visit waits for its verification."""
    visit = providers.VisitCompleted.model_validate_json(heard.body)
    done = order.Complete(
        visit_id=visit.visit_id,
        provider=visit.provider,
        item=visit.item,
        units=visit.units,
        day=visit.day,
        time=visit.time,
        exceptions=tuple(exception.code for exception in visit.exceptions),
        red=any(exception.colour == "red" for exception in visit.exceptions),
        reported_by=visit.reported_by,
        at=visit.at,
        colours=_colours(visit.exceptions),
        report=order.Report(
            worker=visit.worker,
            minutes=visit.minutes,
            source=visit.source or "",
            code=visit.code or "",
            complete=visit.complete,
            cause=visit.cause,
        ),
    )
    yield Step(decider=order.decider, stream=visit.order_id, command=done)


def visit_noticed(heard: Heard) -> Iterable[Step]:
    """What was noticed later keeps a visit from being accepted by itself where it is red; what was mended lets it."""
    noticed = providers.VisitNoticed.model_validate_json(heard.body)
    red = any(exception.colour == "red" for exception in noticed.exceptions)
    command = (order.Doubt if red else order.Clear)(
        visit_id=noticed.visit_id,
        exceptions=tuple(exception.code for exception in noticed.exceptions),
        at=noticed.at,
        colours=_colours(noticed.exceptions),
    )
    yield Step(decider=order.decider, stream=noticed.order_id, command=command)


def _colours(exceptions: Iterable[providers.VisitException]) -> tuple[tuple[str, str], ...]:
    """Each code with its colour; what was the platform's fault is grey."""
    return tuple((one.code, "grey" if one.platform else one.colour) for one in exceptions)


def love_order_claimed(heard: Heard) -> Iterable[Step]:
    """A claimant holds a place: the other road to a match."""
    claimed = charity.LoveOrderClaimed.model_validate_json(heard.body)
    match = order.Match(provider=claimed.claimant, road="charity", at=claimed.at, pieces=claimed.pieces or 1)
    yield Step(decider=order.decider, stream=claimed.order_id, command=match)


def love_order_released(heard: Heard) -> Iterable[Step]:
    """The place is free again."""
    released = charity.LoveOrderReleased.model_validate_json(heard.body)
    command = order.Release(provider=released.claimant, at=released.at)
    yield Step(decider=order.decider, stream=released.order_id, command=command)


def love_order_fulfilled(heard: Heard) -> Iterable[Step]:
    """What was promised is done; a person of the bureau verifies it."""
    fulfilled = charity.LoveOrderFulfilled.model_validate_json(heard.body)
    done = order.Complete(
        visit_id=fulfilled.claim_id,
        provider=fulfilled.claimant,
        item=None,
        units=None,
        day=fulfilled.day,
        time=fulfilled.time,
        exceptions=(),
        red=False,
        reported_by=fulfilled.reported_by,
        at=fulfilled.at,
        report=order.Report(minutes=fulfilled.minutes),
        pieces=fulfilled.pieces or 1,
        low_price=_low_price(fulfilled),
    )
    yield Step(decider=order.decider, stream=fulfilled.order_id, command=done)


def _low_price(fulfilled: charity.LoveOrderFulfilled) -> order.LowPrice | None:
    if fulfilled.price_fen is None:
        return None
    return order.LowPrice(price_fen=fulfilled.price_fen, rule=fulfilled.rule or "")


def love_order_lapsed(heard: Heard) -> Iterable[Step]:
    """Nobody came, or not for all of it; back to the bureau, or bought, as the policy says."""
    lapsed = charity.LoveOrderLapsed.model_validate_json(heard.body)
    yield Step(decider=order.decider, stream=lapsed.order_id, command=order.FallBack(at=lapsed.at))


def love_order_accepted(heard: Heard) -> Iterable[Step]:
    """The charity takes it."""
    told = charity.LoveOrderAccepted.model_validate_json(heard.body)
    command = order.NoteAccepted(charity_id=told.charity_id, at=told.at)
    yield Step(decider=order.decider, stream=told.order_id, command=command)


def love_order_published(heard: Heard) -> Iterable[Step]:
    """It can be claimed."""
    told = charity.LoveOrderPublished.model_validate_json(heard.body)
    yield Step(decider=order.decider, stream=told.order_id, command=order.NotePublished(at=told.at))


def love_order_declined(heard: Heard) -> Iterable[Step]:
    """The charity sends it back to the bureau."""
    told = charity.LoveOrderDeclined.model_validate_json(heard.body)
    command = order.NoteDeclined(charity_id=told.charity_id, reason_code=told.reason_code, at=told.at)
    yield Step(decider=order.decider, stream=told.order_id, command=command)


def claim_confirmed(heard: Heard) -> Iterable[Step]:
    """From now on the claimant may know who is helped."""
    told = charity.ClaimConfirmed.model_validate_json(heard.body)
    command = order.NoteConfirmed(claimant=told.claimant, until=told.until, at=told.at)
    yield Step(decider=order.decider, stream=told.order_id, command=command)


def content_decided(heard: Heard) -> Iterable[Step]:
    """A charity decided what a person of a list is given."""
    told = charity.ContentDecided.model_validate_json(heard.body)
    command = referral.NoteContent(
        charity_id=told.charity_id,
        need_id=told.need_id,
        item=told.item,
        units=told.units,
        places=told.places,
        expires_at=told.expires_at,
        at=told.at,
    )
    yield Step(decider=referral.decider, stream=told.referral_id, command=command)


def person_sent_back(heard: Heard) -> Iterable[Step]:
    """A charity gives nothing to a person of a list."""
    told = charity.PersonSentBack.model_validate_json(heard.body)
    command = referral.NoteSentBack(need_id=told.need_id, reason_code=told.reason_code, at=told.at)
    yield Step(decider=referral.decider, stream=told.referral_id, command=command)


def purchase_borne(heard: Heard) -> Iterable[Step]:
    """Whether a fund can bear what nobody claimed."""
    told = settlement.PurchaseBorne.model_validate_json(heard.body)
    command = order.NoteBorne(
        borne=told.borne,
        fund=told.fund or "",
        reason_code=told.reason_code or "",
        rule=told.rule or "",
        amount_fen=told.amount_fen or 0,
        at=told.at,
    )
    yield Step(decider=order.decider, stream=told.order_id, command=command)


def ruling_made(heard: Heard) -> Iterable[Step]:
    """A ruling that says why it had to be is a correction like any other, and is counted with them."""
    told = settlement.RulingMade.model_validate_json(heard.body)
    fact = told.fact
    if fact.cause is None:
        return
    note = correction.Note(
        kind="settlement_ruling",
        order_id=None,
        visit_id=None,
        person=_id(fact.person),
        township=fact.township or "",
        provider=_id(fact.payee),
        item="",
        month=fact.month,
        cause=fact.cause,
        reason_code=fact.rule or "",
        by="",
        at=told.at,
    )
    yield Step(decider=correction.decider, stream=heard.event_id, command=note)


def _id(text: str | None) -> UUID | None:
    """The id of a person or provider; a payee may also be named by a code that is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def month_close_requested(heard: Heard) -> Iterable[Step]:
    """Count what is not counted yet and seal the month."""
    asked = settlement.MonthCloseRequested.model_validate_json(heard.body)
    seal = month.Seal(month=asked.month, at=asked.at)
    yield Step(decider=month.decider, stream=month.stream_of(heard.county, asked.month), command=seal)


HEARS: Mapping[str, Mapping[str, Incoming]] = {
    "providers": {
        providers.ProviderFound.TYPE: provider_found,
        providers.ProviderNotFound.TYPE: provider_not_found,
        providers.ProviderReleased.TYPE: provider_released,
        providers.VisitCompleted.TYPE: visit_completed,
        providers.VisitNoticed.TYPE: visit_noticed,
    },
    "charity": {
        charity.LoveOrderClaimed.TYPE: love_order_claimed,
        charity.LoveOrderReleased.TYPE: love_order_released,
        charity.LoveOrderFulfilled.TYPE: love_order_fulfilled,
        charity.LoveOrderLapsed.TYPE: love_order_lapsed,
        charity.LoveOrderAccepted.TYPE: love_order_accepted,
        charity.LoveOrderPublished.TYPE: love_order_published,
        charity.LoveOrderDeclined.TYPE: love_order_declined,
        charity.ClaimConfirmed.TYPE: claim_confirmed,
        charity.ContentDecided.TYPE: content_decided,
        charity.PersonSentBack.TYPE: person_sent_back,
    },
    "settlement": {
        settlement.MonthCloseRequested.TYPE: month_close_requested,
        settlement.RulingMade.TYPE: ruling_made,
        settlement.PurchaseBorne.TYPE: purchase_borne,
    },
}


def published(county: str, document: str, at: datetime) -> Step:
    """The step that adopts a pack; refused with every place that is wrong, before anything is written."""
    problems = policy_pack.check(document)
    if any(problem.code == "parent_unknown" for problem in problems):
        raise Rejected("policy.extends")
    if problems:
        named = (f"{problem.place} (line {problem.line})" if problem.line else problem.place for problem in problems)
        places = tuple(Place(place, problem.code) for place, problem in zip(named, problems, strict=True))
        raise Refused("policy.refused", places=places)
    pack = policy_pack.load(document).pack
    if pack.county != county:
        raise Rejected("policy.other_county")
    return policies.adopt("orders", county, pack.version, document, at)
