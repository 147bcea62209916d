"""The second engine: the answer for one month, straight from the papers `settlement.md` and `facts.md`."""

from collections import defaultdict

from .corrections import corrections, lookbacks
from .draws import draw_all
from .evidence import View, reach, unique, view
from .exact import Json
from .lines import Line
from .reckoning import Request, Statement, reckon
from .versions import Version, adoption, at_month_end, known


def answer(facts: list[Json], policies: list[Json], month: str, closed: list[Json]) -> Json:
    """Settle a month (YYYY-MM) after the closed ones.

    `facts` are parsed facts in any order, `policies` parsed `[settlement]` tables in order of publication, `closed`
    the answers of the earlier closes in order. All money is integer fen. ValueError where one id says two things.
    """
    now, before, versions = _sight(facts, policies, month, closed)
    reckoning = reckon(now, month, versions)
    books: dict[Statement, Book] = defaultdict(Book)
    for line in reckoning.lines:
        books[(line.payee, line.purchaser)].lines.append(line)
    for (payee, purchaser, rule, township), amount in reckoning.groups.items():
        books[(payee, purchaser)].groups.append({"rule": rule, "township": township, "fen": amount})
    for (payee, purchaser, rule, township), (grade, amount) in reckoning.deductions.items():
        row = {"rule": rule, "township": township, "grade": grade, "fen": amount}
        books[(payee, purchaser)].deductions.append(row)
    for (payee, purchaser, _), row in corrections(now, before, versions, closed):
        books[(payee, purchaser)].corrections.append(row)
    for statement in closed[-1]["statements"] if closed else []:
        if statement["carried_out"]:
            books[(statement["payee"], statement["purchaser"])].carried_in = statement["carried_out"]
    last = at_month_end(versions, month)
    statements = [books[at].statement(at, last) for at in sorted(books)]
    draws, unfunded = draw_all(now, versions, closed, _payable(month, statements, last))
    return {
        "month": month,
        "policies": [version.name for version in versions],
        "through": now.through,
        "statements": statements,
        "draws": draws,
        "unfunded": unfunded,
        "missing_grades": [{"payee": payee, "township": township} for payee, township in reckoning.missing],
    }


def requests(facts: list[Json], policies: list[Json], month: str, closed: list[Json]) -> list[Request]:
    """Every month the answer will have reckoned, so that many answers' months can be reckoned at once before."""
    now, before, versions = _sight(facts, policies, month, closed)
    return [(now, month, versions), *lookbacks(now, before, versions, closed)]


def _sight(
    facts: list[Json], policies: list[Json], month: str, closed: list[Json]
) -> tuple[View, View | None, list[Version]]:
    """What this close sees, what the last one saw, and the versions known now."""
    told = unique(facts)
    now = view(told, reach(told, month))
    before = view(told, closed[-1]["through"]) if closed else None
    return now, before, known(adoption(policies, told), now.through.get("settlement", 0))


class Book:
    """What one payee has with one purchaser before it is written up as a statement."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.groups: list[Json] = []
        self.deductions: list[Json] = []
        self.corrections: list[Json] = []
        self.carried_in: dict[str, int] = {}

    def due(self) -> dict[str, int]:
        """Net, corrections and carry by rule (S12)."""
        total: dict[str, int] = defaultdict(int, self.carried_in)
        for row in [*self.groups, *self.deductions, *self.corrections]:
            total[row["rule"]] += row["fen"]
        return total

    def statement(self, at: Statement, last: Version) -> Json:
        """The statement with its parts in policy order; zeros of carry and payable are left out."""
        due = {rule: amount for rule, amount in sorted(self.due().items()) if amount}

        def ordered(rows: list[Json]) -> list[Json]:
            return sorted(rows, key=lambda row: (row.get("month", ""), last.rank(row["rule"]), row.get("township", "")))

        lines = sorted(self.lines, key=lambda line: (last.rank(line.rule), line.person or "", line.fact or ""))
        return {
            "payee": at[0],
            "purchaser": at[1],
            "lines": [
                {"rule": line.rule, "person": line.person, "fact": line.fact, "fen": line.fen}
                | {"superseded_by": line.superseded_by}
                for line in lines
            ],
            "groups": ordered(self.groups),
            "deductions": ordered(self.deductions),
            "corrections": ordered(self.corrections),
            "carried_in": {rule: amount for rule, amount in sorted(self.carried_in.items()) if amount},
            "payable": {rule: amount for rule, amount in due.items() if amount > 0},
            "carried_out": {rule: amount for rule, amount in due.items() if amount < 0},
        }


def _payable(month: str, statements: list[Json], last: Version) -> list[Json]:
    """What draws on funds, in order of payee, purchaser and the policy's rules."""
    return [
        {"month": month, "payee": statement["payee"], "purchaser": statement["purchaser"], "rule": rule, "fen": amount}
        for statement in statements
        for rule, amount in sorted(statement["payable"].items(), key=lambda entry: last.rank(entry[0]))
    ]
