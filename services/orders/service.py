"""The declaration of the orders service."""

from __future__ import annotations

from chassis import policies
from chassis.service import Service, nothing_known
from services.orders import migrations
from services.orders.api import router
from services.orders.api.examples import EXAMPLES
from services.orders.domain import (
    appeal,
    beneficiary,
    care,
    complaint,
    contact,
    correction,
    duty,
    duty_month,
    duty_round,
    errand,
    forwarding,
    household,
    month,
    need,
    order,
    pair,
    plan,
    prospect,
    referral,
    spot_check,
    taken,
)
from services.orders.domain.policy import read_policy
from services.orders.domain.refusals import REFUSALS
from services.orders.incoming import HEARS
from services.orders.outgoing import outgoing
from services.orders.reactions import WHEN_DUE, reactions
from services.orders.views import known
from services.orders.views.tables import TABLES

service = Service(
    name="orders",
    title="订单与救助对象 Orders",
    port=8701,
    deciders=(
        policies.decider("orders"),
        beneficiary.decider,
        need.decider,
        forwarding.decider,
        plan.decider,
        order.decider,
        month.decider,
        duty.decider,
        duty_month.decider,
        duty_round.decider,
        contact.decider,
        errand.decider,
        pair.decider,
        care.decider,
        household.decider,
        prospect.decider,
        referral.decider,
        taken.decider,
        complaint.decider,
        appeal.decider,
        correction.decider,
        spot_check.batch.decider,
        spot_check.inspection.decider,
        spot_check.inspector.decider,
        spot_check.year.decider,
        spot_check.calendar.decider,
    ),
    known={
        "orders.policy": policies.known,
        beneficiary.CATEGORY: known.of_beneficiaries,
        need.CATEGORY: known.of_needs,
        forwarding.CATEGORY: known.of_forwardings,
        plan.CATEGORY: known.of_plans,
        order.CATEGORY: known.of_orders,
        month.CATEGORY: known.of_months,
        duty.CATEGORY: known.of_duties,
        duty_round.CATEGORY: known.of_rounds,
        contact.CATEGORY: known.of_contacts,
        errand.CATEGORY: known.of_errands,
        pair.CATEGORY: known.of_pairs,
        care.CATEGORY: known.of_care,
        household.CATEGORY: known.of_households,
        prospect.CATEGORY: known.of_prospects,
        referral.CATEGORY: known.of_referrals,
        taken.CATEGORY: nothing_known,
        complaint.CATEGORY: known.of_complaints,
        appeal.CATEGORY: known.of_appeals,
        correction.CATEGORY: nothing_known,
        spot_check.batch.CATEGORY: known.of_batches,
        spot_check.inspection.CATEGORY: known.of_inspections,
        spot_check.inspector.CATEGORY: nothing_known,
        spot_check.year.CATEGORY: known.of_spot_years,
        spot_check.calendar.CATEGORY: known.of_calendars,
    },
    guards=known.guards,
    outgoing=outgoing,
    hears=HEARS,
    reactions=reactions,
    when_due=WHEN_DUE,
    views=(policies.view("orders"), *TABLES),
    read_policy=read_policy,
    router=router,
    refusals=REFUSALS,
    examples=EXAMPLES,
    migrations=migrations,
)
