"""A county's worth of waiting orders and workers, from a seed: what the batch of matching is measured and tested on.

Townships lie in a row of circles some kilometres across; providers agree for a few neighbouring townships and have
workers in each, who set out from villages. Half of the persons were served before, by a worker of their township.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from services.providers.domain.matching_rules import Matching, Weight
from services.providers.domain.policy import Policy
from services.providers.domain.provider import Agreement, Held, Outlet
from services.providers.domain.ranking import Order, Served
from services.providers.domain.reach import Point
from services.providers.views.problem import Waiting
from services.providers.views.register_rows import Supplier
from services.providers.views.supply import Staff, Supply

ITEMS = ("home_cleaning", "laundry", "meal_help", "haircut")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
VILLAGES = 25
SERVED_BEFORE = 0.5

RULES = Policy(
    version="130528/bench",
    effective_from=FIRST,
    answer_within_minutes=1440,
    most_offers=3,
    reach_within_minutes=30,
    speed_km_per_hour=30,
    detour_percent=130,
    tender=False,
    longest_months=12,
    minimum_minutes=20,
    minimum_minutes_by_item={},
    report_within_hours=24,
    one_time_code=False,
    matching=Matching(
        batch=True,
        most_orders=20_000,
        weight=Weight(continuity=300, same_provider=100, minute=10, load=1, fairness=1, uncovered=1_000_000),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Orders that wait, and who could serve them."""

    waiting: list[Waiting]
    supply: Supply


def crowd(orders: int, workers: int, *, seed: int, townships: int = 18, slack_percent: int = 120) -> Crowd:
    """``slack_percent`` of what is wanted fits into the workers' months, and a little less into the agreements'."""
    random = Random(seed)
    codes = [f"1305281{place:02d}" for place in range(townships)]
    points = {code: point for place, code in enumerate(codes) for code, point in _villages(random, place, code)}
    staff, agreements = _providers(random, codes, orders, workers, slack_percent)
    supply = Supply(
        suppliers=[_supplier(provider, agreement, points) for provider, agreement in agreements],
        staff=staff,
        points=points,
    )
    for provider, agreement in agreements:
        supply.taken[provider, agreement.number, "2026-11"] = random.randrange(agreement.monthly_capacity // 10 + 1)
    known: dict[str, list[Served]] = {code: [] for code in codes}
    for (provider, code), crew in staff.items():
        known[code] += [Served(provider=provider, worker=one.worker) for one in crew]
    return Crowd(waiting=[_order(random, place, codes, known) for place in range(orders)], supply=supply)


def _villages(random: Random, place: int, code: str) -> list[tuple[str, Point]]:
    """Villages of a township, up to some seven kilometres from its middle."""
    return [
        (
            f"{code}{village:03d}",
            Point(
                latitude_udeg=37_500_000 + random.randrange(-60_000, 60_000),
                longitude_udeg=114_000_000 + 130_000 * place + random.randrange(-75_000, 75_000),
            ),
        )
        for village in range(200, 200 + VILLAGES)
    ]


def _providers(
    random: Random, codes: list[str], orders: int, workers: int, slack_percent: int
) -> tuple[dict[tuple[UUID, str], list[Staff]], list[tuple[UUID, Agreement]]]:
    staff: dict[tuple[UUID, str], list[Staff]] = {}
    agreements = []
    count = max(2 * len(codes) // 3, workers // 25)
    month = max(1, orders * slack_percent // (100 * workers))
    for number in range(count):
        provider = UUID(int=random.getrandbits(128))
        served = tuple(sorted({codes[(3 * number + step) % len(codes)] for step in range(3)}))
        own = len(range(number, workers, count))
        for place in range(own):
            staff.setdefault((provider, served[place % len(served)]), []).append(
                _worker(random, served[place % len(served)], month)
            )
        capacity = max(1, own * month * 95 // 100)
        agreements.append((provider, _agreement(f"{number:04d}", served, capacity)))
    return staff, agreements


def _supplier(provider: UUID, agreement: Agreement, points: dict[str, Point]) -> Supplier:
    """With one outlet that serves everywhere; its workers set out from their own villages."""
    village = f"{agreement.townships[0]}200"
    outlets = (Outlet(name="网点", point=points[village], village=village),)
    held = Held(agreed=agreement, valid_to=agreement.valid_to)
    return Supplier(id=provider, outlets=outlets, agreements=(held,), certificates=(), stops=())


def _worker(random: Random, township: str, month: int) -> Staff:
    return Staff(
        worker=UUID(int=random.getrandbits(128)),
        outlet="",
        village=f"{township}{random.randrange(200, 200 + VILLAGES):03d}",
        qualifications=(),
        trained_to=None,
        monthly_capacity=random.randrange(max(1, month // 2), month * 3 // 2 + 2),
    )


def _agreement(number: str, townships: tuple[str, ...], capacity: int) -> Agreement:
    return Agreement(
        number=number, items=ITEMS, townships=townships, valid_from=FIRST, valid_to=LAST, monthly_capacity=capacity,
        tender="",
    )  # fmt: skip


def _order(random: Random, place: int, codes: list[str], known: dict[str, list[Served]]) -> Waiting:
    township = random.choice(codes)
    served = None
    if known[township] and random.random() < SERVED_BEFORE:
        served = random.choice(known[township])
    order = Order(
        kind="purchase",
        person=UUID(int=place + 1),
        item=random.choice(ITEMS),
        units=1,
        township=township,
        village=f"{township}{random.randrange(200, 200 + VILLAGES):03d}",
        window_from=FIRST,
        window_to=LAST,
        assigned=None,
        policy=RULES.version,
    )
    return Waiting(id=UUID(int=random.getrandbits(128)), order=order, policy=RULES, served=served)
