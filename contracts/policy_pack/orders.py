"""``[orders]``: who approves and verifies, how needs are surveyed and refreshed, what can be ordered, for whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contracts.policy_pack.checking_visits import SpotChecks
from contracts.policy_pack.complaints import Complaints
from contracts.policy_pack.contacts import Contacts
from contracts.policy_pack.desk import Desk
from contracts.policy_pack.entries import Body, Cite, Condition, Mode, Per
from contracts.policy_pack.ledgers import Ledgers
from contracts.policy_pack.loving import Loving
from contracts.policy_pack.needs import Needs
from contracts.policy_pack.people import People
from contracts.policy_pack.plans import Plans
from contracts.values import Count, Day, Many, Name, Percent, Text, Value


class Roles(Value):
    """Who does what from need to verification; an urgent approval is reviewed by another body afterwards."""

    screens: Body
    approves: Body
    approves_urgent: Body
    assesses: Body
    verifies: Body
    cite: Cite


class Member(Value):
    """So many people of one role in a survey team."""

    role: Literal["village_worker", "aide", "township_officer", "social_worker", "volunteer"]
    people: Count


class Survey(Value):
    """The team that visits the home, and the dimensions an assessment scores."""

    people: Count
    member: Annotated[Many[Member], Field(min_length=1)]
    dimensions: Annotated[Many[Name], Field(min_length=1)]
    cite: Cite


class Refresh(Value):
    """How old needs and follow-up measures may grow before they are flagged."""

    needs_every_months: Count
    measures_every_months: Count
    cite: Cite


class Verification(Value):
    """A completed purchased visit is accepted by itself after so many days (S3); a love order never is."""

    accept_after_days: Annotated[int, Field(ge=1, le=365)]
    love_orders: Literal["person"]
    cite: Cite


class SpotCheck(Value):
    """The least share of the calendar year's purchased visits that is drawn and inspected."""

    percent: Annotated[Percent, Field(ge=30)]
    inspectors_drawn: bool
    published: bool
    cite: Cite


class LoveOrder(Value):
    """From which needs a love order comes, who forms it, and how it goes on when nobody claims it."""

    forms: Body
    from_needs: Literal["declared", "any"]
    prices: Body
    fallback: Mode
    cite: Cite


class Urgent(Value):
    """Help first, papers after: the days within which an urgent approval is filed and reviewed."""

    report_within_days: Count
    cite: Cite


class Notice(Value):
    """The posting in the village: masked, expiring; minors appear as a count only."""

    posted_days: Count
    minors: Literal["count"]
    cite: Cite


class Category(Value):
    """A status of a person by which conditions choose; colours grade children in difficulty, 1 the most urgent."""

    id: Name
    name: Text
    former_names: Many[Text] = ()
    group: Literal["household", "person", "child_colour"]
    minor: bool = False
    rank: Annotated[int, Field(ge=1, le=9)] | None = None
    follow_up_every_days: Count | None = None
    on_call_hours: Annotated[int, Field(ge=1, le=24)] | None = None
    cite: Cite


class Group(Value):
    """A group of the catalogue."""

    id: Name
    name: Text
    cite: Cite


class CatalogueItem(Value):
    """What can be ordered: the service, its standard, whom it is for, and by which modes it may be given."""

    id: Name
    group: Name
    name: Text
    unit: Text
    standard: Text
    target: Text
    modes: Annotated[Many[Mode], Field(min_length=1)]
    purchasable: bool = True
    valid_from: Day | None = None
    valid_to: Day | None = None
    cite: Cite


class Device(Value):
    """An alarm or monitoring device assigned by assessed need."""

    id: Name
    name: Text
    cite: Cite


class Planned(Value):
    """An item of a plan template: so many times per period."""

    item: Name
    times: Count
    per: Per


class Programme(Value):
    """An entitlement with its plan template: whom it is for, which items and how often, while it is valid.

    ``rule`` names the settlement rule by which a monthly entitlement is paid; the programme is for nobody whom the
    rule does not pay for.
    """

    id: Name
    name: Text
    when: Condition
    mode: Mode
    rule: Name | None = None
    plan: Annotated[Many[Planned], Field(min_length=1)]
    valid_from: Day | None = None
    valid_to: Day | None = None
    cite: Cite


class Orders(Value):
    """The section read by the orders service alone."""

    roles: Roles
    survey: Survey
    refresh: Refresh
    verification: Verification
    spot_check: SpotCheck
    love_order: LoveOrder
    urgent: Urgent
    notice: Notice
    category: Annotated[Many[Category], Field(min_length=1)]
    group: Annotated[Many[Group], Field(min_length=1)]
    item: Annotated[Many[CatalogueItem], Field(min_length=1)]
    device: Many[Device] = ()
    programme: Many[Programme] = ()
    ledgers: Ledgers | None = None
    contacts: Contacts | None = None
    people: People | None = None
    needs: Needs | None = None
    plans: Plans | None = None
    loving: Loving | None = None
    desk: Desk | None = None
    spot_checks: SpotChecks | None = None
    complaints: Complaints | None = None
