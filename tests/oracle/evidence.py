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
    """One fact an id, in order of id; ValueError where one id says two things. `waived: true` is the grade waived."""
    by_id: dict[str, Json] = {}
    for told in facts:
        fact = told
        if "waived" in told:
            fact = {key: told[key] for key in told if key != "waived"} | {"grade": "waived"}
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
    return View(through, raw, _latest(_ruled(raw)))


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
    """Facts as the last standing ruling of their own month left them; a ruling on a fact makes no line itself."""
    rulings = sorted((fact for fact in facts if fact["kind"] == "ruling"), key=_order, reverse=True)
    names = {ruling["id"] for ruling in rulings}
    rulings.sort(key=lambda ruling: _turn(ruling, names))
    decided: dict[tuple[str, str], Json] = {}
    for ruling in rulings:
        stands = _after(ruling, decided)
        if stands and "fact" in stands:
            decided.setdefault((stands["fact"], stands["month"]), stands)
    kept = [fact for fact in facts if "fact" not in fact or fact["kind"] != "ruling"]
    return [stands for fact in kept if (stands := _after(fact, decided))]


def _turn(ruling: Json, names: set[str]) -> int:
    """Rulings on rulings come first, then what a source takes back of its own, then what settlement says."""
    if ruling.get("fact") in names:
        return 0
    return 2 if ruling["source"] == "settlement" else 1


def _after(fact: Json, decided: dict[tuple[str, str], Json]) -> Json | None:
    """The fact after the ruling on it, None where that voids it; what a ruling puts in its place replaces all."""
    ruling = decided.get((fact["id"], month_of(fact) or ""))
    if ruling is None:
        return fact
    changes = {key: ruling[key] for key in RULED if key in ruling}
    if not changes:
        return None
    if "fact" in fact:
        return {**{key: fact[key] for key in fact if key not in RULED}, **changes}
    return {**fact, **changes}
