"""A list of people referred to a charity, as orders keeps it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from chassis.service import Recorded
from chassis.testing import Specification
from services.orders.domain import order, referral
from services.orders.domain.policy import LovingRules
from services.orders.reactions.loving import of_loving
from tests.orders.examples import CHARITY, NEED, NINGJIN, asked, at, day

a_referral = Specification(referral.decider)
LIST = UUID("00000000-0000-4000-8000-00000000ab01")
OTHER = UUID("00000000-0000-4000-8000-00000000b002")
policy = replace(NINGJIN, loving=LovingRules(content="charity", from_declared=True))
known = referral.Known(policies=(policy,), needs={NEED: asked, OTHER: asked})
refer = referral.Refer(
    charity_id=CHARITY, need_ids=(NEED, OTHER), decide_by=day("2024-10-15"), by="bureau-1", role="bureau",
    at=at("2024-10-01"),
)  # fmt: skip
listed = referral.Listed(
    need_id=NEED, person=asked.person, township=asked.township, village=asked.village, items=asked.items
)  # fmt: skip
referred = referral.Referred(
    charity_id=CHARITY, people=(listed, replace(listed, need_id=OTHER)), decide_by=day("2024-10-15"),
    policy="130528/0001", by="bureau-1", at=at("2024-10-01"),
)  # fmt: skip
content = referral.NoteContent(
    charity_id=CHARITY, need_id=NEED, item="home_cleaning", units=2, places=1, expires_at=at("2024-11-01"),
    at=at("2024-10-05"),
)  # fmt: skip
decided = referral.Decided(**vars(content))
back = referral.NoteSentBack(need_id=OTHER, reason_code="no_means", at=at("2024-10-06"))


def test_a_list_is_referred_once_whole():
    a_referral.when(refer, known).then(referred)
    a_referral.given(referred).when(refer, known).then()


def test_without_a_day_the_charity_has_the_countys_days():
    [event] = a_referral.when(replace(refer, decide_by=None), known).events
    assert event.decide_by == day("2024-10-15")


def test_only_where_the_charity_decides_content():
    bureaus = replace(known, policies=(NINGJIN,))
    a_referral.when(refer, bureaus).rejected("referral.content_is_the_bureaus")
    a_referral.when(replace(refer, role="township"), known).rejected("referral.not_yours", body="bureau")


def test_only_needs_declared_and_approved_for_charity_and_not_given_yet():
    purchase = {NEED: asked, OTHER: replace(asked, mode="purchase")}
    a_referral.when(refer, replace(known, needs=purchase)).rejected("referral.need_not_for_charity", number=2)
    undeclared = {NEED: replace(asked, declared=False), OTHER: asked}
    a_referral.when(refer, replace(known, needs=undeclared)).rejected("referral.need_not_declared", number=1)
    a_referral.when(refer, replace(known, taken=frozenset({OTHER}))).rejected("referral.referred_already", number=2)
    a_referral.when(replace(refer, decide_by=day("2024-09-30")), known).rejected("referral.decide_by_wrong")


def test_what_the_charity_decides_becomes_a_love_order_that_names_the_list():
    told = a_referral.given(referred).when(content, known)
    told.then(decided)
    [step] = of_loving(Recorded(originator_id=LIST, originator_version=2, event=decided), told.state)
    assert (step.command.referral_id, step.command.price_fen, step.command.charity_id) == (LIST, 0, CHARITY)
    formed = order.decide(step.command, None, order.Known(policies=(policy,), need=asked))
    assert formed[0].referral_id == LIST
    told.when(content, known).then()


def test_sent_back_the_person_is_with_the_bureau():
    told = a_referral.given(referred, decided).when(back, known)
    told.then(referral.SentBack(need_id=OTHER, reason_code="no_means", at=at("2024-10-06")))
    assert told.state.stage == "decided"


def test_a_need_that_changed_meanwhile_forms_nothing_and_comes_back():
    for needs in ({}, {NEED: replace(asked, mode="purchase")}, {NEED: replace(asked, items=(("home_cleaning", 1),))}):
        told = a_referral.given(referred).when(content, replace(known, needs=needs))
        told.then(referral.NotFormed(need_id=NEED, reason_code="need_changed", at=at("2024-10-05")))


def test_undecided_after_the_last_day_it_is_overdue_and_a_late_decision_still_stands():
    over = a_referral.given(referred).when(referral.Expire(at=at("2024-10-16", "00:00")), known)
    over.then(referral.Overdue(left=2, at=at("2024-10-16", "00:00")))
    assert over.state.stage == "overdue"
    over.when(content, known).then(decided)
    [due] = of_loving(Recorded(originator_id=LIST, originator_version=1, event=referred), over.state)
    assert due.at == at("2024-10-16", "00:00")
