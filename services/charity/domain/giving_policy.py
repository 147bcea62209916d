"""What a pack says of giving: the sections ``[charity.donations]`` and ``[charity.giving]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PLEDGE_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Giving:
    """``anonymity``: donors may stay unnamed. A pledge stands for ``pledge_days`` (30 where the pack names none); who
    did at least ``honour_minutes`` in a year may stand on the honour list (0: everybody who agreed); ``minutes`` are
    those of a piece of an item, for who reports none (0 where the pack names none)."""

    appeals: bool = True
    village_funds: bool = True
    anonymity: bool = True
    pledge_days: int = PLEDGE_DAYS
    honour_minutes: int = 0
    minutes: Mapping[str, int] = field(default_factory=dict)


def read(charity: Mapping[str, Any]) -> Giving:
    """The two sections of ``[charity]``."""
    donations, giving = charity["donations"], charity.get("giving", {})
    return Giving(
        appeals=donations["appeals"],
        village_funds=donations["community_funds"],
        anonymity=donations["anonymity"] == "on_request",
        pledge_days=giving.get("pledge_days", PLEDGE_DAYS),
        honour_minutes=giving.get("honour_minutes", 0),
        minutes={one["item"]: one["minutes"] for one in giving.get("minutes", ())},
    )
