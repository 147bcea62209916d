"""A patient caller: whatever is not answered is asked again with the same key until it is."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from contextlib import suppress

import httpx2

from chassis.http import Running
from services.declared import PORTS
from tests.journeys.client import Actor, Answer, Client, Command
from tests.journeys.county import County

PATIENCE_S = 60.0
PAUSE_S = 0.1
BUSY = 503


class Patient(Client):
    """Remembers every command with its answer, and counts how often none came.

    ``after`` calls back once, when so many commands are answered: that is where a test puts its fault.
    """

    def __init__(self, of: Client) -> None:
        super().__init__(of._settings, of.county)
        self.answered: list[tuple[Command, Answer]] = []
        self.cut_off = 0
        """Requests whose connection broke: nobody told their caller what became of them."""
        self._turn = itertools.count()
        self.busy = 0
        """Requests answered 503."""
        self.second: Running | None = None
        """Orders as another process answers it: asked for every other command and question."""
        self._faults: list[tuple[int, Callable[[], None]]] = []

    def after(self, answers: int, fault: Callable[[], None]) -> None:
        """Call ``fault`` when so many more commands are answered."""
        self._faults.append((len(self.answered) + answers, fault))

    async def send(self, command: Command) -> Answer:
        """The answer, however often it has to be asked for; remembered."""
        answer = await self._insist(command)
        self.answered.append((command, answer))
        for due in [fault for fault in self._faults if fault[0] <= len(self.answered)]:
            self._faults.remove(due)
            due[1]()
        return answer

    async def _insist(self, command: Command) -> Answer:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                answer = await super().send(command)
            except httpx2.TransportError:
                self.cut_off += 1
            else:
                if answer.status != BUSY:
                    break
                self.busy += 1
            if time.monotonic() > deadline:
                raise TimeoutError(f"{command.service} {command.path} is not answered")
            await asyncio.sleep(PAUSE_S)
        assert answer.status < 500, f"{command.service} {command.path}: {answer.text}"
        return answer

    async def ask(self, service: str, path: str, by: Actor) -> Answer:
        """The answer of a question, however often it has to be asked."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with suppress(httpx2.TransportError):
                answer = await super().ask(service, path, by)
                if answer.status != BUSY:
                    return answer
            if time.monotonic() > deadline:
                raise TimeoutError(f"{service} {path} is not answered")
            await asyncio.sleep(PAUSE_S)

    def _url(self, service: str, path: str) -> str:
        if self.second is not None and service == "orders" and path != "/v1/clock" and next(self._turn) % 2:
            self.second.clock.refresh()
            return self.second.settings.address(service, PORTS[service]) + path
        return super()._url(service, path)

    async def ask_all_again(self) -> list[str]:
        """Repeat every command with its key; those that are answered otherwise than before, in words (O1, O8).

        To be asked before the clock passes the days for which keys are kept.
        """
        remembered = list(self.answered)
        again = await asyncio.gather(*(self._insist(command) for command, _ in remembered))
        return [
            f"{command.service} {command.path}: {before.text} became {after.text}"
            for (command, before), after in zip(remembered, again, strict=True)
            if (before.status, before.text) != (after.status, after.text) and command.path != "/v1/clock"
        ]


async def play_month(county: County, people: int) -> None:
    """Everybody helped, served and settled; before the close every answer is asked for again and is the same."""
    await county.help_all(range(1, people + 1))
    await county.rest()
    await county.serve()
    different = await caller(county).ask_all_again()
    assert not different, different
    await county.close()


def caller(county: County) -> Patient:
    """The patient caller of a county of these tests."""
    assert isinstance(county.client, Patient)
    return county.client
