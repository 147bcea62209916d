"""A plan kept fitting: signed, changed after hearing and notice, looked at every month, helped, phased out, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from chassis.kernel import Sealed
from chassis.testing import Specification
from services.orders.domain import plan
from services.orders.domain.plan.asking import asked
from services.orders.domain.planned import Planned
from services.orders.domain.status import Status
from tests.orders.examples import NINGJIN, OTHER_PROVIDER, PROVIDER, ZHAO, at, cleaning, day, drawn, noticed, started

KNOWN = plan.Known(policies=(NINGJIN,))
SEALED = Sealed(box="1.n.text")
a_plan = Specification(plan.decider)
running = a_plan.given(drawn, noticed, started)
october = running.when(plan.OpenMonth(month="2024-10", at=at("2024-10-01", "00:00")), KNOWN)
start = plan.Start(from_day=day("2024-10-01"), at=at("2024-09-20"))
sign = plan.Agree(
    signed_by="person", signed_on=day("2024-09-10"), digest="ab" * 32, reason_code="", at=at("2024-09-10")
)
change = plan.Change(
    from_day=day("2024-10-10"),
    items=(plan.ItemChange(change="set", item="home_cleaning", per="month", times=1),),
    reason_code="stronger",
    heard_on=None,
    notified_on=None,
    role="bureau",
    at=at("2024-10-09"),
)
more = replace(change, items=(plan.ItemChange(change="set", item="home_cleaning", per="week", times=2),))
phase = plan.PhaseOut(
    months=3,
    way="shrinking",
    reason_code="income",
    heard_on=day("2024-10-01"),
    notified_on=day("2024-10-03"),
    at=at("2024-10-09"),
)
refresh = plan.Refresh(
    looked_on=day("2024-10-05"),
    result="unchanged",
    findings=SEALED,
    by="village-1",
    role="village",
    at=at("2024-10-05"),
)


def months(spec: Specification, *of: str) -> list[int]:
    """How many orders each of these months asks for."""
    return [len(asked(spec.state, month, NINGJIN)) for month in of]


def test_does_not_start_before_its_notice_hangs():
    a_plan.given(drawn).when(start, KNOWN).rejected("plan.notice_missing")


def test_of_an_urgent_need_starts_before_the_notice_with_what_was_urgent():
    urgent = a_plan.given(replace(drawn, urgent=True))
    later = plan.Widen(need_id=ZHAO, items=(replace(cleaning, item="errands"),), at=at("2024-09-08"))
    begun = urgent.when(later, KNOWN).when(start, KNOWN)
    assert {one.item for one in asked(begun.state, "2024-10", NINGJIN)} == {"home_cleaning"}
    posted = begun.when(plan.PostNotice(posted_on=day("2024-10-02"), role="township", at=at("2024-10-02")), KNOWN)
    assert {one.item for one in asked(posted.state, "2024-10", NINGJIN)} == {"home_cleaning", "errands"}


def test_what_a_further_need_asks_waits_until_the_notice_hangs_for_it_too():
    later = plan.Widen(need_id=ZHAO, items=(replace(cleaning, item="errands"),), at=at("2024-09-20"))
    wider = running.when(later, KNOWN)
    set_anew = plan.ItemChange(change="set", item="errands", per="month", times=2)
    changed = wider.when(replace(change, from_day=day("2024-10-01"), items=(set_anew,)), KNOWN)
    for waiting in (wider, changed):
        assert {one.item for one in asked(waiting.state, "2024-10", NINGJIN)} == {"home_cleaning"}
    posted = wider.when(plan.PostNotice(posted_on=day("2024-10-14"), role="township", at=at("2024-10-16")), KNOWN)
    errands = [one for one in asked(posted.state, "2024-10", NINGJIN) if one.item == "errands"]
    assert min(one.window_from for one in errands) == day("2024-10-16")


def test_starts_only_signed_where_the_county_asks_for_it():
    strict = replace(NINGJIN, plans=replace(NINGJIN.plans, agreement_required=True))
    known = replace(KNOWN, policies=(strict,))
    a_plan.given(drawn, noticed).when(start, known).rejected("plan.agreement_missing")
    assert a_plan.given(drawn, noticed).when(sign, known).when(start, known).state.started


def test_does_not_start_in_a_month_of_another_plan_of_the_person():
    known = replace(KNOWN, other_plan_until=day("2024-10-09"))
    a_plan.given(drawn, noticed).when(start, known).rejected("plan.another_plan_runs", until="2024-10-09")
    next_month = replace(start, from_day=day("2024-11-01"))
    assert a_plan.given(drawn, noticed).when(next_month, known).state.started


def test_is_signed_by_the_guardian_of_a_minor_who_is_able():
    child = a_plan.given(replace(drawn, born=date(2015, 5, 1)))
    child.when(sign, KNOWN).rejected("plan.guardian_must_sign")
    by_guardian = replace(sign, signed_by="guardian")
    child.when(by_guardian, KNOWN).rejected("plan.guardian_not_able")
    child.when(by_guardian, replace(KNOWN, guardian="unable")).rejected("plan.guardian_not_able")
    assert child.when(by_guardian, replace(KNOWN, guardian="able")).state.agreed_by == "guardian"


def test_is_signed_by_a_guardian_for_an_adult_only_with_a_reason():
    by_guardian, known = replace(sign, signed_by="guardian"), replace(KNOWN, guardian="able")
    a_plan.given(drawn).when(by_guardian, known).rejected("plan.guardian_needs_a_reason")
    assert a_plan.given(drawn).when(replace(by_guardian, reason_code="found_unable"), known).state.agreed_on


def test_is_not_signed_tomorrow():
    a_plan.given(drawn).when(replace(sign, signed_on=day("2024-09-11")), KNOWN).rejected("plan.signed_in_the_future")


def test_gives_less_only_after_hearing_and_notice():
    october.when(change, KNOWN).rejected("plan.reduction_needs_hearing_and_notice")
    heard = replace(change, heard_on=day("2024-10-02"), notified_on=day("2024-10-05"))
    assert october.when(heard, KNOWN).events[0].reduction


def test_gives_more_at_once():
    assert not october.when(more, KNOWN).events[0].reduction


def test_gives_each_day_what_its_items_ask():
    changed = october.when(more, KNOWN)
    assert [(one.window_from.day, one.window_to.day) for one in sorted(
        asked(changed.state, "2024-10", NINGJIN), key=lambda one: one.window_from
    )] == [(1, 7), (10, 10), (11, 14), (15, 17), (18, 21), (22, 24), (25, 31)]  # fmt: skip


def test_changes_nothing_that_is_so_already():
    same = replace(change, items=(plan.ItemChange(change="set", item="home_cleaning", per="week", times=2),))
    october.when(same, KNOWN).when(replace(same, from_day=day("2024-10-12")), KNOWN).then()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(more, from_day=day("2024-10-08")), "plan.change_in_the_past"),
        (replace(more, role="township"), "plan.not_yours_to_change"),
        (replace(more, items=(plan.ItemChange(change="add", item="errands"),)), "plan.item_not_approved"),
        (replace(more, items=(plan.ItemChange(change="set", item="home_cleaning", mode="institution"),)),
         "policy.item_not_by_this_mode"),
    ],
)  # fmt: skip
def test_is_not_changed(changed: plan.Change, code: str):
    october.when(changed, KNOWN).rejected(code)


def test_drops_an_item_and_takes_it_up_again():
    heard = {"heard_on": day("2024-10-02"), "notified_on": day("2024-10-05")}
    drop = replace(change, items=(plan.ItemChange(change="drop", item="home_cleaning"),), **heard)
    dropped = october.when(drop, KNOWN)
    assert months(dropped, "2024-10", "2024-11") == [1, 0]
    again = replace(more, from_day=day("2024-11-01"), items=(plan.ItemChange(change="add", item="home_cleaning"),))
    assert months(dropped.when(again, KNOWN), "2024-11") == [1]
    dropped.when(replace(drop, from_day=day("2024-10-12")), KNOWN).rejected("plan.item_not_planned")


def test_has_stages_in_one_approval():
    first = replace(cleaning, to_day=day("2024-10-31"))
    then = replace(cleaning, item="errands", times_per_month=1, from_day=day("2024-11-01"))
    staged = a_plan.given(replace(drawn, items=(first, then)), noticed, started)
    assert months(staged, "2024-10", "2024-11") == [4, 1]


def test_is_looked_at_by_the_end_of_the_next_month():
    looked = running.when(refresh, KNOWN)
    assert looked.events[0].due == day("2024-11-30")
    looked.when(refresh, KNOWN).then()
    looked.when(replace(refresh, looked_on=day("2024-10-04")), KNOWN).rejected("plan.looked_at_later")


def test_is_flagged_when_nobody_looked_in_time():
    flag = plan.FlagStale(at=at("2024-12-01", "00:00"))
    stale = running.when(flag, KNOWN)
    stale.then(plan.GrewStale(due=day("2024-11-30"), at=at("2024-12-01", "00:00")))
    running.when(replace(flag, at=at("2024-11-30")), KNOWN).then()
    assert not stale.when(replace(refresh, looked_on=day("2024-12-02"), at=at("2024-12-02")), KNOWN).state.stale


def test_notes_when_no_programme_is_for_the_person_any_more():
    able = Status(from_day=day("2024-10-08"), tier="able", categories=())
    note = plan.NotePerson(statuses=(*drawn.statuses, able), stays=(), died_on=None, at=at("2024-10-09"))
    lost = october.when(note, KNOWN)
    assert lost.events[1:] == (plan.EntitlementNoted(entitled=False, at=at("2024-10-09")),)
    assert not lost.state.entitled


def test_is_phased_out_month_by_month():
    fading = october.when(phase, KNOWN)
    assert fading.state.life.ends_on == day("2025-01-31")
    assert months(fading, "2024-10", "2024-11", "2024-12", "2025-01", "2025-02") == [4, 3, 2, 1, 0]


def test_is_phased_out_until_a_day_after_hearing_and_notice_and_not_for_ever():
    october.when(replace(phase, heard_on=None), KNOWN).rejected("plan.stop_needs_hearing_and_notice")
    october.when(replace(phase, months=7), KNOWN).rejected("plan.phase_out_too_long", months=6)
    until = october.when(replace(phase, way="until"), KNOWN)
    assert months(until, "2024-11", "2025-01", "2025-02") == [4, 4, 0]


def test_may_end_earlier_than_it_was_to_and_finishes_when_the_day_is_over():
    fading = october.when(phase, KNOWN)
    gone = plan.Stop(
        last_day=day("2024-11-10"), reason_code="moved_away", heard_on=None, notified_on=None, at=at("2024-11-04")
    )
    stopped = fading.when(gone, KNOWN)
    assert stopped.state.life.ends_on == day("2024-11-10")
    stopped.when(plan.Finish(at=at("2024-11-10")), KNOWN).then()
    finished = stopped.when(plan.Finish(at=at("2024-11-11", "00:00")), KNOWN)
    assert finished.state.finished
    finished.when(replace(gone, last_day=day("2024-11-09")), KNOWN).rejected("plan.ended")


def helped(mode: str) -> Specification:
    item = Planned(item="errands", kind="aid", times_per_month=1, units=1, mode=mode)  # type: ignore[arg-type]
    return a_plan.given(replace(drawn, items=(item,)), noticed, started)


def helper(role: str, number: int = 1, trained_on: date | None = None) -> plan.Helper:
    return plan.Helper(role=role, id=UUID(int=number), trained_on=trained_on)  # type: ignore[arg-type]


def arrange(*helpers: plan.Helper, consent_on: date | None = None) -> plan.Arrange:
    return plan.Arrange(
        item="errands", from_day=day("2024-10-05"), helpers=helpers, consent_on=consent_on, at=at("2024-10-04")
    )


def test_waits_for_a_helper_and_then_opens_what_the_helper_does():
    waiting = helped("party_pairing")
    assert months(waiting, "2024-10") == [0]
    [opening] = asked(waiting.when(arrange(helper("responsible")), KNOWN).state, "2024-10", NINGJIN)
    assert (opening.kind, opening.helper, opening.window_from) == ("aid", UUID(int=1), day("2024-10-05"))


def test_needs_a_team_of_three_of_social_workers_and_volunteers():
    team = helped("social_work_volunteers")
    team.when(arrange(helper("aide"), helper("volunteer", 2)), KNOWN).rejected("plan.team_incomplete")
    three = arrange(helper("aide"), helper("social_worker", 2), helper("volunteer", 3))
    assert months(team.when(three, KNOWN), "2024-10") == [1]


def test_takes_a_neighbour_only_after_the_training():
    neighbours = helped("neighbour_mutual_aid")
    neighbours.when(arrange(helper("neighbour")), KNOWN).rejected("plan.neighbour_untrained")
    late = arrange(helper("neighbour", trained_on=day("2024-10-06")))
    neighbours.when(late, KNOWN).rejected("plan.neighbour_untrained")
    trained = arrange(helper("neighbour", trained_on=day("2024-09-30")))
    assert months(neighbours.when(trained, KNOWN), "2024-10") == [1]


def test_gives_institutional_care_only_with_consent_and_loses_nothing_without():
    home = helped("institution")
    home.when(arrange(helper("institution")), KNOWN).rejected("plan.consent_missing")
    agreed = home.when(arrange(helper("institution"), consent_on=day("2024-10-03")), KNOWN)
    assert months(agreed, "2024-10") == [1]
    decline = plan.DeclineInstitution(item="errands", finding=None, at=at("2024-10-04"))
    declined = a_plan.given(
        replace(drawn, items=(cleaning, *helped("institution").state.items)), noticed, started
    ).when(decline, KNOWN)
    assert months(declined, "2024-10") == [4]


def test_refers_who_is_too_ill_for_an_institution_to_hospital():
    ill = plan.DeclineInstitution(item="errands", finding=SEALED, at=at("2024-10-04"))
    helped("institution").when(ill, KNOWN).then(plan.ReferredToHospital(number=0, finding=SEALED, at=at("2024-10-04")))


def test_orders_a_complex_item_only_after_the_provider_and_the_purchaser_agree():
    nursing = Planned(
        item="rehabilitation", kind="purchase", times_per_month=1, units=1, provider=PROVIDER, service_plan=True
    )
    waiting = a_plan.given(replace(drawn, items=(nursing,)), noticed, started)
    submit = plan.SubmitServicePlan(item="rehabilitation", provider=PROVIDER, text=SEALED, at=at("2024-10-02"))
    decision = plan.DecideServicePlan(
        item="rehabilitation", agreed=True, reason=None, role="bureau", at=at("2024-10-04")
    )
    waiting.when(decision, KNOWN).rejected("plan.service_plan_missing")
    waiting.when(replace(submit, provider=OTHER_PROVIDER), KNOWN).rejected("plan.service_plan_not_yours")
    returned = waiting.when(submit, KNOWN).when(replace(decision, agreed=False, reason=SEALED), KNOWN)
    assert months(returned, "2024-10") == [0]
    agreed = returned.when(submit, KNOWN).when(decision, KNOWN)
    [opening] = asked(agreed.state, "2024-10", NINGJIN)
    assert (opening.provider, opening.window_from) == (PROVIDER, day("2024-10-04"))
    agreed.when(submit, KNOWN).rejected("plan.service_plan_decided")
