"""The orders in which a list may be read: one by default, others by name, each a key that is unique and never null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import Field, JsonValue

from chassis.problems import Refused


class Order(NamedTuple):
    """``name`` as it is asked for, empty for the default; ``columns`` are unique together."""

    name: str
    columns: tuple[str, ...]
    descending: bool

    @property
    def sql(self) -> str:
        """What follows ``order by``."""
        return ", ".join(f"{column} {'desc' if self.descending else 'asc'}" for column in self.columns)

    def beyond(self, first: int) -> str:
        """The condition that a row comes after the one whose key is in the arguments from ``$first`` on."""
        places = ", ".join(f"${first + place}" for place in range(len(self.columns)))
        return f"({', '.join(self.columns)}) {'<' if self.descending else '>'} ({places})"

    def key(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The row's place."""
        return tuple(row[column] for column in self.columns)

    def behind(self, rows: Iterable[Mapping[str, Any]], after: tuple[Any, ...]) -> list[Mapping[str, Any]]:
        """Rows that no table holds, in order, those after the key ``after`` (all where it is empty)."""
        ordered = sorted(rows, key=self.key, reverse=self.descending)
        if not after:
            return ordered
        return [row for row in ordered if (self.key(row) < after if self.descending else self.key(row) > after)]


class Sorts:
    """The default order, and those that may be asked for as ``sort=name`` or, downwards, ``sort=-name``."""

    def __init__(
        self, order: Sequence[str], *, newest_first: bool = False, named: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._orders = {"": Order("", tuple(order), newest_first)}
        for name, columns in (named or {}).items():
            self._orders[name] = Order(name, tuple(columns), descending=False)
            self._orders[f"-{name}"] = Order(f"-{name}", tuple(columns), descending=True)

    def of(self, query: Mapping[str, Any]) -> Order:
        """The order that is asked for; ``sort.unknown`` for one that is not offered."""
        order = self._orders.get(query.get("sort", ""))
        if order is None or query.get("sort") == "":
            raise Refused("sort.unknown")
        return order

    def offered(self) -> tuple[Order, ...]:
        """All of them, the default first."""
        return tuple(self._orders.values())

    @property
    def parameter(self) -> dict[str, Any]:
        """The query parameter ``sort``, where there is a choice."""
        names: list[JsonValue] = [name for name in self._orders if name]
        return {"sort": Annotated[str, Field(json_schema_extra={"enum": names})]} if names else {}
