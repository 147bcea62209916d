"""The doctor: what it finds on a machine where nothing runs, and on one where something is wrong."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from careloop import doctor
from careloop.checks import Finding, machine, pages
from careloop.embedded.folder import Folder
from chassis.config import Settings
from chassis.migrate import migrate
from services.declared import PORTS, declared
from tests.conftest import Servers

COUNTY = "999901"


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    """The findings by what was looked at."""
    return {finding.what: finding for finding in findings}


@pytest.fixture
def stranger() -> Iterator[int]:
    """A port offset with which the port of orders is taken by somebody else."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1] - PORTS["orders"]


@pytest.fixture(scope="module")
async def settings(servers: Servers) -> Settings:
    """Running servers with every service's schema, and no service."""
    settings = servers.settings(port_offset=41_000)
    await migrate(declared(), settings)
    return settings


async def test_says_that_nothing_runs_and_checks_what_it_can(tmp_path: Path) -> None:
    findings = by_name(await doctor.examine(Settings(data=tmp_path, port_offset=41_000)))

    assert findings["deployment"].state == "warn"
    assert "nothing" in findings["deployment"].told
    assert {findings[what].state for what in ("python", "postgres program", "nats program", "data folder")} == {"ok"}


def test_succeeds_where_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARELOOP_DATA", str(tmp_path))
    monkeypatch.setenv("CARELOOP_PORT_OFFSET", "41000")

    assert doctor.doctor() == 0
    assert "nothing runs" in capsys.readouterr().out


def test_fails_where_a_stranger_has_a_port(
    tmp_path: Path, stranger: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARELOOP_DATA", str(tmp_path))
    monkeypatch.setenv("CARELOOP_PORT_OFFSET", str(stranger))

    assert doctor.doctor() == 1
    told = capsys.readouterr().out
    assert f"FAIL  port {PORTS['orders'] + stranger}" in told
    assert "CARELOOP_PORT_OFFSET" in told


def test_names_the_process_that_works_on_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.lock()
    try:
        assert "works on the folder" in machine.holder(tmp_path)
    finally:
        folder.unlock()
    assert machine.holder(tmp_path) == ""


def test_fails_for_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")

    [finding] = machine.data_folder(Settings(data=tmp_path / "a file" / "data"))

    assert finding.state == "FAIL"
    assert "CARELOOP_DATA" in finding.hint


async def test_finds_running_servers_durable_and_every_schema_in_place(settings: Settings) -> None:
    findings = by_name(await doctor.examine(settings))

    durable = ("postgres fsync", "postgres synchronous_commit", "postgres full_page_writes", "nats sync_always")
    assert {findings[what].state for what in durable} == {"ok"}
    assert {findings[f"schema {name}"].state for name in PORTS} == {"ok"}
    assert {findings[f"role careloop_{name}"].state for name in PORTS} == {"ok"}
    assert {findings[what].state for what in ("roles", "row-level security", "rights")} == {"ok"}


async def test_warns_of_services_that_do_not_answer(settings: Settings) -> None:
    findings = by_name(await doctor.examine(settings))

    assert {findings[f"service {name}"].state for name in PORTS} == {"warn"}


async def test_fails_for_an_event_that_was_parked(settings: Settings) -> None:
    owner = await asyncpg.connect(settings.database_url)
    try:
        await owner.execute(
            "insert into charity.parked values ($1, 'orders', 1, $2, 'orders.order_opened.v1', $2, '', now(), 'why',"
            " 1, now())",
            COUNTY,
            uuid4(),
        )
        finding = by_name(await doctor.examine(settings))["parked charity"]
    finally:
        await owner.execute("delete from charity.parked where county = $1", COUNTY)
        await owner.close()

    assert finding.state == "FAIL"
    assert "careloop park list" in finding.hint


@pytest.mark.parametrize(
    ("broken", "mended", "what", "told"),
    [
        (
            "alter table charity.head disable row level security",
            "alter table charity.head enable row level security",
            "row-level security", "charity.head",
        ),
        (
            "grant delete on charity.events to careloop_charity",
            "revoke delete on charity.events from careloop_charity",
            "rights", "DELETE on charity.events",
        ),
        (
            "alter role careloop_charity bypassrls", "alter role careloop_charity nobypassrls",
            "roles", "careloop_charity",
        ),
    ],
)  # fmt: skip
async def test_fails_for_a_wall_that_was_taken_down(
    settings: Settings, broken: str, mended: str, what: str, told: str
) -> None:
    owner = await asyncpg.connect(settings.database_url)
    try:
        await owner.execute(broken)
        finding = by_name(await doctor.examine(settings))[what]
    finally:
        await owner.execute(mended)
        await owner.close()

    assert finding.state == "FAIL"
    assert told in finding.told


async def test_fails_for_a_log_that_ends_before_its_head(settings: Settings) -> None:
    owner = await asyncpg.connect(settings.database_url)
    try:
        head = "insert into charity.head (county, epoch, position, hash, public_hash) values ($1, $2, 7, '', '')"
        await owner.execute(head, COUNTY, uuid4())
        findings = await doctor.examine(settings)
    finally:
        await owner.execute("delete from charity.head where county = $1", COUNTY)
        await owner.close()

    [finding] = [finding for finding in findings if finding.what == "head charity events" and COUNTY in finding.told]
    assert finding.state == "FAIL"
    assert "the head says 7, the log ends at 0" in finding.told


@pytest.mark.parametrize(
    ("given", "state", "told"),
    [
        ({}, "warn", "no CARELOOP_CONSOLE_URL"),
        ({"embedded": True}, "ok", "its own address"),
        ({"console_url": "http://pages.example"}, "warn", "not https"),
        ({"console_url": "https://pages.example"}, "warn", "counted as one address"),
        ({"console_url": "https://pages.example", "trusted_proxies": ("10.0.0.0/8",)}, "ok", "https://pages.example"),
    ],
)
def test_says_where_the_pages_are_and_whom_the_services_count(given: dict[str, object], state: str, told: str) -> None:
    [finding] = pages.pages(Settings(**given))  # type: ignore[arg-type]

    assert (finding.state, finding.what) == (state, "pages")
    assert told in finding.told
