"""The code is six digits, another one for every attempt, order and county, and stands nowhere."""

from __future__ import annotations

from uuid import UUID

import pytest

from chassis.kernel import Rejected
from services.providers.domain.one_time_code import ATTEMPTS_MAX, code_of, fits, refuse_unless_expected
from tests.providers.examples import COUNTY, ORDER_ID, VISIT_ID

KEY = bytes(range(32))


def test_a_code_is_six_digits_and_the_same_again() -> None:
    codes = [code_of(KEY, COUNTY, UUID(int=n), 1) for n in range(300)]
    assert {len(code) for code in codes} == {6}
    assert all(code.isascii() and code.isdigit() for code in codes)
    assert codes == [code_of(KEY, COUNTY, UUID(int=n), 1) for n in range(300)]
    assert len(set(codes)) > 290


def test_every_attempt_order_county_and_deployment_has_its_own() -> None:
    codes = {
        code_of(KEY, COUNTY, ORDER_ID, 1),
        code_of(KEY, COUNTY, ORDER_ID, 2),
        code_of(KEY, COUNTY, VISIT_ID, 1),
        code_of(KEY, "620422", ORDER_ID, 1),
        code_of(bytes(32), COUNTY, ORDER_ID, 1),
    }
    assert len(codes) == 5


def test_a_code_fits_its_own_attempt() -> None:
    for attempt in (1, 2, ATTEMPTS_MAX):
        assert attempt in fits(KEY, COUNTY, ORDER_ID, code_of(KEY, COUNTY, ORDER_ID, attempt))
    assert fits(KEY, COUNTY, ORDER_ID, code_of(KEY, COUNTY, ORDER_ID, ATTEMPTS_MAX + 1)) == ()


@pytest.mark.parametrize(("status", "visit"), [("offered", None), ("withdrawn", None), ("found", VISIT_ID)])
def test_no_code_is_told_where_no_visit_is_expected(status: str, visit: UUID | None) -> None:
    with pytest.raises(Rejected, match=r"code\.not_needed"):
        refuse_unless_expected(status, visit)
    refuse_unless_expected("found", None)
