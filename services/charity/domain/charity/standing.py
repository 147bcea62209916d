"""How a charity stands, as decisions about its love orders know it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.charity.domain import calendar

Status = Literal["none", "active", "suspended", "removed"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who acts for the charity, both days inclusive; ``to_day`` None: until further notice."""

    subject: str
    from_day: date
    to_day: date | None

    def acts_on(self, day: date) -> bool:
        """Whether ``day`` is one of theirs."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, kw_only=True)
class Charity:
    """The state: ``until`` is the last day of a suspension, None: until further notice."""

    status: Status = "none"
    name: str = ""
    credit_code: str = ""
    regions: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    until: date | None = None

    def is_suspended(self, at: datetime) -> bool:
        """Whether it may take nothing new on the day of ``at``."""
        over = self.until is not None and calendar.day_of(at) > self.until
        return self.status == "removed" or (self.status == "suspended" and not over)

    def hindrance(self, township: str, at: datetime) -> str:
        """Why nothing of ``township`` can be referred to it; empty where it can."""
        if self.is_suspended(at):
            return f"charity_{self.status}"
        return "outside_its_regions" if self.regions and township not in self.regions else ""

    def lets_act(self, subject: str, at: datetime) -> bool:
        """Whether ``subject`` acts for it: anybody with its token, as long as it has named nobody."""
        day = calendar.day_of(at)
        return not self.people or any(one.subject == subject and one.acts_on(day) for one in self.people)
