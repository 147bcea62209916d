"""``careloop token``: a token of the development issuer, without loading what a server needs."""

from __future__ import annotations

from careloop.environment import NothingRuns, reachable
from careloop.output import err
from chassis.auth import issue
from chassis.config import Settings


def print_token(role: str, county: str, subject: str, owner: str, township: str, hours: float) -> int:
    """Print a development token."""
    try:
        print(issue(reachable(Settings()), subject, role, county, owner, township, hours))
    except (NothingRuns, PermissionError, ValueError) as error:
        err.print(f"[red]{error}[/red]")
        return 1
    return 0
