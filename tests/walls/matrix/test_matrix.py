"""Who may do what, measured from outside, is what the table says: operation by operation, role by role."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chassis import auth
from tests.walls.asking import Answer, Request
from tests.walls.matrix import table
from tests.walls.matrix.asked import by_operation
from tests.walls.matrix.measuring import RELATIONS, Measured, measure, operations
from tests.walls.matrix.outcomes import BY_CODE, NONE, outcome
from tests.walls.world import ROLES, World
from tests.walls.world.closing import SERVICES

AN_OPERATION = ("orders GET /v1/needs", "bureau")
FORBIDDEN = 403


@pytest.fixture(scope="module")
async def measured(counties: World) -> Measured:
    """The matrix of the running services."""
    return await measure(counties)


async def documents(world: World) -> dict[str, dict[str, object]]:
    """What the services' OpenAPI documents say of every operation."""
    found = {}
    for service in SERVICES:
        answer = await world.door.ask(Request(service=service, method="GET", path="/openapi.json"), None)
        for path, methods in answer.json["paths"].items():
            found.update({f"{service} {method.upper()} {path}": told for method, told in methods.items()})
    return found


def test_every_role_there_is_asks() -> None:
    assert set(ROLES) == auth.ROLES


async def test_every_operation_is_asked_validly(counties: World) -> None:
    there = (await operations(counties)).keys()
    assert there - by_operation().keys() == set(), "give these a request in tests/walls/matrix/asked_*.py"
    assert by_operation().keys() - there == set(), "these are no operations any more"


async def test_the_walls_stand_where_the_table_says(measured: Measured) -> None:
    differing = table.differences(table.read(), measured.rows)
    assert not differing, "read these; if all are meant: python -m tests.walls.matrix --write\n" + "\n".join(differing)


async def test_a_valid_request_is_answered_or_refused_by_a_rule(measured: Measured) -> None:
    assert measured.strange == []


async def test_every_operation_is_really_done_by_somebody(measured: Measured) -> None:
    assert measured.never_done == []


async def test_the_document_names_the_roles_that_are_let_in(counties: World, measured: Measured) -> None:
    for name, told in (await documents(counties)).items():
        named = told.get("x-careloop-roles")
        if named is not None:
            let_in = sorted(role for role in ROLES if measured.rows[name, role][0] != "role")
            assert named == let_in, name


async def test_nobody_of_a_county_gets_through_to_another(measured: Measured) -> None:
    """Whatever the table says: only services, which act for all counties, are answered about another one."""
    place = RELATIONS.index("other_county")
    through = {name: role for (name, role), words in measured.rows.items() if words[place] == "yes"}
    assert set(through.values()) == {"service"}


async def test_without_a_token_nothing_but_health_and_the_exchange_of_a_key_is_answered(measured: Measured) -> None:
    answered = {name for (name, role), words in measured.rows.items() if role == "nobody" and words[0] != "token"}
    health = {f"{service} GET /v1/{what}" for service in SERVICES for what in ("healthz", "readyz")}
    assert answered == health | FOR_EVERYBODY


FOR_EVERYBODY = {
    "charity GET /v1/certificate-keys",
    "charity GET /v1/certificates/{number}",
    "charity POST /v1/certificates/verification",
    "orders POST /v1/complaint-progress",
    "providers POST /v1/rating-page",
    "providers POST /v1/tokens",
}
"""What whoever holds a certificate, a ticket's slip, a visit's rating code or a key may ask."""


@pytest.mark.parametrize("path", ["/", "/metrics", "/v1/metrics", "/docs", "/redoc", "/v1"])
async def test_nothing_answers_that_is_no_operation(counties: World, path: str) -> None:
    for service in SERVICES:
        answer = await counties.door.ask(Request(service=service, method="GET", path=path), None)
        assert (answer.status, answer.code) == (404, "not_found")


async def test_who_acts_for_an_owner_is_not_told_what_another_has(measured: Measured) -> None:
    """Where a provider, charity or claimant is let in to its own, another's is as if it were not there."""
    place = RELATIONS.index("other_owner")
    shown = {
        name for (name, role), words in measured.rows.items()
        if role in ("provider", "charity", "claimant") and words[0] == "yes"
        and words[place] not in (NONE, "hidden", "owner")
    }  # fmt: skip
    assert shown == PUBLIC


PUBLIC = {
    "charity GET /v1/appeals",
    "charity GET /v1/certificates/{number}",
    "charity GET /v1/charities",
    "charity GET /v1/charities/{charity_id}",
    "charity GET /v1/donors",
    "charity GET /v1/fundraising",
    "charity GET /v1/hall",
    "charity GET /v1/offers",
    "charity GET /v1/pots/{pot_id}",
    "charity GET /v1/village-funds",
    "charity POST /v1/claimants/{claimant_id}/block",
    "charity POST /v1/claimants/{claimant_id}/guardian-consent",
    "charity POST /v1/claimants/{claimant_id}/skills",
    "charity POST /v1/claimants/{claimant_id}/suitability",
    "charity POST /v1/claimants/{claimant_id}/unblock",
    "charity POST /v1/donations",
    "charity POST /v1/love-orders/{order_id}/claims",
    "charity POST /v1/love-orders/{order_id}/waiting-list",
    "charity POST /v1/pledges",
    "providers GET /v1/published-findings",
    "providers POST /v1/rating-page",
}
"""Open by what they are: the registers, the hall and what can be claimed or waited for there; pots and their donors, to
whose books anybody may look and to which anybody gives (another charity's pot refuses what one received); what any
charity of the county records of a claimant; published findings; what a slip, a code or a certificate opens."""


async def test_all_refusals_with_403_have_a_word(counties: World) -> None:
    codes: set[str] = set()
    for told in (await documents(counties)).values():
        codes |= set(_codes(told))
    assert codes <= BY_CODE.keys()


def _codes(told: Mapping[str, object]) -> list[str]:
    responses = told["responses"]
    assert isinstance(responses, dict)
    lines = responses.get(str(FORBIDDEN), {}).get("description", "").splitlines()
    return [line.split("`")[1] for line in lines if "`" in line]


def test_a_row_that_is_missing_or_left_over_is_found() -> None:
    words = ("yes", "county", "yes", "none")
    assert table.differences({}, {AN_OPERATION: words}) == ["orders GET /v1/needs has no row for bureau"]
    assert table.differences({AN_OPERATION: words}, {}) == ["orders GET /v1/needs is not asked as bureau"]


def test_a_wall_that_moved_is_found() -> None:
    before, after = ("yes", "county", "yes", "none"), ("yes", "yes", "yes", "none")
    moved = table.differences({AN_OPERATION: before}, {AN_OPERATION: after})
    assert moved == ["orders GET /v1/needs as bureau, other_county: county, now yes"]


@pytest.mark.parametrize("status", [400, 500, 503])
def test_an_answer_that_no_valid_request_gets_is_not_an_outcome(status: int) -> None:
    with pytest.raises(ValueError, match=str(status)):
        outcome(Answer(status, (), b'{"code":"internal"}'))


def test_a_body_of_the_wrong_shape_is_not_an_outcome() -> None:
    with pytest.raises(ValueError, match="body"):
        outcome(Answer(422, (), b'{"code":"body.invalid"}'))


def test_rows_without_the_spots_are_hidden() -> None:
    assert outcome(Answer(200, (), b'{"items":["a"]}'), "a") == "yes"
    assert outcome(Answer(200, (), b'{"items":[]}'), "a") == "hidden"
