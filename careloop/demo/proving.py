"""What is odd about a visit's proof: pictures uploaded and almost alike, places, an outage, packets of a device."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from careloop.demo.caller import BUREAU
from careloop.demo.pictures import picture
from careloop.demo.stage import Stage
from careloop.demo.visiting import Visit
from chassis.clock import SHANGHAI
from chassis.signed import Signer

FAR = 200_000
"""Micro-degrees: some twenty kilometres."""
QUALITY_LEAST = 40
"""How hard a picture is pressed follows from the day: those of two days are almost the same."""
SECOND = 2
"""The sequence number of the packet that arrives; the first never does."""


async def proved(stage: Stage, visit: Visit, body: dict[str, Any]) -> dict[str, Any]:
    """``body`` with what this visit's fault makes of place and pictures."""
    if visit.fault == "far_away":
        place = body["place"]
        return {**body, "place": {"lat": place["lat"] + FAR, "lon": place["lon"]}}
    if visit.fault == "no_place":
        return {name: told for name, told in body.items() if name != "place"}
    if visit.fault == "place_doubtful":
        return {**body, "mock_location": True}
    if visit.fault == "photo_old":
        taken_at = (visit.starts_at - timedelta(days=1)).isoformat()
        return {**body, "evidence": [{**photo, "taken_at": taken_at} for photo in body["evidence"]]}
    if visit.fault == "photo_alike":
        return {**body, "evidence": [{"sha256": await _upload(stage, visit), "kind": "after"}]}
    return body


async def _upload(stage: Stage, visit: Visit) -> str:
    """One picture for two visits of a person, stored anew each time."""
    quality = QUALITY_LEAST + visit.starts_at.day
    file = picture(f"room of {visit.order['person']} {visit.starts_at:%Y-%m}", quality)
    kept = await stage.caller.upload("providers", file, by=visit.actor, key=f"photo:{visit.id}")
    return str(kept["sha256"])


async def excuse(stage: Stage, visit: Visit, now: datetime) -> None:
    """The bureau says that no report could be taken meanwhile: what was told late is the platform's fault."""
    to_at = now.astimezone(SHANGHAI) - timedelta(hours=1)
    body = {
        "down": "reporting", "from_at": visit.ends_at.isoformat(), "to_at": to_at.isoformat(),
        "reason_code": "platform_down",
    }  # fmt: skip
    await stage.caller.post("providers", "/v1/outages", body, by=BUREAU, key=f"outage:{visit.id}")


async def send_packet(stage: Stage, visit: Visit, told: dict[str, Any], known: Iterable[str]) -> None:
    """The worker's device signed it without a signal; the packet before it is lost."""
    signer = Signer(hashlib.sha256(f"device {stage.seed} {visit.worker}".encode()).digest())
    key = f"device:{visit.worker}"

    async def registered() -> str:
        body, path = {"public_key": signer.public_key}, f"/v1/workers/{visit.worker}/devices"
        return str((await stage.caller.post("providers", path, body, by=visit.actor, key=key)).body["id"])

    device = await stage.notes.once(key, registered)
    sequence = int(stage.notes.ids.get(f"{key}:last", SECOND - 1)) + 1
    entry = {name: value for name, value in told.items() if name not in ("worker_id", "source")}
    body: dict[str, Any] = {
        "device": device, "sequence": sequence, "signed_at": visit.ends_at.isoformat(), "visits": [entry],
    }  # fmt: skip
    signed = {**body, "signature": signer.sign(body)}
    path, refusals = "/v1/packets", ("packet.sequence_used", *known)
    await stage.caller.post("providers", path, signed, by=visit.actor, key=f"packet:{visit.id}", expected=refusals)
    stage.notes.put({f"{key}:last": str(sequence)})
