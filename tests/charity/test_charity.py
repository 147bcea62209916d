"""A charity is entered once, by its credit code."""

from __future__ import annotations

from services.charity.domain.charity import Register, Registered, stream_of
from tests.charity.examples import A_CHARITY, CODE, COUNTY, NOW

REGISTER = Register(name="宁晋县慈善总会", credit_code=CODE, at=NOW)
REGISTERED = Registered(name="宁晋县慈善总会", credit_code=CODE, at=NOW)


def test_is_registered_with_a_right_credit_code() -> None:
    A_CHARITY.when(REGISTER).then(REGISTERED)


def test_is_not_registered_with_a_wrong_credit_code() -> None:
    A_CHARITY.when(Register(name="某会", credit_code=CODE[:-1] + "0", at=NOW)).rejected("charity.credit_code_wrong")


def test_is_not_registered_twice() -> None:
    A_CHARITY.given(REGISTERED).when(REGISTER).rejected("charity.registered_already")


def test_has_one_id_in_a_county_and_another_elsewhere() -> None:
    assert stream_of(COUNTY, CODE) == stream_of(COUNTY, CODE)
    assert stream_of(COUNTY, CODE) != stream_of("341700", CODE)
