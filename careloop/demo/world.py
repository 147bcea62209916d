"""The generated county the demonstration plays in: townships, villages, four providers, two charities, claimants.

Nothing here exists. The township codes 130528901 … 904 are made up and stand for no real township, every name says
示例 (example), and the points are round numbers somewhere near the county seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from careloop.demo.marks import COUNTY, credit_code

NAMESPACE = UUID("6b0f5c59-0e3c-5f0e-9d0a-2f4f4d1c7a05")
VILLAGES_EACH = 3
PEOPLE_A_WORKER = 40
WORKERS_LEAST = 2


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in micro-degrees."""

    lat: int
    lon: int

    def body(self) -> dict[str, int]:
        """As the API takes it."""
        return {"lat": self.lat, "lon": self.lon}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A generated township (9 digits) or village (12 digits)."""

    code: str
    name: str
    point: Point


@dataclass(frozen=True, kw_only=True)
class Township(Place):
    """A township with its villages."""

    villages: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A generated provider: where its workers set out, and for which townships it has an agreement."""

    name: str
    credit_code: str
    kind: str
    point: Point
    townships: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Claimant:
    """Who claims love orders; the id is what its token names."""

    id: UUID
    kind: str
    name: str


def _township(number: int, name: str, lat: int, lon: int) -> Township:
    code = f"{COUNTY}90{number}"
    villages = tuple(
        Place(
            code=f"{code}20{place}",
            name=f"示例村{number}-{place}",
            point=Point(lat=lat + 4_000 * (place - 2), lon=lon + 5_000 * (2 - place)),
        )
        for place in range(1, VILLAGES_EACH + 1)
    )
    return Township(code=code, name=name, point=Point(lat=lat, lon=lon), villages=villages)


TOWNSHIPS = (
    _township(1, "示例乡镇一", 37_640_000, 114_900_000),
    _township(2, "示例乡镇二", 37_660_000, 114_950_000),
    _township(3, "示例乡镇三", 37_580_000, 114_980_000),
    _township(4, "示例乡镇四", 37_560_000, 114_900_000),
)
_EVERYWHERE = tuple(township.code for township in TOWNSHIPS)

PROVIDERS = (
    Provider(
        name="示例居家养老服务中心（生成）",
        credit_code=credit_code("91", 1),
        kind="company",
        point=Point(lat=37_645_000, lon=114_920_000),
        townships=_EVERYWHERE,
    ),
    Provider(
        name="示例社会工作服务社（生成）",
        credit_code=credit_code("52", 2),
        kind="social_work_agency",
        point=Point(lat=37_570_000, lon=114_940_000),
        townships=_EVERYWHERE,
    ),
    Provider(
        name="示例远郊护理公司（生成）",
        credit_code=credit_code("91", 3),
        kind="company",
        point=Point(lat=37_720_000, lon=115_030_000),
        townships=_EVERYWHERE,
    ),
    Provider(
        name="示例近邻照料站（生成）",
        credit_code=credit_code("52", 5),
        kind="social_organisation",
        point=Point(lat=37_561_000, lon=114_901_000),
        townships=(TOWNSHIPS[3].code,),
    ),
)
"""The third is far away: within reach of the second township, out of reach of the others; matching says so.

The fourth serves one township next door and is replaced in the middle of the first month.
"""
REPLACED = PROVIDERS[3].credit_code
POINTS = {village.code: village.point for township in TOWNSHIPS for village in township.villages}
"""Where the villages lie."""

CHARITY_NAME = "示例慈善会（生成）"
CHARITY_CODE = credit_code("53", 4)

SECOND_CHARITY_NAME = "示例义工联合会（生成）"
SECOND_CHARITY_CODE = credit_code("51", 6)
CLAIMANTS_LEAST = 12
PEOPLE_A_CLAIMANT = 8
KINDS = (("person", "爱心人士"), ("company", "爱心企业"))


def claimants(people: int) -> tuple[Claimant, ...]:
    """Who claims love orders, the more the more people there are: nobody may hold many at once."""
    return tuple(
        Claimant(id=uuid5(NAMESPACE, f"claimant {number}"), kind=kind, name=f"示例{what}{number}（生成）")
        for number in range(1, max(CLAIMANTS_LEAST, people // PEOPLE_A_CLAIMANT) + 1)
        for kind, what in (KINDS[(number - 1) % len(KINDS)],)
    )


def workers_each(people: int) -> int:
    """How many workers a provider has in a township, so that nobody has to be in two homes at once."""
    return max(WORKERS_LEAST, -(-people // PEOPLE_A_WORKER))
