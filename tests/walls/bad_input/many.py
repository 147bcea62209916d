"""Commands by the hundred, and keys that open nothing."""

from __future__ import annotations

from tests.walls.bad_input.case import Case, Template, misshapen, sent
from tests.walls.bad_input.templates import VISIT

VISITS = Template(service="providers", path="/v1/bulk/visits", by="provider", body={"items": [VISIT.body]}, status=200)
EXCHANGE = Template(
    service="providers", path="/v1/tokens", status=200,
    body={"grant_type": "client_credentials", "key": f"clk_130528_{'0' * 32}_{'A' * 49}"},
)  # fmt: skip
NO_TOKEN = frozenset({"Authorization"})


def cases() -> list[Case]:
    """All of them."""
    good = VISIT.body or {}
    keys = ("", "x", "clk_", "clk_130528", f"clk_130529_{'0' * 32}_{'A' * 49}", "clk_130528_' or 1=1 --_x", "键" * 20)
    return [
        misshapen("no visits at all", VISITS, "items", "too_short", items=[]),
        misshapen("501 visits", VISITS, "items", "too_long", items=[good] * 501),
        misshapen("visits that are no list", VISITS, "items", "tuple_type", items=good),
        misshapen("an unknown field in the second visit", VISITS, "items[1].note", "extra_forbidden",
                  items=[good, {**good, "note": 1}]),
        misshapen("an instant without offset in the third visit", VISITS, "items[2].ended_at", "timezone_aware",
                  items=[good, good, {**good, "ended_at": "2024-12-02T09:00:00"}]),
        misshapen("another field beside the visits", VISITS, "dry_run", "extra_forbidden", dry_run=True),
        sent("many visits without a key", VISITS, "idempotency_key.missing", 400,
             without=frozenset({"Idempotency-Key"})),
        misshapen("another grant than a key", EXCHANGE, "grant_type", "literal_error", grant_type="password"),
        misshapen("a key that is a number", EXCHANGE, "key", "string_type", key=7),
        misshapen("an empty key", EXCHANGE, "key", "string_too_short", key=""),
        sent("a key in a form", EXCHANGE, "body.media_type", 415, without=NO_TOKEN | {"Content-Type"},
             headers=(("Content-Type", "application/x-www-form-urlencoded"),),
             raw=b"grant_type=client_credentials&key=x"),
        *(sent(f"the key {key[:24]!r}", EXCHANGE, "key.invalid", 401, without=NO_TOKEN,
               body={**(EXCHANGE.body or {}), "key": key}) for key in keys if key),
    ]  # fmt: skip
