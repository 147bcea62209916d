"""The charity's answer to what the bureau refers: accepted, sent back with a reason, or sent back by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from services.charity.domain import charity, policy
from services.charity.domain.charity import Charity, Person
from services.charity.domain.love_order import (
    Accept,
    Accepted,
    Acting,
    Cancelled,
    Closed,
    Decline,
    Declined,
    Known,
    Publish,
    Refer,
    Returned,
    TurnDown,
    TurnedDown,
)
from tests.charity.examples import (
    A_CHARITY,
    A_LOVE_ORDER,
    CHARITY,
    CODE,
    FULFIL,
    KNOWN,
    LI,
    NOW,
    POLICY,
    PUBLISHED,
    WORK,
    claim,
    claim_of,
    claimed,
    fulfilled,
    on_the_hall,
    referred,
    released,
)

OTHER = UUID(int=0xC1)
ZHANG = Acting(charity=CHARITY, subject="zhang")
REASON = Sealed(box="1.r.c")
LATER = NOW + timedelta(hours=3)
ACTIVE = Charity(status="active", name="宁晋县慈善总会", credit_code=CODE)
SUSPENDED = replace(ACTIVE, status="suspended", until=date(2026, 11, 30))


def known(standing: Charity) -> Known:
    return replace(KNOWN, charity=standing)


def test_is_accepted_before_it_is_published() -> None:
    accepted = Accepted(charity=CHARITY, by="zhang", at=NOW)
    history = A_LOVE_ORDER.given(referred())
    history.when(Accept(acting=ZHANG, at=NOW)).then(accepted)
    history.given(accepted).when(Accept(acting=ZHANG, at=NOW)).then()
    history.given(accepted).when(Publish(wording="每周送四次热饭", at=NOW)).then(PUBLISHED)


def test_is_sent_back_with_a_reason_that_stays_sealed() -> None:
    decline = Decline(reason_code="no_volunteers", reason=REASON, acting=ZHANG, at=NOW)
    back = Declined(charity=CHARITY, reason_code="no_volunteers", reason=REASON, by="zhang", at=NOW)
    A_LOVE_ORDER.given(referred()).when(decline).then(back)
    A_LOVE_ORDER.given(referred(), back).when(decline).then()
    on_the_hall().when(decline).rejected("love_order.published_already")


def test_after_it_was_sent_back_another_charity_has_it_anew() -> None:
    back = Declined(charity=CHARITY, reason_code="no_volunteers", reason=None, at=NOW)
    elsewhere = Refer(work=replace(WORK, charity=OTHER), at=NOW)
    again = replace(referred(), work=replace(WORK, charity=OTHER))
    outcome = A_LOVE_ORDER.given(referred(), back).when(elsewhere, known=KNOWN)
    outcome.then(again)
    assert [(one.charity, one.status) for one in outcome.state.past] == [(CHARITY, "declined")]


def test_referred_elsewhere_while_it_is_claimed_every_claim_ends() -> None:
    elsewhere = Refer(work=replace(WORK, charity=OTHER), at=NOW)
    again = replace(referred(), work=replace(WORK, charity=OTHER))
    on_the_hall().given(claimed(LI)).when(elsewhere, known=KNOWN).then(released(LI, "closed"), again)


def test_what_was_done_before_a_new_referral_can_still_be_sent_back_and_turned_down() -> None:
    done = replace(fulfilled(LI), pieces=3)
    ended = on_the_hall(5).given(claimed(LI, pieces=3), done, Closed(fulfilled=3, at=NOW))
    anew = ended.given(referred(2), PUBLISHED)
    assert anew.when(TurnDown(claim_id=UUID(int=9), reason_code="x", at=LATER)).state.left == 2
    anew.when(claim(LI)).rejected("claim.once_only")
    down = TurnedDown(claim_id=claim_of(LI), claimant=LI, reason_code="not_done", at=LATER)
    anew.when(TurnDown(claim_id=claim_of(LI), reason_code="not_done", at=LATER)).then(down)
    returned = Returned(claim_id=claim_of(LI), until=LATER + FULFIL, at=LATER)
    assert anew.given(returned).when(claim(LI, LATER)).state.left == 2


def test_a_suspended_charity_gets_nothing_new_and_publishes_nothing() -> None:
    back = Declined(charity=CHARITY, reason_code="charity_suspended", at=NOW)
    A_LOVE_ORDER.when(Refer(work=WORK, at=NOW), known=known(SUSPENDED)).then(referred(), back)
    A_LOVE_ORDER.given(referred()).when(Publish(wording="", acting=ZHANG, at=NOW), known=known(SUSPENDED)).rejected(
        "charity.suspended"
    )
    after = NOW + timedelta(days=29)
    late = replace(referred(), publish_by=after + timedelta(days=POLICY.publish_within_days), at=after)
    A_LOVE_ORDER.when(Refer(work=WORK, at=after), known=known(SUSPENDED)).then(late)


def test_a_charity_of_other_townships_sends_it_back_by_itself() -> None:
    elsewhere = replace(ACTIVE, regions=("130528101",))
    back = Declined(charity=CHARITY, reason_code="outside_its_regions", at=NOW)
    A_LOVE_ORDER.when(Refer(work=WORK, at=NOW), known=known(elsewhere)).then(referred(), back)


def test_once_it_has_named_people_only_they_act_for_it() -> None:
    zhang = Person(subject="zhang", from_day=date(2026, 11, 1), to_day=date(2026, 11, 2))
    named = known(replace(ACTIVE, people=(zhang,)))
    accept = Accept(acting=ZHANG, at=NOW)
    history = A_LOVE_ORDER.given(referred())
    history.when(accept, known=named).then(Accepted(charity=CHARITY, by="zhang", at=NOW))
    history.when(replace(accept, at=NOW + timedelta(days=1)), known=named).rejected("charity.not_acting")
    stranger = replace(accept, acting=Acting(charity=CHARITY, subject="wang"))
    history.when(stranger, known=named).rejected("charity.not_acting")


def test_the_hall_shows_the_village_where_the_policy_says_so_and_never_for_some_items() -> None:
    def shows(item: str, place: str) -> bool:
        fairness = policy.Fairness(hall_place=place, township_only_items=("milk_powder",))
        named = Known(policy=replace(POLICY, fairness=fairness))
        terms = A_LOVE_ORDER.when(Refer(work=replace(WORK, item=item), at=NOW), known=named).state.terms
        return terms is not None and terms.shows_village

    assert shows("meal_help", "village")
    assert not shows("meal_help", "township")
    assert not shows("milk_powder", "village")


REGISTERED = charity.Registered(name="宁晋县慈善总会", credit_code=CODE, at=NOW)


def test_a_charity_is_amended_suspended_reinstated_and_struck_off() -> None:
    entered = A_CHARITY.given(REGISTERED)
    amend = charity.Amend(name=None, regions=("130528100",), at=NOW)
    amended = charity.Amended(name="宁晋县慈善总会", regions=("130528100",), at=NOW)
    entered.when(amend).then(amended)
    entered.given(amended).when(amend).then()
    told: dict[str, Any] = {"until": None, "reason_code": "audit", "reason": REASON, "by": "bureau", "at": NOW}
    suspended = charity.Suspended(**told)
    entered.when(charity.Suspend(**told)).then(suspended)
    entered.given(suspended).when(charity.Reinstate(by="bureau", at=NOW)).then(charity.Reinstated(by="bureau", at=NOW))
    removed = charity.Removed(reason_code="dissolved", reason=REASON, by="bureau", at=NOW)
    entered.given(removed).when(amend).rejected("charity.removed")
    A_CHARITY.when(amend).rejected("charity.unknown")


def test_who_acts_for_a_charity_ends_on_a_day() -> None:
    named = charity.PersonNamed(subject="zhang", from_day=date(2026, 11, 1), to_day=None, by="bureau", at=NOW)
    end = charity.EndPerson(subject="zhang", to_day=date(2026, 11, 1), by="bureau", at=NOW)
    state = A_CHARITY.given(REGISTERED, named).when(end).state
    assert not state.lets_act("zhang", NOW)
    A_CHARITY.given(REGISTERED).when(end).rejected("charity.nobody_of_that_name")


def test_a_cancelled_order_is_referred_again() -> None:
    history = A_LOVE_ORDER.given(referred(), Cancelled(reason_code="taken", at=NOW))
    history.when(Refer(work=WORK, at=NOW), known=KNOWN).then(referred())
