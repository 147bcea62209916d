"""证书查验: anybody checks a volunteer's certificate by its number, or by the QR code that leads here.

With the check code of the QR (``?check=``) the page also shows the masked name; the number alone shows none.
"""

from __future__ import annotations

import re
from datetime import date

from chassis.problems import Refused
from console import words
from console.asked import Asked
from console.pages import Shown
from console.services import Away, Certificate, TooMany
from console.typed import number, only
from console.words import Word

NUMBER = re.compile(r"([0-9A-Za-z]{6,12}(?:-[0-9a-z]{1,12})?)-([0-9]{4})-([0-9]{6,9})")
SHORT = re.compile(r"[0-9]{4}-[0-9]{1,9}")
"""Year and number, as people read them out."""
CHECK = re.compile(r"[0-9A-Za-z_-]{12}")
DIGITS = 6


async def ask(asked: Asked) -> Shown:
    """The form for a number; a number that was entered leads to its page."""
    if "number" not in asked.form:
        return _form(asked.county)
    entered = only(asked.form, "number")
    found = NUMBER.fullmatch(whole(entered, asked.county))
    if found is None:
        return _form(asked.county, entered=entered, wrong={"number": words.NUMBER_WRONG}, status=422)
    return Shown(to=f"/{found[1]}/certificates/{found[0]}")


def whole(entered: str, county: str) -> str:
    """The number as it is written, for one that was typed; year and number alone are the county's."""
    plain = number(entered)
    if SHORT.fullmatch(plain):
        year, _, counted = plain.partition("-")
        return f"{county}-{year}-{counted.zfill(DIGITS)}"
    return plain


async def show(asked: Asked) -> Shown:
    """What the number leads to: valid or revoked, and what it certifies."""
    found = NUMBER.fullmatch(number(asked.path["number"]))
    if found is None:
        return _unknown(asked)
    if found[1] != asked.county:
        raise Refused("not_found")
    check = only(asked.form, "check")
    try:
        told = await asked.services.certificate(found[0], check if CHECK.fullmatch(check) else "", asked.asker)
    except TooMany as error:
        return _form(asked.county, found[0], notice=words.TOO_MANY, status=429, retry_s=error.retry_s)
    except Away as error:
        return _form(asked.county, found[0], notice=words.AWAY, status=503, retry_s=error.retry_s)
    if told is None:
        return _unknown(asked)
    return Shown(template="certificate", values={"county": asked.county, **_said(told)})


def _unknown(asked: Asked) -> Shown:
    return Shown(template="no_certificate", values={"county": asked.county, **_empty()}, status=404)


def _form(
    county: str, entered: str = "", *, wrong: dict[str, Word] | None = None, notice: Word | None = None,
    status: int = 200, retry_s: int = 0,
) -> Shown:  # fmt: skip
    values = {"county": county, **_empty(), "entered": entered, "wrong": wrong or {}, "notice": notice}
    return Shown(template="certificates", values=values, status=status, retry_s=retry_s)


def _empty() -> dict[str, object]:
    return {"entered": "", "wrong": {}, "notice": None}


def _said(told: Certificate) -> dict[str, object]:
    return {
        "told": told,
        "valid": told.standing == "valid",
        "period": Word(f"{_day(told.first)}至{_day(told.last)}", f"{told.first} to {told.last}"),
        "issued": Word(_day(told.issued_on), str(told.issued_on)),
        "time": _time(told.minutes),
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _time(minutes: int) -> Word:
    hours, rest = divmod(minutes, 60)
    zh = (f"{hours} 小时" if hours else "") + (f" {rest} 分钟" if rest or not hours else "")
    return Word(zh.strip(), f"{minutes} minutes")
