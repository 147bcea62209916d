"""The declaration of the charity service."""

from __future__ import annotations

from chassis import policies
from chassis.service import Service, nothing_known
from services.charity import migrations
from services.charity.api import router
from services.charity.api.examples import EXAMPLES
from services.charity.domain import charity, claimant, love_order, month, policy, referral
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
        month.decider,
        referral.decider,
    ),
    known={
        "charity.policy": policies.known,
        claimant.CATEGORY: known.quota,
        love_order.CATEGORY: known.terms,
        month.CATEGORY: known.month_end,
        referral.CATEGORY: nothing_known,
    },
    guards=policies.guards,
    outgoing=outgoing,
    hears=HEARS,
    reactions=reactions,
    when_due=WHEN_DUE,
    views=(policies.view("charity"), *TABLES),
    read_policy=policy.read,
    router=router,
    refusals=REFUSALS,
    examples=EXAMPLES,
    migrations=migrations,
)
