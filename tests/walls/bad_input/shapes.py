"""Values of the wrong shape: every one is refused at its place with the code of its fault, never converted."""

from __future__ import annotations

from typing import Any

from tests.walls.bad_input.case import ABSENT, Case, Literal, Template, misshapen
from tests.walls.bad_input.templates import (
    ALLOCATE,
    ASSESS,
    CHARITY,
    CLAIMANT,
    FULFIL,
    GRADE,
    NEED,
    NOTICE,
    ORDER,
    PAY,
    PROVIDER,
    REGISTER,
    RULE,
    STAY,
    SURVEY,
    VISIT,
    WORKER,
)

FEN_MAX = 10**15

MONEY: tuple[tuple[str, Any, str], ...] = (
    ("true", True, "int_type"),
    ("false", False, "int_type"),
    ("1.0", Literal("1.0"), "int_type"),
    ("1e2", Literal("1e2"), "int_type"),
    ("1E+2", Literal("1E+2"), "int_type"),
    ("12.34", 12.34, "int_type"),
    ("a text of digits", "100", "int_type"),
    ("a text with separators", "1,000", "int_type"),
    ("a text in full-width digits", "１００", "int_type"),
    ("a text with a yuan sign", "￥100", "int_type"),
    ("null", None, "int_type"),
    ("a list", [100], "int_type"),
    ("an object", {"fen": 100}, "int_type"),
    ("more than 10^15", FEN_MAX + 1, "less_than_equal"),
    ("less than -10^15", -FEN_MAX - 1, "greater_than_equal"),
    ("more than 64 bits", 2**64, "less_than_equal"),
    ("a thousand digits", Literal("9" * 1000), "less_than_equal"),
)
DAYS: tuple[tuple[str, Any, str], ...] = (
    ("the 30th of February", "2024-02-30", "no_such_day"),
    ("the 29th of February of a common year", "2023-02-29", "no_such_day"),
    ("the 13th month", "2024-13-01", "no_such_day"),
    ("the day 0", "2024-12-00", "no_such_day"),
    ("the year 0", "0000-01-01", "no_such_day"),
    ("a day before 1800", "1799-12-31", "date_out_of_range"),
    ("a day after 2999", "3000-01-01", "date_out_of_range"),
    ("one digit for the month", "2024-1-01", "date_parsing"),
    ("no hyphens", "20241201", "date_parsing"),
    ("slashes", "2024/12/01", "date_parsing"),
    ("the day first", "01-12-2024", "date_parsing"),
    ("Chinese words", "2024年12月1日", "date_parsing"),
    ("full-width digits", "２０２４-１２-０１", "date_parsing"),
    ("a time behind it", "2024-12-01T00:00:00", "date_parsing"),
    ("a space behind it", "2024-12-01 ", "date_parsing"),
    ("a line break behind it", "2024-12-01\n", "date_parsing"),
    ("seconds since 1970 as a text", "0", "date_parsing"),
    ("seconds since 1970", 1733011200, "date_type"),
    ("an empty text", "", "date_parsing"),
    ("true", True, "date_type"),
)
INSTANTS: tuple[tuple[str, Any, str], ...] = (
    ("no offset", "2024-12-02T08:00:00", "timezone_aware"),
    ("a space for the T", "2024-12-02 08:00:00+08:00", "datetime_parsing"),
    ("an underscore for the T", "2024-12-02_08:00:00+08:00", "datetime_parsing"),
    ("a minus sign that is no hyphen", "2024-12-02T08:00:00−08:00", "datetime_parsing"),
    ("a zone by its name", "2024-12-02T08:00:00 Asia/Shanghai", "datetime_parsing"),
    ("no seconds", "2024-12-02T08:00+08:00", "datetime_parsing"),
    ("a day only", "2024-12-02", "datetime_parsing"),
    ("seconds since 1970 as a text", "1733097600", "datetime_parsing"),
    ("seconds since 1970", 1733097600, "datetime_type"),
    ("the 30th of February", "2024-02-30T08:00:00+08:00", "no_such_instant"),
    ("the hour 24", "2024-12-02T24:00:00+08:00", "no_such_instant"),
    ("the second 60", "2024-12-02T08:00:60+08:00", "no_such_instant"),
    ("an offset of a day and more", "2024-12-02T08:00:00+25:00", "no_such_instant"),
    ("the beginning of the calendar", "0001-01-01T00:00:00+14:00", "datetime_out_of_range"),
    ("the end of the calendar", "9999-12-31T23:59:59-12:00", "datetime_out_of_range"),
)
ID = "0b6c1f5e-2f53-4d0c-9a51-6b1f0a7c4e10"
IDS: tuple[tuple[str, Any, str], ...] = (
    ("in braces", f"{{{ID}}}", "uuid_parsing"),
    ("without hyphens", ID.replace("-", ""), "uuid_parsing"),
    ("as a urn", f"urn:uuid:{ID}", "uuid_parsing"),
    ("one digit short", ID[:-1], "uuid_parsing"),
    ("with another letter", ID[:-1] + "g", "uuid_parsing"),
    ("with a line break", ID + "\n", "uuid_parsing"),
    ("that is empty", "", "uuid_parsing"),
    ("that is a number", 1, "uuid_type"),
    ("that is an object", {"$ne": None}, "uuid_type"),
)
IDENTITIES: tuple[tuple[str, Any, str], ...] = (
    ("of 17 digits", "13052819410203017", "string_pattern_mismatch"),
    ("of 15 digits", "130528410203017", "string_pattern_mismatch"),
    ("in full-width digits", "１３０５２８１９４１０２０３０１７９", "string_pattern_mismatch"),
    ("in Arabic-Indic digits", "١٣٠٥٢٨١٩٤١٠٢٠٣٠١٧٩", "string_pattern_mismatch"),
    ("with a small x", "13052819410203017x", "string_pattern_mismatch"),
    ("with spaces", "130528 19410203 0179", "string_pattern_mismatch"),
    ("with a line break", "130528194102030179\n", "string_pattern_mismatch"),
    ("as a number", 130528194102030179, "string_type"),
)


def _of(what: str, good: Template, place: str, values: tuple[tuple[str, Any, str], ...]) -> list[Case]:
    """``good`` with each of ``values`` at ``place``."""
    return [misshapen(f"{what}: {name}", good, place, fault, **{place: value}) for name, value, fault in values]


def _numbers() -> list[Case]:
    visit, assess = VISIT, ASSESS
    return [
        *_of("an amount allocated", ALLOCATE, "amount_fen", MONEY),
        *_of("an agreed price", ASSESS, "price_fen", (
            *(each for each in MONEY if each[2] == "int_type"), ("a negative one", -1, "greater_than_equal"),
            ("more than ten million yuan", 10**9 + 1, "less_than_equal"))),
        misshapen("no units", visit, "units", "greater_than_equal", units=0),
        misshapen("negative units", visit, "units", "greater_than_equal", units=-1),
        misshapen("units as true", visit, "units", "int_type", units=True),
        misshapen("units as a text", visit, "units", "int_type", units="1"),
        misshapen("a latitude beyond the pole", visit, "place.lat", "less_than_equal",
                  place_={"lat": 90_000_001, "lon": 0}),
        misshapen("a latitude in degrees", visit, "place.lat", "int_type", place_={"lat": 37.62, "lon": 114_920_000}),
        misshapen("half a point", visit, "place.lon", "missing", place_={"lat": 37_620_000}),
        misshapen("32 times a month", assess, "items[0].times_per_month", "less_than_equal",
                  items=[{"item": "counselling", "times_per_month": 32}]),
        misshapen("a year as a text", ALLOCATE, "year", "int_type", year="2024"),
        misshapen("the year 1999", ALLOCATE, "year", "greater_than_equal", year=1999),
        misshapen("a truth as 1", REGISTER, "generated", "bool_type", generated=1),
        misshapen("a truth as a text", REGISTER, "generated", "bool_type", generated="true"),
        misshapen("a score beyond 4", SURVEY, "findings.family", "less_than_equal", findings={
            "body_and_mind": 1, "daily_care": 1, "family": 5, "social_support": 1}),
    ]  # fmt: skip


def _times() -> list[Case]:
    return [
        *_of("a day of birth", REGISTER, "born", DAYS),
        *_of("a day of service", FULFIL, "day", DAYS[:2]),
        *_of("the day of a notice", NOTICE, "posted_on", DAYS[:2]),
        *_of("a day of admission", STAY, "admitted", DAYS[:2]),
        *_of("the begin of a window", ORDER, "window_from", DAYS[:2]),
        *_of("the begin of a visit", VISIT, "started_at", INSTANTS),
        misshapen("a time of 24 hours", FULFIL, "time", "string_pattern_mismatch", time="24:00"),
        misshapen("a time without its zero", FULFIL, "time", "string_pattern_mismatch", time="9:00"),
        misshapen("a time in full-width digits", FULFIL, "time", "string_pattern_mismatch", time="１５:００"),
        misshapen("the 13th month of a year", GRADE, "month", "string_pattern_mismatch", month="2024-13"),
        misshapen("the month 0", GRADE, "month", "string_pattern_mismatch", month="2024-00"),
        misshapen("a month of the year 0", GRADE, "month", "string_pattern_mismatch", month="0000-01"),
        misshapen("a month with its day", GRADE, "month", "string_pattern_mismatch", month="2024-12-01"),
        misshapen("a ruling on the 30th of February", RULE, "day", "value_error", day="2024-02-30"),
    ]


def _texts() -> list[Case]:
    mismatch = "string_pattern_mismatch"
    return [
        *_of("an identity number", REGISTER, "id_number", IDENTITIES),
        *_of("an id", NEED, "person_id", IDS),
        misshapen("an empty name", REGISTER, "name", mismatch, name=""),
        misshapen("a name of 61 characters", REGISTER, "name", mismatch, name="赵" * 61),
        misshapen("a name with a line break", REGISTER, "name", mismatch, name="赵某\n某"),
        misshapen("a name with a tab", WORKER, "name", mismatch, name="李\t小梅"),
        misshapen("a name with an escape character", PROVIDER, "name", mismatch, name="家政\x1b[31m"),
        misshapen("a name that turns its direction", REGISTER, "name", mismatch, name="赵\u202e某"),
        misshapen("a name with a separator of lines", PROVIDER, "name", mismatch, name="家政\u2028公司"),
        misshapen("a name with a byte order mark", CHARITY, "name", mismatch, name="\ufeff慈善会"),
        misshapen("a name that is a number", CHARITY, "name", "string_type", name=1),
        misshapen("a phone in full-width digits", CLAIMANT, "phone", mismatch, phone="１３９０００００００１"),
        misshapen("a phone with letters", CLAIMANT, "phone", mismatch, phone="139-CALL-ME"),
        misshapen("a credit code of 17 characters", CHARITY, "credit_code", mismatch, credit_code="91130528MTEXT0078"),
        misshapen("a credit code in small letters", CHARITY, "credit_code", mismatch,
                  credit_code="91130528mtext00789"),
        misshapen("a township of eight digits", ORDER, "township", mismatch, township="13052810"),
        misshapen("a township in full-width digits", ORDER, "township", mismatch, township="１３０５２８１００"),
        misshapen("a village of thirteen digits", ORDER, "village", mismatch, village="1305281002010"),
        misshapen("an item with a quote", ORDER, "item", mismatch, item="home'; drop table orders; --"),
        misshapen("an item with a path", ORDER, "item", mismatch, item="../../etc/passwd"),
        misshapen("a remark that is no code", ORDER, "remark_code", mismatch, remark_code="<script>alert(1)</script>"),
        misshapen("a photo that is no hash", VISIT, "photos[0]", mismatch, photos=["not-a-hash"]),
        misshapen("a photo in capital letters", VISIT, "photos[0]", mismatch, photos=["AB" * 32]),
        misshapen("21 photos", VISIT, "photos", "too_long", photos=[f"{number:064x}" for number in range(21)]),
        misshapen("a photo twice", VISIT, "photos", "value_error", photos=["ab" * 32, "ab" * 32]),
        misshapen("a code of three digits", VISIT, "code", mismatch, code="123"),
        misshapen("a payment reference with a space", PAY, "reference", mismatch, reference="P 2024"),
        misshapen("a channel nobody knows", NEED, "channel", "literal_error", channel="telepathy"),
        misshapen("a tier in capital letters", REGISTER, "tier", "literal_error", tier="HALF"),
        misshapen("no item at all", NEED, "items", "too_short", items=[]),
        misshapen("31 items", NEED, "items", "too_long", items=["home_cleaning"] * 31),
        misshapen("items that are a text", NEED, "items", "tuple_type", items="home_cleaning"),
        misshapen("items by number", NEED, "items", "tuple_type", items={"0": "home_cleaning"}),
    ]  # fmt: skip


def _fields() -> list[Case]:
    extra = "extra_forbidden"
    return [
        misshapen("an unknown field", ALLOCATE, "note", extra, note="对账"),
        misshapen("an unknown field deep within", ASSESS, "items[0].price", extra,
                  items=[{"item": "counselling", "price": 1}]),
        misshapen("a field in capital letters", ALLOCATE, "AMOUNT_FEN", extra, AMOUNT_FEN=1),
        misshapen("an unknown field in Chinese", ALLOCATE, "?", extra, 金额=1),
        misshapen("a field of the prototype", ALLOCATE, "__proto__", extra, __proto__={"role": "bureau"}),
        misshapen("an id of one's own choice", ORDER, "id", extra, id=ID),
        misshapen("a county of one's own choice", ORDER, "county", extra, county="130529"),
        misshapen("a version of one's own choice", ORDER, "version", extra, version=7),
        misshapen("a missing amount", ALLOCATE, "amount_fen", "missing", amount_fen=ABSENT),
        misshapen("a missing person", NEED, "person_id", "missing", person_id=ABSENT),
        misshapen("grade and waiver at once", GRADE, "", "value_error", waived=True),
        misshapen("neither grade nor waiver", GRADE, "", "value_error", grade=ABSENT),
    ]  # fmt: skip


def cases() -> list[Case]:
    """All of them."""
    return [*_numbers(), *_times(), *_texts(), *_fields()]
