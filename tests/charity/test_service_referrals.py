"""Lists referred as the charity sees them: heard, read without names, decided many at once, each with a result."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from contracts.orders import PeopleReferred, ReferredPerson
from tests.charity.examples import NOW, POLICY
from tests.charity.test_service import a_charity
from tests.edge import Edge


async def test_a_list_is_decided_by_its_charity_alone(edge: Edge) -> None:
    edge.county = "960001"
    charity, other, listed = await a_charity(edge), uuid4(), uuid4()
    needs = [uuid4(), uuid4()]
    people = tuple(
        ReferredPerson(need_id=need, person=uuid4(), township="130528100", village="130528100201",
                       items=("counselling",), units={"counselling": 4})
        for need in needs
    )  # fmt: skip
    await edge.hear("orders", PeopleReferred(
        at=NOW, referral_id=listed, charity_id=charity, decide_by=date(2026, 11, 12), people=people,
        policy=POLICY.version))  # fmt: skip
    whole = await edge.get(f"/v1/referrals/{listed}", "charity", charity)
    assert [one["items"] for one in whole["entries"]] == [[{"item": "counselling", "units": 4}]] * 2
    assert "person" not in whole["entries"][0]
    path = f"/v1/referrals/{listed}/decisions"
    content = {"need_id": str(needs[0]), "result": "content", "item": "counselling", "units": 4,
               "expires_at": "2026-11-30T10:00:00+08:00", "plan": "每周一次电话陪伴"}  # fmt: skip
    assert await edge.refused(path, content, "charity", other) == (404, "not_found")
    assert await edge.refused(path, content) == (403, "forbidden.role")
    items = [
        {"referral_id": str(listed), **content},
        {"referral_id": str(listed), "need_id": str(needs[1]), "result": "sent_back", "reason_code": "no_means"},
        {"referral_id": str(listed), "need_id": str(uuid4()), "result": "sent_back", "reason_code": "no_means"},
    ]
    told = await edge.done("/v1/bulk/referral-decisions", {"items": items}, "charity", charity)
    assert [one["status"] for one in told["items"]] == [201, 201, 404]
    [decided] = await edge.told("charity.content_decided.v1")
    assert (decided["need_id"], decided["units"]) == (str(needs[0]), 4)
    assert "电话" not in str(decided)
    assert [one["reason_code"] for one in await edge.told("charity.person_sent_back.v1")] == ["no_means"]
    plan = await edge.get(f"/v1/referrals/{listed}/people/{needs[0]}/plan?purpose=check", "charity", charity)
    assert plan["plan"] == "每周一次电话陪伴"
    rows = await edge.get("/v1/referrals?state=decided", "charity", charity)
    assert [UUID(row["id"]) for row in rows["items"]] == [listed]
