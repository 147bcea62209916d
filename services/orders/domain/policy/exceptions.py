"""What orders read of ``[providers.exceptions]``: whether the county judges exceptions at all, and what is served in a
hospital. The section stands with the providers, who raise most of them; one rule is not written twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ExceptionRules:
    """Without the section nothing more is looked at than before there was one."""

    judged: bool = False
    hospital_items: frozenset[str] = frozenset()


def read_exceptions(document: Mapping[str, Any]) -> ExceptionRules:
    """The section of a whole pack."""
    section = (document.get("providers") or {}).get("exceptions")
    if section is None:
        return ExceptionRules()
    return ExceptionRules(judged=True, hospital_items=frozenset(section.get("hospital_items", ())))
