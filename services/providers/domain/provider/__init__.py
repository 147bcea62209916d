"""A provider 服务供给主体: who it is, with which certificates, from which points it serves, under which agreements.
    Register ─▶ Registered ─ Change │ ShowCertificate │ OpenOutlet │ CloseOutlet │ Agree │ Amend │ Extend* ─▶ …
                     │ Suspend ─▶ stopped ─ Resume ─▶ …
                     │ Terminate ─▶ AgreementEnded ─ ReleaseOrders ─▶ OrdersReleased: others are looked for
                     └ Remove ─▶ off the register, its agreements ended

A county chooses its providers by public tender (paper 003, part 3 (1)); an agreement says who buys which items in
which townships, in which period, for how much, and how many orders a month the provider can take.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from chassis.kernel import Decider, topics
from services.providers.domain.provider.agreement import (
    Agree,
    Agreed,
    Agreement,
    AgreementAmended,
    AgreementEnded,
    AgreementExtended,
    Amend,
    Extend,
    Held,
    Lost,
    OpenOrder,
    OrdersReleased,
    ReleaseOrders,
    Terminate,
    Terms,
)
from services.providers.domain.provider.known import NOTHING, Known, Tendered
from services.providers.domain.provider.rules import Command, decide
from services.providers.domain.provider.state import Event, Outlet, Provider, Stop, evolve
from services.providers.domain.provider.words import (
    Certificate,
    CertificateShown,
    Change,
    Changed,
    CloseOutlet,
    OpenOutlet,
    OutletClosed,
    OutletOpened,
    Register,
    Registered,
    Remove,
    Removed,
    Resume,
    Resumed,
    ShowCertificate,
    Suspend,
    Suspended,
)

NAMESPACE = uuid.UUID("3d0f1a5e-52b1-5c57-9a43-b1d9b3e5a001")
CATEGORY = "providers.provider"


def stream_of(county: str, code: str) -> UUID:
    """The provider's id: one per county and credit code, so that nobody is entered twice."""
    return uuid.uuid5(NAMESPACE, f"{county}/{code}")


decider: Decider[Command, Provider, Event, Known] = Decider(
    category=CATEGORY,
    initial=Provider(),
    decide=decide,
    evolve=evolve,
    events=topics(
        CATEGORY, Registered, Changed, CertificateShown, Suspended, Resumed, Removed, Agreed, AgreementAmended,
        AgreementExtended, AgreementEnded, OrdersReleased, OutletOpened, OutletClosed,
    ),
)  # fmt: skip

__all__ = [
    "CATEGORY",
    "NOTHING",
    "Agree",
    "Agreed",
    "Agreement",
    "AgreementAmended",
    "AgreementEnded",
    "AgreementExtended",
    "Amend",
    "Certificate",
    "CertificateShown",
    "Change",
    "Changed",
    "CloseOutlet",
    "Command",
    "Event",
    "Extend",
    "Held",
    "Known",
    "Lost",
    "OpenOrder",
    "OpenOutlet",
    "OrdersReleased",
    "Outlet",
    "OutletClosed",
    "OutletOpened",
    "Provider",
    "Register",
    "Registered",
    "ReleaseOrders",
    "Remove",
    "Removed",
    "Resume",
    "Resumed",
    "ShowCertificate",
    "Stop",
    "Suspend",
    "Suspended",
    "Tendered",
    "Terminate",
    "Terms",
    "decider",
    "stream_of",
]
