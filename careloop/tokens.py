"""``careloop token``: a token of the development issuer, without loading what a server needs.

The token alone goes to standard output, so that a shell can keep it; what it says goes to standard error.
"""

from __future__ import annotations

from careloop.environment import NothingRuns, reachable
from careloop.output import err
from chassis.auth import issue
from chassis.config import Settings


def print_token(
    role: str, county: str, subject: str, owner: str, township: str, hours: float, scopes: list[str] | None = None
) -> int:
    """Print a development token and what it says; 1 where the deployment issues none, or none that says that."""
    try:
        print(issue(reachable(Settings()), subject, role, county, owner, township, hours, scopes))
    except (NothingRuns, PermissionError, ValueError) as error:
        err.print(f"[red]{error}[/red]")
        return 1
    told = ", ".join(sorted(scopes)) if scopes is not None else "all that the role may"
    err.print(f"{role} {subject} of {county}, {hours:g} h, scopes: {told}", markup=False)
    return 0
