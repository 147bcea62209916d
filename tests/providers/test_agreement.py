"""An agreement is held to its tender and its purchaser, changes day by day, and ends with what hangs on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.providers.domain.provider import (
    Agree,
    Agreed,
    Agreement,
    AgreementAmended,
    AgreementEnded,
    AgreementExtended,
    Amend,
    Certificate,
    CertificateShown,
    Extend,
    Held,
    Known,
    Lost,
    OpenOrder,
    OrdersReleased,
    Registered,
    ReleaseOrders,
    Remove,
    Removed,
    Suspended,
    Tendered,
    Terminate,
    Terms,
)
from services.providers.domain.register_rules import RegisterRules
from tests.providers.examples import A_PROVIDER, CODE, NOW, OTHER_TOWNSHIP, POLICY, TOWN, TOWNSHIP

REGISTERED = Registered(name="安宁家政", credit_code=CODE, kind="company", township=TOWNSHIP, point=TOWN, at=NOW)
AGREEMENT = Agreement(
    number="2026-01",
    items=("home_cleaning", "meal_help"),
    townships=(TOWNSHIP, OTHER_TOWNSHIP),
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    monthly_capacity=100,
    tender="NJZC-2026-011",
    amount_fen=40_000,
)
AGREED = Agreed(agreement=AGREEMENT, policy=POLICY.version, at=NOW)
KNOWN = Known(policy=POLICY)
TODAY = date(2026, 11, 2)
AMEND = Amend(
    number="2026-01", from_day=date(2026, 12, 1), items=("home_cleaning",), townships=None, monthly_capacity=80,
    amount_fen=None, most_orders=None, at=NOW,
)  # fmt: skip
TERMINATE = Terminate(
    number="2026-01", from_day=date(2026, 11, 10), reason_code="poor_service", document="宁民〔2026〕7号", at=NOW
)
RELEASE_AT = datetime(2026, 11, 10, 16, tzinfo=UTC)
ENDED = AgreementEnded(
    number="2026-01", from_day=date(2026, 11, 10), reason_code="poor_service", document="宁民〔2026〕7号",
    items=AGREEMENT.items, townships=AGREEMENT.townships, release_at=RELEASE_AT, at=NOW,
)  # fmt: skip
TENDER = Tendered(
    items=("home_cleaning", "meal_help"), amount_fen=100_000, awarded_fen=60_000, committed_fen=0, committed_here_fen=0
)


def ruled(**rules: object) -> Known:
    """Under the policy, with these rules of registers."""
    return Known(policy=replace(POLICY, registers=RegisterRules(**rules)))  # type: ignore[arg-type]


def agree(**changes: object) -> Agree:
    return Agree(agreement=replace(AGREEMENT, **changes), at=NOW)  # type: ignore[arg-type]


def test_a_township_buys_for_itself_only() -> None:
    own = agree(purchaser=TOWNSHIP, townships=(TOWNSHIP,))
    assert len(A_PROVIDER.given(REGISTERED).when(own, known=KNOWN).events) == 1
    A_PROVIDER.given(REGISTERED).when(agree(purchaser=TOWNSHIP), known=KNOWN).rejected("agreement.purchaser_elsewhere")


def test_county_and_city_buy_for_all_townships_in_them() -> None:
    for purchaser in ("130528", "130500", ""):
        assert len(A_PROVIDER.given(REGISTERED).when(agree(purchaser=purchaser), known=KNOWN).events) == 1
    for purchaser in ("130529", "130600"):
        elsewhere = agree(purchaser=purchaser)
        A_PROVIDER.given(REGISTERED).when(elsewhere, known=KNOWN).rejected("agreement.purchaser_elsewhere")


def test_an_agreement_of_a_registered_tender_needs_an_award() -> None:
    known = replace(KNOWN, tender=replace(TENDER, awarded_fen=None))
    A_PROVIDER.given(REGISTERED).when(agree(), known=known).rejected("agreement.not_awarded")
    assert len(A_PROVIDER.given(REGISTERED).when(agree(), known=replace(KNOWN, tender=TENDER)).events) == 1


def test_only_what_was_put_out_is_agreed() -> None:
    known = replace(KNOWN, tender=replace(TENDER, items=("home_cleaning",)))
    A_PROVIDER.given(REGISTERED).when(agree(), known=known).rejected("agreement.item_not_tendered")


def test_an_agreement_of_a_tender_names_its_amount() -> None:
    known = replace(KNOWN, tender=TENDER)
    A_PROVIDER.given(REGISTERED).when(agree(amount_fen=0), known=known).rejected("agreement.amount_missing")


def test_all_agreements_of_a_tender_stay_within_the_award_and_the_tender() -> None:
    nearly_spent = replace(KNOWN, tender=replace(TENDER, committed_fen=70_000))
    A_PROVIDER.given(REGISTERED).when(agree(), known=nearly_spent).rejected(
        "agreement.beyond_the_tender", left_fen=30_000
    )
    own_award_spent = replace(KNOWN, tender=replace(TENDER, committed_fen=30_000, committed_here_fen=30_000))
    A_PROVIDER.given(REGISTERED).when(agree(), known=own_award_spent).rejected(
        "agreement.beyond_the_tender", left_fen=30_000
    )


def test_where_the_pack_asks_the_tender_must_be_registered() -> None:
    known = ruled(tender_registered=True)
    A_PROVIDER.given(REGISTERED).when(agree(), known=known).rejected("agreement.tender_unknown")


def test_a_provider_shows_the_certificates_that_the_pack_asks_for_first() -> None:
    known = ruled(certificates=("business_licence",))
    A_PROVIDER.given(REGISTERED).when(agree(), known=known).rejected(
        "agreement.certificate_missing", kind="business_licence"
    )
    licence = Certificate(kind="business_licence", number="1", valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    shown = CertificateShown(certificate=licence, at=NOW)
    assert len(A_PROVIDER.given(REGISTERED, shown).when(agree(), known=known).events) == 1
    over = CertificateShown(certificate=replace(licence, valid_to=date(2025, 12, 31)), at=NOW)
    A_PROVIDER.given(REGISTERED, over).when(agree(), known=known).rejected("agreement.certificate_missing")


def test_two_agreements_overlap_only_where_the_pack_lets_them() -> None:
    second = agree(number="2026-02", items=("meal_help",), townships=(TOWNSHIP,), valid_from=date(2026, 12, 31))
    A_PROVIDER.given(REGISTERED, AGREED).when(second, known=ruled(overlap_refused=True)).rejected("agreement.overlaps")
    assert len(A_PROVIDER.given(REGISTERED, AGREED).when(second, known=KNOWN).events) == 1
    later = agree(number="2026-02", valid_from=date(2027, 1, 1), valid_to=date(2027, 6, 30))
    assert len(A_PROVIDER.given(REGISTERED, AGREED).when(later, known=ruled(overlap_refused=True)).events) == 1


def test_a_change_counts_from_its_day_and_leaves_the_rest() -> None:
    amended = A_PROVIDER.given(REGISTERED, AGREED).when(AMEND, known=KNOWN)
    terms = Terms(
        from_day=date(2026, 12, 1), items=("home_cleaning",), townships=AGREEMENT.townships, monthly_capacity=80,
        amount_fen=40_000, most_orders=0,
    )  # fmt: skip
    amended.then(AgreementAmended(number="2026-01", terms=terms, policy=POLICY.version, at=NOW))
    (held,) = amended.state.agreements
    assert held.during(date(2026, 11, 30), date(2026, 11, 30)).items == ("home_cleaning", "meal_help")
    assert held.during(date(2026, 11, 30), date(2026, 12, 1)).items == ("home_cleaning",)
    assert held.during(date(2026, 12, 1), date(2026, 12, 31)).monthly_capacity == 80
    amended.when(AMEND, known=KNOWN).then()


def test_nothing_is_changed_in_the_past_or_outside_the_term() -> None:
    yesterday = replace(AMEND, from_day=TODAY - timedelta(days=1))
    A_PROVIDER.given(REGISTERED, AGREED).when(yesterday, known=KNOWN).rejected("provider.day_is_past")
    after = replace(AMEND, from_day=date(2027, 1, 1))
    A_PROVIDER.given(REGISTERED, AGREED).when(after, known=KNOWN).rejected("agreement.outside_its_term")


def test_an_agreement_is_extended_within_the_longest_term() -> None:
    short = Agreed(agreement=replace(AGREEMENT, valid_to=date(2026, 11, 30)), policy=POLICY.version, at=NOW)
    extend = Extend(number="2026-01", valid_to=date(2026, 12, 31), at=NOW)
    extended = AgreementExtended(number="2026-01", valid_to=date(2026, 12, 31), policy=POLICY.version, at=NOW)
    A_PROVIDER.given(REGISTERED, short).when(extend, known=KNOWN).then(extended)
    longer = replace(extend, valid_to=date(2027, 1, 1))
    A_PROVIDER.given(REGISTERED, short).when(longer, known=KNOWN).rejected("agreement.too_long", longest_months=12)
    sooner = replace(extend, valid_to=date(2026, 10, 31))
    A_PROVIDER.given(REGISTERED, short).when(sooner, known=KNOWN).rejected("agreement.not_longer")


def test_a_termination_waits_for_late_reports_of_what_was_done_before() -> None:
    ended = A_PROVIDER.given(REGISTERED, AGREED).when(TERMINATE, known=KNOWN)
    ended.then(replace(ENDED, release_at=datetime(2026, 11, 9, 16, tzinfo=UTC) + timedelta(hours=24)))
    assert ended.state.agreements[0].last_day == date(2026, 11, 9)


def test_an_end_may_be_brought_forward_and_not_put_off() -> None:
    given = A_PROVIDER.given(REGISTERED, AGREED, ENDED)
    given.when(TERMINATE, known=KNOWN).then()
    given.when(replace(TERMINATE, from_day=date(2026, 11, 11)), known=KNOWN).rejected("agreement.ended")
    sooner = given.when(replace(TERMINATE, from_day=date(2026, 11, 3)), known=KNOWN)
    assert sooner.state.agreements[0].last_day == date(2026, 11, 2)


def test_removal_ends_every_agreement_that_would_still_count() -> None:
    over = Agreed(
        agreement=replace(
            AGREEMENT, number="2025-01", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)
        ),
        policy=POLICY.version,
        at=NOW,
    )  # fmt: skip
    remove = Remove(from_day=date(2026, 11, 10), reason_code="licence_revoked", document="", at=NOW)
    removed = A_PROVIDER.given(REGISTERED, over, AGREED).when(remove, known=KNOWN)
    assert [type(event) for event in removed.events] == [Removed, AgreementEnded]
    assert [held.last_day for held in removed.state.agreements] == [date(2025, 12, 31), date(2026, 11, 9)]
    removed.when(remove, known=KNOWN).then()
    removed.when(agree(number="2026-09"), known=KNOWN).rejected("provider.removed")


def order(number: int, first: date, last: date, **changes: object) -> OpenOrder:
    held = OpenOrder(
        order_id=UUID(int=number), agreement="2026-01", item="home_cleaning", township=TOWNSHIP, window_from=first,
        window_to=last,
    )  # fmt: skip
    return replace(held, **changes)  # type: ignore[arg-type]


BEFORE = order(1, date(2026, 11, 3), date(2026, 11, 9))
ACROSS = order(2, date(2026, 11, 8), date(2026, 11, 14))
AFTER = order(3, date(2026, 11, 10), date(2026, 11, 20))


def test_orders_after_the_end_are_released_at_once_and_those_across_it_when_reports_are_over() -> None:
    given, known = A_PROVIDER.given(REGISTERED, AGREED, ENDED), Known(orders=(BEFORE, ACROSS, AFTER))
    lost = Lost(order_id=UUID(int=3), agreement="2026-01", from_day=date(2026, 11, 10), reason_code="poor_service")
    given.when(ReleaseOrders(at=NOW), known=known).then(OrdersReleased(orders=(lost,), more=False, at=NOW))
    across = replace(lost, order_id=UUID(int=2))
    given.when(ReleaseOrders(at=RELEASE_AT), known=known).then(
        OrdersReleased(orders=(across, lost), more=False, at=RELEASE_AT)
    )
    given.when(ReleaseOrders(at=NOW), known=Known(orders=(BEFORE, ACROSS))).then()


def test_a_suspension_releases_only_what_has_no_day_left() -> None:
    suspended = Suspended(
        from_day=date(2026, 11, 5), to_day=date(2026, 11, 12), reason_code="inspection", document="",
        release_at=NOW, at=NOW,
    )  # fmt: skip
    inside = order(4, date(2026, 11, 6), date(2026, 11, 12))
    reaches_beyond = order(5, date(2026, 11, 6), date(2026, 11, 13))
    decided = A_PROVIDER.given(REGISTERED, AGREED, suspended).when(
        ReleaseOrders(at=NOW), known=Known(orders=(inside, reaches_beyond))
    )
    assert [lost.order_id for lost in decided.events[0].orders] == [UUID(int=4)]


def test_what_a_change_leaves_out_is_released() -> None:
    amended = A_PROVIDER.given(REGISTERED, AGREED).when(AMEND, known=KNOWN)
    kept = order(6, date(2026, 12, 1), date(2026, 12, 7))
    left_out = order(7, date(2026, 12, 1), date(2026, 12, 7), item="meal_help")
    begun = order(8, date(2026, 11, 28), date(2026, 12, 4), item="meal_help")
    decided = amended.when(ReleaseOrders(at=NOW), known=Known(orders=(kept, left_out, begun)))
    assert [(lost.order_id, lost.reason_code) for lost in decided.events[0].orders] == [
        (UUID(int=7), "agreement_amended")
    ]


def test_many_orders_are_released_in_portions() -> None:
    orders = tuple(order(number, date(2026, 11, 10), date(2026, 11, 20)) for number in range(1, 251))
    decided = A_PROVIDER.given(REGISTERED, AGREED, ENDED).when(ReleaseOrders(at=NOW), known=Known(orders=orders))
    (released,) = decided.events
    assert (len(released.orders), released.more) == (100, True)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
ITEMS = ("home_cleaning", "meal_help", "errands")


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(DAYS, st.lists(st.sampled_from(ITEMS), min_size=1, unique=True), st.integers(1, 99)),
                     max_size=4),
    days=st.tuples(DAYS, DAYS),
)  # fmt: skip
def test_what_holds_for_days_is_what_holds_on_each_of_them(
    changes: list[tuple[date, list[str], int]], days: tuple[date, date]
) -> None:
    first, last = sorted(days)
    terms = tuple(
        Terms(from_day=day, items=tuple(items), townships=(TOWNSHIP,), monthly_capacity=capacity, amount_fen=0,
              most_orders=0)
        for day, items, capacity in changes
    )  # fmt: skip
    held = Held(agreed=AGREEMENT, valid_to=AGREEMENT.valid_to, changes=terms)
    each = [held.during(day, day) for day in (first + timedelta(days=n) for n in range((last - first).days + 1))]
    whole = held.during(first, last)
    assert set(whole.items) == set.intersection(*(set(one.items) for one in each))
    assert set(whole.townships) == set.intersection(*(set(one.townships) for one in each))
    assert whole.monthly_capacity == min(one.monthly_capacity for one in each)
