"""Contacts with a person, goods bought on the way, and pairs that must not lapse."""

from __future__ import annotations

from dataclasses import replace

from chassis.testing import Specification
from services.orders.domain import contact, errand, pair
from tests.orders.contact_examples import (
    ERRAND,
    POLICIES,
    begin_pair,
    begun,
    known_contact,
    known_pair,
    lapsed,
    missing,
    place,
    record,
    recorded,
    run,
    settle,
    settled,
)
from tests.orders.examples import at, day

a_contact = Specification(contact.decider)
an_errand = Specification(errand.decider)
a_pair = Specification(pair.decider)


def test_is_recorded_with_the_day_it_was_on():
    a_contact.when(record, known_contact).then(recorded)
    a_contact.given(recorded).when(record, known_contact).then()


def test_tells_what_did_not_stand_well():
    assert recorded.trouble == ("housing",)


def test_recorded_a_day_later_is_late():
    [late] = a_contact.when(replace(record, at=at("2024-10-06", "09:01")), known_contact).events
    assert (late.late, late.day) == (True, day("2024-10-05"))
    [in_time] = a_contact.when(replace(record, at=at("2024-10-06", "09:00")), known_contact).events
    assert in_time.late is False


def test_just_after_midnight_is_of_the_new_day():
    [night] = a_contact.when(replace(record, captured_at=at("2024-10-05", "00:10")), known_contact).events
    assert night.day == day("2024-10-05")


def test_of_somebody_unknown_is_refused():
    a_contact.when(record, replace(known_contact, place=None)).rejected("contact.person_unknown")


def test_in_the_future_is_refused():
    a_contact.when(replace(record, captured_at=at("2024-10-05", "09:31")), known_contact).rejected(
        "contact.in_the_future"
    )


def test_after_death_is_refused_and_before_it_is_not():
    dead = replace(known_contact, place=replace(place, died_on=day("2024-10-04")))
    a_contact.when(record, dead).rejected("contact.after_death")
    last = replace(known_contact, place=replace(place, died_on=day("2024-10-05")))
    a_contact.when(record, last).then(recorded)


def test_what_was_not_bought_has_no_price():
    goods = contact.Goods(errand_id=ERRAND, goods="rice", quantity=1, amount_fen=100, bought=False)
    a_contact.when(replace(record, goods=(goods,)), known_contact).rejected("contact.price_of_nothing", number=1)


def test_goods_that_could_not_be_bought_are_the_townships_first():
    an_errand.when(run, POLICIES).then(missing)
    open_ = an_errand.given(missing)
    open_.when(errand.Escalate(at=at("2024-10-13", "00:00")), POLICIES).then(
        errand.Escalated(level="county", at=at("2024-10-13", "00:00"))
    )
    open_.given(settled).when(errand.Escalate(at=at("2024-10-13", "00:00")), POLICIES).then()


def test_goods_that_were_bought_are_a_line_of_the_ledger():
    [bought] = an_errand.when(replace(run, bought=True, amount_fen=6200), POLICIES).events
    assert (type(bought), bought.amount_fen) == (errand.Bought, 6200)
    an_errand.given(bought).when(settle, POLICIES).rejected("errand.not_open")


def test_missing_goods_are_settled_with_a_price_only_where_bought():
    an_errand.given(missing).when(settle, POLICIES).then(settled)
    an_errand.given(missing, settled).when(settle, POLICIES).then()
    an_errand.given(missing).when(replace(settle, amount_fen=0), POLICIES).rejected("errand.price_missing")
    an_errand.given(missing).when(replace(settle, how="provided"), POLICIES).rejected("errand.price_missing")


def test_a_pair_begins_and_lapses_after_the_days_of_the_policy():
    a_pair.when(begin_pair, known_pair).then(begun)
    a_pair.given(begun).when(pair.Lapse(at=at("2024-11-01", "00:00")), known_pair).then()
    a_pair.given(begun).when(pair.Lapse(at=at("2024-11-02")), known_pair).then(lapsed)


def test_a_contact_in_time_keeps_the_pair():
    touched = pair.Touched(day=day("2024-10-20"), township=place.township, village=place.village, at=at("2024-10-20"))
    kept = a_pair.given(begun).when(pair.Touch(day=day("2024-10-20"), at=at("2024-10-20")), known_pair)
    kept.then(touched)
    kept.when(pair.Lapse(at=at("2024-11-20")), known_pair).then()


def test_a_lapsed_pair_runs_again_after_a_contact_and_is_told_of_until_then():
    again = a_pair.given(begun, lapsed).when(pair.Lapse(at=at("2024-12-03")), known_pair)
    again.then(pair.Lapsed(last_on=day("2024-10-01"), times=2, at=at("2024-12-03")))
    touched = again.when(pair.Touch(day=day("2024-12-03"), at=at("2024-12-03")), known_pair)
    assert (touched.state.stage, touched.state.lapses) == ("running", 0)


def test_an_old_contact_told_late_does_not_revive_a_pair():
    late = a_pair.given(begun, lapsed).when(pair.Touch(day=day("2024-10-05"), at=at("2024-12-20")), known_pair)
    assert late.state.stage == "lapsed"


def test_a_pair_ends_with_a_death():
    dead = replace(known_pair, place=replace(place, died_on=day("2024-10-20")))
    a_pair.given(begun).when(pair.Lapse(at=at("2024-11-02")), dead).then(
        pair.Ended(last_day=day("2024-10-20"), reason_code="died", at=at("2024-11-02"))
    )


def test_a_pair_is_begun_once_and_again_only_after_its_end():
    a_pair.given(begun).when(replace(begin_pair, from_day=day("2024-09-01")), known_pair).rejected("pair.runs_already")
    ended = a_pair.given(begun).when(
        pair.End(last_day=day("2024-10-10"), reason_code="helper_moved", at=at("2024-10-11")), known_pair
    )
    again = replace(begin_pair, from_day=day("2024-10-11"), at=at("2024-10-12"))
    assert ended.when(again, known_pair).state.stage == "running"
    ended.when(replace(again, from_day=day("2024-10-10")), known_pair).rejected("pair.day_wrong")
