"""What the orders service reads of a county's policy pack: ``[pack]`` and ``[orders]``, and what is
served in hospitals of ``[providers.exceptions]``.

Who may decide is named there by body; a county bureau's officers sign in with the role ``bureau``, every other
body has a role of its own name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chassis.kernel import Rejected
from services.orders.domain.policy.catalogue import GOODS, MODES, PURCHASE, Item, Programme, read_item, read_programme
from services.orders.domain.policy.complaints import ComplaintRules, read_complaints
from services.orders.domain.policy.contacts import NO_CONTACTS, ContactRules, read_contacts
from services.orders.domain.policy.desk import DeskRules, read_desk
from services.orders.domain.policy.exceptions import ExceptionRules, read_exceptions
from services.orders.domain.policy.ledgers import LedgerRules, read_ledgers
from services.orders.domain.policy.loving import LovingRules, read_loving
from services.orders.domain.policy.needs import NeedRules, read_calendar, read_needs
from services.orders.domain.policy.people import People, read_people
from services.orders.domain.policy.plans import USUAL, PlanRules, read_plans
from services.orders.domain.policy.spot_checks import SpotRules, read_spot_checks

__all__ = [
    "GOODS",
    "MODES",
    "PURCHASE",
    "ComplaintRules",
    "ContactRules",
    "DeskRules",
    "ExceptionRules",
    "Item",
    "LedgerRules",
    "LovingRules",
    "NeedRules",
    "People",
    "PlanRules",
    "Policy",
    "Programme",
    "SpotRules",
    "in_force",
    "read_policy",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a county's rules about needs, plans, orders and verification.

    ``programmes`` are those that are purchased, ``entitlements`` all of them.
    """

    version: str
    county: str
    effective_from: date
    approves: str
    approves_urgent: str
    assesses: str
    verifies: str
    forms_love: str
    fallback: str
    survey_people: int
    accept_after_days: int
    report_within_days: int
    categories: frozenset[str]
    items: Mapping[str, Item]
    needs: NeedRules
    programmes: tuple[Programme, ...] = ()
    entitlements: tuple[Programme, ...] = ()
    ledgers: LedgerRules = field(default_factory=LedgerRules)
    contacts: ContactRules = NO_CONTACTS
    people: People = field(default_factory=People)
    plans: PlanRules = USUAL
    complaints: ComplaintRules = field(default_factory=ComplaintRules)
    desk: DeskRules = field(default_factory=DeskRules)
    exceptions: ExceptionRules = field(default_factory=ExceptionRules)
    spot_checks: SpotRules = field(default_factory=SpotRules)
    loving: LovingRules = field(default_factory=LovingRules)

    def item(self, item: str, day: date, number: int = 1) -> Item:
        """The item, if it is in the catalogue on ``day``. Raises ``policy.item_unknown``.

        ``number`` tells which of several it is: a refusal says the place, never what stood there.
        """
        found = self.items.get(item)
        if found is None or not found.valid_on(day):
            raise Rejected("policy.item_unknown", number=number)
        return found

    def allow(self, item: str, way: str, day: date, number: int = 1) -> Item:
        """The item, if it may be given by ``way`` on ``day``. Raises ``policy.item_not_by_this_mode``."""
        found = self.item(item, day, number)
        if MODES[way] not in found.modes or (way == "purchase" and not found.purchasable):
            raise Rejected("policy.item_not_by_this_mode", number=number)
        return found


def read_policy(document: Mapping[str, Any]) -> Policy:
    """The orders' view of a pack that has passed the published check; KeyError where it has not."""
    pack, orders = document["pack"], document["orders"]
    roles = orders["roles"]
    return Policy(
        version=pack["version"],
        county=pack["county"],
        effective_from=date.fromisoformat(pack["effective_from"]),
        approves=_role(roles["approves"]),
        approves_urgent=_role(roles["approves_urgent"]),
        assesses=_role(roles["assesses"]),
        verifies=_role(roles["verifies"]),
        forms_love=_role(orders["love_order"]["forms"]),
        fallback=orders["love_order"]["fallback"],
        survey_people=orders["survey"]["people"],
        accept_after_days=orders["verification"]["accept_after_days"],
        report_within_days=orders["urgent"]["report_within_days"],
        items={entry["id"]: read_item(entry) for entry in orders["item"]},
        categories=frozenset(entry["id"] for entry in orders["category"]),
        entitlements=tuple(read_programme(entry) for entry in orders.get("programme", ())),
        ledgers=read_ledgers(orders.get("ledgers")),
        programmes=tuple(read_programme(entry) for entry in orders.get("programme", ()) if entry["mode"] == PURCHASE),
        contacts=read_contacts(orders.get("contacts", {})),
        people=read_people(orders),
        needs=read_needs(orders),
        plans=read_plans(orders),
        complaints=read_complaints(orders.get("complaints", {})),
        desk=read_desk(orders.get("desk"), read_calendar(orders)),
        exceptions=read_exceptions(document),
        spot_checks=read_spot_checks(orders),
        loving=read_loving(orders),
    )


def in_force(policies: Iterable[Policy], day: date) -> Policy:
    """The version of ``day`` (S5): the latest ``effective_from`` not after it, of equals the last adopted.

    Where every version begins later the first of them holds: needs are surveyed before a programme starts.
    Raises ``policy.none`` where nothing is adopted yet.
    """
    known = list(policies)
    if not known:
        raise Rejected("policy.none")
    begun = [policy for policy in known if policy.effective_from <= day]
    if not begun:
        return min(known, key=lambda policy: policy.effective_from)
    latest = max(policy.effective_from for policy in begun)
    return [policy for policy in begun if policy.effective_from == latest][-1]


def _role(body: str) -> str:
    return "bureau" if body == "county" else body
