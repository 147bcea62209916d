"""A love order of money for a priced item: shares are claimed and received, then the charity delivers for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from chassis.testing import Specification
from services.charity.domain.love_order import (
    Acting,
    Closed,
    Lapse,
    Lapsed,
    NameOffer,
    Offered,
    OfferNamed,
    ReceiveShare,
    ShareReceived,
)
from tests.charity.examples import (
    A_LOVE_ORDER,
    CHARITY,
    EXPIRES,
    FULFIL,
    LI,
    MA,
    NOW,
    PUBLISHED,
    claim_of,
    claimed,
    fulfil,
    fulfilled,
    on_the_hall,
    referred,
    released,
    withdraw,
)

ZHANG = Acting(charity=CHARITY, subject="li-phone")
LATER = NOW + timedelta(hours=3)
DELIVER = replace(fulfil(None), acting=ZHANG)


def of_money(places: int) -> Specification:
    event = referred(places)
    return A_LOVE_ORDER.given(replace(event, work=replace(event.work, form="money")), PUBLISHED)


def receive(who: UUID) -> ReceiveShare:
    return ReceiveShare(claim_id=claim_of(who), receipt="2026-1", acting=ZHANG, at=NOW)


def received(who: UUID) -> ShareReceived:
    return ShareReceived(claim_id=claim_of(who), receipt="2026-1", until=EXPIRES + FULFIL, by="li-phone", at=NOW)


def test_the_charity_receives_a_share_once() -> None:
    history = of_money(2).given(claimed(LI))
    history.when(receive(LI)).then(received(LI))
    history.given(received(LI)).when(receive(LI)).then()
    on_the_hall().given(claimed(LI)).when(receive(LI)).rejected("love_order.not_of_money")


def test_a_share_that_was_received_is_not_withdrawn() -> None:
    of_money(2).given(claimed(LI), received(LI)).when(withdraw(LI)).rejected("claim.share_received")


def test_all_shares_in_the_charity_delivers_and_every_share_is_done() -> None:
    history = of_money(3).given(claimed(LI, pieces=2), claimed(MA), received(LI), received(MA))
    history.when(DELIVER).then(replace(fulfilled(LI), pieces=2), fulfilled(MA), Closed(fulfilled=3, at=LATER))


def test_nothing_is_delivered_while_shares_are_missing_nor_by_a_claimant() -> None:
    history = of_money(3).given(claimed(LI, pieces=2), claimed(MA), received(LI))
    history.when(DELIVER).rejected("delivery.shares_missing", missing=1)
    history.when(replace(DELIVER, acting=None)).rejected("fulfilment.by_the_charity")
    of_money(1).given(claimed(LI)).when(DELIVER).rejected("delivery.no_share")


def test_after_the_time_to_claim_the_charity_may_bear_the_rest() -> None:
    over = EXPIRES + timedelta(hours=1)
    late = replace(DELIVER, day=over.date(), at=over, time="10:00")
    history = of_money(2).given(claimed(LI), received(LI))
    done = replace(fulfilled(LI), day=over.date(), time="10:00", at=over)
    history.when(late).then(done, Closed(fulfilled=1, at=over))


def test_what_was_paid_and_is_never_delivered_goes_back_to_the_bureau() -> None:
    over = EXPIRES + FULFIL
    gone = released(LI, "lapsed", over, confirmed=True, detail="not_delivered")
    of_money(2).given(claimed(LI), received(LI)).when(Lapse(at=over)).then(gone, Lapsed(at=over))


def test_an_offer_above_the_agreed_price_is_not_named() -> None:
    offered = Offered(offer_id=UUID(int=7), claimant=LI, price_fen=1500)
    named = OfferNamed(offered=offered, by="", at=NOW)
    event = referred()
    at_20_yuan = A_LOVE_ORDER.given(replace(event, work=replace(event.work, price_fen=2000)), PUBLISHED)
    at_20_yuan.when(NameOffer(offered=offered, at=NOW)).then(named)
    dear = replace(offered, price_fen=2001)
    at_20_yuan.when(NameOffer(offered=dear, at=NOW)).rejected("offer.above_the_agreed_price", agreed_fen=2000)
    at_20_yuan.when(NameOffer(offered=None, at=NOW)).rejected("offer.does_not_fit")
    cheaper = replace(fulfilled(LI), price_fen=1500)
    at_20_yuan.given(named, claimed(LI)).when(fulfil(LI)).then(cheaper, Closed(fulfilled=1, at=LATER))
    at_20_yuan.given(named, claimed(MA)).when(fulfil(MA)).then(fulfilled(MA), Closed(fulfilled=1, at=LATER))
