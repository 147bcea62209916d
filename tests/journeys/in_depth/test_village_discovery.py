"""Found by the village: nobody applied. A visit finds trouble, the need is registered in the same act, and the person
leaves the list of those who should be assessed when it is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.client import TOWNSHIP, VILLAGE
from tests.journeys.county import FINDINGS
from tests.journeys.in_depth.way import COLLEAGUE, Way


@dataclass
class Seen:
    """What the play left to look at."""

    listed: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    need: dict[str, Any] = field(default_factory=dict)
    decided: dict[str, Any] = field(default_factory=dict)
    related: tuple[int, str] = (0, "")
    disputed: tuple[int, str] = (0, "")
    orders: list[dict[str, Any]] = field(default_factory=list)
    times: list[dict[str, Any]] = field(default_factory=list)
    person: str = ""


@pytest.fixture(scope="module")
async def seen(way: Way) -> Seen:
    """The whole story, played once."""
    seen, client = Seen(), way.client

    async def listed(when: str) -> None:
        rows = await client.rows("orders", "/v1/screening")
        seen.listed[when] = [(row["id"], row["need_state"]) for row in rows]

    seen.person = person = await way.resident()
    await listed("before")
    visit = {
        "person_id": person, "way": "home", "captured_at": (await client.now()).isoformat(),
        "checklist": {"food": "ok", "hygiene": "not_ok"}, "notes": "屋内无人打扫",
        "need": {"items": ["home_cleaning"], "conflict_of_interest": True},
    }  # fmt: skip
    seen.contact = await client.done("orders", "/v1/contacts", visit, by=VILLAGE)
    need = seen.contact["need_id"]
    seen.need = await client.get("orders", f"/v1/needs/{need}")
    await listed("found")
    path = f"/v1/needs/{need}"
    survey = {"village_worker": VILLAGE.subject, "aide": "aide-1", "findings": FINDINGS}
    seen.related = await client.refused("orders", f"{path}/survey", survey, by=TOWNSHIP)
    other = {**survey, "village_worker": "village-2"}
    await client.done("orders", f"{path}/survey", other, by=TOWNSHIP)
    await client.done("orders", f"{path}/dispute", {"reason": "邻居认为其子女在家"}, by=VILLAGE)
    seen.disputed = await client.refused("orders", f"{path}/confirmation", by=TOWNSHIP)
    held = {
        "held_on": (await way.today()).isoformat(), "form": "meeting", "present": 9, "in_favour": 7,
        "minutes": "子女常年在外，同意",
    }  # fmt: skip
    await client.done("orders", f"{path}/democratic-review", held, by=COLLEAGUE)
    await way.confirm(need)
    plan = await way.assess(need)
    seen.decided = await client.get("orders", path)
    await listed("decided")
    await way.post_notice(plan)
    await way.start(plan, (await way.today()).isoformat())
    seen.orders = await way.orders(person=person)
    day = (await way.today()).isoformat()
    times = await client.get("orders", f"/v1/response-times?from_day={day}&to_day={day}")
    seen.times = times["times"]
    return seen


async def test_who_should_be_assessed_is_listed_until_it_is_decided(seen: Seen) -> None:
    assert seen.listed == {
        "before": [(seen.person, None)],
        "found": [(seen.person, "registered")],
        "decided": [],
    }


async def test_a_visit_registers_the_need_in_the_same_act(seen: Seen) -> None:
    assert seen.contact["trouble"] == ["hygiene"]
    assert (seen.need["state"], seen.need["channel"], seen.need["owner"]) == (
        "registered", "conversation", VILLAGE.subject,
    )  # fmt: skip


async def test_who_is_related_does_not_survey(seen: Seen) -> None:
    assert seen.related == (409, "need.conflict_of_interest")


async def test_only_what_is_disputed_goes_before_the_village_and_waits_for_it(seen: Seen) -> None:
    assert seen.disputed == (409, "need.disputed")
    assert (seen.decided["state"], seen.decided["reviewed"]) == ("approved", True)


async def test_help_opens_and_the_time_since_the_finding_is_told(seen: Seen) -> None:
    assert {row["state"] for row in seen.orders} == {"nobody_found"}
    [ordinary] = [row for row in seen.times if row["urgency"] == "ordinary"]
    assert (ordinary["needs"], ordinary["decided"]) == (1, 1)
