"""What there is: spots, each with everything the services know, in one relation to the callers of the first.

    own             county 130528, township 1, provider 1, charity 1, claimant 1
    other_township  the same bodies in township 2
    other_owner     provider 2, charity 2, claimant 2 in township 1
    other_county    county 130529, of the same city
    far             county 620422, of another province

What belongs to a spot carries its mark, so that it is recognised wherever it turns up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.walls.asking import Answer, Door, Holder, Request

COUNTY, NEIGHBOUR, FAR = "130528", "130529", "620422"
MONTH = "2024-11"
PARKED_AT = 900_000
"""The position of the message that each service has set aside."""

ROLES = (
    "village", "township", "bureau", "finance", "provider", "charity", "claimant", "inspector", "evaluator", "hotline",
    "city", "province", "auditor", "service",
)  # fmt: skip
_REGION_DIGITS = {"city": 4, "province": 2, "service": 0}


@dataclass
class Bodies:
    """A provider, a charity and a claimant that act in one spot or two; ``item`` is what only this provider serves."""

    mark: str
    number: int
    county: str
    item: str
    provider: str = ""
    charity: str = ""
    claimant: str = ""
    texts: set[str] = field(default_factory=set)
    """Names, phones and numbers that are only theirs."""
    secrets: dict[str, str] = field(default_factory=dict)
    """The secrets of the provider's API keys, by what the key is there for."""


@dataclass
class Spot:
    """A township of a county with what one set of bodies does there; ``things`` are ids by what they are."""

    name: str
    county: str
    township: str
    bodies: Bodies
    things: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    """Names, phones, addresses and numbers of the spot's people."""
    amounts: set[int] = field(default_factory=set)
    """Amounts in fen that occur nowhere else."""
    slip: dict[str, str] = field(default_factory=dict)
    """Number and secret of a ticket; numbers run in every county alike, so they tell of nobody."""

    def __getitem__(self, thing: str) -> str:
        return self.things[thing]

    @property
    def village(self) -> str:
        """The village everybody of the spot lives in."""
        return f"{self.township}201"

    @property
    def mark(self) -> str:
        """A digit that no other spot has."""
        return str(("own", "other_township", "other_owner", "other_county", "far").index(self.name) + 1)


class World:
    """The spots, and who asks about them. Each of ``others`` is named for its relation to ``own``."""

    def __init__(self, door: Door, connection: asyncpg.Connection) -> None:
        self.door = door
        self.connection = connection
        first = Bodies(mark="甲", number=1, county=COUNTY, item="home_cleaning")
        second = Bodies(mark="乙", number=2, county=COUNTY, item="meal_help")
        beside = Bodies(mark="丙", number=3, county=NEIGHBOUR, item="home_cleaning")
        away = Bodies(mark="丁", number=4, county=FAR, item="home_cleaning")
        self.own = Spot("own", COUNTY, f"{COUNTY}100", first)
        self.others = {
            "other_township": Spot("other_township", COUNTY, f"{COUNTY}101", first),
            "other_owner": Spot("other_owner", COUNTY, f"{COUNTY}100", second),
            "other_county": Spot("other_county", NEIGHBOUR, f"{NEIGHBOUR}100", beside),
            "far": Spot("far", FAR, f"{FAR}100", away),
        }

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All of them."""
        return (self.own, *self.others.values())

    def spot(self, relation: str, role: str) -> Spot:
        """The spot in a relation to a caller of ``role``: for a region the other county lies outside of it."""
        if relation == "own":
            return self.own
        return self.others["far" if relation == "other_county" and role in _REGION_DIGITS else relation]

    async def done(self, request: Request, by: Holder) -> Any:
        """The answer of a command that is expected to succeed."""
        answer = await self.door.ask_as_seen(request, by, bureau(request.county or by.county))
        assert answer.status < 300, f"{request.service} {request.path} as {by.role}: {answer.body.decode()}"
        return answer.json

    async def read(self, service: str, path: str, county: str, **query: str) -> Any:
        """What a county's bureau reads."""
        answer: Answer = await self.door.ask(
            Request(service=service, method="GET", path=path, query=query), bureau(county)
        )
        assert answer.status == 200, f"{service} {path}: {answer.body.decode()}"
        return answer.json


def holder(role: str, spot: Spot) -> Holder:
    """The caller of a role to whom ``spot`` is its own."""
    owners = {"provider": spot.bodies.provider, "charity": spot.bodies.charity, "claimant": spot.bodies.claimant}
    return Holder(
        role=role,
        subject=f"{role}-{spot.name}",
        county=spot.county[: _REGION_DIGITS.get(role, 6)],
        owner=owners.get(role, ""),
        township=spot.township if role in ("village", "township") else "",
    )


def bureau(county: str) -> Holder:
    """A county's bureau, as it prepares everything."""
    return Holder(role="bureau", subject=f"bureau-of-{county}", county=county)


def verifier(county: str) -> Holder:
    """An officer of the bureau who had no hand in the needs."""
    return Holder(role="bureau", subject=f"verifier-of-{county}", county=county)
