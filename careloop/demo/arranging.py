"""Help that nobody is bought for: a neighbour, a party member, volunteers; arranged, done, and told by the village."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from careloop.demo.caller import BUREAU, village_worker
from careloop.demo.cast import CHANGES_PLAN, PAIRED, Helped
from careloop.demo.stage import Stage

DONE_AT = time(10, 0)
TRAINED_ON = date(2024, 10, 18)
AID = "aid"


async def arrange(stage: Stage, one: Helped, begins: date) -> None:
    """Who helps, for each item of the person's part; nothing opens before somebody is named."""
    helpers: dict[int, list[tuple[str, list[dict[str, Any]]]]] = {
        CHANGES_PLAN: [("housekeeping", [_helper("neighbour", "邻居", trained_on=TRAINED_ON.isoformat())])],
        PAIRED: [("errands", [_helper("responsible", "结对党员")])],
    }
    children = [(item, _team()) for item in ("counselling", "family_companionship")]
    for item, team in children if one.person.kind.minor else helpers.get(one.person.role, ()):
        told = [stage.sealed(helper, "name") for helper in team]
        body = {"item": item, "from_day": begins.isoformat(), "helpers": told}
        path, key = f"/v1/plans/{one.plan}", f"{one.key}:arrange:{item}"
        await stage.caller.decide("orders", path, "arrangement", body, by=one.officer, key=key)


def _helper(role: str, name: str, **more: str) -> dict[str, Any]:
    return {"role": role, "name": f"{name}（生成）", **more}


def _team() -> list[dict[str, Any]]:
    return [_helper("aide", "助理员"), _helper("social_worker", "社工"), _helper("volunteer", "志愿者")]


async def record(stage: Stage, now: datetime) -> int:
    """The village tells what neighbours, party members and volunteers did in windows that have begun; how many."""
    rows = await stage.caller.rows("orders", "/v1/orders", by=BUREAU, kind=AID, state="opened")
    due = [row for row in rows if date.fromisoformat(row["window_from"]) + timedelta(days=4) <= now.date()]

    async def tell(row: dict[str, Any]) -> None:
        day = date.fromisoformat(row["window_from"]) + timedelta(days=3)
        content = "按约定上门帮助，情况良好（示例）"
        body = stage.sealed({"day": day.isoformat(), "time": f"{DONE_AT:%H:%M}", "content": content}, "content")
        path, key = f"/v1/orders/{row['id']}", f"{row['id']}:record"
        await stage.caller.decide("orders", path, "record", body, by=village_worker(row["township"]), key=key)

    if due:
        await stage.each("邻里、结对、志愿 aid told", tell, due, passing=True)
    return len(due)
