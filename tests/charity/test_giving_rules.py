"""Pledges, donations, the volunteer record and certificates: what is refused, what is numbered, what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.charity.domain import certificate, donation, fundraising, honour, pledge, service_entry
from services.charity.domain.capitals import in_capitals
from services.charity.domain.giving_policy import PLEDGE_DAYS
from tests.charity.examples import CHARITY, LI, NOW, ORDER_ID, POLICY, claim_of

FUND, GIFT = UUID(int=0xF0), UUID(int=0x61)
RULES = pledge.Known(anonymity=True, days=PLEDGE_DAYS, receives=True)
TERMS = pledge.Terms(
    charity=CHARITY, pot=FUND, order_id=None, donor=LI, name=None, masked="李**", shown="masked", what="money",
    amount=500, leftover_to=None,
)  # fmt: skip
MADE = pledge.Made(terms=TERMS, until=NOW + timedelta(days=PLEDGE_DAYS), at=NOW)
A_PLEDGE, A_DONATION = Specification(pledge.decider), Specification(donation.decider)
AN_ENTRY, A_CERTIFICATE = Specification(service_entry.decider), Specification(certificate.decider)

GIVEN = donation.Gift(
    charity=CHARITY, pot=FUND, order_id=None, pledge=None, donor=LI, name=None, masked="李**", shown="masked",
    what="money", amount=500, day=NOW.date(), excess_to=None,
)  # fmt: skip
BOOK = donation.Known(registered=True, last=41, anonymity=True)
DEED = service_entry.Deed(
    claim_id=claim_of(LI), claimant=LI, order_id=ORDER_ID, charity=CHARITY, item="meal_help", pieces=3, minutes=0,
    day=NOW.date(), time="09:00",
)  # fmt: skip
NOTED = service_entry.Noted(deed=replace(DEED, minutes=90), at=NOW)
COUNTED = service_entry.Counted(at=NOW)
HOLDER = certificate.Holder(
    claimant=LI, name=Sealed(box="1.n.c"), salt=Sealed(box="1.s.c"), masked="李**", digest="0" * 64
)
ISSUE = certificate.Issue(
    holder=HOLDER, charity=CHARITY, first=date(2026, 11, 1), last=date(2026, 11, 2), today=date(2026, 11, 2),
    key_id="k", public_key="p", at=NOW,
)  # fmt: skip
RECORD = certificate.Known(
    last=6, deeds=(claim_of(LI),), pieces=3, minutes=90, charity_name="慈善总会", credit_code="x"
)


def pay(amount: int, gift: UUID = GIFT, what: str = "money") -> pledge.Pay:
    return pledge.Pay(donation_id=gift, charity=CHARITY, what=what, amount=amount, at=NOW)


def record(known: donation.Known | None = BOOK, **changes: object) -> Specification:
    gift = replace(GIVEN, **changes)  # type: ignore[arg-type]
    return A_DONATION.when(donation.Record(gift=gift, today=NOW.date(), at=NOW), known)


def test_a_pledge_stands_for_the_days_of_the_policy() -> None:
    A_PLEDGE.when(pledge.Make(terms=TERMS, at=NOW), RULES).then(MADE)
    assert POLICY.giving.pledge_days == PLEDGE_DAYS


def test_a_pledge_is_paid_in_parts_and_never_beyond_it() -> None:
    some = pledge.Paid(donation_id=GIFT, amount=400, at=NOW)
    assert A_PLEDGE.given(MADE).when(pay(400)).state.standing == "open"
    A_PLEDGE.given(MADE, some).when(pay(400)).then()
    A_PLEDGE.given(MADE, some).when(pay(101, UUID(int=1))).rejected("pledge.promised_less", left=100)
    A_PLEDGE.given(MADE).when(pay(1, what="rice")).rejected("pledge.promised_less", left=500)
    assert A_PLEDGE.given(MADE, some).when(pay(100, UUID(int=1))).state.standing == "paid"


def test_what_was_paid_of_a_pledge_stays_when_the_rest_is_taken_back() -> None:
    some = pledge.Paid(donation_id=GIFT, amount=400, at=NOW)
    history = A_PLEDGE.given(MADE, some)
    history.when(pledge.Withdraw(at=NOW)).then(pledge.Withdrawn(amount=100, at=NOW))
    history.when(pledge.Lapse(at=NOW)).then()
    late = MADE.until
    history.when(pledge.Lapse(at=late)).then(pledge.Lapsed(amount=100, at=late))
    history.given(pledge.Lapsed(amount=100, at=late)).when(pay(1, UUID(int=1))).rejected("pledge.over")


def test_donors_stay_unnamed_only_where_the_county_lets_them() -> None:
    named = replace(RULES, anonymity=False)
    for terms in (replace(TERMS, shown="anonymous"), replace(TERMS, donor=None)):
        A_PLEDGE.when(pledge.Make(terms=terms, at=NOW), named).rejected("donation.anonymity_not_allowed")
    record(replace(BOOK, anonymity=False), donor=None).rejected("donation.anonymity_not_allowed")
    assert record(donor=None, shown="anonymous").events[0].number == 42


def test_a_donation_takes_the_next_number_of_the_charity_s_year() -> None:
    (recorded,) = record().events
    assert (recorded.year, recorded.number, recorded.pot, recorded.for_order) == (2026, 42, FUND, 0)


def test_a_donation_names_one_receiver() -> None:
    record(pot=None).rejected("donation.receiver_unnamed")
    record(order_id=ORDER_ID).rejected("donation.receiver_unnamed")
    record(pledge=GIFT).rejected("donation.receiver_unnamed")


def test_what_an_order_does_not_need_goes_where_the_donor_said_or_is_refused() -> None:
    room = replace(BOOK, room=300, excess=True)
    record(room, pot=None, order_id=ORDER_ID).rejected("donation.exceeds_the_order", left=300)
    (recorded,) = record(room, pot=None, order_id=ORDER_ID, excess_to=FUND).events
    assert recorded.for_order == 300
    unknown = replace(room, excess=False)
    record(unknown, pot=None, order_id=ORDER_ID, excess_to=FUND).rejected("pot.unknown")


def test_a_donation_of_tomorrow_is_refused() -> None:
    record(day=NOW.date() + timedelta(days=1)).rejected("donation.in_the_future")


def test_what_is_bound_to_an_order_is_not_voided() -> None:
    (recorded,) = record(replace(BOOK, room=500), pot=None, order_id=ORDER_ID).events
    void = donation.Void(cause="mistake", reason_code="twice", at=NOW)
    A_DONATION.given(recorded).when(void).rejected("donation.bound_to_an_order")


def test_a_deed_counts_only_while_it_is_verified() -> None:
    known = service_entry.Known(minutes=30, certificates=(GIFT,))
    AN_ENTRY.when(service_entry.Note(deed=DEED, at=NOW), known).then(NOTED)
    AN_ENTRY.given(NOTED).when(service_entry.Count(at=NOW)).then(COUNTED)
    voided = service_entry.Voided(certificates=(GIFT,), at=NOW)
    AN_ENTRY.given(NOTED, COUNTED).when(service_entry.Void(at=NOW), known).then(voided)
    AN_ENTRY.given(NOTED, COUNTED, voided).when(service_entry.Count(at=NOW)).then(COUNTED)
    AN_ENTRY.given(NOTED).when(service_entry.TurnDown(at=NOW)).then(service_entry.TurnedDown(at=NOW))


def test_minutes_that_were_reported_stand_before_those_of_the_county() -> None:
    deed = replace(DEED, minutes=75)
    known = service_entry.Known(minutes=30)
    AN_ENTRY.when(service_entry.Note(deed=deed, at=NOW), known).then(service_entry.Noted(deed=deed, at=NOW))


def test_what_a_provider_did_is_in_no_volunteer_record() -> None:
    for command in (service_entry.Count(at=NOW), service_entry.Void(at=NOW), service_entry.TurnDown(at=NOW)):
        AN_ENTRY.when(command).then()


def test_a_certificate_takes_the_next_number_and_counts_what_is_verified() -> None:
    (issued,) = A_CERTIFICATE.when(ISSUE, RECORD).events
    assert (issued.number, issued.minutes, issued.deeds) == (7, 90, (claim_of(LI),))


def test_a_certificate_is_not_given_for_nothing_or_for_days_to_come() -> None:
    A_CERTIFICATE.when(ISSUE, replace(RECORD, deeds=())).rejected("certificate.nothing_to_certify")
    tomorrow = replace(ISSUE, last=date(2026, 11, 3))
    A_CERTIFICATE.when(tomorrow, RECORD).rejected("certificate.days_wrong")


def test_a_certificate_is_revoked_once_and_only_for_its_own_deeds() -> None:
    (issued,) = A_CERTIFICATE.when(ISSUE, RECORD).events
    revoke = certificate.Revoke(claim_id=claim_of(LI), at=NOW)
    revoked = certificate.Revoked(claim_id=claim_of(LI), at=NOW)
    A_CERTIFICATE.given(issued).when(revoke).then(revoked)
    A_CERTIFICATE.given(issued, revoked).when(revoke).then()
    A_CERTIFICATE.given(issued).when(replace(revoke, claim_id=GIFT)).then()


def test_a_qualification_ends_on_or_after_its_first_day() -> None:
    wrong = fundraising.Qualify(charity=CHARITY, number="1", first=date(2026, 2, 1), last=date(2026, 1, 1), at=NOW)
    Specification(fundraising.decider).when(wrong, True).rejected("fundraising.days_reversed")
    Specification(fundraising.decider).when(wrong, False).rejected("charity.unknown")


def test_nobody_stands_on_the_honour_list_who_did_not_agree() -> None:
    off = honour.Agree(claimant=LI, shown="none", masked="李**", at=NOW)
    Specification(honour.decider).when(off).then()
    agreed = honour.Agreed(claimant=LI, shown="masked", masked="李**", at=NOW)
    left = honour.Agreed(claimant=LI, shown="none", masked="李**", at=NOW)
    Specification(honour.decider).given(agreed).when(off).then(left)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"), (5, "伍分"), (50, "伍角整"), (100, "壹元整"), (1_000, "壹拾元整"), (10_05, "壹拾元零伍分"),
        (123_405, "壹仟贰佰叁拾肆元零伍分"), (10_010_000, "壹拾万零壹佰元整"), (100_000_500, "壹佰万零伍元整"),
        (10_500_000, "壹拾万伍仟元整"), (10_000_000_100, "壹亿零壹元整"), (10_000_500_000, "壹亿零伍仟元整"),
        (10_050_000_000, "壹亿零伍拾万元整"), (32_504, "叁佰贰拾伍元零肆分"), (20_300, "贰佰零叁元整"),
        (10**14 - 1, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_capitals(fen: int, text: str) -> None:
    assert in_capitals(fen) == text


def test_an_amount_beyond_a_receipt_is_refused() -> None:
    for fen in (-1, 10**14):
        with pytest.raises(ValueError, match="receipt"):
            in_capitals(fen)
