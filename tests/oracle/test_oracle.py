"""The second engine meets the worked examples and, on two hundred generated cases, the identities that always hold."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from .bundles import bundle_lines
from .chain import Case, closes, closes_of_all
from .compare import differences
from .corrections import versions_behind
from .engine import answer, requests
from .escorts import escort_lines
from .evidence import unique, view
from .exact import Json
from .generate import case, double, shuffle
from .reckoning import world
from .singles import PRICED
from .tables import fill, rows
from .versions import adoption
from .worked import EXAMPLES, Example

SEEDS = range(200)
Settled = list[tuple[Case, list[Json]]]
RuleSums = Counter[tuple[str, ...]]


@pytest.fixture(scope="module")
def settled() -> Settled:
    """Two hundred cases with their answers."""
    cases = [case(seed) for seed in SEEDS]
    return list(zip(cases, closes_of_all(cases), strict=True))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_a_worked_example_comes_out_to_the_fen(example: Example) -> None:
    answers = {answer["month"]: answer for answer in closes(example.facts, example.policies(), example.months)}
    for month, parts in example.parts.items():
        for part, expected in parts.items():
            _is_complete(_rows_of(answers[month], part), expected)


def test_lines_add_up_to_groups(settled: Settled) -> None:
    for statement in _statements(settled):
        assert _by_rule(statement["lines"]) == _by_rule(statement["groups"])


def test_net_corrections_and_carry_in_are_payable_and_carry_out(settled: Settled) -> None:
    for statement in _statements(settled):
        due = _by_rule([*statement["groups"], *statement["deductions"], *statement["corrections"]])
        for rule, amount in statement["carried_in"].items():
            due[(rule,)] += amount
        for rule, amount in [*statement["payable"].items(), *statement["carried_out"].items()]:
            due[(rule,)] -= amount
        assert not any(due.values())


def test_a_debt_is_carried_into_the_next_month_whole(settled: Settled) -> None:
    for _, answers in settled:
        for before, after in pairwise(answers):
            assert _carry(before, "carried_out") == _carry(after, "carried_in")


def test_draws_and_what_is_unfunded_are_what_was_payable(settled: Settled) -> None:
    for _, answers in settled:
        left = Counter[tuple[str, ...]]()
        for answer_now in answers:
            for statement in answer_now["statements"]:
                for rule, amount in statement["payable"].items():
                    left[(answer_now["month"], statement["payee"], statement["purchaser"], rule)] += amount
            for draw in answer_now["draws"]:
                left[_due(draw)] -= draw["fen"]
            unfunded: RuleSums = Counter({_due(row): row["fen"] for row in answer_now["unfunded"]})
            assert +left == +unfunded
            assert min(left.values(), default=0) >= 0


def test_a_closed_month_with_its_corrections_is_the_month_settled_afresh(settled: Settled) -> None:
    for (facts, policies, _), answers in settled:
        last = answers[-1]
        seen = [fact for fact in view(unique(facts), last["through"]).raw if fact["kind"] != "seal"]
        for closed in answers[:-1]:
            versions = versions_behind(adoption(policies, facts), closed["policies"])
            kept = [one.document for one in versions if one.name in {*closed["policies"], *last["policies"]}]
            listed = [policy for policy in policies if policy in kept]
            afresh = answer(seen, listed, closed["month"], [])
            corrected = _net(closed)
            corrected.update(_moved(answers, closed["month"]))
            assert corrected == _net(afresh)


def test_no_fund_gives_more_than_its_allocations(settled: Settled) -> None:
    for (facts, _, _), answers in settled:
        given, most = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for fact in sorted(facts, key=lambda fact: int(fact["position"])):
            if fact["kind"] == "allocation":
                at = fact["fund"], str(fact["year"])
                given[at] += fact["amount_fen"]
                most[at] = max(most[at], given[at])
        for draw in (draw for answer_now in answers for draw in answer_now["draws"]):
            most[(draw["fund"], draw["month"][:4])] -= draw["fen"]
        assert all(left >= 0 for (fund, _), left in most.items() if fund != "portion")


def test_a_person_day_an_escort_day_and_a_service_count_once(settled: Settled) -> None:
    worlds = [
        world(*requests(facts, policies, months[-1], answers[:-1])[0]) for (facts, policies, months), answers in settled
    ]
    tables = fill(worlds)
    assert list(bundle_lines([one.month for one in worlds], tables))
    assert list(escort_lines(worlds, tables))
    for once, table in (("run, person, day", "won"), ("run, person, day", "held"), ("run, id", "counted")):
        assert rows(tables, f"select count(*) > 0, count(*) = count(distinct ({once})) from {table}") == [(True, True)]
    counted = {(run, name) for run, name in rows(tables, "select run, id from counted")}
    priced = {(run, name) for run, name, *_ in rows(tables, PRICED)}
    assert priced
    assert not counted & priced


def test_order_and_doubling_of_facts_change_nothing(settled: Settled) -> None:
    again = [
        (double(shuffle(facts, seed), seed), policies, months)
        for seed, ((facts, policies, months), _) in enumerate(settled)
    ]
    for (_, first), second in zip(settled, closes_of_all(again), strict=True):
        assert first == second


def test_many_cases_at_once_are_answered_as_one_by_one(settled: Settled) -> None:
    for (facts, policies, months), answers in settled[:10]:
        assert closes(facts, policies, months) == answers


def test_an_answer_does_not_differ_from_itself_in_another_order(settled: Settled) -> None:
    for _, answers in settled:
        for one in answers:
            turned = {**one, "statements": one["statements"][::-1], "draws": one["draws"][::-1]}
            assert differences(one, turned) == []


def test_a_fen_more_is_a_difference_with_its_path_and_both_values() -> None:
    example = EXAMPLES[3]
    [one] = closes(example.facts, example.policies(), example.months)
    other = {**one, "draws": [{**one["draws"][0], "fen": 50001}, *one["draws"][1:]]}
    path = "draws month=2026-10 payee=north purchaser=county rule=home fund=A over_cap=None override=None"
    assert differences(one, other) == [f"{path}: 50000 != 50001"]


def _statements(settled: Settled) -> list[Json]:
    return [statement for _, answers in settled for one in answers for statement in one["statements"]]


def _by_rule(rows_found: list[Json]) -> RuleSums:
    sums: RuleSums = Counter()
    for row in rows_found:
        sums[(row["rule"],)] += row["fen"]
    return sums


def _due(row: Json) -> tuple[str, ...]:
    return row["month"], row["payee"], row["purchaser"], row["rule"]


def _carry(one: Json, part: str) -> dict[tuple[str, str], Json]:
    return {(row["payee"], row["purchaser"]): row[part] for row in one["statements"] if row[part]}


def _net(one: Json) -> RuleSums:
    """Groups plus deductions by payee, purchaser and rule."""
    return _sums([one], lambda statement: [*statement["groups"], *statement["deductions"]])


def _moved(answers: list[Json], month: str) -> RuleSums:
    """All corrections of a month by payee, purchaser and rule."""
    return _sums(answers, lambda statement: [row for row in statement["corrections"] if row["month"] == month])


def _sums(answers: list[Json], rows_in: Callable[[Json], list[Json]]) -> RuleSums:
    sums: RuleSums = Counter()
    for statement in (statement for one in answers for statement in one["statements"]):
        for row in rows_in(statement):
            sums[(statement["payee"], statement["purchaser"], row["rule"])] += row["fen"]
    return sums


def _rows_of(one: Json, part: str) -> list[Json]:
    """The rows of a part, those of statements with their payee, maps by rule as rows."""
    if part in one:
        return list(one[part])
    found = []
    for statement in one["statements"]:
        value = statement[part]
        listed = [{"rule": rule, "fen": fen} for rule, fen in value.items()] if isinstance(value, dict) else value
        found += [{"payee": statement["payee"], "purchaser": statement["purchaser"], **row} for row in listed]
    return found


def _is_complete(found: list[Json], expected: list[Json]) -> None:
    """Each expected row is found once, and nothing else is, zeros apart."""
    left = list(found)
    for row in expected:
        match = next((one for one in left if row.items() <= one.items()), None)
        assert match is not None, (row, found)
        left.remove(match)
    assert [one for one in left if one["fen"]] == []
