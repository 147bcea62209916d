"""The declaration of the charity service."""

from __future__ import annotations

from chassis import photos, policies
from chassis.service import Service, nothing_known
from services.charity import migrations
from services.charity.api import router
from services.charity.api.examples import EXAMPLES
from services.charity.domain import (
    certificate,
    charity,
    claimant,
    donation,
    fundraising,
    honour,
    love_order,
    month,
    offer,
    pledge,
    policy,
    pot,
    referral,
    service_entry,
    support,
)
from services.charity.domain.refusals import REFUSALS
from services.charity.incoming import HEARS
from services.charity.outgoing import outgoing
from services.charity.reactions import WHEN_DUE, reactions
from services.charity.views import known
from services.charity.views.tables import TABLES

service = Service(
    name="charity",
    title="慈善 Charity",
    port=8703,
    deciders=(
        policies.decider("charity"),
        charity.decider,
        claimant.decider,
        love_order.decider,
        offer.decider,
        month.decider,
        photos.decider("charity"),
        fundraising.decider,
        pot.decider,
        support.decider,
        pledge.decider,
        donation.decider,
        service_entry.decider,
        certificate.decider,
        honour.decider,
        referral.decider,
    ),
    known={
        "charity.policy": policies.known,
        claimant.CATEGORY: known.of_claimants,
        love_order.CATEGORY: known.of_love_orders,
        offer.CATEGORY: known.of_offers,
        month.CATEGORY: known.month_end,
        photos.category("charity"): photos.known,
        **known.of_giving,
        referral.CATEGORY: nothing_known,
    },
    guards=known.guards,
    outgoing=outgoing,
    hears=HEARS,
    reactions=reactions,
    when_due=WHEN_DUE,
    views=(policies.view("charity"), photos.view("charity"), *TABLES),
    read_policy=policy.read,
    router=router,
    refusals=REFUSALS,
    examples=EXAMPLES,
    migrations=migrations,
)
