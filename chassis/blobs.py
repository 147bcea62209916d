"""Where pictures lie: a folder, or S3; by county, service and SHA-256, so that the same is there once for each service,
which alone has the key it is sealed under.

What is stored was sealed before (``vault.CountyVault.seal_bytes``): whoever gets at the folder or the bucket sees
nothing. ``CARELOOP_BLOBS`` is ``file:///folder`` or ``s3://bucket/prefix`` (credentials, region and endpoint from the
usual ``AWS_*`` variables); where it is not set, ``blobs`` in the data folder. A store that does not answer, or refuses,
is ``Away``: in good time, and nothing was changed that a second try would not do as well.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from chassis.blob_names import NO_BUCKET, Why, allows_http, check_endpoints, name_of, why
from chassis.config import Settings

Store = LocalStore | MemoryStore | S3Store


class Missing(Exception):
    """The content is not where it was put: the folder or bucket lost it, or is another one."""


class Away(Exception):
    """The store does not answer, or refuses. ``why`` is for logs and the doctor, never for a caller."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.told)
        self.why = why


class Limits(NamedTuple):
    """How long keeping or reading may take as a whole, one request to a bucket, connecting to it; tries after the
    first.
    """

    deadline_s: float
    request_s: float
    connect_s: float
    retries: int


class Blobs:
    """Content by key; ``folder`` is where the keys' files are, None where they are no files here.

    ``failing`` tells why the last request failed; None where it did not.
    """

    def __init__(self, store: Store, folder: Path | None, deadline_s: float) -> None:
        self._store = store
        self._folder = folder
        self._deadline_s = deadline_s
        self.failing: Why | None = None

    async def put(self, county: str, service: str, digest: str, content: bytes) -> bool:
        """Keep the content under its digest, on disk when this returns; what is there already stays as it is.

        Whether it is new. Raises Away.
        """
        key = name_of(county, service, digest)
        async with self._asking():
            new = await self._created(key, content)
            if self._folder is not None:
                await asyncio.to_thread(_to_disk, self._folder / key)
        return new

    async def get(self, county: str, service: str, digest: str) -> bytes:
        """The content, whole: what is sealed as one piece opens as one piece. Raises Missing, Away."""
        key = name_of(county, service, digest)
        async with self._asking():
            content = await self._found(key)
        if content is None:
            raise Missing(digest)
        return content

    async def remove(self, county: str, service: str, digest: str) -> None:
        """Take the content away; what is not there is no error. Raises Away. Only the doctor asks for it."""
        key = name_of(county, service, digest)
        async with self._asking():
            try:
                await self._store.delete_async(key)
            except FileNotFoundError:
                return

    async def answering(self) -> None:
        """Raises Away where the last request failed; asks nothing of the store itself."""
        if self.failing is not None:
            raise Away(self.failing)

    async def _created(self, key: str, content: bytes) -> bool:
        try:
            await self._store.put_async(key, content, mode="create")
        except AlreadyExistsError:
            return False
        except NotImplementedError:
            # AWS_CONDITIONAL_PUT=disabled: then the last stays, which the same key opens to the same picture.
            await self._store.put_async(key, content)
        return True

    async def _found(self, key: str) -> bytes | None:
        try:
            found = await self._store.get_async(key)
            return bytes(await found.bytes_async())
        except FileNotFoundError as error:
            if why(error).code == NO_BUCKET:
                raise
            return None

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        """Within the deadline, and every failure of the store is Away; what a server wrote about it is dropped."""
        try:
            async with asyncio.timeout(self._deadline_s):
                yield
        except (BaseError, OSError) as error:
            self.failing = why(error)
            raise Away(self.failing) from None
        self.failing = None


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
    limits = Limits(
        settings.blobs_deadline_s, settings.blobs_request_s, settings.blobs_connect_s, settings.blobs_retries
    )
    return opened(address_of(settings), limits)


def address_of(settings: Settings) -> str:
    """Where the pictures of a deployment lie, as an address."""
    return settings.blobs or (settings.data.absolute() / "blobs").as_uri()


@lru_cache(maxsize=16)
def opened(url: str, limits: Limits) -> Blobs:
    """The store at an address; ValueError for one that is neither a folder nor S3, or an endpoint that is none.

    Raises Away for a folder that cannot be made.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        folder = Path(unquote(parts.path))
        try:
            return Blobs(LocalStore(folder, mkdir=True), folder, limits.deadline_s)
        except OSError as error:
            raise Away(why(error)) from None
    if parts.scheme == "s3" and parts.netloc:
        check_endpoints()
        return Blobs(_bucket(parts.netloc, parts.path.strip("/"), limits), None, limits.deadline_s)
    raise ValueError("CARELOOP_BLOBS is file:///folder or s3://bucket/prefix")


def _bucket(name: str, prefix: str, limits: Limits) -> S3Store:
    """Options of the client given here replace those of the environment: of these only plain http is asked for."""
    return S3Store(
        name,
        prefix=prefix or None,
        client_options={
            "timeout": timedelta(seconds=limits.request_s),
            "connect_timeout": timedelta(seconds=limits.connect_s),
            "allow_http": allows_http(),
        },
        retry_config={"max_retries": limits.retries, "retry_timeout": timedelta(seconds=limits.deadline_s)},
    )
