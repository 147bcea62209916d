"""PostgreSQL and NATS as they run: reachable, durable, with every service's role, schema and stream."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable
from types import ModuleType

import asyncpg
import httpx2
import nats
import nats.errors
import nats.js.errors

from careloop.checks.finding import Finding, failed, ok, warned
from chassis.bus_users import user_name
from chassis.config import Settings
from chassis.service import Service
from contracts import subjects

PATIENCE_S = 5.0
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
MIGRATE = "careloop migrate (careloop up does it by itself)"


async def postgres(connection: asyncpg.Connection) -> list[Finding]:
    """Version, and that a commit is on disk before it is answered."""
    version = await connection.fetchval("show server_version")
    found = [ok("postgres", f"answers, version {version}")]
    for setting in DURABLE:
        value = await connection.fetchval("select current_setting($1)", setting)
        if value == "on":
            found.append(ok(f"postgres {setting}", value))
        else:
            hint = f"set {setting} = on and restart: a power cut loses answered commands"
            found.append(failed(f"postgres {setting}", str(value), hint))
    return found


async def schemas(connection: asyncpg.Connection, settings: Settings, services: Iterable[Service]) -> list[Finding]:
    """Each service's schema version, and its role at both databases."""
    found = []
    for service in services:
        found.append(await _schema(connection, service))
        found.append(await _role(settings, service))
    return found


async def _schema(connection: asyncpg.Connection, service: Service) -> Finding:
    what, newest = f"schema {service.name}", newest_version(service.migrations)
    if not await connection.fetchval("select to_regclass($1)", f"{service.name}.alembic_version"):
        return failed(what, "not made yet", MIGRATE)
    version = await connection.fetchval(f"select version_num from {service.name}.alembic_version")
    if version != newest:
        return failed(what, f"version {version}, the code has {newest}", MIGRATE)
    return ok(what, f"version {version}")


async def _role(settings: Settings, service: Service) -> Finding:
    what = f"role careloop_{service.name}"
    for url, query in (
        (settings.service_database_url(service.name), "select count(*) from head"),
        (settings.service_keys_url(service.name), "select count(*) from public.person_keys where false"),
    ):
        try:
            connection = await asyncpg.connect(url, timeout=PATIENCE_S)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            return failed(what, f"cannot sign in: {error}", MIGRATE)
        try:
            await connection.fetchval(query)
        except asyncpg.PostgresError as error:
            return failed(what, f"may not read what is its own: {error}", MIGRATE)
        finally:
            await connection.close()
    return ok(what, "signs in, reads its own schema and its keys")


def newest_version(migrations: ModuleType) -> str:
    """The version no other one of a service's migrations builds on."""
    modules = [
        importlib.import_module(f"{migrations.__name__}.{one.name}")
        for one in pkgutil.iter_modules(migrations.__path__)
    ]
    revisions = {module.revision for module in modules} - {module.down_revision for module in modules}
    return ", ".join(sorted(revisions))


async def bus(settings: Settings, services: Iterable[Service]) -> list[Finding]:
    """NATS answers, syncs before it acknowledges, and has a user and a stream for every service."""
    try:
        client = await nats.connect(settings.nats_url, connect_timeout=PATIENCE_S, allow_reconnect=False)
    except (OSError, nats.errors.Error, TimeoutError) as error:
        hint = "careloop up starts it; until then the services hear one another by feed, slower"
        return [failed("nats", f"does not answer: {error}", hint)]
    try:
        streams = [await _stream(settings, service.name) for service in services]
        users = [await _user(settings, service.name) for service in services]
        version = str(client.connected_server_version).strip("<>").rpartition(" v")[2]
    finally:
        await client.close()
    return [ok("nats", f"answers, version {version}"), await _synced(settings), *users, *streams]


async def _user(settings: Settings, service: str) -> Finding:
    what, url = f"bus user {user_name(service)}", settings.service_nats_url(service)
    try:
        client = await nats.connect(url, connect_timeout=PATIENCE_S, allow_reconnect=False, error_cb=_told_already)
    except (OSError, nats.errors.Error, TimeoutError) as error:
        return failed(what, f"cannot sign in: {error}", "give NATS the users of deploy/nats/nats.conf")
    await client.close()
    return ok(what, "signs in")


async def _told_already(_error: Exception) -> None:
    """A refusal to connect is raised as well."""


async def _stream(settings: Settings, service: str) -> Finding:
    name, url = subjects.stream(service), settings.operator_nats_url(service)
    try:
        client = await nats.connect(url, connect_timeout=PATIENCE_S, allow_reconnect=False, error_cb=_told_already)
        try:
            info = await client.jetstream().stream_info(name)
        finally:
            await client.close()
    except nats.js.errors.NotFoundError:
        return warned(f"stream {name}", "is not there", "the service's relay makes and fills it as soon as it runs")
    except (OSError, nats.errors.Error, TimeoutError) as error:
        return failed(f"stream {name}", f"does not answer: {error!r}", "see nats.log in the data folder")
    if not (info.config.deny_delete and info.config.deny_purge):
        return warned(f"stream {name}", "its messages can be deleted", "careloop migrate forbids it")
    return ok(f"stream {name}", f"{info.state.messages} messages")


async def _synced(settings: Settings) -> Finding:
    """``sync_interval: always``; only the monitor port tells."""
    what, file = "nats sync_always", settings.data / "ports.json"
    port = json.loads(file.read_text()).get("monitor") if file.exists() else None
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE_S, trust_env=False) as client:
            state = (await client.get(f"http://127.0.0.1:{port}/jsz?config=true")).json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        hint = "look at /jsz of your own server: config.sync_always must be true"
        return warned(what, "cannot be seen from here", hint)
    if state.get("config", {}).get("sync_always") is True:
        return ok(what, "true")
    return failed(what, "false", "set sync_interval: always; NATS acknowledges before it writes to disk otherwise")
