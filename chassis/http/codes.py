"""Which problems an operation may answer with: what any request may meet, what its parts may, what it declares."""

from __future__ import annotations

from collections.abc import Iterator

from chassis.http.declared import Declared
from chassis.http.documented import path_names, takes_if_match
from chassis.problems import GENERAL


def _begins(*prefixes: str) -> tuple[str, ...]:
    return tuple(code for code in GENERAL if code.startswith(prefixes))


_ALWAYS = (
    "request.malformed", *_begins("header.", "path."), "query.too_long", "query.unknown", "internal", "unavailable",
)  # fmt: skip
_WITH_TOKEN = (*_begins("token.", "county.", "forbidden."), "rate.limited")
_WITH_BODY = tuple(code for code in _begins("body.") if code != "body.unexpected")
_WITHOUT_BODY = ("body.unexpected", "body.encoded", "body.too_large", "body.too_slow")


def codes(declared: Declared) -> tuple[str, ...]:
    """The codes of the problems that ``declared`` may answer with."""
    return tuple(dict.fromkeys(_codes(declared)))


def _codes(declared: Declared) -> Iterator[str]:
    yield from declared.refusals
    yield from _WITH_TOKEN if not declared.public else () if declared.common else ("rate.limited",)
    yield from _of_command(declared) if declared.method == "POST" else ("body.unexpected",)
    if path_names(declared.path):
        yield "not_found"
    if declared.filters.types:
        yield from _begins("query.")
    if "after" in declared.filters.types:
        yield "cursor.invalid"
    if declared.files:
        yield "export.too_many_rows"
    if "purpose" in declared.filters.types:
        yield "vault.purpose_missing"
    if "sort" in declared.filters.types:
        yield "sort.unknown"
    if declared.stream:
        yield "precondition.malformed"
    if declared.deprecated is not None and declared.deprecated.sunset is not None:
        yield "route.sunset"
    yield from _ALWAYS


def _of_command(declared: Declared) -> Iterator[str]:
    if declared.upload:
        yield from (*(code for code in _begins("photo.") if code != "photo.lost"), "body.encoded", "body.too_slow")
    else:
        yield from _WITHOUT_BODY if declared.body is None else _WITH_BODY
    yield from () if declared.keyless else _begins("idempotency_key.")
    yield from ("overloaded", "rate.limited", "constraint.violated")
    if not declared.public:
        yield "not_found"
    if declared.guarded:
        yield "precondition.missing"
    if takes_if_match(declared):
        yield from ("precondition.failed", "precondition.malformed")
