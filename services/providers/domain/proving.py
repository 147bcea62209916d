"""What a county's pack says of proofs: the optional section ``[providers.proofs]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PHONE = "phone"
WAYS = frozenset({"code", "place", "photo", "signature", "register"})
"""What counts for an item for which the pack names nothing."""


@dataclass(frozen=True, kw_only=True)
class Proving:
    """``uploaded``: a visit names only pictures that were uploaded. ``alike_distance``: pictures that differ in at most
    so many of 64 bits are alike (None: only the same picture is noticed). ``at_least``: so many ways of proof."""

    uploaded: bool = False
    alike_distance: int | None = None
    at_least: int = 0
    modes_by_item: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def by_phone(self, item: str) -> bool:
        """Whether a visit for ``item`` may be one by phone."""
        return PHONE in self.modes_by_item.get(item, ())

    def counting(self, item: str) -> frozenset[str]:
        """The ways that count for ``item``."""
        return self.modes_by_item.get(item, WAYS)


def read(section: Mapping[str, Any]) -> Proving:
    """The section; nothing is asked where the pack has none."""
    return Proving(
        uploaded=section.get("uploaded", False),
        alike_distance=section.get("alike_distance"),
        at_least=section.get("at_least", 0),
        modes_by_item={item: frozenset(modes) for item, modes in section.get("modes_by_item", {}).items()},
    )
