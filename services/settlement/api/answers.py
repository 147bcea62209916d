"""Routes that say why: the reasons of a line, the certificate of a statement."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from chassis.http import Body, Call, Routes
from chassis.kernel import Rejected
from services.settlement.api.statements import found
from services.settlement.domain.engine.explain import explain
from services.settlement.views import facts
from services.settlement.views.closes import closes

routes = Routes(tag="statements")
LINE = re.compile(r"[0-9]{1,7}")
CLOSE = "select document from months where county = $1 and month = $2"


class Why(Body):
    """Why a line has its amount: the rule, where it stands (by version), the days it won, each item's count, facts.

    ``cites`` name paper and section; ``facts`` are event ids; ``fen`` is the sum of the payee's lines of this rule
    and person.
    """

    line: int
    month: str
    payee: str
    rule: str
    person: str | None
    fen: int
    superseded_by: str | None
    cites: list[dict[str, Any]]
    days: list[dict[str, Any]]
    items: list[dict[str, Any]]
    facts: list[str]
    rulings: list[str]


class Certificate(Body):
    """What a statement rests on. ``sources``: positions of the public logs, first and last, and the head hash there.

    ``head`` is null where the service's own log is asked for it (``GET /v1/events`` of that service).
    ``digest`` is the SHA-256 of the RFC 8785 JSON of lines, groups, deductions, corrections and carry.
    """

    statement_id: UUID
    county: str
    payee: str
    purchaser: str
    month: str
    sources: list[dict[str, Any]]
    policies: dict[str, str]
    digest: str
    close_digest: str
    closed_at: AwareDatetime


@routes.get(
    "/v1/statements/{statement_id}/lines/{line}/why", answer=Why, summary="这一行为什么 Why this line",
    refusals=("statement.no_such_line",),
)  # fmt: skip
async def why(call: Call[None]) -> dict[str, Any] | None:
    """``line`` is counted from 1 in the statement's order."""
    whole = await found(call, call.path_id("statement_id"))
    if whole is None:
        return None
    number = int(call.path["line"]) if LINE.fullmatch(call.path["line"]) else 0
    if not 1 <= number <= len(whole["lines"]):
        raise Rejected("statement.no_such_line", lines=len(whole["lines"]))
    line = whole["lines"][number - 1]
    policies = [policy.tariff for policy in await call.policies()]
    told = [*await facts.about(call, whole["month"], line["person"], whole["payee"]), *await facts.own_facts(call)]
    reasons = explain(told, policies, whole["month"], await closes(call), whole["payee"], line["rule"], line["person"])
    return {
        **asdict(reasons),
        "line": number,
        "superseded_by": line["superseded_by"],
        "cites": [{"version": version, "cite": cite} for version, cite in reasons.cites],
    }


@routes.get(
    "/v1/statements/{statement_id}/certificate", answer=Certificate, summary="结算凭证 Certificate",
    refusals=("statement.not_final",),
)  # fmt: skip
async def certificate(call: Call[None]) -> dict[str, Any] | None:
    """Only a final statement has one."""
    whole = await found(call, call.path_id("statement_id"))
    if whole is None:
        return None
    row = await call.fetchrow(CLOSE, call.county, whole["month"])
    if row is None or row["document"] is None:
        raise Rejected("statement.not_final")
    closed = json.loads(row["document"])
    heads = {**closed.get("seal_hashes", {}), "settlement": closed["public_hash"]}
    return {
        "statement_id": whole["id"],
        "county": call.county,
        "payee": whole["payee"],
        "purchaser": whole["purchaser"],
        "month": whole["month"],
        "sources": [
            {
                "source": source,
                "first": closed["after"].get(source, 0) + 1,
                "last": last,
                "head": heads.get(source) or None,
            }
            for source, last in sorted(closed["through"].items())
        ],
        "policies": closed["policy_hashes"],
        "digest": whole["digest"],
        "close_digest": closed["digest"],
        "closed_at": closed["at"],
    }
