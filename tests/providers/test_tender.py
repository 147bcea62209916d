"""A tender is put out once, and awarded for no more than was put out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.kernel import Rejected
from chassis.testing import Specification
from services.providers.domain import tender
from services.providers.domain.tender import Award, Awarded, PutOut, TenderPutOut
from tests.providers.examples import ANNING, BAIXIN, NOW

A_TENDER = Specification(tender.decider)
PUT_OUT = PutOut(
    number="NJZC-2026-011", project="居家上门服务", purchaser="", method="public_tender", day=date(2026, 1, 5),
    items=("home_cleaning",), amount_fen=100_000, at=NOW,
)  # fmt: skip
IS_OUT = TenderPutOut(
    number="NJZC-2026-011", project="居家上门服务", purchaser="", method="public_tender", day=date(2026, 1, 5),
    items=("home_cleaning",), amount_fen=100_000, at=NOW,
)  # fmt: skip
AWARD = Award(provider=ANNING, amount_fen=60_000, day=date(2026, 1, 20), at=NOW)
AWARDED = Awarded(provider=ANNING, amount_fen=60_000, day=date(2026, 1, 20), at=NOW)


def test_is_put_out_once_under_its_number() -> None:
    A_TENDER.when(PUT_OUT, known=False).then(IS_OUT)
    A_TENDER.given(IS_OUT).when(PUT_OUT, known=False).then()
    A_TENDER.given(IS_OUT).when(replace(PUT_OUT, amount_fen=1), known=False).rejected("tender.number_taken")


def test_is_awarded_to_registered_providers_once_each() -> None:
    A_TENDER.when(AWARD, known=True).rejected("tender.unknown")
    A_TENDER.given(IS_OUT).when(AWARD, known=False).rejected("provider.unknown")
    A_TENDER.given(IS_OUT).when(AWARD, known=True).then(AWARDED)
    A_TENDER.given(IS_OUT, AWARDED).when(AWARD, known=True).then()
    more = replace(AWARD, amount_fen=70_000)
    A_TENDER.given(IS_OUT, AWARDED).when(more, known=True).rejected("tender.awarded_already")


def test_is_not_awarded_before_it_was_put_out() -> None:
    early = replace(AWARD, day=date(2026, 1, 4))
    A_TENDER.given(IS_OUT).when(early, known=True).rejected("tender.awarded_before_it_was_put_out")


def test_is_awarded_for_no_more_than_is_left() -> None:
    second = replace(AWARD, provider=BAIXIN, amount_fen=40_001)
    A_TENDER.given(IS_OUT, AWARDED).when(second, known=True).rejected("tender.more_than_put_out", left_fen=40_000)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 60_000)), max_size=12))
def test_awards_never_exceed_the_tender_whatever_comes(asked: list[tuple[int, int]]) -> None:
    state = tender.decider.fold([IS_OUT])
    for who, amount_fen in asked:
        command = replace(AWARD, provider=UUID(int=who), amount_fen=amount_fen)
        try:
            state = tender.decider.fold(tender.decide(command, state, True), state)
        except Rejected:
            continue
    assert sum(award.amount_fen for award in state.awards) <= IS_OUT.amount_fen
    assert len({award.provider for award in state.awards}) == len(state.awards)
