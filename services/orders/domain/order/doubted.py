"""What is told about a completion after it was reported: a doubt that keeps it from being accepted by itself, and its
end (S3: no red exception open).

    waiting ─ Doubt ─▶ Doubted (a person looks) ─ Clear ─▶ Cleared (its days begin anew)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Colours = tuple[tuple[str, str], ...]
"""Each code with its colour: red, amber, or grey where the fault was the platform's."""

OWN: Mapping[str, tuple[str, str]] = {
    "not_matched": ("报告机构未承接该订单", "It was told by somebody who had not taken the order"),
    "one_visit_too_many": ("服务次数超过订单", "There is one visit more than ordered"),
    "other_item": ("服务项目与订单不符", "The item is not the one ordered"),
    "more_units_than_ordered": ("数量超过订单", "There are more units than ordered"),
    "after_cancellation": ("服务日在订单取消之后", "The order had been cancelled before"),
    "in_hospital": ("服务日对象住院", "The person lay in hospital that day"),
    "person_died": ("服务日在对象去世之后", "The person had died before"),
    "plan_ended": ("服务日在方案结束之后", "The plan had ended before"),
    "plan_suspended": ("服务日方案暂停", "The plan rested that day"),
}
"""What orders notice themselves, Chinese and English. All of it is red; nobody lifts it, a person of the bureau judges
the completion."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something red was noticed; ``exceptions`` are all codes that stand now."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Clear:
    """Nothing red of the provider's side stands any more, or never stood; ``exceptions`` are all codes that do."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Doubted:
    """It is not accepted by itself any more: a person looks."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    at: datetime
    colours: Colours = ()


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """What stands from now on; ``red`` where orders have a doubt of their own, ``accepts_at`` None for never."""

    visit_id: UUID
    exceptions: tuple[str, ...]
    colours: Colours
    red: bool
    accepts_at: datetime | None
    at: datetime


def grey(colours: Colours) -> bool:
    """Whether something was the platform's fault; such a completion is always drawn for the spot check."""
    return any(colour == "grey" for _, colour in colours)
