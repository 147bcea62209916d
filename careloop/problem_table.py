"""Write the table of all problem codes, from the registry and the declared routes, or check the written one.

    python -m careloop.problem_table --write | --check

It stands in ``docs/spec/problems.md``. When a code is told follows from the operations that declare it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from fastapi.routing import iter_route_contexts

from careloop.openapi_files import application
from chassis.http.codes import codes
from chassis.http.operation import OperationRoute
from chassis.problems import GENERAL, Refusal
from contracts import written
from services.declared import declared

FOLDER = Path(__file__).parents[1] / "docs/spec"
NAMED_MAX = 8
"""Operations that are named; of more the number is told."""
BETWEEN_SERVICES = "between services: the message is set aside"
BEYOND_OPERATIONS: Mapping[str, str] = {
    "method_not_allowed": "any address",
    "not_found": "any address",
    "route.sunset": "a route whose `Sunset` has passed",
    "month.seal_not_begun": BETWEEN_SERVICES,
    "fact.told_differently": BETWEEN_SERVICES,
}
"""What is told without an operation's saying so."""

_HEAD = """# 拒绝代码 Problem codes

Every refusal is `application/problem+json` (RFC 9457) with a stable `code`. Its `type` is
`urn:careloop:problem:<code>`, the same wherever a service runs; this page is what it stands for. `title` is Chinese,
`title_en` English; `facts` are plain values that help to mend the request, `errors` the places that are wrong. Nothing
echoes what was sent.

Written by `python -m careloop.problem_table --write` from `chassis/problems.py`, the services' refusals and routes;
tests see that it is current. *When* names the operations (`operationId`) that may answer so.
"""


def text() -> str:
    """The page as it is written."""
    when = _when()
    parts = [_HEAD, _section("一般 General", GENERAL, when)]
    parts += [_section(service.title, service.refusals, when) for service in declared()]
    return "\n".join(parts)


def _section(title: str, refusals: Mapping[str, Refusal], when: Mapping[str, list[str]]) -> str:
    lines = [f"## {title}", "", "| code | status | 中文 | English | when |", "|---|---|---|---|---|"]
    for code, (status, chinese, english) in refusals.items():
        lines.append(f"| `{code}` | {status} | {chinese} | {english} | {_told(code, when.get(code, []))} |")
    return "\n".join([*lines, ""])


def _told(code: str, operations: list[str]) -> str:
    named = list(dict.fromkeys(operations))
    if code in BEYOND_OPERATIONS:
        return BEYOND_OPERATIONS[code]
    return ", ".join(f"`{name}`" for name in named) if len(named) <= NAMED_MAX else f"{len(named)} operations"


def _when() -> dict[str, list[str]]:
    """Code -> the operations that may answer with it, in order of declaration."""
    found: dict[str, list[str]] = {}
    for route in _routes():
        for code in codes(route.declared):
            found.setdefault(code, []).append(route.operation_id or route.name)
    return found


def _routes() -> Iterable[OperationRoute]:
    for service in declared():
        for context in iter_route_contexts(application(service).router.routes):
            if isinstance(context.original_route, OperationRoute):
                yield context.original_route


def makers() -> written.Makers:
    """Path below ``docs/spec`` -> what makes the page."""
    return {"problems.md": text}


if __name__ == "__main__":
    sys.exit(written.run(sys.argv[1:], FOLDER, makers(), __doc__))
