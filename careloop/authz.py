"""``careloop authz check``: the policies are valid, and answer every line of ``examples.toml`` as it says.

The examples stand beside the policies, so that whoever changes a policy says what that changes, and an auditor reads
what it comes to. Every policy must decide at least one of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from careloop.output import err, out
from chassis.auth import Caller
from chassis.authority import Authority, Resource
from chassis.cedar import Policies, Question
from chassis.config import Settings

EXAMPLES = "examples.toml"
_WHO = re.compile(r"(?P<role>\w+)(:(?P<subject>[^@]+))?@(?P<county>\w*)(/(?P<township>\w+))?(#(?P<owner>\w+))?")
_TO = re.compile(r"(?P<county>\w*)(/(?P<township>\w+))?(?P<owners>(#\w+)*)(?P<actors>(![\w-]+)*)")


class Example(NamedTuple):
    """A decision as it should be: ``expected`` is None where it is permitted, else the code of the refusal."""

    caller: Caller
    action: str
    resource: Resource
    expected: str | None


class Sight(NamedTuple):
    """Whether ``role`` should see fields of a class in the answers of an operation."""

    role: str
    field_class: str
    operation: str
    expected: bool


def examples(folder: Path) -> tuple[list[Example], list[Sight]]:
    """What ``examples.toml`` in ``folder`` says. ValueError for a line that cannot be read, OSError."""
    table = tomllib.loads((folder / EXAMPLES).read_text(encoding="utf-8"))
    decisions = [_example(who, action, to, None) for who, action, to in table["permitted"]]
    decisions += [_example(who, action, to, code) for who, action, to, code in table["refused"]]
    sights = [Sight(role, what, where, True) for role, what, where in table["shown"]]
    sights += [Sight(role, what, where, False) for role, what, where in table["kept_back"]]
    return decisions, sights


def faults(folder: Path) -> list[str]:
    """What is wrong with the policies in ``folder``, a sentence each; empty where they are as they should be."""
    try:
        authority = Authority.load(folder)
        decisions, sights = examples(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"{type(error).__name__}: {error}"]
    return [
        *(f"nobody may {action}" for action in authority.policies.kinds if not authority.knows(action)),
        *_wrong(authority, decisions),
        *(_unlike(sight) for sight in sights if _sees(authority, sight) != sight.expected),
        *_undecided(authority.policies, decisions, sights),
    ]


def check(folder: Path | None = None) -> int:
    """Print what is wrong with the policies of ``folder`` (the deployment's); 1 if anything is."""
    where = folder or Settings().authz
    found = faults(where)
    for fault in found:
        err.print(f"[red]{fault}[/red]")
    if not found:
        decisions, sights = examples(where)
        out.print(f"{where}: valid; {len(decisions) + len(sights)} examples are answered as they should be")
    return 1 if found else 0


def _example(who: str, action: str, to: str, expected: str | None) -> Example:
    asking, thing = _WHO.fullmatch(who), _TO.fullmatch(to)
    if asking is None or thing is None:
        raise ValueError(f"not an example: {who} {action} {to}")
    owners, actors = (tuple(re.split("[#!]", thing[name])[1:]) for name in ("owners", "actors"))
    resource = Resource(thing["county"], thing["township"] or "", owners, actors)
    caller = Caller(
        subject=asking["subject"] or "somebody",
        role=asking["role"],
        county=asking["county"],
        owner=asking["owner"] or "",
        township=asking["township"] or "",
    )
    return Example(caller, action, resource, expected)


def _wrong(authority: Authority, decisions: Iterable[Example]) -> Iterable[str]:
    for caller, action, resource, expected in decisions:
        answer = authority.refusal(caller, action, resource)
        if answer != expected:
            told = f"{answer or 'permitted'} instead of {expected or 'permitted'}"
            yield f"{caller.role} of {caller.county or 'everywhere'} {action} at {'/'.join(resource[:2])}: {told}"


def _sees(authority: Authority, sight: Sight) -> bool:
    return authority.sees(Caller(subject="s", role=sight.role, county="130528"), sight.operation, sight.field_class)


def _unlike(sight: Sight) -> str:
    seen = "does not see" if sight.expected else "sees"
    return f"{sight.role} {seen} fields of {sight.field_class} in {sight.operation}"


def _undecided(policies: Policies, decisions: Iterable[Example], sights: Iterable[Sight]) -> list[str]:
    questions = [
        Question(
            action, caller.role, caller.county, caller.township, caller.owner, caller.subject,
            resource.county, resource.township, resource.owners, resource.actors,
        )
        for caller, action, resource, _ in decisions
    ]  # fmt: skip
    questions += [
        Question(f"see.{sight.field_class}", sight.role, "130528", at_county="130528", route=sight.operation)
        for sight in sights
    ]
    deciding = {name for question in questions for name in policies.reasons(question)}
    return [f"no example is decided by the policy {name}" for name in sorted(policies.names - deciding)]
