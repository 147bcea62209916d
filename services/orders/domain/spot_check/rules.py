"""How a batch goes: commit, then draw. Nobody who could gain by it chooses anything once something is known.

The list is closed and its digest told; then bureau and providers bind themselves to numbers; then the log's head is
taken; then the numbers are told. So no number is chosen in sight of another, and the head is fixed before the first is
told. Whoever withholds its number is left out, and it is recorded: that is the one choice there is, made once, in
public (docs/spec/spot-checks.md says what it is worth).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from chassis.kernel import Decider, Rejected, topics
from services.orders.domain import drawing
from services.orders.domain.days import business_day
from services.orders.domain.drawing import Closed, Stratum
from services.orders.domain.policy import Policy, SpotRules, in_force
from services.orders.domain.spot_check.raising import looked_at
from services.orders.domain.spot_check.state import Batch, evolve
from services.orders.domain.spot_check.words import (
    BUREAU,
    CloseList,
    Command,
    Commit,
    CommitmentsClosed,
    Committed,
    Drawn,
    Event,
    Found,
    Known,
    ListClosed,
    Listed,
    Picked,
    Reopened,
    Reveal,
    Revealed,
    Stratified,
    Turn,
)

PAGE = 500
"""Lines, strata or picks of one event."""
T = TypeVar("T")


def decide(command: Command, state: Batch | None, known: Known) -> list[Event]:
    """A deadline passes by where nothing waits for it."""
    if isinstance(command, CloseList):
        return _close_list(command, state, known)
    if state is None or state.closed is None:
        if isinstance(command, Turn):
            return []
        raise Rejected("spot_check.unknown")
    match command:
        case Commit():
            return _commit(command, state, known)
        case Reveal():
            return _reveal(command, state, known)
        case Turn():
            return _turn(command, state, known)


def _close_list(command: CloseList, state: Batch | None, known: Known) -> list[Event]:
    """One batch of a year at a time: the next one goes on where the draw left the strata."""
    found = known.found
    if state is not None or found is None:
        return []
    code = _not_now(command, found)
    if code and command.by_itself:
        return []
    if code:
        raise Rejected(code)
    policy = in_force(known.policies, business_day(command.at))
    closed = _closed(command, found, policy.spot_checks)
    pages: list[Event] = [Listed(lines=page) for page in _pages(closed.lines)]
    return [*pages, *(Stratified(strata=page) for page in _pages(closed.strata)), _told(command, closed, policy)]


def _not_now(command: CloseList, found: Found) -> str:
    if command.year > business_day(command.at).year:
        return "spot_check.year_not_begun"
    if found.closed:
        return "spot_check.year_closed"
    if found.running or command.number != found.next_number:
        return "spot_check.batch_open"
    return "" if found.lines else "spot_check.nothing_to_list"


def _closed(command: CloseList, found: Found, rules: SpotRules) -> Closed:
    lines = tuple(sorted(found.lines, key=lambda line: str(line.visit)))
    strata = []
    for key in sorted({drawing.key_of(line, rules.strata) for line in lines}):
        before = found.strata.get(key, Stratum(key=key, percent=rules.percent))
        strata.append(looked_at(before, *found.results.get(key, (before.checked, before.rejected)), rules))
    parties = {BUREAU, *(str(line.provider) for line in lines)}
    asked = {one for one in parties if found.withheld.get(one, 0) <= rules.withheld_at_most}
    return Closed(
        county=command.county,
        year=command.year,
        number=command.number,
        strata_of=rules.strata,
        surprise_percent=rules.surprise_percent,
        inspectors_per=rules.inspectors_per,
        strata=tuple(strata),
        lines=lines,
        inspectors=found.inspectors,
        hands=found.hands,
        parties=tuple(sorted(asked | {BUREAU})),
    )


def _told(command: CloseList, closed: Closed, policy: Policy) -> ListClosed:
    rules = policy.spot_checks
    return ListClosed(
        county=closed.county,
        year=closed.year,
        number=closed.number,
        digest=drawing.digest_of(closed),
        visits=len(closed.lines),
        strata_of=closed.strata_of,
        percent=rules.percent,
        surprise_percent=closed.surprise_percent,
        inspectors_per=closed.inspectors_per,
        inspect_within_days=rules.inspect_within_days,
        inspectors=closed.inspectors,
        hands=closed.hands,
        parties=closed.parties,
        commit_hours=rules.commit_hours,
        reveal_hours=rules.reveal_hours,
        commit_until=command.at + timedelta(hours=rules.commit_hours),
        policy=policy.version,
        at=command.at,
    )


def _commit(command: Commit, state: Batch, known: Known) -> list[Event]:
    """Once, and before the deadline; when the last party has bound itself, numbers are told."""
    assert state.closed is not None
    assert state.commit_until is not None
    if command.party not in state.closed.parties:
        raise Rejected("spot_check.not_a_party")
    if (bound := state.commitments.get(command.party)) is not None:
        if bound == command.commitment:
            return []
        raise Rejected("spot_check.committed_otherwise")
    if state.stage != "committing" or command.at >= state.commit_until:
        raise Rejected("spot_check.not_now", stage=state.stage)
    if command.commitment in state.commitments.values():
        raise Rejected("spot_check.anothers_commitment")
    committed = Committed(party=command.party, commitment=command.commitment, at=command.at)
    if len(state.commitments) + 1 < len(state.closed.parties):
        return [committed]
    return [committed, _commitments_closed(command, state, known)]


def _commitments_closed(command: Commit | Turn, state: Batch, known: Known) -> CommitmentsClosed:
    assert state.closed is not None
    return CommitmentsClosed(
        head_position=known.head_position,
        head_hash=known.head_hash,
        reveal_until=command.at + timedelta(hours=state.closed.reveal_hours),
        at=command.at,
    )


def _reveal(command: Reveal, state: Batch, known: Known) -> list[Event]:
    """What the party was bound to, before the deadline; the last one's number makes the draw."""
    if state.numbers.get(command.party) == command.number:
        return []
    if state.head is None or state.stage != "revealing" or command.at >= state.head.reveal_until:
        raise Rejected("spot_check.not_now", stage=state.stage)
    bound = state.commitments.get(command.party)
    if bound is None:
        raise Rejected("spot_check.not_committed")
    if sha256(bytes.fromhex(command.number)).hexdigest() != bound:
        raise Rejected("spot_check.not_the_number")
    revealed = Revealed(party=command.party, number=command.number, at=command.at)
    after = evolve(state, revealed)
    if len(after.numbers) < len(state.commitments):
        return [revealed]
    return [revealed, *_drawn(command, after)]


def _turn(command: Turn, state: Batch, known: Known) -> list[Event]:
    """Commitments end with their days; where nobody made one nothing is known yet, and all are asked anew.

    Numbers end with theirs, and the draw is made whoever told one: asking anew would be another throw for who withheld.
    """
    assert state.closed is not None
    if state.stage == "committing" and state.commit_until is not None and command.at >= state.commit_until:
        if state.commitments:
            return [_commitments_closed(command, state, known)]
        return [Reopened(commit_until=command.at + timedelta(hours=state.closed.commit_hours), at=command.at)]
    if state.stage == "revealing" and state.head is not None and command.at >= state.head.reveal_until:
        return _drawn(command, state)
    return []


def _drawn(command: Reveal | Turn, state: Batch) -> list[Event]:
    assert state.closed is not None
    assert state.head is not None
    seed = drawing.seed_of(state.closed.digest, state.numbers, state.head.head_hash)
    picks = drawing.draw(state.list, seed)
    withheld = tuple(sorted(set(state.closed.parties) - set(state.numbers)))
    pages: list[Event] = [Picked(picks=page, at=command.at) for page in _pages(picks)]
    return [*pages, Drawn(seed=seed, picks=len(picks), withheld=withheld, at=command.at)]


def _pages(whole: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(whole[first : first + PAGE]) for first in range(0, len(whole), PAGE)]


CATEGORY = "orders.spot_batch"
EVENTS: tuple[type[Event], ...] = (
    Listed,
    Stratified,
    ListClosed,
    Committed,
    CommitmentsClosed,
    Revealed,
    Reopened,
    Picked,
    Drawn,
)
decider: Decider[Command, Batch | None, Event, Known] = Decider(
    category=CATEGORY, initial=None, decide=decide, evolve=evolve, events=topics(CATEGORY, *EVENTS)
)
