"""A file on its way in: row by row read, compared with what is known, registered or listed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID, uuid5

from chassis.http import Call
from chassis.http.call import KEYED
from chassis.kernel import Rejected, Sealed
from chassis.service import Ask, Reply, Step
from services.orders.api.ledger_rows import ImportKind, Person, fields_of, read_row
from services.orders.api.prospects import stream_of
from services.orders.api.sheets import Sheet
from services.orders.domain import beneficiary, person, prospect, taken
from services.orders.domain.policy import Policy

AT_ONCE = 64
"""Rows in flight: as many share a batch."""
UNSEALED = Sealed(box="")
"""Stands for what a dry run does not seal."""
NAMED = (
    "select id, id_index, township, village, tier, categories from beneficiaries"
    " where county = $1 and id_index = any($2::text[])"
)
LISTED = "select id, id_index, township, village, marks from prospects where county = $1 and id_index = any($2::text[])"


class Asked(Protocol):
    """What is asked of a file."""

    @property
    def kind(self) -> ImportKind: ...

    @property
    def source(self) -> str: ...

    @property
    def dry_run(self) -> bool: ...


@dataclass(frozen=True, kw_only=True, repr=False)
class Line:
    """A readable row: its number, who it is about, their index."""

    row: int
    person: Person
    index: str


class Reading:
    """One file on its way in."""

    def __init__(self, call: Call[Any], asked: Asked, township: str, policy: Policy, stream: UUID) -> None:
        self.call = call
        self.asked = asked
        self.township = township
        self.policy = policy
        self.stream = stream
        self.slots = asyncio.Semaphore(AT_ONCE)
        self.ledger = asked.kind == "ledger"

    async def rows(self, sheet: Sheet) -> tuple[taken.Row, ...]:
        """What becomes of each row, in their order."""
        fields = fields_of(sheet, self.asked.kind)
        lines: list[Line] = []
        results: list[taken.Row] = []
        first: dict[str, Person] = {}
        for row, texts in sheet.rows:
            try:
                line = await self._line(row, fields, texts)
            except Rejected as refusal:
                results.append(taken.Row(row=row, outcome="invalid", code=refusal.code))
                continue
            before = first.setdefault(line.index, line.person)
            if before is line.person:
                lines.append(line)
            else:
                results.append(taken.Row(row=row, outcome="repeated" if before == line.person else "ambiguous"))
        known = await self._known([line.index for line in lines])
        results += await asyncio.gather(*(self._one(line, known.get(line.index)) for line in lines))
        return tuple(sorted(results, key=lambda one: one.row))

    async def _line(self, row: int, fields: tuple[str, ...], texts: tuple[str, ...]) -> Line:
        call = self.call
        said = read_row(fields, texts, self.asked.kind, call.county, self.policy)
        if self.township and said.township != self.township:
            raise Rejected("import.other_township")
        return Line(row=row, person=said, index=await call.vault.index(said.id_number, "id_number"))

    async def _known(self, indexes: list[str]) -> dict[str, dict[str, Any]]:
        sql = NAMED if self.ledger else LISTED
        return {row["id_index"]: row for row in await self.call.fetch(sql, self.call.county, indexes)}

    async def _one(self, line: Line, known: dict[str, Any] | None) -> taken.Row:
        if known is not None and (self.ledger or self._marked(known, line)):
            return taken.Row(
                row=line.row, outcome="known_already", id=known["id"], differs=_differs(line.person, known)
            )
        do: Callable[[Line], Awaitable[UUID]] = self._register if self.ledger else self._list
        try:
            async with self.slots:
                id = await do(line)
        except Rejected as refusal:
            if refusal.code == "beneficiary.duplicate":  # registered by somebody else while this file was read
                return taken.Row(row=line.row, outcome="known_already", id=UUID(str(refusal.facts["person"])))
            return taken.Row(row=line.row, outcome="invalid", code=refusal.code)
        outcome = "registered" if self.ledger else "listed"
        return taken.Row(row=line.row, outcome=outcome, id=None if self.asked.dry_run else id)

    def _marked(self, known: dict[str, Any], line: Line) -> bool:
        mark = {"source": self.asked.source, "kind": line.person.kind}
        return mark in json.loads(known["marks"])

    async def _register(self, line: Line) -> UUID:
        stream = uuid5(KEYED, f"{self.call.county}/beneficiary/{line.index}")
        boxes = await self._sealed(stream, line.person)
        said = line.person
        told = person.Person(
            name=boxes["name"],
            id_number=boxes["id_number"],
            phone=boxes.get("phone"),
            address=boxes.get("address"),
            id_index=line.index,
            born=said.born,
            township=said.township,
            village=said.village,
            tier=said.tier,
            categories=said.categories,
            generated=False,
            registered_region=said.registered_region,
        )
        command = beneficiary.Register(person=told, at=self.call.at)
        if self.asked.dry_run:
            known = beneficiary.Known(policies=(self.policy,), county=self.call.county, next_number=1)
            beneficiary.decide(command, None, known)
        else:
            await self._ask(line, Step(decider=beneficiary.decider, stream=stream, command=command))
        return stream

    async def _list(self, line: Line) -> UUID:
        stream = stream_of(self.call.county, line.index)
        boxes = await self._sealed(stream, line.person)
        said = line.person
        listed = prospect.Listed(
            name=boxes["name"],
            id_number=boxes["id_number"],
            phone=boxes.get("phone"),
            address=boxes.get("address"),
            id_index=line.index,
            born=said.born,
            township=said.township,
            village=said.village,
        )
        command = prospect.List(
            listed=listed, kind=said.kind, source=self.asked.source, risk=said.risk, at=self.call.at
        )
        if self.asked.dry_run:
            known = prospect.Known(policies=(self.policy,), county=self.call.county)
            prospect.decide(command, None, known)
        else:
            await self._ask(line, Step(decider=prospect.decider, stream=stream, command=command))
        return stream

    async def _sealed(self, stream: UUID, said: Person) -> dict[str, Sealed]:
        texts = {"name": said.name, "id_number": said.id_number, "phone": said.phone, "address": said.address}
        there = {field: text for field, text in texts.items() if text is not None}
        if self.asked.dry_run:
            return dict.fromkeys(there, UNSEALED)
        return await self.call.vault.seal(stream, there)

    async def _ask(self, line: Line, step: Step) -> None:
        call = self.call
        ask = Ask(
            county=call.county,
            steps=(step,),
            key=f"import {self.stream} {line.row}",
            by=call.caller.subject,
            role=call.caller.role,
            cause=call.request_id,
            reply=lambda _outcomes: Reply(status=200, body=b"{}"),
        )
        await call.running.dispatch.ask(ask)


def _differs(said: Person, known: dict[str, Any]) -> tuple[str, ...]:
    """The columns in which the file says something else than is known: what is sealed is not compared."""
    found: list[str] = [name for name in ("village", "tier") if name in known and known[name] != getattr(said, name)]
    if "categories" in known and not {*said.categories} <= {*json.loads(known["categories"])}:
        found.append("categories")
    return tuple(found)
