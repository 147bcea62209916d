"""Where pictures lie: in a folder or in S3, the same content once."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from obstore.store import MemoryStore

from chassis.blobs import Away, Blobs, Limits, Missing, blobs_of, opened
from chassis.config import Settings
from tests.s3 import S3

CONTENT = b"sealed"
DIGEST = sha256(CONTENT).hexdigest()
PLACE = ("130528", "providers", DIGEST)
LIMITS = Limits(deadline_s=10, request_s=5, connect_s=2, retries=1)
IMPATIENT = LIMITS._replace(deadline_s=0.3)


@pytest.fixture(params=["memory", "folder", "bucket"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """A store in memory, one in a folder, one in a bucket."""
    if request.param == "bucket":
        return opened(request.getfixturevalue("bucket"), LIMITS)
    return Blobs(MemoryStore(), None, 10) if request.param == "memory" else opened(tmp_path.as_uri(), LIMITS)


async def test_what_was_put_is_got_and_the_first_stays(blobs: Blobs) -> None:
    assert await blobs.put(*PLACE, CONTENT)
    assert not await blobs.put(*PLACE, b"sealed with another nonce")
    assert await blobs.get(*PLACE) == CONTENT


@pytest.mark.parametrize(("county", "service"), [("130529", "providers"), ("130528", "charity")])
async def test_another_county_or_service_has_its_own(blobs: Blobs, county: str, service: str) -> None:
    await blobs.put(*PLACE, CONTENT)
    with pytest.raises(Missing):
        await blobs.get(county, service, DIGEST)


@pytest.mark.parametrize(("county", "digest"), [("..", DIGEST), ("130528/..", DIGEST), ("130528", "../../passwd")])
async def test_a_key_is_a_county_and_a_digest(blobs: Blobs, county: str, digest: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        await blobs.get(county, "providers", digest)


async def test_without_a_setting_it_is_a_folder_of_the_data(tmp_path: Path) -> None:
    await blobs_of(Settings(data=tmp_path)).put(*PLACE, CONTENT)
    assert (tmp_path / "blobs" / "130528" / "providers" / DIGEST).read_bytes() == CONTENT


async def test_in_a_bucket_the_key_is_prefix_county_service_and_digest(s3: S3, bucket: str) -> None:
    await blobs_of(Settings(blobs=bucket)).put(*PLACE, CONTENT)
    below = bucket.removeprefix("s3://county-pictures/")
    assert s3.objects(below) == {f"{below}/130528/providers/{DIGEST}": CONTENT}


@pytest.mark.parametrize("url", ["file://", "ftp://host/folder", "pictures", "s3://", "file://host/folder"])
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="CARELOOP_BLOBS"):
        opened(url, LIMITS)


@pytest.mark.parametrize(
    ("endpoint", "allowed", "told"),
    [
        ("nonsense", "true", "AWS_ENDPOINT is https"), ("s3.example", "true", "AWS_ENDPOINT is https"),
        ("http://127.0.0.1:9000", "false", "plain http"), ("http://127.0.0.1:9000", "", "plain http"),
    ],
)  # fmt: skip
def test_an_endpoint_is_https_unless_it_is_said_otherwise(
    monkeypatch: pytest.MonkeyPatch, endpoint: str, allowed: str, told: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", endpoint)
    monkeypatch.setenv("AWS_ALLOW_HTTP", allowed)
    with pytest.raises(ValueError, match=told):
        opened(f"s3://{uuid4().hex}", LIMITS)


@pytest.mark.parametrize(
    ("changed", "place", "code"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "another"}, "county-pictures/careloop", "SignatureDoesNotMatch"),
        ({"AWS_ACCESS_KEY_ID": "nobody"}, "county-pictures/careloop", "InvalidAccessKeyId"),
        ({}, "county-pictures/others", "AccessDenied"),
    ],
    ids=["wrong secret", "unknown key", "another prefix"],
)
async def test_who_is_refused_is_told_that_the_store_is_away_and_why(
    s3: S3, bucket: str, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], place: str, code: str
) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    store = opened(f"s3://{place}/{uuid4().hex}", LIMITS)
    for asked in (store.put(*PLACE, CONTENT), store.get(*PLACE), store.remove(*PLACE)):
        with pytest.raises(Away, match=f"^answers {code}$") as away:
            await asked
        assert away.value.why.code == code


async def test_an_absent_bucket_is_no_lost_picture(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.environment("keeper").items():
        monkeypatch.setenv(name, value)
    store = opened(f"s3://absent-{uuid4().hex[:12]}", LIMITS)
    for asked in (store.put(*PLACE, CONTENT), store.get(*PLACE)):
        with pytest.raises(Away, match="NoSuchBucket"):
            await asked


async def test_a_server_that_is_down_is_away_and_comes_back(s3: S3, bucket: str) -> None:
    store = opened(bucket, LIMITS)
    await store.put(*PLACE, CONTENT)
    s3.stop()
    try:
        for asked in (store.put("130529", "providers", DIGEST, CONTENT), store.get(*PLACE), store.answering()):
            with pytest.raises(Away, match="does not answer"):
                await asked
    finally:
        s3.start()
    assert await store.get(*PLACE) == CONTENT
    await store.answering()
    assert await store.put("130529", "providers", DIGEST, CONTENT)


async def test_a_server_that_says_nothing_is_away_when_the_time_is_over(
    bucket: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", silent)
    store = opened(bucket, IMPATIENT)
    for asked in (store.put(*PLACE, CONTENT), store.get(*PLACE)):
        with pytest.raises(Away, match="does not answer in time"):
            await asked


async def test_a_server_without_conditions_keeps_the_last(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
    store = opened(bucket, LIMITS)
    await store.put(*PLACE, CONTENT)
    await store.put(*PLACE, b"sealed with another nonce")
    assert await store.get(*PLACE) == b"sealed with another nonce"


async def test_a_folder_that_is_none_is_away(tmp_path: Path) -> None:
    store = opened(tmp_path.as_uri(), LIMITS)
    (tmp_path / "130528").write_text("a file")
    for asked in (store.put(*PLACE, CONTENT), store.get(*PLACE)):
        with pytest.raises(Away, match=r"^Not a directory$"):
            await asked
    with pytest.raises(Away, match=r"^Not a directory$"):
        opened((tmp_path / "130528" / "below").as_uri(), LIMITS)
