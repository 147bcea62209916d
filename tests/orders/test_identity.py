"""Identity numbers: the check character and the birthday decide, the place does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.kernel import Rejected
from services.orders.domain.identity import check, check_character

STANDARD = "11010519491231002X"
"""The example printed in the standard GB 11643."""


def test_the_standards_own_example_is_right():
    check(STANDARD, date(1949, 12, 31))


def test_a_place_younger_than_the_person_is_right():
    check("620422193801010014", date(1938, 1, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        "110105194912310021",
        "11010519491231002x",
        "1101051949123100",
        "１１０１０５１９４９１２３１００２X",
        "110105194902300024",
        "",
    ],
)
def test_a_malformed_number_is_refused(wrong: str):
    with pytest.raises(Rejected) as refusal:
        check(wrong, date(1949, 12, 31))
    assert refusal.value == Rejected("beneficiary.id_number_wrong")


def test_another_birthday_is_refused():
    with pytest.raises(Rejected) as refusal:
        check(STANDARD, date(1949, 12, 30))
    assert refusal.value.code == "beneficiary.born_differs"


@given(st.text(alphabet="0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_always_changes_the_check_character(digits: str, place: int, by: int):
    other = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert check_character(other) != check_character(digits)
