"""The declaration is whole: every refusal is explained, every type told and heard is published."""

from __future__ import annotations

import re
from pathlib import Path

import services.settlement
from contracts.registry import EVENTS
from services.settlement import outgoing
from services.settlement.domain.refusals import REFUSALS
from services.settlement.service import service
from services.settlement.views.facts import OWN_TYPES

SERVICE = Path(next(iter(services.settlement.__path__)))
REJECTED = re.compile(r'Rejected\(\s*"([a-z_]+\.[a-z_]+)"')


def rejected_codes() -> set[str]:
    """The codes that rules and routes refuse with, as their text says."""
    text = "".join(path.read_text() for path in SERVICE.rglob("*.py"))
    return set(REJECTED.findall(text))


def test_every_code_a_rule_refuses_with_is_explained() -> None:
    assert rejected_codes() <= REFUSALS.keys()


def test_no_explanation_is_left_without_a_rule() -> None:
    assert REFUSALS.keys() - rejected_codes() == {"policy.version_is_taken"}


def test_every_fact_of_the_others_is_heard() -> None:
    heard = {kind for types in service.hears.values() for kind in types}
    others = {
        name for name, kind in EVENTS.items() if "fact" in kind.model_fields and not name.startswith("settlement.")
    }
    assert others <= heard <= EVENTS.keys()


def test_every_fact_of_its_own_is_read_from_its_own_log() -> None:
    own = {name for name, kind in EVENTS.items() if "fact" in kind.model_fields and name.startswith("settlement.")}
    assert own == set(OWN_TYPES)


def test_every_published_event_of_the_service_is_told() -> None:
    told = Path(outgoing.__file__).read_text()
    mine = [kind.__name__ for name, kind in EVENTS.items() if name.startswith("settlement.")]
    assert [name for name in mine if f"told.{name}(" not in told] == []
