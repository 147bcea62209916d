"""Policy versions: which are known at a view, which is in force on a day (S5), and what it says of a rule or fund."""

from dataclasses import dataclass
from fractions import Fraction

from .exact import Json, exact, month_days

DEDUCTIBLE_KINDS = {"per_unit", "per_person_month"}


@dataclass(frozen=True)
class Version:
    """One policy version with its place in the order of adoption; position 0 is known from the start."""

    name: str
    adopted: tuple[int, int]
    document: Json

    @property
    def effective_from(self) -> str:
        return str(self.document["effective_from"])

    @property
    def retroactive(self) -> bool:
        return bool(self.document.get("retroactive", False))

    @property
    def rules(self) -> list[Json]:
        return list(self.document.get("rule", []))

    def rule(self, name: str) -> Json | None:
        """The rule of that id, or None."""
        return next((rule for rule in self.rules if rule["id"] == name), None)

    def rank(self, name: str) -> tuple[int, str]:
        """Sort key in policy order; rules the version does not have come after, by id."""
        names = [rule["id"] for rule in self.rules]
        return (names.index(name) if name in names else len(names)), name

    def funds_of(self, name: str) -> list[str]:
        """The rule's funds in their order; none for a rule the version does not have."""
        return list((self.rule(name) or {}).get("funds", []))

    def fund(self, name: str) -> Json:
        """The fund's entry; empty where it has none."""
        return next((fund for fund in self.document.get("fund", []) if fund["id"] == name), {})

    def grade_rate(self, grade: str) -> Fraction:
        """The deduction rate of a grade as a fraction; 0 for `waived` and unknown grades."""
        rates = {entry["id"]: exact(entry["rate"]) for entry in self.document.get("grade", [])}
        return rates.get(grade, Fraction(0))

    def deductible(self, name: str) -> bool:
        """Whether grades reduce the rule (S10)."""
        rule = self.rule(name)
        return rule is not None and bool(rule.get("deductible", rule["kind"] in DEDUCTIBLE_KINDS))


NOTHING = Version("", (0, 0), {"effective_from": "0000-00-00"})


def adoption(policies: list[Json], facts: list[Json]) -> list[Version]:
    """All versions in order of adoption: those no fact announces first, as listed, then by their fact's position."""
    announced: dict[str, int] = {}
    for fact in facts:
        if fact["kind"] == "policy":
            announced[fact["version"]] = min(fact["position"], announced.get(fact["version"], fact["position"]))
    versions = [
        Version(document["version"], (announced.get(document["version"], 0), index), document)
        for index, document in enumerate(policies)
    ]
    return sorted(versions, key=lambda version: version.adopted)


def known(versions: list[Version], position: int) -> list[Version]:
    """The versions adopted at or before a position of settlement's log."""
    return [version for version in versions if version.adopted[0] <= position]


def in_force(versions: list[Version], day: str) -> Version:
    """The version with the latest effective_from not after the day, of equals the last adopted; NOTHING before all."""
    begun = [version for version in versions if version.effective_from <= day]
    return max(begun, key=lambda version: (version.effective_from, version.adopted), default=NOTHING)


def at_month_end(versions: list[Version], month: str) -> Version:
    """The version in force on the last day of the month."""
    return in_force(versions, month_days(month)[-1])
