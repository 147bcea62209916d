"""Why an amount: rule, paper, days won, items counted, facts."""

from __future__ import annotations

from services.settlement.domain.engine.explain import Days, Explanation, ItemCount, explain
from tests.settlement.settle_examples import BATH, BUNDLE, ESCORT, County, policy

CITED = BUNDLE + 'cite = "paper 000, part 2"\n'


def _why(county: County, rule: str, payee: str = "A", person: str | None = "p1") -> Explanation:
    return explain(county.facts(), county.policies, "2026-11", None, payee, rule, person)


def test_a_bundle_is_explained_by_its_days_items_and_services() -> None:
    county = County(policy(CITED))
    month = county.month(1, 27)
    served = county.served("cleaning", 3, 10, 17, 24)
    county.served("cleaning", 3, person="p2")
    why = _why(county, "bundle")
    assert why.fen == 7425  # 110 × 27/30 × 3/4
    assert why.cites == (("v1", "paper 000, part 2"),)
    assert why.days == (Days(first="2026-11-01", last="2026-11-27", version="v1", rate_fen=11000),)
    assert why.items[0] == ItemCount(item="cleaning", required=3, counted=3, counted_for_payee=3)
    assert set(why.facts) == {month, *served[:3]}


def test_the_explained_amount_is_the_amount_of_the_statement() -> None:
    county = County(policy(CITED, BATH, ESCORT))
    county.month()
    county.served_all()
    county.served("bath", 4)
    county.stay("2026-11-10", ("2026-11-08", "2026-11-10", "city"), payee="A")
    for statement in county.settle().statements:
        for line in statement.lines:
            why = _why(county, line.rule, statement.payee, line.person)
            assert (why.fen, why.lines) == (line.fen, (line,))


def test_a_days_rate_of_an_escort_is_told_day_by_day() -> None:
    county = County(policy(ESCORT))
    county.stay("2026-11-10", ("2026-11-08", "2026-11-10", "city"))
    why = _why(county, "escort", payee="e1")
    assert [(span.first, span.rate_fen) for span in why.days] == [("2026-11-08", 20000), ("2026-11-09", 20000)]


def test_a_ruling_behind_an_amount_is_named() -> None:
    county = County(policy(BATH))
    (service,) = county.served("bath", 3)
    ruling = county.ruled(fact=service, units=2)
    why = _why(county, "bath")
    assert (why.fen, why.facts, why.rulings) == (2090, (service,), (ruling,))


def test_nothing_is_explained_by_nothing() -> None:
    why = _why(County(policy(BATH)), "bath")
    assert (why.fen, why.lines, why.facts) == (0, (), ())
