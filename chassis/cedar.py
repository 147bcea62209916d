"""The policies as Cedar evaluates them: parsed and validated once, then asked one question after another.

A question names everything a policy may look at, so that the same question always has the same answer. Default is deny;
a ``forbid`` outweighs every ``permit``. Memory of answers, and what a denial is called, are ``chassis.authority``'s.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import cedarpy
from cedarpy.pst import ActionEq, ActionIn, Template

EVERYWHERE = "*"
"""The place of a service's token, which names no county: every county lies in it."""

_KINDS = re.compile(r"action (?P<names>[^;{]*?)(?: in \[[^]]*\])? appliesTo \{[^}]*?resource: \[(?P<kind>\w+)\]", re.S)
_GROUPS = re.compile(r"action (?P<names>[^;{]*?) in \[(?P<groups>[^\]]*)\]")
_NAME = re.compile(r'"([^"]+)"')
_CITY_DIGITS, _PROVINCE_DIGITS = 4, 2
_ME, _IT = "me", "it"
REMEMBERED = 4096
"""So many callers with their things are kept as Cedar wants them; then the memory begins anew."""


class Question(NamedTuple):
    """Who asks to do what to which thing; an empty ``township`` is none. ``route`` is for actions ``see.*`` only."""

    action: str
    role: str
    county: str
    township: str = ""
    owner: str = ""
    subject: str = ""
    at_county: str = ""
    at_township: str = ""
    owners: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    route: str = ""


class Policies:
    """Schema, policies and roles of one or more folders, read together."""

    def __init__(self, schema: str, policies: str, groups: Mapping[str, Iterable[str]]) -> None:
        """ValueError that names what is wrong: no policies, text that does not parse, policies that do not fit."""
        self._schema = cedarpy.Schema.from_str(schema)
        found = cedarpy.validate_policies(policies, self._schema)
        if not found.validation_passed:
            raise ValueError("policies that do not fit the schema: " + "; ".join(error.error for error in found.errors))
        self._written = cedarpy.PolicySet.from_str(policies).to_pst()
        named = [policy.annotations.get("id") for policy in self._written.static_policies.values()]
        self.names = frozenset(name for name in named if name)
        if len(self.names) != len(named):
            raise ValueError("every policy has an @id, and each its own")
        self.groups = {group: frozenset(roles) for group, roles in groups.items()}
        self._base = cedarpy.Entities.from_json_str(json.dumps(_roles(self.groups)), self._schema)
        self.kinds = _kinds(str(self._schema))
        self._groups_of = _groups_of(str(self._schema))
        self._about: dict[tuple[str, ...], cedarpy.PolicySet] = {}
        self._asked: dict[str, cedarpy.PolicySet] = {}
        self._entities: dict[tuple[Question, str], cedarpy.Entities] = {}

    @classmethod
    def load(cls, *folders: Path) -> Policies:
        """Everything ``*.cedarschema``, ``*.cedar`` and ``roles.toml`` in ``folders``. ValueError, OSError."""
        schema, policies = ("\n".join(_texts(folders, f"*.{ending}")) for ending in ("cedarschema", "cedar"))
        groups: dict[str, set[str]] = {}
        for text in _texts(folders, "roles.toml"):
            for group, roles in tomllib.loads(text)["groups"].items():
                groups.setdefault(group, set()).update(roles)
        if not policies:
            raise ValueError(f"no policies in {', '.join(map(str, folders))}")
        return cls(schema, policies, groups)

    def allows(self, question: Question) -> bool:
        """Whether the policies permit it; an error while evaluating is a denial."""
        answer = self._ask(question)
        return bool(answer.allowed) and not answer.diagnostics.errors

    def reasons(self, question: Question) -> frozenset[str]:
        """The names (``@id``) of the policies that decide it: those that forbid, else those that permit."""
        return frozenset(self._ask(question).diagnostics.id_annotations_by_reason.values())

    def _ask(self, question: Question) -> cedarpy.AuthzResult:
        kind = self.kinds[question.action]
        request: dict[str, Any] = {
            "principal": {"type": "Caller", "id": _ME},
            "action": {"type": "Action", "id": question.action},
            "resource": {"type": kind, "id": _IT},
            "context": {"route": question.route} if question.route else {},
        }
        return cedarpy.is_authorized(request, self.about(question.action), self._around(question, kind))

    def about(self, action: str) -> cedarpy.PolicySet:
        """The policies whose scope names the action or a group that it is in, and those that name none.

        Cedar looks at every policy of the set that it is given, and the others have nothing to say: so the answer is
        that of all, a tenth of the time later.
        """
        found = self._asked.get(action)
        if found is None:
            names = {action, *self._groups_of.get(action, ())}
            chosen = {id: one for id, one in self._written.static_policies.items() if _speaks_of(one, names)}
            key = tuple(sorted(chosen))
            if key not in self._about:
                self._about[key] = cedarpy.PolicySet.from_pst(replace(self._written, static_policies=chosen))
            found = self._asked[action] = self._about[key]
        return found

    def _around(self, question: Question, kind: str) -> cedarpy.Entities:
        """Caller, thing and places; what is asked of them, and by which route, does not change them."""
        about = (question._replace(action="", route=""), kind)
        entities = self._entities.get(about)
        if entities is None:
            if len(self._entities) >= REMEMBERED:
                self._entities.clear()
            entities = self._base.with_added_json_str(json.dumps(_entities(question, kind)))
            self._entities[about] = entities
        return entities


def _texts(folders: Iterable[Path], pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob(pattern))]


def _kinds(schema: str) -> dict[str, str]:
    """Each action and the one kind of thing it applies to, from the schema as Cedar writes it."""
    return {name: found["kind"] for found in _KINDS.finditer(schema) for name in _NAME.findall(found["names"])}


def _groups_of(schema: str) -> dict[str, frozenset[str]]:
    """The groups that each action or group is in, those above them too."""
    direct = {
        name: frozenset(_NAME.findall(found["groups"]))
        for found in _GROUPS.finditer(schema)
        for name in _NAME.findall(found["names"])
    }

    def above(name: str) -> frozenset[str]:
        groups = direct.get(name, frozenset())
        return groups.union(*(above(group) for group in groups))

    return {name: above(name) for name in direct}


def _speaks_of(policy: Template, actions: Iterable[str]) -> bool:
    """Whether the scope of a policy takes one of the actions; a scope that is not understood takes all."""
    match policy.action:
        case ActionEq(entity=one):
            named = {one.id}
        case ActionIn(entities=several):
            named = {one.id for one in several}
        case _:
            return True
    return not named.isdisjoint(actions)


def _roles(groups: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    parents: dict[str, list[str]] = {}
    for group, roles in groups.items():
        for role in roles:
            parents.setdefault(role, []).append(group)
    return [
        *(_entity("Role", group) for group in groups),
        *(_entity("Role", role, parents=sorted(above)) for role, above in parents.items()),
    ]


def _entities(question: Question, kind: str) -> list[dict[str, Any]]:
    county, at_county = question.county or EVERYWHERE, question.at_county or EVERYWHERE
    place, at = _place(county, question.township), _place(at_county, question.at_township)
    parents = {**_above(county), **_above(at_county)}
    for inner, outer in ((place, county), (at, at_county)):
        if inner != outer:
            parents[inner] = [outer]
    caller = {
        "place": _place_of(place),
        "county": _place_of(county),
        "owner": question.owner,
        "subject": question.subject,
        "regional": 0 < len(question.county) <= _CITY_DIGITS,
    }
    thing = {"place": _place_of(at), "owners": list(question.owners), "actors": list(question.actors)}
    return [
        *(_entity("Place", name, parents=above, of="Place") for name, above in parents.items()),
        _entity("Caller", _ME, caller, [question.role]),
        _entity(kind, _IT, thing),
    ]


def _place(county: str, township: str) -> str:
    """A township is named with its tenant: its code need not begin with the tenant's, and is no other tenant's."""
    return f"{county}/{township}" if township else county


def _above(county: str) -> dict[str, list[str]]:
    """The county and all regions that its code begins with, each with the next one above."""
    digits = (len(county), _CITY_DIGITS, _PROVINCE_DIGITS)
    names = list(dict.fromkeys(county[:count] for count in digits if count <= len(county)))
    if county != EVERYWHERE:
        names.append(EVERYWHERE)
    return dict(zip(names, [*([name] for name in names[1:]), []], strict=True))


def _place_of(name: str) -> dict[str, dict[str, str]]:
    return {"__entity": {"type": "Place", "id": name}}


def _entity(
    kind: str, id: str, attributes: Mapping[str, Any] | None = None, parents: Iterable[str] = (), of: str = "Role"
) -> dict[str, Any]:
    return {
        "uid": {"type": kind, "id": id},
        "attrs": dict(attributes or {}),
        "parents": [{"type": of, "id": parent} for parent in parents],
    }
