"""Where pictures lie: in a folder or in S3, the same content once."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from obstore.store import MemoryStore, S3Store

from chassis.blobs import Blobs, Missing, blobs_of, opened
from chassis.config import Settings

CONTENT = b"sealed"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(params=["memory", "folder"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """A store in memory, and one in a folder."""
    return Blobs(MemoryStore()) if request.param == "memory" else opened(tmp_path.as_uri())


async def test_what_was_put_is_got_and_the_first_stays(blobs: Blobs) -> None:
    await blobs.put("130528", "providers", DIGEST, CONTENT)
    await blobs.put("130528", "providers", DIGEST, b"sealed with another nonce")
    assert await blobs.get("130528", "providers", DIGEST) == CONTENT


@pytest.mark.parametrize(("county", "service"), [("130529", "providers"), ("130528", "charity")])
async def test_another_county_or_service_has_its_own(blobs: Blobs, county: str, service: str) -> None:
    await blobs.put("130528", "providers", DIGEST, CONTENT)
    with pytest.raises(Missing):
        await blobs.get(county, service, DIGEST)


@pytest.mark.parametrize(("county", "digest"), [("..", DIGEST), ("130528/..", DIGEST), ("130528", "../../passwd")])
async def test_a_key_is_a_county_and_a_digest(blobs: Blobs, county: str, digest: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        await blobs.get(county, "providers", digest)


async def test_without_a_setting_it_is_a_folder_of_the_data(tmp_path: Path) -> None:
    await blobs_of(Settings(data=tmp_path)).put("130528", "providers", DIGEST, CONTENT)
    assert (tmp_path / "blobs" / "130528" / "providers" / DIGEST).read_bytes() == CONTENT


def test_a_bucket_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "cn-north-1")
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:9000")
    store = blobs_of(Settings(blobs="s3://county-pictures/careloop/130528"))._store
    assert isinstance(store, S3Store)
    assert (store.config["bucket"], store.prefix) == ("county-pictures", "careloop/130528")


@pytest.mark.parametrize("url", ["file://", "ftp://host/folder", "pictures", "s3://", "file://host/folder"])
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="CARELOOP_BLOBS"):
        opened(url)
