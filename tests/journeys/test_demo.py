"""The demonstration as it is run: killed in the middle of November, run again, and run once more for December.

One data folder, three runs of the command, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.declared import PORTS
from services.providers.domain.visit.codes import CODES
from tests.journeys.ground import data_folder, free_offset

IN_THE_MIDDLE = datetime(2024, 11, 12, tzinfo=UTC)
PATIENCE_S = 300.0
LOGS = 8


@dataclass(frozen=True)
class Run:
    """How one run ended, and what it printed."""

    code: int
    text: str


@dataclass(frozen=True)
class Runs:
    """The three runs, in order."""

    killed: Run
    finished: Run
    following: Run


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """All three, played once for the tests of this file."""
    offset = free_offset()
    with data_folder() as data:
        yield Runs(killed(data, offset), whole(data, offset), whole(data, offset))


def start(data: Path, offset: int) -> subprocess.Popen[str]:
    """Begin a run."""
    own = {"CARELOOP_DATA": str(data), "CARELOOP_PORT_OFFSET": str(offset)}
    command = [sys.executable, "-m", "careloop", "demo", "--people", "12", "--seed", "3", "--canary"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **own}
    )


def whole(data: Path, offset: int) -> Run:
    """A run to its end."""
    process = start(data, offset)
    try:
        text, _ = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    return Run(process.returncode, text)


def killed(data: Path, offset: int) -> Run:
    """A run that is killed as soon as its clock shows the middle of the month."""
    process = start(data, offset)
    try:
        until = time.monotonic() + PATIENCE_S
        while shown(data) < IN_THE_MIDDLE and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        text, _ = process.communicate()
    finally:
        process.kill()
    return Run(process.returncode, text)


def shown(data: Path) -> datetime:
    """What the demonstration's clock shows; the beginning of time before there is one."""
    try:
        moved = json.loads((data / "clock.json").read_text())["offset_us"]
    except (OSError, ValueError):
        return datetime.min.replace(tzinfo=UTC)
    return datetime.now(UTC) + timedelta(microseconds=moved)


def test_says_which_port_is_taken() -> None:
    with data_folder() as data, socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]

        run = whole(data, port - PORTS["orders"])

    assert run.code == 1
    assert f"port {port} is taken" in run.text


def test_was_killed_in_the_middle_of_november(runs: Runs) -> None:
    assert runs.killed.code == -signal.SIGKILL
    assert "2024-11: 12 generated people" in runs.killed.text
    assert "statements" not in runs.killed.text


def test_finishes_the_month_a_killed_run_had_begun(runs: Runs) -> None:
    assert runs.finished.code == 0, runs.finished.text
    assert "2024-11: 12 generated people" in runs.finished.text


def test_goes_on_with_the_next_month_when_run_again(runs: Runs) -> None:
    assert runs.following.code == 0, runs.following.text
    assert "2024-12: 12 generated people" in runs.following.text


def test_replays_every_closed_statement_to_the_fen(runs: Runs) -> None:
    assert "facts, 1 months, " in runs.finished.text
    assert "facts, 2 months, " in runs.following.text
    for run in (runs.finished, runs.following):
        assert "identical, difference 0.00" in run.text


def test_leaves_chains_that_verify(runs: Runs) -> None:
    for run in (runs.finished, runs.following):
        chains = run.text.partition("hash chains:")[2].partition("addresses")[0]
        assert chains.count("ok ") == LOGS
        assert "BROKEN" not in chains


def test_keeps_every_planted_text_in_the_vault(runs: Runs) -> None:
    for run in (runs.finished, runs.following):
        assert "none found: names and numbers are in the vault only" in run.text
        assert "FOUND" not in run.text


def test_sums_up_what_happened_in_the_month(runs: Runs) -> None:
    told = summary(runs.finished.text)
    assert "died 1, moved 1, registered 12" in told["人员 people"]
    assert "refused 1" in told["需求阶段 needs by stage"]
    assert "watched 1" in told["需求阶段 needs by stage"]
    assert "closed 1" in told["转办 forwarded"]
    assert "county" in told["急难 urgent"]
    for answer in ("declined", "expired"):
        assert f"{answer} 0" not in told["派单 offers"]
        assert answer in told["派单 offers"]
    assert "uncovered" in told["统筹派单 batches"]
    assert "uncovered 0" not in told["统筹派单 batches"]
    assert told["无人服务 uncovered"].strip() == "0", "what nobody sold is given instead"
    assert "missed 1" in told["预约 appointments"]
    assert "confirmed 1" in told["迟报 late reports"]
    for code in ("photo_reused(red) 2", "too_short(amber)", "code_missing(amber)", "reported_late(amber)"):
        assert code in told["异常 exceptions"]
    assert "overdue 1" in told["走访 monthly contacts"]


def test_tells_every_channel_by_which_a_need_was_found(runs: Runs) -> None:
    channels = summary(runs.finished.text)["需求渠道 needs by channel"]
    ways = "window online proxy village hotline data_match warning device conversation"
    assert [way for way in ways.split() if way not in channels] == []


def test_posts_masked_names_in_the_village(runs: Runs) -> None:
    notice = runs.finished.text.partition("村务公示")[2].partition("村级台账")[0]
    assert "**" in notice
    assert "（生成）" not in notice


def summary(text: str) -> dict[str, str]:
    """The rows of the table of the month, each in one line."""
    rows: dict[str, str] = {}
    name = ""
    for line in text.partition("一月小结")[2].partition("└")[0].splitlines():
        if line.count("│") == 3:
            head, told = (cell.strip() for cell in line.strip("│").split("│"))
            name = head or name
            rows[name] = f"{rows.get(name, '')} {told}".strip()
    return rows


def test_lets_exactly_one_of_those_who_claim_at_once_win(runs: Runs) -> None:
    races = [line for line in runs.following.text.splitlines() if ", 1 to claim: " in line]
    assert len(races) == 8, "four that the bureau formed, four that a charity decided on"
    assert all("4 claimed at once, 1 won" in race for race in races)
    assert all("the others were told at once: first 示" in race for race in races)


def test_gives_ten_bags_to_three_who_share_them(runs: Runs) -> None:
    assert ", 10 to claim: 4 claimed at once, 3 won" in runs.following.text


def figures(row: str) -> dict[str, int]:
    """The figures of a row by their name."""
    parts = [part.rpartition(" ") for part in re.split(r", | \| ", row)]
    return {name: int(figure) for name, _, figure in parts if figure.isdigit()}


BOTH_LOOPS = {
    "爱心订单 love orders": "love orders, referred, accepted, declined, published, closed, lapsed, cancelled",
    "转介、发布 referred": "referred, accepted, declined, published, closed, lapsed",
    "转介名单 lists": "lists, people, content decided, sent back, waiting, overdue, decided",
    "认领 claims": "asked at once, held at once, races lost, asked to wait, fulfilled, withdrawals, no-shows",
    "捐赠 donations": "donations, pledges, set aside",
    "志愿服务 volunteers": "certificates, deeds counted",
    "抽查 checks": "judged, listed, drawn, checked, rejected, numbers withheld",
    "异常颜色 by colour": "red, amber, grey",
    "异常处理 resolutions": "acknowledged, mended, upheld, open, lifted",
    "验收申诉 appeals": "appeals, lodged, withdrawn, upheld, dismissed, settled",
    "撤回验收 undone": "judgements",
    "更正 corrections": "corrections, judgement_undone, appeal_upheld, inspection_rejected, settlement_ruling",
    "差错性质 causes": "mistake, violation, objective",
    "月度考核 grades": "grades, good, average, poor, due, waived",
    "整改 findings": "findings, open, answered, closed, failed",
    "满意度 ratings": "ratings",
    "投诉、热线 tickets": "tickets, anonymous, county_line, city_line, window, letter, received, answered, closed",
}
"""What each row names at least, noughts too."""


def test_counts_both_loops_and_nothing_is_nought(runs: Runs) -> None:
    told = {row: figures(text) for row, text in summary(runs.finished.text).items()}
    assert [
        (row, name) for row, names in BOTH_LOOPS.items() for name in names.split(", ") if name not in told[row]
    ] == []
    assert re.search(r"counts of both loops .*: 没有为零的 none of \d\d is nought", runs.finished.text)


def test_names_what_there_is_none_of(runs: Runs) -> None:
    told = summary(runs.finished.text)
    assert "withdrawn 0" in told["验收申诉 appeals"]
    assert "overdue 0" in told["转介名单 lists"]


def test_counts_every_answer_of_a_race_once_though_a_run_was_killed(runs: Runs) -> None:
    for run in (runs.finished, runs.following):
        told = figures(summary(run.text)["认领 claims"])
        assert told["asked at once"] == told["held at once"] + told["races lost"] + told["refused for other reasons"]
        assert told["races lost"] >= told["asked to wait"]


def test_tells_the_codes_that_were_raised_and_those_that_were_not(runs: Runs) -> None:
    row = summary(runs.finished.text)["异常 exceptions"]
    raised = {name.partition("(")[0] for name in figures(row) if "(" in name}
    [line] = [line for line in runs.finished.text.splitlines() if "未出现 not raised: " in line]
    absent = set(line.partition("not raised: ")[2].split(", "))
    assert len(raised) > 8
    assert raised.isdisjoint(absent)
    assert raised | absent == set(CODES)


def test_has_a_charity_decide_about_everybody_on_a_list(runs: Runs) -> None:
    for run in (runs.finished, runs.following):
        first, second = [line for line in run.text.splitlines() if line.startswith("转介名单 list referred to")]
        assert "4 listed" in first
        assert "decided; given housekeeping, counselling, home_cleaning; sent back no_means" in first
        assert "1 listed" in second
        assert "decided; given attendance; sent back –" in second
    lists = figures(summary(runs.finished.text)["转介名单 lists"])
    assert (lists["lists"], lists["content decided"], lists["sent back"], lists["decided"]) == (2, 4, 1, 2)


def test_has_the_draw_made_again_by_the_script_and_by_the_command(runs: Runs) -> None:
    again = [line for line in runs.finished.text.splitlines() if line.startswith("抽查复核 draw made again by ")]
    told = dict(line.removeprefix("抽查复核 draw made again by ").split(": ", 1) for line in again)
    assert set(told) == {"deploy/audit/verify_draw.py", "careloop spotcheck verify"}
    assert len(again) == 2, "the draw of November's first list was made again in the run that was killed"
    assert len(set(told.values())) == 1
    assert all(line.startswith("ok ") for line in told.values())


def test_explains_one_yuan_with_its_paper_and_one_match_with_its_reasons(runs: Runs) -> None:
    text = runs.finished.text
    assert "paper 003, part 2 (6) item 13" in text
    assert "out_of_reach" in text
    assert "farther" in text


def test_pays_everything(runs: Runs) -> None:
    table = runs.following.text.partition("结算单 statements")[2].partition("应付合计")[0]
    assert table.count("paid") >= 3
    assert not any(state in table for state in ("final", "confirmed", "disputed", "approved"))
