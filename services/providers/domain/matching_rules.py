"""What a county's pack says about matching, ``[providers.matching]``, and what holds where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AFTER_MINUTES = 30
LEAST_DAYS_LEFT = 3
MOST_ORDERS = 2_000
OFTEN_PERCENT = 30


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What each part of a cost weighs. The defaults put one part before the next, whatever the later ones are."""

    continuity: int = 0
    same_provider: int = 100_000_000
    minute: int = 10_000
    load: int = 1
    fairness: int = 0
    uncovered: int = 10_000_000_000


@dataclass(frozen=True, kw_only=True)
class Asks:
    """What an item asks for: one of the provider's certificates, one of the worker's qualifications, a training."""

    certificates_any: tuple[str, ...] = ()
    qualifications_any: tuple[str, ...] = ()
    trained: bool = False


@dataclass(frozen=True, kw_only=True)
class Matching:
    """``batch``: orders wait up to ``after_minutes`` to be decided together, if ``least_days_left`` days of their
    window remain after that; a run takes ``most_orders``. Who declines ``often_percent`` of its offers stands out.
    """

    batch: bool = False
    after_minutes: int = AFTER_MINUTES
    least_days_left: int = LEAST_DAYS_LEFT
    most_orders: int = MOST_ORDERS
    often_percent: int = OFTEN_PERCENT
    weight: Weight = Weight()
    asks: Mapping[str, Asks] = field(default_factory=dict)


DEFAULT = Matching()


def read(section: Mapping[str, Any] | None) -> Matching:
    """The section ``[providers.matching]``; None gives the defaults."""
    if section is None:
        return DEFAULT
    weight = {name: value for name, value in section.get("weight", {}).items() if name != "cite"}
    return Matching(
        batch=section.get("batch", False),
        after_minutes=section.get("after_minutes", AFTER_MINUTES),
        least_days_left=section.get("least_days_left", LEAST_DAYS_LEFT),
        most_orders=section.get("most_orders", MOST_ORDERS),
        often_percent=section.get("declines", {}).get("often_percent", OFTEN_PERCENT),
        weight=Weight(**weight),
        asks={
            entry["item"]: Asks(
                certificates_any=tuple(entry.get("certificates_any", ())),
                qualifications_any=tuple(entry.get("qualifications_any", ())),
                trained=entry.get("trained", False),
            )
            for entry in section.get("asks", ())
        },
    )
