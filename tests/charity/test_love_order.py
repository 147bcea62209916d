"""A love order is referred, published, claimed, fulfilled; what runs out ends in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.charity.domain.love_order import (
    Closed,
    Confirm,
    Lapse,
    Lapsed,
    Publish,
    Refer,
)
from tests.charity.examples import (
    A_LOVE_ORDER,
    ANSWER,
    EXPIRES,
    HOLD,
    KNOWN,
    LI,
    MA,
    NING,
    NOW,
    PUBLISHED,
    WORK,
    claim,
    claim_of,
    claimed,
    confirm,
    confirmed,
    fulfil,
    fulfilled,
    join,
    on_the_hall,
    promoted,
    queued,
    referred,
    released,
    withdraw,
)

REFER = Refer(work=WORK, at=NOW)
PUBLISH = Publish(wording="每周送四次热饭", at=NOW)
LATER = NOW + timedelta(hours=3)
MOMENT = timedelta(microseconds=1)


def test_is_referred_with_the_terms_of_its_policy() -> None:
    A_LOVE_ORDER.when(REFER, known=KNOWN).then(referred())


def test_is_referred_once() -> None:
    A_LOVE_ORDER.given(referred()).when(REFER, known=KNOWN).then()


def test_is_referred_again_after_it_lapsed() -> None:
    A_LOVE_ORDER.given(referred(), Lapsed(at=EXPIRES)).when(REFER, known=KNOWN).then(referred())


def test_is_published_once() -> None:
    A_LOVE_ORDER.given(referred()).when(PUBLISH).then(PUBLISHED)
    on_the_hall().when(PUBLISH).then()


def test_is_not_published_before_it_is_referred() -> None:
    A_LOVE_ORDER.when(PUBLISH).rejected("love_order.unknown")


def test_is_not_published_when_its_time_is_over() -> None:
    A_LOVE_ORDER.given(referred()).when(Publish(wording="", at=EXPIRES)).rejected("love_order.closed")


def test_is_claimed_with_a_hold() -> None:
    on_the_hall().when(claim(LI)).then(claimed(LI))


def test_is_not_claimed_before_it_is_published() -> None:
    A_LOVE_ORDER.when(claim(LI)).rejected("claim.not_published")
    A_LOVE_ORDER.given(referred()).when(claim(LI)).rejected("claim.not_published")


def test_is_not_claimed_when_its_time_is_over() -> None:
    on_the_hall().when(claim(LI, EXPIRES)).rejected("claim.expired")
    on_the_hall().when(claim(LI, EXPIRES - MOMENT)).then(claimed(LI, EXPIRES - MOMENT))


def test_claiming_again_changes_nothing() -> None:
    on_the_hall().given(claimed(LI)).when(claim(LI)).then()


def test_a_claimant_who_stepped_back_does_not_claim_it_again() -> None:
    on_the_hall().given(claimed(LI), released(LI, "withdrawn")).when(claim(LI)).rejected("claim.once_only")


def test_who_comes_after_the_last_place_learns_who_was_first_and_how_many_wait() -> None:
    history = on_the_hall().given(claimed(LI))
    history.when(claim(MA)).rejected("claim.no_place_left", left=0, first="李**", waiting=0)
    history.given(queued(MA)).when(claim(NING)).rejected("claim.no_place_left", left=0, first="李**", waiting=1)


def test_who_asks_to_wait_waits_at_the_end() -> None:
    on_the_hall().given(claimed(LI)).when(join(MA)).then(queued(MA))
    on_the_hall().given(claimed(LI), queued(MA)).when(join(NING)).then(queued(NING, 2))
    on_the_hall().given(claimed(LI), queued(MA)).when(join(MA)).then()


def test_who_asks_to_wait_where_something_is_free_holds_it_at_once() -> None:
    on_the_hall(2).given(claimed(LI)).when(join(MA)).then(queued(MA), promoted(MA))


def test_when_the_waiting_list_is_full_nobody_else_waits() -> None:
    full = on_the_hall(waiting_places=1).given(claimed(LI), queued(MA))
    full.when(join(NING)).rejected("waiting_list.full", places=1)
    on_the_hall(waiting_places=0).given(claimed(LI)).when(join(MA)).rejected("waiting_list.full", places=0)


def test_a_freed_place_goes_to_who_waited_longest() -> None:
    history = on_the_hall().given(claimed(LI), queued(MA), queued(NING, 2))
    history.when(withdraw(LI)).then(released(LI, "withdrawn"), promoted(MA))


def test_who_leaves_the_waiting_list_frees_no_place() -> None:
    history = on_the_hall().given(claimed(LI), queued(MA), queued(NING, 2))
    history.when(withdraw(MA)).then(released(MA, "withdrawn", held=False))


def test_stepping_back_again_changes_nothing() -> None:
    on_the_hall().given(claimed(LI), released(LI, "withdrawn")).when(withdraw(LI)).then()


def test_nobody_steps_back_from_what_was_never_claimed_or_is_done() -> None:
    on_the_hall().when(withdraw(LI)).rejected("claim.unknown")
    on_the_hall(2).given(claimed(LI), fulfilled(LI)).when(withdraw(LI)).rejected("claim.fulfilled_already")


def test_a_hold_that_runs_out_frees_the_place() -> None:
    over = NOW + HOLD
    on_the_hall().given(claimed(LI)).when(Lapse(at=over)).then(released(LI, "lapsed", over))
    history = on_the_hall().given(claimed(LI), queued(MA))
    history.when(Lapse(at=over)).then(released(LI, "lapsed", over), promoted(MA, over))


def test_a_hold_does_not_run_out_early() -> None:
    on_the_hall().given(claimed(LI)).when(Lapse(at=NOW + HOLD - MOMENT)).then()


def test_a_promoted_claimant_has_the_time_to_answer_and_no_more() -> None:
    history = on_the_hall().given(claimed(LI), queued(MA), released(LI, "withdrawn"), promoted(MA))
    over = NOW + ANSWER
    history.when(Lapse(at=over - MOMENT)).then()
    history.when(Lapse(at=over)).then(released(MA, "lapsed", over))


def test_a_confirmed_claim_is_kept_until_it_is_to_be_fulfilled() -> None:
    on_the_hall().given(claimed(LI)).when(confirm(LI)).then(confirmed(LI))
    history = on_the_hall().given(claimed(LI), confirmed(LI))
    history.when(confirm(LI)).then()
    history.when(Lapse(at=NOW + HOLD)).then()


def test_only_who_holds_a_place_confirms() -> None:
    on_the_hall().when(confirm(LI)).rejected("claim.unknown")
    on_the_hall().given(claimed(LI), queued(MA)).when(confirm(MA)).rejected("claim.waiting")
    on_the_hall().given(claimed(LI), released(LI, "lapsed")).when(confirm(LI)).rejected("claim.over")
    late = Confirm(claim_id=claim_of(LI), at=NOW + HOLD)
    on_the_hall().given(claimed(LI)).when(late).rejected("claim.hold_lapsed")


def test_the_last_place_fulfilled_closes_the_order() -> None:
    history = on_the_hall().given(claimed(LI))
    history.when(fulfil(LI)).then(fulfilled(LI), Closed(fulfilled=1, at=LATER))


def test_fulfilling_again_changes_nothing() -> None:
    history = on_the_hall().given(claimed(LI), fulfilled(LI), Closed(fulfilled=1, at=LATER))
    history.when(fulfil(LI)).then()


def test_who_waited_for_nothing_is_released_at_once() -> None:
    history = on_the_hall().given(claimed(LI), queued(MA))
    gone = released(MA, "closed", LATER, held=False)
    history.when(fulfil(LI)).then(fulfilled(LI), gone, Closed(fulfilled=1, at=LATER))


def test_one_of_several_places_fulfilled_leaves_the_others_open() -> None:
    on_the_hall(2).given(claimed(LI), claimed(MA)).when(fulfil(LI)).then(fulfilled(LI))


def test_the_claim_need_not_be_named_where_only_one_is_open() -> None:
    on_the_hall(2).given(claimed(LI)).when(fulfil(None)).then(fulfilled(LI))
    on_the_hall(2).given(claimed(LI), claimed(MA)).when(fulfil(None)).rejected("fulfilment.claim_unnamed", open=2)


def test_only_who_holds_a_place_fulfils() -> None:
    on_the_hall().when(fulfil(LI)).rejected("claim.unknown")
    on_the_hall().given(claimed(LI), queued(MA)).when(fulfil(MA)).rejected("claim.waiting")
    on_the_hall().given(claimed(LI), released(LI, "lapsed")).when(fulfil(LI)).rejected("claim.over")
    on_the_hall().given(claimed(LI)).when(fulfil(LI, NOW + HOLD)).rejected("claim.hold_lapsed")


def test_nothing_is_fulfilled_in_the_future_or_before_it_was_claimed() -> None:
    history = on_the_hall().given(claimed(LI))
    history.when(replace(fulfil(LI), time="13:00:01")).rejected("fulfilment.in_the_future")
    history.when(replace(fulfil(LI), time="13:00")).then(
        replace(fulfilled(LI), time="13:00"), Closed(fulfilled=1, at=LATER)
    )
    yesterday = (NOW - timedelta(days=1)).date()
    history.when(replace(fulfil(LI), day=yesterday)).rejected("fulfilment.before_the_claim")
