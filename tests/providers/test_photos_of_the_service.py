"""Photos as they are uploaded to the running service, and visits that name them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.edge import Edge
from tests.pictures import HEIC, SVG, archive, encoded, exif, huge_png, photo, scene
from tests.providers.county import a_county, a_provider, a_taken_order, a_visit, a_worker, opened


async def upload(
    edge: Edge, content: bytes, owner: UUID, media_type: str = "image/jpeg", role: str = "provider"
) -> Any:
    """The response to an upload."""
    headers = {**edge.headers(role, owner), "Content-Type": media_type}
    return await edge.client.post("/v1/photos", content=content, headers=headers)


async def test_a_photo_is_kept_sealed_and_shown_for_a_purpose(edge: Edge) -> None:
    owner = uuid4()
    answer = await upload(edge, photo(exif=exif()), owner)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["place"] == {"lat": 37_620_000, "lon": 114_919_000}
    assert datetime.fromisoformat(told["taken_at"]) == datetime(2026, 11, 2, 0, 10, tzinfo=UTC)
    assert not told["seen_before"]
    at_rest = edge.running.settings.data / "blobs" / edge.county / "providers" / told["sha256"]
    assert not at_rest.read_bytes().startswith(b"\xff\xd8")
    path = f"/v1/photos/{told['sha256']}"
    shown = await edge.client.get(f"{path}?purpose=check", headers=edge.headers("bureau", ""))
    assert (shown.headers["content-type"], shown.content[:3], len(shown.content)) == (
        "image/jpeg", b"\xff\xd8\xff", told["bytes"],
    )  # fmt: skip
    reads = await edge.running.database.fetch("select fields, role from vault_reads where county = $1", edge.county)
    assert [(row["fields"], row["role"]) for row in reads] == [(["photo"], "bureau")]
    assert (await edge.client.get(path, headers=edge.headers("bureau", ""))).json()["code"] == "query.missing"
    assert (await edge.client.get(f"{path}?purpose=x", headers=edge.headers("provider", uuid4()))).status_code == 404


async def test_the_same_original_has_the_same_answer_and_a_stolen_one_is_known(edge: Edge) -> None:
    owner, thief = uuid4(), uuid4()
    first = (await upload(edge, photo(), owner)).json()
    again = (await upload(edge, photo(), owner)).json()
    assert again == first
    stolen = (await upload(edge, encoded(scene(1, 160, 120), quality=40), thief)).json()
    assert (stolen["seen_before"], stolen["sha256"] == first["sha256"]) == (True, False)
    facts = await edge.get(f"/v1/photos/{first['sha256']}/facts", "inspector")
    assert [one["sha256"] for one in facts["alike"]] == [stolen["sha256"]]
    own = await edge.get(f"/v1/photos/{first['sha256']}/facts", "provider", owner)
    assert (own["alike"], len(own["uploads"])) == ([], 1)


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"", "image/jpeg", 400, "photo.empty"), (SVG, "image/svg+xml", 415, "photo.svg"),
        (HEIC, "image/heic", 415, "photo.heic_not_taken"),
        (photo() + archive(), "image/jpeg", 422, "photo.trailing_data"),
        (huge_png(), "image/png", 422, "photo.too_many_pixels"),
        (b"\0" * 8_388_609, "image/jpeg", 413, "photo.too_large"),
    ],
    ids=["empty", "svg", "heic", "zip appended", "50,000 x 50,000", "too large"],
)  # fmt: skip
async def test_a_bad_file_has_its_own_answer(
    edge: Edge, content: bytes, media_type: str, status: int, code: str
) -> None:
    answer = await upload(edge, content, uuid4(), media_type)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_another_providers_photo_in_a_visit_is_noticed_in_both(edge: Edge) -> None:
    provider, worker = await a_county(edge)
    thief = await a_provider(edge, code="91350100M000100Y43")
    own = (await upload(edge, photo(), provider)).json()["sha256"]
    stolen = (await upload(edge, photo(), thief)).json()
    assert (stolen["sha256"], stolen["seen_before"]) == (own, True)
    first, second, helper = await a_taken_order(edge, provider), opened(), await a_worker(edge, thief)
    told = await edge.done("/v1/visits", a_visit(first, worker, photos=[own]), "provider", provider)
    await edge.hear("orders", second)
    offer = f"/v1/offers/{second.order_id}"
    if not (await edge.get("/v1/offers", "provider", thief))["items"]:
        await edge.done(f"{offer}/refusal", {"reason_code": "no_worker"}, "provider", provider)
    await edge.done(f"{offer}/acceptance", None, "provider", thief)
    theirs = a_visit(second.order_id, helper, photos=[own])
    visit = await edge.done("/v1/visits", theirs, "provider", thief)
    assert ("photo_reused", "red") in [(one["code"], one["colour"]) for one in visit["exceptions"]]
    marked = await edge.get(f"/v1/visits/{told['id']}")
    assert ("photo_reused", "red") in [(one["code"], one["colour"]) for one in marked["exceptions"]]
