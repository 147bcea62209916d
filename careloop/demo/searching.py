"""What a demonstration with canaries does at its end: it opens one from the vault and searches all other places."""

from __future__ import annotations

import asyncpg
import httpx2

from careloop import canaries
from careloop.canaries import Blob, Canary
from careloop.demo.caller import BUREAU, Caller, Stopped
from chassis.config import Settings
from services.declared import declared

PURPOSE = "演示数据检查"


async def search(settings: Settings, connection: asyncpg.Connection, caller: Caller, canary: Canary) -> int:
    """1 if a planted text is anywhere but in the vault. Raises ``Stopped`` where the vault does not hold it."""
    people = (await caller.get("orders", "/v1/beneficiaries", by=BUREAU, limit=1))["items"]
    for person in people:
        path = f"/v1/beneficiaries/{person['id']}/personal"
        opened = await caller.get("orders", path, by=BUREAU, purpose=PURPOSE)
        if not opened["name"].endswith(canary.mark):
            raise Stopped("the vault does not hold what was planted: the search would prove nothing")
    metrics = [Blob("metrics", await _metrics(settings))] if settings.metrics_port else []
    places = canaries.everywhere(settings.data, connection, declared(), metrics)
    return await canaries.tell(canary.needles, places)


async def _metrics(settings: Settings) -> bytes:
    address = f"http://{settings.metrics_host}:{settings.metrics_port + settings.port_offset}/metrics"
    async with httpx2.AsyncClient(trust_env=False) as client:
        return (await client.get(address)).content
