"""What every step of a person's care checks: the person, the days of an agreement, who may decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chassis.kernel import Rejected
from services.orders.domain.care.words import Terms
from services.orders.domain.contact import Place
from services.orders.domain.days import last_day, month_of, months_before
from services.orders.domain.policy import Policy
from services.orders.domain.policy.contacts import ContactRules

AHEAD = timedelta(days=92)
"""An agreement begins at most this long after it was signed."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """The county's policies; the person's home and day of death, None where nobody is registered or asked for."""

    policies: tuple[Policy, ...]
    place: Place | None = None


def living(known: Known) -> Place:
    """Where the person lives; refuses for somebody unknown or dead."""
    if known.place is None:
        raise Rejected("care.person_unknown")
    if known.place.died_on is not None:
        raise Rejected("beneficiary.died")
    return known.place


def check_days(terms: Terms, today: date, rules: ContactRules) -> None:
    """Signed today or before, begun not before it was signed, and for a time."""
    begins = terms.signed_on <= terms.from_day <= terms.signed_on + AHEAD
    if terms.signed_on > today or not begins or terms.valid_to < terms.from_day:
        raise Rejected("care.days_wrong")
    check_length(terms.from_day, terms.valid_to, rules)


def check_length(begins: date, ends: date, rules: ContactRules) -> None:
    """Not longer than the policy lets an agreement run."""
    months = rules.agreement_months
    if ends > last_day(months_before(month_of(begins), -months)):
        raise Rejected("care.too_long", months=months)


def only(role: str, rules: ContactRules) -> None:
    """Only the body that the policy names orders a carer to mend, and judges it."""
    if role != rules.rectifies:
        raise Rejected("care.not_yours_to_decide", body=rules.rectifies)
