"""A spot as a request sees it, noting which of its facts the request is about.

Whether a relation has a meaning for an operation follows from that: another township only where the request is about
something that lies in a township, another owner only where it is about something that somebody owns.
"""

from __future__ import annotations

from hashlib import sha256

from tests.walls.world.places import Spot

FACTS = {
    "person": {"township"},
    "service": {"township"},
    "mortal": {"township"},
    "applicant": {"township"},
    "leaving": {"township"},
    "kept": {"township"},
    "served": {"township", "owner"},
    "need": {"township"},
    "household": {"township"},
    "prospect": {"township"},
    "import": {"township"},
    "forwarding": {"township"},
    "referral": {"owner"},
    "complaint": {"township", "owner"},
    "plan": {"township"},
    "order": {"township", "owner"},
    "visit": {"township", "owner"},
    "appointment": {"township", "owner"},
    "late": {"township", "owner"},
    "exception": {"township", "owner"},
    "worker": {"township", "owner"},
    "leaver": {"township", "owner"},
    "love": {"township", "owner"},
    "claim": {"township", "owner"},
    "provider": {"owner"},
    "charity": {"owner"},
    "claimant": {"owner"},
    "company": {"owner"},
    "offer": {"owner"},
    "key": {"owner"},
    "photo": {"owner"},
    "device": {"owner"},
    "batch": set(),
    "inspector": set(),
    "spot": set(),
    "lone": {"township"},
    "duty": {"township"},
    "contact": {"township"},
    "errand": {"township"},
    "pair": {"township"},
    "care": {"township"},
    "agreement": {"owner"},
    "tender": {"township"},
    "statement": {"owner"},
    "gift": {"owner"},
    "pot": {"owner"},
    "pledge": {"owner"},
    "donation": {"owner"},
    "certificate": {"owner"},
    "grade": {"township", "owner"},
    "appeal": {"township", "owner"},
    "correction": {"township"},
    "graded": {"township", "owner"},
    "finding": {"township", "owner"},
    "ruling": {"owner"},
    "fund": set(),
    "month": set(),
    "parked": set(),
}
"""What kinds of things have, by the first word of their name."""


class Traced:
    """``spot`` for a caller of ``role``; ``facts`` grows with what is looked at."""

    def __init__(self, spot: Spot, role: str) -> None:
        self.facts: set[str] = set()
        self._spot = spot
        self._role = role

    def __getitem__(self, thing: str) -> str:
        self.facts |= FACTS[thing.partition("_")[0]]
        bodies = {"provider", "charity", "claimant"}
        found: str = getattr(self._spot.bodies, thing) if thing in bodies else self._spot[thing]
        return found

    @property
    def statement(self) -> str:
        """The statement of the payee that the caller acts for; to everybody else the provider's."""
        return self["gift_statement" if self._role == "claimant" else "statement"]

    @property
    def number(self) -> str:
        """The 32 bytes that this caller commits to in a draw, in hexadecimal."""
        return sha256(self._role.encode()).hexdigest()

    @property
    def told(self) -> str:
        """The order of an event that concerns the caller: who gives hears of love orders."""
        return self["love_given" if self._role in ("charity", "claimant") else "order"]

    @property
    def township(self) -> str:
        """Where it lies."""
        self.facts.add("township")
        return self._spot.township

    @property
    def spot(self) -> Spot:
        """All of it: what is said of it says where it lies."""
        self.facts.add("township")
        return self._spot

    @property
    def village(self) -> str:
        """Where it lies."""
        return f"{self.township}201"

    @property
    def county(self) -> str:
        """Every request is about a county."""
        return self._spot.county

    @property
    def secret(self) -> str:
        """The secret of a key of the provider; whoever has it needs nothing else."""
        return self._spot.bodies.secrets["key"]

    @property
    def item(self) -> str:
        """What the spot's provider serves."""
        return self._spot.bodies.item
