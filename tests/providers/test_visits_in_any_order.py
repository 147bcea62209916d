"""In which order reports arrive changes nothing but how late they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.providers.domain import visit
from tests.providers.examples import VISIT_ID, WORKER
from tests.providers.visiting import AROUND, OTHER_WORKER, REPORT, STARTS, photo

OF_ARRIVAL = {"reported_late"}
Standing = dict[UUID, visit.Visit]


def _around(report: visit.Report, standing: Standing) -> visit.Known:
    """What ``views/visiting.py`` reads for a report: other orders' visits with a photo or an hour of it."""
    hashes = {one.sha256 for one in report.evidence}
    clashes: list[visit.Clash] = []
    for stream, other in sorted(standing.items()):
        if other.first.order_id == report.order_id:
            continue
        if hashes & set(other.photos):
            clashes.append(visit.Clash(visit=stream, code="photo_reused"))
        together = other.started_at < report.ended_at and other.ended_at > report.started_at
        if other.first.worker == report.worker and together:
            clashes.append(visit.Clash(visit=stream, code="overlap_worker"))
    codes = {clash.code for clash in clashes}
    return replace(
        AROUND,
        photo_reused="photo_reused" in codes,
        worker_elsewhere="overlap_worker" in codes,
        clashes=tuple(clashes),
    )


def _take(report: visit.Report, standing: Standing) -> None:
    """Decide on a report, and on what the reactions tell the visits it clashes with."""
    stream = UUID(int=VISIT_ID.int + report.order_id.int)
    state = standing.get(stream)
    for event in visit.decider.decide(report, state, _around(report, standing)):
        state = visit.decider.evolve(state, event)
        assert state is not None
        standing[stream] = state
        assert isinstance(event, visit.Completed)
        for clash in event.clashes:
            note = visit.NoteClash(code=clash.code, at=event.at)
            other = standing[clash.visit]
            added = visit.decider.fold(visit.decider.decide(note, other, None), other)
            assert added is not None
            standing[clash.visit] = added


def _all(reports: Iterable[visit.Report]) -> Standing:
    """Everything that stands after the reports, which arrive an hour after one another."""
    standing: Standing = {}
    for place, report in enumerate(reports):
        _take(replace(report, at=STARTS + timedelta(days=2, hours=place)), standing)
    return standing


def _without_arrival(standing: Standing) -> dict[UUID, object]:
    """What stands, but for when it came."""
    return {
        stream: (
            one.started_at,
            one.ended_at,
            one.photos,
            one.code,
            {(odd.code, odd.colour) for odd in one.exceptions if odd.code not in OF_ARRIVAL},
        )
        for stream, one in standing.items()
    }


@st.composite
def _reports(draw: st.DrawFn) -> tuple[Sequence[visit.Report], Sequence[visit.Report]]:
    """Reports of some orders by two workers with few photos and hours between them; and the same in another order."""
    reports = []
    for number in range(draw(st.integers(1, 6))):
        begins = STARTS + timedelta(minutes=30 * draw(st.integers(0, 6)))
        evidence = tuple(photo(name) for name in draw(st.sets(st.integers(1, 5), max_size=2)))
        told = replace(
            REPORT,
            order_id=UUID(int=number + 1),
            worker=draw(st.sampled_from([WORKER, OTHER_WORKER])),
            started_at=begins,
            ended_at=begins + timedelta(minutes=draw(st.sampled_from([10, 45, 90]))),
            evidence=evidence,
            place=draw(st.sampled_from([None, REPORT.place])),
            source=draw(st.sampled_from(["app", "offline"])),
        )
        reports.append(told)
    return reports, draw(st.permutations(reports))


@settings(max_examples=150, deadline=None)
@given(_reports())
def test_the_same_reports_in_any_order_give_the_same_visits(
    told: tuple[Sequence[visit.Report], Sequence[visit.Report]],
) -> None:
    first, second = told
    assert _without_arrival(_all(first)) == _without_arrival(_all(second))


@settings(max_examples=50, deadline=None)
@given(_reports())
def test_reports_told_twice_count_once(told: tuple[Sequence[visit.Report], Sequence[visit.Report]]) -> None:
    first, second = told
    assert _without_arrival(_all([*first, *second])) == _without_arrival(_all(first))
