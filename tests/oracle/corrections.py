"""What closed months still owe or are owed, and why (S11)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from .evidence import View, month_of
from .exact import Json
from .reckoning import Reckoning, Request, reckon_all
from .versions import Version

GRAVITY = ("violation", "mistake", "ruling", "late", "policy", "objective")
Subject = TypeVar("Subject")
Key = tuple[str, str, str]
"""payee, purchaser, rule"""


def corrections(now: View, before: View | None, known: list[Version], closed: list[Json]) -> list[tuple[Key, Json]]:
    """Every correction that this close makes: its payee, purchaser and rule, and its row."""
    if before is None:
        return []
    reckoned = iter(reckon_all(lookbacks(now, before, known, closed)))
    rows: list[tuple[Key, Json]] = []
    for answer, at_last_close, policy_alone, today in zip(closed, reckoned, reckoned, reckoned, strict=True):
        rows += _of_month(Revision(now, before, answer["month"], at_last_close, policy_alone, today), closed)
    return rows


def lookbacks(now: View, before: View | None, known: list[Version], closed: list[Json]) -> list[Request]:
    """Each closed month three times: as of the last close, with those facts under today's versions, and today."""
    found: list[Request] = []
    if before is None:
        return found
    for answer in closed:
        at_last_close = [version for version in known if version.name in closed[-1]["policies"]]
        then = versions_behind(at_last_close, answer["policies"])
        today = versions_behind(known, answer["policies"])
        month = answer["month"]
        found += [(before, month, then), (before, month, today), (now, month, today)]
    return found


def versions_behind(known: list[Version], certificate: list[str]) -> list[Version]:
    """The versions a closed month rests on: its certificate's, and retroactive ones known since."""
    return [version for version in known if version.name in certificate or version.retroactive]


class Revision:
    """A closed month as of the last close, with the last close's facts under today's versions, and today."""

    def __init__(
        self, now: View, before: View, month: str, then: Reckoning, policy_alone: Reckoning, today: Reckoning
    ) -> None:
        self.month = month
        self.then = then
        self.policy_alone = policy_alone
        self.now = today
        old = {fact["id"] for fact in before.raw}
        self.fresh = [fact for fact in now.raw if fact["id"] not in old and month_of(fact) == month]
        self.by_id = {fact["id"]: fact for fact in now.raw}

    def causes(self, key: Key) -> list[str]:
        """Why the net of a payee, purchaser and rule moved since the last close, gravest first."""
        persons = _changed(_by_person(self.then, key), _by_person(self.now, key))
        townships = _changed(_by_township(self.then, key), _by_township(self.now, key))
        found = {cause for fact in self.fresh for cause in self._cause(fact, key, persons, townships)}
        if self.policy_alone.net().get(key, 0) != self.then.net().get(key, 0):
            found.add("policy")
        return sorted(found or {"late"}, key=GRAVITY.index)

    def _cause(self, fact: Json, key: Key, persons: set[str | None], townships: set[str]) -> Iterator[str]:
        about = self._about(fact)
        person = about.get("person")
        if about["kind"] == "grade":
            concerned = about["payee"] == key[0] and about["township"] in townships
        else:
            concerned = person in persons and (
                person is not None or (about.get("payee"), about.get("purchaser")) == key[:2]
            )
        if concerned:
            yield fact.get("cause") or ("ruling" if fact["kind"] == "ruling" else "late")

    def _about(self, fact: Json) -> Json:
        """What a ruling is about in the end, through rulings on rulings; any other fact itself."""
        while "fact" in fact and fact["fact"] in self.by_id:
            fact = self.by_id[fact["fact"]]
        return fact


def _of_month(revision: Revision, closed: list[Json]) -> Iterator[tuple[Key, Json]]:
    settled = _settled(revision.month, closed)
    net = revision.now.net()
    for key in sorted(set(settled) | set(net)):
        moved = net.get(key, 0) - settled.get(key, 0)
        if moved:
            causes = revision.causes(key)
            yield key, {"month": revision.month, "rule": key[2], "fen": moved, "cause": causes[0], "causes": causes}


def _settled(month: str, closed: list[Json]) -> dict[Key, int]:
    """Net at the month's close plus the corrections already made to it."""
    total: dict[Key, int] = defaultdict(int)
    for answer in closed:
        for statement in answer["statements"]:
            rows = [row for row in statement["corrections"] if row["month"] == month]
            if answer["month"] == month:
                rows += statement["groups"] + statement["deductions"]
            for row in rows:
                total[(statement["payee"], statement["purchaser"], row["rule"])] += row["fen"]
    return total


def _by_person(month: Reckoning, key: Key) -> dict[tuple[str | None, str], int]:
    """Fen of the key's lines by person and township."""
    total: dict[tuple[str | None, str], int] = defaultdict(int)
    for line in month.lines:
        if (line.payee, line.purchaser, line.rule) == key:
            total[(line.person, line.township)] += line.fen
    return total


def _by_township(month: Reckoning, key: Key) -> dict[tuple[str, str], int]:
    """Deducted fen of the key by township."""
    return {(at[3], ""): amount for at, (_, amount) in month.deductions.items() if at[:3] == key}


def _changed(then: dict[tuple[Subject, str], int], now: dict[tuple[Subject, str], int]) -> set[Subject]:
    return {at[0] for at in {*then, *now} if then.get(at, 0) != now.get(at, 0)}
