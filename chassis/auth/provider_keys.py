"""The public keys of an identity provider: found by its discovery document, kept, and asked for again when needed.

Asked for when the first token comes, when a token names a key that is not known (the provider has changed its keys)
and when the keys are old; at most every 30 s. While the provider is away the keys at hand stay good.
OpenID Connect Discovery 1.0, section 4; JSON Web Key Set, RFC 7517.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import httpx2
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from chassis.auth.issuers import KeysWanted
from chassis.problems import Refused
from chassis.trust import Trust, secure

log = structlog.get_logger(__name__)

ASKED_AGAIN_S = 30.0
FIRST_TRY_AGAIN_S = 5.0
"""While no key was ever read, its tokens can only be answered 503: then it is asked sooner."""
OLD_S = 600.0
"""After that long the keys are asked for again, so that one the provider has withdrawn loses its force."""
TIMEOUT_S = 5.0
DOCUMENT_BYTES_MAX = 262_144
KEYS_MAX = 100
RSA_BITS_MIN = 2048

UNREADABLE = (
    httpx2.HTTPError, httpx2.InvalidURL, OSError, TimeoutError, ValueError, msgspec.MsgspecError, RecursionError,
)  # fmt: skip
"""What asking for keys may end with."""

PublicKey = RSAKey | ECKey | OKPKey
_KINDS: Mapping[str, type[PublicKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_PUBLIC = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}
_ALGORITHMS = {"RSA": ("RS256", "PS256"), "EC": ("ES256",), "OKP": ("EdDSA",)}
_CURVES = {"EC": "P-256", "OKP": "Ed25519"}


class Known(NamedTuple):
    """A key, its id and the algorithms it may be used with."""

    key_id: str | None
    algorithms: frozenset[str]
    key: PublicKey


class ProviderKeys:
    """See the module's text. ``clock`` counts seconds, from anywhere."""

    def __init__(self, trust: Trust, clock: Callable[[], float]) -> None:
        self._trust = trust
        self._clock = clock
        self._known: tuple[Known, ...] | None = None
        self._asked_at: float | None = None
        self._read_at = 0.0
        self._asking: asyncio.Task[None] | None = None

    def find(self, algorithm: str, key_id: str | None) -> Sequence[PublicKey]:
        """The keys that fit; without a key id the only one that fits. Raises KeysWanted."""
        fitting = [one for one in self._known or () if algorithm in one.algorithms]
        if key_id is not None:
            fitting = [one for one in fitting if one.key_id == key_id]
        if not fitting:
            raise KeysWanted
        return [one.key for one in fitting] if key_id is not None or len(fitting) == 1 else []

    async def fetch(self) -> None:
        """Ask the provider, unless it was asked just now; ``unavailable`` while no key of it was ever read."""
        if self._asking is not None or self._may_ask():
            await asyncio.shield(self._ask())
        if self._known is None:
            raise Refused("unavailable")

    def freshen(self) -> None:
        """Ask in the background where the keys are old."""
        if self._clock() - self._read_at > OLD_S and self._asking is None and self._may_ask():
            self._ask()

    def _may_ask(self) -> bool:
        pause = FIRST_TRY_AGAIN_S if self._known is None else ASKED_AGAIN_S
        return self._asked_at is None or self._clock() - self._asked_at >= pause

    def _ask(self) -> asyncio.Task[None]:
        """One question at a time, whoever waits for it; it goes on when they go away."""
        if self._asking is None:
            self._asked_at = self._clock()
            self._asking = asyncio.create_task(self._read(), name="keys of an identity provider")
        return self._asking

    async def _read(self) -> None:
        try:
            self._known = tuple(await read_keys(self._trust))
            self._read_at = self._clock()
            log.info("auth.keys_read", issuer=self._trust.issuer, keys=len(self._known))
        except UNREADABLE as error:
            log.warning("auth.keys_not_read", issuer=self._trust.issuer, error=f"{type(error).__name__}: {error}")
        finally:
            self._asking = None


async def read_keys(trust: Trust) -> list[Known]:
    """The usable keys an identity provider tells of now; one of ``UNREADABLE`` where it does not, within 5 s."""
    certificates = await asyncio.to_thread(authorities)
    async with asyncio.timeout(TIMEOUT_S), httpx2.AsyncClient(timeout=TIMEOUT_S, verify=certificates) as client:
        address = trust.jwks or await _discover(client, trust.issuer)
        return keys_of(await _document(client, address), trust.algorithms)


@cache
def authorities() -> ssl.SSLContext:
    """The certificates this machine trusts, or those of ``SSL_CERT_FILE``; reading them takes a third of a second."""
    return ssl.create_default_context()


async def _discover(client: httpx2.AsyncClient, issuer: str) -> str:
    """Where the issuer's keys are; ValueError for a document that speaks of another issuer (section 4.3)."""
    document = await _document(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise ValueError("the discovery document is another issuer's")
    address = document.get("jwks_uri")
    if not isinstance(address, str):
        raise ValueError("the discovery document names no jwks_uri")
    return secure(address)


async def _document(client: httpx2.AsyncClient, address: str) -> dict[str, Any]:
    """A JSON object, at most 256 KiB, without following redirections; ValueError or httpx2's errors."""
    async with client.stream("GET", address, follow_redirects=False) as response:
        if response.status_code != 200:
            raise ValueError(f"answered {response.status_code}")
        body = b""
        async for part in response.aiter_bytes():
            body += part
            if len(body) > DOCUMENT_BYTES_MAX:
                raise ValueError("the document is too large")
    return msgspec.json.decode(body, type=dict[str, Any])


def keys_of(document: Mapping[str, Any], allowed: Sequence[str]) -> list[Known]:
    """The usable keys of a key set; others in it are passed over. ValueError for what is no key set."""
    keys = document.get("keys")
    if not isinstance(keys, list) or len(keys) > KEYS_MAX:
        raise ValueError("no key set, or too many keys")
    return [known for one in keys if (known := _known(one, frozenset(allowed))) is not None]


def _known(jwk: object, allowed: frozenset[str]) -> Known | None:
    """A key for signatures, of a kind and strength we accept, without whatever else came with it."""
    if not isinstance(jwk, dict) or jwk.get("use", "sig") != "sig":
        return None
    kind, key_id, operations = jwk.get("kty"), jwk.get("kid"), jwk.get("key_ops", ["verify"])
    if not isinstance(kind, str) or kind not in _KINDS or not isinstance(operations, list):
        return None
    algorithms = allowed.intersection(_ALGORITHMS[kind])
    if "alg" in jwk:
        algorithms &= {jwk["alg"]} if isinstance(jwk["alg"], str) else set()
    if not algorithms or "verify" not in operations or not isinstance(key_id, str | None):
        return None
    try:
        public: dict[str, Any] = {"kty": kind, **{name: jwk[name] for name in _PUBLIC[kind]}}
        if public.get("crv") != _CURVES.get(kind):
            return None
        key = _KINDS[kind].import_key(public)
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    if isinstance(key, RSAKey) and key.public_key.key_size < RSA_BITS_MIN:
        return None
    return Known(key_id, algorithms, key)
