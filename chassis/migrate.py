"""Schemas, roles and tables: one schema and two database roles a service, alembic versions in each service's folder.

A service's roles may use its own schema only, and there what ``rights`` says; the key database of the vault is a
separate one, where each service's own role may touch the keys. Running it again changes nothing, and takes back what
was granted beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.config import Settings
from chassis.rights import AUDITOR, quoted, roles_of, settle
from chassis.service import Service
from chassis.tables import KEYS_VERSION_1, KEYS_VERSION_2

LOCK_TIMEOUT_S = 10
IDLE_IN_TRANSACTION_S = 60
"""A session that waits longer for a lock, or holds a transaction open without a word, is sent away."""


async def migrate(services: Iterable[Service], settings: Settings, *, through: str = "") -> None:
    """Bring database, roles and schemas of ``services`` up to date, as the owner in ``settings.database_url``.

    ``through`` stops at a version, as ``0001``; a schema that is further already stays where it is.
    """
    services = list(services)
    await _create_keys_database(settings)
    admin = await asyncpg.connect(settings.database_url)
    keys = await asyncpg.connect(settings.keys_database_url())
    try:
        await admin.execute("select pg_advisory_lock(727101)")
        await _keys_table(keys)
        await _role(admin, AUDITOR, "", settings)
        for service in services:
            await _roles_and_schema(admin, keys, service.name, settings)
        behind = [service for service in services if await _version(admin, service.name) != _newest(service)]
        if behind:
            await _upgrade(behind, settings, through)
        for service in services:
            await settle(admin, service.name)
        await _close_to_others(admin)
        await _close_to_others(keys)
    finally:
        await admin.close()
        await keys.close()


async def _create_keys_database(settings: Settings) -> None:
    if settings.keys_url:
        return
    name = urlsplit(settings.keys_database_url()).path.lstrip("/")
    admin = await asyncpg.connect(settings.database_url)
    try:
        if not await admin.fetchval("select 1 from pg_database where datname = $1", name):
            await admin.execute(f"create database {quoted(name)}")
    except asyncpg.DuplicateDatabaseError:
        pass
    finally:
        await admin.close()


async def _keys_table(keys: asyncpg.Connection) -> None:
    if not await keys.fetchval("select to_regclass('person_keys')"):
        await keys.execute(KEYS_VERSION_1)
    if not await keys.fetchval("select relforcerowsecurity from pg_class where oid = 'person_keys'::regclass"):
        await keys.execute(KEYS_VERSION_2)


async def _roles_and_schema(
    admin: asyncpg.Connection, keys: asyncpg.Connection, service: str, settings: Settings
) -> None:
    schema, (own, works) = quoted(service), roles_of(service)
    for role in (own, works):
        await _role(admin, role, schema, settings)
    await admin.execute(f"create schema if not exists {schema}")
    await admin.execute(f"grant usage on schema {schema} to {own}, {works}, {AUDITOR}")
    if not await keys.fetchval("select 1 from pg_roles where rolname = $1", own):
        await _role(keys, own, "", settings)
    await keys.execute(f"grant connect on database {await _name(keys)} to {own}")
    await keys.execute(f"grant select, insert, update on person_keys to {own}")


async def _role(admin: asyncpg.Connection, role: str, schema: str, settings: Settings) -> None:
    """A role that may sign in and nothing else, with its password and its limits."""
    if not await admin.fetchval("select 1 from pg_roles where rolname = $1", role):
        await admin.execute(f"create role {role} login")
    database, who = await _name(admin), role.removeprefix("careloop_")
    password = await admin.fetchval("select quote_literal($1)", settings.role_password(who))
    limits = {
        "search_path": schema or "''",
        "statement_timeout": f"'{settings.statement_timeout_s:g}s'",
        "lock_timeout": f"'{LOCK_TIMEOUT_S}s'",
        "idle_in_transaction_session_timeout": f"'{IDLE_IN_TRANSACTION_S}s'",
    }
    statements = [f"alter role {role} in database {database} set {name} = {limit}" for name, limit in limits.items()]
    statements += [f"alter role {role} password {password}", f"grant connect on database {database} to {role}"]
    await admin.execute(";".join(statements))


async def _close_to_others(connection: asyncpg.Connection) -> None:
    """Nobody signs in, or makes a table, who was not named."""
    database = await _name(connection)
    await connection.execute(
        f"revoke connect, temporary on database {database} from public; revoke create on schema public from public"
    )


async def _name(connection: asyncpg.Connection) -> str:
    return quoted(await connection.fetchval("select current_database()"))


async def _version(admin: asyncpg.Connection, service: str) -> str | None:
    if not await admin.fetchval("select to_regclass($1)", f"{service}.alembic_version"):
        return None
    version: str | None = await admin.fetchval(f"select version_num from {quoted(service)}.alembic_version")
    return version


def _config(service: Service) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("chassis") / "alembic"))
    assert service.migrations.__file__ is not None
    config.set_main_option("version_locations", str(Path(service.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _newest(service: Service) -> str | None:
    return ScriptDirectory.from_config(_config(service)).get_current_head()


async def _upgrade(services: list[Service], settings: Settings, through: str) -> None:
    scheme, _, rest = settings.database_url.partition("://")
    del scheme
    engine = create_async_engine(f"postgresql+asyncpg://{rest}")
    try:
        for service in services:
            async with engine.begin() as connection:
                await connection.run_sync(_run_alembic, service, through)
    finally:
        await engine.dispose()


def _run_alembic(connection: Connection, service: Service, through: str) -> None:
    connection.exec_driver_sql(f"set search_path = {quoted(service.name)}")
    config = _config(service)
    config.attributes["connection"] = connection
    config.attributes["schema"] = service.name
    command.upgrade(config, f"{service.name}_{through}" if through else "head")
