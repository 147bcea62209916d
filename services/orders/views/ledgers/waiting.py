"""What is overdue, oldest first: each kind is read by an index of its own, and the lists are merged.

The key of a row is (since, kind, id): a page behind a key needs of each kind at most as many rows as the page has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.orders.domain.waiting import Kind
from services.orders.views.ledgers import Reader

LOCAL = "(registered_at at time zone 'Asia/Shanghai')::date"
TABLES: Mapping[Kind, tuple[str, str, str, str]] = {
    "entrant_unseen": (
        "beneficiaries", "id", "entered_on", "plan_id is null and died_on is null and entered_on is not null"
        " and not exists (select from needs n where n.county = beneficiaries.county and n.person = beneficiaries.id"
        " and n.registered_at >= entered_on::timestamp at time zone 'Asia/Shanghai')",
    ),
    "need_undecided": ("needs", "person", LOCAL, "state in ('registered', 'surveyed', 'confirmed')"),
    "papers_missing": ("needs", "person", "papers_due", "state = 'approved' and confirmed_by = ''"),
    "notice_missing": ("plans", "person", "drawn_on", "notice_on is null and state <> 'ended'"),
    "plan_not_started": ("plans", "person", "notice_on", "state = 'drawn'"),
    "order_unserved": (
        "orders", "person", "window_to", "state in ('opened', 'nobody_found', 'matched', 'returned')"
    ),
    "completion_unverified": ("orders", "person", "day", "state = 'completed'"),
    "goods_missing": ("errands", "person", "settle_by", "state = 'missing'"),
}  # fmt: skip
"""By kind: table, whose it is, since when it waits, and which rows wait; the conditions are those of the indexes."""


async def waiting(
    read: Reader,
    latest: Mapping[Kind, date],
    township: str,
    after: tuple[date, str, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """At most ``limit`` rows that wait since ``latest`` of their kind or longer, behind the key ``after``."""
    rows: list[dict[str, Any]] = []
    for kind, until in latest.items():
        rows += await read.fetch(sql_of(kind), read.county, township, until, *_behind(kind, after), limit)
    return sorted(rows, key=lambda row: (row["since"], row["kind"], row["id"]))[:limit]


def _behind(kind: Kind, after: tuple[date, str, UUID] | None) -> Sequence[object]:
    """The day and the id behind which this kind goes on: of the key's own day, kinds before its kind are told."""
    if after is None:
        return date(1, 1, 1), UUID(int=0)
    day, after_kind, id = after
    if kind < after_kind:
        return day, UUID(int=2**128 - 1)
    return day, id if kind == after_kind else UUID(int=0)


def sql_of(kind: Kind) -> str:
    """One kind: county, township, the latest day, the day and id to go on behind, and how many."""
    table, person, since, waits = TABLES[kind]
    return (
        f"select '{kind}' as kind, id, {person} as person, township, village, {since} as since from {table}"
        f" where county = $1 and ($2 = '' or township = $2) and {waits} and {since} <= $3"
        f" and ({since}, id) > ($4::date, $5::uuid) order by {since}, id limit $6"
    )
