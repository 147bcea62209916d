"""The charity's side: referred to it, accepted or sent back, published, an offer named."""

from __future__ import annotations

from datetime import datetime, timedelta

from chassis.kernel import Rejected
from services.charity.domain.charity import Charity
from services.charity.domain.love_order.events import Accepted, Declined, Event, OfferNamed, Published, Referred
from services.charity.domain.love_order.following import end_all
from services.charity.domain.love_order.messages import Accept, Acting, Decline, NameOffer, Publish, Refer, Terms, Work
from services.charity.domain.love_order.state import LoveOrder
from services.charity.domain.policy import Policy

NOT_PUBLISHED = "not_published"


def refer(command: Refer, order: LoveOrder, policy: Policy | None, charity: Charity | None) -> list[Event]:
    """Once for each charity, and again once it has ended without everything done.

    A charity that is suspended, or whose regions the place is none of, sends it back by itself.
    """
    standing = order.status in ("referred", "accepted", "published")
    same = order.work is not None and order.work.charity == command.work.charity
    if (standing and same) or (order.status == "closed" and order.left == 0):
        return []
    assert policy is not None
    terms = _terms(policy, command)
    publish_by = command.at + timedelta(days=terms.publish_within_days)
    referred = Referred(work=command.work, terms=terms, publish_by=publish_by, at=command.at)
    events: list[Event] = [*(end_all(order, command.at) if standing else ()), referred]
    hindrance = charity.hindrance(command.work.township, command.at) if charity else ""
    if hindrance:
        events.append(Declined(charity=command.work.charity, reason_code=hindrance, at=command.at))
    return events


def _terms(policy: Policy, command: Refer) -> Terms:
    fairness = policy.fairness
    shows_village = fairness.hall_place == "village" and command.work.item not in fairness.township_only_items
    return Terms(
        publish_within_days=policy.publish_within_days,
        hold_hours=policy.hold_hours,
        fulfil_within_days=policy.fulfil_within_days,
        waiting_places=policy.waiting_places,
        answer_within_hours=policy.answer_within_hours,
        shows_village=shows_village,
    )


def accept(command: Accept, order: LoveOrder, charity: Charity | None) -> list[Event]:
    """The charity takes it."""
    work = _of(order)
    if order.status in ("accepted", "published"):
        return []
    _refuse_unless_open(order, command.at)
    _refuse_suspended(charity, command.at)
    return [Accepted(charity=work.charity, by=_by(command.acting), at=command.at)]


def decline(command: Decline, order: LoveOrder) -> list[Event]:
    """Back to the bureau, as long as nobody can claim it."""
    work = _of(order)
    if order.status == "declined":
        return []
    if order.status == "published":
        raise Rejected("love_order.published_already")
    _refuse_unless_open(order, command.at)
    return [
        Declined(
            charity=work.charity,
            reason_code=command.reason_code,
            reason=command.reason,
            by=_by(command.acting),
            at=command.at,
        )
    ]


def not_published(order: LoveOrder, at: datetime) -> list[Event]:
    """The time to publish is over: back to the bureau by itself."""
    work = _of(order)
    return [Declined(charity=work.charity, reason_code=NOT_PUBLISHED, at=at)]


def publish(command: Publish, order: LoveOrder, charity: Charity | None) -> list[Event]:
    """Put it on the hall; whoever publishes has accepted."""
    _of(order)
    if order.status == "published":
        return []
    _refuse_unless_open(order, command.at)
    _refuse_suspended(charity, command.at)
    return [Published(wording=command.wording, by=_by(command.acting), at=command.at)]


def name_offer(command: NameOffer, order: LoveOrder) -> list[Event]:
    """An offer that asks no more for a piece than was agreed."""
    work = _of(order)
    if command.offered is None:
        raise Rejected("offer.does_not_fit")
    if order.offered == command.offered:
        return []
    _refuse_unless_open(order, command.at, published=True)
    if command.offered.price_fen > work.price_fen:
        raise Rejected("offer.above_the_agreed_price", agreed_fen=work.price_fen)
    return [OfferNamed(offered=command.offered, by=_by(command.acting), at=command.at)]


def refuse_unless_acts(acting: Acting | None, charity: Charity | None, at: datetime) -> None:
    """Where a charity has named who acts for it, nobody else does."""
    if acting is not None and charity is not None and not charity.lets_act(acting.subject, at):
        raise Rejected("charity.not_acting")


def _refuse_suspended(charity: Charity | None, at: datetime) -> None:
    if charity is not None and charity.is_suspended(at):
        raise Rejected("charity.suspended")


def _refuse_unless_open(order: LoveOrder, at: datetime, *, published: bool = False) -> None:
    statuses = ("referred", "accepted", "published") if published else ("referred", "accepted")
    if order.status not in statuses or order.is_over(at):
        raise Rejected("love_order.closed")


def _by(acting: Acting | None) -> str:
    return acting.subject if acting else ""


def _of(order: LoveOrder) -> Work:
    if order.work is None:
        raise Rejected("love_order.unknown")
    return order.work
