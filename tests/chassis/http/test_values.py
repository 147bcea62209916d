"""Days, instants and ids have one written form, in bodies and in queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError

from chassis.http import Body, Day, Id, Instant
from chassis.http.query import Filters
from chassis.http.values import LAST_YEAR
from chassis.problems import Refused

ID = "0b6c1f5e-2f53-4d0c-9a51-6b1f0a7c4e10"


class Said(Body):
    day: Day | None = None
    at: Instant | None = None
    id: Id | None = None


def fault(field: str, text: str) -> str:
    with pytest.raises(ValidationError) as error:
        Said.model_validate_json(f'{{"{field}": {text}}}')
    [found] = error.value.errors()
    return str(found["type"])


def test_what_is_written_so_is_read() -> None:
    said = Said.model_validate_json(f'{{"day": "2024-12-01", "at": "2024-12-01T08:00:00.5+08:00", "id": "{ID}"}}')
    assert said.day == date(2024, 12, 1)
    assert said.at == datetime(2024, 12, 1, 0, 0, 0, 500_000, UTC)
    assert said.id == UUID(ID)


def test_a_value_that_is_one_already_stays() -> None:
    assert Said(day=date(1, 1, 1)).day == date(1, 1, 1)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("day", '"0"', "date_parsing"),
        ("day", '"1733011200"', "date_parsing"),
        ("day", '"2024-02-30"', "no_such_day"),
        ("day", '"3000-01-01"', "date_out_of_range"),
        ("day", "0", "date_type"),
        ("at", '"1733011200"', "datetime_parsing"),
        ("at", '"2024-12-01T08:00:00"', "timezone_aware"),
        ("at", '"2024-12-01T24:00:00Z"', "no_such_instant"),
        ("at", '"0001-01-01T00:00:00+14:00"', "datetime_out_of_range"),
        ("id", f'"urn:uuid:{ID}"', "uuid_parsing"),
        ("id", f'"{{{ID}}}"', "uuid_parsing"),
        ("id", f'"{ID[:-1]}g"', "uuid_parsing"),
        ("id", "7", "uuid_type"),
    ],
)
def test_each_other_form_has_its_fault(field: str, text: str, code: str) -> None:
    assert fault(field, text) == code


def test_reckoning_with_the_last_day_stays_in_the_calendar() -> None:
    said = Said.model_validate_json(f'{{"day": "{LAST_YEAR}-12-31"}}')
    assert said.day is not None
    assert said.day.replace(year=said.day.year + 1).year == LAST_YEAR + 1


@pytest.mark.parametrize(
    "query",
    ["day=0", "day=20241201", "id=urn:uuid:" + ID, "id=" + ID.replace("-", ""), "yes=1", "yes=on", "wait=nan",
     "wait=1_0", "wait=inf", "count=1_0", "count=+1", "count=%EF%BC%91"],
)  # fmt: skip
def test_a_query_has_one_form_too(query: str) -> None:
    filters = Filters({"day": date, "id": UUID, "yes": bool, "wait": float, "count": int}, ())
    with pytest.raises(Refused) as refusal:
        filters.read(query.encode())
    assert refusal.value.code == "query.invalid"
