"""A small OpenID Connect issuer that answers over HTTP: discovery document, key set, and tokens signed by its keys."""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64encode

AUDIENCE = "careloop.example"
SigningKey = RSAKey | ECKey | OKPKey | OctKey


def new_key(algorithm: str, key_id: str | None) -> SigningKey:
    """A key for an algorithm."""
    parameters = {"kid": key_id} if key_id else {}
    if algorithm == "ES256":
        return ECKey.generate_key("P-256", parameters)
    if algorithm == "EdDSA":
        return OKPKey.generate_key("Ed25519", parameters)
    return RSAKey.generate_key(2048, parameters)


def new_certificate(file: Path) -> Path:
    """A certificate for 127.0.0.1 that has signed itself, with its key, in ``file``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests only")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + certificate.public_bytes(pem))
    return file


class IdentityProvider:
    """The issuer. ``published`` is its key set; ``asked`` counts the questions by path."""

    def __init__(self, certificate: Path | None = None) -> None:
        self._certificate = certificate
        self.keys: dict[str, SigningKey] = {}
        self.published: list[dict[str, Any]] = []
        self.discovery: Any = {}
        self.asked: dict[str, int] = {}
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.come_back()
        self.discovery = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}

    @property
    def issuer(self) -> str:
        """Its name and address."""
        return f"http{'s' if self._certificate else ''}://127.0.0.1:{self._port}"

    def come_back(self) -> None:
        """Answer, always at the same address."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())
        self._port = self._server.server_address[1]
        if self._certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def go_away(self) -> None:
        """Answer nobody any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def add(self, algorithm: str, key_id: str, **told: Any) -> SigningKey:
        """A new key in the key set; ``told`` changes how the set shows it."""
        key = self.keys[key_id] = new_key(algorithm, key_id)
        self.published.append({**key.as_dict(private=False), "use": "sig", **told})
        return key

    def withdraw(self, key_id: str) -> None:
        """Take a key out of the set."""
        self.published = [key for key in self.published if key.get("kid") != key_id]

    def token(self, algorithm: str, key: SigningKey, header: dict[str, Any] | None = None, **changes: Any) -> bytes:
        """An ``Authorization`` header with a bureau's token; claims that are changed to None are left out."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": AUDIENCE, "sub": "u-17", "role": "bureau", "county": "130528", "iat": now,
            "nbf": now, "exp": now + 600, **changes,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        head = {"alg": algorithm, **({"kid": key.kid} if key.kid else {}), **(header or {})}
        return b"Bearer " + sign(head, claims, key)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked[self.path] = provider.asked.get(self.path, 0) + 1
                documents = {
                    "/.well-known/openid-configuration": provider.discovery,
                    "/keys": {"keys": provider.published},
                }
                found = documents.get(self.path)
                body = found if isinstance(found, bytes) else json.dumps(found).encode()
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Nobody reads it."""

        return Handler


def sign(header: dict[str, Any], claims: dict[str, Any], key: SigningKey) -> bytes:
    """A token with any header and claims, also one that no library would make."""
    signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()) for part in (header, claims))
    return signed + b"." + urlsafe_b64encode(JWSRegistry.algorithms[header["alg"]].sign(signed, key))
