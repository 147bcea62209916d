"""Which addresses a command works on, and what only the launcher may allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from careloop.environment import NothingRuns, database, reachable, started
from chassis.auth import issue
from chassis.config import Settings
from tests.conftest import Servers


def settings(data: Path, **values: object) -> Settings:
    return Settings.model_validate({"data": data, **values})


def test_nothing_runs_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingRuns, match="careloop up"):
        reachable(settings(tmp_path))


def test_configured_addresses_need_their_secrets(tmp_path: Path) -> None:
    with pytest.raises(NothingRuns, match="CARELOOP_TOKEN_SECRET"):
        reachable(settings(tmp_path, database_url="postgresql://db/careloop", nats_url="nats://bus"))


def test_configured_addresses_issue_no_tokens(tmp_path: Path) -> None:
    secret = SecretStr("a secret of thirty-two bytes or more")
    found = reachable(
        settings(
            tmp_path,
            database_url="postgresql://db/careloop",
            nats_url="nats://bus",
            role_secret=secret,
            token_secret=secret,
        )
    )
    assert not found.embedded
    assert found.clock_file is None
    with pytest.raises(PermissionError):
        issue(found, "bureau-1", "bureau", "130528")


async def test_the_launcher_uses_configured_servers_and_tells_the_others(servers: Servers, tmp_path: Path) -> None:
    given = settings(tmp_path, database_url=servers.database_url, nats_url=servers.nats_url)
    async with started(given) as complete:
        assert complete.database_url == servers.database_url
        assert complete.embedded
        found = reachable(settings(tmp_path))
        assert (found.database_url, found.nats_url) == (servers.database_url, servers.nats_url)
        assert found.role_secret == complete.role_secret
        assert not (tmp_path / "pg").exists()


async def test_a_command_wakes_the_database_of_a_stopped_folder(tmp_path: Path) -> None:
    async with started(settings(tmp_path, nats_url="nats://unused")):
        pass
    async with database(settings(tmp_path)) as (connection, _):
        assert await connection.fetchval("select current_database()") == "careloop"
