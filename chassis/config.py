"""Settings: environment variables ``CARELOOP_*``; every limit has a name, a unit and a default here."""

from __future__ import annotations

import hmac
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.trust import Algorithm, ClaimName, Trust


class Settings(BaseSettings):
    """All settings of a process; ``embedded`` is set by the launcher: movable clock, development token issuer."""

    model_config = SettingsConfigDict(env_prefix="CARELOOP_", frozen=True, extra="ignore", hide_input_in_errors=True)

    data: Path = Path(".careloop")
    database_url: str = ""
    keys_url: str = ""
    nats_url: str = ""
    role_secret: SecretStr = SecretStr("")
    token_secret: SecretStr = SecretStr("")
    token_issuer: str = "careloop-development"  # noqa: S105
    token_audience: str = "careloop"  # noqa: S105
    token_leeway_s: float = Field(default=30, ge=0, le=30, description="how far the issuers' clocks may be off ours")
    token_hours_max: float = Field(default=24, gt=0, le=24 * 7, description="longer tokens are refused")
    oidc_issuer: str = Field(default="", description="the identity provider, exactly as its tokens name it in iss")
    oidc_audience: str = ""
    oidc_algorithms: tuple[Algorithm, ...] = ("RS256", "PS256", "ES256", "EdDSA")
    oidc_jwks: str = Field(default="", description="address of its keys, where discovery shall not be asked")
    oidc_claims: dict[ClaimName, str] = Field(default={}, description="our claim names to those of its tokens")
    oidc_issuers: tuple[Trust, ...] = Field(default=(), description="several identity providers, each with its own")
    authz: Path = Field(default=Path(__file__).parents[1] / "deploy" / "authz", description="folder of the policies")
    embedded: bool = False
    host: str = "127.0.0.1"
    port_offset: int = 0
    feeds: dict[str, str] = Field(default={}, description="address of each service's API, where it runs elsewhere")
    log_level: str = "info"
    access_log: bool = Field(default=False, description="a line for each request: operation, status, time, role")
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=8790, description="of this process's /metrics, plus port_offset; 0: none")
    traces_url: str = Field(default="", description="OTLP/HTTP collector, as http://127.0.0.1:4318/v1/traces; or none")
    traces_ratio: float = Field(default=1.0, ge=0, le=1, description="part of the traces that are recorded")

    pool_min: int = 1
    pool_max: int = 8
    works_pool_max: int = Field(default=2, description="connections as the role that sees all counties")
    batch_max: int = Field(default=256, description="commands decided in one transaction")
    queue_max: int = Field(default=4096, description="commands that may wait in one county before 503 is answered")
    cache_max: int = Field(default=200_000, description="folded states kept in process")
    statement_timeout_s: float = 30.0
    body_max_bytes: int = 1_048_576
    body_max_s: float = Field(default=30.0, description="how long a body may take to arrive")
    page_max: int = 1000
    export_rows_max: int = Field(default=20_000, ge=1, description="rows of a list as a CSV or XLSX file")
    long_poll_max_s: float = 25.0
    relay_batch_max: int = 1000
    relay_poll_s: float = 1.0
    consumer_batch_max: int = 500
    consumer_poll_s: float = 2.0
    consumer_tries: int = 3
    agenda_poll_s: float = 0.25
    agenda_batch_max: int = 500
    agenda_tries: int = 5
    inbox_days: int = 30
    rate_callers: str = Field(default="", description="requests of one caller a process, as 6000/minute")
    rate_guesses: str = Field(default="", description="answers 401 to one address a process, as 60/minute")
    rate_public: str = Field(default="", description="requests without a token from one address a process, 300/minute")
    public_url: str = Field(default="", description="where people outside reach charity's API, as https://a.example")
    console_url: str = Field(default="", description="where people outside reach the pages, as https://a.example")
    console_port: int = Field(default=8700, description="of the pages, plus port_offset; 0: none")
    console_counties: dict[str, str] = Field(default={}, description="code and name of each county on the first page")
    console_wait_s: float = Field(default=10.0, gt=0, description="how long a page waits for a service's answer")
    form_max_bytes: int = Field(default=16_384, ge=1024, description="of what a page's form sends")
    bulk_max: int = Field(default=500, ge=1, description="items of a bulk command")
    blobs: str = Field(default="", description="where pictures lie: file:///folder or s3://bucket/prefix")
    blobs_deadline_s: float = Field(default=20.0, gt=0, description="keeping or reading a picture, with all tries")
    blobs_request_s: float = Field(default=8.0, gt=0, description="one request to the bucket")
    blobs_connect_s: float = Field(default=2.0, gt=0, description="connecting to the bucket's server")
    blobs_retries: int = Field(default=2, ge=0, le=10, description="tries after the first, where trying may help")
    photo_max_bytes: int = Field(default=8_388_608, ge=1024, description="of an uploaded picture")
    photo_max_pixels: int = Field(default=40_000_000, ge=1, le=100_000_000, description="width times height")
    photo_side_max: int = Field(default=2048, ge=64, le=8192, description="longer side of the picture that is kept")
    photo_decode_max_s: float = Field(default=20.0, gt=0, description="how long a picture may take to be read")
    photos_at_once: int = Field(default=2, ge=1, description="pictures that a process reads at the same time")
    photos_waiting_max: int = Field(default=64, ge=1, description="pictures that may wait before 503 is answered")
    trusted_proxies: tuple[str, ...] = Field(default=(), description="networks whose X-Forwarded-For is believed")

    @cached_property
    def clock_file(self) -> Path | None:
        """Where the moved clock is kept; None where the clock is the system's."""
        return self.data / "clock.json" if self.embedded else None

    @property
    def identity_providers(self) -> tuple[Trust, ...]:
        """The OIDC issuers that are trusted; ValueError for one that is named twice or trusted half."""
        found = list(self.oidc_issuers)
        if self.oidc_issuer:
            found.append(
                Trust(
                    issuer=self.oidc_issuer,
                    audience=self.oidc_audience or self.token_audience,
                    algorithms=self.oidc_algorithms,
                    jwks=self.oidc_jwks,
                    claims=self.oidc_claims,
                )
            )
        if len({one.issuer for one in found}) < len(found):
            raise ValueError("an identity provider is configured twice")
        if len({one.subject_prefix for one in found}) < len(found):
            raise ValueError("several identity providers need a subject_prefix each: their people would be mixed up")
        return tuple(found)

    def service_database_url(self, service: str) -> str:
        """The database as the service's own role ``careloop_<service>``, which sees one county at a time."""
        return self._signed_in(self.database_url, service)

    def works_database_url(self, service: str) -> str:
        """The database as ``careloop_<service>_works``, which sees all counties, of few columns."""
        return self._signed_in(self.database_url, f"{service}_works")

    def auditor_database_url(self) -> str:
        """The database as ``careloop_auditor``, which reads one county at a time, in every service's schema."""
        return self._signed_in(self.database_url, "auditor")

    def service_keys_url(self, service: str) -> str:
        """The vault's key database as the service's own role."""
        return self._signed_in(self.keys_database_url(), service)

    def _signed_in(self, url: str, who: str) -> str:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"careloop_{who}:{self.role_password(who)}@{host}"))

    def service_nats_url(self, service: str) -> str:
        """NATS as the service's own user ``careloop_<service>``, in its own account."""
        return self._bus(f"careloop_{service}", self.bus_password(service))

    def operator_nats_url(self, service: str) -> str:
        """NATS as the operator in a service's account, with the password of ``nats_url``."""
        return self._bus(f"operator_{service}", urlsplit(self.nats_url).password or "")

    def _bus(self, user: str, password: str) -> str:
        parts = urlsplit(self.nats_url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{user}:{password}@{host}"))

    def bus_password(self, service: str) -> str:
        """The password of a service's NATS user, derived from the role secret."""
        return bus_password(self.role_secret.get_secret_value(), service)

    def address(self, service: str, port: int) -> str:
        """Where a service's API is found: as configured, or on this machine at its own port."""
        return self.feeds.get(service, f"http://127.0.0.1:{port + self.port_offset}")

    def console_address(self) -> str:
        """Where the console's pages are found: as configured, or on this machine; empty where there are none."""
        own = f"http://127.0.0.1:{self.console_port + self.port_offset}" if self.console_port else ""
        return (self.console_url or own).rstrip("/")

    def role_password(self, who: str) -> str:
        """The password of the database role ``careloop_<who>``, derived from the role secret."""
        return hmac.new(self.role_secret.get_secret_value().encode(), who.encode(), "sha256").hexdigest()

    def keys_database_url(self) -> str:
        """The vault's key database: ``CARELOOP_KEYS_URL``, or ``<database>_keys`` on the same server."""
        if self.keys_url:
            return self.keys_url
        parts = urlsplit(self.database_url)
        return urlunsplit(parts._replace(path=f"{parts.path}_keys"))


def bus_password(role_secret: str, service: str) -> str:
    """The password of a service's NATS user. It begins with a letter: NATS reads a variable's digits as a number."""
    return f"bus_{hmac.new(role_secret.encode(), f'bus {service}'.encode(), 'sha256').hexdigest()}"
