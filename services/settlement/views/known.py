"""What each decision may know beyond its own stream, and which decisions must not share a batch.

Every command that tells something publicly, and the close, share one guard: a close reads settlement's own facts and
its head from the tables, so nothing of them may be decided beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis import policies
from chassis.kernel import NotYet
from chassis.service import Reading, Step, Timely
from services.settlement.domain import bearing, calendar, fund, grade, journal, locality, month, ruling, statement
from services.settlement.domain.engine import Fact
from services.settlement.domain.engine.draws import Treasury
from services.settlement.domain.engine.facts import Allocation, Override
from services.settlement.domain.funding import redrawn, unfunded_fen
from services.settlement.domain.sequence import earlier_open, later_closed
from services.settlement.views import facts
from services.settlement.views.books import books
from services.settlement.views.closes import closes

PARKED = "select source, position from parked where county = $1 order by source, position limit 100"
MONTH = "select month, status, seals from months where county = $1 and id = $2"
DRAWN = "select drawn from months where county = $1 and month = $2"
ALL_MONTHS = "select month from months where county = $1 and status = 'closed'"
FACT = "select kind, body from facts where county = $1 and id::text = $2"
STATEMENT = "select month, payee, purchaser from statements where county = $1 and id = $2"
UNNOTICED = (
    "select count(distinct line ->> 'person') as people from statements s, jsonb_array_elements(s.document -> 'lines')"
    " line where s.county = $1 and s.id = $2 and line ->> 'person' is not null and not exists"
    " (select from people p where p.county = $1 and p.person::text = line ->> 'person' and not p.held)"
)
RESERVED = (
    "select fund, year, sum(amount_fen)::bigint as fen from reservations r where county = $1 and id <> $2"
    " and (standing = 'reserved' or standing = 'used' and not exists (select from months m where m.county = r.county"
    " and m.month = r.month and m.status = 'closed')) group by fund, year"
)
"""What is kept for other orders: until the draw of the month in which it was used."""
GUARDED = frozenset({month.CATEGORY, journal.CATEGORY, fund.CATEGORY, grade.CATEGORY, ruling.CATEGORY})


def guards(step: Step, _state: Any) -> Iterable[str]:
    """See the module's text."""
    yield from policies.guards(step)
    if step.decider.category in GUARDED or isinstance(
        step.command, policies.Adopt | statement.Approve | bearing.Consider
    ):
        yield "facts"


async def parked(read: Reading) -> tuple[str, ...]:
    """The county's messages that were set aside: ``orders/17``."""
    return tuple(f"{row['source']}/{row['position']}" for row in await read.fetch(PARKED, read.county))


async def about_month(read: Reading, name: str, *, closing: bool) -> month.Known:
    """Everything that stands in the way of closing, and the books where they are to be closed."""
    closed = [row["month"] for row in await read.fetch(ALL_MONTHS, read.county)]
    with_facts = await facts.months_with_facts(read, await facts.own_facts(read))
    return month.Known(
        parked=await parked(read),
        earlier_open=earlier_open(name, closed, with_facts),
        later_closed=later_closed(name, closed),
        books=await books(read, name, closing=True) if closing else None,
    )


async def drawn_of(read: Reading, name: str) -> list[str] | None:
    """The townships drawn for a month; None where none were."""
    rows = await read.fetch(DRAWN, read.county, name)
    return json.loads(rows[0]["drawn"]) if rows and rows[0]["drawn"] else None


async def months(read: Reading, steps: Sequence[Step]) -> Sequence[month.Known | None]:
    """For requests and closes; a seal that is noted needs to know nothing."""
    return [await _month(read, step) for step in steps]


async def _month(read: Reading, step: Step) -> month.Known | None:
    if isinstance(step.command, month.RequestClose):
        return await about_month(read, step.command.month, closing=False)
    if not isinstance(step.command, Timely | month.Close):
        return None
    rows = await read.fetch(MONTH, read.county, step.stream)
    if not rows or rows[0]["status"] != "requested" or json.loads(rows[0]["seals"]).keys() < set(month.SEALING):
        return None
    return await about_month(read, rows[0]["month"], closing=True)


async def statements(read: Reading, steps: Sequence[Step]) -> Sequence[statement.Final | statement.Signing | None]:
    """The close's own statement for finalising, money and notices for signing."""
    return [await _statement(read, step) for step in steps]


async def _statement(read: Reading, step: Step) -> statement.Final | statement.Signing | None:
    command = step.command
    if isinstance(command, statement.Finalise):
        closing = await books(read, command.month, closing=True)
        content = closing.statement(command.payee, command.purchaser)
        assert content is not None
        rules = locality.in_force(closing.policies, calendar.last_day(command.month)).statements
        return statement.Final(content=content, seats=rules.signers, answer_until=answer_until(command, rules))
    if isinstance(command, statement.Approve):
        return await signing(read, step.stream)
    return None


def answer_until(command: statement.Finalise, rules: locality.StatementRules) -> datetime:
    """The end of the last day on which the payee may answer."""
    return calendar.end_of(calendar.day_of(command.at) + timedelta(days=rules.answer_days))


async def signing(read: Reading, stream: UUID) -> statement.Signing | None:
    """What of the statement has no money yet, and how many people without notice; None for no final statement."""
    rows = await read.fetch(STATEMENT, read.county, stream)
    if not rows:
        return None
    one = rows[0]
    _draws, unfunded = redrawn(await facts.own_facts(read), await read.policies(), await closes(read))
    people = await read.fetch(UNNOTICED, read.county, stream)
    return statement.Signing(
        unfunded_fen=unfunded_fen(unfunded, one["month"], one["payee"], one["purchaser"]),
        unnoticed=people[0]["people"],
    )


async def funds(read: Reading, steps: Sequence[Step]) -> Sequence[fund.Known]:
    """The funds of the version in force on the day of the paper."""
    adopted = await read.policies()
    found = []
    for step in steps:
        terms = locality.in_force(adopted, step.command.day.isoformat()).tariff.funds
        accounts = frozenset(one.base for one in terms.values() if one.base is not None)
        found.append(fund.Known(funds=terms, accounts=accounts))
    return found


async def grades(read: Reading, steps: Sequence[Step]) -> Sequence[frozenset[str]]:
    """The grades of the version in force on the month's last day."""
    adopted = await read.policies()
    days = [calendar.last_day(step.command.month) for step in steps]
    return [frozenset(locality.in_force(adopted, day).tariff.grades) for day in days]


async def ruled_facts(read: Reading, steps: Sequence[Step]) -> Sequence[Fact | None]:
    """The fact that each ruling names."""
    return [await _named(read, step.command.says.fact) for step in steps]


async def _named(read: Reading, name: str | None) -> Fact | None:
    if name is None:
        return None
    journalled = facts.decoded(await read.fetch(FACT, read.county, name))
    return next(iter(journalled or [fact for fact in await facts.own_facts(read) if fact.id == name]), None)


async def bearings(read: Reading, steps: Sequence[Step]) -> Sequence[bearing.Known | None]:
    """For each question the tariff of its day, and what the funds have left; the others need to know nothing.

    Questions that are decided together stand in order: what the earlier are answered is kept before the later.
    """
    found: list[bearing.Known | None] = []
    answered: dict[UUID, bearing.Borne] = {}
    for step in steps:
        if not isinstance(step.command, bearing.Consider):
            found.append(None)
            continue
        known = await _bearing(read, step)
        known = bearing.beside(known, [borne for order, borne in answered.items() if order != step.stream])
        [answer] = bearing.decide(step.command, bearing.Reservation(), known)
        if isinstance(answer, bearing.Borne):
            answered[step.stream] = answer
        found.append(known)
    return found


async def _bearing(read: Reading, step: Step) -> bearing.Known:
    adopted, own = await read.policies(), await facts.own_facts(read)
    treasury = Treasury()
    for fact in own:
        if isinstance(fact, Allocation | Override):
            treasury.learn(fact)
    draws, _unfunded = redrawn(own, adopted, await closes(read))
    for draw in draws:
        treasury.drawn[draw.fund, int(draw.month[:4])] += draw.fen
    rows = await read.fetch(RESERVED, read.county, step.stream)
    versions = frozenset(one.version for one in adopted)
    if step.command.policy not in versions:
        raise NotYet(step.command.policy)
    return bearing.Known(
        tariff=locality.in_force(adopted, step.command.day.isoformat()).tariff,
        treasury=treasury,
        reserved={(row["fund"], row["year"]): row["fen"] for row in rows},
    )
