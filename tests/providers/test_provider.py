"""A provider is entered once, and agrees within the county's policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.providers.domain import credit_code, provider
from services.providers.domain.provider import Agree, Agreed, Agreement, OpenOutlet, OutletOpened, Register, Registered
from tests.providers.examples import A_PROVIDER, CODE, NEARBY, NOW, POLICY, TOWN, TOWNSHIP

REGISTER = Register(name="安宁家政", credit_code=CODE, kind="company", township=TOWNSHIP, point=TOWN, at=NOW)
REGISTERED = Registered(name="安宁家政", credit_code=CODE, kind="company", township=TOWNSHIP, point=TOWN, at=NOW)
AGREEMENT = Agreement(
    number="2026-01",
    items=("home_cleaning",),
    townships=(TOWNSHIP,),
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    monthly_capacity=100,
    tender="NJZC-2026-011",
)
UNDER_POLICY = provider.Known(policy=POLICY)
AGREE = Agree(agreement=AGREEMENT, at=NOW)
AGREED = Agreed(agreement=AGREEMENT, policy=POLICY.version, at=NOW)


def changed(**changes: object) -> Agree:
    return Agree(agreement=replace(AGREEMENT, **changes), at=NOW)  # type: ignore[arg-type]


def test_is_registered_with_a_right_credit_code() -> None:
    A_PROVIDER.when(REGISTER).then(REGISTERED)


def test_is_not_registered_with_a_wrong_credit_code() -> None:
    A_PROVIDER.when(replace(REGISTER, credit_code=CODE[:-1] + "8")).rejected("provider.credit_code_wrong")


def test_is_not_registered_twice() -> None:
    A_PROVIDER.given(REGISTERED).when(REGISTER).rejected("provider.registered_already")


def test_agrees_under_the_policy_in_force() -> None:
    A_PROVIDER.given(REGISTERED).when(AGREE, known=UNDER_POLICY).then(AGREED)


def test_does_not_agree_before_it_is_registered() -> None:
    A_PROVIDER.when(AGREE, known=UNDER_POLICY).rejected("provider.unknown")


def test_does_not_agree_without_a_policy() -> None:
    A_PROVIDER.given(REGISTERED).when(AGREE, known=provider.NOTHING).rejected("policy.none_in_force")


def test_agreeing_again_changes_nothing() -> None:
    A_PROVIDER.given(REGISTERED, AGREED).when(AGREE, known=UNDER_POLICY).then()


def test_an_agreement_number_belongs_to_one_agreement() -> None:
    again = changed(monthly_capacity=200)
    A_PROVIDER.given(REGISTERED, AGREED).when(again, known=UNDER_POLICY).rejected("agreement.number_taken")


def test_an_agreement_does_not_end_before_it_begins() -> None:
    backwards = changed(valid_to=date(2025, 12, 31))
    A_PROVIDER.given(REGISTERED).when(backwards, known=UNDER_POLICY).rejected("agreement.ends_before_it_begins")


def test_an_agreement_of_twelve_months_is_the_longest() -> None:
    longer = changed(valid_to=date(2027, 1, 1))
    A_PROVIDER.given(REGISTERED).when(longer, known=UNDER_POLICY).rejected("agreement.too_long", longest_months=12)


def test_twelve_months_from_a_leap_day_end_before_the_28th() -> None:
    leap = changed(valid_from=date(2028, 2, 29), valid_to=date(2029, 2, 27))
    assert len(A_PROVIDER.given(REGISTERED).when(leap, known=UNDER_POLICY).events) == 1
    longer = changed(valid_from=date(2028, 2, 29), valid_to=date(2029, 2, 28))
    A_PROVIDER.given(REGISTERED).when(longer, known=UNDER_POLICY).rejected("agreement.too_long")


def test_an_agreement_names_its_tender_where_the_policy_asks_for_one() -> None:
    A_PROVIDER.given(REGISTERED).when(changed(tender=""), known=UNDER_POLICY).rejected("agreement.without_tender")
    without = replace(POLICY, tender=False)
    assert len(A_PROVIDER.given(REGISTERED).when(changed(tender=""), known=provider.Known(policy=without)).events) == 1


def test_opens_an_outlet_once() -> None:
    open_outlet = OpenOutlet(name="河渠服务点", point=NEARBY, at=NOW)
    opened = OutletOpened(name="河渠服务点", point=NEARBY, at=NOW)
    A_PROVIDER.given(REGISTERED).when(open_outlet).then(opened)
    A_PROVIDER.given(REGISTERED, opened).when(open_outlet).then()


@pytest.mark.parametrize("code", ["91350100M000100Y43", CODE])
def test_a_real_credit_code_is_valid(code: str) -> None:
    assert credit_code.is_valid(code)


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100Y44", "91350100I000100Y43", "９1350100M000100Y43"]
)
def test_another_text_is_no_credit_code(code: str) -> None:
    assert not credit_code.is_valid(code)


@pytest.mark.parametrize("place", range(18))
def test_a_credit_code_with_one_wrong_character_is_found_out(place: int) -> None:
    other = "2" if CODE[place] != "2" else "3"
    assert not credit_code.is_valid(CODE[:place] + other + CODE[place + 1 :])
