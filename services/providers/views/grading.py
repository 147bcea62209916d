"""What grades, findings and ratings may know: the sheet in force, what the log tells of a month, whose a worker is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from chassis.kernel import Rejected
from chassis.service import Reading, Step, Timely
from services.providers.domain import calendar, finding, grade_round, month_grade, policy, rating, upheld
from services.providers.domain.grading import WAIVED, Grading
from services.providers.domain.policy import Policy
from services.providers.domain.score_sheet import Served

HEAD = "select hash from head where county = $1"
PAIRS = (
    "select distinct provider, township from searches where county = $1 and provider is not null and township <> ''"
    " and status = 'found' and month = $2 union select distinct v.provider, s.township from visits v join searches s"
    " on s.county = v.county and s.id = v.order_id where v.county = $1 and v.month = $2 and s.township <> ''"
)
"""Who had something to serve in the month, or served in it, and where."""
ORDERS = (
    "select count(*) as ordered, count(visit) as done from searches where county = $1 and provider = $2"
    " and township = $3 and month = $4 and status = 'found'"
)
VISITS = (
    "select count(*) as visits, count(*) filter (where not v.facts @> '[{\"complete\": false}]'"
    ' and not v.exceptions @> \'[{"colour": "red"}]\') as complete,'
    " count(*) filter (where v.day between s.window_from and s.window_to) as in_time"
    " from visits v join searches s on s.county = v.county and s.id = v.order_id where v.county = $1"
    " and v.provider = $2 and s.township = $3 and v.month = $4 and not v.returned"
)
MISSED = (
    "select count(*) as missed from appointments where county = $1 and provider = $2 and township = $3"
    " and day between $4 and $5 and status = 'missed'"
)
RATINGS = (
    "select count(*) as ratings, coalesce(sum(stars), 0) as stars from ratings where county = $1 and provider = $2"
    " and township = $3 and month = $4"
)
FINDINGS = "select code from findings where county = $1 and provider = $2 and township = $3 and month = $4"
COMPLAINTS = (
    "select (select count(*) from upheld_complaints where county = $1 and provider = $2 and month = $4)"
    " + (select count(*) from findings f where f.county = $1 and f.provider = $2 and f.township = $3 and f.month = $4"
    " and f.source = 'complaint' and not exists (select from upheld_complaints u where u.county = $1"
    " and u.id::text = f.reference)) as complaints"
)
"""Tickets found true, and findings from other complaints; one that names its ticket is not counted twice."""
POOR = (
    "select month, grade from month_grades where county = $1 and provider = $2 and township = $3 and month < $4"
    " and grade <> '' order by month desc limit 24"
)
GRADES = "select id, month, provider, township from month_grades where county = $1 and id = any($2::uuid[])"
ROUND = "select drawn ? $3 as drawn from grade_rounds where county = $1 and month = $2"
PROVIDERS = "select id from providers where county = $1 and id = any($2::uuid[])"
WORKERS = "select id, provider from workers where county = $1 and id = any($2::uuid[])"
JUDGING = (grade_round.Begin, month_grade.Issue, month_grade.Rejudge, finding.Open, rating.Rate, upheld.Note)
RATED = (
    "select v.id, v.provider, v.item, v.month, v.day, v.ended_at, s.township from visits v join searches s"
    " on s.county = v.county and s.id = v.order_id where v.county = $1 and v.id = any($2::uuid[])"
)


def rules_on(adopted: Sequence[Policy], day: date) -> Grading | None:
    """The sheet of the version in force on a day; None where there is none."""
    try:
        return policy.in_force(adopted, day).grading
    except Rejected:
        return None


async def rounds(read: Reading, steps: Sequence[Step]) -> Sequence[grade_round.Known]:
    """Who was to serve where, and the head of the log; a round that began knows nothing more."""
    adopted = await read.policies()
    return [await _round(read, adopted, _month_of(step)) for step in steps]


def _month_of(step: Step) -> str:
    """Of a round that is due, the month that its stream is about."""
    command = step.command
    if isinstance(command, Timely):
        return grade_round.month_of(step.stream, calendar.day_of(command.at)) or ""
    month: str = command.month
    return month


async def _round(read: Reading, adopted: Sequence[Policy], month: str) -> grade_round.Known:
    if not month:
        return grade_round.Known(rules=None, pairs=(), head_hash="")
    rows = await read.fetch(PAIRS, read.county, month)
    head = await read.fetch(HEAD, read.county)
    return grade_round.Known(
        rules=rules_on(adopted, calendar.last_day_of(month)),
        pairs=tuple(grade_round.Pair(provider=row["provider"], township=row["township"]) for row in rows),
        head_hash=head[0]["hash"].hex() if head else "",
    )


async def grades(read: Reading, steps: Sequence[Step]) -> Sequence[month_grade.Known | None]:
    """What the sheet is filled from, for the commands that reckon or need the draw."""
    adopted = await read.policies()
    asked = (month_grade.Enter, month_grade.Issue, month_grade.Waive, month_grade.Rejudge)
    found = []
    for step in steps:
        about = await _about(read, step) if isinstance(step.command, asked) else None
        found.append(await _graded(read, adopted, about) if about else _nothing(step))
    return found


def _nothing(step: Step) -> month_grade.Known | None:
    """A rejudgement of nothing that was ever graded is refused by its state."""
    if isinstance(step.command, month_grade.Rejudge):
        return month_grade.Known(rules=Grading(), drawn=False, registered=False, served=Served())
    return None


async def _about(read: Reading, step: Step) -> tuple[str, UUID, str] | None:
    command = step.command
    if not isinstance(command, month_grade.Rejudge):
        return command.month, command.provider, command.township
    rows = await read.fetch(GRADES, read.county, [step.stream])
    return (rows[0]["month"], rows[0]["provider"], rows[0]["township"]) if rows else None


async def _graded(read: Reading, adopted: Sequence[Policy], about: tuple[str, UUID, str]) -> month_grade.Known:
    month, provider, township = about
    rules = rules_on(adopted, calendar.last_day_of(month))
    drawn = await read.fetch(ROUND, read.county, month, township)
    registered = await read.fetch(PROVIDERS, read.county, [provider])
    findings = await read.fetch(FINDINGS, read.county, provider, township, month)
    before = await read.fetch(POOR, read.county, provider, township, month)
    return month_grade.Known(
        rules=rules,
        drawn=bool(drawn and drawn[0]["drawn"]),
        registered=bool(registered),
        served=await served(read, month, provider, township),
        false_found=rules is not None and any(row["code"] in rules.false_codes for row in findings),
        poor_before=poor_before(month, before, rules),
    )


def poor_before(month: str, rows: Iterable[Mapping[str, Any]], rules: Grading | None) -> int:
    """The months just before ``month`` graded poor one after another; one that was not graded interrupts nothing, for
    the draw left it out; one where nothing was served neither."""
    count = 0
    for row in rows:
        if row["grade"] == WAIVED:
            continue
        if rules is None or row["grade"] not in rules.poor:
            break
        count += 1
    return count


async def served(read: Reading, month: str, provider: UUID, township: str) -> Served:
    """What the log tells of a provider's month in a township, as it stands now."""
    orders = (await read.fetch(ORDERS, read.county, provider, township, month))[0]
    visits = (await read.fetch(VISITS, read.county, provider, township, month))[0]
    ratings = (await read.fetch(RATINGS, read.county, provider, township, month))[0]
    days = date.fromisoformat(f"{month}-01"), calendar.last_day_of(month)
    missed = (await read.fetch(MISSED, read.county, provider, township, *days))[0]
    complaints = (await read.fetch(COMPLAINTS, read.county, provider, township, month))[0]
    return Served(**{**orders, **visits, **ratings, **missed, **complaints})


async def findings(read: Reading, steps: Sequence[Step]) -> Sequence[finding.Known | None]:
    """The county's days, and whose the worker is."""
    adopted = await read.policies()
    opened = [step.command for step in steps if isinstance(step.command, finding.Open)]
    ids = [one.provider for one in opened if one.provider]
    registered = {row["id"] for row in await read.fetch(PROVIDERS, read.county, ids)} if ids else set()
    workers = [one.worker for one in opened if one.worker]
    rows = await read.fetch(WORKERS, read.county, workers) if workers else []
    employed = {row["id"]: row["provider"] for row in rows}
    return [_finding(adopted, step, registered, employed) for step in steps]


def _finding(
    adopted: Sequence[Policy], step: Step, registered: set[UUID], employed: Mapping[UUID, UUID]
) -> finding.Known:
    command = step.command
    rules = rules_on(adopted, calendar.day_of(command.at))
    if not isinstance(command, finding.Open):
        return finding.Known(rules=rules)
    return finding.Known(
        rules=rules,
        registered=command.provider is None or command.provider in registered,
        worker_provider=employed.get(command.worker) if command.worker else None,
    )


async def ratings(read: Reading, steps: Sequence[Step]) -> Sequence[rating.Known | None]:
    """The visits that are rated."""
    adopted = await read.policies()
    rows = await read.fetch(RATED, read.county, [step.command.visit for step in steps])
    visits = {row["id"]: row for row in rows}
    return [_rated(adopted, visits.get(step.command.visit)) for step in steps]


def _rated(adopted: Sequence[Policy], row: Any) -> rating.Known | None:
    if row is None:
        return None
    return rating.Known(
        provider=row["provider"],
        township=row["township"],
        item=row["item"],
        month=row["month"],
        ended_at=row["ended_at"],
        rules=rules_on(adopted, row["day"]),
    )


def guards(step: Step) -> Iterable[str]:
    """What a judgement reads and others change: findings, ratings and grades of a provider and month; the log's head,
    which a round draws from, moves with everything, and is the same for all of a batch."""
    command = step.command
    begins = isinstance(command, Timely) and step.decider.category == grade_round.CATEGORY
    if begins or isinstance(command, JUDGING):
        yield "grading"
