"""Who may do what: the policies' answers, remembered, and what a denial is called.

A decision depends on the caller's role, place and owner, on the thing's place, and on whether the caller is among its
owners and among those who had a hand in it. That is little, so a usual request finds its answer in a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from chassis.cedar import Policies, Question

REMEMBERED_MAX = 16_384
"""Decisions remembered at once, of each sort."""
COUNTY_WIDE = frozenset({"Register", "Account"})
"""Kinds of things that have neither a township nor an owner: the edge decides alone."""
SOME = "~"
"""A township, an owner, a person that is nobody's in particular."""
MINE = "mine"
_A_COUNTY = "100000"


class Calling(Protocol):
    """What is looked at of a caller, see ``auth.Caller``."""

    @property
    def subject(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def county(self) -> str: ...

    @property
    def owner(self) -> str: ...

    @property
    def township(self) -> str: ...


class Resource(NamedTuple):
    """A thing: its tenant, its township (empty: all of the county's), whose it is, and who had a hand in it."""

    county: str
    township: str = ""
    owners: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


class Reach(NamedTuple):
    """Which rows a caller may see.

    ``township``: empty for those of all townships, else the only one; None for none. ``county_rows``: also those that
    belong to no township. ``owner``: None for everybody's, else the only one whose rows.
    """

    township: str | None
    county_rows: bool
    owner: str | None

    @property
    def everything(self) -> bool:
        """Whether nothing is kept back."""
        return self.township == "" and self.county_rows and self.owner is None


NOTHING = Reach(None, False, None)


class _Case(NamedTuple):
    """What a decision depends on: caller and thing, relative to each other."""

    action: str
    role: str
    county: str
    township: str
    named: bool
    at_county: str
    at_township: str
    own: bool
    acted: bool


class Authority:
    """Asks the policies, and remembers what they say."""

    def __init__(self, policies: Policies) -> None:
        self.policies = policies
        self._everyone = sorted(policies.groups["everyone"])
        self._may = cache(self._find_may)
        self._code = lru_cache(REMEMBERED_MAX)(self._find_code)
        self._entry = lru_cache(REMEMBERED_MAX)(self._find_entry)
        self._extent = lru_cache(REMEMBERED_MAX)(self._find_extent)
        self._seen = lru_cache(REMEMBERED_MAX)(self._find_seen)

    @classmethod
    def load(cls, *folders: Path) -> Authority:
        """The authority of the policies in ``folders``; one a process. ValueError for policies that are not valid."""
        return _loaded(tuple(folder.resolve() for folder in folders))

    def knows(self, action: str) -> bool:
        """Whether the schema has ``action`` and some role may do it."""
        return action in self.policies.kinds and any(self._may(action, role) for role in self._everyone)

    def asks_further(self, action: str) -> bool:
        """Whether the thing itself must be looked at: it may have a township, an owner, actors."""
        return self.policies.kinds[action] not in COUNTY_WIDE

    def hides(self, role: str) -> bool:
        """Whether ``role`` is not even told that what is another's exists."""
        return role in self.policies.groups["bodies"]

    def roles(self, action: str) -> frozenset[str]:
        """The roles that may do ``action`` to something; KeyError for an action that the schema does not have."""
        return frozenset(role for role in self._everyone if self._may(action, role))

    def may(self, action: str, role: str) -> bool:
        """Whether ``role`` is among ``roles(action)``; a dictionary look-up once it was asked."""
        return self._may(action, role)

    def refusal(self, caller: Calling, action: str, resource: Resource) -> str | None:
        """None where it is permitted, else ``forbidden.role .county .township .owner .conflict``."""
        owner = caller.owner
        return self._code(
            action, caller.role, caller.county, caller.township, owner != "", resource.county, resource.township,
            owner != "" and owner in resource.owners, caller.subject in resource.actors,
        )  # fmt: skip

    def entry(self, caller: Calling, action: str, county: str) -> str | None:
        """None where ``action`` may be permitted on something in ``county``, else ``forbidden.role`` or ``.county``.

        For what is county-wide that is the whole decision.
        """
        return self._entry(action, caller.role, caller.county, caller.township, caller.owner != "", county)

    def reach(self, caller: Calling, action: str, county: str) -> Reach:
        """Which rows of ``county`` the caller may see by ``action``."""
        township, county_rows, owned = self._extent(action, caller.role, caller.county, caller.township, county)
        return Reach(township, county_rows, caller.owner if owned else None)

    def sees(self, caller: Calling, action: str, field_class: str) -> bool:
        """Whether answers of ``action`` show the caller their fields of ``field_class``."""
        return self._seen(caller.role, action, field_class)

    def _find_code(self, *case: object) -> str | None:
        """The innermost wall that denies: conflict, owner, township, county are relaxed one after the other."""
        asked = _Case(*case)  # type: ignore[arg-type]
        if not self._may(asked.action, asked.role):
            return "forbidden.role"
        if self._allows(asked):
            return None
        for code, relaxed in _relaxed(asked):
            if any(self._allows(easier) for easier in relaxed):
                return code
        return "forbidden.county"

    def _find_entry(
        self, action: str, role: str, county: str, township: str, named: bool, at_county: str
    ) -> str | None:
        if not self.asks_further(action):
            return self._code(action, role, county, township, named, at_county, "", False, False)
        if not self._may(action, role):
            return "forbidden.role"
        best = _Case(action, role, county, township, True, at_county, "", True, False)
        places = ("", township) if township else ("", SOME)
        if any(self._allows(best._replace(at_township=place)) for place in places):
            return None
        bound = best._replace(township=SOME, at_township=SOME)
        return "forbidden.township" if self._allows(bound) else "forbidden.county"

    def _find_extent(
        self, action: str, role: str, county: str, township: str, at_county: str
    ) -> tuple[str | None, bool, bool]:
        for owned in (False, True):
            row = _Case(action, role, county, township, True, at_county, "", owned, False)
            county_rows = self._allows(row)
            anywhere = self._allows(row._replace(at_township=SOME))
            here = bool(township) and self._allows(row._replace(at_township=township))
            if county_rows or anywhere or here:
                return ("" if anywhere else township if here else None), county_rows, owned
        return None, False, False

    def _find_seen(self, role: str, action: str, field_class: str) -> bool:
        asked = Question(f"see.{field_class}", role, _A_COUNTY, owner=MINE, at_county=_A_COUNTY, route=action)
        return self.policies.allows(asked)

    def _find_may(self, action: str, role: str) -> bool:
        """Whether ``role`` may do it in its own place, to what is its own: who may nothing there, may nothing."""
        return any(
            self._allows(_Case(action, role, _A_COUNTY, place, True, _A_COUNTY, place, True, False))
            for place in ("", SOME)
        )

    def _allows(self, case: _Case) -> bool:
        return self.policies.allows(
            Question(
                action=case.action, role=case.role, county=case.county, township=case.township,
                owner=MINE if case.named else "", subject=MINE, at_county=case.at_county, at_township=case.at_township,
                owners=(MINE,) if case.own else (SOME,), actors=(MINE,) if case.acted else (SOME,),
            )
        )  # fmt: skip


def _relaxed(asked: _Case) -> Iterable[tuple[str, tuple[_Case, ...]]]:
    """Ever easier cases, with the code of the wall that the easing takes away; a later one keeps the earlier easing."""
    no_conflict = asked._replace(acted=False)
    yield "forbidden.conflict", (no_conflict,)
    owned = no_conflict._replace(named=True, own=True)
    yield "forbidden.owner", (owned,)
    covered = (
        owned._replace(at_township=asked.township),
        owned._replace(at_township=""),
        owned._replace(township=SOME, at_township=SOME),
    )
    yield "forbidden.township", covered


@cache
def _loaded(folders: tuple[Path, ...]) -> Authority:
    return Authority(Policies.load(*folders))
