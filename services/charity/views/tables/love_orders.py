"""Read models of charities, claimants, love orders and the month's seal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.service import View
from services.charity.domain import charity, claimant, love_order, month, offer


def _charity(stream: UUID, state: charity.Charity) -> Mapping[str, Any] | None:
    if state.status == "none":
        return None
    return {
        "id": stream,
        "name": state.name,
        "credit_code": state.credit_code,
        "status": state.status,
        "regions": json.dumps(list(state.regions)),
        "people": json.dumps([_person(one) for one in state.people]),
        "until": state.until,
    }


def _person(one: charity.Person) -> dict[str, Any]:
    to_day = one.to_day.isoformat() if one.to_day else None
    return {"subject": one.subject, "from_day": one.from_day.isoformat(), "to_day": to_day}


def _claimant(stream: UUID, state: claimant.Claimant) -> Mapping[str, Any] | None:
    if state.registered is None:
        return None
    return {
        "id": stream,
        "kind": state.registered.kind,
        "name_box": state.registered.name.box,
        "phone_box": state.registered.phone.box,
        "open_claims": len(state.open_claims),
        "fulfilled": state.fulfilled,
        "shown": state.registered.shown,
        "credit_code": state.registered.credit_code,
        "ended": state.ended,
        "no_shows": len(state.no_shows),
        "withdrawals": state.withdrawals,
        "lapsed": state.lapsed,
        "turned_down": state.turned_down,
    }


def _offer(stream: UUID, state: offer.Offer) -> Mapping[str, Any] | None:
    terms = state.terms
    if terms is None:
        return None
    return {
        "id": stream,
        "claimant": terms.claimant,
        "item": terms.item,
        "price_fen": terms.price_fen,
        "townships": json.dumps(list(terms.townships)),
        "from_day": terms.from_day,
        "to_day": terms.to_day,
        "rule": state.rule,
        "status": state.status,
    }


def _love_order(stream: UUID, state: love_order.LoveOrder) -> Mapping[str, Any] | None:
    work = state.work
    if work is None:
        return None
    return {
        "id": stream,
        "charity": work.charity,
        "item": work.item,
        "units": work.units,
        "township": work.township,
        "village": work.village,
        "places": work.places,
        "price_fen": work.price_fen,
        "expires_at": work.expires_at,
        "policy": work.policy,
        "status": state.status,
        "publish_by": state.publish_by,
        "published_at": state.published_at,
        "wording": state.wording,
        "places_left": state.left,
        "held": state.held,
        "waiting": len(state.waiting),
        "fulfilled": state.fulfilled,
        "claims": json.dumps([_claim(claim) for claim in state.claims]),
        "form": work.form,
        "claimants": work.claimants,
        "min_age": work.min_age,
        "skills": json.dumps(list(work.skills)),
        "hall_village": work.village if state.terms and state.terms.shows_village else None,
        "accepted_at": state.accepted_at,
        "past": json.dumps([_past(one) for one in state.past]),
    }


def _claim(claim: love_order.Place) -> dict[str, Any]:
    return {
        "claim_id": str(claim.claim_id),
        "claimant": str(claim.claimant),
        "standing": claim.standing,
        "claimed_at": claim.claimed_at.isoformat(),
        "until": claim.until.isoformat() if claim.until else None,
        "pieces": claim.pieces,
    }


def _past(one: love_order.Past) -> dict[str, Any]:
    return {
        "charity": str(one.charity),
        "status": one.status,
        "accepted": one.accepted,
        "published": one.published,
        "fulfilled": one.fulfilled,
    }


def _month(stream: UUID, state: month.Month) -> Mapping[str, Any]:
    return {"id": stream, "month": state.month, "sealed": state.sealed, "again_at": state.again_at}


TABLES = (
    View(
        table="charities",
        category=charity.CATEGORY,
        columns={
            "id": "uuid", "name": "text", "credit_code": "text", "status": "text", "regions": "jsonb",
            "people": "jsonb", "until": "date",
        },
        row=_charity,
    ),
    View(
        table="claimants",
        category=claimant.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "name_box": "text", "phone_box": "text", "open_claims": "integer",
            "fulfilled": "integer", "shown": "text", "credit_code": "text", "ended": "integer", "no_shows": "integer",
            "withdrawals": "integer", "lapsed": "integer", "turned_down": "integer",
        },
        row=_claimant,
    ),
    View(
        table="offers",
        category=offer.CATEGORY,
        columns={
            "id": "uuid", "claimant": "uuid", "item": "text", "price_fen": "bigint", "townships": "jsonb",
            "from_day": "date", "to_day": "date", "rule": "text", "status": "text",
        },
        row=_offer,
    ),
    View(
        table="love_orders",
        category=love_order.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "item": "text", "units": "integer", "township": "text", "village": "text",
            "places": "integer", "price_fen": "bigint", "expires_at": "timestamptz", "policy": "text",
            "status": "text", "publish_by": "timestamptz", "published_at": "timestamptz", "wording": "text",
            "places_left": "integer", "held": "integer", "waiting": "integer", "fulfilled": "integer",
            "claims": "jsonb", "form": "text", "claimants": "text", "min_age": "integer", "skills": "jsonb",
            "hall_village": "text", "accepted_at": "timestamptz", "past": "jsonb",
        },
        row=_love_order,
    ),
    View(
        table="months",
        category=month.CATEGORY,
        columns={"id": "uuid", "month": "text", "sealed": "boolean", "again_at": "timestamptz"},
        row=_month,
    ),
)  # fmt: skip
