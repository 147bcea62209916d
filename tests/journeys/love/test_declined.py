"""One charity declines, with a reason that only officers read; another takes it, and the same order is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.in_depth.way import PURPOSE
from tests.journeys.love.loving import Loving

ITEM = "housekeeping"
REASON = "本月志愿者都在外地"


@dataclass
class Seen:
    """What the play left to look at."""

    states: list[str] = field(default_factory=list)
    steps: list[list[str]] = field(default_factory=list)
    too_late: tuple[int, str] = (0, "")
    twice: tuple[int, str] = (0, "")
    writings: list[str] = field(default_factory=list)
    known: str = ""
    listed: dict[str, list[str]] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    id: str = ""


@pytest.fixture(scope="module")
async def seen(loving: Loving) -> Seen:
    """The whole story, played once."""
    way, client, seen = loving, loving.client, Seen()
    first, second = await way.charity(5), await way.charity(6)
    who = await way.claimant("王爱心")
    needy = await way.needy(ITEM)
    seen.id = order = await way.form(needy, ITEM, first)

    async def look() -> None:
        seen.states.append((await way.order(order))["state"])
        seen.steps.append(await way.step(needy))

    await look()
    path = f"/v1/love-orders/{order}"
    body = {"reason_code": "no_volunteers", "reason": REASON}
    await client.done("charity", f"{path}/decline", body, by=first)
    await way.rest()
    await look()
    seen.too_late = await client.refused("charity", f"{path}/publication", {}, by=first)
    read = await client.get("charity", f"{path}/writings?{PURPOSE}")
    seen.writings = [one["text"] for one in read["items"]]
    seen.known = str([await client.get(service, "/v1/events?limit=1000") for service in ("orders", "charity")])
    again = {"charity_id": second.owner, "expires_at": await way.after(days=10)}
    await client.done("orders", f"/v1/orders/{order}/referral", again)
    await way.rest()
    await look()
    seen.twice = await client.refused("orders", f"/v1/orders/{order}/referral", again)
    for name, charity in (("first", first), ("second", second)):
        rows = await client.rows("charity", "/v1/love-orders", by=charity)
        seen.listed[name] = [row["id"] for row in rows if row["id"] == order]
    await way.publish(order, second)
    await way.confirm_claim(await way.claim(order, who), who)
    await way.let_pass(hours=20)
    await way.fulfil(order, who, minutes=60)
    await way.judge(order)
    await look()
    seen.order = await way.order(order)
    seen.records = [await client.get("charity", f"/v1/charities/{one.owner}") for one in (first, second)]
    return seen


async def test_declined_it_comes_back_to_the_bureau_and_goes_to_another_charity(seen: Seen) -> None:
    assert seen.states == ["opened", "declined", "opened", "accepted"]
    assert [step["event"] for step in seen.order["timeline"]] == [
        "love_formed", "charity_declined", "referred_elsewhere", "charity_accepted", "love_published", "matched",
        "claim_confirmed", "completed", "accepted",
    ]  # fmt: skip


async def test_who_declined_has_nothing_to_do_with_it_any_more(seen: Seen) -> None:
    assert seen.too_late == (409, "love_order.closed")
    assert seen.listed == {"first": [], "second": [seen.id]}
    assert seen.twice == (409, "order.not_on_the_desk")


async def test_the_reason_is_read_by_officers_and_told_to_nobody(seen: Seen) -> None:
    assert seen.writings == [REASON]
    assert REASON not in seen.known


async def test_the_person_is_not_left_in_the_dark(seen: Seen) -> None:
    assert seen.steps[0] == seen.steps[2] == ["asked_charity"]


async def test_both_charities_have_it_in_their_record(seen: Seen) -> None:
    counted = [(one["referred"], one["declined"], one["published"]) for one in seen.records]
    assert counted == [(1, 1, 0), (1, 0, 1)]
