"""The decisions about facts, funds, grades, rulings and notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

from chassis.testing import Specification
from services.settlement.domain import fund, grade, journal, person, ruling
from services.settlement.domain.engine.facts import BundleMonth, Goods, Seal, Segment
from services.settlement.domain.engine.tariff import Fund

AT = datetime(2024, 12, 1, tzinfo=UTC)
DAY = date(2024, 12, 1)

GOODS = Goods(
    id="g", source="orders", position=3, day="2024-11-05", time="09:00", payee="p", purchaser="130528", township="t",
    person="x", item="bread", units=2,
)  # fmt: skip
SEGMENT = Segment(first="2024-11-01", last="2024-11-30", tier="full", categories=("c",), age=70, assigned=True)
BUNDLE = BundleMonth(
    id="b", source="orders", position=4, month="2024-11", payee="p", purchaser="130528", township="t", person="x",
    days=(SEGMENT,), required={"meal_help": 2}, cause="mistake",
)  # fmt: skip

a_fact = Specification(journal.decider)
a_fund = Specification(fund.decider)
a_grade = Specification(grade.decider)
a_ruling = Specification(ruling.decider)
a_person = Specification(person.decider)

funds = fund.Known(
    funds={
        "budget": Fund(id="budget"),
        "work": Fund(id="work", base="pool", percent=Fraction(1), mode="soft", override_role="finance"),
    },
    accounts=frozenset({"pool"}),
)
allocate = fund.Allocate(fund="budget", year=2024, amount_fen=100, document="D1", day=DAY, at=AT)
allocated = fund.Allocated(fund="budget", year=2024, amount_fen=100, document="D1", day=DAY, at=AT)
exceed = fund.Exceed(fund="work", year=2024, role="finance", amount_fen=None, document="D2", day=DAY, at=AT)
graded = grade.Graded(month_id=UUID(int=1), month="2024-11", payee="p", township="t", grade="good", at=AT)
give = grade.Give(month_id=UUID(int=1), month="2024-11", payee="p", township="t", grade="good", at=AT)
GRADES = frozenset({"good", "poor"})
own_line = ruling.Saying(
    month="2024-11", payee="p", purchaser="130528", township="t", person="x", rule="r", amount_fen=-500
)


def test_a_fact_is_journalled_once_as_it_was_told() -> None:
    for fact in (GOODS, BUNDLE, Seal(id="s", source="charity", position=1, month="2024-11")):
        a_fact.when(journal.Journal(fact=fact)).then(fact)
        a_fact.given(fact).when(journal.Journal(fact=fact)).then()


def test_a_fact_told_differently_is_refused() -> None:
    other = replace(GOODS, units=3)
    a_fact.given(GOODS).when(journal.Journal(fact=other)).rejected("fact.told_differently")


def test_a_paper_allocates_once() -> None:
    a_fund.when(allocate, funds).then(allocated)
    a_fund.given(allocated).when(allocate, funds).then()
    a_fund.given(allocated).when(replace(allocate, amount_fen=99), funds).rejected("fund.document_taken")


def test_a_base_account_is_allocated_to() -> None:
    a_fund.when(replace(allocate, fund="pool"), funds).then(replace(allocated, fund="pool"))
    a_fund.when(replace(allocate, fund="nobody"), funds).rejected("fund.unknown")


def test_a_cut_leaves_no_fund_below_zero() -> None:
    cut = replace(allocate, amount_fen=-100, document="D3")
    a_fund.given(allocated).when(cut, funds).then(replace(allocated, amount_fen=-100, document="D3"))
    a_fund.given(allocated).when(replace(cut, amount_fen=-101), funds).rejected("allocation.below_zero")


def test_only_the_named_role_exceeds_a_soft_cap_and_only_a_soft_one() -> None:
    overridden = fund.Overridden(fund="work", year=2024, role="finance", amount_fen=None, document="D2", day=DAY, at=AT)
    a_fund.when(exceed, funds).then(overridden)
    a_fund.when(replace(exceed, role="bureau"), funds).rejected("override.not_your_role", role="finance")
    a_fund.when(replace(exceed, fund="budget"), funds).rejected("override.no_soft_cap")


def test_a_grade_is_one_of_the_policys_or_waived() -> None:
    a_grade.when(give, GRADES).then(graded)
    a_grade.when(replace(give, grade="waived"), GRADES).then(replace(graded, grade="waived"))
    a_grade.when(replace(give, grade="fair"), GRADES).rejected("grade.unknown", grades="good, poor")


def test_a_later_grade_replaces_the_earlier() -> None:
    a_grade.given(graded).when(give, GRADES).then()
    a_grade.given(graded).when(replace(give, grade="poor"), GRADES).then(replace(graded, grade="poor"))


def ruled(says: ruling.Saying) -> ruling.Decide:
    """The command."""
    return ruling.Decide(says=says, at=AT)


def test_a_fact_is_voided_or_replaced_in_what_it_has() -> None:
    void = ruling.Saying(month="2024-11", fact="g", cause="violation")
    a_ruling.when(ruled(void), GOODS).then(ruling.Ruled(says=void, at=AT))
    for says in (replace(void, units=1),):
        a_ruling.when(ruled(says), GOODS).then(ruling.Ruled(says=says, at=AT))
    days = replace(void, fact="b", days=(SEGMENT,))
    a_ruling.when(ruled(days), BUNDLE).then(ruling.Ruled(says=days, at=AT))


def test_a_ruling_that_does_not_fit_its_fact_is_refused() -> None:
    void = ruling.Saying(month="2024-11", fact="g")
    a_ruling.when(ruled(void), None).rejected("ruling.fact_unknown")
    a_ruling.when(ruled(replace(void, amount_fen=5)), GOODS).rejected("ruling.unfit", kind="goods")
    a_ruling.when(ruled(replace(void, month="2024-10")), GOODS).rejected("ruling.unfit")
    a_ruling.when(ruled(void), Seal(id="g", source="orders", position=1, month="2024-11")).rejected("ruling.unfit")
    for says in (replace(void, units=-1), replace(void, units=1, amount_fen=1), replace(void, payee="p")):
        a_ruling.when(ruled(says), GOODS).rejected("ruling.form")


def test_a_line_of_its_own_is_whole() -> None:
    a_ruling.when(ruled(own_line), None).then(ruling.Ruled(says=own_line, at=AT))
    by_units = replace(own_line, amount_fen=None, units=-1, day="2024-11-02")
    a_ruling.when(ruled(by_units), None).then(ruling.Ruled(says=by_units, at=AT))
    for says in (
        replace(own_line, person=None),
        replace(own_line, units=1),
        replace(own_line, amount_fen=None),
        replace(own_line, grade="poor"),
        replace(by_units, day=None),
    ):
        a_ruling.when(ruled(says), None).rejected("ruling.form")


def test_a_ruling_is_made_once() -> None:
    a_ruling.given(ruling.Ruled(says=own_line, at=AT)).when(ruled(own_line), None).then()
    other = replace(own_line, amount_fen=-1)
    a_ruling.given(ruling.Ruled(says=own_line, at=AT)).when(ruled(other), None).rejected("ruling.decided_already")


def test_the_first_notice_opens_the_gate() -> None:
    note = person.Note(plan_id=UUID(int=1), posted_on=DAY, at=AT)
    noticed = person.Noticed(plan_id=UUID(int=1), posted_on=DAY, at=AT)
    a_person.when(note).then(noticed)
    a_person.given(noticed).when(replace(note, plan_id=UUID(int=2))).then()


def test_urgent_help_shuts_the_gate_until_the_notice_of_that_plan_is_posted_again() -> None:
    note = person.Note(plan_id=UUID(int=1), posted_on=DAY, at=AT)
    noticed = person.Noticed(plan_id=UUID(int=1), posted_on=DAY, at=AT)
    hold = person.Hold(plan_id=UUID(int=1), need_id=UUID(int=9), at=AT)
    held = person.Held(plan_id=UUID(int=1), need_id=UUID(int=9), at=AT)
    shut = a_person.given(noticed).when(hold)
    shut.then(held)
    shut.when(hold).then()
    shut.when(replace(note, plan_id=UUID(int=2))).then()
    shut.when(note).then(noticed)
    assert a_person.given(noticed, held, noticed).state.held == frozenset()
    assert a_person.given(held).state.posted_on is None
