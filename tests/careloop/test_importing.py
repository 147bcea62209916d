"""``careloop import`` where nothing can be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from careloop.importing import import_file


@pytest.mark.parametrize("name", ["ledger.xls", "ledger", "ledger.csv"])
def test_a_file_that_is_not_there_or_of_another_kind_is_told_by_its_name_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
):
    file = tmp_path / name
    if file.suffix != ".csv":
        file.write_text("姓名,身份证号码\n某某金丝雀,1\n")
    assert import_file(file, "ledger", "civil_affairs", "130528", "", "", True) == 2
    assert "金丝雀" not in "".join(capsys.readouterr())
