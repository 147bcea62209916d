"""A county in which anybody may hold any roles and asks anything in any order: a random walk, and what came of it.

The walk knows nothing of the rules: who asks for what is drawn, and whatever is refused is refused. Afterwards the log
is read as it stands, and the rules are looked for in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from chassis.auth import issue
from services.orders.domain import need, order, plan
from tests.edge import Edge
from tests.guarded import resource_of
from tests.orders.examples import PROVIDER, at, day
from tests.orders.journeys import WORKER, found, registered, visited

SUBJECTS = tuple(f"person-{number}" for number in range(1, 6))
ROLES = ("village", "township", "bureau", "provider")
SCORES = {"body_and_mind": 2, "daily_care": 3, "family": 1, "social_support": 4}
ITEM = "home_cleaning"
ITEMS = [{"item": ITEM, "times_per_month": 4}]
PEOPLE = 3
USUALLY = 0.85
TODAY = "2024-10-01"


@dataclass
class Walk:
    """One county's walk. ``roles`` is the graph: which roles each subject holds."""

    county: Edge
    chance: Random
    people: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        sizes = range(1, len(ROLES) + 1)
        self.roles = {one: self.chance.sample(ROLES, self.chance.choice(sizes)) for one in SUBJECTS}

    async def go(self, steps: int) -> None:
        """Register people, then do what comes up, ``steps`` times. No answer may be an error of ours."""
        self.people = [await registered(self.county, number) for number in range(1, PEOPLE + 1)]
        await self.county.pass_time(at(TODAY, "00:00"))
        doing: tuple[Callable[[], Awaitable[None]], ...] = (
            self._register, self._survey, self._confirm, self._assess, self._refuse, self._notice, self._start,
            self._single, self._serve, self._serve, self._verify, self._verify,
        )  # fmt: skip
        for _ in range(steps):
            await self.chance.choice(doing)()

    async def _ask(self, path: str, body: dict[str, Any] | None = None, usual: str = "") -> Any:
        """Somebody asks; mostly somebody who holds the ``usual`` role, so that the walk gets somewhere."""
        who = self.chance.choice(SUBJECTS)
        role = self.chance.choice(self.roles[who])
        holders = [one for one in SUBJECTS if usual in self.roles[one]]
        if holders and self.chance.random() < USUALLY:
            who, role = self.chance.choice(holders), usual
        headers = self._headers(who, role)
        if resource := resource_of(path):
            reader = self._headers("reader", "bureau")
            headers["If-Match"] = (await self.county.client.get(resource, headers=reader)).headers.get("ETag", "*")
        response = await self.county.client.post(path, json=body, headers=headers)
        assert response.status_code < 500, response.text
        told = response.json() if response.content else {}
        self.answers[told.get("code", "accepted") if response.status_code >= 400 else "accepted"] += 1
        return told if response.status_code < 300 else None

    def _headers(self, who: str, role: str) -> dict[str, str]:
        township = f"{self.county.county}100" if role in ("village", "township") else ""
        owner = str(PROVIDER) if role == "provider" else ""
        settings, county = self.county.running.settings, self.county.county
        token = issue(settings, who, role, county, owner=owner, township=township)
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(UUID(int=self.chance.getrandbits(128)))}

    def _one(self, some: list[str]) -> str:
        return self.chance.choice(some) if some else str(UUID(int=1))

    async def _register(self) -> None:
        urgent = self.chance.random() < 0.4
        body = {"person_id": self._one(self.people), "items": [ITEM], "channel": "village", "urgent": urgent}
        if told := await self._ask("/v1/needs", body, "village"):
            self.needs.append(told["id"])

    async def _survey(self) -> None:
        village_worker, aide = self.chance.choice(SUBJECTS), self.chance.choice(SUBJECTS)
        body = {"village_worker": village_worker, "aide": aide, "findings": SCORES}
        await self._ask(f"/v1/needs/{self._one(self.needs)}/survey", body, "village")

    async def _confirm(self) -> None:
        await self._ask(f"/v1/needs/{self._one(self.needs)}/confirmation", usual="township")

    async def _assess(self) -> None:
        path = f"/v1/needs/{self._one(self.needs)}/assessment"
        told = await self._ask(path, {"items": ITEMS, "mode": "purchase"}, "bureau")
        if told and told["plan_id"]:
            self.plans.append(told["plan_id"])

    async def _refuse(self) -> None:
        if self.chance.random() < 0.15:
            await self._ask(f"/v1/needs/{self._one(self.needs)}/refusal", {"reason": "不符合条件"}, "township")

    async def _notice(self) -> None:
        await self._ask(f"/v1/plans/{self._one(self.plans)}/notice", {"posted_on": "2024-09-30"}, "township")

    async def _start(self) -> None:
        await self._ask(f"/v1/plans/{self._one(self.plans)}/start", {"from_day": TODAY}, "bureau")

    async def _single(self) -> None:
        county = self.county.county
        body = {
            "person_id": self._one(self.people), "item": ITEM, "township": f"{county}100", "village": f"{county}100201",
            "window_from": TODAY, "window_to": "2024-10-31",
        }  # fmt: skip
        await self._ask("/v1/orders", body, "township")

    async def _serve(self) -> None:
        """An order that is open is taken and served, and told by somebody who may be anybody."""
        waiting = (await self.county.get("/v1/orders?state=opened"))["items"]
        if not waiting:
            return
        chosen = self.chance.choice(sorted(waiting, key=_opened))
        reporter = self.chance.choice(SUBJECTS)
        visit = visited(chosen, PROVIDER, TODAY, reported_by=reporter, worker=WORKER, day=day(TODAY))
        await self.county.hear("providers", found(chosen, PROVIDER, at(TODAY)), visit)

    async def _verify(self) -> None:
        waiting = (await self.county.get("/v1/orders?state=completed"))["items"]
        if waiting:
            chosen = self.chance.choice(sorted(waiting, key=_opened))
            await self._ask(f"/v1/orders/{chosen['id']}/verification", {"result": "accepted"}, "bureau")

    async def log(self) -> list[tuple[UUID, Any]]:
        """Every event of the county in the order of its log, with its stream."""
        rows = await self.county.running.database.fetch(
            "select originator_id, topic, state from events where county = $1 order by position",
            self.county.county,
        )
        return [(row["originator_id"], self.county.running.codec.decode(row["topic"], row["state"])) for row in rows]


def _opened(row: dict[str, Any]) -> tuple[str, str]:
    """What orders are sorted by, so that a walk goes the same way again whatever their ids are."""
    return row["opened_at"], row["window_from"]


@dataclass
class Hands:
    """Who did what to whom, as the log tells it."""

    person_of: dict[UUID, UUID] = field(default_factory=dict)
    surveyors: dict[UUID, set[str]] = field(default_factory=dict)
    confirmers: dict[UUID, set[str]] = field(default_factory=dict)
    assessors: dict[UUID, set[str]] = field(default_factory=dict)
    refusers: dict[UUID, set[str]] = field(default_factory=dict)
    reviewed: dict[UUID, set[str]] = field(default_factory=dict)
    verifiers: dict[UUID, set[str]] = field(default_factory=dict)
    reporters: dict[UUID, set[str]] = field(default_factory=dict)
    approved: set[UUID] = field(default_factory=set)
    behind: dict[UUID, set[UUID]] = field(default_factory=dict)
    noticed: set[UUID] = field(default_factory=set)
    urgent: set[UUID] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def read(self, events: list[tuple[UUID, Any]]) -> Hands:
        """All events, one after another; a rule that is broken at its place is a fault."""
        for stream, event in events:
            self._need(stream, event)
            self._plan(stream, event)
            self._order(stream, event)
        return self

    def _need(self, stream: UUID, event: Any) -> None:
        match event:
            case need.Registered():
                self.person_of[stream] = event.person_id
                for by_need in (self.surveyors, self.confirmers, self.assessors, self.refusers, self.reviewed):
                    by_need[stream] = set()
            case need.Surveyed():
                self.surveyors[stream] = {event.village_worker, event.aide}
                self.reviewed[stream].add("surveyed")
            case need.Confirmed():
                self.confirmers[stream].add(event.by)
                self.reviewed[stream].add("confirmed")
            case need.Approved():
                self.assessors[stream].add(event.by)
                self.approved.add(self.person_of[stream])
                if event.papers_due is not None:
                    self.urgent.add(self.person_of[stream])
            case need.Refused():
                self.refusers[stream].add(event.by)

    def _plan(self, stream: UUID, event: Any) -> None:
        match event:
            case plan.Drawn():
                self.person_of[stream], self.behind[stream] = event.person, {event.need_id}
            case plan.Widened():
                self.behind[stream].add(event.need_id)
            case plan.NoticePosted():
                self.noticed.add(self.person_of[stream])
                if any(self.reviewed[one] != {"surveyed", "confirmed"} for one in self.behind[stream]):
                    self.faults.append("a notice hangs for what nobody has reviewed")
            case plan.Started() if self.person_of[stream] not in self.noticed | self.urgent:
                self.faults.append("a plan began without notice")

    def _order(self, stream: UUID, event: Any) -> None:
        match event:
            case order.Opened():
                self.person_of[stream] = event.person
                if event.person not in self.approved:
                    self.faults.append("an order was opened for what nobody has approved")
            case order.Completed():
                self.reporters.setdefault(stream, set()).add(event.reported_by)
            case order.Accepted() | order.TurnedDown() | order.Returned() if event.by:
                self.verifiers.setdefault(stream, set()).add(event.by)

    def conflicts(self) -> Iterator[str]:
        """Everybody who stands on both sides of a decision."""
        for stream in self.surveyors:
            deciders = self.confirmers[stream] | self.assessors[stream] | self.refusers[stream]
            if self.surveyors[stream] & deciders:
                yield "who surveyed decided"
            if self.confirmers[stream] & self.assessors[stream]:
                yield "one person confirmed and assessed"
            for served, verifiers in self.verifiers.items():
                same = self.person_of[served] == self.person_of[stream]
                if same and verifiers & (self.surveyors[stream] | deciders):
                    yield "who handled the need verified"
        for served, verifiers in self.verifiers.items():
            if verifiers & self.reporters[served]:
                yield "who is paid verified"
