"""How people come into the register: one by one, from a ledger kept in a spreadsheet, from a department's list.

With a part of them: households and their classes, guardians and whether they are able, the self-care assessment that
gives a tier, and what is in the file (some are left incomplete on purpose).
"""

from __future__ import annotations

import base64
import csv
import io
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from careloop.demo.calendar import BEGINS
from careloop.demo.caller import BUREAU, Stopped, officer, village_worker
from careloop.demo.cast import CHANGES_PLAN, HAS_CARER, IMPORTED, REFUSED, URGENT_FILED_LATE, Helped
from careloop.demo.people import Person, strangers
from careloop.demo.stage import Stage

TODAY = BEGINS.date()
SOURCE = "civil_affairs"
TIERS = {"able": "能力完好", "half": "半失能", "full": "失能"}
CATEGORIES = {"dibao": "最低生活保障对象"}
"""What the ledger calls the categories of those who come from it."""
UNMET = {"able": (), "half": ("dressing", "bathing"), "full": ("eating", "dressing", "bed", "toilet", "bathing")}
LISTED = 3
"""How many people stand on the department's list."""


async def register(stage: Stage, person: Person) -> str:
    """One person at the village's desk; the id."""
    told = stage.sealed(person.body(), "name", "id_number", "phone", "address")
    by, key = village_worker(person.township), f"person:{person.number}:register"
    return str((await stage.caller.post("orders", "/v1/beneficiaries", told, by=by, key=key)).body["id"])


async def take_in_ledger(stage: Stage, people: tuple[Person, ...]) -> dict[int, str]:
    """The ledger's people: a dry run that must find nothing wrong, then the real one. Ids by number."""
    listed = [person for person in people if person.role in IMPORTED]
    if not listed:
        return {}
    rows = [_row(stage, person) for person in listed]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    document = base64.b64encode(text.getvalue().encode()).decode()
    body = {"kind": "ledger", "source": SOURCE, "format": "csv", "document": document}
    dry = await stage.caller.post("orders", "/v1/imports", {**body, "dry_run": True}, by=BUREAU, key="ledger:dry")
    wrong = [row for row in dry.body["rows"] if row["outcome"] not in ("registered", "known_already")]
    if wrong:
        raise Stopped(f"the ledger's dry run found {wrong[0]}")
    done = await stage.caller.post("orders", "/v1/imports", {**body, "dry_run": False}, by=BUREAU, key="ledger:real")
    return {person.number: str(row["id"]) for person, row in zip(listed, done.body["rows"], strict=True)}


def _row(stage: Stage, person: Person) -> dict[str, str]:
    told = stage.sealed(person.body(), "name", "id_number", "phone", "address")
    return {
        "姓名": told["name"], "身份证号码": told["id_number"], "村代码": person.village,
        "救助类别": "、".join(CATEGORIES[one] for one in person.kind.categories),
        "自理能力": TIERS[person.kind.tier], "联系电话": told["phone"], "家庭住址": told["address"],
    }  # fmt: skip


async def look_into_list(stage: Stage, known: Helped) -> None:
    """A department's list: one entry is eligible and helped already, one not yet, one has left the county."""
    person = known.person
    entries = [person, *strangers(stage.people, stage.seed, LISTED - 1)]
    findings: list[dict[str, Any]] = [
        {"result": "eligible", "person_id": known.id, "need_id": known.need},
        {"result": "not_yet", "recheck_on": (TODAY + timedelta(days=60)).isoformat()},
        {"result": "gone", "reason_code": "moved_away"},
    ]
    for number, (entry, finding) in enumerate(zip(entries, findings, strict=True), 1):
        told = stage.sealed(entry.body(), "name", "id_number", "phone", "address")
        fields = ("name", "id_number", "phone", "address", "born", "township", "village")
        body = {name: told[name] for name in fields} | {"kind": "disability", "source": "disabled_federation"}
        by, key = officer(entry.township), f"listed:{number}"
        made = await stage.caller.post("orders", "/v1/prospects", {**body, "risk": "medium"}, by=by, key=key)
        found = stage.sealed({**finding, "findings": "入户核对，情况属实（示例）"}, "findings")
        path = f"/v1/prospects/{made.body['id']}"
        await stage.caller.decide("orders", path, "finding", found, by=by, key=f"{key}:finding")


async def file_papers(stage: Stage, one: Helped) -> None:
    """Identity card and household book; who comes in last lacks the first, and the checklist says so."""
    path, by = f"/v1/beneficiaries/{one.id}/materials", one.finder
    on = TODAY.isoformat()
    book = {"kind": "household_book", "way": "looked_up", "on": on, "source": "police"}
    await stage.caller.post("orders", path, book, by=by, key=f"{one.key}:book")
    if one.person.role != REFUSED:
        digest = sha256(f"identity card of {one.key}".encode()).hexdigest()
        card = {"kind": "identity_card", "way": "filed", "on": on, "sha256": digest}
        await stage.caller.post("orders", path, card, by=by, key=f"{one.key}:card")


async def found_household(stage: Stage, one: Helped) -> None:
    """A household of one member, classed as the person's first category says."""
    person, by = one.person, one.officer
    told = {"registered_region": person.village, "township": person.township, "village": person.village}
    body = stage.sealed({**told, "address": f"{person.village_name}{person.number}号（生成）"}, "address")
    made = await stage.caller.post("orders", "/v1/households", body, by=by, key=f"{one.key}:household")
    path = f"/v1/households/{made.body['id']}"
    member = {"person_id": one.id, "relation": "head", "from_day": TODAY.isoformat()}
    await stage.caller.decide("orders", path, "members", member, by=by, key=f"{one.key}:member")
    classed = {"category": person.kind.categories[0], "from_day": TODAY.isoformat()}
    if classed["category"] == "dibao":
        classed["grade"] = "B"
    await stage.caller.decide("orders", path, "classes", classed, by=by, key=f"{one.key}:class")


async def name_guardian(stage: Stage, one: Helped) -> None:
    """A child's guardian was looked at and is able; that of an old person is not, and somebody must see to it."""
    path = f"/v1/beneficiaries/{one.id}"
    child = one.person.kind.minor
    named = {"name": f"监护人{one.person.number}（生成）", "phone": f"001-{one.person.number:08}"}
    body = stage.sealed(named, "name", "phone") | {
        "relation": "grandparent" if child else "relative", "from_day": TODAY.isoformat()
    }  # fmt: skip
    await stage.caller.decide("orders", path, "guardian", body, by=one.finder, key=f"{one.key}:guardian")
    reasons = "身体健康，愿意照料（示例）" if child else "本人长期卧床，无力照料（示例）"
    checked = {"result": "able" if child else "unable", "checked_on": TODAY.isoformat(), "reasons": reasons}
    told = stage.sealed(checked, "reasons")
    await stage.caller.decide("orders", path, "guardian-check", told, by=one.officer, key=f"{one.key}:guardian-check")


async def assess_self_care(stage: Stage, one: Helped) -> None:
    """Six indicators looked at by two people; the tier follows from how many are unmet."""
    township = one.person.township
    body = {
        "unmet": list(UNMET[one.person.kind.tier]),
        "assessed_on": TODAY.isoformat(),
        "assessors": [one.finder.subject, f"demo-aide-{township}"],
    }
    path, key = f"/v1/beneficiaries/{one.id}", f"{one.key}:self-care"
    answer = await stage.caller.decide("orders", path, "self-care", body, by=one.officer, key=key)
    if answer.body["tier"] != one.person.kind.tier:
        raise Stopped(f"{one.key}: the indicators give the tier {answer.body['tier']}")


async def complete(stage: Stage, one: Helped) -> None:
    """What belongs to the file of somebody with a part, each as far as it is theirs."""
    role = one.person.role
    await file_papers(stage, one)
    if role in (CHANGES_PLAN, *IMPORTED):
        await found_household(stage, one)
    if role == HAS_CARER or one.person.kind.minor:
        await name_guardian(stage, one)
    if role in (HAS_CARER, URGENT_FILED_LATE, REFUSED):
        await assess_self_care(stage, one)
    if role == HAS_CARER:
        body = {"kind": "severe_disability", "valid_from": date(2024, 10, 1).isoformat()}
        path = f"/v1/beneficiaries/{one.id}"
        await stage.caller.decide("orders", path, "certificates", body, by=one.finder, key=f"{one.key}:certificate")
