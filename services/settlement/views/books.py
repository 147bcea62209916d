"""Opens the books of a month: reads facts, policies and closes, and remembers the answer by the county's head.

The hash of ``head`` changes with every event of the county, so an answer remembered under it is the answer now. The
head is read before and after: books that somebody wrote into meanwhile are read again.

A closed month that nothing new can move is not read again. Read are: the month itself; each closed month with facts
behind what the last close saw; every closed month after one of these that had a hospital stay or ruling in it, since a
stay reaches into later months; and all of them when a version with ``retroactive`` became known since.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from chassis.service import Reading
from services.settlement.domain.books import Books, OwnSeal
from services.settlement.domain.engine import Answer, Fact
from services.settlement.domain.engine.facts import PolicyKnown, Seal
from services.settlement.domain.locality import LocalPolicy
from services.settlement.domain.month import SEALING
from services.settlement.domain.sequence import with_passed_over
from services.settlement.views import facts
from services.settlement.views.closes import closes

HEAD = "select hash, public_position, public_hash from head where county = $1"
HASHES = "select version, sha256 from policies where county = $1"
NEWS = (
    "select distinct month, kind = 'escort_stay' as stay from facts"
    " where county = $1 and month <> '' and source = $2 and position > $3"
)
REMEMBERED_MAX = 8
TRIES_MAX = 3

_remembered: OrderedDict[tuple[str, str, bool], tuple[bytes, Books]] = OrderedDict()


async def books(read: Reading, month: str, *, closing: bool = False) -> Books:
    """The books of ``month``; with ``closing``, as a close decided now would see them, its own seal included."""
    key = (read.county, month, closing)
    opened: Books | None = None
    for _ in range(TRIES_MAX):
        before = await _head(read)
        remembered = _remembered.get(key)
        if remembered is not None and remembered[0] == before[0]:
            _remembered.move_to_end(key)
            return remembered[1]
        opened = await open_books(read, month, OwnSeal(position=before[1] + 1, public_hash=before[2].hex()), closing)
        if (await _head(read))[0] == before[0]:
            _remembered[key] = (before[0], opened)
            if len(_remembered) > REMEMBERED_MAX:
                _remembered.popitem(last=False)
            break
    assert opened is not None
    return opened


async def open_books(read: Reading, month: str, seal: OwnSeal, closing: bool) -> Books:
    """Read everything; nothing is remembered."""
    own = await facts.own_facts(read)
    policies = await read.policies()
    kept = await closes(read)
    with_facts = await facts.months_with_facts(read, own)
    earlier = [close for close in with_passed_over(kept, with_facts) if close.month < month]
    again = await _moved(read, earlier, own, policies) if earlier else set()
    journalled = await facts.of_months(read, sorted({month, *again}))
    if closing:
        own.append(Seal(id="seal of this close", source="settlement", position=seal.position, month=month))
    hashes = {row["version"]: row["sha256"].hex() for row in await read.fetch(HASHES, read.county)}
    return Books(month, [*journalled, *own], policies, earlier, hashes, seal if closing else None)


async def _head(read: Reading) -> tuple[bytes, int, bytes]:
    rows = await read.fetch(HEAD, read.county)
    return (rows[0]["hash"], rows[0]["public_position"], rows[0]["public_hash"]) if rows else (b"", 0, b"")


async def _moved(
    read: Reading, earlier: Sequence[Answer], own: Iterable[Fact], policies: Sequence[LocalPolicy]
) -> set[str]:
    """The closed months that something since the last close may move; see the module's text."""
    closed = {close.month for close in earlier}
    through = earlier[-1].through
    after = through.get("settlement", 0)
    retroactive = {policy.version for policy in policies if policy.tariff.retroactive}
    if any(isinstance(fact, PolicyKnown) and fact.position > after and fact.version in retroactive for fact in own):
        return closed
    rows = [row for source in SEALING for row in await read.fetch(NEWS, read.county, source, through.get(source, 0))]
    by_own = facts.months_of(own, after)
    news = {row["month"] for row in rows} | by_own
    reaching = {row["month"] for row in rows if row["stay"]} | by_own
    first = min(reaching, default="9999-12")
    return {month for month in closed if month in news or month > first}
