"""Routes of a person's file 一人一档: certificates, self-care, materials, and whether it is complete."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from chassis.http import Body, Call, Day, Routes
from chassis.service import Ask
from services.orders.api.shapes import ASSESSMENT, HEALTH, Code, Digest, ItemId, step_of
from services.orders.domain import beneficiary
from services.orders.domain.categories import names_of
from services.orders.domain.checklist import checklist, missing
from services.orders.domain.days import business_day
from services.orders.domain.policy import in_force
from services.orders.views.held import FILE, read_file

routes = Routes(tag="files")
SERVED = "select exists (select 1 from orders where county = $1 and person = $2 and state in ('completed', 'accepted'))"


class RecordCertificate(Body):
    """What a department attests, from a day on and perhaps to one; the digest of its picture, where there is one."""

    kind: ItemId
    valid_from: Day
    valid_to: Day | None = None
    sha256: Digest | None = None


class FileMaterial(Body):
    """A material: filed with its SHA-256, declared, or looked up at a department."""

    kind: ItemId
    way: Literal["filed", "declared", "looked_up"]
    on: Day
    sha256: Digest | None = None
    source: Code | None = None


class CategoryLine(Body):
    """A category of a day and why: recorded, by a certificate, by the household, by a rule of the policy."""

    category: str
    name: str
    reason: str
    source: str


class CertificateLine(Body):
    """A certificate and whether it is valid on the day."""

    kind: str
    valid_from: date
    valid_to: date | None
    sha256: str
    valid: bool


class SelfCareLine(Body):
    """An assessment of self-care."""

    unmet: int
    tier: str
    instrument: str
    assessed_on: date
    from_day: date
    assessors: list[str]


class MaterialLine(Body):
    """A line of the checklist."""

    kind: str
    name: str
    state: str
    on: date | None
    lookup: bool
    declaration: bool


class FileAnswer(Body):
    """The file on a day; nothing in it names the person."""

    id: UUID
    service_number: str
    township: str
    village: str
    household: UUID | None
    household_number: str | None
    registered_region: str
    residence_permit: bool
    day: date
    tier: Annotated[str | None, HEALTH]
    guardian: Annotated[str | None, HEALTH]
    categories: Annotated[list[CategoryLine] | None, ASSESSMENT]
    certificates: Annotated[list[CertificateLine] | None, HEALTH]
    self_care: Annotated[list[SelfCareLine] | None, HEALTH]
    materials: Annotated[list[MaterialLine] | None, ASSESSMENT]
    missing: Annotated[list[str] | None, ASSESSMENT]
    complete: bool


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/certificates", body=RecordCertificate,
    summary="登记证明 Record a certificate",
    refusals=(
        "beneficiary.unknown", "policy.none", "certificate.kind_unknown", "certificate.ends_before_it_begins",
    ),
)  # fmt: skip
async def record_certificate(call: Call[RecordCertificate]) -> Ask:
    """Categories that follow from it, on the days on which it is valid, follow at once."""
    body = call.body
    command = beneficiary.RecordCertificate(
        kind=body.kind, valid_from=body.valid_from, valid_to=body.valid_to, sha256=body.sha256 or "", at=call.at
    )
    return call.ask(step_of(call, command))


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/materials", body=FileMaterial,
    summary="归档材料 File a material",
    refusals=(
        "beneficiary.unknown", "policy.none", "file.material_unknown", "file.in_the_future", "file.digest_missing",
        "file.source_missing", "file.declaration_not_allowed", "file.lookup_not_allowed",
    ),
)  # fmt: skip
async def file_material(call: Call[FileMaterial]) -> Ask:
    """What can be looked up is looked up and not asked for; a declaration stands in only where the policy says so."""
    body = call.body
    command = beneficiary.FileMaterial(
        kind=body.kind,
        way=body.way,
        on=body.on,
        sha256=body.sha256 or "",
        source=body.source or "",
        by=call.caller.subject,
        at=call.at,
    )
    return call.ask(step_of(call, command))


@routes.post(
    "/v1/beneficiaries/{beneficiary_id}/categories",
    summary="按现行政策重新推算类别 Reckon categories again",
    refusals=("beneficiary.unknown", "policy.none"),
)  # fmt: skip
async def derive_categories(call: Call[None]) -> Ask:
    """After a new policy: what follows by its rules takes the place of what followed before."""
    return call.ask(step_of(call, beneficiary.DeriveCategories(at=call.at)))


@routes.get(
    "/v1/beneficiaries/{beneficiary_id}/file", answer=FileAnswer, filters={"day": date},
    refusals=("policy.none",),
    summary="一人一档 The person's file",
)  # fmt: skip
async def person_file(call: Call[None]) -> dict[str, Any] | None:
    """What is in the file and what is missing, the categories of the day with their reasons."""
    row = await call.fetchrow(f"{FILE} where county = $1 and id = $2", call.county, call.path_id("beneficiary_id"))
    if row is None:
        return None
    person = await call.fetchrow(
        "select b.service_number, b.township, b.village, b.household, b.guardian, h.household_number"
        " from beneficiaries b left join households h on h.county = b.county and h.id = b.household"
        " where b.county = $1 and b.id = $2",
        call.county,
        row["id"],
    )
    assert person is not None, "both rows are written together"
    call.permit(township=person["township"])
    return {**person, **await _file(call, row)}


async def _file(call: Call[None], row: dict[str, Any]) -> dict[str, Any]:
    day = call.query.get("day") or business_day(call.at)
    policy = in_force(await call.policies(), day)
    file = read_file(row)
    reasons = file.reasons(day, policy)
    names = names_of({category for category, _, _ in reasons}, policy)
    entries = checklist(
        policy.people.materials,
        file.materials,
        await _kept(call, file.id),
        tier=file.tier(day),
        categories={category for category, _, _ in reasons},
        certificates=file.certificates(day),
        age=file.age(day),
    )
    lacking = missing(entries)
    valid = file.certificates(day)
    return {
        "id": file.id,
        "registered_region": file.held["registered_region"],
        "residence_permit": file.held["residence_permit"],
        "day": day,
        "tier": file.tier(day),
        "categories": [
            {"category": category, "name": names[category], "reason": reason, "source": source}
            for category, reason, source in reasons
        ],
        "certificates": [{**one, "valid": one["kind"] in valid} for one in file.held["certificates"]],
        "self_care": file.held["self_care"],
        "materials": [vars(entry) for entry in entries],
        "missing": list(lacking),
        "complete": not lacking,
    }


async def _kept(call: Call[None], person: UUID) -> set[str]:
    """Which forms this system holds of the person itself."""
    needs = await call.fetchrow(
        "select exists (select 1 from needs where county = $1 and person = $2 and state <> 'registered') as there",
        call.county,
        person,
    )
    served = await call.fetchrow(f"{SERVED} as there", call.county, person)
    found = {"need": needs, "service": served}
    return {form for form, row in found.items() if row is not None and row["there"]}
