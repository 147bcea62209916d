"""Requests whose line, headers, path or query are wrong, around bodies that are good."""

from __future__ import annotations

import gzip

from tests.walls.bad_input.case import Case, read, sent, to_json
from tests.walls.bad_input.templates import ALLOCATE, EVERY_SERVICE, ORDER, VISIT

KEY, COUNTY, TYPE = "Idempotency-Key", "Careloop-County", "Content-Type"
ID = "0b6c1f5e-2f53-4d0c-9a51-6b1f0a7c4e10"
GOOD = to_json(ALLOCATE.body).encode()
ACCEPTANCE = "/v1/offers/<order_offered>/acceptance"


def _keys() -> list[Case]:
    malformed = {
        "129 characters": "k" * 129, "a space": "two words", "a tab": "a\tb", "Latin-1": "cl\xe9",
        "UTF-8": "键".encode().decode("latin-1"),
    }  # fmt: skip
    return [
        *(sent(f"{service}: no Idempotency-Key", good, "idempotency_key.missing", 400, without=frozenset({KEY}))
          for service, good in EVERY_SERVICE.items()),
        sent("an empty Idempotency-Key", ALLOCATE, "idempotency_key.missing", 400, headers=((KEY, ""),),
             without=frozenset({KEY})),
        *(sent(f"an Idempotency-Key with {name}", ALLOCATE, "idempotency_key.malformed", 400, headers=((KEY, text),),
               without=frozenset({KEY})) for name, text in malformed.items()),
        sent("an Idempotency-Key with a control character", ALLOCATE, "request.malformed", 400,
             headers=((KEY, "a\x01b"),), without=frozenset({KEY})),
        sent("two Idempotency-Keys", ALLOCATE, "header.repeated", 400, headers=((KEY, "another"),)),
    ]  # fmt: skip


def _counties() -> list[Case]:
    malformed = ("", "13052", "130528000000000", "130528/../130529", "１３０５２８", "130528 130529", "130528-")
    return [
        *(sent(f"the county {text!r}", ALLOCATE, "county.malformed", 400,
               headers=((COUNTY, text.encode().decode("latin-1")),)) for text in malformed),
        *(sent(f"{service}: the county of others", good, "forbidden.county", 403, headers=((COUNTY, "130529"),))
          for service, good in EVERY_SERVICE.items()),
        sent("two counties", ALLOCATE, "header.repeated", 400, headers=((COUNTY, "130528"), (COUNTY, "130529"))),
    ]  # fmt: skip


def _media() -> list[Case]:
    form = "application/x-www-form-urlencoded"
    types = ("text/plain", "text/json", "application/xml", "application/problem+json", "application/jsonp", "*/*",
             "application/json; charset=gbk", "application/json; charset=utf-16", "application/json, text/plain",
             "json")  # fmt: skip
    wrong = "body.media_type"
    return [
        *(sent(f"the media type {kind}", ALLOCATE, wrong, 415, headers=((TYPE, kind),), without=frozenset({TYPE}))
          for kind in types),
        sent("no media type", ALLOCATE, wrong, 415, without=frozenset({TYPE})),
        sent("a form", ALLOCATE, wrong, 415, headers=((TYPE, form),), without=frozenset({TYPE}),
             raw=b"fund=county_budget&year=2024&amount_fen=100&document=1"),
        sent("a form of several parts", ALLOCATE, wrong, 415, without=frozenset({TYPE}),
             headers=((TYPE, "multipart/form-data; boundary=b"),),
             raw=b'--b\r\nContent-Disposition: form-data; name="fund"\r\n\r\ncounty_budget\r\n--b--\r\n'),
        sent("two media types", ALLOCATE, "header.repeated", 400, headers=((TYPE, "application/json"),)),
        *(sent(f"a body in {coding}", ALLOCATE, "body.encoded", 415, headers=(("Content-Encoding", coding),), raw=raw)
          for coding, raw in (("gzip", gzip.compress(GOOD)), ("deflate", GOOD), ("br", GOOD), ("gzip, gzip", GOOD))),
        sent("a gzip that does not say so", ALLOCATE, "body.not_utf8", 400, raw=gzip.compress(GOOD)),
        sent("a gzip of a gigabyte", ALLOCATE, "body.encoded", 415, headers=(("Content-Encoding", "gzip"),),
             raw=gzip.compress(b"0" * 10_000_000)),
        sent("a body where none is wanted", VISIT, "body.unexpected", 400, path=ACCEPTANCE, body={"price_fen": 1}),
        *(sent(f"{service}: a body of 20 MB", good, "body.too_large", 413, raw=b'{"x": "' + b"x" * 20_000_000 + b'"}')
          for service, good in EVERY_SERVICE.items()),
        sent("a body announced as negative", ALLOCATE, "request.malformed", 400, headers=(("Content-Length", "-1"),)),
        sent("a body announced in full-width digits", ALLOCATE, "request.malformed", 400,
             headers=(("Content-Length", "１０".encode().decode("latin-1")),)),
    ]  # fmt: skip


def _queries() -> list[Case]:
    orders = "/v1/orders"
    invalid = {
        "limit=0": ("limit", "out_of_range"), "limit=-1": ("limit", "out_of_range"),
        "limit=1001": ("limit", "out_of_range"), "limit=1e2": ("limit", "malformed"), "limit=": ("limit", "malformed"),
        "limit=%31%30%00": ("limit", "malformed"), "limit=%EF%BC%91": ("limit", "malformed"),
        "limit=99999999999999999999": ("limit", "malformed"), "limit=0x10": ("limit", "malformed"),
        "limit=+5": ("limit", "malformed"), "limit=1_0": ("limit", "malformed"),
        "state=a%00b": ("state", "malformed"), f"item={'x' * 513}": ("item", "malformed"),
        "day=2024-02-30": ("day", "date_parsing"), "day=0": ("day", "malformed"), "day=20241201": ("day", "malformed"),
        "person=me": ("person", "malformed"), f"person=urn:uuid:{ID}": ("person", "malformed"),
        f"person={ID.replace('-', '')}": ("person", "malformed"),
    }  # fmt: skip
    return [
        *(read(f"the query {query[:40]}", "orders", f"{orders}?{query}", "query.invalid", place=place, fault=fault)
          for query, (place, fault) in invalid.items()),
        read("an urgency of 1", "orders", "/v1/needs?urgent=1", "query.invalid", place="urgent", fault="malformed"),
        *(read(f"the query {query[:40]}", "orders", f"{orders}?{query}", "query.invalid")
          for query in ("state=%ff", "state=%ed%a0%80", "&".join(["x=1"] * 60))),
        *(read(f"the query {query}", "orders", f"{orders}?{query}", "query.unknown")
          for query in ("county=130529", "STATE=opened", "order_by=id;drop", "state[]=opened", "state.eq=x", "%00=1",
                        "access_token=x", "__proto__=1", "=1")),
        *(read(f"the query {query}", "orders", f"{orders}?{query}", "query.repeated", place=query.partition("=")[0],
               fault="repeated") for query in ("state=opened&state=accepted", "limit=1&limit=1", "state=&%73tate=")),
        read("an unknown query at a command", "orders", "/v1/orders?dry_run=true", "query.unknown", method="POST",
             body=ORDER.body),
        read("a query of 25 kB", "orders", f"{orders}?item={'x' * 25_000}", "query.too_long", 414),
        read("a query of a megabyte", "orders", f"{orders}?item={'x' * 1_000_000}", "header.too_large", 431),
        read("no purpose", "orders", "/v1/beneficiaries/<person>/personal", "query.missing", place="purpose",
             fault="missing"),
        read("an empty purpose", "orders", "/v1/beneficiaries/<person>/personal?purpose=", "query.invalid",
             place="purpose", fault="string_pattern_mismatch"),
        read("an unknown order of the list", "orders", f"{orders}?sort=price", "sort.unknown"),
        read("an order of the list by injection", "orders", f"{orders}?sort=id;drop%20table%20orders", "sort.unknown"),
        read("a negative position of the feed", "orders", "/v1/events?after=-1", "query.invalid", place="after",
             fault="malformed", by="auditor"),
        read("an endless wait at the feed", "orders", "/v1/events?wait=inf", "query.invalid", place="wait",
             fault="malformed", by="auditor"),
        read("a wait that is no number", "orders", "/v1/events?wait=nan", "query.invalid", place="wait",
             fault="malformed", by="auditor"),
        read("facts of a service that is not there", "settlement", "/v1/facts?source=moon", "query.invalid",
             place="source", fault="literal_error"),
        read("facts of nobody", "settlement", "/v1/facts", "query.missing", place="source", fault="missing"),
    ]  # fmt: skip


def _paths() -> list[Case]:
    unknown = (
        "/v1/orders/1", f"/v1/orders/{{{ID}}}", f"/v1/orders/{ID.replace('-', '')}", f"/v1/orders/urn:uuid:{ID}",
        f"/v1/orders/{ID}", f"/v1/orders/{ID}/", "/v1/orders/", "//v1/orders", "/v1//orders", "/v1/orders/%20",
        "/V1/orders", "/v1/orders.json", "/v1/orders/..;/heads", "/v2/orders", "/", "/v1/orders/" + "x" * 600,
        "/v1/policies/130528/%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91", "/.git/config", "/docs", "/v1/orders/null",
        "/v1/orders/%E4%BD%A0",
    )  # fmt: skip
    crooked = {
        "an encoded way up": "/v1/orders/..%2F..%2Fopenapi.json", "a NUL": "/v1/orders/%00",
        "a NUL within": "/v1/policies/130528/0001%00", "an encoded slash": "/v1/orders%2F1",
        "an encoded slash within": "/v1/policies/130528%2F0001/x", "bytes of no text": "/v1/orders/%FF",
        "a surrogate": "/v1/policies/130528/%ED%A0%80", "a control character": "/v1/policies/130528/%1B",
    }  # fmt: skip
    return [
        *(read(f"the path {path[:60]}", "orders", path, "not_found", 404) for path in unknown),
        read("a path of 3000 bytes", "orders", "/v1/orders/" + "x" * 3000, "path.too_long", 414),
        *(read(f"a path with {name}", "orders", path, "path.malformed", 400) for name, path in crooked.items()),
        *(read(f"a parked message at {position}", "orders", f"/v1/parked/providers/{position}/retry", "not_found", 404,
               method="POST") for position in ("0", "-1", "1.0", "%EF%BC%91", "9" * 18, "9" * 19, "x")),
    ]  # fmt: skip


def _methods() -> list[Case]:
    refused = "method_not_allowed"
    return [
        *(
            read(f"{method} on a list", "orders", "/v1/orders", refused, 405, method=method)
            for method in ("DELETE", "PUT", "PATCH", "TRACE", "PROPFIND")
        ),
        *(
            read(f"{method} on one thing", "orders", "/v1/orders/<order_accepted>", refused, 405, method=method)
            for method in ("DELETE", "PUT", "PATCH", "POST")
        ),
        read("GET on a command", "orders", "/v1/orders/<order_completed>/verification", refused, 405),
        read("a body at a question", "orders", "/v1/orders", "body.unexpected", 400, raw=b"{}"),
    ]


def _cursors() -> list[Case]:
    return [
        *(read(f"the cursor {text[:30]!r}", "orders", f"/v1/orders?after={text}", "cursor.invalid")
          for text in ("", "x", "AAAA", "A" * 500, "0", "-1", "e30", "bnVsbA", "%E4%BD%A0", "a%20b")),
        read("a cursor at the hall", "charity", "/v1/hall?after=AAAA", "cursor.invalid", by="claimant"),
        read("a cursor at the statements", "settlement", "/v1/statements?month=2024-11&after=AAAA", "cursor.invalid"),
    ]  # fmt: skip


def cases() -> list[Case]:
    """All of them."""
    return [*_keys(), *_counties(), *_media(), *_queries(), *_paths(), *_methods(), *_cursors()]
