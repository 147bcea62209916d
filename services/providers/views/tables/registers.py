"""Read models of providers, workers, their systems' keys and places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import place, provider, system_key, worker


def _provider(stream: UUID, state: provider.Provider) -> Mapping[str, Any]:
    outlets = [{"name": outlet.name, **asdict(outlet.point)} for outlet in state.outlets]
    return {
        "id": stream,
        "name": state.name,
        "credit_code": state.credit_code,
        "kind": state.kind,
        "township": state.township,
        "outlets": json.dumps(outlets, ensure_ascii=False),
        "agreements": json.dumps([_agreement(agreement) for agreement in state.agreements], ensure_ascii=False),
    }


def _agreement(agreement: provider.Agreement) -> dict[str, Any]:
    return {
        "number": agreement.number,
        "items": agreement.items,
        "townships": agreement.townships,
        "valid_from": agreement.valid_from.isoformat(),
        "valid_to": agreement.valid_to.isoformat(),
        "monthly_capacity": agreement.monthly_capacity,
        "tender": agreement.tender,
        "qualified_to": agreement.qualified_to.isoformat() if agreement.qualified_to else None,
    }


def _worker(stream: UUID, state: worker.Worker) -> Mapping[str, Any] | None:
    if state.employed is None:
        return None
    return {
        "id": stream,
        "provider": state.employed.provider,
        "township": state.employed.township,
        "qualifications": json.dumps(state.employed.qualifications),
        "name_box": state.employed.name.box,
        "phone_box": state.employed.phone.box if state.employed.phone else None,
        "left_on": state.left_on,
    }


def _key(stream: UUID, state: system_key.Key) -> Mapping[str, Any] | None:
    if state.issued is None:
        return None
    return {
        "id": stream,
        "provider": state.issued.provider,
        "label": state.issued.label,
        "scopes": json.dumps(state.issued.scopes),
        "created_at": state.issued.at,
        "expires_on": state.issued.expires_on,
        "status": state.status,
        "rotated_at": state.rotated_at,
        "used_at": state.used_at,
        "secret_hash": state.secret_hash,
        "former_hash": state.former_hash,
        "former_until": state.former_until if state.former_hash else None,
    }


def _place(_stream: UUID, state: place.Located) -> Mapping[str, Any]:
    return {
        "code": state.code,
        "latitude_udeg": state.point.latitude_udeg,
        "longitude_udeg": state.point.longitude_udeg,
    }


TABLES = (
    View(
        table="providers",
        category=provider.CATEGORY,
        columns={
            "id": "uuid", "name": "text", "credit_code": "text", "kind": "text", "township": "text",
            "outlets": "jsonb", "agreements": "jsonb",
        },
        row=_provider,
    ),
    View(
        table="workers",
        category=worker.CATEGORY,
        columns={
            "id": "uuid", "provider": "uuid", "township": "text", "qualifications": "jsonb", "name_box": "text",
            "phone_box": "text", "left_on": "date",
        },
        row=_worker,
    ),
    View(
        table="system_keys",
        category=system_key.CATEGORY,
        columns={
            "id": "uuid", "provider": "uuid", "label": "text", "scopes": "jsonb", "created_at": "timestamptz",
            "expires_on": "date", "status": "text", "rotated_at": "timestamptz", "used_at": "timestamptz",
            "secret_hash": "text", "former_hash": "text", "former_until": "timestamptz",
        },
        row=_key,
    ),
    View(
        table="places",
        category=place.CATEGORY,
        key="code",
        columns={"code": "text", "latitude_udeg": "integer", "longitude_udeg": "integer"},
        row=_place,
    ),
)  # fmt: skip
