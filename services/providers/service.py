"""The declaration of the providers service."""

from __future__ import annotations

from chassis import photos, policies
from chassis.service import Service
from services.providers import migrations
from services.providers.api import router
from services.providers.api.examples import EXAMPLES
from services.providers.domain import (
    appointment,
    device,
    duty,
    exception,
    finding,
    grade_round,
    late_report,
    matching_batch,
    month,
    month_grade,
    outage,
    place,
    policy,
    provider,
    rating,
    search,
    system_key,
    tender,
    travel_times,
    upheld,
    visit,
    worker,
)
from services.providers.domain.refusals import REFUSALS
from services.providers.incoming import HEARS
from services.providers.outgoing import outgoing
from services.providers.reactions import WHEN_DUE, reactions
from services.providers.views import (
    batching,
    candidates,
    excepting,
    grading,
    known,
    proof_known,
    register_known,
    visiting,
)
from services.providers.views.tables import TABLES

service = Service(
    name="providers",
    title="服务机构 Providers",
    port=8702,
    deciders=(
        policies.decider("providers"),
        provider.decider,
        tender.decider,
        worker.decider,
        system_key.decider,
        place.decider,
        travel_times.decider,
        search.decider,
        matching_batch.decider,
        appointment.decider,
        visit.decider,
        exception.decider,
        outage.decider,
        late_report.decider,
        device.decider,
        photos.decider("providers"),
        month.decider,
        grade_round.decider,
        month_grade.decider,
        duty.decider,
        finding.decider,
        rating.decider,
        upheld.decider,
    ),
    known={
        "providers.policy": policies.known,
        provider.CATEGORY: register_known.provider_known,
        tender.CATEGORY: register_known.award_known,
        worker.CATEGORY: register_known.worker_known,
        system_key.CATEGORY: known.keys_of_provider,
        search.CATEGORY: candidates.known,
        appointment.CATEGORY: visiting.around_appointments,
        visit.CATEGORY: visiting.around_visits,
        exception.CATEGORY: excepting.of_exceptions,
        outage.CATEGORY: excepting.of_outages,
        late_report.CATEGORY: visiting.around_late_reports,
        device.CATEGORY: proof_known.devices,
        photos.category("providers"): photos.known,
        matching_batch.CATEGORY: batching.known,
        month.CATEGORY: known.month_end,
        grade_round.CATEGORY: grading.rounds,
        month_grade.CATEGORY: grading.grades,
        finding.CATEGORY: grading.findings,
        rating.CATEGORY: grading.ratings,
    },
    guards=known.guards,
    outgoing=outgoing,
    hears=HEARS,
    reactions=reactions,
    when_due=WHEN_DUE,
    views=(policies.view("providers"), *TABLES),
    read_policy=policy.read,
    router=router,
    refusals=REFUSALS,
    examples=EXAMPLES,
    migrations=migrations,
)
