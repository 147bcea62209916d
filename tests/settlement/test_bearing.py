"""Whether a fund can bear buying what nobody claimed, and what is kept for it (S14)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from chassis.testing import Specification
from services.settlement.domain import bearing
from services.settlement.domain.engine.draws import Treasury
from services.settlement.domain.engine.tariff import Fund, Item, Rule, SettlementPolicy

AT = datetime(2026, 11, 2, tzinfo=UTC)
a_reservation = Specification(bearing.decider)
CLEANING = Rule(id="cleaning", kind="per_unit", price_fen=3000, items=(Item(id="home_cleaning"),),
                funds=("county_budget", "lottery"))  # fmt: skip
RICE = Rule(id="rice", kind="goods", price_fen=8000, items=(Item(id="rice"),), valid_to="2026-12-31", funds=("capped",))
BUNDLE = Rule(id="care", kind="per_person_month", price_fen=20000, items=(Item(id="meal_help"),), funds=("lottery",))
BARE = Rule(id="bare", kind="per_unit", price_fen=1, items=(Item(id="errands"),))
TARIFF = SettlementPolicy(
    version="130528/0002", effective_from="2024-10-01", rules=(BUNDLE, CLEANING, RICE, BARE), grades={},
    funds={
        "county_budget": Fund(id="county_budget"), "lottery": Fund(id="lottery"),
        "capped": Fund(id="capped", base="pool", percent=Fraction(1), mode="hard"),
    },
)  # fmt: skip
consider = bearing.Consider(item="home_cleaning", units=7, day=date(2026, 11, 2), policy="130528/0002", at=AT)
borne = bearing.Borne(
    fund="county_budget", rule="cleaning", year=2026, amount_fen=21000, policy="130528/0002", at=AT
)  # fmt: skip


def known(drawn: dict[tuple[str, int], int] | None = None, reserved: dict[tuple[str, int], int] | None = None,
          **allocated: int) -> bearing.Known:  # fmt: skip
    """So much allocated for 2026, drawn, and reserved for other orders."""
    treasury = Treasury()
    treasury.allocated.update({(fund, 2026): fen for fund, fen in allocated.items()})
    treasury.drawn.update(drawn or {})
    return bearing.Known(tariff=TARIFF, treasury=treasury, reserved=reserved or {})


def test_the_first_fund_of_the_rule_that_has_the_money_bears_it():
    a_reservation.when(consider, known(county_budget=21000, lottery=50000)).then(borne)
    a_reservation.when(consider, known(county_budget=20999, lottery=50000)).then(replace(borne, fund="lottery"))


def test_what_is_drawn_or_kept_for_others_is_not_there_any_more():
    key = ("county_budget", 2026)
    none = bearing.NotBorne(reason_code="no_money", amount_fen=21000, at=AT)
    a_reservation.when(consider, known(county_budget=42000, drawn={key: 21000})).then(borne)
    a_reservation.when(consider, known(county_budget=42000, drawn={key: 21001})).then(none)
    a_reservation.when(consider, known(county_budget=42000, reserved={key: 21001})).then(none)
    other_year = known(county_budget=21000, drawn={("county_budget", 2025): 9}, reserved={("county_budget", 2025): 9})
    a_reservation.when(consider, other_year).then(borne)


def test_a_cap_binds_as_it_binds_a_draw():
    rice = replace(consider, item="rice", units=2)
    a_reservation.when(rice, known(capped=50000, pool=1_600_000)).then(
        replace(borne, fund="capped", rule="rice", amount_fen=16000)
    )
    a_reservation.when(rice, known(capped=50000, pool=1_599_999)).then(
        bearing.NotBorne(reason_code="no_money", amount_fen=16000, at=AT)
    )


def test_without_a_price_or_a_fund_nobody_bears_it():
    money = known(lottery=10**9)
    none = bearing.NotBorne(reason_code="no_price", amount_fen=0, at=AT)
    a_reservation.when(replace(consider, item="meal_help"), money).then(none)
    a_reservation.when(replace(consider, item="haircut"), money).then(none)
    a_reservation.when(replace(consider, item="rice", day=date(2027, 1, 1)), money).then(none)
    a_reservation.when(replace(consider, item="errands"), money).then(
        bearing.NotBorne(reason_code="no_fund", amount_fen=7, at=AT)
    )


def test_what_no_tariff_prices_is_paid_as_agreed_by_the_rule_that_is_named():
    by_hand = Rule(id="individual", kind="agreed", funds=("lottery",))
    tariff = replace(TARIFF, rules=(*TARIFF.rules, by_hand))
    money = replace(known(lottery=9000, county_budget=10**6), tariff=tariff)
    ask = replace(consider, item="haircut", agreed_fen=9000, rule="individual")
    a_reservation.when(ask, money).then(replace(borne, fund="lottery", rule="individual", amount_fen=9000))
    a_reservation.when(replace(ask, item="home_cleaning"), money).then(borne)
    a_reservation.when(replace(ask, rule="cleaning"), money).then(
        bearing.NotBorne(reason_code="no_price", amount_fen=0, at=AT)
    )


def test_it_is_kept_until_it_is_used_or_called_off():
    use, release = bearing.Use(month="2026-11", at=AT), bearing.Release(at=AT)
    kept = a_reservation.given(borne)
    assert kept.state.standing == "reserved"
    used = kept.when(use)
    used.then(bearing.Used(month="2026-11", at=AT))
    used.when(release).then()
    free = kept.when(release)
    free.then(bearing.Released(at=AT))
    free.when(release).then()
    free.when(consider, known(county_budget=21000)).then(borne)
    a_reservation.when(use).then()
    a_reservation.when(release).then()


@given(
    st.integers(0, 100_000),
    st.lists(st.tuples(st.sampled_from(["ask", "use", "release", "draw"]), st.integers(0, 4), st.integers(1, 9)),
             max_size=25),
)  # fmt: skip
@limits(max_examples=120, deadline=None)
def test_reserved_and_drawn_never_exceed_the_allocation(allocation, played):
    """Whatever orders ask, are served, called off and drawn for: reserved + drawn stays within what was allocated."""
    orders: dict[int, bearing.Reservation] = defaultdict(bearing.Reservation)
    drawn = 0
    for word, number, units in played:
        state = orders[number]
        others = sum(
            one.amount_fen
            for other, one in orders.items()
            if other != number and one.standing in {"reserved", "used"} and one.fund == "county_budget"
        )
        key = ("county_budget", 2026)
        now = known(county_budget=allocation, drawn={key: drawn}, reserved={key: others})
        if word == "draw":
            if state.standing == "used":
                drawn, orders[number] = drawn + state.amount_fen, bearing.Reservation()
            continue
        if word == "ask" and state.standing == "used":
            continue
        commands: dict[str, bearing.Command] = {
            "ask": replace(consider, units=units),
            "use": bearing.Use(month="2026-11", at=AT),
            "release": bearing.Release(at=AT),
        }
        if word == "use" and state.standing == "released":
            continue
        orders[number] = bearing.decider.fold(bearing.decide(commands[word], state, now), state)
        kept = sum(one.amount_fen for one in orders.values() if one.standing in {"reserved", "used"})
        assert kept + drawn <= allocation
