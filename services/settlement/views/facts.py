"""Reads facts: those of other services from the journal, settlement's own from its public log.

A body of the journal is the engine's dataclass in JSON, so it is decoded straight into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from chassis.service import Reading
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.facts import KINDS, MonthFact, Ruling
from services.settlement.domain.telling import fact_of

OWN_TYPES = (
    "settlement.policy_known.v1",
    "settlement.fund_allocated.v1",
    "settlement.cap_overridden.v1",
    "settlement.provider_graded.v1",
    "settlement.ruling_made.v1",
    "settlement.month_closed.v1",
)
"""The public events of settlement that carry a fact."""

OWN = (
    "select position, event_id, body from public_log where county = $1 and type in ("
    + ", ".join(f"'{name}'" for name in OWN_TYPES)
    + ") order by position"
)
OF_MONTHS = "select kind, body from facts where county = $1 and month = any($2::text[])"
OF_PERSON = f"{OF_MONTHS} and (person = $3 or month = '' or kind = 'ruling')"
OF_PAYEE = f"{OF_MONTHS} and (payee = $3 and person is null or month = '' or kind = 'ruling')"
"""A void ruling of another service names its fact and nobody: all of the month are read."""
STAYS = "select kind, body from facts where county = $1 and kind = 'escort_stay' and not month = any($2::text[])"
MONTHS = (
    "with recursive found as ((select month from facts where county = $1 and month > '' order by month limit 1)"
    " union all select (select f.month from facts f where f.county = $1 and f.month > found.month order by f.month"
    " limit 1) from found where found.month is not null) select month from found where month is not null"
)
"""Each month once, by jumps along the index."""
SEALS = ""
"""Facts of no month (seals) are kept under the empty month."""
BEHIND = "select kind, body from facts where county = $1 and source = $2 and position > $3 order by position limit $4"
OWN_BEHIND = OWN.replace(" order by", " and position > $2 order by") + " limit $3"

_DECODERS = {kind: msgspec.json.Decoder(shape).decode for kind, shape in KINDS.items()}


def decoded(rows: Iterable[Any]) -> list[Fact]:
    """The facts of rows with ``kind`` and ``body``."""
    decoders = _DECODERS
    return [decoders[row["kind"]](row["body"]) for row in rows]


def own_fact(row: Any) -> Fact:
    """The fact of a row of the own public log."""
    told = json.loads(row["body"])["fact"]
    return fact_of(told, fact_id=str(row["event_id"]), source="settlement", position=row["position"])


async def own_facts(read: Reading) -> list[Fact]:
    """All facts that settlement told, in order of position."""
    return [own_fact(row) for row in await read.fetch(OWN, read.county)]


async def of_months(read: Reading, months: Sequence[str]) -> list[Fact]:
    """The journalled facts of these months, all seals, and the hospital stays of every other month."""
    wanted = [SEALS, *months]
    facts = decoded(await read.fetch(OF_MONTHS, read.county, wanted))
    return facts + decoded(await read.fetch(STAYS, read.county, wanted))


async def about(read: Reading, month: str, person: str | None, payee: str) -> list[Fact]:
    """What an explanation needs: a month's facts about a person, else the payee's without one; seals; stays."""
    query, whom = (OF_PAYEE, payee) if person is None else (OF_PERSON, person)
    facts = decoded(await read.fetch(query, read.county, [SEALS, month], whom))
    return facts + decoded(await read.fetch(STAYS, read.county, [SEALS, month]))


async def months_with_facts(read: Reading, own: Iterable[Fact]) -> set[str]:
    """The months that something is owed for: any with a journalled fact, or a ruling that makes a line."""
    journalled = {row["month"] for row in await read.fetch(MONTHS, read.county)}
    return journalled | {fact.month for fact in own if isinstance(fact, Ruling)}


def months_of(facts: Iterable[Fact], after: int) -> set[str]:
    """The months that own facts behind position ``after`` are about."""
    return {fact.month for fact in facts if isinstance(fact, MonthFact) and fact.position > after}


async def behind(read: Reading, source: str, position: int, limit: int) -> list[Fact]:
    """The next facts of a source behind a position, at most ``limit``."""
    if source == "settlement":
        return [own_fact(row) for row in await read.fetch(OWN_BEHIND, read.county, position, limit)]
    return decoded(await read.fetch(BEHIND, read.county, source, position, limit))
