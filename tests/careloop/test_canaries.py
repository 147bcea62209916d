"""The search for canaries finds a planted text in whatever coat it stands, and nothing where nothing stands."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloop.canaries import Canary, Needles, found, kept, new
from careloop.canaries.places import CHUNK_BYTES, files
from careloop.canaries.planting import FILE

MARK = "CANARY0123456789AB"
NUMBER = "13052819401016000X"
PHONE = "000-00000042"
NEEDLES = Needles.of((MARK, NUMBER, PHONE, *(f"000-0000{other:04}" for other in range(100, 2000))))

COATS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda text: text,
    "base64": b64encode,
    "base64 of the web": urlsafe_b64encode,
    "hexadecimal": lambda text: text.hex().encode(),
    "HEXADECIMAL": lambda text: text.hex().upper().encode(),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize("outer", COATS)
@pytest.mark.parametrize("inner", COATS)
@pytest.mark.parametrize("text", [MARK, NUMBER, PHONE])
def test_a_planted_text_is_found_in_a_coat_within_a_coat(text: str, inner: str, outer: str) -> None:
    sentence = f"姓名 赵某{text} 住址".encode()
    blob = b'{"a":"' + COATS[outer](b'["' + COATS[inner](sentence) + b'"]') + b'"}'
    assert found(blob, NEEDLES) == {text}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [MARK, NUMBER, PHONE])
def test_a_planted_text_is_found_in_every_encoding(encoding: str, text: str) -> None:
    assert found(f"x{text}y".encode(encoding), NEEDLES) == {text}


def test_a_number_is_found_among_other_digits_and_in_small_letters() -> None:
    assert found(f"77{NUMBER}88 {PHONE}-1".encode(), NEEDLES) == {NUMBER, PHONE}
    assert found(NUMBER.lower().encode(), NEEDLES) == {NUMBER}


@settings(max_examples=60)
@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_it_does_not_matter_where_in_its_coat_the_text_begins(before: bytes, after: bytes) -> None:
    assert MARK in found(b64encode(before + MARK.encode() + after), NEEDLES)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_nothing_is_found_in_what_holds_nothing(blob: bytes) -> None:
    assert found(blob, NEEDLES) == set()


def test_a_text_on_the_border_of_two_chunks_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "big.log").write_bytes(b"." * (CHUNK_BYTES - 5) + MARK.encode() + b"." * 10)
    assert {text for blob in files(tmp_path) for text in found(blob.bytes, NEEDLES)} == {MARK}


def test_of_postgresql_only_the_logs_are_read_as_files(tmp_path: Path) -> None:
    (tmp_path / "pg" / "log").mkdir(parents=True)
    (tmp_path / "pg" / "base").write_text(MARK)
    (tmp_path / "pg" / "log" / "server.log").write_text(MARK)
    assert [blob.place for blob in files(tmp_path)] == ["pg/log/server.log"]


def test_what_is_planted_is_kept_for_its_owner_alone_and_not_searched_itself(tmp_path: Path) -> None:
    canary = new()
    assert canary.plant("赵某") == f"赵某{canary.mark}"
    canary.number(NUMBER)
    canary.keep(tmp_path)
    assert kept(tmp_path) == canary
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / FILE).read_text())["numbers"] == [NUMBER]
    assert list(files(tmp_path)) == []


def test_without_canaries_nothing_is_planted_and_nothing_kept(tmp_path: Path) -> None:
    canary = kept(tmp_path)
    assert canary.plant("赵某") == "赵某"
    assert canary.number(NUMBER) == NUMBER
    canary.keep(tmp_path)
    assert canary == Canary()
    assert list(tmp_path.iterdir()) == []
