"""Who may be eligible and has not been assessed: the policy's screening rules over the register, at a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from chassis.http import Body, Call, Routes, cursors
from chassis.http.paging import behind, page_size
from chassis.problems import Refused
from services.orders.api.shapes import ASSESSMENT
from services.orders.domain.categories import screened
from services.orders.domain.days import business_day
from services.orders.domain.policy import Policy, in_force
from services.orders.views.held import read_file

routes = Routes(tag="screening")
READ_AT_ONCE = 500
READ_AT_MOST = 10_000
"""Files looked at for one page; where more would have to be, the page is short and ``next`` goes on behind them."""
UNASSESSED = """
select f.id, f.number, f.township, f.village, f.born, f.died_on, f.held, b.service_number,
  (select n.state from needs n where n.county = f.county and n.person = f.id order by n.number desc limit 1) as need
from person_files f join beneficiaries b on b.county = f.county and b.id = f.id
where f.county = $1 and f.number > $2 and ($3 = '' or f.township = $3) and f.died_on is null
  and not exists (select 1 from needs n where n.county = f.county and n.person = f.id
                  and n.state in ('approved', 'refused'))
order by f.number limit $4
"""


class Candidate(Body):
    """Somebody to be assessed: by which rules, and where a need of theirs stands, if there is one."""

    id: UUID
    service_number: str
    township: str
    village: str
    rules: Annotated[list[str] | None, ASSESSMENT]
    need_state: str | None


class Candidates(Body):
    """A page of them; ``next`` is the cursor of the page after it."""

    items: list[Candidate]
    next: str | None


@routes.get(
    "/v1/screening", answer=Candidates,
    filters={"day": date, "township": str, "limit": int, "after": str},
    refusals=("policy.none",), summary="应评未评 Who should be assessed",
)  # fmt: skip
async def screen(call: Call[None]) -> dict[str, object]:
    """Persons for whom a screening rule holds on the day and whose needs nobody has decided on yet."""
    day = call.query.get("day") or business_day(call.at)
    township = _township(call)
    limit = page_size(call)
    policy = in_force(await call.policies(), day)
    bound = cursors.bound_to(call, {"day": day, "township": township})
    after = behind(call, bound)
    found: list[dict[str, Any]] = []
    last, looked_at, more = after[0] if after else 0, 0, True
    while more and len(found) <= limit and looked_at < READ_AT_MOST:
        rows = await call.fetch(UNASSESSED, call.county, last, township, READ_AT_ONCE)
        found += [told for row in rows if (told := _candidate(row, day, policy))]
        more, looked_at = len(rows) == READ_AT_ONCE, looked_at + len(rows)
        last = rows[-1]["number"] if rows else last
    if len(found) <= limit and more:
        return {"items": found, "next": cursors.write(call, (last,), bound)}
    return _page(call, found, limit, bound)


def _page(call: Call[None], found: list[dict[str, Any]], limit: int, bound: bytes) -> dict[str, object]:
    more = len(found) > limit
    return {"items": found[:limit], "next": cursors.write(call, (found[limit - 1]["number"],), bound) if more else None}


def _township(call: Call[None]) -> str:
    """The township that is asked for and seen; empty for all. Refuses another's."""
    reach, asked = call.reach(), call.query.get("township", "")
    if reach.township is None:
        raise Refused("forbidden.township")
    if reach.township and asked not in ("", reach.township):
        raise Refused("forbidden.township")
    return reach.township or asked


def _candidate(row: dict[str, Any], day: date, policy: Policy) -> dict[str, Any] | None:
    rules = screened(read_file(row).facts, day, policy)
    return {**row, "rules": list(rules), "need_state": row["need"]} if rules else None
