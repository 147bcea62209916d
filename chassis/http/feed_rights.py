"""Which public events a caller is shown: all of the county's, or those that concern it (``contracts.concerns``).

The policies decide for each event by its township and its owners. What Cedar cannot know, since it knows no types, is
which events are an office's business: that stands beside the type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from chassis.auth import Caller
from chassis.authority import Authority, Resource
from contracts import registry
from contracts.concerns import COUNTY_ONLY, Concerned, Concerns, concerned

OFFICES = frozenset({"finance"})
"""Roles of the county that hear the events which are declared theirs, whatever township or owner those name."""

_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Share:
    """What one caller is shown of one county's log."""

    caller: Caller
    action: str
    county: str
    authority: Authority
    kind: str
    """``owner``, ``township`` or ``office``: what an event must be declared to concern."""

    def types(self) -> list[str]:
        """The types that can concern the caller at all."""
        return [name for name, kind in registry.EVENTS.items() if any(one.kind == self.kind for one in kind.CONCERNS)]

    def needle(self) -> bytes:
        """What a body holds that concerns the caller; what does not hold it need not be read."""
        return {"owner": self.caller.owner, "township": self.caller.township, "office": ""}[self.kind].encode()

    def shows(self, type_name: str, body: bytes) -> bool:
        """Whether the event concerns the caller, by its declaration and by the policies."""
        whom = concerned(_concerns(type_name), _decode(body))
        if self.kind == "office":
            return self.caller.role in whom.offices
        return any(self._permits(thing) for thing in self._things(whom))

    def _things(self, whom: Concerned) -> Iterable[Resource]:
        """The event as the policies see it: once for each township it concerns, once for its owners."""
        if self.kind == "township":
            return [Resource(self.county, township=township) for township in whom.townships]
        return [Resource(self.county, owners=whom.owners)] if whom.owners else []

    def _permits(self, thing: Resource) -> bool:
        return self.authority.refusal(self.caller, self.action, thing) is None


def share(authority: Authority, caller: Caller, action: str, county: str) -> Share | None:
    """What the caller is shown of ``county``; None for everything but what is ``kept_back``. Judged once a request."""
    if caller.role in OFFICES:
        return Share(caller, action, county, authority, "office")
    reach = authority.reach(caller, action, county)
    if reach.everything:
        return None
    kind = "owner" if reach.owner is not None else "township"
    return Share(caller, action, county, authority, kind)


def kept_back(authority: Authority, caller: Caller, action: str) -> list[str]:
    """The types that are kept from the caller, who hears everything else: those that tell of health, if it may not."""
    if authority.sees(caller, action, "health"):
        return []
    return [name for name, kind in registry.EVENTS.items() if kind.TELLS_OF_HEALTH]


def _concerns(type_name: str) -> Concerns:
    kind = registry.EVENTS.get(type_name)
    return COUNTY_ONLY if kind is None else kind.CONCERNS
