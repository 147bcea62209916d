"""Schemas, roles and tables: one schema and one database role a service, alembic versions in each service's folder.

A service's role may use its own schema only; the key database of the vault is a separate one, where each service's role
may touch the keys. Running it again changes nothing.
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
from chassis.service import Service
from chassis.tables import KEYS_VERSION_1


async def migrate(services: Iterable[Service], settings: Settings) -> None:
    """Bring database, roles and schemas of ``services`` up to date, as the owner in ``settings.database_url``."""
    services = list(services)
    await _create_keys_database(settings)
    admin = await asyncpg.connect(settings.database_url)
    keys = await asyncpg.connect(settings.keys_database_url())
    try:
        await admin.execute("select pg_advisory_lock(727101)")
        await keys.execute(KEYS_VERSION_1)
        for service in services:
            await _role_and_schema(admin, keys, service.name, settings.role_password(service.name))
        behind = [service for service in services if await _version(admin, service.name) != _newest(service)]
        if behind:
            await _upgrade(behind, settings)
        for service in services:
            await _grant(admin, service.name)
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
            await admin.execute(f"create database {_quoted(name)}")
    except asyncpg.DuplicateDatabaseError:
        pass
    finally:
        await admin.close()


async def _role_and_schema(admin: asyncpg.Connection, keys: asyncpg.Connection, service: str, password: str) -> None:
    role, schema = f"careloop_{service}", _quoted(service)
    if not await admin.fetchval("select 1 from pg_roles where rolname = $1", role):
        await admin.execute(f"create role {role} login")
    literal = await admin.fetchval("select quote_literal($1)", password)
    await admin.execute(f"alter role {role} password {literal}")
    database = _quoted(await admin.fetchval("select current_database()"))
    await admin.execute(f"alter role {role} in database {database} set search_path = {schema}")
    await admin.execute(f"create schema if not exists {schema}")
    await keys.execute(f"grant select, insert, update on person_keys to {role}")


async def _grant(admin: asyncpg.Connection, service: str) -> None:
    role, schema = f"careloop_{service}", _quoted(service)
    await admin.execute(f"grant usage on schema {schema} to {role}")
    await admin.execute(f"grant select, insert, update, delete on all tables in schema {schema} to {role}")
    for table in ("events", "public_log"):
        await admin.execute(f"revoke update, delete, truncate on {schema}.{table} from {role}")
    await admin.execute(f"revoke insert, update, delete on {schema}.alembic_version from {role}")


async def _version(admin: asyncpg.Connection, service: str) -> str | None:
    if not await admin.fetchval("select to_regclass($1)", f"{service}.alembic_version"):
        return None
    version: str | None = await admin.fetchval(f"select version_num from {_quoted(service)}.alembic_version")
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


async def _upgrade(services: list[Service], settings: Settings) -> None:
    scheme, _, rest = settings.database_url.partition("://")
    del scheme
    engine = create_async_engine(f"postgresql+asyncpg://{rest}")
    try:
        for service in services:
            async with engine.begin() as connection:
                await connection.run_sync(_run_alembic, service)
    finally:
        await engine.dispose()


def _run_alembic(connection: Connection, service: Service) -> None:
    connection.exec_driver_sql(f"set search_path = {_quoted(service.name)}")
    config = _config(service)
    config.attributes["connection"] = connection
    config.attributes["schema"] = service.name
    command.upgrade(config, "head")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
