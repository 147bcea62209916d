"""What cannot be applied is set aside with its reason, in its order, and is applied when it can be."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from chassis import parking
from chassis.service import Heard, Step
from tests.chassis import toy
from tests.chassis.consumer.ears import Ear, Mended, ear_of, hears_through, start
from tests.chassis.pair import NOT_YET, POISON, OtherAdded, Side, listening, until


async def test_a_poisonous_event_is_parked_after_its_tries_and_others_flow(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    poisoned = await source.add(county, 1, POISON, 2)
    healthy = await source.add(county, 5, 6)
    await hears_through(ear, county, 5)
    assert await ear.side.total(county, poisoned) == 1
    assert await ear.side.total(county, healthy) == 11
    assert await ear.side.parked(county) == [(2, "RuntimeError: a bug"), (3, "waits for position 2")]
    tries = await ear.side.database.fetchval("select tries from parked where county = $1 and position = 2", county)
    assert tries == ear.side.settings.consumer_tries


async def test_a_later_event_of_a_parked_subject_waits_after_a_restart_too(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    poisoned = await source.add(county, POISON)
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    successor = await ear_of(ear.side, source)
    await successor.consumer.start()
    await source.add(county, 2, stream=poisoned)
    await hears_through(successor, county, 2)
    await successor.consumer.stop()
    assert [position for position, _ in await ear.side.parked(county)] == [1, 2]


async def test_a_poisonous_event_is_decided_as_often_as_it_may_be_tried(
    source: Side, hearing: Side, county: str
) -> None:
    seen: list[int] = []

    def hear(heard: Heard) -> list[Step]:
        seen.append(heard.position)
        return list(toy.heard_added(heard))

    ear = await ear_of(hearing, source, replace(listening, hears={"other": {OtherAdded.TYPE: hear}}), consumer_tries=4)
    await start(source, ear)
    await source.add(county, POISON)
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    assert seen == [1] * 4


async def test_a_fault_that_passes_parks_nothing(source: Side, hearing: Side, county: str) -> None:
    fault = Mended()
    ear = await ear_of(hearing, source, fault.service, consumer_tries=20)
    await start(source, ear)
    subject = await source.add(county, POISON)
    await until(lambda: was_seen(fault))
    fault.mended = True
    await hears_through(ear, county, 1)
    await ear.consumer.stop()
    assert await hearing.total(county, subject) == 100
    assert await hearing.parked(county) == []


async def was_seen(fault: Mended) -> bool:
    return fault.seen > 1


async def test_a_retry_applies_a_mended_event_and_those_behind_it(source: Side, hearing: Side, county: str) -> None:
    fault = Mended()
    ear = await ear_of(hearing, source, fault.service)
    await start(source, ear)
    subject = await source.add(county, 1, POISON, 2)
    await hears_through(ear, county, 3)
    fault.mended = True
    assert await parking.retry(ear.consumer, county, "other", 3) == parking.Retried(applied=2)
    assert await hearing.total(county, subject) == 103
    assert await hearing.parked(county) == []
    assert await hearing.heard(county) == 3
    await source.add(county, 4, stream=subject)
    await hears_through(ear, county, 4)
    assert await hearing.total(county, subject) == 107
    await ear.consumer.stop()


async def test_a_retry_that_fails_again_leaves_everything_parked(source: Side, ear: Ear, county: str) -> None:
    await start(source, ear)
    subject = await source.add(county, POISON, 2)
    await hears_through(ear, county, 2)
    retried = await parking.retry(ear.consumer, county, "other", 1)
    assert retried == parking.Retried(applied=0, stopped_at=1, reason="RuntimeError: a bug")
    listed = await parking.list_parked(ear.side.database, county)
    assert [(one.heard.position, one.tries) for one in listed] == [(1, 4), (2, 0)]
    shown = await parking.show(ear.side.database, county, "other", 1)
    assert shown is not None
    assert (shown.heard.subject, shown.heard.type) == (subject, "other.added.v1")
    assert await ear.side.heard(county) == 2


async def test_an_event_that_must_wait_is_not_parked_and_holds_only_its_county(
    source: Side, hearing: Side, county: str
) -> None:
    fault, elsewhere = Mended(), uuid4().hex[:12]
    ear = await ear_of(hearing, source, fault.service)
    await start(source, ear)
    subject = await source.add(county, 1, NOT_YET, 2)
    await source.add(elsewhere, 1)
    await hears_through(ear, elsewhere, 1)
    await hears_through(ear, county, 1)
    assert await hearing.parked(county) == []
    fault.mended = True
    await hears_through(ear, county, 3)
    assert await hearing.total(county, subject) == 103
    await ear.consumer.stop()


async def test_a_body_that_cannot_be_read_is_parked(source: Side, hearing: Side, county: str) -> None:
    def unreadable(_heard: Heard) -> list[Step]:
        raise ValueError("not what we agreed")

    ear = await ear_of(hearing, source, replace(listening, hears={"other": {OtherAdded.TYPE: unreadable}}))
    await start(source, ear)
    await source.add(county, 1)
    await hears_through(ear, county, 1)
    assert await hearing.parked(county) == [(1, "ValueError: not what we agreed")]
    await ear.consumer.stop()
