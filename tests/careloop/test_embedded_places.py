"""Where things lie and whose they are: the data folder, PostgreSQL's home, its binaries, its user."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from careloop.embedded import EmbeddedError, remove
from careloop.embedded.folder import PORTS, Folder, port_is_free
from tests.careloop.conftest import running


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_are_made_once_and_only_for_their_owner(tmp_path: Path) -> None:
    secrets = Folder(tmp_path).secrets()
    assert Folder(tmp_path).secrets() == secrets
    assert mode(tmp_path / "secrets.json") == 0o600
    assert len({len(secret) for secret in json.loads((tmp_path / "secrets.json").read_text()).values()}) == 1


def test_secrets_show_themselves_in_no_message(tmp_path: Path) -> None:
    secrets = Folder(tmp_path).secrets()
    assert secrets.role_secret not in repr(secrets)


def test_a_secret_of_a_later_version_is_added_and_the_others_stay(tmp_path: Path) -> None:
    before = Folder(tmp_path).secrets()
    older = {"postgres_password": before.postgres_password, "role_secret": before.role_secret}
    (tmp_path / "secrets.json").write_text(json.dumps(older))
    now = Folder(tmp_path).secrets()
    assert (now.postgres_password, now.role_secret) == (before.postgres_password, before.role_secret)
    assert Folder(tmp_path).secrets() == now


def test_damaged_secrets_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(EmbeddedError, match=r"secrets\.json is damaged"):
        Folder(tmp_path).secrets()
    assert (tmp_path / "secrets.json").read_text() == "{"


def test_a_port_stays_while_it_is_free(tmp_path: Path) -> None:
    port = Folder(tmp_path).free_port("postgres")
    assert port in PORTS
    assert port_is_free(port)
    assert Folder(tmp_path).free_port("postgres") == port


def test_a_folder_is_locked_until_it_is_given_back(tmp_path: Path) -> None:
    first, second = Folder(tmp_path), Folder(tmp_path)
    first.lock()
    with pytest.raises(EmbeddedError, match=f"process {os.getpid()} already works"):
        second.lock()
    first.unlock()
    second.lock()
    second.unlock()


async def test_remove_leaves_nothing(tmp_path: Path) -> None:
    async with running(tmp_path / "data"):
        home = (tmp_path / "data" / "pg").resolve()
    remove(tmp_path / "data")
    assert not home.exists()
    assert os.listdir(tmp_path) == []


async def test_the_home_lies_in_a_data_folder_that_can_be_reached(open_folder: Path) -> None:
    async with running(open_folder):
        assert (open_folder / "pg" / "data").resolve() == open_folder / "pg" / "data"
        assert mode(open_folder / "pg" / "data") == 0o700
        assert mode(open_folder / "nats.conf") == 0o600
