"""What people type is read as they mean it, and nothing else passes for it."""

from __future__ import annotations

from uuid import UUID

import pytest

from chassis.problems import Refused
from console.certificates import whole
from console.rating import Typed, mistakes
from console.typed import digits, form_of, number, only, reference

VISIT = UUID("01234567-89ab-cdef-0123-456789abcdef")


@pytest.mark.parametrize("typed", ["12345678", " 1234 5678 ", "1234-5678", "１２３４　５６７８", "12.34.56—78"])
def test_a_code_may_be_typed_in_groups_and_in_wide_digits(typed: str) -> None:
    assert digits(typed) == "12345678"


@pytest.mark.parametrize("typed", ["1234567", "123456789", "1234567a", "१२३४५६७८", "+12345678", "1234567８９", ""])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert "code" in mistakes(Typed(visit=str(VISIT), code=typed, stars="1", rated_by="self"))


@pytest.mark.parametrize("typed", [str(VISIT), str(VISIT).upper(), VISIT.hex, " 01234567 89ab cdef 0123 456789abcdef"])
def test_a_reference_is_known_with_or_without_hyphens(typed: str) -> None:
    assert reference(typed) == VISIT


@pytest.mark.parametrize("typed", ["", "x", str(VISIT)[:-1], f"{VISIT}0", f"urn:uuid:{VISIT}", f"{{{VISIT}}}"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert reference(typed) is None


def test_a_number_keeps_its_hyphens_whatever_they_look_like() -> None:
    assert number(" １３０５２８ – 2026－000001\n") == "130528-2026-000001"
    assert whole("2026-1", "130528") == "130528-2026-000001"
    assert whole("2026-1234567", "130528") == "130528-2026-1234567"


def test_a_form_is_read_as_utf_8_without_controls_and_not_without_end() -> None:
    form = form_of(b"a=%E8%B5%B5%00%1b&a=2&b=+x+&c=&d=%ff")
    assert form == {"a": ["赵", "2"], "b": [" x "], "c": [""], "d": ["\ufffd"]}
    assert [only(form, name) for name in "abcz"] == ["", "x", "", ""]
    with pytest.raises(Refused):
        form_of(b"&".join(b"a=1" for _ in range(50)))
