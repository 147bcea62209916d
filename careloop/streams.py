"""A county's settlement as the event streams tell it: facts, policy packs, and every close computed again from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from chassis.fact_shapes import FactShapes
from chassis.policies import parse
from chassis.replay import facts_from_public_log, no_collection
from services.settlement.domain.engine import Answer, Fact, Statement, settle
from services.settlement.domain.engine.facts import KINDS, MonthFact, Seal, Segment
from services.settlement.domain.locality import LocalPolicy, read
from services.settlement.domain.sequence import with_passed_over
from services.settlement.domain.telling import fact_of

SOURCES = ("orders", "providers", "charity")
SHAPES = FactShapes(KINDS, Segment, {"first": "from", "last": "to"})
POLICIES = (
    "select body from orders.public_log where county = $1 and type = 'orders.policy_adopted.v1' order by position"
)
OWN = "select position, event_id, body from settlement.public_log where county = $1 order by position"


@dataclass(frozen=True, kw_only=True)
class Streams:
    """What all statements of a county follow from."""

    county: str
    facts: tuple[Fact, ...]
    policies: tuple[LocalPolicy, ...]
    documents: dict[str, str]
    """Version of each pack and its text, in order of adoption."""


async def read_streams(connection: asyncpg.Connection, county: str) -> Streams:
    """Read the public logs of all four services. Raises ReplayError where a position is missing."""
    facts: list[Fact] = []
    with no_collection():
        for source in SOURCES:
            facts.extend(await facts_from_public_log(connection, source, county, SHAPES))
    for row in await connection.fetch(OWN, county):
        told = json.loads(row["body"]).get("fact")
        if told is not None:
            fact_id, position = str(row["event_id"]), row["position"]
            facts.append(fact_of(told, fact_id=fact_id, source="settlement", position=position))
    documents = {}
    for row in await connection.fetch(POLICIES, county):
        body = json.loads(row["body"])
        documents[body["version"]] = body["document"]
    policies = tuple(read(parse(document)) for document in documents.values())
    return Streams(county=county, facts=tuple(facts), policies=policies, documents=documents)


def closed_months(facts: Sequence[Fact]) -> list[str]:
    """The months that settlement's own log has sealed, oldest first."""
    return sorted(fact.month for fact in facts if isinstance(fact, Seal) and fact.source == "settlement")


def replayed(facts: Sequence[Fact], policies: Sequence[LocalPolicy]) -> list[Answer]:
    """Every close again, from the first one on, each carrying on from those before it."""
    tariffs = [policy.tariff for policy in policies]
    with_facts = {fact.month for fact in facts if isinstance(fact, MonthFact)}
    answers: list[Answer] = []
    with no_collection():
        for month in closed_months(facts):
            earlier = [close for close in with_passed_over(answers, with_facts) if close.month < month]
            answers.append(settle(facts, tariffs, month, earlier))
    return answers


def money(statements: Sequence[Statement]) -> int:
    """What statements pay in all, in fen."""
    return sum(fen for statement in statements for fen in statement.payable.values())
