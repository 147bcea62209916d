"""Nobody is told what is another's: not by a path, a filter, a cursor, the feed, a refusal, a header.

Every operation is asked in every way about somebody else's things, and every answer is searched for their ids, names,
phones, numbers and amounts, plain and encoded. The probe finds what it looks for: asked as the bureau, it does.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode, urlsafe_b64encode
from dataclasses import replace
from uuid import UUID

import pytest

from tests.walls.asking import Answer, Holder, Request
from tests.walls.leaks.canaries import Canaries, known, others, public
from tests.walls.leaks.looking import Heard, look, open_to
from tests.walls.leaks.open_books import COUNTY_BOOKS, OPEN_BOOKS, OWN_BUSINESS, TELLING
from tests.walls.leaks.probes import about, cursors, documents, filtered
from tests.walls.world import Spot, World
from tests.walls.world.helping import beneficiary
from tests.walls.world.places import bureau, holder
from tests.walls.world.serving import single, visit


def kept(leaks: list[str], *open_by_what_they_are: str) -> list[str]:
    """Those that are told by what is not open."""
    return [leak for leak in leaks if leak.partition(" as ")[0] not in {*OPEN_BOOKS, *open_by_what_they_are}]


async def heard_of(world: World, by: Holder, mine: Spot, theirs: Spot, canaries: Canaries) -> Heard:
    """Everything that ``by`` is told when it asks in all ways for what is theirs."""
    county = mine.county if len(by.county) < len(mine.county) else ""
    plain = list(about(mine, by.role, "GET", "its own path", county))
    probes = [*plain, *about(theirs, by.role, "GET", "their path", county)]
    probes += about(theirs, by.role, "GET", "their county", theirs.county)
    answered = await open_to(world, by, plain)
    probes += filtered(await documents(world), answered, theirs)
    probes += await cursors(world, answered, theirs, by.role)
    return await look(world, by, probes, canaries)


def caller(world: World, role: str) -> Holder:
    """Somebody of ``role`` to whom the first spot is its own."""
    return replace(holder(role, world.own), subject=f"{role}-probing")


@pytest.mark.parametrize("role", ["provider", "charity", "claimant"])
@pytest.mark.parametrize("relation", ["other_owner", "other_county"])
async def test_who_acts_for_an_owner_is_told_nothing_of_another(counties: World, role: str, relation: str) -> None:
    theirs, ours = counties.others[relation], (counties.own, counties.others["other_township"])
    canaries = others([theirs], ours, public(counties.spots))
    heard = await heard_of(counties, caller(counties, role), counties.own, theirs, canaries)
    assert kept(heard.leaks) == []
    assert heard.broken == []


async def test_a_key_of_a_providers_system_tells_it_nothing_of_another(counties: World) -> None:
    by = await exchanged(counties, counties.own)
    theirs, ours = counties.others["other_owner"], (counties.own, counties.others["other_township"])
    canaries = others([theirs], ours, public(counties.spots))
    heard = await heard_of(counties, by, counties.own, theirs, canaries)
    assert kept(heard.leaks) == []
    order = Request(service="orders", method="GET", path=f"/v1/orders/{counties.own['order']}")
    assert (await counties.door.ask(order, by)).status == 200


async def exchanged(world: World, spot: Spot) -> Holder:
    """The caller that the provider's key makes."""
    body = {"grant_type": "client_credentials", "key": spot.bodies.secrets["key"]}
    answer = await world.door.ask(Request(service="providers", method="POST", path="/v1/tokens", body=body), None)
    token = answer.json["access_token"]
    return Holder(role="provider", subject="key", county=spot.county, owner=spot.bodies.provider, bearer=token)


async def test_a_key_does_only_what_it_was_given_for(counties: World) -> None:
    by, spot = await exchanged(counties, counties.own), counties.own
    recipient = Request(service="orders", method="GET", path=f"/v1/orders/{spot['order_taken']}/recipient",
                        query={"purpose": "上门服务"})  # fmt: skip
    body = {"label": "另一个", "scopes": ["personal.read"], "expires_on": "2025-06-30"}
    path = f"/v1/providers/{spot.bodies.provider}/keys"
    for request in (recipient, Request(service="providers", method="POST", path=path, body=body)):
        answer = await counties.door.ask(request, by)
        assert (answer.status, answer.code) == (403, "forbidden.scope")
        assert (await counties.door.ask(request, caller(counties, "provider"))).status in (200, 201)


@pytest.mark.parametrize("role", ["township", "village"])
async def test_a_township_is_told_nothing_of_another(counties: World, role: str) -> None:
    theirs, ours = counties.others["other_township"], (counties.own, counties.others["other_owner"])
    canaries = others([theirs], ours, public(counties.spots))
    heard = await heard_of(counties, caller(counties, role), counties.own, theirs, canaries)
    assert kept(heard.leaks, *COUNTY_BOOKS) == []
    assert heard.broken == []


async def test_a_county_is_told_nothing_of_another(counties: World) -> None:
    ours = [spot for spot in counties.spots if spot.county == counties.own.county]
    theirs = counties.others["other_county"]
    heard = await heard_of(counties, caller(counties, "bureau"), counties.own, theirs, others([theirs], ours))
    assert kept(heard.leaks) == []
    assert heard.broken == []


@pytest.mark.parametrize("role", ["city", "province"])
async def test_a_region_is_told_nothing_of_a_county_outside(counties: World, role: str) -> None:
    theirs = counties.others["far"]
    ours = [spot for spot in counties.spots if spot is not theirs]
    heard = await heard_of(counties, caller(counties, role), counties.own, theirs, others([theirs], ours))
    assert kept(heard.leaks) == []


@pytest.mark.parametrize("role", ["city", "province"])
async def test_a_region_reads_the_feed_of_its_counties_and_of_no_other(counties: World, role: str) -> None:
    request = Request(service="orders", method="GET", path="/v1/events", query={"limit": "1000"})
    answer = await counties.door.ask(request, caller(counties, role))
    within = (counties.own, counties.others["other_county"])
    assert all(spot["order"].encode() in answer.body for spot in within)
    assert others([counties.others["far"]], within).found(answer) == []


@pytest.mark.parametrize(
    ("role", "relation"),
    [("provider", "other_owner"), ("charity", "other_owner"), ("claimant", "other_owner"),
     ("township", "other_township"), ("village", "other_township"), ("bureau", "far")],
)  # fmt: skip
async def test_commands_about_what_is_anothers_do_nothing_and_tell_nothing(
    counties: World, role: str, relation: str
) -> None:
    theirs = counties.others[relation]
    ours = [spot for spot in counties.spots if spot is not theirs and role != "bureau"] or [counties.own]
    canaries = others([theirs], ours, public(counties.spots))
    probes = [probe for probe in about(theirs, role, "POST", "a command") if probe.name not in OWN_BUSINESS]
    before = await at_rest(counties)
    heard = await look(counties, caller(counties, role), probes, canaries)
    assert kept(heard.leaks) == []
    assert heard.let_in == []
    assert await positions(counties) == before


async def at_rest(world: World) -> list[tuple[str, str, int]]:
    """The positions once nothing moves them any more: what was done before is still being told."""
    before = await positions(world)
    for _ in range(100):
        await asyncio.sleep(0.2)
        now = await positions(world)
        if now == before:
            return now
        before = now
    raise AssertionError("the services do not come to rest")


async def positions(world: World) -> list[tuple[str, str, int]]:
    """Where each county's log ends, in every service."""
    found: list[tuple[str, str, int]] = []
    for service in ("orders", "providers", "charity", "settlement"):
        rows = await world.connection.fetch(f"select county, position from {service}.head order by county")
        found.extend((service, row["county"], row["position"]) for row in rows)
    return found


@pytest.mark.parametrize("role", ["provider", "charity", "claimant"])
async def test_what_is_anothers_is_answered_as_what_nobody_has(counties: World, role: str) -> None:
    """Neither a question nor a command tells whether another's id exists."""
    theirs = counties.others["other_owner"]
    nobodys = Spot(theirs.name, theirs.county, theirs.township, theirs.bodies, dict(theirs.things), slip=theirs.slip)
    for number, thing in enumerate(theirs.things):
        nobodys.things[thing] = str(UUID(int=0xABC0000 + number, version=4))
    nobodys.bodies = replace(theirs.bodies, provider=str(UUID(int=1, version=4)), charity=str(UUID(int=2, version=4)),
                             claimant=str(UUID(int=3, version=4)))  # fmt: skip
    by = caller(counties, role)
    for method in ("GET", "POST"):
        pairs = zip(about(theirs, role, method, ""), about(nobodys, role, method, ""), strict=True)
        for there, nowhere in pairs:
            if there.name in TELLING or there.request == nowhere.request:
                continue
            headers = {"if-match": '"1"'}
            real = await counties.door.ask(replace(there.request, headers=headers), by)
            unreal = await counties.door.ask(replace(nowhere.request, headers=headers), by)
            assert (real.status, real.body) == (unreal.status, unreal.body), f"{there.name} as {role}"


async def test_who_waits_for_events_is_not_told_of_anothers(counties: World) -> None:
    theirs, mine = counties.others["other_owner"], counties.own
    by = caller(counties, "provider")
    events = Request(service="orders", method="GET", path="/v1/events", query={"limit": "1000"})
    after = str((await counties.door.ask(events, by)).json["next"])
    waits = asyncio.create_task(
        counties.door.ask(replace(events, query={"after": after, "wait": "1.0"}), by), name="waiting for events"
    )
    opened = Request(service="orders", method="POST", path="/v1/orders", body=single(theirs))
    order = (await counties.done(opened, bureau(theirs.county)))["id"]
    answer = await waits
    assert answer.status == 200
    ours = (mine, counties.others["other_township"])
    assert others([theirs], ours, public(counties.spots)).found(answer) == []
    assert order.encode() not in answer.body


async def test_a_kept_answer_is_not_given_to_who_acts_for_another(counties: World) -> None:
    """Two systems may sign in under one name: the second asks the same with the same key and gets nothing."""
    theirs = counties.others["other_owner"]
    order = {**visit(theirs, theirs["order_visitable"], "2024-12-03"), "started_at": "2024-12-03T06:00:00+08:00",
             "ended_at": "2024-12-03T06:30:00+08:00"}  # fmt: skip
    worker = {"name": "同名系统", "township": theirs.township}
    path = f"/v1/providers/{theirs.bodies.provider}/workers"
    asked = (
        Request(service="providers", method="POST", path=path, body=worker, key="same-key-1"),
        Request(service="providers", method="POST", path="/v1/visits", body=order, key="same-key-2"),
    )
    them = replace(holder("provider", theirs), subject="system")
    us = replace(them, owner=counties.own.bodies.provider)
    for request in asked:
        kept = await counties.door.ask(request, them)
        assert kept.status in (201, 409)
        assert (await counties.door.ask(request, them)).body == kept.body
        assert (await counties.door.ask(request, us)).status == 404


async def test_the_probe_finds_a_leak(counties: World) -> None:
    """Asked as the bureau, which sees all of the county, the probe tells of every sort of canary."""
    theirs, ours = counties.others["other_owner"], (counties.own, counties.others["other_township"])
    canaries = others([theirs], ours, public(counties.spots))
    heard = await heard_of(counties, bureau(theirs.county), counties.own, theirs, canaries)
    found = {leak.rpartition(" tells ")[2] for leak in heard.leaks}
    name = beneficiary(theirs, 1)["name"]
    assert {theirs.bodies.provider, theirs["order"], theirs["visit"], theirs["statement"], name} <= found
    assert {f"{amount} fen" for amount in theirs.amounts} <= found


async def test_the_probe_finds_its_own_things(counties: World) -> None:
    """A probe that is told nothing at all would prove nothing: each caller is told what is its own."""
    for role, thing in (("provider", "visit"), ("charity", "love_given"), ("claimant", "claim_given")):
        probes = list(about(counties.own, role, "GET", "its own path"))
        heard = await look(counties, caller(counties, role), probes, known([counties.own]))
        assert any(leak.endswith(counties.own[thing]) for leak in heard.leaks), role


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_canary_in_another_coat_is_found(before: str) -> None:
    order, name = "5b2e7c1a-91d4-4c0e-8f3a-2d6b9e7f1a55", "赵甲1第1"
    canaries = Canaries(frozenset({order, name}), frozenset({70_219}))
    raw = before.encode() + UUID(order).bytes + b"rest"
    for coat in (
        b64encode(f"{before}{order}!".encode()), urlsafe_b64encode(raw), raw.hex().encode(), order.upper().encode(),
        UUID(order).hex.encode(),
    ):  # fmt: skip
        assert canaries.found(Answer(200, (), coat)) == [order]
    for coat in (b64encode(f"{before}{name}!".encode()), b"\\u8d75\\u75321\\u7b2c1", name.encode().hex().encode()):
        assert canaries.found(Answer(200, (), coat)) == [name]
    assert canaries.found(Answer(200, ((b"x", order.encode()),), b"")) == [order]
    assert canaries.found(Answer(200, (), b'{"fen":70219}')) == ["70219 fen"]
    assert canaries.found(Answer(200, (), b'{"digest":"a70219b"}')) == []
