"""Whom a public event concerns besides its county, said beside the type: ``CONCERNS = owners("provider"), …``.

The bureau, the auditor, the services, a city and a province hear everything of a county. Whoever acts for an owner, a
township officer and an office hear what concerns them, and nothing else. What an event tells of others (other bidders)
or of somebody's health keeps it from owners, whoever it names, and health also from a city: an event is heard whole or
not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

_TOWNSHIP = re.compile(r"[0-9]{9}([0-9]{3})?")


class Concern(NamedTuple):
    """One kind of reader: keys of the body (``fact.payee``: inside an object) that name it, or the office's role."""

    kind: Literal["owner", "township", "office"]
    names: tuple[str, ...]


Concerns = tuple[Concern, ...]

COUNTY_ONLY: Concerns = ()
"""Nobody but those who hear everything of the county."""


class Concerned(NamedTuple):
    """Whom one event concerns: ids of owners, townships by their nine digits, offices by their role."""

    owners: tuple[str, ...]
    townships: tuple[str, ...]
    offices: tuple[str, ...]


def owners(*keys: str) -> Concern:
    """The provider, charity or claimant whose id stands at one of these keys."""
    return Concern("owner", keys)


def township(*keys: str) -> Concern:
    """The township whose code stands at one of these keys, or that of the village whose code does (GB/T 10114)."""
    return Concern("township", keys)


def office(role: str) -> Concern:
    """An office of the county by its role, whatever the event says."""
    return Concern("office", (role,))


def concerned(concerns: Concerns, body: Mapping[str, Any]) -> Concerned:
    """Whom an event with this body concerns; what is absent, or no township's code, concerns nobody."""
    codes = [code for code in _texts(concerns, "township", body) if _TOWNSHIP.fullmatch(code)]
    return Concerned(
        owners=tuple(_texts(concerns, "owner", body)),
        townships=tuple(code[:9] for code in codes),
        offices=tuple(role for concern in concerns if concern.kind == "office" for role in concern.names),
    )


def _texts(concerns: Concerns, kind: str, body: Mapping[str, Any]) -> Iterable[str]:
    for concern in concerns:
        if concern.kind == kind:
            for key in concern.names:
                value = _at(body, key)
                if isinstance(value, str) and value:
                    yield value


def _at(body: Mapping[str, Any], key: str) -> Any:
    value: Any = body
    for name in key.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
