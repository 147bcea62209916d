"""What a close may see: facts cut at seals, replaced facts dropped, rulings applied (S1, S2).

A view is the facts up to a position per source. Every close and every look back at a close is a view.
"""

from dataclasses import dataclass

from .exact import Json

MONTHLY = {"bundle_month", "allowance_month", "grade", "ruling"}
DAILY = {"service", "goods", "escort_stay", "agreed"}
REPLACEABLE = {
    "bundle_month": ("person", "payee", "month"),
    "allowance_month": ("person", "payee", "month", "rule"),
    "grade": ("payee", "township", "month"),
}
RULED = ("units", "days", "amount_fen", "grade")


@dataclass(frozen=True)
class View:
    """Facts through a position per source: `raw` as written, `settled` after replacement and rulings."""

    through: dict[str, int]
    raw: list[Json]
    settled: list[Json]


def unique(facts: list[Json]) -> list[Json]:
    """One fact an id, in order of id; ValueError where one id says two things."""
    by_id: dict[str, Json] = {}
    for fact in facts:
        if by_id.setdefault(fact["id"], fact) != fact:
            raise ValueError(f"two facts are called {fact['id']}")
    return [by_id[key] for key in sorted(by_id)]


def month_of(fact: Json) -> str | None:
    """The month a fact counts in (S1); None for facts of no month."""
    kind = fact["kind"]
    if kind in MONTHLY:
        return str(fact["month"])
    if kind in DAILY:
        return str(fact["day"])[:7]
    if kind == "neighbour_service":
        return f"{str(fact['day'])[:4]}-12"
    return None


def reach(facts: list[Json], month: str) -> dict[str, int]:
    """Per source the position of its seal of the month, or of its last fact where it is not sealed (S2)."""
    through: dict[str, int] = {}
    for source in sorted({fact["source"] for fact in facts}):
        own = [fact for fact in facts if fact["source"] == source]
        seals = [fact["position"] for fact in own if fact["kind"] == "seal" and fact["month"] == month]
        through[source] = min(seals) if seals else max(fact["position"] for fact in own)
    return through


def view(facts: list[Json], through: dict[str, int]) -> View:
    """The facts that stand at or before the given position of their own source."""
    raw = [fact for fact in facts if fact["position"] <= through.get(fact["source"], -1)]
    return View(through, raw, _ruled(_latest(raw)))


def _order(fact: Json) -> tuple[int, str]:
    return fact["position"], fact["id"]


def _latest(facts: list[Json]) -> list[Json]:
    """Facts without those that a later one replaces."""
    last: dict[tuple[str | None, ...], Json] = {}
    for fact in sorted(facts, key=_order):
        keys = REPLACEABLE.get(fact["kind"])
        last[(fact["kind"], *(fact.get(key) for key in keys)) if keys else ("", fact["id"])] = fact
    return sorted(last.values(), key=lambda fact: str(fact["id"]))


def _ruled(facts: list[Json]) -> list[Json]:
    """Facts as the last ruling of their own month left them; a ruling on a fact makes no line itself."""
    rulings = sorted((fact for fact in facts if fact["kind"] == "ruling" and "fact" in fact), key=_order)
    decided = {(ruling["fact"], ruling["month"]): ruling for ruling in rulings}
    standing = []
    for fact in facts:
        if fact["kind"] == "ruling" and "fact" in fact:
            continue
        ruling = decided.get((fact["id"], month_of(fact)))
        changes = {key: ruling[key] for key in RULED if key in ruling} if ruling else None
        if changes is None:
            standing.append(fact)
        elif changes:
            standing.append({**fact, **changes})
    return standing
