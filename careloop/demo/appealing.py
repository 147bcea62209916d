"""Judgements that do not stand: a provider appeals against a rejection and is right; an acceptance is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from careloop.demo.calendar import first_day
from careloop.demo.caller import BUREAU, Actor, provider
from careloop.demo.stage import Stage

SECOND = Actor(role="bureau", subject="demo-second-officer")
"""Another officer than who judged, surveyed or assessed."""
UNDONE_ON = 14
ENDED = (
    "order.nothing_to_undo", "order.undone_too_soon", "order.undone_by_who_judged", "order.drawn_for_inspection",
    "order.verifier_reported_it", "order.verifier_handled_the_need",
)  # fmt: skip
NOT_NOW = ("appeal.too_late", "appeal.lodged_already", "appeal.nothing_rejected", "order.drawn_for_inspection")


async def step(stage: Stage, month: str, day: date) -> bool:
    """What happens on ``day``; whether a judgement changed."""
    if day < first_day(month) or not day.isoformat().startswith(month):
        return False
    answered = await _answer(stage)
    name = f"appealed:{month}"
    if name not in stage.notes.ids:
        await _appeal(stage, name)
    undone = await _undo(stage, month) if day.day >= UNDONE_ON and f"undone:{month}" not in stage.notes.ids else False
    return answered or undone


async def _appeal(stage: Stage, name: str) -> None:
    """The first rejection of the month that its provider does not accept."""
    rows = await stage.caller.rows("orders", "/v1/orders", by=BUREAU, state="turned_down", kind="purchase")
    known = set(stage.notes.ids.values())
    for row in sorted(rows, key=lambda row: str(row["id"])):
        if row["id"] in known or not row["provider"] or not row["visit_id"]:
            continue
        grounds = stage.sealed({"visit_id": row["visit_id"], "grounds": "当日有登记册和照片为证（示例）"}, "grounds")
        path, by = f"/v1/orders/{row['id']}/appeals", provider(row["provider"])
        key = f"appeal:{row['visit_id']}"
        answer = await stage.caller.post("orders", path, grounds, by=by, key=key, expected=NOT_NOW)
        if not answer.refusal:
            stage.notes.put({name: row["id"]})
            return


async def _answer(stage: Stage) -> bool:
    """Whatever is lodged is answered the next evening: the provider was right."""
    rows: list[dict[str, Any]] = await stage.caller.rows("orders", "/v1/appeals", by=BUREAU, state="lodged")
    for row in rows:
        body = stage.sealed(
            {"result": "upheld", "cause": "mistake", "reason_code": "wrong_person", "text": "核对登记册属实（示例）"},
            "text",
        )
        path, key = f"/v1/appeals/{row['id']}", f"answer:{row['id']}"
        await stage.caller.decide("orders", path, "answer", body, by=SECOND, key=key, expected=ENDED)
    return bool(rows)


async def _undo(stage: Stage, month: str) -> bool:
    """An acceptance is taken back: the register was of somebody else. The desk judges anew, and rejects."""
    rows = await stage.caller.rows("orders", "/v1/orders", by=BUREAU, state="accepted", kind="purchase")
    for row in sorted(rows, key=lambda row: str(row["id"])):
        if not row["visit_id"] or not str(row["day"]).startswith(month):
            continue
        told = {
            "visit_id": row["visit_id"], "cause": "mistake", "reason_code": "wrong_person",
            "text": "登记册为他人（示例）",
        }  # fmt: skip
        path, key = f"/v1/orders/{row['id']}", f"undo:{row['visit_id']}"
        body = stage.sealed(told, "text")
        answer = await stage.caller.decide(
            "orders", path, "verification-undo", body, by=SECOND, key=key, expected=ENDED
        )
        if not answer.refusal:
            stage.notes.put({f"undone:{month}": row["visit_id"]})
            return True
    return False
