"""Import of ledgers and departments' lists: a dry run says what would become of each row, a real one does it.

Each row is asked by itself, under a key of the file and the row, so that a run that broke off is taken up where it
stopped. What became of the rows is kept under the file's digest: the same file again gives the same results and
changes nothing. Nothing that stands in a file is ever answered.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from pydantic import Field

from chassis.http import Body, Call, Routes
from chassis.http.call import KEYED
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Outcome, Step
from services.orders.api.importing import Reading
from services.orders.api.ledger_rows import ImportKind
from services.orders.api.shapes import Code, Township
from services.orders.api.sheets import read_sheet
from services.orders.domain import taken
from services.orders.domain.days import business_day
from services.orders.domain.policy import in_force

routes = Routes(tag="imports")
AT_ONCE = 64
"""Rows in flight: as many share a batch."""
UNSEALED = Sealed(box="")
"""Stands for what a dry run does not seal."""
NAMED = "select id, id_index, township, village, tier, categories from beneficiaries where county = $1 and id_index = any($2::text[])"  # noqa: E501
LISTED = "select id, id_index, township, village, marks from prospects where county = $1 and id_index = any($2::text[])"


class ImportList(Body):
    """A file as base64. ``ledger``: people in the roll, to be registered. ``targets``: people to be checked.

    ``township`` is the one that the file is of, where it is of one; for a township's officer it is their own.
    """

    kind: ImportKind
    source: Code
    format: Literal["csv", "xlsx"]
    document: Annotated[str, Field(min_length=4, max_length=1_048_576)]
    dry_run: bool
    township: Township | None = None


class RowResult(Body):
    """What became of a row. ``outcome``: registered, listed, known_already, repeated, ambiguous, invalid. ``code`` says
    what is wrong, ``differs`` which columns say something else than the register."""

    row: int
    outcome: str
    code: str
    id: UUID | None
    differs: list[str]


class ImportResult(Body):
    """What became of the file; ``id`` is null for a dry run."""

    id: UUID | None
    dry_run: bool
    sha256: str
    counts: dict[str, int]
    rows: list[RowResult]


class ImportRow(Body):
    """A file that was taken in."""

    id: UUID
    kind: str
    source: str
    sha256: str
    township: str
    imported_by: str
    imported_at: datetime


OF_A_ROW = (
    "import.formula", "import.name_wrong", "import.id_number_wrong", "import.phone_wrong", "import.address_wrong",
    "import.born_wrong", "import.village_wrong", "import.other_township", "import.region_wrong",
    "import.category_unknown", "import.tier_unknown", "import.kind_unknown", "import.risk_unknown",
)  # fmt: skip
"""What is wrong with a row; the other rows are taken, and the answer tells the code beside the row's number."""


@routes.post(
    "/v1/imports", body=ImportList, answer=ImportResult, summary="导入台账或部门名单 Import a ledger or a list",
    refusals=(
        "import.not_base64", "import.unreadable", "import.too_large", "import.too_many_rows", "import.several_sheets",
        "import.empty", "import.column_missing", "import.column_twice", "import.column_unknown", "policy.none",
        *OF_A_ROW,
    ),
)  # fmt: skip
async def import_list(call: Call[ImportList]) -> Ask | dict[str, Any]:
    """Row by row: registered or listed, known already, repeated in the file, ambiguous, or invalid with its code."""
    body, township = call.body, call.body.township or call.caller.township
    call.permit(township=township)
    document = _document(body.document)
    digest = sha256(document).hexdigest()
    stream = uuid5(KEYED, f"{call.county}/import/{township}/{body.kind}/{body.source}/{digest}")
    kept = await call.fetchrow("select rows from imports where county = $1 and id = $2", call.county, stream)
    if kept is not None and body.dry_run:
        return _result(None, digest, tuple(_row(one) for one in json.loads(kept["rows"])))
    rows: tuple[taken.Row, ...] = ()
    if kept is None:
        policy = in_force(await call.policies(), business_day(call.at))
        sheet = await asyncio.to_thread(read_sheet, document, body.format)
        rows = await Reading(call, body, township, policy, stream).rows(sheet)
    if body.dry_run:
        return _result(None, digest, rows)
    take = taken.Take(
        kind=body.kind,
        source=body.source,
        sha256=digest,
        township=township,
        rows=rows,
        by=call.caller.subject,
        at=call.at,
    )

    def answer(outcomes: tuple[Outcome, ...]) -> ImportResult:
        return ImportResult.model_validate(_result(stream, digest, outcomes[0].state.rows))

    return call.ask(Step(decider=taken.decider, stream=stream, command=take), answer=answer)


routes.page(
    "/v1/imports", row=ImportRow, township="township", filters={"kind": str, "source": str},
    sql="select id, kind, source, sha256, township, imported_by, imported_at from imports where county = $1",
    order=("imported_at", "id"), newest_first=True, summary="导入记录 Imports",
)  # fmt: skip


@routes.get("/v1/imports/{import_id}", answer=ImportResult, summary="导入结果 What became of a file",
            stream="import_id")  # fmt: skip
async def one_import(call: Call[None]) -> dict[str, Any] | None:
    """The results of its rows, as they were."""
    sql = "select id, sha256, township, rows from imports where county = $1 and id = $2"
    row = await call.fetchrow(sql, call.county, call.path_id("import_id"))
    if row is None:
        return None
    call.permit(township=row["township"])
    return _result(row["id"], row["sha256"], tuple(_row(one) for one in json.loads(row["rows"])))


def _document(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Rejected("import.not_base64") from None


def _row(one: dict[str, Any]) -> taken.Row:
    id = None if one["id"] is None else UUID(one["id"])
    return taken.Row(row=one["row"], outcome=one["outcome"], code=one["code"], id=id, differs=tuple(one["differs"]))


def _result(id: UUID | None, digest: str, rows: tuple[taken.Row, ...]) -> dict[str, Any]:
    return {
        "id": id,
        "dry_run": id is None,
        "sha256": digest,
        "counts": dict(sorted(Counter(row.outcome for row in rows).items())),
        "rows": [{**vars(row), "differs": list(row.differs)} for row in rows],
    }
