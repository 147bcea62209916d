"""Who may claim what: kind, age, consent, skills, fitness, blocks, quota, and one place at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.charity.domain import offer
from services.charity.domain.claimant import (
    Asked,
    Assessed,
    Blocked,
    ClaimClosed,
    ClaimOpened,
    ClaimPlanned,
    ClaimReopened,
    ClaimTurnedDown,
    Consented,
    Open,
    Plan,
    Register,
    Registered,
    SkillConfirmed,
    Unblocked,
    Window,
)
from services.charity.domain.policy import Fairness
from tests.charity.examples import A_CLAIMANT, CHARITY, CODE, EXPIRES, LI, NOW, ORDER_ID, POLICY

BOX = Sealed(box="1.n.c")
ASKED = Asked(charity=CHARITY, item="bathing_help", claimants="anybody", min_age=0, skills=(), ends_at=EXPIRES)
FAIR = Fairness(
    quota_relaxed=4, relax_within_hours=48, no_show_limit=2, no_show_days=90, no_show_quota=1, least_age=14,
    suitability_items=("daily_nursing",),
)  # fmt: skip
KNOWN = replace(POLICY, quota=2, fairness=FAIR)
VALID = date(2027, 1, 1)


def person(born_in: int | None = 1980, **more: Any) -> Specification:
    return A_CLAIMANT.given(Registered(kind="person", name=BOX, phone=BOX, born_in=born_in, at=NOW, **more))


COMPANY = A_CLAIMANT.given(Registered(kind="company", name=BOX, phone=BOX, credit_code=CODE, at=NOW))


def opening(number: int = 1, window: Window | None = None, at: datetime = NOW, **asked: Any) -> Open:
    return Open(claim_id=UUID(int=number), order_id=ORDER_ID, asked=replace(ASKED, **asked), window=window, at=at)


def opened(number: int = 1, window: Window | None = None, at: datetime = NOW) -> ClaimOpened:
    return ClaimOpened(claim_id=UUID(int=number), order_id=ORDER_ID, window=window, at=at)


def missed(number: int, at: datetime = NOW) -> ClaimClosed:
    return ClaimClosed(claim_id=UUID(int=number), why="lapsed", confirmed=True, detail_code="no_show", at=at)


def test_an_order_is_for_persons_or_for_companies() -> None:
    person().when(opening(claimants="persons"), known=KNOWN).then(opened())
    person().when(opening(claimants="companies"), known=KNOWN).rejected("claimant.not_this_kind", claimants="companies")
    COMPANY.when(opening(claimants="companies"), known=KNOWN).then(opened())


def test_an_age_counts_once_everybody_of_that_year_has_reached_it() -> None:
    person(2007).when(opening(min_age=18), known=KNOWN).then(opened())
    person(2008).when(opening(min_age=18), known=KNOWN).rejected("claimant.too_young", min_age=18)
    person(None).when(opening(min_age=18), known=KNOWN).rejected("claimant.age_unknown")
    person(None).when(opening(), known=KNOWN).then(opened())


def test_a_minor_claims_with_a_guardians_consent_and_a_child_not_at_all() -> None:
    consent = Consented(guardian=BOX, phone=BOX, valid_to=VALID, by="zhang", at=NOW)
    person(2011).when(opening(), known=KNOWN).rejected("claimant.consent_missing")
    person(2011).given(consent).when(opening(), known=KNOWN).then(opened())
    person(2012).given(consent).when(opening(), known=KNOWN).rejected("claimant.too_young", min_age=14)
    over = replace(consent, valid_to=date(2026, 11, 1))
    person(2011).given(over).when(opening(), known=KNOWN).rejected("claimant.consent_missing")


def test_skills_that_are_asked_for_are_confirmed_and_still_valid() -> None:
    asked = opening(skills=("haircut",))
    confirmed = SkillConfirmed(skill="haircut", valid_to=VALID, charity=CHARITY, by="zhang", at=NOW)
    person().when(asked, known=KNOWN).rejected("claimant.skill_missing", skill="haircut")
    person().given(confirmed).when(asked, known=KNOWN).then(opened())
    person().given(replace(confirmed, valid_to=None)).when(asked, known=KNOWN).then(opened())
    over = replace(confirmed, valid_to=date(2026, 11, 1))
    person().given(over).when(asked, known=KNOWN).rejected("claimant.skill_missing", skill="haircut")


def test_some_work_needs_an_assessment_and_who_is_not_fit_does_not_do_it() -> None:
    nursing = opening(item="daily_nursing")
    fit = Assessed(fit=True, items=("daily_nursing",), valid_to=VALID, charity=CHARITY, by="zhang", at=NOW)
    unfit = replace(fit, fit=False, items=())
    person().when(nursing, known=KNOWN).rejected("claimant.not_assessed")
    person().given(fit).when(nursing, known=KNOWN).then(opened())
    person().given(fit, unfit).when(nursing, known=KNOWN).rejected("claimant.not_fit")
    person().given(unfit, fit).when(nursing, known=KNOWN).then(opened())
    person().given(unfit, fit).when(opening(), known=KNOWN).rejected("claimant.not_fit")


def test_who_is_blocked_claims_nothing_of_who_blocked_until_the_day_is_over() -> None:
    block = Blocked(reason_code="rude", reason=BOX, until=date(2026, 11, 2), charity=None, by="bureau", at=NOW)
    person().given(block).when(opening(), known=KNOWN).rejected("claimant.blocked", until="2026-11-02")
    tomorrow = NOW + timedelta(days=1)
    person().given(block).when(opening(at=tomorrow), known=KNOWN).then(opened(at=tomorrow))
    theirs = replace(block, charity=CHARITY)
    person().given(theirs).when(opening(), known=KNOWN).rejected("claimant.blocked", until="2026-11-02")
    person().given(theirs).when(opening(charity=UUID(int=5)), known=KNOWN).then(opened())
    lifted = Unblocked(charity=CHARITY, by="zhang", at=NOW)
    person().given(theirs, lifted).when(opening(), known=KNOWN).then(opened())


def test_the_quota_relaxes_shortly_before_the_end() -> None:
    full = person().given(opened(1), opened(2))
    full.when(opening(3), known=KNOWN).rejected("claim.quota_reached", quota=2, left=0)
    late = EXPIRES - timedelta(hours=48)
    full.when(opening(3, at=late), known=KNOWN).then(opened(3, at=late))
    four = full.given(opened(3), opened(4))
    four.when(opening(5, at=late), known=KNOWN).rejected("claim.quota_reached", quota=4, left=0)


def test_repeated_no_shows_shorten_the_quota_for_a_time() -> None:
    twice = person().given(opened(1), opened(2), missed(1), missed(2), opened(3))
    twice.when(opening(4), known=KNOWN).rejected("claim.quota_reached", quota=1, left=0)
    later = NOW + timedelta(days=90)
    twice.when(opening(4, at=later, ends_at=later + timedelta(days=9)), known=KNOWN).then(opened(4, at=later))


def test_nobody_plans_to_be_at_two_places_at_once_but_a_company() -> None:
    ten = Window(starts_at=NOW, minutes=60)
    half_past = Window(starts_at=NOW + timedelta(minutes=30), minutes=60)
    eleven = Window(starts_at=NOW + timedelta(minutes=60), minutes=60)
    busy = person().given(opened(1, ten))
    busy.when(opening(2, half_past), known=KNOWN).rejected("claim.overlaps")
    busy.when(opening(2, eleven), known=KNOWN).then(opened(2, eleven))
    COMPANY.given(opened(1, ten)).when(opening(2, half_past), known=KNOWN).then(opened(2, half_past))
    plan = Plan(claim_id=UUID(int=2), window=half_past, at=NOW)
    busy.given(opened(2)).when(plan).rejected("claim.overlaps")
    free = busy.given(opened(2), ClaimClosed(claim_id=UUID(int=1), why="withdrawn", at=NOW))
    free.when(plan).then(ClaimPlanned(claim_id=UUID(int=2), window=half_past, at=NOW))


def test_reliability_counts_what_somebody_was_sure_of() -> None:
    done = [ClaimClosed(claim_id=UUID(int=n), why="fulfilled", confirmed=True, at=NOW) for n in (1, 2, 3)]
    unsure = ClaimClosed(claim_id=UUID(int=5), why="lapsed", at=NOW)
    opens = [opened(number) for number in range(1, 6)]
    state = person().given(*opens, *done, missed(4), unsure).when(opening(6), known=KNOWN).state
    assert (state.ended, state.fulfilled, len(state.no_shows), state.lapsed, state.reliability) == (4, 3, 1, 1, 75)


def test_what_is_sent_back_is_open_again_and_what_is_turned_down_counts_against_it() -> None:
    done = ClaimClosed(claim_id=UUID(int=1), why="fulfilled", confirmed=True, at=NOW)
    again = ClaimReopened(claim_id=UUID(int=1), order_id=ORDER_ID, at=NOW)
    down = ClaimTurnedDown(claim_id=UUID(int=1), at=NOW)
    mending = person().given(opened(), done, again).when(opening(2), known=KNOWN).state
    assert (mending.open_claims, mending.ended) == ({UUID(int=1), UUID(int=2)}, 0)
    turned = person().given(opened(), done, down).when(opening(2), known=KNOWN).state
    assert (turned.fulfilled, turned.turned_down, turned.reliability) == (0, 1, 0)


def test_a_company_has_a_credit_code_and_a_person_none() -> None:
    register = Register(kind="company", name=BOX, phone=BOX, credit_code=CODE, at=NOW)
    wrong = replace(register, credit_code=CODE[:-1] + "0")
    A_CLAIMANT.when(wrong).rejected("claimant.credit_code_wrong")
    A_CLAIMANT.when(replace(register, kind="person")).rejected("claimant.credit_code_wrong")
    A_CLAIMANT.when(replace(register, born_in=1990)).rejected("claimant.born_a_company")


TERMS = offer.Terms(
    claimant=LI, item="meal_help", price_fen=1500, townships=("130528100",), from_day=date(2026, 11, 1), to_day=VALID
)


def test_companies_offer_where_the_county_takes_offers() -> None:
    an_offer = Specification(offer.decider)
    make = offer.Make(terms=TERMS, at=NOW)
    made = offer.Made(terms=TERMS, rule="low_price_offer", at=NOW)
    takes = offer.Known(company=True, rule="low_price_offer")
    an_offer.when(make, known=takes).then(made)
    an_offer.given(made).when(make, known=takes).then()
    an_offer.when(make, known=offer.Known(company=False, rule="x")).rejected("offer.of_companies_only")
    an_offer.when(make, known=offer.Known(company=True, rule="")).rejected("offer.not_taken_here")
    backwards = replace(make, terms=replace(TERMS, to_day=date(2026, 10, 1)))
    an_offer.when(backwards, known=takes).rejected("offer.ends_before_it_begins")
    an_offer.given(made).when(offer.Withdraw(at=NOW)).then(offer.Withdrawn(at=NOW))
    an_offer.when(offer.Withdraw(at=NOW)).rejected("price_offer.unknown")
