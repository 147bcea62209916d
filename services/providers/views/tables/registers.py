"""Read models of providers, tenders, workers, providers' systems' keys and places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chassis.service import View
from services.providers.domain import place, provider, system_key, tender, worker


def _provider(stream: UUID, state: provider.Provider) -> Mapping[str, Any]:
    return {
        "id": stream,
        "name": state.name,
        "credit_code": state.credit_code,
        "kind": state.kind,
        "institution": state.institution,
        "township": state.township,
        "outlets": _json([_outlet(outlet) for outlet in state.outlets]),
        "agreements": _json([_agreement(held) for held in state.agreements]),
        "certificates": _json([asdict(one) for one in state.certificates]),
        "stops": _json([asdict(one) for one in state.stops]),
        "removed_from": state.removed_from,
    }


def _json(value: Any) -> str:
    """As JSON; days and instants as their ISO text."""
    return json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())


def _outlet(outlet: provider.Outlet) -> dict[str, Any]:
    told = asdict(outlet)
    return {**told, **told.pop("point")}


def _agreement(held: provider.Held) -> dict[str, Any]:
    """As concluded, with the day it really ends on; ``changes`` are what it says from a day on."""
    return {
        **asdict(held.agreed),
        "valid_to": held.last_day,
        "ended_from": held.ended_from,
        "reason_code": held.reason_code,
        "changes": [asdict(terms) for terms in held.changes],
    }


def _worker(stream: UUID, state: worker.Worker) -> Mapping[str, Any] | None:
    if state.employed is None:
        return None
    last = state.evaluations[-1] if state.evaluations else None
    return {
        "id": stream,
        "provider": state.employed.provider,
        "township": state.post.township,
        "outlet": state.post.outlet,
        "village": state.post.village,
        "low_income": state.post.low_income,
        "monthly_capacity": state.post.monthly_capacity,
        "qualifications": json.dumps(_codes(state)),
        "certificates": _json([asdict(one) for one in state.qualifications]),
        "trainings": _json([_training(one) for one in state.trainings]),
        "trained_to": state.trained_to,
        "evaluations": _json([{"day": one.day, "grade": one.grade, "score": one.score} for one in state.evaluations]),
        "evaluated": last.grade if last else "",
        "evaluated_on": last.day if last else None,
        "leaves": _json([_leave(one) for one in state.absences]),
        "name_box": state.employed.name.box,
        "phone_box": state.employed.phone.box if state.employed.phone else None,
        "left_on": state.left_on,
    }


def _codes(state: worker.Worker) -> list[str]:
    """What was named when the worker was employed and what was shown since, each once."""
    told = state.employed.qualifications if state.employed else ()
    return list(dict.fromkeys((*told, *(one.code for one in state.qualifications))))


def _training(one: worker.Trained) -> dict[str, Any]:
    return {"course": one.course, "hours": one.hours, "day": one.day, "valid_to": one.valid_to}


def _leave(one: worker.WentAway) -> dict[str, Any]:
    return {"from_day": one.from_day, "to_day": one.to_day, "reason_code": one.reason_code}


def _tender(stream: UUID, state: tender.Tender) -> Mapping[str, Any] | None:
    told = state.put_out
    if told is None:
        return None
    awards = [{"provider": str(one.provider), "amount_fen": one.amount_fen, "day": one.day} for one in state.awards]
    return {
        "id": stream,
        "number": told.number,
        "project": told.project,
        "purchaser": told.purchaser,
        "method": told.method,
        "day": told.day,
        "items": _json(told.items),
        "amount_fen": told.amount_fen,
        "awards": _json(awards),
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
            "outlets": "jsonb", "agreements": "jsonb", "institution": "text", "certificates": "jsonb", "stops": "jsonb",
            "removed_from": "date",
        },
        row=_provider,
    ),
    View(
        table="workers",
        category=worker.CATEGORY,
        columns={
            "id": "uuid", "provider": "uuid", "township": "text", "qualifications": "jsonb", "name_box": "text",
            "phone_box": "text", "left_on": "date", "outlet": "text", "village": "text", "low_income": "boolean",
            "monthly_capacity": "integer", "certificates": "jsonb", "trainings": "jsonb", "trained_to": "date",
            "evaluations": "jsonb", "evaluated": "text", "evaluated_on": "date", "leaves": "jsonb",
        },
        row=_worker,
    ),
    View(
        table="tenders",
        category=tender.CATEGORY,
        columns={
            "id": "uuid", "number": "text", "project": "text", "purchaser": "text", "method": "text", "day": "date",
            "items": "jsonb", "amount_fen": "bigint", "awards": "jsonb",
        },
        row=_tender,
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
