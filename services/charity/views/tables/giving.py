"""Read models of appeals and funds, of pledges and donations, and of what is behind a love order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chassis.kernel import Sealed
from chassis.service import View
from services.charity.domain import donation, fundraising, pledge, pot, support
from services.charity.domain.ledger import MONEY
from services.charity.views.tables.service_done import TABLES as SERVICE_DONE


def _fundraising(stream: UUID, state: fundraising.Qualified) -> Mapping[str, Any]:
    return {
        "id": stream,
        "charity": state.charity,
        "number": state.number,
        "valid_from": state.first,
        "valid_to": state.last,
    }


def _pot(stream: UUID, state: pot.Pot) -> Mapping[str, Any] | None:
    terms, money = state.terms, state.line(MONEY)
    if terms is None or state.opened_at is None:
        return None
    return {
        "id": stream,
        "kind": terms.kind,
        "charity": terms.charity,
        "title": terms.title,
        "village": terms.village,
        "items": json.dumps(terms.items),
        "townships": json.dumps(terms.townships),
        "target_fen": terms.target_fen,
        "first": terms.first,
        "last": terms.last,
        "order_id": terms.order_id,
        "standing": "closed" if state.closed else "open",
        "opened_at": state.opened_at,
        "received_fen": money.received,
        "moved_in_fen": money.moved_in,
        "moved_out_fen": money.moved_out,
        "allotted_fen": money.allotted,
        "returned_fen": money.returned,
        "spent_fen": money.spent,
        "left_fen": money.left,
        "goods": json.dumps([_goods(state, what) for what in sorted(state.lines) if what != MONEY]),
    }


def _goods(state: pot.Pot, what: str) -> dict[str, Any]:
    line = state.line(what)
    return {
        "item": what,
        "received": line.received + line.moved_in - line.moved_out,
        "allotted": line.allotted - line.returned,
        "spent": line.spent,
        "left": line.left,
    }


def _support(stream: UUID, state: support.Support) -> Mapping[str, Any] | None:
    if state.order_id is None:
        return None
    money = [one for (_, what), one in state.given.items() if what == MONEY]
    return {
        "id": stream,
        "order_id": state.order_id,
        "item": state.wanted.item,
        "price_fen": state.wanted.price_fen,
        "places": state.wanted.places,
        "promised_fen": sum(one.amount for one in money),
        "funded_fen": sum(one.funded for one in money),
        "used_fen": sum(one.used for one in money),
        "ended": state.ended,
        "promises": json.dumps(
            [
                {"pot": str(source), "what": what, "amount": one.amount, "funded": one.funded, "used": one.used}
                for (source, what), one in state.given.items()
            ]
        ),
    }


def _pledge(stream: UUID, state: pledge.Pledge) -> Mapping[str, Any] | None:
    terms = state.terms
    if terms is None or state.until is None or state.made_at is None:
        return None
    return {
        "id": stream,
        "charity": terms.charity,
        "pot": terms.pot,
        "order_id": terms.order_id,
        "donor": terms.donor,
        "name_box": _box(terms.name),
        "masked": terms.masked,
        "shown": terms.shown,
        "what": terms.what,
        "amount": terms.amount,
        "paid": state.paid,
        "standing": state.standing,
        "until": state.until,
        "made_at": state.made_at,
    }


def _donation(stream: UUID, state: donation.Donation) -> Mapping[str, Any] | None:
    recorded = state.recorded
    if recorded is None:
        return None
    gift = recorded.gift
    return {
        "id": stream,
        "charity": gift.charity,
        "year": recorded.year,
        "number": recorded.number,
        "pot": recorded.pot,
        "order_id": gift.order_id,
        "pledge": gift.pledge,
        "donor": gift.donor,
        "name_box": _box(gift.name),
        "masked": gift.masked,
        "shown": gift.shown,
        "what": gift.what,
        "amount": gift.amount,
        "for_order": recorded.for_order,
        "excess_to": gift.excess_to,
        "day": gift.day,
        "standing": "void" if state.void else "recorded",
        "recorded_at": recorded.at,
    }


def _box(name: Sealed | None) -> str:
    return name.box if name else ""


TABLES: tuple[View, ...] = (
    View(
        table="fundraisings",
        category=fundraising.CATEGORY,
        columns={"id": "uuid", "charity": "uuid", "number": "text", "valid_from": "date", "valid_to": "date"},
        row=_fundraising,
    ),
    View(
        table="pots",
        category=pot.CATEGORY,
        columns={
            "id": "uuid", "kind": "text", "charity": "uuid", "title": "text", "village": "text", "items": "jsonb",
            "townships": "jsonb", "target_fen": "bigint", "first": "date", "last": "date", "order_id": "uuid",
            "standing": "text", "opened_at": "timestamptz", "received_fen": "bigint", "moved_in_fen": "bigint",
            "moved_out_fen": "bigint", "allotted_fen": "bigint", "returned_fen": "bigint", "spent_fen": "bigint",
            "left_fen": "bigint", "goods": "jsonb",
        },
        row=_pot,
    ),
    View(
        table="supports",
        category=support.CATEGORY,
        columns={
            "id": "uuid", "order_id": "uuid", "item": "text", "price_fen": "bigint", "places": "integer",
            "promised_fen": "bigint", "funded_fen": "bigint", "used_fen": "bigint", "ended": "boolean",
            "promises": "jsonb",
        },
        row=_support,
    ),
    View(
        table="pledges",
        category=pledge.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "pot": "uuid", "order_id": "uuid", "donor": "uuid", "name_box": "text",
            "masked": "text", "shown": "text", "what": "text", "amount": "bigint", "paid": "bigint",
            "standing": "text", "until": "timestamptz", "made_at": "timestamptz",
        },
        row=_pledge,
    ),
    View(
        table="donations",
        category=donation.CATEGORY,
        columns={
            "id": "uuid", "charity": "uuid", "year": "integer", "number": "integer", "pot": "uuid", "order_id": "uuid",
            "pledge": "uuid", "donor": "uuid", "name_box": "text", "masked": "text", "shown": "text", "what": "text",
            "amount": "bigint", "for_order": "bigint", "excess_to": "uuid", "day": "date", "standing": "text",
            "recorded_at": "timestamptz",
        },
        row=_donation,
    ),
    *SERVICE_DONE,
)  # fmt: skip
