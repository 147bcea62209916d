"""``careloop spotcheck verify``: a published draw again, from the file or address alone, with the rule's own code.

``deploy/audit/verify_draw.py`` does the same without any of it; both must say the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from careloop.output import err, out
from services.orders.domain.drawing import FORM, Closed, Inspector, Line, Stratum, digest_of, draw, seed_of

COUNTERS = ("key", "percent", "population", "hundredths", "picks", "level", "clean", "checked", "rejected")
NOT_IN_THE_FILE = UUID(int=0)
TIMEOUT_S = 60


def verify(places: Iterable[str]) -> int:
    """0 where every batch is as it was told, 1 where one is not, 2 where one could not be read."""
    wrong = 0
    for place in places:
        try:
            told = _read(place)
            faults = list(faults_of(told))
        except (OSError, httpx2.HTTPError) as error:
            err.print(f"[red]{place}: {error}[/red]")
            return 2
        except (ValueError, KeyError, TypeError) as error:
            told, faults = {}, [f"not a published batch: {type(error).__name__} {error}"]
        wrong += len(faults)
        for fault in faults:
            out.print(f"[red]WRONG[/red]   {place}: {fault}")
        if not faults:
            counts = f"{len(told['visits'])} listed, {len(told['picks'])} drawn, seed {told['seed']}"
            out.print(f"ok      {place}: {told['county']} {told['year']}/{told['number']}, {counts}")
    return 1 if wrong else 0


def _read(place: str) -> dict[str, Any]:
    """A file; or an address, asked with the token in ``CARELOOP_TOKEN``."""
    if place.startswith(("http://", "https://")):
        token = os.environ.get("CARELOOP_TOKEN", "")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx2.get(place, headers=headers, timeout=TIMEOUT_S)
        answer.raise_for_status()
        told = answer.json()
    else:
        told = json.loads(Path(place).read_text(encoding="utf-8"))
    if told["form"] != FORM:
        raise ValueError(f"form {told['form']!r} is not {FORM}")
    return dict(told)


def faults_of(told: Mapping[str, Any]) -> Iterable[str]:
    """What of a published batch does not follow from what it rests on."""
    closed = _closed(told)
    digest = digest_of(closed)
    if digest != told["digest"]:
        yield f"digest: the list gives {digest}"
    commitments = {one["party"]: one["commitment"] for one in told["commitments"]}
    numbers = {one["party"]: one["number"] for one in told["numbers"]}
    for party, number in numbers.items():
        if sha256(bytes.fromhex(number)).hexdigest() != commitments.get(party):
            yield f"number of {party}: is not what was committed to"
    if not told["seed"]:
        yield "seed: the batch is not drawn yet"
        return
    if sorted(set(told["parties"]) - set(numbers)) != sorted(told["withheld"]):
        yield "withheld: not those that gave no number"
    seed = seed_of(digest, numbers, told["head"]["hash"])
    if seed != told["seed"]:
        yield f"seed: must be {seed}"
    again = [
        (str(pick.visit), pick.stratum, pick.why, str(pick.inspector) if pick.inspector else None)
        for pick in draw(closed, seed)
    ]
    picks = [(one["visit"], one["stratum"], one["why"], one["inspector"]) for one in told["picks"]]
    for place, (left, right) in enumerate(zip(picks, again, strict=False), 1):
        if left != right:
            yield f"pick {place}: told {' '.join(map(str, left))}, drawn {' '.join(map(str, right))}"
            break
    if len(picks) != len(again):
        yield f"picks: told {len(picks)}, drawn {len(again)}"


def _closed(told: Mapping[str, Any]) -> Closed:
    rules = told["rules"]
    return Closed(
        county=told["county"],
        year=told["year"],
        number=told["number"],
        strata_of=tuple(rules["strata"]),
        surprise_percent=rules["surprise_percent"],
        inspectors_per=rules["inspectors_per"],
        strata=tuple(Stratum(**{name: one[name] for name in COUNTERS}) for one in told["strata"]),
        lines=tuple(_line(one) for one in told["visits"]),
        inspectors=tuple(Inspector(id=UUID(one["id"]), barred=tuple(one["barred"])) for one in told["inspectors"]),
        hands=tuple((UUID(one["visit"]), UUID(one["inspector"])) for one in told["hands"]),
        parties=tuple(told["parties"]),
    )


def _line(one: Mapping[str, Any]) -> Line:
    return Line(
        visit=UUID(one["visit"]),
        order=NOT_IN_THE_FILE,
        day=date.fromisoformat(one["day"]),
        township=one["township"],
        provider=UUID(one["provider"]),
        item=one["item"],
        grey=one["grey"],
    )
