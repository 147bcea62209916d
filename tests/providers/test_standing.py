"""A provider shows certificates, stops and goes on, leaves the register; outlets open and close by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.providers.domain.provider import (
    Certificate,
    CertificateShown,
    Change,
    Changed,
    CloseOutlet,
    Known,
    OpenOutlet,
    OutletClosed,
    OutletOpened,
    Register,
    Registered,
    Removed,
    Resume,
    Resumed,
    ShowCertificate,
    Stop,
    Suspend,
    Suspended,
)
from services.providers.domain.qualification import may_not_be_sent, unfit
from services.providers.domain.register_rules import NOTHING_ASKED, RegisterRules
from tests.providers.examples import A_PROVIDER, CODE, NEARBY, NOW, OTHER_TOWNSHIP, POLICY, TOWN, TOWNSHIP

REGISTERED = Registered(name="安宁家政", credit_code=CODE, kind="company", township=TOWNSHIP, point=TOWN, at=NOW)
HOUSE = replace(REGISTERED, kind="welfare_institution", institution="elderly_home")
TODAY = date(2026, 11, 2)
LICENCE = Certificate(kind="business_licence", number="A1", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
SHOWN = CertificateShown(certificate=LICENCE, at=NOW)
SUSPEND = Suspend(from_day=date(2026, 11, 5), to_day=None, reason_code="inspection", document="宁民〔2026〕3号", at=NOW)
SUSPENDED = Suspended(
    from_day=date(2026, 11, 5),
    to_day=None,
    reason_code="inspection",
    document="宁民〔2026〕3号",
    release_at=NOW,
    at=NOW,
)
KNOWN = Known(policy=POLICY)


def test_only_a_welfare_institution_is_of_a_kind_of_house() -> None:
    command = Register(
        name="安宁家政", credit_code=CODE, kind="company", township=TOWNSHIP, point=TOWN, institution="hospital", at=NOW
    )
    A_PROVIDER.when(command).rejected("provider.no_institution")
    house = A_PROVIDER.when(replace(command, kind="welfare_institution", institution="elderly_home")).state
    assert (house.kind, house.institution) == ("welfare_institution", "elderly_home")


def test_a_new_name_or_township_leaves_the_rest() -> None:
    change = Change(name="安宁养老服务", township=None, institution=None, at=NOW)
    changed = Changed(name="安宁养老服务", township=TOWNSHIP, institution="elderly_home", at=NOW)
    A_PROVIDER.given(HOUSE).when(change).then(changed)
    A_PROVIDER.given(HOUSE, changed).when(change).then()
    moved = replace(change, name=None, township=OTHER_TOWNSHIP)
    assert A_PROVIDER.given(HOUSE, changed).when(moved).state.township == OTHER_TOWNSHIP


def test_a_certificate_is_shown_once_by_kind_and_number() -> None:
    A_PROVIDER.given(REGISTERED).when(ShowCertificate(certificate=LICENCE, at=NOW)).then(SHOWN)
    A_PROVIDER.given(REGISTERED, SHOWN).when(ShowCertificate(certificate=LICENCE, at=NOW)).then()
    other = ShowCertificate(certificate=replace(LICENCE, valid_to=date(2027, 12, 31)), at=NOW)
    A_PROVIDER.given(REGISTERED, SHOWN).when(other).rejected("certificate.number_taken")
    backwards = ShowCertificate(certificate=replace(LICENCE, number="A2", valid_to=date(2025, 1, 1)), at=NOW)
    A_PROVIDER.given(REGISTERED).when(backwards).rejected("certificate.ends_before_it_begins")


def test_is_suspended_once_for_the_same_days() -> None:
    given_suspended = A_PROVIDER.given(REGISTERED, SUSPENDED)
    given_suspended.when(SUSPEND, known=KNOWN).then()
    again = replace(SUSPEND, from_day=date(2026, 12, 1), to_day=date(2026, 12, 2))
    given_suspended.when(again, known=KNOWN).rejected("provider.suspended_already")


def test_is_not_suspended_in_the_past_nor_backwards() -> None:
    yesterday = replace(SUSPEND, from_day=TODAY - timedelta(days=1))
    A_PROVIDER.given(REGISTERED).when(yesterday, known=KNOWN).rejected("provider.day_is_past")
    backwards = replace(SUSPEND, to_day=date(2026, 11, 4))
    A_PROVIDER.given(REGISTERED).when(backwards, known=KNOWN).rejected("provider.suspension_reversed")


def test_goes_on_from_a_day_and_keeps_the_days_that_were_stopped() -> None:
    resume = Resume(from_day=date(2026, 11, 20), at=NOW)
    resumed = A_PROVIDER.given(REGISTERED, SUSPENDED).when(resume)
    resumed.then(Resumed(from_day=date(2026, 11, 20), at=NOW))
    assert [(stop.from_day, stop.to_day) for stop in resumed.state.stops] == [(date(2026, 11, 5), date(2026, 11, 19))]
    resumed.when(resume).then()


def test_a_suspension_that_has_not_begun_is_lifted_whole() -> None:
    lifted = A_PROVIDER.given(REGISTERED, SUSPENDED).when(Resume(from_day=date(2026, 11, 3), at=NOW))
    assert lifted.state.stops == ()


def test_nothing_new_is_given_to_who_is_off_the_register() -> None:
    removed = Removed(
        from_day=date(2026, 11, 3), reason_code="dissolved", document="", release_at=NOW, at=NOW
    )  # fmt: skip
    given_removed = A_PROVIDER.given(REGISTERED, removed)
    for command in (
        ShowCertificate(certificate=LICENCE, at=NOW),
        OpenOutlet(name="河渠服务点", point=NEARBY, at=NOW),
        Resume(from_day=date(2026, 11, 20), at=NOW),
        Change(name="别的名称", township=None, institution=None, at=NOW),
    ):
        given_removed.when(command, known=KNOWN).rejected("provider.removed")


def test_an_outlet_closes_from_a_day_and_may_open_again() -> None:
    opened = OutletOpened(
        name="河渠服务点", point=NEARBY, kind="village_point", township=TOWNSHIP, village=f"{TOWNSHIP}201",
        serves=(f"{TOWNSHIP}201",), opened_on=TODAY, at=NOW,
    )  # fmt: skip
    close = CloseOutlet(name="河渠服务点", day=date(2026, 11, 20), at=NOW)
    closed = A_PROVIDER.given(REGISTERED, opened).when(close)
    closed.then(OutletClosed(name="河渠服务点", day=date(2026, 11, 20), at=NOW))
    closed.when(close).then()
    again = closed.when(OpenOutlet(name="河渠服务点", point=NEARBY, at=NOW))
    assert [outlet.closed_on for outlet in again.state.outlets] == [None, date(2026, 11, 20), None]


def test_an_outlet_nobody_knows_is_not_closed_and_none_in_the_past() -> None:
    unknown = CloseOutlet(name="河渠服务点", day=TODAY, at=NOW)
    A_PROVIDER.given(REGISTERED).when(unknown).rejected("outlet.unknown")
    past = CloseOutlet(name="安宁家政", day=TODAY - timedelta(days=1), at=NOW)
    A_PROVIDER.given(REGISTERED).when(past).rejected("provider.day_is_past")


def test_a_service_point_lies_in_its_township() -> None:
    elsewhere = OpenOutlet(name="河渠", point=NEARBY, township=OTHER_TOWNSHIP, village=f"{TOWNSHIP}201", at=NOW)
    A_PROVIDER.given(REGISTERED).when(elsewhere).rejected("outlet.village_elsewhere")


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 12, 25), date(2026, 12, 31), None),
        (date(2026, 12, 25), date(2027, 1, 1), "certificate_ends"),
        (date(2025, 12, 31), date(2026, 1, 5), "certificate_ends"),
    ],
)
def test_a_provider_is_qualified_on_every_day_of_an_order(first: date, last: date, reason: str | None) -> None:
    assert unfit((), (LICENCE,), ("business_licence",), first, last) == reason
    assert unfit((), (LICENCE,), ("care_permit",), first, last) == "certificate_missing"


def test_a_renewed_certificate_goes_on_where_the_first_ends() -> None:
    renewed = replace(LICENCE, number="A2", valid_from=date(2027, 1, 1), valid_to=None)
    days = date(2026, 12, 25), date(2027, 2, 1)
    assert unfit((), (renewed, LICENCE), ("business_licence",), *days) is None
    late = replace(renewed, valid_from=date(2027, 1, 2))
    assert unfit((), (late, LICENCE), ("business_licence",), *days) == "certificate_ends"


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=5),
    window=st.tuples(st.integers(0, 30), st.integers(0, 10)),
)
def test_qualified_means_that_each_day_has_a_certificate(
    pieces: list[tuple[int, int]], window: tuple[int, int]
) -> None:
    begin = date(2026, 1, 1)
    shown = tuple(
        Certificate(kind="k", number=str(place), valid_from=begin + timedelta(days=start),
                    valid_to=begin + timedelta(days=start + length))
        for place, (start, length) in enumerate(pieces)
    )  # fmt: skip
    days = [begin + timedelta(days=window[0] + n) for n in range(window[1] + 1)]
    each = all(any(one.valid_from <= day <= (one.valid_to or day) for one in shown) for day in days)
    assert (unfit((), shown, ("k",), days[0], days[-1]) is None) == each


def test_a_suspension_that_leaves_a_day_leaves_the_order() -> None:
    stop = Stop(from_day=date(2026, 11, 5), to_day=date(2026, 11, 9), reason_code="inspection", release_at=NOW)
    assert unfit((stop,), (), (), date(2026, 11, 5), date(2026, 11, 9)) == "provider_suspended"
    assert unfit((stop,), (), (), date(2026, 11, 4), date(2026, 11, 9)) is None
    assert unfit((stop,), (), (), date(2026, 11, 5), date(2026, 11, 10)) is None


TRAINED = RegisterRules(training_required=True)


@pytest.mark.parametrize(
    ("rules", "changes", "reason"),
    [
        (NOTHING_ASKED, {}, None),
        (TRAINED, {}, "worker_not_trained"),
        (TRAINED, {"trained_to": date(2026, 11, 4)}, "worker_not_trained"),
        (TRAINED, {"trained_to": date(2026, 11, 5)}, None),
        (NOTHING_ASKED, {"left_on": date(2026, 11, 9)}, "worker_left"),
        (NOTHING_ASKED, {"left_on": date(2026, 11, 10)}, None),
        (NOTHING_ASKED, {"leaves": [(date(2026, 11, 5), date(2026, 11, 9))]}, "worker_away"),
        (NOTHING_ASKED, {"leaves": [(date(2026, 11, 5), date(2026, 11, 8))]}, None),
        (NOTHING_ASKED, {"evaluated": "not_competent"}, None),
        (RegisterRules(not_competent_is_sent=False), {"evaluated": "not_competent"}, "worker_not_competent"),
    ],
)
def test_a_worker_is_not_sent_untrained_away_or_gone(
    rules: RegisterRules, changes: dict[str, object], reason: str | None
) -> None:
    fits = {"trained_to": None, "evaluated": "", "left_on": None, "leaves": []} | changes
    days = {"first": date(2026, 11, 5), "last": date(2026, 11, 9)}
    assert may_not_be_sent(rules, **fits, **days) == reason  # type: ignore[arg-type]
