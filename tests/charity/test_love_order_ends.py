"""How a love order ends: unclaimed, unpublished, returned and not mended, cancelled; nobody's place is lost before."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.charity.domain.love_order import (
    Accepted,
    Cancel,
    Cancelled,
    Closed,
    Declined,
    Lapse,
    Lapsed,
    Released,
    Return,
    Returned,
)
from tests.charity.examples import (
    A_LOVE_ORDER,
    CHARITY,
    EXPIRES,
    FULFIL,
    LI,
    MA,
    NOW,
    OU,
    claim,
    claim_of,
    claimed,
    confirmed,
    fulfil,
    fulfilled,
    on_the_hall,
    queued,
    referred,
    released,
    withdraw,
)

LATER = NOW + timedelta(hours=3)
MOMENT = timedelta(microseconds=1)


def no_show(who: UUID, at: datetime) -> Released:
    return released(who, "lapsed", at, confirmed=True, detail="no_show")


def test_an_order_nobody_claimed_lapses_when_its_time_is_over() -> None:
    on_the_hall().when(Lapse(at=EXPIRES)).then(Lapsed(at=EXPIRES))
    on_the_hall().when(Lapse(at=EXPIRES - MOMENT)).then()


def test_an_order_that_is_not_published_in_time_goes_back_to_the_bureau() -> None:
    by = referred().publish_by
    back = Declined(charity=CHARITY, reason_code="not_published", at=by)
    A_LOVE_ORDER.given(referred()).when(Lapse(at=by - MOMENT)).then()
    A_LOVE_ORDER.given(referred()).when(Lapse(at=by)).then(back)
    A_LOVE_ORDER.given(referred(), Accepted(charity=CHARITY, by="", at=NOW)).when(Lapse(at=by)).then(back)


def test_an_order_lapses_once() -> None:
    on_the_hall().given(Lapsed(at=EXPIRES)).when(Lapse(at=EXPIRES)).then()


def test_when_the_time_is_over_nobody_waits_on_but_who_holds_a_place_keeps_it() -> None:
    history = on_the_hall().given(claimed(LI), confirmed(LI), queued(MA))
    history.when(Lapse(at=EXPIRES)).then(released(MA, "closed", EXPIRES, held=False))


def test_after_its_time_an_order_ends_with_its_last_claim() -> None:
    one_of_two = on_the_hall(2).given(claimed(LI), confirmed(LI), fulfilled(LI), claimed(MA), confirmed(MA))
    over = NOW + FULFIL
    one_of_two.when(Lapse(at=over)).then(no_show(MA, over), Closed(fulfilled=1, at=over))
    nobody = on_the_hall().given(claimed(LI), confirmed(LI))
    nobody.when(Lapse(at=over)).then(no_show(LI, over), Lapsed(at=over))


def test_after_its_time_a_freed_place_goes_to_nobody() -> None:
    history = on_the_hall().given(claimed(LI), confirmed(LI), queued(MA))
    gone = released(MA, "closed", EXPIRES, held=False)
    stepped_back = released(LI, "withdrawn", EXPIRES, confirmed=True)
    history.when(withdraw(LI, EXPIRES)).then(stepped_back, gone, Lapsed(at=EXPIRES))


def test_what_the_bureau_sends_back_is_to_be_mended() -> None:
    returned = Returned(claim_id=claim_of(LI), until=LATER + FULFIL, at=LATER)
    history = on_the_hall().given(claimed(LI), fulfilled(LI), Closed(fulfilled=1, at=LATER))
    history.when(Return(claim_id=claim_of(LI), at=LATER)).then(returned)
    mended = NOW + timedelta(days=1, hours=3)
    again = history.given(returned).when(fulfil(LI, mended))
    again.then(fulfilled(LI, mended), Closed(fulfilled=1, at=mended))


def test_what_is_sent_back_and_not_mended_lapses() -> None:
    returned = Returned(claim_id=claim_of(LI), until=LATER + FULFIL, at=LATER)
    history = on_the_hall().given(claimed(LI), fulfilled(LI), Closed(fulfilled=1, at=LATER), returned)
    over = LATER + FULFIL
    not_mended = released(LI, "lapsed", over, confirmed=True, detail="not_mended")
    history.when(Lapse(at=over)).then(not_mended, Lapsed(at=over))


def test_only_what_was_fulfilled_is_sent_back() -> None:
    on_the_hall().given(claimed(LI)).when(Return(claim_id=claim_of(LI), at=LATER)).then()
    on_the_hall().when(Return(claim_id=claim_of(OU), at=LATER)).then()


def test_a_cancelled_order_ends_every_open_claim() -> None:
    cancelled = Cancelled(reason_code="person_died", at=LATER)
    on_the_hall().given(claimed(LI), queued(MA)).when(Cancel(reason_code="person_died", at=LATER)).then(
        released(LI, "closed", LATER), released(MA, "closed", LATER, held=False), cancelled
    )


def test_an_order_that_is_over_is_not_cancelled() -> None:
    A_LOVE_ORDER.when(Cancel(reason_code="person_died", at=LATER)).then()
    history = on_the_hall().given(claimed(LI), fulfilled(LI), Closed(fulfilled=1, at=LATER))
    history.when(Cancel(reason_code="person_died", at=LATER)).then()


def test_a_closed_order_has_no_place_left() -> None:
    history = on_the_hall().given(claimed(LI), fulfilled(LI), Closed(fulfilled=1, at=LATER))
    history.when(claim(MA, LATER)).rejected("claim.no_place_left")


def test_the_hall_shows_the_charitys_own_words() -> None:
    assert on_the_hall().when(claim(LI)).state.wording == "每周送四次热饭"
