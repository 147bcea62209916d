"""Refused with a written reason: the person is told, nobody who surveyed decides, and nothing opens afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.client import TOWNSHIP, VILLAGE, Actor
from tests.journeys.county import ITEM
from tests.journeys.in_depth.way import PURPOSE, Way

REASON = "家中有子女照料，暂不需要上门服务"


@dataclass
class Seen:
    """What the play left to look at."""

    surveyor: tuple[int, str] = (0, "")
    late: list[dict[str, Any]] = field(default_factory=list)
    reason: str = ""
    kept: str = ""
    need: dict[str, Any] = field(default_factory=dict)
    after: dict[str, tuple[int, str]] = field(default_factory=dict)
    opened: list[dict[str, Any]] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    seen, client = Seen(), way.client
    person = await way.resident()
    await way.wait_until(1)
    need = await way.need(person, channel="window")
    await way.survey(need)
    refusal, reason = f"/v1/needs/{need}/refusal", {"reason": REASON}
    surveyor = Actor(role="township", subject="village-1")
    seen.surveyor = await client.refused("orders", refusal, reason, by=surveyor)
    await client.done("orders", refusal, reason, by=TOWNSHIP)
    answer = await client.get("orders", f"/v1/needs/{need}/refusal?{PURPOSE}", by=TOWNSHIP)
    seen.reason = answer["reason"]
    await way.let_pass(days=21)
    seen.late = await client.rows("orders", "/v1/needs/overdue")
    handed = {"handed_on": (await way.today()).isoformat(), "way": "in_person"}
    await client.done("orders", f"/v1/needs/{need}/refusal-notice", handed, by=VILLAGE)
    seen.need = await client.get("orders", f"/v1/needs/{need}")
    seen.kept = str(await client.get("orders", "/v1/events?limit=1000"))
    seen.after["assessed all the same"] = await client.refused(
        "orders", f"/v1/needs/{need}/assessment", {"items": [{"item": ITEM}], "mode": "purchase"}
    )
    single = {
        "person_id": person, "item": ITEM, "township": way.township, "village": way.village,
        "window_from": way.day(24), "window_to": way.day(28), "need_id": need,
    }  # fmt: skip
    seen.after["ordered all the same"] = await client.refused("orders", "/v1/orders", single, by=TOWNSHIP)
    await way.let_pass(days=1)
    seen.opened = await way.orders(person=person)
    seen.plans = await client.rows("orders", f"/v1/plans?person={person}")
    return seen


async def test_who_surveyed_does_not_refuse(seen: Seen) -> None:
    assert seen.surveyor[0] == 403


async def test_the_reason_is_read_by_who_hands_it_over_and_told_to_nobody_else(seen: Seen) -> None:
    assert seen.reason == REASON
    assert REASON not in seen.kept


async def test_a_refusal_that_is_not_handed_over_in_time_is_listed_until_it_is(seen: Seen) -> None:
    assert [(row["overdue_step"], row["overdue_level"]) for row in seen.late] == [("refusal_notice", "county")]
    assert seen.need["handed_on"] is not None
    assert (seen.need["state"], seen.need["overdue_step"]) == ("refused", "")


async def test_nothing_opens_for_what_was_refused(seen: Seen) -> None:
    assert seen.after == {
        "assessed all the same": (409, "need.already_decided"),
        "ordered all the same": (409, "order.need_not_approved"),
    }
    assert (seen.opened, seen.plans) == ([], [])
