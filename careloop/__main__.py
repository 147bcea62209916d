"""The command line. Every command works on the configured addresses, or on the data folder of ``careloop up``.

Commands are imported when they are called, so that the ones that need no server start at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from careloop.groups import GROUPS

app = App(
    name="careloop",
    help="服务类社会救助 service marketplace for county social assistance.",
    version_flags=["--version"],
)
for group in GROUPS:
    app.command(group)


@app.command
def up(*, port_offset: int = 0) -> int:
    """Start PostgreSQL and NATS (where no address is configured), the four services and the console, until Ctrl-C."""
    from careloop.up import up as run

    return run(port_offset)


@app.command
def demo(*, people: int = 400, seed: int = 7, stay: bool = False, canary: bool = False, port_offset: int = 0) -> int:
    """Play a month in Ningjin with generated people over the public REST API; again: the next month.

    Parameters
    ----------
    people
        How many generated people are helped.
    seed
        What the generated people and their month follow from.
    stay
        Keep everything running afterwards, until Ctrl-C.
    canary
        Plant a mark in every sealed field, and search logs, bus, tables, metrics and exports for it at the end.
    """
    from careloop.demo import demo as run

    return run(people=people, seed=seed, stay=stay, canary=canary, port_offset=port_offset)


@app.command
def serve(*names: str, roles: str = "api,relay,consumer,agenda") -> int:
    """Run services by name (all when none is named) on the configured addresses."""
    from careloop.up import serve as run

    return run(names, roles)


@app.command
def console() -> int:
    """Serve the web pages alone, over the services on their configured addresses, until Ctrl-C."""
    from careloop.pages import console as run

    return run()


@app.command
def migrate() -> int:
    """Bring database roles, schemas and tables up to date; needs the owner's CARELOOP_DATABASE_URL."""
    from careloop.up import migrate_all

    return migrate_all()


@app.command
def token(
    role: str,
    *,
    county: str = "130528",
    subject: str = "",
    owner: str = "",
    township: str = "",
    hours: float = 8,
    scope: list[str] | None = None,
) -> int:
    """Print a token of the development issuer; the embedded default only.

    Parameters
    ----------
    scope
        A scope such as orders.read; may be given several times. Without any, the token does all that its role may.
    """
    from careloop.tokens import print_token

    return print_token(role, county, subject or f"{role}-1", owner, township, hours, scope)


@app.command
def bus_passwords() -> int:
    """Print the passwords of the services' NATS users as lines of an environment file, for a server of one's own."""
    from careloop.bus_passwords import print_passwords

    return print_passwords()


@app.command
def doctor() -> int:
    """Look at everything the deployment needs and say what is wrong and how to mend it."""
    from careloop.doctor import doctor as run

    return run()


@app.command
def settle(
    facts: Path,
    *,
    policy: list[Path],
    month: str,
    closed: Path | None = None,
    json: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Compute a month's statements from a file of facts and policies; needs no server.

    Parameters
    ----------
    facts
        Facts in the exchange form, one JSON object a line.
    policy
        A policy pack; may be given several times.
    month
        The month to settle, YYYY-MM.
    closed
        The answers of the earlier closes, one a line.
    """
    from careloop.settle_files import main as run

    return run(facts, policy, month, closed, json)


@app.command(name="import")
def import_list(
    file: Path,
    *,
    kind: Literal["ledger", "targets"],
    source: str,
    county: str = "130528",
    township: str = "",
    subject: str = "",
    dry_run: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Take in a ledger or a department's list (CSV or XLSX) through the orders service; 1 if a row cannot be used.

    Parameters
    ----------
    kind
        ledger registers people of the roll; targets lists people who are to be checked one by one.
    source
        Whose file it is, as a code: civil_affairs, disabled_federation, health …
    township
        The township that the file is of; it is then taken in by its officer.
    dry_run
        Only say what would become of each row.
    """
    from careloop.importing import import_file as run

    return run(file, kind, source, county, township, subject, dry_run)


@app.command
def replay(*, county: str = "", facts: Path | None = None) -> int:
    """Compute every closed statement again from the event streams and compare, line by line; 1 if anything differs.

    Parameters
    ----------
    county
        Only this county.
    facts
        Compare with statements computed from this export instead of the streams.
    """
    from careloop.replay import replay as run

    return run(county, facts)


def main() -> None:
    """Entry point; the exit code is the command's."""
    sys.exit(app() or 0)


if __name__ == "__main__":
    main()
