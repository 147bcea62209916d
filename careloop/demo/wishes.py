"""What people need that nobody is bought for, and what becomes of each wish: the love orders of a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Course = Literal["plain", "withdrawn", "no_show", "pieces", "money", "declined", "unclaimed", "forgotten"]
"""What happens to it: the winner comes; steps back; does not come; several share it; money is collected; the first
charity declines it; nobody claims it; the winner lets the hold run out."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """``price_fen`` a piece is agreed with who does it, 0 for a gift; ``shares`` are the pieces each one asks for."""

    item: str
    price_fen: int
    wording: str
    course: Course = "plain"
    form: str = "service"
    places: int = 1
    shares: tuple[int, ...] = (1,)


WISHES = (
    Wish(item="counselling", price_fen=80_00, wording="陪一位独居老人说说话（示例）"),
    Wish(item="housekeeping", price_fen=60_00, wording="换季拆洗被褥一次（示例）", course="withdrawn"),
    Wish(item="errands", price_fen=0, wording="代买一次生活用品，爱心奉献（示例）", course="no_show"),
    Wish(
        item="individual_service", price_fen=45_00, wording="大米十袋，可分几家认领（示例）",
        course="pieces", form="goods", places=10, shares=(3, 5, 2),
    ),
    Wish(
        item="individual_service", price_fen=25_00, wording="冬季棉衣被褥款，四份（示例）",
        course="money", form="money", places=4, shares=(1, 1, 2),
    ),
    Wish(item="attendance", price_fen=0, wording="陪同就医一次（示例）", course="declined"),
    Wish(item="home_cleaning", price_fen=50_00, wording="打扫院落一次（示例）", course="unclaimed"),
)  # fmt: skip
RARE = Wish(item="social_inclusion", price_fen=0, wording="陪同参加一次社区活动（示例）")
"""What was to be bought and nobody sells (``deciding``): given instead."""
LISTED = (
    Wish(item="housekeeping", price_fen=0, wording="理发、洗衣，慈善组织测算（示例）", course="forgotten"),
    Wish(item="counselling", price_fen=0, wording="每周陪聊，慈善组织测算（示例）"),
    Wish(item="home_cleaning", price_fen=0, wording="打扫居室，慈善组织测算（示例）"),
    Wish(item="attendance", price_fen=0, wording="陪同复诊，慈善组织测算（示例）"),
)
"""Who is on the month's list (``listing``): what a charity decides to give each of them, as a gift."""
