"""Two calls: one without a name about a provider, found true; one of 12345 with a name, answered by a township."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from careloop.demo.calendar import first_day
from careloop.demo.caller import BUREAU, Actor, Stopped, officer, provider
from careloop.demo.needing import HOTLINE
from careloop.demo.stage import Stage
from careloop.demo.supply import Site
from careloop.demo.world import TOWNSHIPS

CALLED, PUT_TO, ANSWERED, CLOSED = 6, 8, 11, 14
"""Days of the month; a run that begins later makes up for them."""
PATH = "/v1/complaints"
COUNTY_LINE, CITY_LINE = "anonymous", "named"


async def step(stage: Stage, month: str, sites: Sequence[Site], day: date) -> None:
    """What happens to both tickets on ``day``."""
    steps = {CALLED: _call, PUT_TO: _put_to, ANSWERED: _answer, CLOSED: _close}
    for on, work in steps.items():
        due = day >= first_day(month) + timedelta(days=on - 1)
        await stage.notes.reach(f"tickets:{month}:{on}", due, partial(work, stage, month, sites[0]))


async def _call(stage: Stage, month: str, site: Site) -> None:
    """Registered by the hot-line, and handed on: to the bureau, and to a township."""
    village = TOWNSHIPS[0]
    unnamed: dict[str, Any] = {
        "channel": "county_line", "kind": "complaint", "about": {"whom": "provider", "owner": site.id},
        "township": village.code, "text": "服务员来得晚，走得早（示例）",
    }  # fmt: skip
    named: dict[str, Any] = {
        "channel": "city_line", "kind": "consulting", "reference": f"12345-{month}-7", "about": {"whom": "service"},
        "township": village.code, "text": "咨询助浴怎样申请（示例）", "name": "来电人（生成）", "phone": "003-00000001",
    }  # fmt: skip
    office = {COUNTY_LINE: {"office": "bureau"}, CITY_LINE: {"office": "township", "township": village.code}}
    for name, body in ((COUNTY_LINE, unnamed), (CITY_LINE, named)):
        told = stage.sealed(body, "text", "name", "phone")
        key = f"complaint:{month}:{name}"

        async def took(told: dict[str, Any] = told, key: str = key) -> str:
            return str((await stage.caller.post("orders", PATH, told, by=HOTLINE, key=key)).body["id"])

        id = await stage.notes.once(key, took)
        await _decide(stage, id, "registration", None, HOTLINE)
        await _decide(stage, id, "transfer", office[name], HOTLINE)


async def _put_to(stage: Stage, month: str, site: Site) -> None:
    """The provider learns a neutral summary, never who called, and makes a statement."""
    id = stage.notes.ids[f"complaint:{month}:{COUNTY_LINE}"]
    await _decide(stage, id, "summary", {"text": "请说明近期服务时长（示例）"}, BUREAU)
    said = stage.sealed({"text": "已核对记录并提醒服务员（示例）"}, "text")
    await stage.caller.post("orders", f"{PATH}/{id}/statement", said, by=provider(site.id), key=f"statement:{id}")


async def _answer(stage: Stage, month: str, site: Site) -> None:
    """Both are answered; who called without a name reads the answer with number and secret, without any token."""
    answers = {
        COUNTY_LINE: ("upheld", "已责令整改（示例）", BUREAU),
        CITY_LINE: ("answered", "已告知申请办法（示例）", officer(TOWNSHIPS[0].code)),
    }
    for name, (outcome, text, by) in answers.items():
        id = stage.notes.ids[f"complaint:{month}:{name}"]
        await _decide(stage, id, "answer", {"outcome": outcome, "text": text}, by)
    id = stage.notes.ids[f"complaint:{month}:{COUNTY_LINE}"]
    slip = await stage.caller.get("orders", f"{PATH}/{id}/slip", by=HOTLINE)
    body = {"county": "130528", "number": slip["number"], "secret": slip["secret"]}
    key = f"progress:{id}"
    shown = await stage.caller.post("orders", "/v1/complaint-progress", body, by=HOTLINE, key=key)
    if shown.body["state"] != "answered":
        raise Stopped(f"who complained does not see the answer: {shown.body['state']}")


async def _close(stage: Stage, month: str, site: Site) -> None:
    for name, by in ((COUNTY_LINE, BUREAU), (CITY_LINE, officer(TOWNSHIPS[0].code))):
        id = stage.notes.ids[f"complaint:{month}:{name}"]
        await _decide(stage, id, "closure", {"satisfied": True}, by)


async def _decide(stage: Stage, id: str, action: str, body: dict[str, Any] | None, by: Actor) -> None:
    told = stage.sealed(body, "text") if body else None
    await stage.caller.decide("orders", f"{PATH}/{id}", action, told, by=by, key=f"{action}:{id}")
