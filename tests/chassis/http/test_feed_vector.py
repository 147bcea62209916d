"""Dividing pages among counties, and the cursor that remembers them: for any counties, any pages, any interleaving."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.http.feed_vector import COUNTIES_A_PAGE, Standing, divided, read, write
from chassis.problems import Refused

KEY = b"a key of thirty-two bytes, no less"
codes = st.sampled_from([f"1305{number:02}" for number in range(40)])
pending = st.dictionaries(codes, st.integers(0, 500), max_size=40)
limits = st.integers(1, 1000)
moves = st.lists(
    st.one_of(st.tuples(codes, st.integers(1, 20)), st.tuples(st.just(""), st.integers(1, 9))), max_size=60
)


CODES = range(130_000, 131_000)


def epoch_of(county: str) -> UUID:
    return UUID(int=int(county))


@given(pending, limits, codes)
def test_a_page_is_full_or_everything_chosen_is_in_it(waiting: dict[str, int], limit: int, last: str) -> None:
    given_out = divided(waiting, limit, last)
    assert all(0 < count <= waiting[county] for county, count in given_out.items())
    assert sum(given_out.values()) <= limit
    if sum(given_out.values()) < limit:
        assert all(count == waiting[county] for county, count in given_out.items())
        assert len(given_out) == min(COUNTIES_A_PAGE, sum(count > 0 for count in waiting.values()))


@given(pending, limits, codes)
def test_nobody_gets_more_while_another_of_the_page_gets_less_than_it_needs(
    waiting: dict[str, int], limit: int, last: str
) -> None:
    given_out = divided(waiting, limit, last)
    hungry = [count for county, count in given_out.items() if count < waiting[county]]
    assert not hungry or max(given_out.values()) <= min(hungry) + 1


@given(pending, st.integers(1, 5), codes)
def test_everybody_who_waits_has_a_turn(waiting: dict[str, int], limit: int, last: str) -> None:
    wanted = {county for county, count in waiting.items() if count}
    served: set[str] = set()
    for _ in range(len(wanted)):
        served |= (page := divided(waiting, limit, last)).keys()
        last = next(reversed(page))
    assert served == wanted


@given(moves)
def test_every_position_is_told_once_and_in_order(moves: list[tuple[str, int]]) -> None:
    ends: dict[str, int] = defaultdict(int)
    told: dict[str, list[int]] = defaultdict(list)
    cursor = ""
    for county, number in [*moves, *[("", 1000)] * 3]:
        if county:
            ends[county] += number
            continue
        standing = read(KEY, b"question", cursor)
        after = {one: standing.after(one, epoch_of(one)) for one in ends}
        page = divided({one: ends[one] - after[one] for one in ends}, number, standing.last)
        for one, count in page.items():
            told[one] += range(after[one] + 1, after[one] + count + 1)
        through = {one: (after[one] + count, epoch_of(one)) for one, count in page.items()}
        cursor = write(KEY, b"question", standing.told(through))
    assert told == {county: list(range(1, end + 1)) for county, end in ends.items()}


def test_a_county_in_another_epoch_begins_again() -> None:
    standing = Standing().told({"130528": (7, UUID(int=1)), "130529": (8, UUID(int=1))})
    assert standing.after("130528", UUID(int=1)) == 7
    assert standing.after("130528", UUID(int=1 << 120)) == 0


def test_a_cursor_of_another_question_or_another_key_is_refused() -> None:
    cursor = write(KEY, b"question", Standing({"130528": (7, "0")}, "130528"))
    for key, bound in ((KEY, b"another"), (b"another key, of another deployment", b"question")):
        with pytest.raises(Refused, match=r"cursor\.invalid"):
            read(key, bound, cursor)


def test_a_thousand_counties_fit_into_a_cursor() -> None:
    positions = {f"{code}": (code * 7919 % 10**7, sha256(str(code).encode()).hexdigest()[:6]) for code in CODES}
    cursor = write(KEY, b"question", Standing(positions, "130500"))
    assert read(KEY, b"question", cursor).positions == positions
