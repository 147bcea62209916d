"""What decisions about spot checks may know: what is not listed yet, how the year stands, who may inspect, the head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import spot_check
from services.orders.domain.days import business_day
from services.orders.domain.drawing import Inspector, Line, Stratum
from services.orders.domain.policy import in_force
from services.orders.domain.spot_check import calendar, inspection, year
from services.orders.views.spots import (
    EXTRA,
    INSPECTORS,
    NEED_HANDS,
    RESULTS,
    STRATA,
    VISIT,
    not_listed,
    numbers,
    years_of,
)

HEAD = "select position, hash from head where county = $1"
WITHHELD = (
    "select w.party, count(*) as times from spot_batches b"
    " cross join lateral jsonb_array_elements_text(b.withheld) as w (party)"
    " where b.county = $1 and b.year = $2 group by w.party"
)
SENT = (
    "select i.id, i.order_id, i.township, i.provider, n.subject from inspections i"
    " left join inspectors n on n.county = i.county and n.id = i.inspector"
    " where i.county = $1 and i.id = any($2::uuid[])"
)


async def of_batches(read: Reading, steps: Sequence[Step]) -> Sequence[spot_check.Known]:
    """The head of the log; to close a list what is not listed yet."""
    [head] = await read.fetch(HEAD, read.county) or [None]
    policies = await read.policies()
    known = []
    for step in steps:
        close = step.command if isinstance(step.command, spot_check.CloseList) else None
        known.append(
            spot_check.Known(
                policies=policies,
                head_position=head["position"] if head else 0,
                head_hash=bytes(head["hash"]).hex() if head else "",
                found=await _found(read, close, policies) if close else None,
            )
        )
    return known


async def _found(read: Reading, close: spot_check.CloseList, policies: tuple[Any, ...]) -> spot_check.Found:
    next_number, running, closed = await numbers(read, read.county, close.year)
    rows = [] if closed else await not_listed(read, read.county, await years_of(read, read.county, close.year))
    lines = tuple(_line(row) for row in rows)
    inspectors = await _inspectors(read, business_day(close.at), policies)
    strata = await read.fetch(STRATA, read.county, close.year)
    withheld = await read.fetch(WITHHELD, read.county, close.year)
    return spot_check.Found(
        lines=lines,
        strata={row["key"]: Stratum(**json.loads(row["stratum"])) for row in strata},
        results={
            row["stratum"]: (row["checked"], row["rejected"])
            for row in await read.fetch(RESULTS, read.county, close.year)
        },
        inspectors=tuple(inspectors.values()),
        hands=await _hands(read, rows, {subject: one.id for subject, one in inspectors.items()}),
        withheld={row["party"]: row["times"] for row in withheld},
        next_number=next_number,
        running=running,
        closed=closed,
    )


def _line(row: Any) -> Line:
    return Line(
        visit=row["visit"],
        order=row["order_id"],
        day=row["day"],
        township=row["township"],
        provider=row["provider"],
        item=row["item"],
        grey=row["grey"],
    )


async def _inspectors(read: Reading, day: date, policies: tuple[Any, ...]) -> dict[str, Inspector]:
    """Who may be drawn on ``day``, by who signs in; their own township is barred where the policy says so."""
    own = in_force(policies, day).spot_checks.own_township_barred
    found = {}
    for row in await read.fetch(INSPECTORS, read.county, day):
        barred = {*json.loads(row["barred"]), *([row["township"]] if own and row["township"] else [])}
        found[row["subject"]] = Inspector(id=row["id"], barred=tuple(sorted(barred)))
    return found


async def _hands(read: Reading, rows: Sequence[Any], inspectors: dict[str, UUID]) -> tuple[tuple[UUID, UUID], ...]:
    """Pairs of visit and inspector: who reported or judged it, or had a hand in a need of its person."""
    if not inspectors or not rows:
        return ()
    needs = await _of_needs(read, {row["person"] for row in rows})
    return tuple(
        (row["visit"], inspectors[subject])
        for row in rows
        for subject in sorted({row["by"], row["reported_by"], *needs.get(row["person"], ())} & inspectors.keys())
    )


async def _of_needs(read: Reading, people: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Who surveyed, confirmed or assessed needs of people."""
    named: dict[UUID, set[str]] = {}
    for row in await read.fetch(NEED_HANDS, read.county, list(people)):
        hands = {*json.loads(row["surveyed_by"]), row["confirmed_by"], row["assessed_by"]} - {""}
        named.setdefault(row["person"], set()).update(hands)
    return named


async def of_calendars(read: Reading, steps: Sequence[Step]) -> Sequence[calendar.Known]:
    """The numbers that the next lists of last year and this one would have."""
    known = []
    for step in steps:
        this = business_day(step.command.at).year
        nexts = [(one, (await numbers(read, read.county, one))[0]) for one in (this - 1, this)]
        known.append(
            calendar.Known(county=read.county, policies=await read.policies(), next_numbers=tuple(nexts))
        )  # fmt: skip
    return known


async def of_inspections(read: Reading, steps: Sequence[Step]) -> Sequence[inspection.Known]:
    """Who signs in as the inspector, and the hands in the visit; for an extra one the visit and an inspector."""
    sent = {
        row["id"]: row for row in await read.fetch(SENT, read.county, [step.stream for step in steps])
    }  # fmt: skip
    known = []
    for step in steps:
        row = sent.get(step.stream)
        match step.command:
            case inspection.Order() as asked:
                known.append(inspection.Known(visit=await _extra(read, step.stream, asked)))
            case inspection.Replace() as replaced if row is not None:
                free = await _free(read, step.stream, row["order_id"], business_day(replaced.at))
                known.append(inspection.Known(free=replaced.inspector in free))
            case inspection.Report() if row is not None:
                found = await read.fetch(VISIT, read.county, row["order_id"], str(step.stream))
                hands = frozenset(await _hands_of(read, found[0])) if found else frozenset()
                known.append(inspection.Known(subject=row["subject"] or "", hands=hands))
            case _:
                known.append(inspection.Known())
    return known


async def _extra(read: Reading, visit: UUID, asked: inspection.Order) -> inspection.Visit | None:
    """The inspector is the first of those that are free by SHA-256 of the log's head, the visit and the inspector."""
    rows = await read.fetch(VISIT, read.county, asked.order, str(visit))
    if not rows:
        return None
    today = business_day(asked.at)
    [head] = await read.fetch(HEAD, read.county)
    free = await _free(read, visit, asked.order, today)
    first = min(free, key=lambda one: sha256(bytes(head["hash"]) + visit.bytes + one.bytes).digest(), default=None)
    rules = in_force(await read.policies(), today).spot_checks
    row = rows[0]
    return inspection.Visit(
        township=row["township"],
        provider=row["provider"],
        item=row["item"],
        day=row["day"],
        inspector=first,
        due_on=date.fromordinal(today.toordinal() + rules.inspect_within_days),
    )


async def _free(read: Reading, visit: UUID, order: UUID, day: date) -> frozenset[UUID]:
    """The inspectors without a conflict about a visit."""
    rows = await read.fetch(VISIT, read.county, order, str(visit))
    if not rows:
        return frozenset()
    row, hands = rows[0], await _hands_of(read, rows[0])
    found = await _inspectors(read, day, await read.policies())
    return frozenset(
        one.id
        for subject, one in found.items()
        if subject not in hands and not {row["township"], str(row["provider"])} & set(one.barred)
    )


async def _hands_of(read: Reading, row: Any) -> set[str]:
    needs = await _of_needs(read, [row["person"]])
    return {row["by"], row["reported_by"], *needs.get(row["person"], ())} - {"", None}


async def of_spot_years(read: Reading, steps: Sequence[Step]) -> Sequence[year.Known]:
    """How a year stands."""
    return [await _year(read, step) for step in steps]


async def _year(read: Reading, step: Step) -> year.Known:
    county, asked = read.county, step.command.year
    results = {row["stratum"]: row for row in await read.fetch(RESULTS, county, asked)}
    counts = []
    for row in await read.fetch(STRATA, county, asked):
        one, told = json.loads(row["stratum"]), results.get(row["key"])
        counts.append(
            year.Count(
                key=row["key"],
                population=one["population"],
                picks=one["picks"],
                checked=told["checked"] if told else 0,
                rejected=told["rejected"] if told else 0,
            )
        )
    _, running, _ = await numbers(read, county, asked)
    [extra] = await read.fetch(EXTRA, county, asked)
    digests = "select digest from spot_batches where county = $1 and year = $2 order by number"
    return year.Known(
        counts=tuple(counts),
        percent=in_force(await read.policies(), date(asked, 12, 31)).spot_checks.percent,
        not_listed=len(await not_listed(read, county, await years_of(read, county, asked))),
        inspections_open=sum(row["open"] for row in results.values()),
        extra=extra["extra"],
        running=running,
        digests=tuple(row["digest"] for row in await read.fetch(digests, county, asked)),
    )
