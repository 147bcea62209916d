"""How complete, how consistent and how timely the records are: counts, of the whole county or one township."""

from __future__ import annotations

from typing import Any

from services.orders.domain.days import first_day, last_day
from services.orders.domain.policy import Policy
from services.orders.views.ledgers import Reader

_ALIVE = "from beneficiaries b where b.county = $1 and ($2 = '' or b.township = $2) and b.died_on is null"
_PLANS = (
    "from plans p join beneficiaries b on b.county = p.county and b.id = p.person"
    " where p.county = $1 and ($2 = '' or p.township = $2) and p.state = 'started'"
)
COMPLETE = f"""
select count(*) as people, count(*) filter (where phone_box is not null) as with_phone,
  count(*) filter (where address_box is not null) as with_address,
  count(*) filter (where categories <> '[]') as with_category {_ALIVE}
"""
CONSISTENT = f"""
select count(*) as plans, count(*) filter (where b.plan_id = p.id) as known_to_the_register,
  count(*) filter (where b.died_on is null) as of_the_living,
  count(*) filter (where p.township = b.township and p.village = b.village) as where_the_person_lives,
  count(*) filter (where p.notice_on is not null) as posted,
  count(*) filter (where p.opened >= $3) as with_orders_of_the_month {_PLANS} and p.from_day <= $4
"""
DECIDED = """
select count(*) as needs, count(*) filter (where
    decided.at < registered_at + make_interval(days => $5) or
    (decided.at is null and registered_at + make_interval(days => $5) > $6)) as in_time
from needs n left join lateral (
  select min(e.recorded_at) as at from events e where e.county = $1 and e.originator_id = n.id
    and e.topic in ('orders.need.approved', 'orders.need.refused')
) decided on true
where n.county = $1 and ($2 = '' or n.township = $2)
  and n.registered_at >= $3::date::timestamp at time zone 'Asia/Shanghai'
  and n.registered_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
"""
SERVED = """
select count(*) filter (where state <> 'cancelled') as orders,
  count(*) filter (where state in ('completed', 'accepted', 'turned_down') and day <= window_to) as in_their_window,
  count(*) filter (where state in ('accepted', 'turned_down', 'completed')) as served,
  count(*) filter (where state in ('accepted', 'turned_down')) as verified
from orders where county = $1 and ($2 = '' or township = $2) and window_to between $3 and $4
"""


async def figures(read: Reader, month: str, township: str, policy: Policy, now: Any) -> list[dict[str, Any]]:
    """Each figure: how many were counted, and how many of them are as they should be."""
    first, last = first_day(month), last_day(month)
    people = (await read.fetch(COMPLETE, read.county, township))[0]
    plans = (await read.fetch(CONSISTENT, read.county, township, month, last))[0]
    days = policy.ledgers.decide_days
    needs = (await read.fetch(DECIDED, read.county, township, first, last, days, now))[0]
    orders = (await read.fetch(SERVED, read.county, township, first, last))[0]
    return [
        *(_line("completeness", name, people, "people") for name in ("with_phone", "with_address", "with_category")),
        *(_line("consistency", name, plans, "plans") for name in (
            "known_to_the_register", "of_the_living", "where_the_person_lives", "posted", "with_orders_of_the_month"
        )),
        _line("timeliness", "needs_decided_in_time", {**needs, "needs_decided_in_time": needs["in_time"]}, "needs"),
        _line("timeliness", "served_in_the_window", {**orders, "served_in_the_window": orders["in_their_window"]},
              "orders"),
        _line("timeliness", "verified", orders, "served"),
    ]  # fmt: skip


def _line(kind: str, figure: str, row: dict[str, Any], of: str) -> dict[str, Any]:
    counted, right = row[of], row[figure]
    return {"kind": kind, "figure": figure, "counted": counted, "right": right, "missing": counted - right}
