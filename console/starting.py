"""The first pages: what can be done here, in which county."""

from __future__ import annotations

from console import words
from console.asked import Asked
from console.pages import Shown
from console.typed import digits, only

COUNTY_DIGITS = 6


async def first(asked: Asked) -> Shown:
    """The counties that are configured; where there are none, or it is another, its code leads on."""
    counties = dict(sorted(asked.settings.console_counties.items()))
    entered, wrong, status = only(asked.form, "county"), {}, 200
    if "county" in asked.form:
        code = digits(entered)
        if len(code) == COUNTY_DIGITS and code.isascii() and code.isdigit():
            return Shown(to=f"/{code}")
        wrong, status = {"county": words.COUNTY_WRONG}, 422
    return Shown(template="first", values={"counties": counties, "entered": entered, "wrong": wrong}, status=status)


async def county(asked: Asked) -> Shown:
    """What can be done in one county."""
    name = asked.settings.console_counties.get(asked.county, "")
    return Shown(template="county", values={"county": asked.county, "name": name})
