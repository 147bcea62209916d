"""From a batch of units to one ``Write``: remember, load, decide, evolve, translate, chain. Nothing is written here.

A unit is an ``Ask`` or a ``Hearing``: all of its steps or none. Units are decided in order, each on the states that the
ones before it left, so the batch is as if they had come one by one.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent

from chassis.batch import Decided, Draft, Failed, Folded, KeyReused, Poisoned, Reader, Unit
from chassis.chain import link_event, link_public
from chassis.codec import Codec
from chassis.kernel import Rejected
from chassis.recorder import EVENTS_OF, Connection, microseconds
from chassis.service import Ask, Due, Hearing, Outcome, PublicEvent, Recorded, Reply, Service, Step, Timely, View
from chassis.write import AgendaRow, EventRow, Head, InboxRow, ParkedRow, PublicRow, Write

FOLLOW_UPS_MAX = 100_000
"""Steps that one unit may cause; more is a loop in the reactions."""


class Deciding:
    """One attempt at one batch on a known head. ``states`` is the cache's view of streams; it is not changed."""

    def __init__(
        self,
        service: Service,
        codec: Codec,
        reader: Reader,
        connection: Connection,
        head: Head,
        now: datetime,
        cached: dict[UUID, Folded],
    ) -> None:
        self.service = service
        self.codec = codec
        self.reader = reader
        self.connection = connection
        self.head = head
        self.now = now
        self.states = dict(cached)
        self.categories: dict[UUID, str] = {}
        self.county = reader.county
        self.touched: dict[UUID, tuple[str, Folded]] = {}
        self.rows: list[tuple[Recorded, str, bytes]] = []
        self.public: list[tuple[PublicEvent, str]] = []
        self.write = Write(county=self.county, before=head, after=head, at=now)
        self.inbox: list[InboxRow] = []
        self.agenda: dict[UUID, AgendaRow] = {}
        self.done: list[UUID] = []
        self.parked: list[ParkedRow] = []

    async def run(self, units: Sequence[Unit]) -> Decided:
        """Decide all units; a refusal answers its own unit only."""
        kept = await self._remember(units)
        await self._load({step.stream for unit in units for step in unit.steps})
        known = await self._know(units)
        answers: list[Reply | BaseException | None] = []
        for unit, values in zip(units, known, strict=True):
            answers.append(await self._decide(unit, values, kept))
        self._chain()
        self._show()
        write = self.write
        write.inbox, write.agenda, write.done, write.parked = (
            self.inbox,
            list(self.agenda.values()),
            self.done,
            self.parked,
        )
        policy = f"{self.service.name}.policy"
        return Decided(
            write=write,
            answers=answers,
            states={stream: folded for stream, (_, folded) in self.touched.items()},
            policies_changed=any(category == policy for category, _ in self.touched.values()),
        )

    async def _remember(self, units: Sequence[Unit]) -> dict[str, InboxRow]:
        keys = [unit.key for unit in units if isinstance(unit, Ask) and unit.key]
        if not keys:
            return {}
        rows = await self.connection.fetch(
            "select key, request_hash, status, body from inbox where county = $1 and key = any($2::text[])",
            self.county,
            keys,
        )
        return {row["key"]: InboxRow(*row) for row in rows}

    async def _load(self, streams: Iterable[UUID]) -> None:
        missing = [stream for stream in streams if stream not in self.states]
        if not missing:
            return
        rows = await self.connection.fetch(EVENTS_OF, self.county, missing)
        for stream in missing:
            self.states[stream] = Folded(0, None)
        for row in rows:
            self._evolve(StoredEvent(*row))

    def _evolve(self, stored: StoredEvent) -> None:
        stream = UUID(str(stored.originator_id))
        decider = self.service.decider(self.codec.category_of[stored.topic])
        before = self.states[stream]
        state = decider.initial if before.version == 0 else before.state
        event = self.codec.decode(stored.topic, stored.state)
        self.states[stream] = Folded(stored.originator_version, decider.evolve(state, event))

    async def _know(self, units: Sequence[Unit]) -> list[list[Any]]:
        """What each step may know, read for all steps of one decider at once."""
        known: list[list[Any]] = [[None] * len(unit.steps) for unit in units]
        places: dict[str, list[tuple[int, int, Step]]] = {}
        for i, unit in enumerate(units):
            for j, step in enumerate(unit.steps):
                if step.decider.category in self.service.known:
                    places.setdefault(step.decider.category, []).append((i, j, step))
        for category, steps in places.items():
            values = await self._read_known(category, [step for _, _, step in steps])
            for (i, j, _), value in zip(steps, values, strict=True):
                known[i][j] = value
        return known

    async def _read_known(self, category: str, steps: list[Step]) -> Sequence[Any]:
        """Values for all steps; if reading fails, each alone, so that an error stays with the step it belongs to."""
        read = self.service.known[category]
        try:
            return await read(self.reader, steps)
        except Exception as error:
            if len(steps) == 1:
                return [Failed(error)]
            return [(await self._read_known(category, [step]))[0] for step in steps]

    async def _decide(self, unit: Unit, known: list[Any], kept: dict[str, InboxRow]) -> Reply | BaseException | None:
        if isinstance(unit, Ask) and (before := kept.get(unit.key)) is not None:
            if before.request_hash != unit.request_hash:
                return KeyReused(unit.key)
            if unit.done is not None:
                self.done.append(unit.done)
            return Reply(status=before.status, body=before.body)
        draft = Draft()
        place = 0
        try:
            outcomes = []
            for place, (step, value) in enumerate(zip(unit.steps, known, strict=True)):
                outcomes.append(await self._step(unit, step, value, draft, place))
            reply = unit.reply(tuple(outcomes)) if isinstance(unit, Ask) and unit.reply else Reply(status=204, body=b"")
        except Exception as error:
            if isinstance(unit, Hearing) and unit.messages:
                return Poisoned(unit.messages[place].position, error)
            return error
        self._keep(unit, draft, reply, kept)
        return reply

    async def _step(self, unit: Unit, step: Step, known: Any, draft: Draft, place: int) -> Outcome:
        """Decide one step and, in the order they arise, the steps its events cause."""
        cause = str(unit.messages[place].event_id) if isinstance(unit, Hearing) else unit.cause or unit.key
        draft.trace = unit.trace if isinstance(unit, Ask) else unit.traces[place] if unit.traces else ""
        first = self._one(unit, step, known, draft, cause)
        pending = await self._follow(self._reactions(first, draft), draft)
        caused = 0
        while pending:
            caused += 1
            if caused > FOLLOW_UPS_MAX:
                raise RuntimeError(f"{step.decider.category}: reactions without end")
            follow, value = pending.popleft()
            outcome = self._one(unit, follow, value, draft, cause)
            pending.extend(await self._follow(self._reactions(outcome, draft), draft))
        return first

    async def _follow(self, caused: Iterable[Step], draft: Draft) -> deque[tuple[Step, Any]]:
        """The steps that one outcome causes, each with what it may know, read at once as those of a unit are."""
        steps = list(caused)
        await self._load({step.stream for step in steps} - draft.states.keys())
        known: list[Any] = [None] * len(steps)
        for category in dict.fromkeys(step.decider.category for step in steps):
            if category in self.service.known:
                places = [place for place, step in enumerate(steps) if step.decider.category == category]
                values = await self._read_known(category, [steps[place] for place in places])
                for place, value in zip(places, values, strict=True):
                    known[place] = value
        return deque(zip(steps, known, strict=True))

    def _one(self, unit: Unit, step: Step, known: Any, draft: Draft, cause: str) -> Outcome:
        decider, stream = step.decider, step.stream
        version, state = draft.states[stream][1] if stream in draft.states else self.states[stream]
        if step.permit is not None:
            step.permit(state if version else decider.initial)
        if step.expected and version and version not in step.expected:
            raise Rejected("precondition.failed")
        if isinstance(known, Failed):
            raise known.error
        if version == 0:
            state = decider.initial
        command = step.command
        if isinstance(command, Timely):
            command = self.service.when_due[command.reason](stream, state, command.at)
        events = decider.decide(command, state, known) if command is not None else []
        if step.expected is not None and version == 0:
            raise Rejected("precondition.failed")  # the decider had the first word: that it is unknown
        for event in events:
            version += 1
            state = decider.evolve(state, event)
            recorded = Recorded(originator_id=stream, originator_version=version, event=event)
            draft.recorded.append((recorded, cause, type(command).__name__))
            draft.public.extend([(told, draft.trace) for told in self.service.outgoing(recorded, state)])
        if events:
            draft.states[stream] = (decider.category, Folded(version, state))
        return Outcome(stream=stream, version=version, state=state, events=tuple(events))

    def _reactions(self, outcome: Outcome, draft: Draft) -> Iterable[Step]:
        first = outcome.version - len(outcome.events) + 1
        for version, event in enumerate(outcome.events, first):
            recorded = Recorded(originator_id=outcome.stream, originator_version=version, event=event)
            for reaction in self.service.reactions(recorded, outcome.state):
                if isinstance(reaction, Due):
                    draft.due.append(reaction)
                else:
                    yield reaction

    def _keep(self, unit: Unit, draft: Draft, reply: Reply, kept: dict[str, InboxRow]) -> None:
        """The unit is decided: its draft becomes part of the batch."""
        for stream, (category, folded) in draft.states.items():
            self.touched[stream] = (category, folded)
            self.states[stream] = folded
        by, role = (unit.by, unit.role) if isinstance(unit, Ask) else (unit.source, "bus")
        for recorded, cause, command in draft.recorded:
            metadata = msgspec.json.encode({"by": by, "role": role, "cause": cause, "command": command})
            self.rows.append((recorded, self.codec.topic_of[type(recorded.event)], metadata))
        self.public.extend(draft.public)
        for due in draft.due:
            entry = uuid.uuid5(due.stream, f"{due.reason}@{due.at.isoformat()}")
            self.agenda[entry] = AgendaRow(entry, due.at, due.decider, due.stream, due.reason)
        if isinstance(unit, Hearing):
            self._track(unit)
            return
        if unit.done is not None:
            self.done.append(unit.done)
            self.agenda.pop(unit.done, None)
        if unit.key:
            row = InboxRow(unit.key, unit.request_hash, reply.status, reply.body)
            self.inbox.append(row)
            kept[unit.key] = row

    def _track(self, hearing: Hearing) -> None:
        if not hearing.redriven:
            # What is heard again, out of its turn, leaves tracking to those who hear in turn.
            self.write.tracking = (hearing.source, hearing.through, hearing.epoch)
        for heard, reason, tries in hearing.parked:
            self.parked.append(
                ParkedRow(
                    heard.source, heard.position, heard.event_id, heard.type, heard.subject, heard.body,
                    heard.recorded_at, reason, tries,
                )
            )  # fmt: skip
        if hearing.redriven:
            self.write.unparked = (hearing.source, list(hearing.redriven))

    def _chain(self) -> None:
        """Give every event its position and link both logs."""
        head, at_us = self.head, microseconds(self.now)
        link, events = head.hash, []
        for position, (recorded, topic, metadata) in enumerate(self.rows, head.position + 1):
            state = self.codec.encode(recorded.event)
            stream, version = recorded.originator_id, recorded.originator_version
            link = link_event(link, position, stream, version, topic, state, metadata, at_us)
            events.append(EventRow(position, stream, version, topic, state, metadata, link))
        public_link, public = head.public_hash, []
        for position, (told, trace) in enumerate(self.public, head.public_position + 1):
            event_id, kind, body = uuid.uuid4(), told.data.TYPE, told.data.model_dump_json(exclude_none=True).encode()  # type: ignore[attr-defined]
            public_link = link_public(public_link, position, event_id, kind, told.subject, body, at_us)
            public.append(PublicRow(position, event_id, kind, told.subject, body, public_link, trace))
        self.write.events, self.write.public = events, public
        self.write.after = Head(
            writes=head.writes + 1,
            position=head.position + len(events),
            public_position=head.public_position + len(public),
            hash=link,
            public_hash=public_link,
            epoch=head.epoch,
        )

    def _show(self) -> None:
        """The rows of the read models that changed."""
        shown: dict[str, tuple[View, list[Any]]] = {}
        for view in self.service.views:
            rows = [
                row
                for stream, (category, folded) in self.touched.items()
                if category == view.category and (row := view.row(stream, folded.state)) is not None
            ]
            if rows:
                shown[view.table] = (view, rows)
        self.write.views = shown
