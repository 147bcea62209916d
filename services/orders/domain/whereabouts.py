"""Where an order is, in plain words for the person who waits for it: one order through all its turns.

Never who gives, who was asked, or what money bears it: a gift is not to be thanked for by name (charity law, dignity of
who is helped: Social Assistance Law, art. 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

WORDS: Mapping[str, str] = {
    "asked_charity": "已转交慈善组织，等待发布 A charity has been asked",
    "on_the_hall": "已发布，等待爱心人士认领 Published; somebody may take it any day",
    "bureau_decides": "民政局正在安排其他办法 The bureau is finding another way",
    "money_asked": "正在安排改由政府购买 It is being arranged that it is bought",
    "seeking": "正在寻找服务机构 A provider is being sought",
    "taken": "已有人承接，请等待上门 Somebody has taken it and will come",
    "partly_done": "已完成一部分，其余正在安排 A part is done, the rest is being arranged",
    "checking": "服务已完成，正在验收 It was done and is being checked",
    "mending": "服务需补正，将再次上门 It is to be mended; somebody comes again",
    "done": "已完成 Done",
    "not_done": "服务验收不合格，民政局正在处理 It did not pass; the bureau sees to it",
    "ended": "已撤销或终止 It was called off or ended",
}
BY_STATE: Mapping[str, str] = {
    "nobody_found": "bureau_decides",
    "declined": "bureau_decides",
    "unclaimed": "bureau_decides",
    "considered": "money_asked",
    "matched": "taken",
    "completed": "checking",
    "returned": "mending",
    "accepted": "done",
    "turned_down": "not_done",
    "cancelled": "ended",
    "lapsed": "ended",
}


def where(state: str, kind: str, published_on: date | None, pieces_accepted: int) -> str:
    """The code of ``WORDS`` for an order in ``state``."""
    if state in BY_STATE:
        code = BY_STATE[state]
    elif kind == "love":
        code = "on_the_hall" if published_on else "asked_charity"
    else:
        code = "seeking"
    return "partly_done" if pieces_accepted and code in {"on_the_hall", "asked_charity"} else code
