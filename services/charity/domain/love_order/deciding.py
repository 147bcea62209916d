"""The rules of a love order, each where its side is: the charity's, the claimants', what was done; and time."""

from __future__ import annotations

from dataclasses import dataclass

from services.charity.domain.charity import Charity
from services.charity.domain.love_order import claiming, doing, referral
from services.charity.domain.love_order.events import Cancelled, Event
from services.charity.domain.love_order.following import end_all, run_out, with_what_follows
from services.charity.domain.love_order.messages import (
    Accept,
    Cancel,
    Claim,
    Command,
    Confirm,
    Decline,
    Fulfil,
    Join,
    Lapse,
    NameOffer,
    Publish,
    ReceiveShare,
    Refer,
    ReportNoShow,
    Return,
    TurnDown,
    Withdraw,
)
from services.charity.domain.love_order.state import LoveOrder
from services.charity.domain.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Known:
    """``policy`` is the one the order names, needed at referral; from then on the order carries its terms. ``charity``
    is how the charity stands to which it is referred, or for which somebody acts; None where it is not registered."""

    policy: Policy | None = None
    charity: Charity | None = None


NOTHING = Known()


def decide(command: Command, order: LoveOrder, known: Known | None) -> list[Event]:
    """What a command makes happen."""
    known = known or NOTHING
    referral.refuse_unless_acts(getattr(command, "acting", None), known.charity, command.at)
    match command:
        case Refer():
            return referral.refer(command, order, known.policy, known.charity)
        case Accept():
            return referral.accept(command, order, known.charity)
        case Decline():
            return referral.decline(command, order)
        case Publish():
            return referral.publish(command, order, known.charity)
        case NameOffer():
            return referral.name_offer(command, order)
        case Return():
            return doing.send_back(command, order)
        case TurnDown():
            return doing.turn_down(command, order)
        case Lapse():
            return _lapse(command, order)
        case Cancel():
            return _cancel(command, order)
        case _:
            return _of_claim(command, order)


def _of_claim(
    command: Claim | Join | Confirm | Withdraw | ReportNoShow | ReceiveShare | Fulfil, order: LoveOrder
) -> list[Event]:
    match command:
        case Claim():
            return claiming.claim(command, order)
        case Join():
            return claiming.join(command, order)
        case Confirm():
            return claiming.confirm(command, order)
        case Withdraw():
            return claiming.withdraw(command, order)
        case ReportNoShow():
            return claiming.report_no_show(command, order)
        case ReceiveShare():
            return claiming.receive_share(command, order)
        case Fulfil():
            return doing.fulfil(command, order)


def _lapse(command: Lapse, order: LoveOrder) -> list[Event]:
    """Not published in time, it goes back; a claim whose time has run out is over, and the order with its last one."""
    if order.status in ("referred", "accepted") and order.publish_by and command.at >= order.publish_by:
        return referral.not_published(order, command.at)
    if order.status not in ("referred", "accepted", "published") and not order.open:
        return []
    over = [claim for claim in order.open if claim.until is not None and command.at >= claim.until]
    return with_what_follows(order, [run_out(claim, command.at) for claim in over], command.at)


def _cancel(command: Cancel, order: LoveOrder) -> list[Event]:
    if order.status not in ("referred", "accepted", "published"):
        return []
    return [*end_all(order, command.at), Cancelled(reason_code=command.reason_code, at=command.at)]
