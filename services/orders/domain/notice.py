"""The notice in the village: who is helped, names masked, expiring, minors only counted (localities.md, point 10;
Social Assistance Law, art. 45; paper 001, part 4 (10); paper 000, part 2 (2)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.orders.domain.days import completed_years
from services.orders.domain.masking import masked

ADULT = 18


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What hangs about one need of a person; ``name`` is empty for a minor and for who was erased."""

    person: UUID
    name: str
    born: date
    groups: tuple[str, ...]
    from_day: date | None
    posted_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One person's line."""

    masked: str
    groups: tuple[str, ...]
    from_day: date | None
    posted_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The whole notice of a village on a day."""

    village: str
    day: date
    entries: tuple[Entry, ...]
    minors: int

    @property
    def text(self) -> str:
        """For printing, in Chinese."""
        lines = ["服务类社会救助对象公示", f"村（社区）代码：{self.village}　公示日：{self.day.isoformat()}"]
        lines += [f"{number}. {_line(entry)}" for number, entry in enumerate(self.entries, 1)]
        if self.minors:
            lines.append(f"另有未成年人 {self.minors} 人，不公示姓名。")
        if not self.entries and not self.minors:
            lines.append("当日无公示内容。")
        lines.append("如有异议，请向乡镇人民政府（街道办事处）或县民政局反映。")
        return "\n".join(lines)


def is_minor(born: date, day: date) -> bool:
    """Whether only a number may stand for the person."""
    return completed_years(born, day) < ADULT


def groups_of(items: Iterable[str], group_of: Mapping[str, str]) -> tuple[str, ...]:
    """The groups of ``items``, each once; an item that left the catalogue has none."""
    return tuple(dict.fromkeys(group_of[item] for item in items if item in group_of))


def of_a_village(village: str, day: date, hanging: Iterable[Posted]) -> Notice:
    """One line a person, however many needs of theirs hang; minors are counted once each."""
    lines: dict[UUID, Entry] = {}
    minors = set()
    for posted in hanging:
        if is_minor(posted.born, day):
            minors.add(posted.person)
        else:
            lines[posted.person] = _joined(lines.get(posted.person), posted)
    return Notice(village=village, day=day, entries=tuple(lines.values()), minors=len(minors))


def _joined(before: Entry | None, posted: Posted) -> Entry:
    """The person's line with one need more; it hangs as long as the longest."""
    if before is None:
        return Entry(
            masked=masked(posted.name),
            groups=posted.groups,
            from_day=posted.from_day,
            posted_on=posted.posted_on,
            until=posted.until,
        )
    until = None if before.until is None or posted.until is None else max(before.until, posted.until)
    return Entry(
        masked=before.masked,
        groups=tuple(dict.fromkeys((*before.groups, *posted.groups))),
        from_day=before.from_day,
        posted_on=min(before.posted_on, posted.posted_on),
        until=until,
    )


def _line(entry: Entry) -> str:
    begins = f"自 {entry.from_day.isoformat()} 起" if entry.from_day else "待开始"
    ends = f"至 {entry.until.isoformat()}" if entry.until else "长期"
    return f"{entry.masked}　{'、'.join(entry.groups)}　{begins}　公示 {entry.posted_on.isoformat()} {ends}"
