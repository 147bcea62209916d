"""A correction has a cause class: classed anew and exempted by events beside it, never by who corrected."""

from __future__ import annotations

from dataclasses import replace

from chassis.service import Recorded, Step
from chassis.testing import Specification
from services.orders.domain import correction, order
from services.orders.reactions.desk import of_desk
from tests.orders.examples import ORDER, PROVIDER, TOWNSHIP, VISIT, ZHAO, at, completed, matched, opened

noted = correction.Noted(
    kind="judgement_undone", order_id=ORDER, visit_id=VISIT, person=ZHAO, township=TOWNSHIP, provider=PROVIDER,
    item="home_cleaning", month="2024-10", cause="mistake", reason_code="wrong_person", by="bureau-2",
    at=at("2024-11-20"),
)  # fmt: skip
note = correction.Note(**vars(noted))
reclass = correction.Reclass(
    cause="objective", reason_code="no_data_matching", text=None, by="bureau-3", at=at("2024-11-22")
)
reclassed = correction.Reclassed(**vars(reclass))
exempt = correction.Exempt(reason_code="good_faith", text=None, by="bureau-3", at=at("2024-11-23"))
exempted = correction.Exempted(**vars(exempt))
a_correction = Specification(correction.decider)


def test_is_noted_once():
    a_correction.when(note).then(noted)
    a_correction.given(noted).when(note).then()


def test_is_classed_anew_by_another_officer_and_keeps_its_first_class():
    anew = a_correction.given(noted).when(reclass)
    anew.then(reclassed)
    assert (anew.state.cause, anew.state.noted.cause) == ("objective", "mistake")
    a_correction.given(noted).when(replace(reclass, by="bureau-2")).rejected("correction.classed_by_who_corrected")


def test_the_same_class_again_is_a_repetition():
    a_correction.given(noted).when(replace(reclass, cause="mistake")).then()


def test_is_exempted_by_another_officer():
    a_correction.given(noted).when(exempt).then(exempted)
    a_correction.given(noted).when(replace(exempt, by="bureau-2")).rejected("correction.classed_by_who_corrected")
    a_correction.given(noted, exempted).when(exempt).then()


def test_a_violation_is_never_exempted_nor_an_exemption_turned_round():
    violation = replace(noted, cause="violation")
    a_correction.given(violation).when(exempt).rejected("correction.violation_is_not_exempted")
    a_correction.given(noted, exempted).when(replace(reclass, cause="violation")).rejected(
        "correction.exempted_already"
    )


def test_every_judgement_taken_back_is_a_correction_with_its_class():
    undone = order.Undone(
        visit_id=VISIT, was="accepted", cause="mistake", reason_code="wrong_person", by="bureau-2",
        at=at("2024-11-20"), fact="f", month="2024-10",
    )  # fmt: skip
    accepted = order.Accepted(visit_id=VISIT, how="person", by="bureau-1", at=at("2024-10-04"))
    state = order.decider.fold([opened, matched, completed, accepted, undone])
    [step] = of_desk(Recorded(originator_id=ORDER, originator_version=5, event=undone), state)
    assert isinstance(step, Step)
    assert correction.decider.decide(step.command, None, None) == [
        replace(noted, item=state.item, township=state.township)
    ]


def test_a_visit_that_was_mended_is_a_correction_with_the_class_its_provider_named():
    returned = order.Returned(visit_id=VISIT, reason_code="photo", by="bureau-1", at=at("2024-10-04"))
    mended = replace(completed, report=order.Report(cause="objective"), at=at("2024-10-06"))
    state = order.decider.fold([opened, matched, completed, returned, mended])
    [step] = of_desk(Recorded(originator_id=ORDER, originator_version=5, event=mended), state)
    assert isinstance(step, Step)
    assert (step.command.kind, step.command.cause, step.command.month) == ("visit_mended", "objective", "2024-10")
    assert list(of_desk(Recorded(originator_id=ORDER, originator_version=3, event=completed), state)) == []
