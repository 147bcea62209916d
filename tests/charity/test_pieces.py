"""A love order of several pieces: claimed in parts, done in full or in part, and every freed piece offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.charity.domain.love_order import (
    Closed,
    Confirm,
    Lapse,
    Planned,
    ReportNoShow,
    TurnDown,
    TurnedDown,
)
from tests.charity.examples import (
    EXPIRES,
    FULFIL,
    LI,
    MA,
    NING,
    NOW,
    OU,
    claim,
    claim_of,
    claimed,
    confirmed,
    fulfil,
    fulfilled,
    join,
    on_the_hall,
    promoted,
    queued,
    released,
    withdraw,
)

LATER = NOW + timedelta(hours=3)
TEN_BAGS = on_the_hall(10)


def test_ten_bags_are_claimed_three_and_seven() -> None:
    three = TEN_BAGS.when(claim(LI, pieces=3))
    assert three.state.left == 7
    history = TEN_BAGS.given(claimed(LI, pieces=3))
    history.when(claim(MA, pieces=7)).then(claimed(MA, pieces=7))
    history.when(claim(MA, pieces=8)).rejected("claim.no_place_left", left=7, first="李**", waiting=0)


def test_a_claim_of_several_pieces_is_done_at_once() -> None:
    history = TEN_BAGS.given(claimed(LI, pieces=3), claimed(MA, pieces=7))
    history.when(fulfil(LI)).then(replace(fulfilled(LI), pieces=3))
    done = history.given(replace(fulfilled(LI), pieces=3))
    done.when(fulfil(MA)).then(replace(fulfilled(MA), pieces=7), Closed(fulfilled=10, at=LATER))


def test_fewer_done_than_claimed_frees_the_rest_for_who_waits() -> None:
    history = TEN_BAGS.given(claimed(LI, pieces=10), queued(MA, pieces=4))
    five = replace(fulfil(LI), pieces=5)
    history.when(five).then(replace(fulfilled(LI), pieces=5), promoted(MA, LATER, pieces=4))
    history.when(replace(five, pieces=11)).rejected("fulfilment.more_than_claimed", pieces=10)


def test_who_waits_for_more_than_is_free_gets_what_is_free_and_blocks_nobody() -> None:
    history = TEN_BAGS.given(claimed(LI, pieces=3), claimed(MA, pieces=7), queued(NING, pieces=5), queued(OU, 2))
    history.when(withdraw(LI)).then(released(LI, "withdrawn"), promoted(NING, pieces=3))
    history.when(withdraw(MA)).then(released(MA, "withdrawn"), promoted(NING, pieces=5), promoted(OU))


def test_nobody_who_claims_anew_overtakes_who_waits() -> None:
    history = TEN_BAGS.given(claimed(LI, pieces=10), queued(MA, pieces=2))
    history.when(claim(NING)).rejected("claim.no_place_left", left=0, first="李**", waiting=1)
    history.when(join(NING, pieces=3)).then(queued(NING, 2, pieces=3))


def test_a_no_show_frees_the_place_for_who_waits() -> None:
    over = NOW + FULFIL
    history = on_the_hall().given(claimed(LI), confirmed(LI), queued(MA))
    missed = released(LI, "lapsed", over, confirmed=True, detail="no_show")
    still_open = on_the_hall(expires_at=over + timedelta(days=1)).given(claimed(LI), confirmed(LI), queued(MA))
    still_open.when(Lapse(at=over)).then(missed, promoted(MA, over))
    history.when(Lapse(at=EXPIRES - timedelta(seconds=1))).then()


def test_the_charity_reports_a_no_show_once_the_time_planned_is_over() -> None:
    planned = Planned(starts_at=NOW + timedelta(hours=1), minutes=60)
    sure = replace(confirmed(LI), planned=planned)
    history = on_the_hall().given(claimed(LI), sure, queued(MA))
    report = ReportNoShow(claim_id=claim_of(LI), at=NOW + timedelta(minutes=119))
    history.when(report).rejected("claim.not_due")
    over = NOW + timedelta(hours=2)
    missed = released(LI, "lapsed", over, confirmed=True, detail="no_show")
    history.when(replace(report, at=over)).then(missed, promoted(MA, over))
    history.given(missed, promoted(MA, over)).when(replace(report, at=over)).then()


def test_nobody_is_a_no_show_who_was_not_sure_or_planned_no_time() -> None:
    report = ReportNoShow(claim_id=claim_of(LI), at=NOW)
    on_the_hall().given(claimed(LI)).when(report).rejected("claim.not_confirmed")
    on_the_hall().given(claimed(LI), confirmed(LI)).when(report).rejected("claim.not_due")


def test_nobody_plans_to_have_come_already() -> None:
    past = Planned(starts_at=NOW - timedelta(minutes=1), minutes=30)
    late = Confirm(claim_id=claim_of(LI), planned=past, at=NOW)
    on_the_hall().given(claimed(LI)).when(late).rejected("claim.planned_in_the_past")


def test_what_is_turned_down_is_free_again_for_who_waits() -> None:
    history = on_the_hall(2).given(claimed(LI), claimed(MA), queued(NING), fulfilled(LI))
    down = TurnedDown(claim_id=claim_of(LI), claimant=LI, reason_code="not_done", at=LATER)
    turn_down = TurnDown(claim_id=claim_of(LI), reason_code="not_done", at=LATER)
    history.when(turn_down).then(down, promoted(NING, LATER))
    history.given(down, promoted(NING, LATER)).when(turn_down).then()


def test_what_is_turned_down_after_the_end_ends_the_order_anew() -> None:
    history = on_the_hall(2).given(
        claimed(LI), claimed(MA), fulfilled(LI), fulfilled(MA), Closed(fulfilled=2, at=LATER)
    )
    down = TurnedDown(claim_id=claim_of(LI), claimant=LI, reason_code="not_done", at=LATER)
    turned = history.when(TurnDown(claim_id=claim_of(LI), reason_code="not_done", at=LATER))
    turned.then(down, Closed(fulfilled=1, at=LATER))
    assert turned.state.left == 1


def test_a_reason_for_stepping_back_is_kept() -> None:
    reason = replace(withdraw(LI), reason_code="ill")
    on_the_hall().given(claimed(LI)).when(reason).then(released(LI, "withdrawn", detail="ill"))
