"""The walls inside PostgreSQL as they stand: no mighty role, row-level security everywhere, no stray right.

Asked as the owner; what each role then can and cannot do, ``tests/walls`` tries by signing in as it.
"""

from __future__ import annotations

from collections.abc import Iterable

import asyncpg

from careloop.checks.finding import Finding, failed, ok
from chassis.config import Settings
from chassis.rights import declared, given
from chassis.service import Service

MIGRATE = "careloop migrate puts it right where it was changed by hand"
BY_HAND = "take it from the role again"
PATIENCE_S = 5.0
_MIGHTY = """
select rolname::text from pg_roles where rolname like 'careloop\\_%' and rolname <> current_user
  and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls
    or exists (select from pg_auth_members m where m.member = pg_roles.oid))
order by rolname
"""
_UNWALLED = """
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname = any($1::text[])
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'county' and not a.attisdropped)
  and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
order by 1
"""


async def walls(connection: asyncpg.Connection, settings: Settings, services: Iterable[Service]) -> list[Finding]:
    """Roles, row-level security and rights of ``services``, in their own database and that of the keys."""
    services = list(services)
    open_tables = await unwalled(connection, [service.name for service in services])
    try:
        keys = await asyncpg.connect(settings.keys_database_url(), timeout=PATIENCE_S)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        return [failed("row-level security", f"the key database does not answer: {error}", "see its log")]
    try:
        open_tables += await unwalled(keys, ["public"])
    finally:
        await keys.close()
    astray = [name for service in services for name in await stray(connection, service.name)]
    return [
        _finding("roles", "none is mighty, none is another's member", await mighty(connection), BY_HAND),
        _finding("row-level security", "on and forced wherever there is a county", open_tables, MIGRATE),
        _finding("rights", "as declared", astray, MIGRATE),
    ]


async def mighty(connection: asyncpg.Connection) -> list[str]:
    """Roles of ours that may more than sign in, or that are a member of another role."""
    return [row[0] for row in await connection.fetch(_MIGHTY)]


async def unwalled(connection: asyncpg.Connection, schemas: list[str]) -> list[str]:
    """Tables with a county that row-level security does not guard, or not against their owner."""
    return [row[0] for row in await connection.fetch(_UNWALLED, schemas)]


async def stray(connection: asyncpg.Connection, service: str) -> list[str]:
    """Rights in the schema of a service that are given and not declared, or declared and not given."""
    astray = await declared(connection, service) ^ await given(connection, service)
    return [f"{right.privilege} on {service}.{right.table} {right.column} to {right.role}" for right in sorted(astray)]


def _finding(what: str, well: str, wrong: list[str], hint: str) -> Finding:
    return failed(what, ", ".join(wrong), hint) if wrong else ok(what, well)
