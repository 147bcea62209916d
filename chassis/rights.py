"""What each database role may do in a service's schema, as a table; ``settle`` makes it so and takes back the rest.

    careloop_<service>        the service, one county at a time: appends to its logs, never alters them
    careloop_<service>_works  what spans counties (``chassis.database``): sees where work is, and sweeps the inbox
    careloop_auditor          reads logs and read models of every service, one county at a time; no sealed field

Rights are declared here, not in migrations: every migration compares what is granted with what should be, and a right
that somebody gave by hand is taken back. Where all is as it should be nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

import asyncpg

AUDITOR = "careloop_auditor"
READ = ("SELECT",)
APPEND = ("SELECT", "INSERT")
KEEP = ("SELECT", "INSERT", "UPDATE")
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")

SERVICE: Mapping[str, tuple[str, ...]] = {
    "alembic_version": READ,
    "events": APPEND,
    "public_log": APPEND,
    "vault_reads": APPEND,
    "inbox": APPEND,
    "head": KEEP,
    "tracking": KEEP,
    "policies": KEEP,
    "agenda": ALL,
    "parked": ALL,
}
"""The service's own role by table; on every other one, the read models, ``KEEP``."""

WORKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "SELECT": {
        "head": ("county", "public_position", "epoch"),
        "agenda": ("county", "id", "due_at", "decider", "stream", "reason", "tries"),
        "tracking": ("source", "county", "position", "epoch"),
        "parked": ("county", "source", "position", "reason"),
        "inbox": ("county", "key", "received_at"),
    },
    "DELETE": {"inbox": ()},
}
"""The works' role: by privilege and table the columns, none where the privilege is of rows."""

UNSEEN_BY_AUDITOR = frozenset({"alembic_version", "inbox", "agenda"})
"""Kept answers may show what a caller was entitled to; the agenda is nobody's record."""
SEALED = ("_box", "id_index")
"""Columns that end so hold sealed personal data, or what finds it again."""

_TABLES = """
select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = $1 and c.relkind in ('r', 'p') group by c.relname
"""
_GRANTED = """
with given as (
  select c.relname, '' as attname, c.relowner, (aclexplode(c.relacl)).*
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind in ('r', 'p')
  union all
  select c.relname, a.attname, c.relowner, (aclexplode(a.attacl)).*
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname = $1 and c.relkind in ('r', 'p') and not a.attisdropped
)
select coalesce(r.rolname::text, 'public') as role, relname::text as table, attname::text as column,
  privilege_type as privilege
from given left join pg_roles r on r.oid = given.grantee
where grantee <> relowner and (grantee = 0 or r.rolname like 'careloop\\_%')
"""


_LOWERED = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1 and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
  and exists (select from pg_policy p where p.polrelid = c.oid)
"""


class Right(NamedTuple):
    """One privilege of one role: on a table, or on one ``column`` of it."""

    role: str
    table: str
    column: str
    privilege: str


def roles_of(service: str) -> tuple[str, str]:
    """The database roles of a service: its own, and its works'."""
    return f"careloop_{service}", f"careloop_{service}_works"


async def settle(admin: asyncpg.Connection, service: str) -> None:
    """Give what is declared, take back what is not, and raise again a wall that was taken down."""
    wanted, granted = await declared(admin, service), await given(admin, service)
    if excess := granted - wanted:
        await admin.execute(_statements("revoke", "from", service, excess))
        # A privilege taken from a table is taken from its columns as well.
        granted = await given(admin, service)
    if missing := wanted - granted:
        await admin.execute(_statements("grant", "to", service, missing))
    for (table,) in await admin.fetch(_LOWERED, service):
        name = f"{quoted(service)}.{quoted(table)}"
        await admin.execute(f"alter table {name} enable row level security, force row level security")


async def declared(admin: asyncpg.Connection, service: str) -> set[Right]:
    """The rights that should be given in the schema of ``service``, for the tables and columns it has."""
    own, works = roles_of(service)
    rights: set[Right] = set()
    for table, columns in await admin.fetch(_TABLES, service):
        rights |= {Right(own, table, "", privilege) for privilege in SERVICE.get(table, KEEP)}
        for privilege, tables in WORKS.items():
            if table in tables:
                rights |= {Right(works, table, column, privilege) for column in tables[table] or ("",)}
        if table not in UNSEEN_BY_AUDITOR:
            open_columns = [column for column in columns if not column.endswith(SEALED)]
            whole = len(open_columns) == len(columns)
            rights |= {Right(AUDITOR, table, column, "SELECT") for column in ([""] if whole else open_columns)}
    return rights


async def given(admin: asyncpg.Connection, service: str) -> set[Right]:
    """The rights that are given in the schema to roles of ours and to everybody, besides the owner's."""
    return {Right(*row) for row in await admin.fetch(_GRANTED, service)}


def _statements(verb: str, preposition: str, service: str, rights: Iterable[Right]) -> str:
    """One statement for each role, table and privilege: for the table, or for all the columns together."""

    def what(right: Right) -> tuple[str, str, str, bool]:
        return right.role, right.table, right.privilege, bool(right.column)

    statements = []
    for (role, table, privilege, by_column), group in groupby(sorted(rights, key=what), key=what):
        columns = f" ({', '.join(quoted(right.column) for right in group)})" if by_column else ""
        statements.append(f"{verb} {privilege}{columns} on {quoted(service)}.{quoted(table)} {preposition} {role}")
    return ";".join(statements)


def quoted(name: str) -> str:
    """The name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'
