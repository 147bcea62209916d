"""A server that speaks S3, from a wheel: it checks signatures and its users' rights, and knows If-None-Match.

One bucket, two users: ``careloop`` with the rights that ``docs/operations.md`` names and no more, and ``keeper`` who
may do anything. What it holds outlives ``stop``, as a server's disk does.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from obstore.store import S3Store

BUCKET = "county-pictures"
FOLDER = "careloop"
REGION = "us-east-1"
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
LEAST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["s3:PutObject", "s3:GetObject"],
            "Resource": f"arn:aws:s3:::{BUCKET}/{FOLDER}/*",
        },
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{BUCKET}"},
    ],
}
RIGHTS = {"careloop": LEAST, "keeper": ALL}


class S3:
    """The running server; ``url`` is its endpoint."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        _, self._port = self._server.get_host_and_port()
        self._keys: dict[str, tuple[str, str]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def furnish(self) -> None:
        """Make bucket and users; after that only who signs is answered."""
        with httpx2.Client(base_url=self.url, trust_env=False) as client:
            client.put(f"/{BUCKET}", headers=_unsigned("s3")).raise_for_status()
            for user, rights in RIGHTS.items():
                self._keys[user] = _user(client, user, json.dumps(rights))
            client.post("/moto-api/reset-auth", content=b"0").raise_for_status()

    def environment(self, user: str = "careloop") -> dict[str, str]:
        """What an operator sets for a service that signs in as ``user``."""
        key, secret = self._keys[user]
        return {
            "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": REGION,
            "AWS_ENDPOINT": self.url, "AWS_ALLOW_HTTP": "true",
        }  # fmt: skip

    def objects(self, below: str) -> dict[str, bytes]:
        """What lies below a prefix of the bucket, by the whole key."""
        keeper = self._keeper()
        names = [one["path"] for page in keeper.list(below) for one in page]
        return {name: bytes(keeper.get(name).bytes()) for name in names}

    def lose(self, key: str) -> None:
        """Delete an object."""
        self._keeper().delete(key)

    def stop(self) -> None:
        """Answer nobody: connections are refused."""
        self._server.stop()

    def start(self) -> None:
        """Answer again, at the same address."""
        self._server = ThreadedMotoServer("127.0.0.1", self._port, verbose=False)
        self._server.start()

    def _keeper(self) -> S3Store:
        key, secret = self._keys["keeper"]
        return S3Store(
            BUCKET, access_key_id=key, secret_access_key=secret, region=REGION, endpoint=self.url,
            client_options={"allow_http": True},
        )  # fmt: skip


@contextmanager
def running() -> Iterator[S3]:
    """The furnished server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = S3()
    try:
        server.furnish()
        yield server
    finally:
        server.stop()


def _unsigned(service: str) -> dict[str, str]:
    scope = f"first/20260101/{REGION}/{service}/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"}


def _user(client: httpx2.Client, name: str, rights: str) -> tuple[str, str]:
    def iam(action: str, **asked: str) -> str:
        form = {"Version": "2010-05-08", "Action": action, "UserName": name, **asked}
        return client.post("/", data=form, headers=_unsigned("iam")).raise_for_status().text

    iam("CreateUser")
    iam("PutUserPolicy", PolicyName="rights", PolicyDocument=rights)
    told = iam("CreateAccessKey")
    key, secret = (re.search(f"<{tag}>(.+?)</{tag}>", told) for tag in ("AccessKeyId", "SecretAccessKey"))
    assert key is not None
    assert secret is not None
    return key[1], secret[1]
