"""A list as a file: the same rows for the same reader, whole or not at all, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

from chassis.http.files import name_of, written
from tests.chassis.http.conftest import Edge, Start

COLUMNS = {"name": "姓名 Name", "total": "数目 Total"}


def cells(answer: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(answer)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def lines(answer: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))


@pytest.fixture
async def three(edge: Edge) -> Edge:
    for total in (5, 1, 3):
        await edge.post("/v1/counters", {"amount": total})
    return edge


async def test_a_csv_file_has_a_mark_for_excel_titles_and_every_row(three: Edge) -> None:
    answer = await three.get("/v1/people?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="people-{three.county}.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    titles, *rows = lines(answer.content)
    assert titles == ["id", "数目 Total", "tier"]
    assert [row[1:] for row in rows] == [["1", "able"], ["3", "full"], ["5", "full"]]


async def test_a_workbook_has_numbers_as_numbers(three: Edge) -> None:
    answer = await three.get("/v1/people?format=xlsx")
    assert [row[1:] for row in cells(answer.content)] == [
        ["数目 Total", "tier"], [1, "able"], [3, "full"], [5, "full"]
    ]  # fmt: skip


async def test_what_is_kept_back_from_a_reader_is_an_empty_cell(three: Edge) -> None:
    answer = await three.get("/v1/people?format=csv", role="hotline")
    assert [row[2] for row in lines(answer.content)] == ["tier", "", "", ""]


async def test_filters_hold_for_a_file_too(three: Edge) -> None:
    assert len(lines((await three.get("/v1/people?format=csv&tier=full")).content)) == 3


@pytest.mark.parametrize("part", ["limit=1", "after=abc"])
async def test_a_file_is_never_a_part(three: Edge, part: str) -> None:
    answer = await three.get(f"/v1/people?format=csv&{part}")
    assert (answer.status_code, answer.json()["code"]) == (400, "query.invalid")


async def test_too_many_rows_for_a_file_are_refused(start: Start) -> None:
    async with start({"export_rows_max": 2}) as edge:
        for total in (1, 2, 3):
            await edge.post("/v1/counters", {"amount": total})
        answer = await edge.get("/v1/people?format=xlsx")
        assert (answer.status_code, answer.json()["facts"]) == (422, {"max": 2})
        assert len((await edge.get("/v1/people")).json()["items"]) == 3


async def test_a_page_may_be_filled_and_may_let_rows_fall_away(three: Edge) -> None:
    page = (await three.get("/v1/larger?limit_at=2&limit=2")).json()
    assert [row["beyond"] for row in page["items"]] == [1]
    page = (await three.get(f"/v1/larger?limit_at=2&limit=2&after={page['next']}")).json()
    assert ([row["beyond"] for row in page["items"]], page["next"]) == ([3], None)


async def test_a_cursor_serves_the_same_question_only(three: Edge) -> None:
    after = (await three.get("/v1/larger?limit_at=2&limit=2")).json()["next"]
    answer = await three.get(f"/v1/larger?limit_at=3&limit=2&after={after}")
    assert answer.json()["code"] == "cursor.invalid"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    answer = json.dumps({"items": [{"name": text, "total": -2}]}).encode()
    assert lines(written(answer, COLUMNS, "csv"))[1] == [f"'{text}", "-2"]
    book = openpyxl.load_workbook(io.BytesIO(written(answer, COLUMNS, "xlsx")))
    assert (book.active["A2"].value, book.active["A2"].data_type) == (text, "s")


def test_lists_parts_and_yes_or_no_are_written_in_one_cell() -> None:
    answer = b'{"items":[{"name":[{"item":"errands","times":2},{"item":"meal","times":1}],"total":true}]}'
    assert lines(written(answer, COLUMNS, "csv"))[1] == ["errands 2; meal 1", "是"]


def test_a_files_name_says_what_where_and_when_and_nothing_odd() -> None:
    query = {"month": "2024-10", "village": '1";\r\n'}
    assert name_of("people", "130528", query, "csv") == "people-130528-1--2024-10.csv"
