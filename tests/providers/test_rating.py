"""Satisfaction: one rating a visit, by code, phone or page; minors through guardians."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services.providers.domain import rating
from tests.providers.grading import A_RATING, AT, RULES, rate, visit_of

PAGE = rate(way="page", code_right=True, ticket="", by="")
WRONG = replace(PAGE, code_right=False)


def test_a_rating_is_kept_with_whose_service_it_is_about() -> None:
    rated = A_RATING.when(rate(), visit_of()).state.rated
    assert (rated.stars, rated.month, rated.township, rated.way) == (5, "2026-11", "130528100", "phone")


def test_it_may_be_changed_for_thirty_days_and_the_last_stands() -> None:
    first = A_RATING.when(rate(5), visit_of())
    first.when(rate(5, at=AT + timedelta(days=1)), visit_of()).then()
    assert first.when(rate(2, at=AT + timedelta(days=20)), visit_of()).state.rated.stars == 2
    first.when(rate(2, at=AT + timedelta(days=30)), visit_of()).rejected("rating.too_late", days=30)


@pytest.mark.parametrize("who", ["self", "household"])
def test_only_a_guardian_rates_what_is_for_minors(who: str) -> None:
    minors = visit_of("child_companionship", replace(RULES, for_minors=frozenset({"child_companionship"})))
    A_RATING.when(rate(rated_by=who), minors).rejected("rating.guardian_rates")
    assert A_RATING.when(rate(rated_by="guardian"), minors).state.rated.rated_by == "guardian"


def test_by_phone_with_the_ticket_and_by_code_with_the_right_one() -> None:
    A_RATING.when(rate(ticket=""), visit_of()).rejected("rating.ticket_missing")
    A_RATING.when(rate(way="code", code_right=False), visit_of()).rejected("rating.code_wrong")
    A_RATING.when(rate(way="code", code_right=None), visit_of()).rejected("rating.code_wrong")
    assert A_RATING.when(rate(way="code", code_right=True), visit_of()).events


def test_the_public_page_takes_no_more_after_five_wrong_codes() -> None:
    tried = A_RATING
    for _ in range(rating.TRIES_MAX):
        tried = tried.when(WRONG, visit_of())
        assert tried.events == (rating.CodeTried(at=AT),)
    tried.when(WRONG, visit_of()).then()
    tried.when(PAGE, visit_of()).then()
    assert tried.when(rate(1), visit_of()).state.rated.stars == 1


def test_what_is_no_visit_or_has_no_sheet_is_not_rated() -> None:
    A_RATING.when(rate(), None).rejected("rating.visit_unknown")
    A_RATING.when(rate(), visit_of(rules=None)).rejected("grade_round.none_here")


def test_the_code_is_another_for_every_visit_and_county() -> None:
    codes = {
        rating.code_of(b"key", county, UUID(int=number)) for county in ("130528", "130529") for number in range(50)
    }
    assert len(codes) == 100
    assert {len(code) for code in codes} == {8}
