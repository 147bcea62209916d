"""Days, instants and ids of request bodies in their one written form.

The library's own readers take more than they declare: ``"0"`` is a day of 1970 to them, ``"1733040000"`` an instant,
``{…}`` and ``urn:uuid:…`` are ids. Here a day is RFC 3339 ``full-date``, an instant RFC 3339 ``date-time`` with its
offset (section 5.6, at most nine digits of a second, of which six are kept), an id the 36 characters of RFC 9562,
section 4. Years are 1800 to 2999 for days and 2000 to 2999 for instants, so that reckoning with them never leaves the
calendar. Each fault has its code: ``date_parsing`` (another form), ``no_such_day``, ``date_out_of_range``;
``datetime_parsing``, ``timezone_aware`` (no offset), ``no_such_instant``, ``datetime_out_of_range``; ``uuid_parsing``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

PLAIN = r"[^\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
"""A character of a line that people read, for patterns: no control, none that ends a line or turns its direction, so
that a name never shows as another one (Unicode Technical Report 36, section 2.5)."""
FIRST_YEAR_OF_DAYS, FIRST_YEAR_OF_INSTANTS, LAST_YEAR = 1800, 2000, 2999
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def _day(value: Any) -> Any:
    """A text as a day; whatever is no text is the model's to judge."""
    if not isinstance(value, str):
        return value
    if not DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "a day is YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_day", "the calendar has no such day") from None
    if not FIRST_YEAR_OF_DAYS <= day.year <= LAST_YEAR:
        raise PydanticCustomError("date_out_of_range", "the day is out of range")
    return day


def _instant(value: Any) -> Any:
    """A text as an instant; whatever is no text is the model's to judge."""
    if not isinstance(value, str):
        return value
    form = _INSTANT.fullmatch(value)
    if form is None:
        raise PydanticCustomError("datetime_parsing", "an instant is YYYY-MM-DDTHH:MM:SS with its offset")
    if form[1] is None:
        raise PydanticCustomError("timezone_aware", "an instant has its offset from UTC")
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_instant", "there is no such instant") from None
    if not FIRST_YEAR_OF_INSTANTS <= instant.year <= LAST_YEAR:
        raise PydanticCustomError("datetime_out_of_range", "the instant is out of range")
    return instant


def _id(value: Any) -> Any:
    """The text as it is, which the model reads; other forms of the same id are refused."""
    if isinstance(value, str) and not ID.fullmatch(value):
        raise PydanticCustomError("uuid_parsing", "an id is 32 hexadecimal digits in five groups")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
Id = Annotated[UUID, BeforeValidator(_id)]
