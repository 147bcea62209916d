"""The declaration of the settlement service."""

from __future__ import annotations

from chassis import policies
from chassis.service import Service
from services.settlement import migrations
from services.settlement.api import router
from services.settlement.api.examples import EXAMPLES
from services.settlement.domain import bearing, fund, grade, journal, locality, month, person, ruling, statement
from services.settlement.domain.refusals import REFUSALS
from services.settlement.incoming import HEARS
from services.settlement.outgoing import outgoing
from services.settlement.reactions import WHEN_DUE, reactions
from services.settlement.views import known
from services.settlement.views.tables import TABLES

service = Service(
    name="settlement",
    title="结算服务 Settlement",
    port=8704,
    deciders=(
        policies.decider("settlement"),
        journal.decider,
        fund.decider,
        grade.decider,
        ruling.decider,
        month.decider,
        statement.decider,
        person.decider,
        bearing.decider,
    ),
    known={
        "settlement.policy": policies.known,
        fund.CATEGORY: known.funds,
        grade.CATEGORY: known.grades,
        ruling.CATEGORY: known.ruled_facts,
        month.CATEGORY: known.months,
        statement.CATEGORY: known.statements,
        bearing.CATEGORY: known.bearings,
    },
    guards=known.guards,
    outgoing=outgoing,
    hears=HEARS,
    reactions=reactions,
    when_due=WHEN_DUE,
    views=(policies.view("settlement"), *TABLES),
    read_policy=locality.read,
    router=router,
    refusals=REFUSALS,
    examples=EXAMPLES,
    migrations=migrations,
)
