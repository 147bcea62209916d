"""The rules of a provider, each kind of them in a file of its own."""

from __future__ import annotations

from chassis.kernel import Rejected
from services.providers.domain.provider import agreeing, releasing, standing
from services.providers.domain.provider.agreement import Agree, Amend, Extend, ReleaseOrders, Terminate
from services.providers.domain.provider.known import Known
from services.providers.domain.provider.state import Event, Provider
from services.providers.domain.provider.words import (
    Change,
    CloseOutlet,
    OpenOutlet,
    Register,
    Remove,
    Resume,
    ShowCertificate,
    Suspend,
)

OfItself = Register | Change | ShowCertificate | Suspend | Resume | Remove | OpenOutlet | CloseOutlet
OfAgreements = Agree | Amend | Extend | Terminate | ReleaseOrders
Command = OfItself | OfAgreements


def decide(command: Command, provider: Provider, known: Known) -> list[Event]:
    """Whoever is not registered can do nothing else; whoever was removed gets nothing new."""
    if isinstance(command, Register):
        return standing.register(command, provider)
    if not provider.name:
        raise Rejected("provider.unknown")
    match command:
        case Agree():
            return agreeing.agree(command, provider, known)
        case Amend():
            return agreeing.amend(command, provider, known)
        case Extend():
            return agreeing.extend(command, provider, known)
        case Terminate():
            return agreeing.terminate(command, provider, known)
        case ReleaseOrders():
            return releasing.release(command, provider, known)
        case Remove():
            return standing.remove(command, provider, known)
        case CloseOutlet():
            return standing.close_outlet(command, provider)
        case _ if provider.removed_from is not None:
            raise Rejected("provider.removed")
        case Change():
            return standing.change(command, provider)
        case ShowCertificate():
            return standing.show_certificate(command, provider)
        case Suspend():
            return standing.suspend(command, provider, known)
        case Resume():
            return standing.resume(command, provider)
        case OpenOutlet():
            return standing.open_outlet(command, provider)
