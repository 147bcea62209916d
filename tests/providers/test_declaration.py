"""The declaration is whole: every refusal is explained, every type told and heard is published."""

from __future__ import annotations

import re
from pathlib import Path

import services.providers.domain
from contracts.registry import EVENTS
from services.providers import outgoing
from services.providers.domain.refusals import REFUSALS
from services.providers.service import service

DOMAIN = Path(next(iter(services.providers.domain.__path__)))
REJECTED = re.compile(r'Rejected\(\s*"([a-z_.]+)"(?: if [^"]+ else "([a-z_.]+)")?')


def rejected_codes() -> set[str]:
    """The codes the rules refuse with, as their text says."""
    text = "".join(path.read_text() for path in DOMAIN.rglob("*.py"))
    return {code for pair in REJECTED.findall(text) for code in pair if code}


def test_every_code_a_rule_refuses_with_is_explained() -> None:
    assert rejected_codes()
    assert rejected_codes() <= REFUSALS.keys()


def test_no_explanation_is_left_without_a_rule() -> None:
    assert REFUSALS.keys() - rejected_codes() <= {"policy.version_is_taken"}


def test_what_is_heard_is_published() -> None:
    heard = {kind for types in service.hears.values() for kind in types}
    assert heard <= EVENTS.keys()


def test_every_published_event_of_the_service_is_told() -> None:
    told = Path(outgoing.__file__).read_text()
    mine = [kind.__name__ for name, kind in EVENTS.items() if name.startswith("providers.")]
    assert [name for name in mine if f"told.{name}(" not in told] == []


def test_every_reason_of_the_agenda_has_its_command() -> None:
    assert set(service.when_due) == {
        "expire_offer", "run_batch", "expire_key", "seal_month", "miss_visit", "leave_visit_open",
        "release_orders", "search_again", "begin_grade_round", "grade_overdue", "finding_overdue",
        "look_at_visits_of_outage",
    }  # fmt: skip
