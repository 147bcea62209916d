"""Photos of what was given: uploaded by a claimant, seen by the bureau, never by another claimant."""

from __future__ import annotations

from uuid import uuid4

from tests.edge import Edge
from tests.pictures import SVG, exif, photo


async def test_a_claimants_photo_is_the_claimants_and_the_bureaus(edge: Edge) -> None:
    own, other = uuid4(), uuid4()
    headers = {**edge.headers("claimant", own), "Content-Type": "image/jpeg"}
    told = (await edge.client.post("/v1/photos", content=photo(exif=exif()), headers=headers)).json()
    path = f"/v1/photos/{told['sha256']}"
    shown = await edge.client.get(f"{path}?purpose=verify", headers=edge.headers("bureau", ""))
    assert (shown.status_code, len(shown.content)) == (200, told["bytes"])
    facts = await edge.get(f"{path}/facts", "claimant", own)
    assert [one["owner"] for one in facts["uploads"]] == [str(own)]
    assert (await edge.client.get(f"{path}/facts", headers=edge.headers("claimant", other))).status_code == 404


async def test_a_drawing_with_a_script_is_refused(edge: Edge) -> None:
    headers = {**edge.headers("charity", uuid4()), "Content-Type": "image/svg+xml"}
    answer = await edge.client.post("/v1/photos", content=SVG, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "photo.svg")
