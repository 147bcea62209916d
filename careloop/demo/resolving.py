"""What becomes of exceptions: some are explained, the township acknowledges what is amber, red is mended or stays.

Once a week the open ones are worked off. Of the red ones every second is mended: the provider adds a picture of its
own and the bureau looks at it; the others are upheld, and stay for the desk.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from careloop.demo.caller import BUREAU, officer, provider
from careloop.demo.pictures import picture
from careloop.demo.stage import Stage

DAYS = (8, 15, 22, 29)
EXPLAINED_ONE_IN = 3
REASONS = {
    "reported_late": "signal_lost", "place_missing": "signal_lost", "sequence_gap": "device_broken",
    "code_missing": "confirmed_by_phone", "code_wrong": "confirmed_by_phone", "place_doubtful": "confirmed_on_site",
    "off_schedule": "person_asked",
}  # fmt: skip
OVER = (
    "exception.resolved_already", "exception.nothing_mended", "exception.unknown", "exception.not_yours_to_resolve",
    "exception.resolver_reported_it",
)  # fmt: skip


async def step(stage: Stage, day: date) -> bool:
    """Work off what is open; whether anything was."""
    if day.day not in DAYS:
        return False
    rows = await stage.caller.rows("providers", "/v1/exceptions", by=BUREAU, state="open")
    red = sorted((row for row in rows if row["colour"] == "red"), key=lambda row: str(row["id"]))
    amber = [row for row in rows if row["colour"] == "amber"]
    mended = red[::2]

    async def acknowledge(row: dict[str, Any]) -> None:
        if hashlib.sha256(row["id"].encode()).digest()[0] % EXPLAINED_ONE_IN == 0:
            await _explain(stage, row)
        reason = REASONS.get(row["code"], "entry_mistake")
        await _resolve(stage, row, "acknowledged", reason, officer(row["township"]))

    async def mend(row: dict[str, Any]) -> None:
        await _mend(stage, row)

    async def uphold(row: dict[str, Any]) -> None:
        await _resolve(stage, row, "upheld", "not_explained", BUREAU)

    await stage.each("知悉 exceptions acknowledged", acknowledge, amber, passing=True)
    await stage.each("补正 exceptions mended", mend, mended, passing=True)
    await stage.each("维持 exceptions upheld", uphold, red[1::2], passing=True)
    return bool(rows)


async def _explain(stage: Stage, row: dict[str, Any]) -> None:
    body = stage.sealed({"text": "服务员说明情况（示例）"}, "text")
    path, key = f"/v1/exceptions/{row['id']}", f"explain:{row['id']}"
    by = provider(row["provider"])
    await stage.caller.decide("providers", path, "explanation", body, by=by, key=key, expected=OVER)


async def _mend(stage: Stage, row: dict[str, Any]) -> None:
    by, key = provider(row["provider"]), f"mend-red:{row['id']}"
    kept = await stage.caller.upload("providers", picture(key), by=by, key=f"{key}:photo")
    body = stage.sealed(
        {
            "cause": "mistake", "reason": "误传照片，现补上当日照片（示例）",
            "evidence": [{"sha256": kept["sha256"], "kind": "after"}],
        },
        "reason",
    )  # fmt: skip
    await stage.caller.decide("providers", f"/v1/visits/{row['visit_id']}", "supplements", body, by=by, key=key)
    await _resolve(stage, row, "mended", "confirmed_on_site", BUREAU)


async def _resolve(stage: Stage, row: dict[str, Any], resolution: str, reason: str, by: Any) -> None:
    body = stage.sealed({"resolution": resolution, "reason_code": reason, "text": "已核实（示例）"}, "text")
    path, key = f"/v1/exceptions/{row['id']}", f"resolve:{row['id']}:{row['times']}:{resolution}"
    await stage.caller.decide("providers", path, "resolution", body, by=by, key=key, expected=OVER)
