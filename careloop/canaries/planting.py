"""What is planted: a mark in every text, and numbers as they are; kept in the data folder for a later search."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from careloop.canaries.looking import Needles

FILE = "canaries.json"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, kw_only=True)
class Canary:
    """A mark, empty where nothing is planted, and the numbers planted beside it."""

    mark: str = ""
    numbers: set[str] = field(default_factory=set)

    def plant(self, text: str) -> str:
        """``text`` with the mark at its end."""
        return text + self.mark

    def number(self, number: str) -> str:
        """A number that a form prescribes: planted as it is."""
        if self.mark:
            self.numbers.add(number)
        return number

    @property
    def needles(self) -> Needles:
        """What is searched for."""
        return Needles.of((self.mark, *self.numbers) if self.mark else ())

    def keep(self, folder: Path) -> None:
        """Write it down, readable by the owner alone."""
        if not self.mark:
            return
        file = folder / FILE
        file.touch(mode=_OWNER_ONLY)
        file.write_text(json.dumps({"mark": self.mark, "numbers": sorted(self.numbers)}), encoding="utf-8")


def new() -> Canary:
    """A mark nobody has used before; twelve letters and digits that no other text has by chance."""
    return Canary(mark=f"CANARY{secrets.token_hex(6).upper()}")


def kept(folder: Path) -> Canary:
    """What was planted in this folder before; nothing where nothing was."""
    file = folder / FILE
    if not file.exists():
        return Canary()
    told = json.loads(file.read_text(encoding="utf-8"))
    return Canary(mark=told["mark"], numbers=set(told["numbers"]))
