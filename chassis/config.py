"""Settings: environment variables ``CARELOOP_*``; every limit has a name, a unit and a default here."""

from __future__ import annotations

import hmac
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings of a process; ``embedded`` is set by the launcher: movable clock, development token issuer."""

    model_config = SettingsConfigDict(env_prefix="CARELOOP_", frozen=True, extra="ignore")

    data: Path = Path(".careloop")
    database_url: str = ""
    keys_url: str = ""
    nats_url: str = ""
    role_secret: SecretStr = SecretStr("")
    token_secret: SecretStr = SecretStr("")
    token_issuer: str = "careloop-development"  # noqa: S105
    token_audience: str = "careloop"  # noqa: S105
    embedded: bool = False
    host: str = "127.0.0.1"
    port_offset: int = 0
    feeds: dict[str, str] = Field(default={}, description="address of each service's API, where it runs elsewhere")
    log_level: str = "info"

    pool_min: int = 1
    pool_max: int = 8
    batch_max: int = Field(default=256, description="commands decided in one transaction")
    queue_max: int = Field(default=4096, description="commands that may wait in one county before 503 is answered")
    cache_max: int = Field(default=200_000, description="folded states kept in process")
    statement_timeout_s: float = 30.0
    body_max_bytes: int = 1_048_576
    page_max: int = 1000
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

    @cached_property
    def clock_file(self) -> Path | None:
        """Where the moved clock is kept; None where the clock is the system's."""
        return self.data / "clock.json" if self.embedded else None

    def service_database_url(self, service: str) -> str:
        """The database as the service's own role ``careloop_<service>``."""
        parts = urlsplit(self.database_url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"careloop_{service}:{self.role_password(service)}@{host}"))

    def service_keys_url(self, service: str) -> str:
        """The vault's key database as the service's own role."""
        parts = urlsplit(self.keys_database_url())
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"careloop_{service}:{self.role_password(service)}@{host}"))

    def address(self, service: str, port: int) -> str:
        """Where a service's API is found: as configured, or on this machine at its own port."""
        return self.feeds.get(service, f"http://127.0.0.1:{port + self.port_offset}")

    def role_password(self, service: str) -> str:
        """The password of a service's database role, derived from the role secret."""
        return hmac.new(self.role_secret.get_secret_value().encode(), service.encode(), "sha256").hexdigest()

    def keys_database_url(self) -> str:
        """The vault's key database: ``CARELOOP_KEYS_URL``, or ``<database>_keys`` on the same server."""
        if self.keys_url:
            return self.keys_url
        parts = urlsplit(self.database_url)
        return urlunsplit(parts._replace(path=f"{parts.path}_keys"))
