"""The command line: each command does what the help says, each error is one line without a secret in it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import cli, offline, settings
from bot.content import load_content
from bot.settings import ROOT
from journey.knowledge import BrokenKnowledge
from journey.seasons import FEWEST_DAYS
from sandbox.server import Sandbox
from storage.database import Database
from storage.transactions import Transaction
from tests.bot.commands import run

TOKEN = "123456789:AAE" + "x" * 32


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what the command line finds set, and nothing else."""
    kept = {"DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'jejak.sqlite3'}"}
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.cli.configure_logs", lambda *_, **__: None)
    return kept


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening


@pytest.fixture
def taken(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "hello"),
        ("RETENTION_DAYS", "0"),
        ("WEBHOOK_URL", "ftp://x"),
        ("DATABASE_URL", "x"),
    ],
)
@pytest.mark.usefixtures("environment")
def test_a_bad_setting_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """It names the setting and what is expected; the exit code is 2."""
    monkeypatch.setenv(name, value)

    code, out, err = run(capsys, "run")

    assert (code, out) == (2, "")
    assert err.startswith(f"jejak: {name} can't be used")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("environment")
def test_a_taken_port_of_the_sandbox_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    """It says which setting to change."""
    monkeypatch.setenv("SANDBOX_LISTEN", f"127.0.0.1:{taken}")

    for command in ("run", "sandbox"):
        code, out, err = run(capsys, command)

        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"SANDBOX_LISTEN=127.0.0.1:{taken}" in err


@pytest.mark.usefixtures("environment")
def test_migrating_says_where_the_database_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The first time it is made, the second time nothing changes."""
    first, second = run(capsys, "migrate"), run(capsys, "migrate")

    assert (first[0], second[0]) == (0, 0)
    assert "it was at nothing" in first[1]
    assert "it was at nothing" not in second[1]


@pytest.mark.usefixtures("environment")
def test_the_doctor_finds_a_new_and_a_made_database_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Before and after the first start; it makes nothing by itself."""
    before = run(capsys, "doctor")
    run(capsys, "migrate")
    after = run(capsys, "doctor")

    assert (before[0], after[0]) == (0, 0)
    assert "not made yet" in before[1]
    assert "0 updates wait" in after[1]


@pytest.mark.parametrize(
    ("days", "mark"), [(FEWEST_DAYS, "ok   "), (FEWEST_DAYS - 1, "WRONG"), (-5, "WRONG")]
)
def test_the_doctor_warns_before_the_dates_of_seasons_run_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, days: int, mark: str
) -> None:
    """Half a year ahead, so that a release with further dates comes in time."""
    seasons = load_content().seasons
    until = datetime.now(UTC).date() + timedelta(days=days)
    known = replace(load_content(), seasons=replace(seasons, covers_until=until))
    monkeypatch.setattr(offline, "load_content", lambda: known)

    code, out, _ = run(capsys, "doctor")

    assert f"{mark} seasons: dates until {until}, {max(days, 0)} days from today" in out
    assert code == (0 if mark == "ok   " else 1)


def test_the_doctor_lists_complaints_that_nothing_fits(
    capsys: pytest.CaptureFixture[str], environment: Mapping[str, str]
) -> None:
    """How many there are, and the ten kept most often with phase and count; none before anybody said yes."""
    run(capsys, "migrate")
    none = run(capsys, "doctor")
    said = ["kuahnya letoy"] * 3 + [f"keluhan {number}" for number in range(11)]
    database = Database.open(environment["DATABASE_URL"])
    for words in said:
        database.write_now(partial(keep, words))
    database.close_now()

    code, out, _ = run(capsys, "doctor")

    assert "ok    complaints the knowledge doesn't know: 0\n" in none[1]
    assert code == 0
    listed = out.partition("complaints the knowledge doesn't know: ")[2].splitlines()
    assert listed[:3] == ["12", "     3× terima: kuahnya letoy", "     1× terima: keluhan 10"]
    assert len(listed) == 11


def keep(words: str, kept: Transaction) -> None:
    kept.unmatched.keep(words, datetime.now(UTC), language="id", phase="terima", business="kuliner")


def test_the_doctor_finds_a_foreign_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, environment: Mapping[str, str]
) -> None:
    """A file that is no database of ours is named; the exit code is 1."""
    (tmp_path / "data").mkdir()
    Path(environment["DATABASE_URL"].removeprefix("sqlite:///")).write_text("hello " * 1000)

    code, out, _ = run(capsys, "doctor")

    assert code == 1
    assert "WRONG database" in out


def test_suggestions_are_json_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One object a complaint; no topic where nothing fits."""
    file = tmp_path / "complaints.txt"
    file.write_text("ongkirnya mahal banget\n\nkucing saya lucu\n")

    code, out, err = run(capsys, "suggest", "--file", file)

    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [row["text"] for row in rows] == ["ongkirnya mahal banget", "kucing saya lucu"]
    assert all(0 < topic["score"] <= 1 for topic in rows[0]["topics"])
    assert rows[0]["suggestions"]
    assert all(found["when"].startswith("Kalau ") for found in rows[0]["suggestions"])
    assert {found["checked"] for found in rows[0]["suggestions"]} == {None}
    assert (rows[1]["topics"], rows[1]["suggestions"]) == ([], [])


def test_an_unclear_complaint_is_advised_on_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can be asked which topic was meant, so the likeliest one counts."""
    _, out, _ = run(capsys, "suggest", "jelek")

    row = json.loads(out)
    assert {found["topic"] for found in row["suggestions"]} == {row["topics"][0]["topic"]}


def test_suggestions_say_how_old_a_fact_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The day on which a fact that ages was checked, null for what doesn't age."""
    _, out, _ = run(capsys, "suggest", "bayar QRIS kok kena biaya tambahan")

    checked = {found["id"]: found["checked"] for found in json.loads(out)["suggestions"]}
    assert checked["r.pembayaran_bermasalah.tanpa_biaya_qris"] == "2026-11-22"
    assert checked["r.pembayaran_bermasalah.pilihan_bayar"] is None


def test_suggestions_take_a_phase(capsys: pytest.CaptureFixture[str]) -> None:
    """A known phase helps, an unknown one is refused with the known ones."""
    assert run(capsys, "suggest", "--phase", "beli", "--json", "ongkirnya mahal")[0] == 0

    code, _, err = run(capsys, "suggest", "--phase", "bayar", "ongkirnya mahal")

    assert code == 2
    assert "kenal" in err


def test_broken_knowledge_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made a slip in a data file reads where, without a traceback."""

    def broken() -> None:
        raise BrokenKnowledge("remedies.remedies[r.x]: effort must be one of 15m, 1h, 1d, 1w, not '2d'")

    monkeypatch.setattr("bot.offline.load_content", broken)

    code, out, err = run(capsys, "suggest", "ongkirnya mahal")

    assert (code, out) == (2, "")
    assert err == "jejak: remedies.remedies[r.x]: effort must be one of 15m, 1h, 1d, 1w, not '2d'\n"


def test_nothing_to_suggest_for_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Neither text nor file, or a file that isn't there."""
    assert run(capsys, "suggest")[0] == 2
    assert run(capsys, "suggest", "--file", tmp_path / "none.txt")[0] == 2


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["render"], ["render", "x", "-o", "y", "--layout", "z"]]
)
def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """As every command line does."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(arguments)

    assert "usage: jejak" in capsys.readouterr().err


def start(environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_bot_that_waits_for_telegram_ends_when_asked(
    environment: dict[str, str], listener: socket.socket, taken: int
) -> None:
    """A server that takes the call and never answers: exit code 0 within seconds, no token in the log."""
    waiting = {
        "TELEGRAM_API_URL": f"http://127.0.0.1:{taken}",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "DATABASE_URL": environment["DATABASE_URL"],
        "LOG_LEVEL": "DEBUG",
    }
    with start(waiting, "run") as process:
        connection, _ = listener.accept()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=5)
        connection.close()

    assert process.returncode == 0
    assert "Traceback" not in err
    assert TOKEN.partition(":")[2] not in out + err


@pytest.mark.slow
async def test_a_taken_webhook_port_is_one_line(environment: dict[str, str], taken: int) -> None:
    """The bot says so and ends."""
    async with Sandbox.start(token=TOKEN) as server:
        hooked = {
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "DATABASE_URL": environment["DATABASE_URL"],
            "WEBHOOK_URL": "https://example.org/hook",
            "WEBHOOK_LISTEN": f"127.0.0.1:{taken}",
            "WEBHOOK_SECRET": "s" * 16,
        }
        process = start(hooked, "run")
        out, err = await asyncio.to_thread(process.communicate, timeout=30)

    assert (process.returncode, out) == (2, "")
    assert err.splitlines()[-1].startswith("jejak: ")
    assert str(taken) in err.splitlines()[-1]
    assert "Traceback" not in err
