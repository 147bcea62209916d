"""``[charity]``: how love orders are published, claimed, waited for and expire, and what else people may offer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.entries import Body, Cite
from contracts.policy_pack.fairness import Fairness
from contracts.policy_pack.giving import Giving
from contracts.values import Count, Name, Value


class Publication(Value):
    """Who refers a love order, who publishes it, and who decides what it contains."""

    refers: Body
    publishes: Body
    decides_content: Body
    publish_within_days: Count
    cite: Cite


class Claim(Value):
    """A claim holds a place for so long; a claimant has at most ``quota`` open claims; an order has ``places``."""

    hold_hours: Count
    quota: Count
    places: Count
    fulfil_within_days: Count
    cite: Cite


class Expiry(Value):
    """An order that nobody claimed in so many days falls back to the mode that the orders section names."""

    unclaimed_days: Count
    cite: Cite


class WaitingList(Value):
    """Who comes when all places are taken waits in order of arrival; a freed place is kept for so long."""

    places: Annotated[int, Field(ge=0, le=10_000)]
    answer_within_hours: Count
    cite: Cite


class Offers(Value):
    """Low-price offers of companies: a price above nothing, paid by the settlement rule named."""

    low_price: bool
    rule: Name | None = None
    cite: Cite


class Donations(Value):
    """Appeals and community funds; a pledge bound to one order is a fund of its own (S14)."""

    appeals: bool
    community_funds: bool
    anonymity: Literal["on_request", "never"]
    cite: Cite


class Charity(Value):
    """The section read by the charity service alone."""

    publication: Publication
    claim: Claim
    expiry: Expiry
    waiting_list: WaitingList
    offers: Offers
    donations: Donations
    fairness: Fairness | None = None
    giving: Giving | None = None
