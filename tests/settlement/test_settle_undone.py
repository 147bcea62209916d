"""An acceptance that orders took back: its fact is void, on time or late, by both engines alike."""

from __future__ import annotations

from tests.settlement.settle_both import Told
from tests.settlement.settle_examples import BATH, BUNDLE, GRADES, fens, policy, rows


def _taken_back(county: Told, fact: str, **keys: str) -> str:
    return county.tell("ruling", "orders", month="2026-11", fact=fact, **keys)


def _complete_bundle() -> tuple[Told, str]:
    """Example 7 of the settlement paper before the close: everything served, grade 10 %."""
    county = Told(policy(BUNDLE, GRADES))
    county.month()
    (cleaning,) = county.served("cleaning", 3)
    county.served("cleaning", 10, 17, 24)
    county.served("laundry", 5, 20)
    county.served("haircut", 12)
    county.graded("average")
    return county, cleaning


def test_what_was_found_false_after_the_close_is_a_correction_with_its_cause():
    county, cleaning = _complete_bundle()
    county.sealed()
    _taken_back(county, cleaning, cause="violation")
    assert fens(county.november(), "payable") == [9900]
    county.sealed("2026-12")
    december = county.december()
    assert [(row["fen"], row["cause"]) for row in rows(december, "corrections")] == [(-1414, "violation")]
    assert fens(december, "carried_out") == [-1414]


def test_what_was_taken_back_before_the_close_does_not_count():
    county, cleaning = _complete_bundle()
    _taken_back(county, cleaning, cause="violation")
    assert fens(county.november(), "payable") == [8486]


def test_what_was_judged_anew_and_accepted_counts_again():
    county, cleaning = _complete_bundle()
    _taken_back(county, cleaning, cause="mistake")
    county.served("cleaning", 3, cause="mistake")
    assert fens(county.november(), "payable") == [9900]


def test_taken_back_and_accepted_again_after_the_close_corrects_nothing():
    county, cleaning = _complete_bundle()
    county.sealed()
    _taken_back(county, cleaning, cause="mistake")
    county.served("cleaning", 3, cause="mistake")
    county.sealed("2026-12")
    assert rows(county.december(), "corrections") == []


def test_taken_back_stands_before_what_settlement_ruled_about_the_fact():
    for ruled_first in (True, False):
        county = Told(policy(BATH))
        (bath,) = county.served("bath", 3)
        if ruled_first:
            county.ruled(fact=bath, units=3)
        _taken_back(county, bath)
        if not ruled_first:
            county.allocated("A", 100_000)
            county.allocated("A", 100_000)
            county.ruled(fact=bath, units=3)
        assert fens(county.november()) == []


def test_settlement_may_rule_upon_the_taking_back():
    county = Told(policy(BATH))
    (bath,) = county.served("bath", 3)
    county.ruled(fact=_taken_back(county, bath))
    assert fens(county.november()) == [1045]
