"""Read models of photos and packets of devices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis import photos
from chassis.service import View
from services.providers.domain import device


def _device(stream: UUID, state: device.Device) -> Mapping[str, Any] | None:
    registered = state.registered
    if registered is None:
        return None
    return {
        "id": stream,
        "provider": registered.provider,
        "worker": registered.worker,
        "public_key": registered.public_key,
        "status": "revoked" if state.revoked_at else "active",
        "registered_at": registered.at,
        "revoked_at": state.revoked_at,
        "last_sequence": state.last,
        "missing": json.dumps(state.missing),
    }


TABLES: tuple[View, ...] = (
    photos.view("providers"),
    View(
        table="devices",
        category=device.CATEGORY,
        columns={
            "id": "uuid", "provider": "uuid", "worker": "uuid", "public_key": "text", "status": "text",
            "registered_at": "timestamptz", "revoked_at": "timestamptz", "last_sequence": "bigint", "missing": "jsonb",
        },
        row=_device,
    ),
)  # fmt: skip
