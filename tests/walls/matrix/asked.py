"""A valid request for every operation, by service, method and path; an operation without one fails the test.

Commands stand in an order in which each can really be done by somebody: a statement is disputed, confirmed, approved,
paid. Each is about a thing of its own where doing it would spoil another's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.walls.matrix.traced import Traced
from tests.walls.world.closing import source_of
from tests.walls.world.places import PARKED_AT

Body = Callable[[Traced], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``path`` are the values of the path's parameters, in order; ``upload`` is a body that is a picture; ``about`` is
    what the query says of the spot. Where ``row`` is given, the operation answers rows: a caller sees those of the spot
    if, and only if, this id is in them.

    ``first`` is the role that asks first, where it is told that another body decides only as long as nobody has.
    """

    path: Callable[[Traced], tuple[str, ...]] = lambda spot: ()
    query: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[Traced], Mapping[str, str]] = lambda spot: {}
    body: Body | None = None
    upload: Callable[[Traced], bytes] | None = None
    row: Callable[[Traced], str] | None = None
    first: str = ""


def at(*things: str, body: Body | None = None, **query: str) -> Asked:
    """About things of the spot, named in the path."""
    return Asked(path=lambda spot: tuple(spot[thing] for thing in things), body=body, query=query)


def said(body: Body) -> Asked:
    """About what the body says."""
    return Asked(body=body)


def many(body: Body) -> Asked:
    """Several commands in one request; here one."""
    return said(lambda spot: {"items": [body(spot)]})


def rows(thing: str, **query: str) -> Asked:
    """Rows, of which one has the thing's id."""
    return Asked(row=lambda spot: spot[thing], query={"limit": "1000", **query})


def plain(**query: str) -> Asked:
    """About nothing in particular."""
    return Asked(query=query)


def of_statement(*rest: str, body: Body | None = None) -> Asked:
    """About the statement of the caller's own payee."""
    return Asked(path=lambda spot: (spot.statement, *rest), body=body)


def common(service: str, told: Callable[[Traced], str]) -> dict[str, Asked]:
    """What every service has; ``told`` is the subject of one of its public events."""
    parked = (source_of(service), str(PARKED_AT))
    return {
        "GET /v1/healthz": plain(),
        "GET /v1/readyz": plain(),
        "GET /v1/clock": plain(),
        "GET /v1/heads": Asked(row=lambda spot: spot.county),
        "GET /v1/events": Asked(row=told, query={"limit": "1000"}),
        "GET /v1/parked": rows("parked"),
        "POST /v1/clock": said(lambda spot: {"to": "2024-10-20T09:00:00+08:00"}),
        "POST /v1/parked/{source}/{position}/retry": Asked(path=lambda spot: parked),
    }


def by_operation() -> dict[str, Asked]:
    """Everything, in the order in which it is asked: ``orders GET /v1/needs``."""
    from tests.walls.matrix import (
        asked_charity,
        asked_claims,
        asked_complaints,
        asked_contacts,
        asked_desk,
        asked_exceptions,
        asked_giving,
        asked_grades,
        asked_ledgers,
        asked_loving,
        asked_matching,
        asked_needs_in_depth,
        asked_orders,
        asked_people,
        asked_photos,
        asked_plans_in_depth,
        asked_providers,
        asked_referrals,
        asked_registers,
        asked_settlement,
        asked_spot_checks,
        asked_visits,
    )

    parts = {
        "orders": {
            **asked_orders.ASKED,
            **asked_people.ASKED,
            **asked_needs_in_depth.ASKED,
            **asked_plans_in_depth.ASKED,
            **asked_contacts.ASKED,
            **asked_ledgers.ASKED,
            **asked_loving.ASKED,
            **asked_desk.ASKED,
            **asked_spot_checks.ASKED,
            **asked_complaints.ASKED,
            **asked_exceptions.OF_ORDERS,
            **common("orders", lambda spot: spot.told),
        },
        "providers": {
            **asked_providers.ASKED,
            **asked_registers.ASKED,
            **asked_matching.ASKED,
            **asked_visits.ASKED,
            **asked_photos.ASKED,
            **asked_exceptions.ASKED,
            **asked_grades.ASKED,
            **common("providers", lambda spot: spot["order"]),
        },
        "charity": {
            **asked_charity.ASKED,
            **asked_claims.ASKED,
            **asked_referrals.ASKED,
            **asked_giving.ASKED,
            **asked_photos.IN_CHARITY,
            **common("charity", lambda spot: spot["love_given"]),
        },
        "settlement": asked_settlement.ASKED | common("settlement", lambda spot: spot.statement),
    }
    return {f"{service} {operation}": asked for service, part in parts.items() for operation, asked in part.items()}
