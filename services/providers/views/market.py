"""The county's supply in figures, and which villages it reaches: computed from the registers on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.providers.domain import calendar, reach
from services.providers.domain.policy import Policy
from services.providers.domain.reach import Point
from services.providers.views.register_rows import Supplier

SUPPLIERS = "select id, kind, outlets, agreements, certificates, stops from providers where county = $1 order by id"
PLACES = "select code, latitude_udeg, longitude_udeg from places where county = $1 order by code limit 20000"
WORKERS = (
    "select provider, village, trained_to, evaluated, evaluated_on, low_income from workers"
    " where county = $1 and (left_on is null or left_on > $2) order by id"
)


@dataclass(frozen=True, kw_only=True)
class Start:
    """A point from which somebody sets out: an outlet by name, or a worker's village."""

    provider: UUID
    point: Point
    outlet: str = ""
    serves: frozenset[str] = frozenset()
    townships: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """A village and who is nearest to it; ``minutes`` None where nobody may come at all."""

    village: str
    minutes: int | None
    provider: UUID | None
    outlet: str
    reached: bool


def starts(rows: Iterable[Mapping[str, Any]], workers: Iterable[Mapping[str, Any]], day: date,
           points: Mapping[str, Point], policy: Policy) -> list[Start]:  # fmt: skip
    """Open outlets and workers' villages of providers that may take orders on ``day``, with the townships agreed."""
    found: list[Start] = []
    agreed: dict[UUID, frozenset[str]] = {}
    for row in rows:
        supplier = Supplier.of(row)
        townships = agreed_townships(supplier, day)
        if not townships or supplier.unfit(policy, day, day) is not None:
            continue
        agreed[supplier.id] = townships
        found += [
            Start(
                provider=supplier.id,
                point=outlet.point,
                outlet=outlet.name,
                serves=frozenset(outlet.serves),
                townships=townships,
            )
            for outlet in supplier.outlets
            if (outlet.opened_on is None or outlet.opened_on <= day)
            and (outlet.closed_on is None or day < outlet.closed_on)
        ]
    found += [
        Start(provider=row["provider"], point=points[row["village"]], townships=agreed[row["provider"]])
        for row in workers
        if row["provider"] in agreed and row["village"] in points
    ]
    return found


def agreed_townships(supplier: Supplier, day: date) -> frozenset[str]:
    """The townships of its agreements that count on ``day``."""
    standing = [held for held in supplier.agreements if held.agreed.valid_from <= day <= held.last_day]
    return frozenset(code for held in standing for code in held.during(day, day).townships)


def nearest(villages: Iterable[tuple[str, Point]], starts: Sequence[Start], policy: Policy) -> list[Nearest]:
    """For each village who is nearest of those who serve its township; ties by the order of ``starts``."""
    found = []
    for code, point in villages:
        ways = [
            (reach.minutes(reach.metres(start.point, point), policy), place)
            for place, start in enumerate(starts)
            if code[:9] in start.townships and (not start.serves or not start.serves.isdisjoint((code, code[:9])))
        ]
        if not ways:
            found.append(Nearest(village=code, minutes=None, provider=None, outlet="", reached=False))
            continue
        minutes, place = min(ways)
        found.append(
            Nearest(
                village=code,
                minutes=minutes,
                provider=starts[place].provider,
                outlet=starts[place].outlet,
                reached=minutes <= policy.reach_within_minutes,
            )
        )
    return found


def figures(rows: Sequence[Mapping[str, Any]], workers: Sequence[Mapping[str, Any]], day: date,
            policy: Policy) -> dict[str, Any]:  # fmt: skip
    """How many organisations by kind stand on ``day``, what they have, and whom they employ."""
    suppliers = [(row["kind"], Supplier.of(row)) for row in rows]
    standing = [(kind, one) for kind, one in suppliers if not any(stop.covers(day) for stop in one.stops)]
    agreements = [
        held.during(day, day)
        for _, one in standing
        for held in one.agreements
        if held.agreed.valid_from <= day <= held.last_day
    ]
    ids = {one.id for _, one in standing}
    staff = [row for row in workers if row["provider"] in ids]
    rules = policy.registers
    low = sum(row["low_income"] for row in staff)
    return {
        "organisations": len(standing),
        "organisations_aim": rules.organisations_aim or None,
        "stopped": len(suppliers) - len(standing),
        "by_kind": dict(sorted(Counter(kind for kind, _ in standing).items())),
        "with_agreement": sum(bool(agreed_townships(one, day)) for _, one in standing),
        "outlets": sum(len(one.points(day, day, _anywhere(one))) for _, one in standing),
        "agreements": len(agreements),
        "monthly_capacity": sum(one.monthly_capacity for one in agreements),
        "workers": len(staff),
        "workers_trained": sum(row["trained_to"] is not None and row["trained_to"] >= day for row in staff),
        "workers_evaluated": sum(_evaluated(row["evaluated_on"], day, rules.evaluate_every_months) for row in staff),
        "workers_low_income": low,
        "low_income_percent": low * 100 // len(staff) if staff else None,
        "low_income_aim_percent": rules.low_income_aim_percent or None,
    }


def _anywhere(supplier: Supplier) -> set[str]:
    """Every region that some outlet serves: so each open outlet counts."""
    return {code for outlet in supplier.outlets for code in outlet.serves}


def _evaluated(evaluated_on: date | None, day: date, every_months: int) -> bool:
    """Whether an evaluation is not older than the pack allows; any counts where it does not say."""
    if evaluated_on is None:
        return False
    return not every_months or day < calendar.months_after(evaluated_on, every_months)
