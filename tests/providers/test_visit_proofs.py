"""In how many ways a visit is proved, visits by phone, pictures that are to be uploaded, packets with a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.providers.domain import visit
from services.providers.domain.proving import Proving
from tests.providers.visiting import (
    A_VISIT,
    AFTER,
    AROUND,
    BEFORE,
    ENDED,
    POLICY,
    REGISTER,
    REPORT,
    RETURN,
    SUPPLEMENT,
    noticed,
    photo,
)

BARE = replace(REPORT, code_given=False, code_fits=(), place=None)
"""Two photos, no code, no place."""
BY_PHONE = replace(BARE, item="counselling", evidence=(), mode="phone")
LACKING = ("proof_missing", "amber")
DRAWN = photo(5, "signature")


def test_one_way_of_proof_is_too_few() -> None:
    assert LACKING in noticed(BARE)
    assert LACKING not in noticed(replace(BARE, place=REPORT.place))
    assert LACKING not in noticed(replace(BARE, code_given=True, code_fits=(1,)))


@pytest.mark.parametrize(
    "more",
    [{"evidence": (BEFORE, AFTER, DRAWN)}, {"signed_by": "guardian"}, {"register_line": "7"},
     {"evidence": (BEFORE, AFTER, REGISTER)}],
    ids=["drawn signature", "signer by relation", "line of the register", "page of the register"],
)  # fmt: skip
def test_a_signature_or_the_register_is_a_way_too(more: dict[str, object]) -> None:
    assert LACKING not in noticed(replace(BARE, **more))  # type: ignore[arg-type]


def test_a_drawn_signature_is_no_photo_of_the_work() -> None:
    assert LACKING in noticed(replace(BARE, evidence=(DRAWN,)))


def test_where_the_pack_asks_nothing_nothing_is_missing() -> None:
    nothing = replace(AROUND, policy=replace(POLICY, proofs=Proving()))
    assert LACKING not in noticed(replace(BARE, evidence=()), nothing)


def test_only_ways_that_the_pack_names_for_the_item_count() -> None:
    strict = Proving(at_least=2, modes_by_item={"home_cleaning": frozenset({"code", "signature"})})
    around = replace(AROUND, policy=replace(POLICY, proofs=strict))
    assert LACKING in noticed(REPORT, around)
    assert LACKING not in noticed(replace(REPORT, signed_by="self"), around)


def test_a_supplement_makes_up_for_the_proof_that_was_missing() -> None:
    completed = A_VISIT.when(BARE, known=AROUND).events[0]
    [mended] = A_VISIT.given(completed).when(SUPPLEMENT, known=AROUND).events
    assert LACKING not in [(one.code, one.colour) for one in mended.exceptions]
    more = replace(SUPPLEMENT, evidence=(photo(6),))
    [still] = A_VISIT.given(completed).when(more, known=AROUND).events
    assert LACKING in [(one.code, one.colour) for one in still.exceptions]


def test_a_visit_by_phone_is_asked_for_neither_place_nor_photo() -> None:
    assert noticed(BY_PHONE) == [("code_missing", "amber")]
    assert noticed(replace(BY_PHONE, code_given=True, code_fits=(1,))) == []
    [completed] = A_VISIT.when(BY_PHONE, known=AROUND).events
    assert (completed.mode, completed.minutes, completed.metres_from_village) == ("phone", 45, None)


def test_a_visit_by_phone_may_be_too_short() -> None:
    short = replace(BY_PHONE, ended_at=BY_PHONE.started_at + timedelta(minutes=1))
    assert ("too_short", "amber") in noticed(short)


def test_the_home_is_not_cleaned_by_phone() -> None:
    A_VISIT.when(replace(REPORT, mode="phone"), known=AROUND).rejected("visit.phone_not_allowed")


def test_pictures_are_uploaded_before_they_are_named_where_the_pack_says_so() -> None:
    strict = replace(POLICY, proofs=replace(POLICY.proofs, uploaded=True))
    A_VISIT.when(REPORT, known=replace(AROUND, policy=strict, photos_unknown=1)).rejected(
        "visit.photo_unknown", unknown=1
    )
    assert A_VISIT.when(REPORT, known=replace(AROUND, policy=strict)).events
    assert A_VISIT.when(REPORT, known=replace(AROUND, photos_unknown=2)).events
    supplemented = A_VISIT.when(REPORT, known=AROUND).when(
        SUPPLEMENT, known=replace(AROUND, policy=strict, photos_unknown=1)
    )
    supplemented.rejected("visit.photo_unknown", unknown=1)


def test_a_gap_that_is_closed_is_no_exception_any_more() -> None:
    [completed] = A_VISIT.when(replace(REPORT, device=AROUND.person, sequence=2), known=AROUND).events
    assert (completed.device, completed.sequence) == (AROUND.person, 2)
    gap = visit.Noticed(code="sequence_gap", colour="amber")
    close = visit.CloseGap(at=ENDED)
    after_a_gap = A_VISIT.given(replace(completed, exceptions=(gap,)))
    after_a_gap.when(close).then(visit.GapClosed(at=ENDED))
    assert after_a_gap.when(close).state.exceptions == ()
    after_a_gap.when(close).when(close).then()
    A_VISIT.given(completed).when(close).then()
    A_VISIT.when(close).then()


def test_a_picture_nearly_the_same_in_a_later_visit_is_amber() -> None:
    reported = A_VISIT.given(A_VISIT.when(REPORT, known=AROUND).events[0])
    reported.when(visit.NoteClash(code="photo_alike", colour="amber", at=RETURN.at)).then(
        visit.ExceptionAdded(code="photo_alike", colour="amber", at=RETURN.at)
    )
