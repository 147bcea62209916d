"""Authority: what the policies say, remembered; what a denial is called; which rows are within reach."""

from __future__ import annotations

from pathlib import Path

import cedarpy
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chassis.auth import ROLES, Caller
from chassis.authority import Authority, Reach, Resource
from chassis.cedar import Policies, Question
from chassis.config import Settings

FOLDER = Settings().authz
AUTHORITY = Authority.load(FOLDER)
COUNTIES = ("130528", "130529", "620422", "a1b2c3d4e5f6")
REGIONS = ("1305", "13", "62", "")
TOWNSHIPS = ("", "130528100", "130528101")
OWNERS = ("", "p1", "p2")
SUBJECTS = ("li", "wang")

callers = st.builds(
    Caller,
    subject=st.sampled_from(SUBJECTS),
    role=st.sampled_from(sorted(ROLES)),
    county=st.sampled_from((*COUNTIES, *REGIONS)),
    owner=st.sampled_from(OWNERS),
    township=st.sampled_from(TOWNSHIPS),
)
resources = st.builds(
    Resource,
    county=st.sampled_from(COUNTIES),
    township=st.sampled_from(TOWNSHIPS),
    owners=st.sampled_from(((), ("p1",), ("p2",), ("p1", "p2"))),
    actors=st.sampled_from(((), ("li",), ("wang", "li"))),
)
actions = st.sampled_from(sorted(action for action in AUTHORITY.policies.kinds if not action.startswith("see.")))
CODES = {None, *(f"forbidden.{wall}" for wall in ("role", "county", "township", "owner", "conflict"))}


def caller(role: str, **told: str) -> Caller:
    """Somebody of Ningjin."""
    return Caller(**{"subject": "li", "role": role, "county": "130528", **told})


def fresh(asking: Caller, action: str, thing: Resource) -> bool:
    """What the policies say to the very request, nothing remembered."""
    return AUTHORITY.policies.allows(
        Question(
            action, asking.role, asking.county, asking.township, asking.owner, asking.subject, thing.county,
            thing.township, thing.owners, thing.actors,
        )
    )  # fmt: skip


@hypothesis_settings(max_examples=300, deadline=None)
@given(callers, actions, resources)
def test_what_is_remembered_is_what_the_policies_say(asking: Caller, action: str, thing: Resource) -> None:
    code = AUTHORITY.refusal(asking, action, thing)
    assert code in CODES
    assert (code is None) == fresh(asking, action, thing)


@pytest.fixture(scope="module")
def unabridged() -> Policies:
    """The same policies, of which all are looked at for every question."""
    policies = Policies.load(FOLDER)
    whole = cedarpy.PolicySet.from_str("\n".join(path.read_text() for path in sorted(FOLDER.glob("*.cedar"))))
    policies.about = lambda _action: whole  # type: ignore[method-assign]
    return policies


@hypothesis_settings(max_examples=200, deadline=None)
@given(callers, actions, resources)
def test_what_is_left_out_has_nothing_to_say(
    unabridged: Policies, asking: Caller, action: str, thing: Resource
) -> None:
    question = Question(
        action, asking.role, asking.county, asking.township, asking.owner, asking.subject, thing.county,
        thing.township, thing.owners, thing.actors,
    )  # fmt: skip
    policies = AUTHORITY.policies
    assert (policies.allows(question), policies.reasons(question)) == (
        unabridged.allows(question), unabridged.reasons(question),
    )  # fmt: skip


def test_a_question_is_asked_of_the_policies_that_speak_of_it() -> None:
    policies = AUTHORITY.policies

    def asked(action: str) -> set[str]:
        return {one.annotations["id"] for one in policies.about(action).to_pst().static_policies.values()}

    walls = {"wall.everywhere", "wall.regional", "wall.township_named"}
    assert asked("orders.list_plans") == {"cases.read", "plans.finance", *walls}
    assert asked("charity.close_pot") == {"giving.keep", *walls}


@hypothesis_settings(max_examples=200, deadline=None)
@given(callers, actions, resources)
def test_the_edge_refuses_nothing_that_is_permitted(asking: Caller, action: str, thing: Resource) -> None:
    if not AUTHORITY.asks_further(action):
        thing = Resource(thing.county)  # what is county-wide has neither township nor owner
    if AUTHORITY.refusal(asking, action, thing) is None:
        assert asking.role in AUTHORITY.roles(action)
        assert AUTHORITY.entry(asking, action, thing.county) is None


@hypothesis_settings(max_examples=300, deadline=None)
@given(callers, actions, resources)
def test_a_row_is_within_reach_exactly_if_it_is_permitted(asking: Caller, action: str, thing: Resource) -> None:
    row = thing._replace(actors=())
    reach = AUTHORITY.reach(asking, action, row.county)
    placed = reach.township in ("", row.township) if row.township else reach.county_rows
    owned = reach.owner is None or (reach.owner != "" and reach.owner in row.owners)
    assert (placed and owned) == (AUTHORITY.refusal(asking, action, row) is None)


def test_the_walls_are_named_from_within() -> None:
    mine = caller("township", township="130528100")
    walls = {
        Resource("130528", "130528100"): None,
        Resource("130528", "130528100", actors=("li",)): "forbidden.conflict",
        Resource("130528", "130528101", actors=("li",)): "forbidden.township",
        Resource("130529", "130528100", actors=("li",)): "forbidden.county",
    }
    told = {thing: AUTHORITY.refusal(mine, "orders.verify_order", thing) for thing in walls}
    assert told == walls
    assert AUTHORITY.refusal(caller("village"), "orders.verify_order", Resource("130529")) == "forbidden.role"


def test_a_township_of_another_tenant_is_another_township_though_its_code_is_the_same() -> None:
    code = AUTHORITY.refusal(
        caller("township", township="130528100"), "orders.one_need", Resource("130528-jk", "130528100")
    )
    assert code == "forbidden.county"


def test_who_is_bound_to_an_owner_sees_its_rows_and_who_names_none_sees_none() -> None:
    own = AUTHORITY.reach(caller("provider", owner="p1"), "orders.list_orders", "130528")
    nobody = AUTHORITY.reach(caller("provider"), "orders.list_orders", "130528")
    assert (own, nobody) == (Reach("", True, "p1"), Reach("", True, ""))


def test_an_action_that_no_policy_knows_is_an_error_not_a_permission() -> None:
    assert not AUTHORITY.knows("orders.burn_everything")
    with pytest.raises(KeyError):
        AUTHORITY.refusal(caller("bureau"), "orders.burn_everything", Resource("130528"))


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ('@id("a") permit (principal, action, resource) when { principal.rank > 3 };', "rank"),
        ('@id("a") permit (principal, action == Action::"orders.burn", resource);', "orders.burn"),
        ("permit (principal, action, resource);", "@id"),
        ('@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);', "@id"),
        ('@id("a") permit (principal, action', "unexpected"),
        ("", "no policies"),
    ],
)
def test_policies_that_are_not_valid_are_refused_at_once(tmp_path: Path, policy: str, fault: str) -> None:
    (tmp_path / "careloop.cedarschema").write_text((FOLDER / "careloop.cedarschema").read_text())
    (tmp_path / "roles.toml").write_text((FOLDER / "roles.toml").read_text())
    (tmp_path / "one.cedar").write_text(policy)
    with pytest.raises(ValueError, match=fault):
        Policies.load(tmp_path)


def test_everyone_who_may_hold_a_token_has_a_place_in_the_policies() -> None:
    assert AUTHORITY.policies.groups["everyone"] == ROLES


def test_of_a_class_the_operation_says_who_sees_it() -> None:
    provider = caller("provider", owner="p1")
    assert AUTHORITY.sees(provider, "orders.recipient", "contact")
    assert not AUTHORITY.sees(provider, "orders.personal", "contact")
