"""Where a case stands, in words for the person who asks: what comes next, by code."""

from __future__ import annotations

from collections.abc import Mapping

NEXT: Mapping[str, Mapping[str, str]] = {
    "need": {
        "registered": "survey",
        "surveyed": "review",
        "confirmed": "assessment",
        "approved": "plan",
        "refused": "none",
        "withdrawn": "none",
        "watched": "look_again",
    },
    "plan": {
        "drawn_unposted": "notice",
        "drawn_posted": "start",
        "started": "service",
        "suspended": "resumption",
        "ended": "none",
    },
}
"""The next step of each stage: 入户调查, 审核确认, 评估测算, 形成方案, 公示, 开始服务, 提供服务."""


def next_step(thing: str, state: str) -> str:
    """What comes after ``state``; ``none`` where nothing does."""
    return NEXT[thing].get(state, "none")
