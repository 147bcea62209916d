"""Imports, departments' lists and screening as the service runs."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
import pytest

from tests.edge import Edge
from tests.orders.examples import at
from tests.orders.journeys import approved, beneficiary, registered
from tests.orders.people import fresh, id_number, row, target

Rows = Iterable[Mapping[str, str]]


@pytest.fixture
async def county(in_depth: Edge) -> Edge:
    """A county under the policy in depth, on 10 October 2024."""
    return await fresh(in_depth)


def as_csv(rows: Rows, encoding: str = "utf-8") -> bytes:
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    rows = list(rows)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([*rows[0]], *([*one.values()] for one in rows)):
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def asked(document: bytes, *, kind: str = "ledger", form: str = "csv", dry_run: bool = False) -> dict[str, Any]:
    text = base64.b64encode(document).decode()
    return {"kind": kind, "source": "civil_affairs", "format": form, "document": text, "dry_run": dry_run}


def outcomes(result: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(line["row"], line["outcome"], line["code"]) for line in result["rows"]]


async def count(county: Edge, table: str) -> int:
    query = f"select count(*) from {table} where county = $1"
    found: int = (await county.running.database.fetch(query, county.county))[0][0]
    return found


def mixed(county: str) -> list[dict[str, str]]:
    """Two good rows, one twice, one with another village, one with a wrong number, one with a formula."""
    return [
        row(county, 1),
        row(county, 2, 类别="支出型困难家庭成员"),
        row(county, 1),
        row(county, 2, 村代码=f"{county}100202"),
        row(county, 3, 身份证号码="130528194010160000"),
        row(county, 4, 姓名='=HYPERLINK("http://x")'),
        row(county, 5, 类别="没有的类别"),
        row(county, 6, 村代码="620422100201"),
    ]


EXPECTED = [
    (2, "registered", ""),
    (3, "registered", ""),
    (4, "repeated", ""),
    (5, "ambiguous", ""),
    (6, "invalid", "import.id_number_wrong"),
    (7, "invalid", "import.formula"),
    (8, "invalid", "import.category_unknown"),
    (9, "invalid", "import.village_wrong"),
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_ledger_is_taken_in_row_by_row(county: Edge, form: str):
    rows = mixed(county.county)
    document = as_csv(rows, "gb18030") if form == "csv" else as_xlsx([dict(one) for one in rows])
    tried = await county.done("/v1/imports", asked(document, form=form, dry_run=True))
    assert (outcomes(tried), await count(county, "beneficiaries"), tried["id"]) == (EXPECTED, 0, None)
    done = await county.done("/v1/imports", asked(document, form=form))
    assert (outcomes(done), await count(county, "beneficiaries")) == (EXPECTED, 2)


async def test_a_former_name_of_a_category_means_the_same_category(county: Edge):
    done = await county.done("/v1/imports", asked(as_csv([row(county.county, 2, 类别="支出型困难家庭成员")])))
    person = await county.get(f"/v1/beneficiaries/{done['rows'][0]['id']}")
    assert "rigid_expenditure" in person["categories"]


async def test_the_same_file_again_tells_the_same_and_changes_nothing(county: Edge):
    document = as_csv(mixed(county.county))
    first = await county.done("/v1/imports", asked(document))
    before = await count(county, "events")
    assert await county.done("/v1/imports", asked(document)) == first
    assert await county.get(f"/v1/imports/{first['id']}") == first
    assert await count(county, "events") == before


async def test_who_is_registered_already_is_known_and_what_differs_is_named(county: Edge):
    await registered(county, 1)
    known = {"身份证号码": id_number(county.county, 1), "自理能力": "失能", "村代码": f"{county.county}100202"}
    done = await county.done("/v1/imports", asked(as_csv([row(county.county, 1, **known)])))
    [line] = done["rows"]
    assert (line["outcome"], line["differs"]) == ("known_already", ["village", "tier", "categories"])


async def test_a_missing_column_is_named(county: Edge):
    rows = [{"姓名": "周某", "电话": "13800000000"}]
    response = await county.post("/v1/imports", asked(as_csv(rows)))
    assert (response.status_code, response.json()["code"]) == (422, "import.column_missing")
    named = [(error["place"], error["code"]) for error in response.json()["errors"]]
    assert named == [(title, "missing") for title in ("身份证号码", "村代码", "救助类别", "自理能力")]


async def test_a_township_takes_in_its_own_people_only(county: Edge):
    rows = [row(county.county, 1), row(county.county, 2, 村代码=f"{county.county}101201")]
    done = await county.done("/v1/imports", asked(as_csv(rows)), role="township")
    assert outcomes(done) == [(2, "registered", ""), (3, "invalid", "import.other_township")]


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return content.getvalue()


def unfolding() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    return content.getvalue()


@pytest.mark.parametrize(
    ("document", "form", "code"),
    [
        (bomb(), "xlsx", "import.too_large"),
        (unfolding(), "xlsx", "import.unreadable"),
        (b"PK\x03\x04 no archive", "xlsx", "import.unreadable"),
        ("姓名\n".encode(), "csv", "import.empty"),
        (("姓名\n" + "周\n" * 1001).encode(), "csv", "import.too_many_rows"),
        ("姓名,姓名,身份证号,村代码,类别,自理能力\n1,2,3,4,5,6\n".encode(), "csv", "import.column_twice"),
    ],
)  # fmt: skip
async def test_a_document_that_is_no_list_is_refused(county: Edge, document: bytes, form: str, code: str):
    assert await county.refused("/v1/imports", asked(document, form=form)) == (422, code)


async def test_nothing_of_a_file_is_stored_or_told_in_clear(county: Edge):
    rows = [row(county.county, 1, 姓名="某某金丝雀"), row(county.county, 2, 身份证号码="130528194010160000")]
    done = await county.post("/v1/imports", asked(as_csv(rows)))
    stored = await county.running.database.fetch(
        "select state as text from events where county = $1 union all select body from inbox where county = $1"
        " union all select convert_to(rows::text, 'utf8') from imports where county = $1"
        " union all select convert_to(held::text, 'utf8') from person_files where county = $1",
        county.county,
    )
    written = b"".join(one["text"] for one in stored) + done.content
    for text in ("某某金丝雀", id_number(county.county, 1), "130528194010160000"):
        assert text.encode() not in written


async def test_an_entry_of_a_list_is_late_when_nobody_has_looked_in_time(county: Edge):
    done = await county.done("/v1/imports", asked(as_csv([target(county.county, 1)]), kind="targets"))
    [line] = done["rows"]
    one = await county.get(f"/v1/prospects/{line['id']}")
    assert (line["outcome"], one["state"], one["due_on"], one["late"]) == ("listed", "open", "2024-10-13", False)
    await county.pass_time(at("2024-10-14"))
    assert [each["id"] for each in (await county.get("/v1/prospects?late=true"))["items"]] == [line["id"]]


async def test_who_is_not_yet_eligible_is_watched_and_comes_back(county: Edge):
    done = await county.done("/v1/imports", asked(as_csv([target(county.county, 1)]), kind="targets"))
    path = f"/v1/prospects/{done['rows'][0]['id']}"
    found = {"result": "not_yet", "recheck_on": "2024-11-10", "findings": "收入略高于标准"}
    await county.done(f"{path}/finding", found, role="township")
    assert (await county.get(path))["state"] == "watched"
    await county.pass_time(at("2024-11-10"))
    assert [(await county.get(path))[name] for name in ("state", "due_on")] == ["open", "2024-11-13"]
    clear = await county.get(f"{path}/personal?purpose=check", role="township")
    assert (clear["name"], clear["findings"]) == ("吴某1", "收入略高于标准")


async def test_who_is_eligible_is_named_with_their_own_need(county: Edge):
    done = await county.done("/v1/imports", asked(as_csv([target(county.county, 1)]), kind="targets"))
    path = f"/v1/prospects/{done['rows'][0]['id']}/finding"
    person, other = await registered(county, 1), await registered(county, 2)
    body = {"items": ["home_cleaning"], "channel": "data_match"}
    need = (await county.done("/v1/needs", {"person_id": person, **body}))["id"]
    wrong = {"result": "eligible", "person_id": other, "need_id": need}
    assert await county.refused(path, wrong) == (409, "prospect.somebody_else")
    await county.done(path, {"result": "eligible", "person_id": person, "need_id": need})
    assert (await county.get("/v1/prospects?state=eligible"))["items"][0]["need"] == need


async def test_a_second_list_adds_to_the_entry_there_is(county: Edge):
    first = {
        "name": "吴某", "id_number": id_number(county.county, 1), "born": "1940-10-16", "kind": "dementia",
        "township": f"{county.county}100", "village": f"{county.county}100201", "source": "health", "risk": "low",
    }  # fmt: skip
    one = await county.done("/v1/prospects", first, role="village")
    two = await county.done("/v1/prospects", {**first, "source": "disabled_federation", "risk": "high"})
    assert one["id"] == two["id"]
    entry = await county.get(f"/v1/prospects/{one['id']}")
    assert ([mark["source"] for mark in entry["marks"]], entry["due_on"]) == (
        ["health", "disabled_federation"], "2024-10-13",
    )  # fmt: skip


async def test_whose_need_was_refused_is_watched(county: Edge):
    person = await registered(county)
    need = (await county.done("/v1/needs", {"person_id": person, "items": ["errands"], "channel": "window"}))["id"]
    scores = {"body_and_mind": 0, "daily_care": 0, "family": 0, "social_support": 0}
    survey = {"village_worker": "village-1", "aide": "aide-1", "findings": scores}
    await county.done(f"/v1/needs/{need}/survey", survey, role="township")
    await county.done(f"/v1/needs/{need}/refusal", {"reason": "暂不符合"}, role="township")
    [entry] = (await county.get("/v1/prospects?state=watched"))["items"]
    assert (entry["person"], entry["recheck_on"]) == (person, "2025-01-08")


async def test_screening_tells_who_may_be_eligible_and_was_never_assessed(county: Edge):
    waiting, assessed = await registered(county, 1), await registered(county, 2)
    await county.done("/v1/beneficiaries", beneficiary(county, 3, categories=[], tier="able"), role="village")
    await approved(county, assessed)
    told = await county.get("/v1/screening", role="township")
    assert [(one["id"], one["rules"]) for one in told["items"]] == [(waiting, ["needy_disabled_elderly"])]
    earlier = await county.get("/v1/screening?day=1990-01-01")
    assert earlier["items"] == []


async def test_screening_goes_on_behind_its_page(county: Edge):
    people = [await registered(county, number) for number in (1, 2, 3)]
    first = await county.get("/v1/screening?limit=2")
    second = await county.get(f"/v1/screening?limit=2&after={first['next']}")
    assert [one["id"] for one in (*first["items"], *second["items"])] == people
    assert second["next"] is None
