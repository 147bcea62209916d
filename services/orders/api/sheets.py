"""Reads a document of rows, CSV or XLSX, as texts: nothing is evaluated, nothing large is unpacked.

An XLSX is a zip of XML: how much it unpacks to, its parts and its rows are looked at before it is read; a document type
declaration (through which XML unfolds itself) is refused. A cell that is a formula is no value. ``import.*``.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl

from chassis.kernel import Rejected

ROWS_MAX = 1000
COLUMNS_MAX = 40
CELL_MAX = 500
UNPACKED_MAX = 16_000_000
PARTS_MAX = 200
FORMULA = "\0="
"""Stands for a cell that is a formula; no text of a document has a NUL."""
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\br="([0-9]{1,9})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ >/]")


@dataclass(frozen=True)
class Sheet:
    """The header's texts, and the rows below it by their number in the file; empty rows are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(document: bytes, form: str) -> Sheet:
    """The first row that holds anything is the header. Raises ``Rejected``."""
    lines = _csv(document) if form == "csv" else _xlsx(document)
    held = [(number, line) for number, line in lines if any(line)]
    if len(held) < 2:
        raise Rejected("import.empty")
    if len(held) > ROWS_MAX + 1:
        raise Rejected("import.too_many_rows", max=ROWS_MAX)
    return Sheet(held[0][1], tuple(held[1:]))


def _csv(document: bytes) -> list[tuple[int, tuple[str, ...]]]:
    text = _decoded(document)
    if "\0" in text:
        raise Rejected("import.unreadable")
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error:
        raise Rejected("import.unreadable") from None
    if any(len(line) > COLUMNS_MAX for line in lines):
        raise Rejected("import.unreadable")
    return [(number, tuple(_csv_cell(cell) for cell in line)) for number, line in enumerate(lines, 1)]


def _decoded(document: bytes) -> str:
    """UTF-8, or what Chinese office programs write (GB 18030)."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return document.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Rejected("import.unreadable")


def _csv_cell(cell: str) -> str:
    bare = cell.strip()
    return FORMULA if bare.startswith(("=", "@")) else _short(bare)


def _xlsx(document: bytes) -> list[tuple[int, tuple[str, ...]]]:
    _check_archive(document)
    try:
        book = openpyxl.load_workbook(io.BytesIO(document), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [
            (number, tuple(_cell(cell) for cell in line))
            for number, line in enumerate(sheet.iter_rows(max_col=COLUMNS_MAX, max_row=ROWS_MAX * 2), 1)
        ]
    except Rejected:
        raise
    except Exception:  # the library raises what its parsers raise; none of it may be shown, it may hold cells
        raise Rejected("import.unreadable") from None


def _check_archive(document: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
                raise Rejected("import.too_large")
            sheets = 0
            for part in parts:
                content = _unpacked(archive, part)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise Rejected("import.unreadable")
                if _SHEET.fullmatch(part.filename):
                    sheets += bool(_VALUE.search(content))
                    _check_rows(content)
    # zipfile tells of a packing it does not know by NotImplementedError, of a locked archive by RuntimeError.
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Rejected("import.unreadable") from None
    if sheets > 1:
        raise Rejected("import.several_sheets")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Not more than is told: a part whose header lies about its size is refused."""
    with archive.open(part) as content:
        found = content.read(part.file_size + 1)
    if len(found) > part.file_size:
        raise Rejected("import.too_large")
    return found


def _check_rows(content: bytes) -> None:
    """A row far below, behind empty ones, would be read past: none may stand beyond what is read."""
    if any(int(found) > ROWS_MAX * 2 for found in _ROW.findall(content)):
        raise Rejected("import.too_many_rows", max=ROWS_MAX)


def _cell(cell: Any) -> str:
    """A cell as the text that a person sees: days as days, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or (isinstance(value, str) and value.strip().startswith(("=", "@"))):
        return FORMULA
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _short(str(value).strip())


def _short(text: str) -> str:
    """A text as long as any value may be; a longer one is malformed wherever it stands."""
    return text[: CELL_MAX + 1].replace("\0", "\ufffd")
