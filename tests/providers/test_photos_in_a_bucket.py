"""Photos of the running service that lie in S3: sealed there, once, and uploads that wait while the server is away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chassis.config import Settings
from chassis.http.photo_routes import store_doubts
from services.providers.service import service
from tests.conftest import Servers
from tests.edge import Edge, running_edge
from tests.pictures import photo
from tests.providers.examples import NOW
from tests.s3 import S3

EVENTS = "select count(*) as n from events where county = $1"
KEPT = "select count(*) as n from inbox where county = $1"


@pytest.fixture
async def edge(servers: Servers, tmp_path: Path, bucket: str) -> AsyncIterator[Edge]:
    """A county whose pictures lie in a bucket."""
    async with running_edge(service, servers.settings(blobs=bucket, blobs_retries=0), tmp_path, NOW) as edge:
        yield edge


@pytest.fixture
def below(edge: Edge) -> str:
    """The place of the county's pictures in the bucket."""
    return f"{edge.running.settings.blobs.removeprefix('s3://county-pictures/')}/{edge.county}/providers"


async def upload(edge: Edge, headers: dict[str, str]) -> Any:
    """The response to the upload of a photo."""
    return await edge.client.post("/v1/photos", content=photo(), headers={**headers, "Content-Type": "image/jpeg"})


async def away(edge: Edge) -> list[str]:
    """What the service says it goes on without; it is ready."""
    ready = await edge.client.get("/v1/readyz")
    assert ready.status_code == 200
    return list(ready.json()["away"])


async def test_a_photo_lies_sealed_under_county_service_and_digest_and_is_shown(edge: Edge, s3: S3, below: str) -> None:
    answer = await upload(edge, edge.headers("provider", uuid4()))
    assert answer.status_code == 201, answer.text
    digest = answer.json()["sha256"]
    shown = await edge.client.get(f"/v1/photos/{digest}?purpose=check", headers=edge.headers("bureau", ""))
    assert (shown.status_code, sha256(shown.content).hexdigest()) == (200, digest)
    [(key, sealed)] = s3.objects(below).items()
    assert key == f"{below}/{digest}"
    assert not sealed.startswith(b"\xff\xd8\xff")
    pieces = [shown.content[place : place + 16] for place in range(0, len(shown.content) - 16, 16)]
    assert not [piece for piece in pieces if piece in sealed]


async def test_uploaded_again_by_whomever_it_is_there_once(edge: Edge, s3: S3, below: str) -> None:
    first = await upload(edge, edge.headers("provider", owner := uuid4()))
    there = s3.objects(below)
    again = await upload(edge, edge.headers("provider", owner))
    another = await upload(edge, edge.headers("provider", uuid4()))
    assert again.json() == first.json()
    assert another.json()["sha256"] == first.json()["sha256"]
    assert s3.objects(below) == there


async def test_while_the_server_is_down_an_upload_changes_nothing_and_then_succeeds_with_its_key(
    edge: Edge, s3: S3, below: str
) -> None:
    headers = edge.headers("provider", uuid4())
    s3.stop()
    try:
        refused = await upload(edge, headers)
        named = await away(edge)
    finally:
        s3.start()
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "photo.store_away"
    assert "127.0.0.1" not in refused.text
    assert named == ["pictures"]
    for counted in (EVENTS, KEPT):
        assert (await edge.running.database.fetchrow(counted, edge.county))["n"] == 0
    told = await upload(edge, headers)
    assert (told.status_code, len(s3.objects(below))) == (201, 1)
    assert await away(edge) == []
    assert (await upload(edge, headers)).json() == told.json()


async def test_a_lost_picture_is_another_thing_than_a_server_that_is_away(edge: Edge, s3: S3, below: str) -> None:
    digest = (await upload(edge, edge.headers("provider", uuid4()))).json()["sha256"]
    path, bureau = f"/v1/photos/{digest}?purpose=check", edge.headers("bureau", "")
    s3.stop()
    try:
        answers = [await edge.client.get(path, headers=bureau)]
    finally:
        s3.start()
    s3.lose(f"{below}/{digest}")
    answers.append(await edge.client.get(path, headers=bureau))
    told = [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert told == [(503, "photo.store_away"), (503, "photo.lost")]
    reads = await edge.running.database.fetch("select id from vault_reads where county = $1", edge.county)
    assert reads == []


async def test_an_upload_to_a_server_that_says_nothing_is_answered_in_time(
    servers: Servers, tmp_path: Path, bucket: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", silent)
    settings = servers.settings(blobs=bucket, blobs_deadline_s=0.2)
    async with running_edge(service, settings, tmp_path, NOW) as edge:
        answer = await upload(edge, edge.headers("provider", uuid4()))
    assert (answer.status_code, answer.json()["code"]) == (503, "photo.store_away")


def test_a_service_with_photos_does_not_start_with_an_address_that_is_none() -> None:
    with pytest.raises(ValueError, match="CARELOOP_BLOBS"):
        store_doubts(service, Settings(blobs="pictures"))
