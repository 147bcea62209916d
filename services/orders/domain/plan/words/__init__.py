"""The words of a care plan: what may be asked, and what has happened."""

from __future__ import annotations

from services.orders.domain.plan.words.arranging import (
    Arrange,
    Arranged,
    DecideServicePlan,
    DeclineInstitution,
    Helper,
    HelperRole,
    InstitutionDeclined,
    ReferredToHospital,
    ServicePlanAgreed,
    ServicePlanReturned,
    ServicePlanSubmitted,
    SubmitServicePlan,
)
from services.orders.domain.plan.words.changing import (
    Change,
    Changed,
    FlagStale,
    GrewStale,
    ItemChange,
    Looked,
    Refresh,
    Refreshed,
)
from services.orders.domain.plan.words.drawing import (
    Agree,
    Agreed,
    Draw,
    Drawn,
    NoticePosted,
    PostNotice,
    Signer,
    Widen,
    Widened,
)
from services.orders.domain.plan.words.ending import (
    Finish,
    Finished,
    PhasedOut,
    PhaseOut,
    Rest,
    Resume,
    Resumed,
    Stop,
    Stopped,
    Suspend,
    Suspended,
    Way,
)
from services.orders.domain.plan.words.running import (
    Adjust,
    AssignProvider,
    CountMonth,
    EndProvider,
    EntitlementNoted,
    HomesNoted,
    LoseProvider,
    MonthChanged,
    MonthCounted,
    MonthOpened,
    NoteHomes,
    NotePerson,
    OpenMonth,
    PersonNoted,
    ProviderAssigned,
    ProviderEnded,
    ProviderLost,
    Start,
    Started,
)

Command = (
    Draw
    | Widen
    | PostNotice
    | Agree
    | Start
    | OpenMonth
    | Adjust
    | AssignProvider
    | EndProvider
    | LoseProvider
    | NotePerson
    | NoteHomes
    | Stop
    | PhaseOut
    | Suspend
    | Resume
    | Finish
    | Change
    | Refresh
    | FlagStale
    | Arrange
    | DeclineInstitution
    | SubmitServicePlan
    | DecideServicePlan
    | CountMonth
)
Event = (
    Drawn
    | Widened
    | NoticePosted
    | Started
    | MonthOpened
    | ProviderAssigned
    | PersonNoted
    | Stopped
    | MonthCounted
    | Arranged
    | InstitutionDeclined
    | ReferredToHospital
    | ServicePlanAgreed
    | ServicePlanReturned
    | ServicePlanSubmitted
    | Changed
    | GrewStale
    | Refreshed
    | Agreed
    | Finished
    | PhasedOut
    | Resumed
    | Suspended
    | EntitlementNoted
    | HomesNoted
    | MonthChanged
    | ProviderEnded
    | ProviderLost
)

EVENTS: tuple[type[Event], ...] = (
    Drawn,
    Widened,
    NoticePosted,
    Started,
    MonthOpened,
    ProviderAssigned,
    PersonNoted,
    Stopped,
    MonthCounted,
    Arranged,
    InstitutionDeclined,
    ReferredToHospital,
    ServicePlanAgreed,
    ServicePlanReturned,
    ServicePlanSubmitted,
    Changed,
    GrewStale,
    Refreshed,
    Agreed,
    Finished,
    PhasedOut,
    Resumed,
    Suspended,
    EntitlementNoted,
    HomesNoted,
    MonthChanged,
    ProviderEnded,
    ProviderLost,
)

__all__ = [
    "EVENTS",
    "Adjust",
    "Agree",
    "Agreed",
    "Arrange",
    "Arranged",
    "AssignProvider",
    "Change",
    "Changed",
    "Command",
    "CountMonth",
    "DecideServicePlan",
    "DeclineInstitution",
    "Draw",
    "Drawn",
    "EndProvider",
    "EntitlementNoted",
    "Event",
    "Finish",
    "Finished",
    "FlagStale",
    "GrewStale",
    "Helper",
    "HelperRole",
    "HomesNoted",
    "InstitutionDeclined",
    "ItemChange",
    "Looked",
    "LoseProvider",
    "MonthChanged",
    "MonthCounted",
    "MonthOpened",
    "NoteHomes",
    "NotePerson",
    "NoticePosted",
    "OpenMonth",
    "PersonNoted",
    "PhaseOut",
    "PhasedOut",
    "PostNotice",
    "ProviderAssigned",
    "ProviderEnded",
    "ProviderLost",
    "ReferredToHospital",
    "Refresh",
    "Refreshed",
    "Rest",
    "Resume",
    "Resumed",
    "ServicePlanAgreed",
    "ServicePlanReturned",
    "ServicePlanSubmitted",
    "Signer",
    "Start",
    "Started",
    "Stop",
    "Stopped",
    "SubmitServicePlan",
    "Suspend",
    "Suspended",
    "Way",
    "Widen",
    "Widened",
]
