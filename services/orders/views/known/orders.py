"""What decisions about orders may know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from chassis.service import Reading, Step
from services.orders.domain import order
from services.orders.domain.days import business_day
from services.orders.views.known.desk import told_of
from services.orders.views.known.loving import approved_needs, given_of
from services.orders.views.known.presence import whereabouts
from services.orders.views.known.shared import homes_of


class Fetching(Protocol):
    """What reads: a decision's reader or a request."""

    county: str

    async def fetch(self, query: str, *arguments: object) -> list[Any]: ...


class _Held(NamedTuple):
    """A need and the items it holds."""

    items: frozenset[str]
    holding: order.Holding


async def of_orders(read: Reading, steps: Sequence[Step]) -> Sequence[order.Known]:
    """The policies; for single orders homes and the needs that hold the item, for love orders their needs, for
    verifications the hands of the person's needs, for undoing what was told too, for completions and their acceptance
    where the person was. What a plan or the bus asks besides needs no more."""
    adopted = await read.policies()
    people = {
        step.command.person for step in steps if isinstance(step.command, order.Open) and step.command.plan_id is None
    }
    asked = {step.command.need_id for step in steps if isinstance(step.command, order.FormLove)}
    judged = [step.stream for step in steps if isinstance(step.command, order.Verify | order.Undo)]
    undone = [step.stream for step in steps if isinstance(step.command, order.Undo)]
    homes = await homes_of(read, people) if people else {}
    holding = await _holding(read, people) if people else {}
    hands = await _hands(read, judged) if judged else {}
    told = await told_of(read, undone) if undone else {}
    needs = await approved_needs(read, asked)
    served = people | {need.person for need in needs.values()}
    forming = [business_day(step.command.at) for step in steps if isinstance(step.command, order.Open | order.FormLove)]
    given = await given_of(read, served, min(forming)) if served and forming else {}
    plain = order.Known(policies=adopted)
    where = await whereabouts(read, steps, adopted)
    known = []
    for step in steps:
        match step.command:
            case order.Open(plan_id=None) as opens:
                held = _held(holding.get(opens.person, ()), opens)
                has = given.get(opens.person, ())
                known.append(order.Known(policies=adopted, home=homes.get(opens.person), holding=held, given=has))
            case order.Verify():
                known.append(order.Known(policies=adopted, hands=hands.get(step.stream, frozenset())))
            case order.Undo():
                hands_of, told_then = hands.get(step.stream, frozenset()), told.get(step.stream, {})
                known.append(order.Known(policies=adopted, hands=hands_of, told=told_then))
            case order.FormLove() as forms:
                need = needs.get(forms.need_id)
                has = given.get(need.person, ()) if need else ()
                known.append(order.Known(policies=adopted, need=need, given=has))
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
        "select id, person from orders where county = $1 and id = any($2::uuid[])", read.county, judged
    )
    hands = await hands_of_people(read, {row["person"] for row in rows})
    return {row["id"]: hands.get(row["person"], frozenset()) for row in rows}


async def hands_of_people(read: Fetching, people: set[UUID]) -> dict[UUID, frozenset[str]]:
    """By person who surveyed, confirmed or assessed a need of theirs."""
    rows = await read.fetch(
        "select person, surveyed_by, confirmed_by, assessed_by from needs"
        " where county = $1 and person = any($2::uuid[])",
        read.county,
        list(people),
    )
    hands: dict[UUID, frozenset[str]] = {}
    for row in rows:
        named = {*json.loads(row["surveyed_by"]), row["confirmed_by"], row["assessed_by"]} - {""}
        hands[row["person"]] = hands.get(row["person"], frozenset()) | named
    return hands
