"""Where pictures lie: a folder, or S3; by county, service and SHA-256, so that the same is there once for each service,
which alone has the key it is sealed under.

What is stored was sealed before (``vault.CountyVault.seal_bytes``): whoever gets at the folder or the bucket sees
nothing. ``CARELOOP_BLOBS`` is ``file:///folder`` or ``s3://bucket/prefix`` (credentials, region and endpoint from the
usual ``AWS_*`` variables); where it is not set, ``blobs`` in the data folder.
"""

from __future__ import annotations

import asyncio
import os
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, MemoryStore, S3Store

from chassis.config import Settings

Store = LocalStore | MemoryStore | S3Store
KEY = re.compile(r"[0-9A-Za-z-]{1,40}/[a-z]{1,40}/[0-9a-f]{64}")


class Missing(Exception):
    """The content is not where it was put: the folder or bucket lost it, or is another one."""


class Blobs:
    """Content by key; ``folder`` is where the keys' files are, None where they are no files here."""

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, county: str, service: str, digest: str, content: bytes) -> None:
        """Keep the content under its digest, on disk when this returns; what is there already stays as it is."""
        key = _key(county, service, digest)
        try:
            await self._store.put_async(key, content, mode="create")
        except AlreadyExistsError:
            return
        if self._folder is not None:
            await asyncio.to_thread(_to_disk, self._folder / key)

    async def get(self, county: str, service: str, digest: str) -> bytes:
        """The content, whole: what is sealed as one piece opens as one piece. Raises Missing."""
        try:
            found = await self._store.get_async(_key(county, service, digest))
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise Missing(digest) from None


def _key(county: str, service: str, digest: str) -> str:
    key = f"{county}/{service}/{digest}"
    if not KEY.fullmatch(key):
        raise ValueError("a key is a county, a service and a SHA-256")
    return key


def _to_disk(path: Path) -> None:
    """The file and its name: an answered upload survives a power cut."""
    for each in (path, path.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def blobs_of(settings: Settings) -> Blobs:
    """The store of a deployment, opened once."""
    return opened(settings.blobs or (settings.data.absolute() / "blobs").as_uri())


@lru_cache(maxsize=16)
def opened(url: str) -> Blobs:
    """The store at an address; ValueError for one that is neither a folder nor S3."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        folder = Path(unquote(parts.path))
        return Blobs(LocalStore(folder, mkdir=True), folder)
    if parts.scheme == "s3" and parts.netloc:
        return Blobs(S3Store(parts.netloc, prefix=parts.path.strip("/") or None))
    raise ValueError("CARELOOP_BLOBS is file:///folder or s3://bucket/prefix")
