"""A name as it may hang in a village: the surname stays, the rest does not."""

from __future__ import annotations

COMPOUND = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯"}
)


def masked(name: str) -> str:
    """``张三`` and ``张小三`` are ``张**``, ``欧阳修`` is ``欧阳**``; how long the rest is does not show."""
    surname = name[:2] if name[:2] in COMPOUND and len(name) > len("欧阳") else name[:1]
    return f"{surname}**"
