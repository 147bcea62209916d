"""What decisions about giving may know: numbers that were given, the county's rules, the order and pot concerned."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.service import Reading, Step
from services.charity.domain import (
    calendar,
    certificate,
    donation,
    fundraising,
    pledge,
    policy,
    pot,
    service_entry,
    support,
)
from services.charity.domain.giving_policy import Giving
from services.charity.domain.ledger import MONEY
from services.charity.domain.policy import Policy

CHARITIES = "select id, name, credit_code from charities where county = $1 and id = any($2::uuid[])"
ORDERS = (
    "select id, charity, item, township, village, places, fulfilled, price_fen, status from love_orders"
    " where county = $1 and id = any($2::uuid[])"
)
DEEDS = (
    "select claim_id, order_id, pieces, standing from service_entries where county = $1 and order_id = any($2::uuid[])"
)
POTS = "select id, charity, kind, standing from pots where county = $1 and id = any($2::uuid[])"
PLEDGED = (
    "select id, case when order_id is null then pot end as pot from pledges where county = $1 and id = any($2::uuid[])"
)
PROMISED = "select order_id, promises from supports where county = $1 and order_id = any($2::uuid[])"
LAST_RECEIPTS = (
    "select charity, year, max(number) as last from donations where county = $1 and charity = any($2::uuid[])"
    " group by charity, year"
)
LAST_CERTIFICATES = "select year, max(number) as last from certificates where county = $1 group by year"
RECORD = (
    "select claim_id, pieces, minutes from service_entries where county = $1 and claimant = $2 and standing = 'counted'"
    " and charity = $3 and day between $4 and $5 order by day, claim_id"
)
COUNTING = (
    "select e.id as entry, c.id as certificate from service_entries e"
    " join certificates c on c.county = e.county and c.claimant = e.claimant and c.standing = 'valid'"
    " and c.deeds @> to_jsonb(e.claim_id::text) where e.county = $1 and e.id = any($2::uuid[]) order by c.number"
)
QUALIFIED = "select charity, valid_from, valid_to from fundraisings where county = $1 and charity = any($2::uuid[])"


async def registered(read: Reading, steps: Sequence[Step]) -> Sequence[bool]:
    """Whether the charity is in the register."""
    charities = {step.command.charity for step in steps if isinstance(step.command, fundraising.Qualify)}
    known = await _by_id(read, CHARITIES, charities)
    return [getattr(step.command, "charity", None) in known for step in steps]


async def pots(read: Reading, steps: Sequence[Step]) -> Sequence[pot.Known]:
    """The order that is allotted to; whether an appeal may run; whether the pot wished to is the charity's."""
    orders = await _by_id(read, ORDERS, {s.command.order_id for s in steps if isinstance(s.command, pot.Allot)})
    opened = [step.command.terms for step in steps if isinstance(step.command, pot.Open)]
    rows = await read.fetch(QUALIFIED, read.county, [terms.charity for terms in opened])
    qualified = {row["charity"]: row for row in rows}
    wished = {terms.leftover_to for terms in opened} | {s.command.to for s in steps if isinstance(s.command, pot.Wish)}
    funds = await _by_id(read, POTS, wished - {None})
    adopted = await read.policies()
    return [_pot(step.command, giving_of(adopted, step.command), orders, qualified, funds) for step in steps]


def _pot(
    command: pot.Command, rules: Giving | None, orders: Mapping[Any, Any], qualified: Mapping[Any, Any],
    funds: Mapping[Any, Any],
) -> pot.Known:  # fmt: skip
    match command:
        case pot.Allot(order_id=order_id) if order_id in orders:
            order = orders[order_id]
            return pot.Known(item=order["item"], township=order["township"], village=order["village"])
        case pot.Open(terms=terms):
            row, first, last = qualified.get(terms.charity), terms.first, terms.last
            runs = bool(row and first and last and row["valid_from"] <= first and last <= row["valid_to"])
            fund = _receives(funds.get(terms.leftover_to), terms.charity)
            return pot.Known(offered=_offered(rules, terms.kind), qualified=runs, fund=fund)
        case pot.Wish(to=to, charity=charity):
            return pot.Known(fund=_receives(funds.get(to), charity))
        case _:
            return pot.Known()


def _offered(rules: Giving | None, kind: pot.Kind) -> bool:
    if kind == "bound":
        return True
    return rules is not None and (rules.appeals if kind == "appeal" else rules.village_funds)


def _receives(row: Any, charity: UUID) -> bool:
    return bool(row) and row["charity"] == charity and row["kind"] != "bound" and row["standing"] == "open"


async def supports(read: Reading, steps: Sequence[Step]) -> Sequence[support.Known | None]:
    """The love order that a promise is for, as far as it was not verified before."""
    asked = {step.command.order_id for step in steps if isinstance(step.command, support.Promise)}
    orders = await _by_id(read, ORDERS, asked)
    deeds = await read.fetch(DEEDS, read.county, list(asked)) if asked else []
    return [
        _support(orders.get(step.command.order_id), [row for row in deeds if row["order_id"] == step.command.order_id])
        if isinstance(step.command, support.Promise)
        else None
        for step in steps
    ]


def _support(order: Any, deeds: Sequence[Any]) -> support.Known | None:
    """Its places that nobody has done, and those that wait for verification."""
    if order is None:
        return None
    awaited = tuple((row["claim_id"], row["pieces"]) for row in deeds if row["standing"] in ("noted", "void"))
    places = order["places"] - order["fulfilled"] + sum(pieces for _, pieces in awaited)
    wanted = support.Wanted(item=order["item"], price_fen=order["price_fen"], places=places, awaited=awaited)
    return support.Known(charity=order["charity"], open=order["status"] in OPEN, wanted=wanted)


OPEN = ("referred", "accepted", "published")


async def pledges(read: Reading, steps: Sequence[Step]) -> Sequence[pledge.Known | None]:
    """The county's rules on the day, and whether the pot receives."""
    adopted = await read.policies()
    made = {step.command.terms.pot for step in steps if isinstance(step.command, pledge.Make)}
    found = await _by_id(read, POTS, made)
    return [_pledge(adopted, step.command, found) for step in steps]


def _pledge(adopted: Sequence[Policy], command: pledge.Command, found: Mapping[Any, Any]) -> pledge.Known | None:
    rules = giving_of(adopted, command)
    if rules is None or not isinstance(command, pledge.Make):
        return None
    receives = _receives(found.get(command.terms.pot), command.terms.charity)
    return pledge.Known(anonymity=rules.anonymity, days=rules.pledge_days, receives=receives)


def giving_of(adopted: Sequence[Policy], command: Any) -> Giving | None:
    """The county's rules of giving on the day of a command."""
    in_force = policy.in_force(adopted, calendar.day_of(command.at))
    return in_force.giving if in_force else None


async def donations(read: Reading, steps: Sequence[Step]) -> Sequence[donation.Known | None]:
    """The last number of each charity's year, and what an order can still take."""
    adopted = await read.policies()
    gifts = [step.command.gift for step in steps if isinstance(step.command, donation.Record)]
    charities = {gift.charity for gift in gifts}
    rows = await read.fetch(LAST_RECEIPTS, read.county, list(charities))
    last = {(row["charity"], row["year"]): row["last"] for row in rows}
    known = await _by_id(read, CHARITIES, charities)
    orders = await _by_id(read, ORDERS, {gift.order_id for gift in gifts} - {None})
    promised = await read.fetch(PROMISED, read.county, list(orders))
    deeds = await read.fetch(DEEDS, read.county, list(orders))
    funds = await _by_id(read, POTS, {gift.excess_to for gift in gifts} - {None})
    kept = await _by_id(read, PLEDGED, {gift.pledge for gift in gifts} - {None})
    found: list[donation.Known | None] = []
    for step in steps:
        rules = giving_of(adopted, step.command)
        if rules is None or not isinstance(step.command, donation.Record):
            found.append(None)
            continue
        gift = step.command.gift
        found.append(
            donation.Known(
                registered=gift.charity in known,
                last=last.get((gift.charity, step.command.today.year), 0),
                anonymity=rules.anonymity,
                room=_room(gift, orders.get(gift.order_id), promised, deeds) if gift.order_id else 0,
                excess=_receives(funds.get(gift.excess_to), gift.charity),
                pledged_to=kept[gift.pledge]["pot"] if gift.pledge in kept else None,
            )
        )
    return found


def _room(gift: donation.Gift, order: Any, promised: Sequence[Any], deeds: Sequence[Any]) -> int:
    """What the order's limit leaves beside all promises, as ``support`` reckons it."""
    known = _support(order, [row for row in deeds if row["order_id"] == gift.order_id])
    if known is None or not known.open:
        return 0
    ahead: int = sum(
        one["amount"] - one["used"]
        for row in promised
        if row["order_id"] == gift.order_id
        for one in json.loads(row["promises"])
        if one["what"] == gift.what
    )
    return max(0, known.wanted.limit(gift.what, MONEY) - ahead)


async def entries(read: Reading, steps: Sequence[Step]) -> Sequence[service_entry.Known]:
    """The county's minutes for a piece of the item, and the certificates that count what is undone."""
    adopted = await read.policies()
    streams = [step.stream for step in steps if isinstance(step.command, service_entry.Void)]
    rows = await read.fetch(COUNTING, read.county, streams) if streams else []
    counting: dict[UUID, list[UUID]] = {}
    for row in rows:
        counting.setdefault(row["entry"], []).append(row["certificate"])
    return [
        service_entry.Known(minutes=_minutes(adopted, step.command), certificates=tuple(counting.get(step.stream, ())))
        for step in steps
    ]


def _minutes(adopted: Sequence[Policy], command: service_entry.Command) -> int:
    rules = giving_of(adopted, command)
    if rules is None or not isinstance(command, service_entry.Note):
        return 0
    return rules.minutes.get(command.deed.item, 0)


async def certificates(read: Reading, steps: Sequence[Step]) -> Sequence[certificate.Known | None]:
    """What the record holds for the charity in the period, and the last number of the county's year."""
    asked = [step.command for step in steps if isinstance(step.command, certificate.Issue)]
    known = await _by_id(read, CHARITIES, {command.charity for command in asked})
    rows = await read.fetch(LAST_CERTIFICATES, read.county) if asked else []
    last = {row["year"]: row["last"] for row in rows}
    return [await _certificate(read, step.command, known, last) for step in steps]


async def _certificate(
    read: Reading, command: certificate.Command, known: Mapping[Any, Any], last: Mapping[int, int]
) -> certificate.Known | None:
    if not isinstance(command, certificate.Issue) or command.charity not in known:
        return None
    rows = await read.fetch(RECORD, read.county, command.holder.claimant, command.charity, command.first, command.last)
    return certificate.Known(
        last=last.get(command.today.year, 0),
        deeds=tuple(row["claim_id"] for row in rows),
        pieces=sum(row["pieces"] for row in rows),
        minutes=sum(row["minutes"] for row in rows),
        charity_name=known[command.charity]["name"],
        credit_code=known[command.charity]["credit_code"],
    )


async def _by_id(read: Reading, query: str, ids: set[Any]) -> Mapping[Any, Any]:
    if not ids:
        return {}
    return {row["id"]: row for row in await read.fetch(query, read.county, list(ids))}


KNOWN = {
    fundraising.CATEGORY: registered,
    pot.CATEGORY: pots,
    support.CATEGORY: supports,
    pledge.CATEGORY: pledges,
    donation.CATEGORY: donations,
    service_entry.CATEGORY: entries,
    certificate.CATEGORY: certificates,
}
