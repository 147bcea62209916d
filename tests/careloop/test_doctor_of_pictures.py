"""What the doctor says of the store of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from careloop.checks import Finding
from careloop.checks.pictures import pictures
from chassis.config import Settings
from tests.s3 import S3


async def found(blobs: str) -> Finding:
    """What is said of a store."""
    [finding] = await pictures(Settings(blobs=blobs, blobs_retries=0))
    return finding


async def test_a_folder_writes_reads_and_is_left_as_it_was(tmp_path: Path) -> None:
    finding = await found((tmp_path / "pictures").as_uri())
    assert (finding.state, finding.told.rpartition("; ")[2]) == ("ok", "the probe was taken away again")
    assert not [path for path in (tmp_path / "pictures").rglob("*") if path.is_file()]


async def test_a_data_folder_without_pictures_is_left_without(tmp_path: Path) -> None:
    [finding] = await pictures(Settings(data=tmp_path))
    assert finding.state == "ok"
    assert list(tmp_path.iterdir()) == []


async def test_with_the_least_rights_the_probe_stays_and_is_one(s3: S3, bucket: str) -> None:
    told = {(await found(bucket)).told for _ in range(2)}
    assert told == {f"{bucket} writes, reads, keeps the first; may not delete, so the probe stays"}
    assert len(s3.objects(bucket.removeprefix("s3://county-pictures/"))) == 1


async def test_with_the_right_to_delete_nothing_is_left(s3: S3, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.environment("keeper").items():
        monkeypatch.setenv(name, value)
    assert (await found(bucket)).state == "ok"
    assert s3.objects(bucket.removeprefix("s3://county-pictures/")) == {}


@pytest.mark.parametrize(
    ("changed", "place", "told", "hint"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "another"}, "", "cannot be written: answers SignatureDoesNotMatch", "AWS_SECRET"),
        ({"AWS_ACCESS_KEY_ID": "nobody"}, "", "cannot be written: answers InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"),
        ({}, "s3://absent/doctor", "cannot be written: answers AccessDenied", "is the bucket there"),
        ({"AWS_ENDPOINT": "http://127.0.0.1:1"}, "", "cannot be written: does not answer", "AWS_ENDPOINT"),
        ({"AWS_ALLOW_HTTP": ""}, "", "AWS_ENDPOINT is plain http", "mend it"),
        ({}, "pictures", "CARELOOP_BLOBS is file:///folder or s3://bucket/prefix", "mend it"),
    ],
    ids=["wrong secret", "unknown key", "absent bucket", "down", "plain http", "no address"],
)  # fmt: skip
async def test_says_what_is_wrong_and_what_to_do(
    bucket: str, monkeypatch: pytest.MonkeyPatch, changed: Mapping[str, str], place: str, told: str, hint: str
) -> None:
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    finding = await found(place or bucket)
    assert finding.state == "FAIL"
    assert told in finding.told
    assert hint in finding.hint


async def test_a_folder_that_cannot_be_made_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    finding = await found((tmp_path / "file" / "pictures").as_uri())
    assert (finding.state, finding.told.rpartition(": ")[2]) == ("FAIL", "Not a directory")


async def test_a_server_that_overwrites_is_a_warning(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
    finding = await found(bucket)
    assert finding.state == "warn"
    assert "overwrites" in finding.told
