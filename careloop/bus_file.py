"""NATS's own settings as careloop writes them: who may connect, and what each user may do (``chassis.bus_users``).

    python -m careloop.bus_file --write | --check

The embedded server's file holds the passwords and is 0600 beside the secrets they follow from. The committed
``deploy/nats/nats.conf``, written and checked here, takes them from the server's environment; ``careloop
bus-passwords`` prints them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from chassis.bus_users import OPERATOR, SOURCES, Account, accounts, calls, operator_name, user_name
from contracts import subjects, written

DEPLOY = Path(__file__).parents[1] / "deploy"
VARIABLE = "CARELOOP_BUS_"


def accounts_text(operator: str, password: Callable[[str], str], sources: Mapping[str, Iterable[str]] = SOURCES) -> str:
    """The block ``accounts``: the operator's with ``operator``, each service's with ``password(service)``.

    Both give what stands in the file: a quoted password, or the name of a variable with its ``$``.
    """
    blocks = "\n".join(_account(account, operator, password(account.service)) for account in accounts(sources))
    return f"""accounts {{
  operator {{
    jetstream: enabled
    users: [ {{ user: {OPERATOR}, password: {operator} }} ]
  }}
{blocks}
}}
"""


def _account(account: Account, operator: str, password: str) -> str:
    service = account.service
    return f"""  {service} {{
    jetstream: enabled
    users: [
      {{ user: {operator_name(service)}, password: {operator} }}
      {{ user: {user_name(service)}, password: {password}, permissions: {{
        publish: {{ allow: [
{_listed(_quoted(account.publish()))}
        ] }}
        subscribe: {{ allow: [
{_listed(_quoted(account.subscribe()))}
        ] }}
      }} }}
    ]
    exports: [
{_listed(_exports(account))}
    ]
    imports: [
{_listed(_imports(account))}
    ]
  }}"""


def _exports(account: Account) -> Iterable[str]:
    """What others may ask of the account: each hearer for itself, the hints for all of them."""
    for hearer in account.hearers:
        for call in calls(account.service, hearer):
            kind = "response_type: stream, " if call.streamed else ""
            yield f'{{ service: "{call.subject}", {kind}accounts: [{hearer}] }}'
    if account.hearers:
        yield f'{{ stream: "{subjects.hint(account.service, "*")}", accounts: [{", ".join(account.hearers)}] }}'


def _imports(account: Account) -> Iterable[str]:
    """What the account asks of others."""
    for source in account.sources:
        for call in calls(source, account.service):
            to = "" if call.local == call.subject else f', to: "{call.local}"'
            yield f'{{ service: {{ account: {source}, subject: "{call.subject}" }}{to} }}'
        yield f'{{ stream: {{ account: {source}, subject: "{subjects.hint(source, "*")}" }} }}'


def _quoted(names: Iterable[str]) -> Iterable[str]:
    return (f'"{name}"' for name in names)


def _listed(entries: Iterable[str]) -> str:
    return "\n".join(f"        {entry}" for entry in entries)


def variable(service: str) -> str:
    """The variable of NATS's environment that holds a user's password."""
    return f"{VARIABLE}{service.upper()}"


def deployed() -> str:
    """The text of ``deploy/nats/nats.conf``."""
    operator = variable("operator")
    block = accounts_text(f"${operator}", lambda service: f"${variable(service)}")
    return f"""# NATS for careloop, written by `python -m careloop.bus_file --write`. Own settings (listen, tls,
# cluster) go in a file of your own that ends with: include "nats.conf". Beyond one machine set tls: without it
# passwords pass in the open. They come from the server's environment: `careloop bus-passwords` prints what
# CARELOOP_ROLE_SECRET makes them; {operator} is yours to choose, and stands in CARELOOP_NATS_URL.
max_payload: 1MB

# JetStream acknowledges before it writes to disk unless told otherwise.
jetstream {{
  store_dir: "/var/lib/nats"
  sync_interval: always
}}

# An account a service, so that no answer of JetStream's reaches another's; in it a user with what its relay and its
# consumers need, and one for the operator (docs/decisions/0015-bus-users.md). System subjects ($SYS) are nobody's.
{block}"""


def makers() -> written.Makers:
    """Path below ``deploy`` -> what makes the file."""
    return {"nats/nats.conf": deployed}


if __name__ == "__main__":
    sys.exit(written.run(sys.argv[1:], DEPLOY, makers(), __doc__))
