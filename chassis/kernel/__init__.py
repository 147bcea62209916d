"""The pure kernel: the few types a domain may import. No I/O, no clock, no randomness, no library.

A decider is the heart of every service (Chassaing, *Functional Event Sourcing Decider*, 2021):

    decide(command, state, known) -> events      refuses by raising ``Rejected``
    evolve(state, event)          -> state       never refuses, knows nothing but its arguments
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
K = TypeVar("K")

Plain = str | int | bool | None
"""What a refusal may tell about itself: plain values, never personal data."""


class Rejected(Exception):
    """A command is refused; nothing has happened.

    ``code`` is stable and public (``order.already_closed``); ``facts`` are plain values that help the caller
    to mend the request. Never put personal data or echoed input into ``facts``.
    """

    def __init__(self, code: str, **facts: Plain) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rejected) and (self.code, self.facts) == (other.code, other.facts)

    def __hash__(self) -> int:
        return hash(self.code)

    def __repr__(self) -> str:
        return f"Rejected({self.code!r}, {self.facts!r})"


class NotYet(Exception):
    """A message names what has not arrived here yet (a policy version): it waits, is tried again, is no poison."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A personal field in ciphertext. A domain carries it and cannot read it; only the vault opens it."""

    box: str
    """``<key version>.<nonce>.<ciphertext>``, base64url; bound to person and field as associated data."""


@dataclass(frozen=True, kw_only=True)
class Decider(Generic[C, S, E, K]):
    """One decision boundary.

    ``category`` names the kind of stream (``orders.need``); ``initial`` is the state before the first event;
    ``events`` are all event classes by topic (``orders.need.registered``), chosen names that never follow a module.
    """

    category: str
    initial: S
    decide: Callable[[C, S, K], list[E]]
    evolve: Callable[[S, E], S]
    events: dict[str, type[Any]]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after ``events``, starting at ``state`` or at the beginning."""
        return reduce(self.evolve, events, self.initial if state is None else state)


def topics(category: str, *events: type[Any]) -> dict[str, type[Any]]:
    """Topics of ``events`` below ``category``: ``PlanApproved`` of ``orders.plan`` is ``orders.plan.plan_approved``."""
    return {f"{category}.{snake(event.__name__)}": event for event in events}


def snake(name: str) -> str:
    """``MonthSealed`` -> ``month_sealed``."""
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))
