"""The book of a pot, one line for money and one for each item given in kind: in, set aside, spent, back, moved, left.

``what`` is ``money`` (amounts in fen) or the code of an item (amounts in pieces). Nothing is promised twice because
nothing is set aside that is not ``left``:

    left = received + moved in − moved out − allotted + returned ≥ 0
    bound = allotted − returned − spent ≥ 0
"""

from __future__ import annotations

from dataclasses import dataclass

MONEY = "money"


@dataclass(frozen=True, kw_only=True)
class Line:
    """Sums since the pot was opened; only ``spent`` and ``received`` are ever taken back, by a correction."""

    received: int = 0
    moved_in: int = 0
    moved_out: int = 0
    allotted: int = 0
    returned: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What is set aside for no order."""
        return self.received + self.moved_in - self.moved_out - self.allotted + self.returned

    @property
    def bound(self) -> int:
        """What is set aside for orders and not spent yet."""
        return self.allotted - self.returned - self.spent


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a pot has set aside for one order."""

    allotted: int = 0
    returned: int = 0
    spent: int = 0

    @property
    def bound(self) -> int:
        """What is still there for the order."""
        return self.allotted - self.returned - self.spent
