"""What orders reads of a pack, and which version holds on a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis.kernel import Rejected
from services.orders.domain.policy import in_force
from tests.orders.examples import NINGJIN, day

second = replace(NINGJIN, version="130528/0002", effective_from=day("2025-01-01"))
third = replace(NINGJIN, version="130528/0003", effective_from=day("2025-01-01"))


def test_in_ningjin_the_township_confirms_and_the_bureau_assesses_and_verifies():
    assert (NINGJIN.approves, NINGJIN.assesses, NINGJIN.verifies) == ("township", "bureau", "bureau")


def test_in_ningjin_a_visit_is_accepted_by_itself_after_seven_days():
    assert NINGJIN.accept_after_days == 7


def test_the_latest_version_that_has_begun_is_in_force():
    assert in_force((NINGJIN, second), day("2024-12-31")) is NINGJIN
    assert in_force((NINGJIN, second), day("2025-01-01")) is second


def test_of_two_that_begin_on_one_day_the_last_adopted_is_in_force():
    assert in_force((NINGJIN, third, second), day("2025-02-01")) is second


def test_before_the_first_version_begins_it_holds_already():
    assert in_force((second, NINGJIN), day("2024-01-01")) is NINGJIN


def test_without_any_version_nothing_is_decided():
    with pytest.raises(Rejected) as refusal:
        in_force((), day("2024-10-01"))
    assert refusal.value.code == "policy.none"


def test_goods_of_2024_are_not_in_the_catalogue_of_2025():
    assert NINGJIN.item("milk_powder", day("2024-12-31")).id == "milk_powder"
    with pytest.raises(Rejected) as refusal:
        NINGJIN.item("milk_powder", day("2025-01-01"))
    assert refusal.value == Rejected("policy.item_unknown", number=1)
