"""Answers as files: the rows of a JSON answer as CSV or XLSX, for whom and as far as the JSON shows them.

A file is made of the very bytes the JSON answer would be, so that it tells nothing else: what is kept back from a
reader is an empty cell. It holds the whole result, not a page, and at most ``export_rows_max`` rows.

CSV (RFC 4180, UTF-8 with a byte order mark, by which Excel knows it) is text: a cell that a spreadsheet would take for
a formula gets an apostrophe in front. In XLSX every text is a text, so that codes of twelve digits stay whole and
``=1+1`` stays what somebody wrote.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

import msgspec
import xlsxwriter  # type: ignore[import-untyped]
from pydantic import BaseModel

from chassis.problems import Place, Refused

Format = Literal["json", "csv", "xlsx"]
MEDIA: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES: dict[str, str] = {"jpg": "image/jpeg"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_WIDTH_MAX = 40
_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


def as_file(query: Mapping[str, Any]) -> str:
    """The form of the file that is asked for; empty for JSON. A file is never a part: ``limit`` and ``after`` are
    refused with ``query.invalid``."""
    form = str(query.get("format", "json"))
    if form == "json":
        return ""
    for name in ("limit", "after"):
        if name in query:
            raise Refused("query.invalid", places=(Place(name, "not_with_a_file"),))
    return form


def columns_of(answer: type[BaseModel]) -> Mapping[str, str]:
    """The columns of an answer with ``items``, by field: their titles."""
    row = get_args(answer.model_fields["items"].annotation)[0]
    return {name: field.title or name for name, field in row.model_fields.items()}


def name_of(stem: str, county: str, query: Mapping[str, Any], form: str) -> str:
    """The file's name: what, where, when; letters, digits and hyphens only."""
    parts = (stem, county, *(str(query[name]) for name in ("township", "village", "month") if name in query))
    return "-".join(_NOT_IN_A_NAME.sub("-", part) for part in parts) + f".{form}"


def written(answer: bytes, columns: Mapping[str, str], form: str) -> bytes:
    """The file of a JSON answer."""
    rows = ([_cell(row.get(name)) for name in columns] for row in msgspec.json.decode(answer)["items"])
    return (_csv if form == "csv" else _xlsx)(tuple(columns.values()), rows)


def _cell(value: Any) -> str | int | float:
    """A list is written with semicolons, what has parts with spaces, yes and no as they are said here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float, str)):
        return value
    if isinstance(value, Mapping):
        return " ".join(str(_cell(part)) for part in value.values())
    return "; ".join(str(_cell(part)) for part in value)


def _csv(titles: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str | int | float) -> str | int | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _xlsx(titles: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    told = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(told, options)
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, titles, book.add_format({"bold": True}))
    widths = [len(title) for title in titles]
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, place, cell)
            widths[place] = max(widths[place], len(str(cell)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width + 2, _WIDTH_MAX))
    book.close()
    return told.getvalue()
