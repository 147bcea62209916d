"""The decisions about a statement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chassis.testing import Specification
from services.settlement.domain import statement
from services.settlement.domain.engine import Correction, Deduction, Group, Line, Statement

AT = datetime(2024, 12, 1, tzinfo=UTC)
UNTIL = AT + timedelta(days=5)
CONTENT = Statement(
    payee="p",
    purchaser="130528",
    lines=(Line("r", "x", None, 30000, None, "t"), Line("s", "y", None, 0, "r", "t")),
    groups=(Group("r", "t", 30000), Group("s", "t", 0)),
    deductions=(Deduction("r", "t", "average", -3000),),
    corrections=(Correction("2024-10", "r", -100, "violation", ("violation", "late")),),
    carried_in={"s": -5},
    payable={"r": 26900},
    carried_out={"s": -5},
)
a_statement = Specification(statement.decider)
finalise = statement.Finalise(month="2024-11", payee="p", purchaser="130528", digest="d", at=AT)
knowing = statement.Final(content=CONTENT, seats=("county", "finance"), answer_until=UNTIL)
final = statement.Finalised(
    month="2024-11", content=CONTENT, digest="d", seats=("county", "finance"), answer_until=UNTIL, at=AT
)
confirmed = statement.Confirmed(how="payee", by="p-1", at=AT)
disputed = statement.Disputed(line=2, reason_code="missing_visit", by="p-1", at=AT)
bureau = statement.Approved(by="li", body="county", at=AT)
finance = statement.Approved(by="wang", body="finance", at=AT)
clear = statement.Signing(unfunded_fen=0, unnoticed=0)
sign = statement.Approve(by="li", body="county", at=AT)
pay = statement.Pay(reference="P-1", by="wang", at=AT)


def test_is_final_once_with_all_its_lines() -> None:
    a_statement.when(finalise, knowing).then(final)
    a_statement.given(final).when(finalise, knowing).then()


def test_nothing_is_answered_or_signed_before_it_is_final() -> None:
    for command in (statement.Confirm(by="p-1", at=AT), sign, pay, statement.TakeSilence(at=UNTIL)):
        a_statement.when(command, clear).rejected("statement.not_final")


def test_the_payee_confirms_once() -> None:
    a_statement.given(final).when(statement.Confirm(by="p-1", at=AT)).then(confirmed)
    a_statement.given(final, confirmed).when(statement.Confirm(by="p-2", at=AT)).then()


def test_silence_confirms_when_the_time_is_over() -> None:
    a_statement.given(final).when(statement.TakeSilence(at=UNTIL - timedelta(microseconds=1))).then()
    a_statement.given(final).when(statement.TakeSilence(at=UNTIL)).then(
        statement.Confirmed(how="silence", by="", at=UNTIL)
    )


def test_a_dispute_is_no_silence() -> None:
    a_statement.given(final, disputed).when(statement.TakeSilence(at=UNTIL)).then()


def test_disputes_a_line_it_has_once_and_in_time() -> None:
    dispute = statement.Dispute(line=2, reason_code="missing_visit", by="p-1", at=AT)
    a_statement.given(final).when(dispute).then(disputed)
    a_statement.given(final, disputed).when(dispute).then()
    for line in (0, 3):
        a_statement.given(final).when(replace(dispute, line=line)).rejected("statement.no_such_line", lines=2)
    a_statement.given(final).when(replace(dispute, at=UNTIL)).rejected("statement.answer_too_late")
    a_statement.given(final, confirmed).when(dispute).rejected("statement.confirmed_already")


def test_is_not_signed_before_the_payee_answered() -> None:
    a_statement.given(final).when(sign, clear).rejected("statement.not_answered", until=UNTIL.isoformat())


def test_is_signed_also_while_disputed() -> None:
    a_statement.given(final, disputed).when(sign, clear).then(bureau)


def test_the_same_officer_does_not_sign_for_two_bodies() -> None:
    again = replace(sign, body="finance")
    a_statement.given(final, confirmed, bureau).when(again, clear).rejected("approval.same_person", may_sign="finance")
    a_statement.given(final, confirmed, bureau).when(sign, clear).then()


def test_says_who_may_still_sign() -> None:
    other = replace(sign, by="zhao")
    a_statement.given(final, confirmed, bureau).when(other, clear).rejected("approval.seat_taken", may_sign="finance")
    a_statement.given(final, confirmed).when(replace(sign, body="township"), clear).rejected(
        "approval.no_seat", may_sign="county, finance"
    )


def test_is_not_signed_unfunded_or_without_notice() -> None:
    poor, hidden = replace(clear, unfunded_fen=1), replace(clear, unnoticed=2)
    a_statement.given(final, confirmed).when(sign, poor).rejected("statement.unfunded", unfunded_fen=1)
    a_statement.given(final, confirmed).when(sign, hidden).rejected("statement.without_notice", people=2)


def test_is_paid_once_after_both_signatures() -> None:
    paid = statement.Paid(reference="P-1", amount_fen=26900, by="wang", at=AT)
    a_statement.given(final, confirmed, bureau).when(pay).rejected("statement.not_approved", may_sign="finance")
    a_statement.given(final, confirmed, bureau, finance).when(pay).then(paid)
    a_statement.given(final, confirmed, bureau, finance, paid).when(pay).then()
    other = replace(pay, reference="P-2")
    a_statement.given(final, confirmed, bureau, finance, paid).when(other).rejected("statement.paid_already")


def test_a_statement_of_nothing_is_not_paid() -> None:
    nothing = replace(final, content=replace(CONTENT, payable={}))
    a_statement.given(nothing, confirmed, bureau, finance).when(pay).rejected("statement.nothing_to_pay")


def test_says_where_it_stands() -> None:
    story = (final, disputed, confirmed, bureau, finance, statement.Paid(reference="P", amount_fen=1, by="w", at=AT))
    stand = [statement.decider.fold(story[:length]).status for length in range(len(story) + 1)]
    assert stand == ["", "final", "disputed", "confirmed", "confirmed", "approved", "paid"]
