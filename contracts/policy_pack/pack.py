"""A policy pack: one county's rules from a day on, immutable once published; each service reads its own section."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contracts.policy_pack.charity import Charity
from contracts.policy_pack.entries import Body, Cite
from contracts.policy_pack.orders import Orders
from contracts.policy_pack.providers import Providers
from contracts.policy_pack.settlement import Settlement
from contracts.values import Count, County, Day, Entry, Many, Text, Value, Version
from contracts.values import Paper as PaperNumber


class Paper(Value):
    """A paper that entries cite: its number here, its title and issuer as people know them."""

    id: PaperNumber
    title: Text
    issuer: Text


class Source(Value):
    """Name and origin of a settlement rule, grade or fund, whose own table has no room for them.

    ``entry`` is ``rule.<id>``, ``grade.<id>`` or ``fund.<id>``.
    """

    entry: Entry
    name: Text
    cite: Cite


class Pack(Value):
    """The head: for which county, from which day. ``extends`` names the pack that completes this one; the merged
    document is complete and names it in ``merged_from`` instead."""

    county: County
    name: Text
    version: Version
    effective_from: Day
    title: Text
    extends: Version | None = None
    merged_from: Version | None = None
    retroactive: bool = False
    paper: Annotated[Many[Paper], Field(min_length=1)]
    source: Many[Source] = ()


class Statements(Value):
    """Who settles and signs a final statement, and for how many days its lines may be disputed."""

    settles: Body
    signs_first: Body
    signs_second: Body
    dispute_within_days: Count
    cite: Cite


class PolicyPack(Value):
    """The whole document, complete in itself."""

    pack: Pack
    orders: Orders
    providers: Providers
    charity: Charity
    statements: Statements
    settlement: Settlement
