"""Read models of the volunteer record, of certificates and of who agreed to the honour list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.charity.domain import certificate, honour, service_entry


def _entry(stream: UUID, state: service_entry.Entry) -> Mapping[str, Any] | None:
    deed = state.deed
    if deed is None:
        return None
    return {
        "id": stream,
        "claim_id": deed.claim_id,
        "claimant": deed.claimant,
        "order_id": deed.order_id,
        "charity": deed.charity,
        "item": deed.item,
        "pieces": deed.pieces,
        "minutes": deed.minutes,
        "day": deed.day,
        "time": deed.time,
        "standing": state.standing,
        "counted_at": state.counted_at,
    }


def _certificate(stream: UUID, state: certificate.Certificate) -> Mapping[str, Any] | None:
    issued = state.issued
    if issued is None:
        return None
    return {
        "id": stream,
        "year": issued.issued_on.year,
        "number": issued.number,
        "claimant": issued.holder.claimant,
        "charity": issued.charity,
        "charity_name": issued.charity_name,
        "credit_code": issued.credit_code,
        "first": issued.first,
        "last": issued.last,
        "issued_on": issued.issued_on,
        "deeds": json.dumps([str(claim) for claim in issued.deeds]),
        "pieces": issued.pieces,
        "minutes": issued.minutes,
        "name_box": issued.holder.name.box,
        "salt_box": issued.holder.salt.box,
        "masked": issued.holder.masked,
        "digest": issued.holder.digest,
        "key_id": issued.key_id,
        "public_key": issued.public_key,
        "standing": "revoked" if state.revoked_at else "valid",
        "revoked_at": state.revoked_at,
    }


def _honour(stream: UUID, state: honour.Agreed) -> Mapping[str, Any]:
    return {"id": stream, "claimant": state.claimant, "shown": state.shown, "masked": state.masked}


TABLES: tuple[View, ...] = (
    View(
        table="service_entries",
        category=service_entry.CATEGORY,
        columns={
            "id": "uuid", "claim_id": "uuid", "claimant": "uuid", "order_id": "uuid", "charity": "uuid",
            "item": "text", "pieces": "integer", "minutes": "integer", "day": "date", "time": "text",
            "standing": "text", "counted_at": "timestamptz",
        },
        row=_entry,
    ),
    View(
        table="certificates",
        category=certificate.CATEGORY,
        columns={
            "id": "uuid", "year": "integer", "number": "integer", "claimant": "uuid", "charity": "uuid",
            "charity_name": "text", "credit_code": "text", "first": "date", "last": "date", "issued_on": "date",
            "deeds": "jsonb", "pieces": "integer", "minutes": "integer", "name_box": "text", "salt_box": "text",
            "masked": "text", "digest": "text", "key_id": "text", "public_key": "text", "standing": "text",
            "revoked_at": "timestamptz",
        },
        row=_certificate,
    ),
    View(
        table="honours",
        category=honour.CATEGORY,
        columns={"id": "uuid", "claimant": "uuid", "shown": "text", "masked": "text"},
        row=_honour,
    ),
)  # fmt: skip
