"""``careloop bus-passwords``: what the environment of a NATS server of one's own must hold (deploy/nats/nats.conf)."""

from __future__ import annotations

from careloop.bus_file import variable
from careloop.environment import NothingRuns, reachable
from careloop.output import err
from chassis.bus_users import SOURCES
from chassis.config import Settings


def print_passwords() -> int:
    """One ``NAME=password`` a line; 1 without a role secret."""
    settings = Settings()
    try:
        if not settings.role_secret.get_secret_value():
            settings = reachable(settings)
    except NothingRuns as error:
        err.print(f"[red]{error}[/red]")
        return 1
    for service in SOURCES:
        print(f"{variable(service)}={settings.bus_password(service)}")
    return 0
