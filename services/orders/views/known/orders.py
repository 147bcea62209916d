"""What decisions about orders may know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import order
from services.orders.views.known.presence import whereabouts
from services.orders.views.known.shared import homes_of


class _Held(NamedTuple):
    """A need and the items it holds."""

    items: frozenset[str]
    holding: order.Holding


async def of_orders(read: Reading, steps: Sequence[Step]) -> Sequence[order.Known]:
    """The policies; for single orders homes and the needs that hold the item, for love orders their needs, for
    verifications the hands of the person's needs, for completions and their acceptance where the person was. What a
    plan or the bus asks besides needs no more."""
    adopted = await read.policies()
    people = {
        step.command.person for step in steps if isinstance(step.command, order.Open) and step.command.plan_id is None
    }
    asked = {step.command.need_id for step in steps if isinstance(step.command, order.FormLove)}
    judged = [step.stream for step in steps if isinstance(step.command, order.Verify)]
    homes = await homes_of(read, people) if people else {}
    holding = await _holding(read, people) if people else {}
    hands = await _hands(read, judged) if judged else {}
    needs = await _needs(read, asked) if asked else {}
    plain = order.Known(policies=adopted)
    where = await whereabouts(read, steps, adopted)
    known = []
    for step in steps:
        match step.command:
            case order.Open(plan_id=None) as opens:
                held = _held(holding.get(opens.person, ()), opens)
                known.append(order.Known(policies=adopted, home=homes.get(opens.person), holding=held))
            case order.Verify():
                known.append(order.Known(policies=adopted, hands=hands.get(step.stream, frozenset())))
            case order.FormLove() as forms:
                known.append(order.Known(policies=adopted, need=needs.get(forms.need_id)))
            case _ if step.stream in where:
                known.append(order.Known(policies=adopted, whereabouts=where[step.stream]))
            case _:
                known.append(plain)
    return known


async def _holding(read: Reading, people: set[UUID]) -> dict[UUID, list[_Held]]:
    """By person their approved needs for purchase, the oldest first."""
    rows = await read.fetch(
        "select id, person, items, papers_due, notice_on from needs"
        " where county = $1 and person = any($2::uuid[]) and state = 'approved' and mode = 'purchase' order by number",
        read.county,
        list(people),
    )
    held: dict[UUID, list[_Held]] = {}
    for row in rows:
        urgent, posted = row["papers_due"] is not None, row["notice_on"] is not None
        holding = order.Holding(need_id=row["id"], urgent=urgent, posted=posted)
        items = frozenset(entry["item"] for entry in json.loads(row["items"]))
        held.setdefault(row["person"], []).append(_Held(items=items, holding=holding))
    return held


def _held(needs: Iterable[_Held], opens: order.Open) -> order.Holding | None:
    """The approved need that holds the item; of several an urgent one where there is an emergency, then one that need
    not be posted first."""
    held = [one.holding for one in needs if opens.need_id in (None, one.holding.need_id) and opens.item in one.items]
    held.sort(key=lambda one: not (one.posted or one.urgent))
    fitting = [one for one in held if one.urgent] if opens.emergency else []
    return next(iter([*fitting, *held]), None)


async def _hands(read: Reading, judged: list[UUID]) -> dict[UUID, frozenset[str]]:
    """Who surveyed, confirmed or assessed a need of an order's person."""
    rows = await read.fetch(
        "select o.id, n.surveyed_by, n.confirmed_by, n.assessed_by from orders o"
        " join needs n on n.county = o.county and n.person = o.person"
        " where o.county = $1 and o.id = any($2::uuid[])",
        read.county,
        judged,
    )
    hands: dict[UUID, frozenset[str]] = {}
    for row in rows:
        named = {*json.loads(row["surveyed_by"]), row["confirmed_by"], row["assessed_by"]} - {""}
        hands[row["id"]] = hands.get(row["id"], frozenset()) | named
    return hands


async def _needs(read: Reading, asked: set[UUID]) -> dict[UUID, order.Asked]:
    rows = await read.fetch(
        "select id, person, township, village, mode, items, price_fen, rule from needs"
        " where county = $1 and state = 'approved' and id = any($2::uuid[])",
        read.county,
        list(asked),
    )
    return {
        row["id"]: order.Asked(
            person=row["person"],
            township=row["township"],
            village=row["village"],
            mode=row["mode"],
            items=tuple((entry["item"], entry["units"]) for entry in json.loads(row["items"])),
            price_fen=row["price_fen"],
            rule=row["rule"],
        )
        for row in rows
    }
