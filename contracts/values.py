"""The values everything published is made of: codes, days, amounts, shares; each a text with one exact form.

Patterns say ``[0-9]``, since ``\\d`` takes full-width digits too. ``FORMS`` explains each pattern to a person.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

COUNTY = r"^[0-9]{6}(-[a-z0-9]{1,12})?$"
VERSION = r"^[0-9]{6}(-[a-z0-9]{1,12})?/[0-9]{4}$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
YUAN = r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?$"
RATIO = r"^(0|1)(\.[0-9]{1,6})?$"
PERCENTAGE = r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,6})?$"
WEIGHT = r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
TOWNSHIP = r"^[0-9]{9}$"
VILLAGE = r"^[0-9]{12}$"
DIGEST = r"^[0-9a-f]{64}$"
CODE = r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$"
NAME = r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$"
PAPER = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$"
ENTRY = r"^(rule|grade|fund)\.[A-Za-z][A-Za-z0-9_.-]{0,63}$"
TEXT = r"^[^\x00-\x1f\x7f]{1,500}$"

FORMS: dict[str, tuple[str, str]] = {
    COUNTY: ("must be six digits, or six digits and -unit, as in 130528", "须为六位行政区划代码，如 130528"),
    VERSION: ("must be county/number, as in 130528/0001", "须为“区划代码/四位序号”，如 130528/0001"),
    DAY: ("must be a day as YYYY-MM-DD in half-width digits", "须为 YYYY-MM-DD 格式的日期（半角数字）"),
    YUAN: (
        "must be yuan with at most two decimals in half-width digits, as in 300 or 300.50",
        "须为元，最多两位小数（半角数字），如 300 或 300.50",
    ),
    RATIO: ("must be a fraction between 0 and 1, as in 0.10", "须为 0 至 1 之间的小数，如 0.10"),
    PERCENTAGE: ("must be a percentage between 0 and 100, as in 1", "须为 0 至 100 之间的百分数，如 1"),
    WEIGHT: ("must be a positive decimal, as in 1 or 0.5", "须为大于 0 的小数，如 1 或 0.5"),
    MONTH: ("must be a month as YYYY-MM in half-width digits", "须为 YYYY-MM 格式的月份（半角数字）"),
    TIME: ("must be a time of day as HH:MM or HH:MM:SS", "须为 HH:MM 或 HH:MM:SS 格式的时间"),
    TOWNSHIP: ("must be a township code of nine digits", "须为九位乡镇（街道）代码"),
    VILLAGE: ("must be a village code of twelve digits", "须为十二位村（社区）代码"),
    DIGEST: ("must be a SHA-256 in lower-case hexadecimal", "须为小写十六进制 SHA-256"),
    CODE: ("must be a code of small Latin letters, digits and _", "须为小写英文代码"),
    NAME: ("must be a short name of Latin letters, digits and _", "须为字母开头的英文短标识"),
    PAPER: ("must be the number of a paper, as in 003", "须为文件编号，如 003"),
    ENTRY: ("must be rule.<id>, grade.<id> or fund.<id>", "须为 rule.<标识>、grade.<标识> 或 fund.<标识>"),
    TEXT: ("must be one line of 1 to 500 characters", "须为 1 至 500 字的单行文本"),
}
"""What each pattern asks for, in English and Chinese."""


class Value(BaseModel):
    """A published value: strict, frozen, and closed to unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Public(BaseModel):
    """What is told to others: frozen, strict in its values, tolerant of keys a reader does not know yet.

    Keys that are absent are left out when written, never ``null``.
    """

    model_config = ConfigDict(
        strict=True, extra="ignore", frozen=True, serialize_by_alias=True, validate_by_name=True, validate_by_alias=True
    )


def is_absent(value: object) -> bool:
    """For ``Field(exclude_if=is_absent)``: the key is left out where there is nothing to tell."""
    return value is None


def fen(yuan: str) -> int:
    """The amount ``yuan`` (form ``YUAN``) in integer fen, exactly: ``"10.4"`` is 1040."""
    whole, _, cents = yuan.partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0"))


def _calendar_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("no_such_day", "the calendar has no such day") from None
    return text


def _at_most(limit: int) -> AfterValidator:
    def within(text: str) -> str:
        if Fraction(text) > limit:
            raise PydanticCustomError("out_of_range", "must be at most {limit}", {"limit": limit})
        return text

    return AfterValidator(within)


def _above_zero(text: str) -> str:
    if Fraction(text) == 0:
        raise PydanticCustomError("out_of_range", "must be above 0")
    return text


T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A list read into a tuple; only the container is lenient, its entries stay strict."""

County = Annotated[str, Field(pattern=COUNTY)]
Version = Annotated[str, Field(pattern=VERSION)]
Day = Annotated[str, Field(pattern=DAY), AfterValidator(_calendar_day)]
Month = Annotated[str, Field(pattern=MONTH)]
Time = Annotated[str, Field(pattern=TIME)]
Township = Annotated[str, Field(pattern=TOWNSHIP)]
Village = Annotated[str, Field(pattern=VILLAGE)]
Digest = Annotated[str, Field(pattern=DIGEST)]
Code = Annotated[str, Field(pattern=CODE)]
Yuan = Annotated[str, Field(pattern=YUAN)]
Ratio = Annotated[str, Field(pattern=RATIO), _at_most(1)]
Percentage = Annotated[str, Field(pattern=PERCENTAGE), _at_most(100)]
Weight = Annotated[str, Field(pattern=WEIGHT), AfterValidator(_above_zero)]
Name = Annotated[str, Field(pattern=NAME)]
Paper = Annotated[str, Field(pattern=PAPER)]
Entry = Annotated[str, Field(pattern=ENTRY)]
Text = Annotated[str, Field(pattern=TEXT)]
Age = Annotated[int, Field(ge=0, le=130)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
