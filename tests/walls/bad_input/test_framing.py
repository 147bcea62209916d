"""Requests that end in two places, never end, or are none: refused on the wire, and nothing of them is carried out."""

from __future__ import annotations

from tests.walls.bad_input.framing import GOOD, head, requests
from tests.walls.bad_input.test_refused import good
from tests.walls.bad_input.wire import exchange
from tests.walls.bad_input.world import World


async def test_a_request_of_doubtful_form_is_refused(world: World) -> None:
    before = await world.heads()
    found = {}
    for case in requests(world.token("finance")):
        answer = await exchange(world.port("settlement"), case.sent)
        if (answer.status, answer.code) != (case.status, case.code):
            found[case.name] = (answer.status, answer.code)
    assert found == {}
    assert await world.heads() == before
    assert await good(world, "settlement") == 200


async def test_a_body_that_breaks_off_is_not_carried_out(world: World) -> None:
    before = await world.heads()
    sent = head(world.token("finance"), f"Content-Length: {len(GOOD) + 1}") + GOOD
    answer = await exchange(world.port("settlement"), sent, hang_up=True)
    assert answer.status == 0
    assert await world.heads() == before
    assert await good(world, "settlement") == 200


async def test_a_body_that_comes_too_slowly_is_not_waited_for(world: World) -> None:
    before = await world.heads()
    sent = head(world.token("finance"), f"Content-Length: {len(GOOD)}")
    answer = await exchange(world.port("settlement"), sent, GOOD[:20])
    assert (answer.status, answer.code) == (408, "body.too_slow")
    assert await world.heads() == before


async def test_what_follows_a_body_is_a_request_of_its_own(world: World) -> None:
    """A second request behind the first is judged by its own headers: it has no token."""
    sent = head(world.token("finance"), "Content-Length: 2") + b"{}"
    second = b"GET /v1/funds HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    before = await world.heads()
    first = await exchange(world.port("settlement"), sent + second, to_the_end=True)
    assert (first.status, first.code) == (422, "body.invalid")
    assert first.more.startswith(b"HTTP/1.1 401 ")
    assert b'"token.missing"' in first.more
    assert await world.heads() == before
