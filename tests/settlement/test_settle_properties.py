"""What holds for every county: order and doubling change nothing, the identities of S15, once is once, caps hold."""

from __future__ import annotations

import json
import random
from collections import Counter
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careloop.exchange import answer_json, read_closed, read_facts, write_fact
from careloop.settle_files import main
from services.settlement.domain.engine import settle
from services.settlement.domain.engine.book import Book
from services.settlement.domain.engine.bundles import Services
from services.settlement.domain.engine.corrections import settled
from services.settlement.domain.engine.escorts import by_person, held_days
from services.settlement.domain.engine.identities import check_identities
from services.settlement.domain.engine.log import Log
from services.settlement.domain.engine.month import compute
from services.settlement.domain.engine.terms import Terms
from services.settlement.domain.engine.versions import Shelf
from services.settlement.domain.engine.view import view
from tests.settlement.settle_examples import County
from tests.settlement.settle_worlds import MONTHS, POLICIES, counties

NEXT = "2027-01"
often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@often
@given(counties(), st.randoms(use_true_random=False))
def test_order_and_doubling_of_facts_change_nothing(county: County, chance: random.Random) -> None:
    facts = county.facts()
    mixed = facts + [fact for fact in facts if chance.random() < 0.3]
    chance.shuffle(mixed)
    for month in (*MONTHS, NEXT):
        assert settle(mixed, county.policies, month) == settle(facts, county.policies, month)


@settings(parent=often, max_examples=10)
@given(counties(), st.randoms(use_true_random=False))
def test_splitting_files_changes_nothing(county: County, chance: random.Random) -> None:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"facts-{index}.jsonl" for index in range(3)]
        lines: list[list[str]] = [[], [], []]
        for fact in county.facts():
            for some in chance.sample(lines, chance.randint(1, 2)):
                some.append(write_fact(fact))
        for path, some in zip(paths, lines, strict=True):
            chance.shuffle(some)
            path.write_text("\n".join(some), encoding="utf-8")
        policies = []
        for index, document in enumerate(POLICIES):
            policies.append(Path(folder) / f"policy-{index}.toml")
            policies[-1].write_text(document, encoding="utf-8")
        out, err = StringIO(), StringIO()
        assert main(paths, policies, NEXT, None, True, out, err) == 0, err.getvalue()
        assert json.loads(out.getvalue()) == answer_json(county.settle(NEXT))


@often
@given(counties())
def test_the_identities_hold_after_every_close(county: County) -> None:
    answers = county.closes(*MONTHS, NEXT)
    for index, answer in enumerate(answers):
        assert check_identities(answer, answers[:index]) == []


@often
@given(counties())
def test_closes_given_derived_or_read_back_lead_to_the_same_answer(county: County) -> None:
    closes = county.closes(*MONTHS)
    derived = county.settle(NEXT)
    read_back = read_closed([json.dumps(answer_json(answer)) for answer in reversed(closes)])
    assert county.settle(NEXT, closes) == derived
    assert settle(county.facts(), county.policies, NEXT, closes, trusted=True) == derived
    assert settle(county.facts(), county.policies, NEXT, read_back) == derived


@often
@given(counties())
def test_net_at_close_and_corrections_are_the_net_recomputed_now(county: County) -> None:
    answers = county.closes(*MONTHS, NEXT)
    log = Log.of(county.facts())
    shelf = Shelf.of(county.policies, log.adoptions)
    bounds = log.bounds(NEXT)
    for answer in answers[:-1]:
        now = compute(log, answer.month, bounds, shelf.of_closed(answer.policies, bounds)).net()
        assert {key: fen for key, fen in settled(answer.month, answers).items() if fen} == now


@often
@given(counties())
def test_the_quick_way_through_a_month_is_the_thorough_way(county: County) -> None:
    log = Log.of(county.facts())
    bounds = log.bounds(NEXT)
    terms = Terms(Shelf.of(county.policies, log.adoptions).known(bounds), "2026-11")
    seen = view(log, "2026-11", bounds)
    for person, bundles in seen.bundles.items():
        quick, thorough = Services(terms, Book()), Services(terms, Book())
        served = seen.services.get(person, [])
        if quick._whole_month(person, bundles, quick.timeline(bundles[0]), served):
            thorough._shares(person, bundles, thorough.timeline(bundles[0]), served)
            assert quick.book.lines == thorough.book.lines


@often
@given(counties())
def test_a_persons_day_is_won_once_and_an_escorts_day_held_once(county: County) -> None:
    log = Log.of(county.facts())
    bounds = log.bounds(NEXT)
    known = Shelf.of(county.policies, log.adoptions).known(bounds)
    for month in MONTHS:
        seen = view(log, month, bounds)
        services = Services(Terms(known, month), Book())
        for bundles in seen.bundles.values():
            won = services.timeline(bundles[0]).won
            days = Counter(day for one in won for first, last, *_ in one.runs for day in range(first, last + 1))
            assert not days or max(days.values()) == 1
        for stays in by_person(seen.escorts).values():
            held = Counter(one.day for one in held_days(stays, [], known))
            assert not held or max(held.values()) == 1


@often
@given(counties())
def test_a_bundle_is_never_worth_more_than_its_days(county: County) -> None:
    for answer in county.closes(*MONTHS):
        sums: Counter[tuple[str, str | None]] = Counter()
        for statement in answer.statements:
            for line in statement.lines:
                sums[line.rule, line.person] += line.fen
        assert all(fen <= 30001 for (rule, _), fen in sums.items() if rule in ("home", "bundle", "aged"))


@often
@given(counties())
def test_a_hard_cap_is_never_exceeded(county: County) -> None:
    answers = county.closes(*MONTHS, NEXT)
    pool = sum(line["amount_fen"] for line in county.lines if line.get("fund") == "pool")
    drawn = sum(draw.fen for answer in answers for draw in answer.draws if draw.fund == "A")
    allocated = sum(line["amount_fen"] for line in county.lines if line["kind"] == "allocation" and line["fund"] == "A")
    assert drawn <= min(pool // 10, allocated)


@often
@given(counties(), st.integers(1, 50_000))
def test_more_money_never_leaves_more_unfunded(county: County, fen: int) -> None:
    before = sum(rest.fen for rest in county.settle(NEXT).unfunded)
    county.allocated("A", fen)
    assert sum(rest.fen for rest in county.settle(NEXT).unfunded) <= before


@often
@given(counties())
def test_facts_are_read_back_as_they_were_written(county: County) -> None:
    facts = county.facts()
    assert read_facts([write_fact(fact) for fact in facts]) == facts
