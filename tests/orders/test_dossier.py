"""A person's file: self-care, guardian, certificates and materials, as decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chassis.kernel import Rejected, Sealed
from services.orders.domain import beneficiary
from services.orders.domain.beneficiary import decider
from services.orders.domain.status import status_on
from tests.orders.examples import COUNTY, at, day, known_people, person, registered
from tests.orders.people import IN_DEPTH

KNOWN = beneficiary.Known(policies=(IN_DEPTH,), county=COUNTY, next_number=7)
BOX = Sealed(box="1.n.box")
NOW = at("2024-10-10")


def told(*commands: beneficiary.Command, known: beneficiary.Known = KNOWN) -> beneficiary.Beneficiary:
    """The person after these commands."""
    state = decider.fold([registered])
    for command in commands:
        state = decider.fold(decider.decide(command, state, known), state)
    assert state is not None
    return state


def refused(command: beneficiary.Command, *before: beneficiary.Command) -> str:
    with pytest.raises(Rejected) as refusal:
        decider.decide(command, told(*before), KNOWN)
    return refusal.value.code


def assess(
    unmet: int, on: str, from_day: str = "", assessors: tuple[str, ...] = ("a", "b")
) -> beneficiary.AssessSelfCare:
    return beneficiary.AssessSelfCare(
        unmet=unmet, findings=BOX, instrument="self_care_2021", assessed_on=day(on), from_day=day(from_day or on),
        assessors=assessors, at=NOW,
    )  # fmt: skip


name = beneficiary.NameGuardian(
    name=BOX, phone=None, id_number=None, relation="son", from_day=day("2024-10-01"), at=NOW
)
able = beneficiary.CheckGuardian(able=True, checked_on=day("2024-10-05"), reasons=BOX, by="township-1", at=NOW)


@pytest.mark.parametrize(
    ("unmet", "tier"), [(0, "able"), (1, "half"), (2, "half"), (3, "half"), (4, "full"), (5, "full"), (6, "full")]
)
def test_the_tier_follows_from_how_many_of_six_indicators_are_unmet(unmet: int, tier: str):
    assert told(assess(unmet, "2024-10-01")).now.tier == tier


def test_the_newest_assessment_counts_in_whatever_order_they_arrive():
    early, late = assess(6, "2024-08-01"), assess(0, "2024-09-01")
    for state in (told(early, late), told(late, early)):
        tiers = [status_on(state.statuses, day(on)).tier for on in ("2024-07-31", "2024-08-31", "2024-09-01")]
        assert tiers == ["half", "full", "able"]


def test_an_assessment_reaches_over_a_later_change_of_categories():
    change = beneficiary.ChangeStatus(tier=None, categories=("dibao",), from_day=day("2024-09-15"), at=NOW)
    state = told(change, assess(5, "2024-09-01"))
    assert status_on(state.statuses, day("2024-09-20")).tier == "full"
    assert "dibao" in status_on(state.statuses, day("2024-09-20")).categories


def test_a_repeated_assessment_of_the_same_tier_changes_no_status():
    state = told(assess(2, "2024-09-01"))
    assert state.recorded == told().recorded


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (assess(1, "2024-10-01", assessors=("a", "a")), "self_care.assessors_alike"),
        (assess(1, "2024-10-11"), "self_care.in_the_future"),
        (assess(1, "2024-10-02", "2024-10-01"), "self_care.begins_before_assessed"),
        (replace(assess(1, "2024-10-01"), instrument="of_yesterday"), "self_care.instrument_unknown"),
        (able, "guardian.none"),
    ],
)
def test_refused(command: beneficiary.Command, code: str):
    assert refused(command) == code


def test_a_guardian_is_unchecked_then_able_and_a_new_one_is_unchecked_again():
    assert [told(*commands).dossier.guardian_state for commands in ((), (name,), (name, able))] == [
        "", "unchecked", "able",
    ]  # fmt: skip
    another = replace(name, from_day=day("2024-10-08"))
    assert told(name, able, another).dossier.guardian_state == "unchecked"
    assert refused(replace(name, from_day=day("2024-09-01")), name) == "guardian.begins_before_the_last"


def test_a_repeated_check_says_nothing_new():
    assert decider.decide(able, told(name, able), KNOWN) == []


def test_an_ended_guardian_is_none():
    end = beneficiary.EndGuardian(last_day=day("2024-10-09"), reason_code="unfit", at=NOW)
    assert told(name, end).dossier.guardian is None
    assert decider.decide(end, told(), KNOWN) == []


def test_a_certificate_that_the_policy_does_not_know_is_refused():
    command = beneficiary.RecordCertificate(
        kind="driving_licence", valid_from=day("2024-01-01"), valid_to=None, sha256="", at=NOW
    )
    assert refused(command) == "certificate.kind_unknown"


def test_a_certificate_is_recorded_once_and_its_end_replaces():
    open_end = beneficiary.RecordCertificate(
        kind="severe_disability", valid_from=day("2024-01-01"), valid_to=None, sha256="", at=NOW
    )
    ended = replace(open_end, valid_to=day("2024-12-31"))
    assert decider.decide(open_end, told(open_end), KNOWN) == []
    state = told(open_end, ended)
    assert [one.valid_to for one in state.dossier.certificates] == [day("2024-12-31")]
    assert "severe_disability" not in status_on(state.statuses, day("2025-01-01")).categories


def test_what_shows_the_present_learns_when_another_status_begins():
    certificate = beneficiary.RecordCertificate(
        kind="severe_disability", valid_from=day("2024-01-01"), valid_to=day("2024-12-31"), sha256="", at=NOW
    )
    state = told(certificate)
    assert ("severe_disability" in state.now.categories, state.turns_on) == (True, day("2025-01-01"))
    turn = beneficiary.Turn(at=at("2025-01-01", "00:00"))
    assert "severe_disability" not in told(certificate, turn).now.categories
    assert decider.decide(beneficiary.Turn(at=NOW), state, KNOWN) == []


def test_a_new_policy_is_followed_when_the_categories_are_reckoned_again():
    state = decider.fold([registered])
    again = beneficiary.DeriveCategories(at=NOW)
    assert decider.decide(again, state, known_people) == []
    [derived] = decider.decide(again, state, KNOWN)
    assert isinstance(derived, beneficiary.CategoriesDerived)
    assert {span.category for span in derived.spans} == {"disabled_elderly", "needy_elderly"}
    assert decider.decide(again, decider.fold([derived], state), KNOWN) == []


def test_where_the_household_book_is_kept_is_no_reason_to_refuse():
    elsewhere = replace(person, registered_region="620422", residence_permit=True)
    command = beneficiary.Register(person=elsewhere, at=NOW)
    event = decider.decide(command, None, KNOWN)[0]
    assert isinstance(event, beneficiary.Registered)
    assert event.person.registered_region == "620422"


def test_the_status_before_birth_is_the_first_one():
    assert told().recorded[0].from_day == date.min
