"""The evening's reports: visits ended, whole reports told later, codes given, a late report that somebody confirms."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from careloop.demo import faults, proving
from careloop.demo.caller import officer, village_worker
from careloop.demo.stage import Stage
from careloop.demo.visiting import STOPPED, Visit, Visiting
from careloop.demo.world import POINTS

KNOWN = (
    "visit.reported_already", "visit.not_your_order", "visit.order_not_taken", "visit.not_started", "visit.too_old",
    *STOPPED,
)  # fmt: skip
GOODS = {"milk_powder": "tub", "bread": "bag"}
TWO_PHOTOS = ("home_cleaning", *GOODS)
PURPOSE = "告知本人上门确认码"
WRONG_CODE = "000000"


class Reporting:
    """Tells what ``visiting`` planned. ``reported`` counts the visits of this run, ``late`` the late reports."""

    def __init__(self, stage: Stage, visiting: Visiting) -> None:
        self.reported = 0
        self.late = 0
        self._stage = stage
        self._visiting = visiting

    async def report(self, now: datetime) -> int:
        """Tell every visit whose time to be told has come; how many were."""
        over = [visit for visit in self._visiting.planned.values() if visit.told_at <= now and visit.fault != "missed"]
        rows = await self._visiting.appointments(now.date()) if over else {}

        async def tell(visit: Visit) -> None:
            if visit.fault == "filed_late":
                await self._file(visit)
            elif visit.fault in ("offline", "outage"):
                await self._whole(visit, await self._code(visit))
                if visit.fault == "outage":
                    await proving.excuse(self._stage, visit, now)
            elif visit.fault == "gap":
                await proving.send_packet(self._stage, visit, _whole(visit, await self._code(visit)), KNOWN)
            else:
                await self._same_evening(visit, rows.get(visit.id))
            self._visiting.planned.pop(visit.id, None)

        if over:
            await self._stage.each("上门服务 visits told", tell, over, passing=True)
        self.reported += len(over)
        return len(over)

    async def _same_evening(self, visit: Visit, row: dict[str, Any] | None) -> None:
        code = "" if visit.fault == "code_missing" else await self._code(visit)
        if visit.fault == "code_wrong" and code:
            path, key = f"/v1/taken/{visit.id}/code-tries", f"code:{visit.id}"
            for number, given in enumerate((WRONG_CODE, code)):
                body = {"code": given}
                await self._stage.caller.post(
                    "providers", path, body, by=visit.actor, key=f"{key}:{number}", expected=("code.no_tries_left",)
                )
        if row is None or row["status"] != "started":
            await self._whole(visit, code)
            return
        body = await proving.proved(self._stage, visit, _facts(visit, code)) | {"ended_at": visit.ends_at.isoformat()}
        path, key = f"/v1/appointments/{row['id']}/end", f"end:{visit.id}:{visit.starts_at:%m%d%H%M}"
        await self._stage.caller.post("providers", path, body, by=visit.actor, key=key, expected=KNOWN)

    async def _whole(self, visit: Visit, code: str) -> None:
        body = await proving.proved(self._stage, visit, _whole(visit, code))
        key = f"visit:{visit.id}"
        await self._stage.caller.post("providers", "/v1/visits", body, by=visit.actor, key=key, expected=KNOWN)

    async def _file(self, visit: Visit) -> None:
        """Too late for a report: with a reason it waits until the township has looked into it."""
        caller, township = self._stage.caller, visit.order["township"]
        refused = await caller.post(
            "providers", "/v1/visits", _whole(visit, ""), by=visit.actor, key=f"visit:{visit.id}",
            expected=KNOWN,
        )  # fmt: skip
        if refused.refusal != "visit.too_old":
            return
        self._stage.tell([refused.refusal])
        body = self._stage.sealed(_whole(visit, "") | {"reason": "服务员手机损坏，未能及时上报（示例）"}, "reason")
        key = f"filed:{visit.id}"
        filed = await caller.post("providers", "/v1/late-reports", body, by=visit.actor, key=key, expected=KNOWN)
        if filed.refusal:
            return
        path = f"/v1/late-reports/{filed.body['id']}"
        reason = self._stage.sealed({"reason": "已向本人核实，服务属实（示例）"}, "reason")
        by = officer(township)
        await caller.decide("providers", path, "confirmation", reason, by=by, key=f"{key}:confirm")
        self.late += 1

    async def _code(self, visit: Visit) -> str:
        """The village tells the person, the person tells the worker; empty where no visit is expected any more."""
        told = await self._stage.caller.get(
            "providers", f"/v1/taken/{visit.id}/code", by=village_worker(visit.order["township"]), purpose=PURPOSE,
            expected=("code.not_needed",),
        )  # fmt: skip
        return str(told["code"]) if "attempt" in told else ""


def _facts(visit: Visit, code: str) -> dict[str, Any]:
    """What is told of any visit."""
    item, units = visit.order["item"], visit.order["units"]
    kinds = ["receipt", "other"] if item in GOODS else ["before", "after"] if item in TWO_PHOTOS else ["after"]
    evidence = [] if visit.fault == "no_photo" else [_photo(visit, kind) for kind in kinds]
    body: dict[str, Any] = {"units": units, "place": POINTS[visit.order["village"]].body(), "evidence": evidence}
    if item in GOODS:
        body["goods"] = [{"code": GOODS[item], "count": units}]
    if code:
        body["code"] = code
    return body


def _photo(visit: Visit, kind: str) -> dict[str, str]:
    proof = hashlib.sha256(f"{kind} photo of {visit.photo_of or visit.id}".encode()).hexdigest()
    return {"sha256": proof, "kind": kind}


def _whole(visit: Visit, code: str) -> dict[str, Any]:
    """The six facts as ``POST /v1/visits`` takes them."""
    body = _facts(visit, code) | {
        "order_id": visit.id,
        "worker_id": visit.worker,
        "item": visit.order["item"],
        "started_at": visit.starts_at.isoformat(),
        "ended_at": visit.ends_at.isoformat(),
    }
    if visit.fault == "no_line":
        body |= {"source": "paper"}
    elif visit.fault in faults.TOLD_AFTER:
        body |= {"source": "offline", "no_signal": True}
    elif visit.fault == "paper":
        body |= {"source": "paper", "register_line": f"{visit.starts_at:%m%d}-1"}
    return body
