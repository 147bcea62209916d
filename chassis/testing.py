"""Given, when, then over data: how the rules of a decider are told in tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chassis.codec import Codec
from chassis.kernel import Decider, Rejected


@dataclass(frozen=True)
class Specification:
    """``a_need.given(registered).when(confirm, known=policy).then(confirmed)``.

    ``given`` folds events that went through the codec first, so that every test also proves they can be stored and
    read. ``then`` compares events, ``rejected`` the code and, where given, the facts of the refusal.
    """

    decider: Decider[Any, Any, Any, Any]
    _history: tuple[Any, ...] = ()
    _decided: tuple[Any, ...] | Rejected | None = field(default=None)

    def given(self, *events: Any) -> Specification:
        """The events so far."""
        return replace(self, _history=self._history + events)

    def when(self, command: Any, known: Any = None) -> Specification:
        """Ask for a decision; what follows a first ``when`` sees its events as history."""
        history = self._history
        if isinstance(self._decided, tuple):
            history += self._decided
        state = self.decider.fold(self._through_the_codec(history))
        decided: tuple[Any, ...] | Rejected
        try:
            decided = tuple(self.decider.decide(command, state, known))
        except Rejected as refusal:
            decided = refusal
        return Specification(self.decider, history, decided)

    def then(self, *events: Any) -> None:
        """Exactly these events; none means a repetition."""
        assert not isinstance(self._decided, Rejected), f"rejected: {self._decided!r}"
        assert self._decided == events, f"decided {self._decided}, expected {events}"

    def rejected(self, code: str, **facts: Any) -> None:
        """Refused with this code, and these facts where any are named."""
        assert isinstance(self._decided, Rejected), f"not rejected: {self._decided}"
        assert self._decided.code == code, self._decided
        assert not facts or self._decided.facts == facts, self._decided

    @property
    def events(self) -> tuple[Any, ...]:
        """What was decided, for looking closer."""
        assert isinstance(self._decided, tuple), f"rejected: {self._decided!r}"
        return self._decided

    @property
    def state(self) -> Any:
        """The state after everything."""
        return self.decider.fold([*self._history, *(self._decided if isinstance(self._decided, tuple) else ())])

    def _through_the_codec(self, events: Sequence[Any]) -> list[Any]:
        codec = Codec([self.decider])
        stored = [codec.decode(codec.topic_of[type(event)], codec.encode(event)) for event in events]
        assert stored == list(events), "an event changed by being stored"
        return stored
