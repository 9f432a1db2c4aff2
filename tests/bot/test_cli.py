"""The command line: each command does what the help says, each error is one line without a secret in it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot import cli, settings
from bot.settings import ROOT
from renderers.picture import Format, Layout
from sandbox.server import Sandbox

COFFEE = ROOT / "docs" / "examples" / "coffee.json"
TOKEN = "123456789:AAE" + "x" * 32
Commanded = tuple[int, str, str]


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


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Commanded:
    """Run a command and return its exit code and what it printed."""
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


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


def test_the_doctor_finds_a_foreign_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, environment: Mapping[str, str]
) -> None:
    """A file that is no database of ours is named; the exit code is 1."""
    (tmp_path / "data").mkdir()
    Path(environment["DATABASE_URL"].removeprefix("sqlite:///")).write_text("hello " * 1000)

    code, out, _ = run(capsys, "doctor")

    assert code == 1
    assert "WRONG database" in out


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("format", list(Format))
def test_a_document_is_drawn_in_every_layout_and_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, layout: Layout, format: Format
) -> None:
    """Each file is printed, is there, and is what its ending says."""
    many = layout in (Layout.ALBUM, Layout.STORY) and format is not Format.PDF
    target = tmp_path / ("album" if many else f"map.{format}")

    code, out, err = run(capsys, "render", COFFEE, "-o", target, "--layout", layout, "--format", format)

    magic = {Format.PNG: b"\x89PNG", Format.JPG: b"\xff\xd8", Format.PDF: b"%PDF", Format.SVG: b"<?xml"}
    assert (code, err) == (0, "")
    files = [Path(line) for line in out.splitlines()]
    assert len(files) == (6 if many else 1)
    assert many or files == [target]
    assert all(file.read_bytes().startswith(magic[format]) for file in files)


def test_an_album_that_ends_like_a_pdf_is_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without --format as well; in black and white it is another file."""
    colours, black = tmp_path / "album.pdf", tmp_path / "black.pdf"

    for target, theme in ((colours, "light"), (black, "print")):
        assert run(capsys, "render", COFFEE, "-o", target, "--layout", "album", "--theme", theme)[0] == 0

    assert colours.read_bytes().startswith(b"%PDF")
    assert colours.read_bytes() != black.read_bytes()


def test_the_ending_says_the_format(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without --format the name decides; the language can be another than the map's."""
    target = tmp_path / "map.svg"

    assert run(capsys, "render", COFFEE, "-o", target, "--lang", "en")[0] == 0

    assert target.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    "document",
    [
        "",
        "no json",
        "[]",
        "{}",
        "null",
        '{"format": "jejak-map/99"}',
        "[" * 100_000,
        '{"format": "jejak-map/1", "id": "x"}',
        "\ud800".encode("utf-8", "surrogatepass"),
        '{"format": ' + "1" * 5_000 + "}",
        COFFEE.read_text(encoding="utf-8").replace('"pains"', '"pain"'),
        '{"title": "first",' + COFFEE.read_text(encoding="utf-8").lstrip().removeprefix("{"),
    ],
    ids=[
        "empty",
        "words",
        "list",
        "object",
        "null",
        "format",
        "deep",
        "incomplete",
        "bytes",
        "number",
        "misspelled",
        "twice",
    ],
)
def test_a_bad_document_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, document: str | bytes
) -> None:
    """It names the file and what is wrong; exit code 2, and nothing is written."""
    source, target = tmp_path / "map.json", tmp_path / "map.png"
    source.write_bytes(document if isinstance(document, bytes) else document.encode())

    code, out, err = run(capsys, "render", source, "-o", target)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "map.json" in err
    assert not target.exists()


def test_a_document_may_begin_with_a_mark_of_its_encoding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """As some editors write it."""
    source = tmp_path / "map.json"
    source.write_text(COFFEE.read_text(encoding="utf-8"), encoding="utf-8-sig")

    assert run(capsys, "render", source, "-o", tmp_path / "map.png")[0] == 0


def test_an_accent_and_a_second_map_change_the_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The shop's colour and the curve of another map are drawn."""
    document = json.loads(COFFEE.read_text(encoding="utf-8"))
    for stage in document["stages"]:
        stage["feelings"] = [{"text": "Puas", "score": 4}]
    second = tmp_path / "before.json"
    second.write_text(json.dumps(document))
    options: list[tuple[object, ...]] = [
        (),
        ("--accent", "#E91E63"),
        ("--second", second),
        ("--second", second, "--against", "customers", "--answers", 14),
    ]

    drawn = []
    for number, further in enumerate(options):
        target = tmp_path / f"{number}.png"
        assert run(capsys, "render", COFFEE, "-o", target, *further)[0] == 0
        drawn.append(target.read_bytes())

    assert len(set(drawn)) == len(options)


@pytest.mark.parametrize(
    ("further", "named"),
    [(("--accent", "merah"), "#RRGGBB"), (("--second", "nowhere.json"), "nowhere.json")],
)
def test_a_wrong_accent_or_second_map_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, further: tuple[str, ...], named: str
) -> None:
    """It says which."""
    code, out, err = run(capsys, "render", COFFEE, "-o", tmp_path / "map.png", *further)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


@pytest.mark.parametrize(
    ("further", "named"),
    [
        (("--against", "before"), "--second"),
        (("--answers", "3"), "--second"),
        (("--second", COFFEE, "--against", "customers"), "--answers"),
        (("--second", COFFEE, "--against", "customers", "--answers", "0"), "at least 1"),
        (("--second", COFFEE, "--against", "customers", "--answers", "-5"), "at least 1"),
        (("--second", COFFEE, "--against", "wanted", "--answers", "3"), "--against customers"),
        (("--second", COFFEE, "--answers", "3"), "--against customers"),
        (("--second", COFFEE, "--layout", "preview"), "preview"),
    ],
)
def test_options_that_mean_nothing_together_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, further: tuple[object, ...], named: str
) -> None:
    """Nothing is left undrawn without a word, and no curve is of nobody; nothing is written."""
    target = tmp_path / "map.png"

    code, out, err = run(capsys, "render", COFFEE, "-o", target, *further)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert not target.exists()


@pytest.mark.parametrize("layout", ["album", "story"])
@pytest.mark.parametrize(
    ("name", "further"), [("map.png", ()), ("map.JPG", ()), ("map.svg", ()), ("map.pdf", ("--format", "png"))]
)
def test_a_folder_is_not_named_like_a_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, layout: str, name: str, further: tuple[str, ...]
) -> None:
    """Whoever asks for one file learns that an album is many; nothing is written."""
    code, out, err = run(capsys, "render", COFFEE, "-o", tmp_path / name, "--layout", layout, *further)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "folder" in err
    assert not (tmp_path / name).exists()


def test_a_key_that_comes_twice_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Also deep in a document, and also when both values are the same."""
    source = tmp_path / "map.json"
    text = COFFEE.read_text(encoding="utf-8")
    source.write_text(text.replace('"pains":', '"pains": [], "pains":', 1))

    code, _, err = run(capsys, "render", source, "-o", tmp_path / "map.png")

    assert (code, err.count("\n")) == (2, 1)
    assert '"pains" comes twice' in err


def test_an_album_is_not_written_over_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file that has the folder's name is kept."""
    target = tmp_path / "album"
    target.write_text("kept")

    code, _, err = run(capsys, "render", COFFEE, "-o", target, "--layout", "album")

    assert (code, err.count("\n"), target.read_text()) == (2, 1, "kept")
    assert "folder" in err


def test_a_document_without_stages_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """There is nothing to draw."""
    document = json.loads(COFFEE.read_text(encoding="utf-8")) | {"stages": []}
    source = tmp_path / "map.json"
    source.write_text(json.dumps(document))

    code, _, err = run(capsys, "render", source, "-o", tmp_path / "map.png")

    assert code == 2
    assert "stage" in err


@pytest.mark.parametrize("target", ["map.gif", "map", "missing/folder/map.png"])
def test_a_target_that_cannot_be_written_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, target: str
) -> None:
    """An unknown ending, none, or a folder that isn't there."""
    code, out, err = run(capsys, "render", COFFEE, "-o", tmp_path / target)

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_missing_document_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The file is named."""
    code, _, err = run(capsys, "render", tmp_path / "none.json", "-o", tmp_path / "map.png")

    assert code == 2
    assert "none.json" in err


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
    assert (rows[1]["topics"], rows[1]["suggestions"]) == ([], [])


def test_suggestions_take_a_phase(capsys: pytest.CaptureFixture[str]) -> None:
    """A known phase helps, an unknown one is refused with the known ones."""
    assert run(capsys, "suggest", "--phase", "beli", "--json", "ongkirnya mahal")[0] == 0

    code, _, err = run(capsys, "suggest", "--phase", "bayar", "ongkirnya mahal")

    assert code == 2
    assert "kenal" in err


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
