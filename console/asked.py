"""A request as a page's function gets it: which county, what the path and the form say, for whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from chassis.config import Settings
from console.pages import Shown
from console.services import For, Services
from console.typed import Form


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``form`` holds the fields of the query, or of the body where the method is POST."""

    path: Mapping[str, str]
    form: Form
    asker: For
    services: Services
    settings: Settings

    @property
    def county(self) -> str:
        """The county that the path names."""
        return self.path["county"]


Answer = Callable[[Asked], Awaitable[Shown]]
