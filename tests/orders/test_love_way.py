"""A love order's way through charity and back: declined, unclaimed, referred again, bought; in pieces; never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.testing import Specification
from services.orders.domain import order
from services.orders.domain.duplicates import Given
from services.orders.domain.policy import LovingRules
from services.orders.outgoing import outgoing
from tests.orders.examples import (
    CHARITY,
    CLAIMANT,
    NEED,
    NINGJIN,
    ORDER,
    OTHER_VISIT,
    PLAN,
    at,
    claimed,
    complete,
    day,
    form_love,
    known_love,
    known_order,
    love_formed,
    verify,
)  # fmt: skip

an_order = Specification(order.decider)
OTHER_CHARITY = UUID("00000000-0000-4000-8000-00000000f202")
THIRD = UUID("00000000-0000-4000-8000-00000000f103")
declined = order.CharityDeclined(charity_id=CHARITY, reason_code="no_volunteers", at=at("2024-10-03"))
lapse = order.FallBack(at=at("2024-10-16"))
refer = order.ReferElsewhere(
    charity_id=OTHER_CHARITY, expires_at=at("2024-10-30"), role="bureau", at=at("2024-10-17")
)  # fmt: skip
buy = order.Buy(role="bureau", at=at("2024-10-17"))


def under(**rules: Any) -> order.Known:
    """Ningjin with these rules of loving."""
    return replace(known_order, policies=(replace(NINGJIN, loving=LovingRules(**rules)),))


def test_accepted_by_the_charity_and_published_stand_in_the_timeline():
    accepted = order.CharityAccepted(charity_id=CHARITY, at=at("2024-10-02"))
    note = order.NoteAccepted(charity_id=CHARITY, at=at("2024-10-02"))
    told = an_order.given(love_formed).when(note, known_order)
    told.then(accepted)
    told.when(note, known_order).then()
    published = told.when(order.NotePublished(at=at("2024-10-02")), known_order)
    published.then(order.LovePublished(at=at("2024-10-02")))
    assert published.state.stage == "opened"


def test_declined_it_waits_for_the_bureau():
    note = order.NoteDeclined(charity_id=CHARITY, reason_code="no_volunteers", at=at("2024-10-03"))
    told = an_order.given(love_formed).when(note, known_order)
    told.then(declined)
    assert (told.state.stage, told.state.desk_since) == ("declined", day("2024-10-03"))
    told.when(note, known_order).then()


def test_only_the_charity_that_has_it_declines_it():
    note = order.NoteDeclined(charity_id=OTHER_CHARITY, reason_code="late", at=at("2024-10-03"))
    an_order.given(love_formed).when(note, known_order).then()


def test_declined_it_is_referred_to_another_charity_and_told_again():
    again = an_order.given(love_formed, declined).when(refer, known_order)
    again.then(
        order.ReferredElsewhere(
            charity_id=OTHER_CHARITY, places=1, expires_at=at("2024-10-30"), policy="130528/0001", at=at("2024-10-17")
        )
    )
    assert (again.state.stage, again.state.charity) == ("opened", OTHER_CHARITY)
    assert again.when(order.Match(provider=CLAIMANT, road="charity", at=at("2024-10-18")), known_order).state.servers


def test_only_the_bureau_decides_and_only_about_what_came_back():
    an_order.given(love_formed, declined).when(replace(refer, role="township"), known_order).rejected(
        "order.not_yours_to_form", body="bureau"
    )
    an_order.given(love_formed).when(refer, known_order).rejected("order.not_on_the_desk")
    an_order.given(love_formed).when(buy, known_order).rejected("order.not_on_the_desk")


def test_declined_it_is_bought_in_a_window_as_long():
    bought = an_order.given(love_formed, declined).when(buy, known_order)
    assert (bought.state.kind, bought.state.stage) == ("purchase", "opened")
    assert bought.state.window_to - bought.state.window_from == timedelta(days=15)
    bought.when(buy, known_order).then()


def test_what_cannot_be_bought_is_not_bought():
    companionship = replace(love_formed, item="family_companionship")
    an_order.given(companionship, declined).when(buy, known_order).rejected("order.not_purchasable")


def test_unclaimed_it_comes_back_to_the_bureau_where_the_policy_says_so():
    back = an_order.given(love_formed).when(lapse, under(unclaimed="bureau"))
    back.then(order.Unclaimed(left=1, buys_at=None, at=at("2024-10-16")))
    assert back.state.stage == "unclaimed"


def test_unclaimed_and_not_purchasable_it_comes_back_and_is_not_lost():
    companionship = replace(love_formed, item="family_companionship")
    back = an_order.given(companionship).when(lapse, under(unclaimed="purchase_if_borne"))
    assert back.state.stage == "unclaimed"


def test_unclaimed_settlement_is_asked_and_its_yes_buys():
    asked = an_order.given(love_formed).when(lapse, under(unclaimed="purchase_if_borne"))
    asked.then(
        order.PurchaseAsked(units=1, day=day("2024-10-16"), policy="130528/0001", at=at("2024-10-16"))
    )  # fmt: skip
    assert asked.state.stage == "considered"
    yes = order.NoteBorne(borne=True, fund="county_budget", reason_code="", at=at("2024-10-16", "11:00"))
    bought = asked.when(yes, known_order)
    assert (bought.state.kind, bought.state.stage) == ("purchase", "opened")
    assert bought.events[0].fund == "county_budget"
    bought.when(yes, known_order).then()


def test_bought_as_agreed_it_is_paid_so_to_the_provider():
    rules = under(unclaimed="purchase_if_borne", bought_by="individual_service")
    asked = an_order.given(replace(love_formed, approved_fen=4500)).when(lapse, rules)
    assert (asked.events[0].agreed_fen, asked.events[0].rule) == (4500, "individual_service")
    yes = order.NoteBorne(borne=True, fund="county_budget", reason_code="", rule="individual_service",
                          amount_fen=4500, at=at("2024-10-16", "11:00"))  # fmt: skip
    bought = asked.when(yes, known_order).when(order.Match(provider=THIRD, road="providers", at=at("2024-10-17")),
                                               known_order)  # fmt: skip
    done = bought.when(replace(complete, provider=THIRD, day=day("2024-10-18")), known_order)
    accepted = done.when(replace(verify, at=at("2024-10-19")), known_order)
    recorded = type("R", (), {"originator_id": ORDER, "event": accepted.events[0]})
    [public] = outgoing(recorded, accepted.state)  # type: ignore[arg-type]
    assert (public.data.fact.kind, public.data.fact.rule, public.data.fact.amount_fen) == (
        "agreed", "individual_service", 4500,
    )  # fmt: skip


def test_where_no_fund_bears_it_the_bureau_decides():
    asked = an_order.given(love_formed).when(lapse, under(unclaimed="purchase_if_borne"))
    no = order.NoteBorne(borne=False, fund="", reason_code="no_money", at=at("2024-10-16", "11:00"))
    back = asked.when(no, known_order)
    back.then(order.NotBorne(reason_code="no_money", at=at("2024-10-16", "11:00")))
    assert back.state.stage == "unclaimed"
    assert back.when(refer, known_order).state.stage == "opened"


def test_the_bureau_has_its_days_first():
    rules = under(unclaimed="purchase", first_bureau_days=5)
    back = an_order.given(love_formed).when(lapse, rules)
    back.then(order.Unclaimed(left=1, buys_at=at("2024-10-21"), at=at("2024-10-16")))
    by_itself = order.Buy(role="", at=at("2024-10-21"))
    assert back.when(by_itself, rules).state.kind == "purchase"
    back.when(refer, rules).when(by_itself, rules).then()


def test_called_off_it_is_not_bought_any_more():
    asked = an_order.given(love_formed).when(lapse, under(unclaimed="purchase_if_borne"))
    off = asked.when(order.CallOff(reason_code="helped_otherwise", at=at("2024-10-16", "10:30")), known_order)
    assert off.state.stage == "cancelled"
    yes = order.NoteBorne(borne=True, fund="county_budget", reason_code="", at=at("2024-10-16", "11:00"))
    off.when(yes, known_order).then()


def test_turned_down_for_good_it_can_be_given_anew():
    done = replace(complete, provider=CLAIMANT, item=None, units=None)
    down = an_order.given(love_formed, claimed).when(done, known_order)
    down = down.when(replace(verify, result="rejected", note_code="nobody_there"), known_order)
    assert down.state.stage == "turned_down"
    assert down.when(refer, known_order).state.stage == "opened"
    lapsed = down.when(lapse, under(unclaimed="bureau"))
    assert lapsed.state.stage == "unclaimed"


def test_only_a_need_that_was_screened_and_declared_becomes_a_love_order():
    undeclared = replace(known_love, need=replace(known_love.need, declared=False))
    an_order.when(form_love, undeclared).rejected("order.need_not_declared")
    any_need = replace(undeclared, policies=(replace(NINGJIN, loving=LovingRules()),))
    assert an_order.when(form_love, any_need).state.stage == "opened"


def test_where_the_charity_decides_content_the_bureau_forms_none():
    charitys = replace(known_love, policies=(replace(NINGJIN, loving=LovingRules(content="charity")),))
    an_order.when(form_love, charitys).rejected("order.content_is_the_charitys")
    decided = replace(form_love, referral_id=OTHER_VISIT, role="")
    formed = an_order.when(decided, charitys)
    assert formed.state.referral_id == OTHER_VISIT
    formed.when(decided, charitys).then()


def test_forming_warns_of_the_same_help_or_refuses_it():
    plan = Given(id=PLAN, source="plan", item="home_cleaning", first=day("2024-10-05"), last=day("2024-12-31"))
    known = replace(known_love, given=(plan,))
    warned = an_order.when(form_love, known)
    [overlap] = warned.events[0].overlaps
    assert (overlap.id, overlap.source) == (PLAN, "plan")
    refusing = replace(known, policies=(replace(NINGJIN, loving=LovingRules(duplicates="refuse")),))
    an_order.when(form_love, refusing).rejected("order.duplicate", duplicates=1, source="plan", id=str(PLAN))


def test_of_very_many_the_first_ten_are_named():
    plans = tuple(
        Given(id=UUID(int=number), source="plan", item="home_cleaning", first=day("2024-10-05"), last=day("2024-12-31"))
        for number in range(1, 31)
    )
    [formed] = an_order.when(form_love, replace(known_love, given=plans)).events
    assert [one.id.int for one in formed.overlaps] == list(range(1, 11))


def test_the_need_of_an_order_stays_named_through_all_turns():
    whole = an_order.given(love_formed, declined).when(refer, known_order).when(lapse, under(unclaimed="purchase"))
    assert (whole.state.need_id, whole.state.kind) == (NEED, "purchase")
