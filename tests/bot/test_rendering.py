"""Map documents drawn from the command line: every layout and format, and one line for what is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import ROOT
from journey.mapfile import write_file
from journey.model import Entry
from renderers.picture import Format, Layout
from tests.bot.commands import run
from tests.renderers.checked import checked
from tests.renderers.maps import coffee

COFFEE = ROOT / "docs" / "examples" / "coffee.json"


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("format", list(Format))
def test_a_document_is_drawn_in_every_layout_and_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, layout: Layout, format: Format
) -> None:
    """Each file is printed, is there, and is what its ending says."""
    source = tmp_path / "checked.json"
    source.write_bytes(write_file(checked(coffee(), 2)))
    many = layout in (Layout.ALBUM, Layout.STORY) and format is not Format.PDF
    target = tmp_path / ("album" if many else f"map.{format}")

    earlier = ("--second", COFFEE) if layout is Layout.COMPARISON else ()

    order = ("render", source, "-o", target, "--layout", layout, "--format", format, *earlier)
    code, out, err = run(capsys, *order)

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


def test_no_picture_shows_a_customers_number(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """It is drawn as if it had been taken out of the map, and of the one it is compared with, before."""
    first, *others = coffee().stages
    drawn: list[bytes] = []
    for number in ("081234567890", "081398765432"):
        source, target = tmp_path / "map.json", tmp_path / "map.svg"
        complaint = Entry(f"Bu Rini {number} nggak dibalas")
        source.write_bytes(
            write_file(replace(coffee(), stages=(replace(first, pains=(complaint,)), *others)))
        )
        earlier = ("--second", source)

        assert run(capsys, "render", source, "-o", target, "--layout", "comparison", *earlier)[0] == 0

        drawn.append(target.read_bytes())

    assert drawn[0] == drawn[1]


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
        (("--layout", "comparison"), "--second"),
        (("--layout", "trend"), "checkins"),
        (("--layout", "trend", "--second", COFFEE), "--second"),
        (("--layout", "comparison", "--second", COFFEE, "--against", "wanted"), "--against"),
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
