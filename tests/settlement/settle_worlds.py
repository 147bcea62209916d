"""Random small counties for property tests: every kind of fact, several versions, seals in between, late facts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from tests.settlement.settle_examples import AGREED, BATH, BUNDLE, ESCORT, GRADES, HOME, County, policy
from tests.settlement.test_settle_kinds import GOODS, GUARDIAN, NEIGHBOUR

MONTHS = ("2026-10", "2026-11", "2026-12")
FUNDS = """
[[settlement.fund]]
id = "A"
base = "pool"
percent = "10"
mode = "hard"

[[settlement.fund]]
id = "B"
base = "pool"
percent = "5"
mode = "soft"
override_role = "director"
"""
OLD_AGE = """
[[settlement.rule]]
id = "aged"
kind = "per_person_month"
rate_yuan = "120"
when = {min_age = 80}
items = [{id = "cleaning", per = "week", weight = 2}, {id = "bath"}]
funds = ["B"]
hospital_days = false
"""
DISABLED = HOME + 'when = {categories_any = ["disabled"]}\npart_month = "full"\n'
RULES = (DISABLED, BUNDLE, OLD_AGE, BATH, GOODS, ESCORT, GUARDIAN, NEIGHBOUR, AGREED, GRADES, FUNDS)
POLICIES = (
    policy(*RULES),
    policy(*(part.replace('"110"', '"130"') for part in RULES), version="v2", effective_from="2026-11-16"),
    policy(
        *(part.replace('"10.45"', '"11.15"') for part in RULES),
        version="v3",
        effective_from="2026-10-01",
        retroactive=True,
    ),
)
payees, persons = st.sampled_from(["A", "B"]), st.sampled_from(["p1", "p2"])
numbers = st.integers(1, 30)
owed = st.fixed_dictionaries(
    {
        "payee": payees,
        "purchaser": st.sampled_from(["county", "town"]),
        "township": st.sampled_from(["t1", "t2"]),
        "person": persons,
    }
)
causes = st.sampled_from([{}, {}, {"cause": "violation"}, {"cause": "mistake"}, {"cause": "objective"}])


@st.composite
def segments(draw: st.DrawFn, /, month: str, **more: st.SearchStrategy[bool]) -> list[dict[str, Any]]:
    """Up to three segments of the month that do not overlap, gaps allowed."""
    cuts = sorted(draw(st.sets(st.integers(1, 31), min_size=2, max_size=4)))
    found = []
    for first, end in pairwise(cuts):
        segment: dict[str, Any] = {"from": f"{month}-{first:02d}", "to": f"{month}-{min(end - 1, 30):02d}"}
        segment |= {"tier": draw(st.sampled_from(["able", "half", "full"]))}
        segment |= {"categories": draw(st.sampled_from([[], ["disabled"]])), "age": draw(st.sampled_from([70, 85]))}
        found.append({**segment, **{key: draw(value) for key, value in more.items()}})
    return found


@st.composite
def tell_one(draw: st.DrawFn, county: County, month: str) -> None:
    """Tell one random fact of the month."""
    day = f"{month}-{draw(numbers):02d}"
    keys = {**draw(owed), **draw(causes)}
    kind = draw(st.sampled_from(["service"] * 6 + ["bundle"] * 3 + list("gsanefrrrop")))
    units = draw(st.integers(0, 3))
    source = draw(st.sampled_from(["orders", "orders", "providers"]))
    if kind == "service":
        item = draw(st.sampled_from(["cleaning", "laundry", "haircut", "safety", "bath", "visit"]))
        county.tell("service", source, day=day, time=f"0{units + 5}:00", item=item, units=units, **keys)
    elif kind == "bundle":
        days = draw(segments(month, assigned=st.booleans(), hospital=st.booleans()))
        required = draw(st.sampled_from([{}, {}, {"cleaning": 2}]))
        county.tell("bundle_month", month=month, days=days, required=required, **keys)
    elif kind == "g":
        county.tell("goods", source, day=day, time="10:00", item="milk", units=units, **keys)
    elif kind == "s":
        first = draw(st.integers(1, 20))
        days = [{"from": f"{month}-{first:02d}", "to": f"{month}-{first + units:02d}", "level": "county"}]
        days += [{"from": f"{month}-{first + units:02d}", "to": f"{month}-27", "level": "township"}]
        county.tell("escort_stay", day=f"{month}-{draw(st.integers(27, 28))}", days=days, **keys)
    elif kind == "a":
        county.tell("allowance_month", month=month, rule="guardian", days=draw(segments(month)), **keys)
    elif kind == "n":
        del keys["person"]
        county.tell("neighbour_service", day=day, units=units * 4, **keys)
    elif kind == "e":
        county.tell("agreed", "charity", day=day, rule="single", amount_fen=units * 1000, **keys)
    else:
        _tell_settlements(draw, county, month, day, kind, keys)


def _tell_settlements(draw: st.DrawFn, county: County, month: str, day: str, kind: str, keys: dict[str, Any]) -> None:
    """Tell a random fact of settlement's own log."""
    fund = draw(st.sampled_from(["A", "B", "pool", "pool"]))
    if kind == "f":
        county.allocated(fund, draw(st.integers(0, 40_000)))
    elif kind == "o":
        role = draw(st.sampled_from(["director", "clerk"]))
        county.tell("override", "settlement", fund="B", year=2026, day=day, role=role, amount_fen=700)
    elif kind == "p":
        version = draw(st.sampled_from(["v2", "v3"]))
        county.tell("policy", "settlement", version=version)
    elif draw(st.booleans()):
        county.graded(draw(st.sampled_from(["good", "average", "waived"])), month, keys["payee"], keys["township"])
    else:
        _tell_ruling(draw, county, month, keys)


def _tell_ruling(draw: st.DrawFn, county: County, month: str, keys: dict[str, Any]) -> None:
    about = [
        line for line in county.lines if line["kind"] in ("service", "goods", "agreed") and line["day"][:7] == month
    ]
    if not about or draw(st.booleans()):
        county.ruled(
            month, amount_fen=draw(st.integers(-3000, 3000)), rule=draw(st.sampled_from(["bath", "milk"])), **keys
        )
        return
    fact = draw(st.sampled_from(about))
    quantity = "amount_fen" if fact["kind"] == "agreed" else "units"
    told = draw(st.sampled_from([{}, {quantity: 2}]))
    county.ruled(month, fact=fact["id"], **told, **{k: v for k, v in keys.items() if k == "cause"})


@st.composite
def counties(draw: st.DrawFn) -> County:
    """A county of three months, each sealed by all sources after facts of its own and of months before."""
    county = County(*POLICIES)
    county.allocated("pool", draw(st.sampled_from([0, 50_000, 200_000])))
    for fund in ("A", "B"):
        county.allocated(fund, draw(st.sampled_from([0, 5_000, 50_000])))
    for index, month in enumerate(MONTHS):
        for _ in range(draw(st.integers(3, 14))):
            draw(tell_one(county, draw(st.sampled_from(MONTHS[max(0, index - 1) : index + 1] + (month,) * 2))))
        county.sealed(month, "orders", "providers", "charity", "settlement")
    for _ in range(draw(st.integers(0, 6))):
        draw(tell_one(county, draw(st.sampled_from(MONTHS))))
    return county
