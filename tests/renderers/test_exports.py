"""Files of a map for other programs: complete, equal each time, and harmless in a spreadsheet."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conversations.requests import DataFile
from journey import limits
from journey.adoption import adopted
from journey.mapfile import read_file
from journey.model import Element, Entry, JourneyMap, Language, Persona, Plan, PlanState, Stage
from journey.phases import Phase
from locales.catalog import load_catalogs
from renderers.exports import HEADINGS, Naming, Row, export, harmless, rows
from tests.conversations.owner import MORNING
from tests.journeys.test_long_maps import largest_map
from tests.strategies import journey_maps

CATALOGS = load_catalogs()
FORMULAS = ["=1+1", "+62812", "-5%", "@sari", '=HYPERLINK("http://x")', "＝1+1", "\t=1", "\r=1"]
LANGUAGES = pytest.mark.parametrize("language", list(Language), ids=str)
ANY_MAP = settings(
    max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)


def naming(journey_map: JourneyMap) -> Naming:
    catalog = CATALOGS[journey_map.language]
    return Naming("Peta Sari", "Kopi", lambda name: catalog.text(f"export.{name}"))


def exported(file: DataFile, journey_map: JourneyMap) -> bytes:
    return export(file, journey_map, naming(journey_map))


def one_stage(*pains: str, language: Language = Language.ID) -> JourneyMap:
    stage = Stage("s1", "Beli", (Phase.BELI,), pains=tuple(Entry(pain) for pain in pains))
    return JourneyMap("m", language, MORNING, MORNING, stages=(stage,))


def csv_cells(content: bytes, language: Language) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(
        csv.reader(io.StringIO(text, newline=""), delimiter=CATALOGS[language].text("export.separator"))
    )


def sheet_cells(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def as_cells(row: Row) -> list[str]:
    score = "" if row.score is None else str(row.score)
    return [row.stage, row.element, row.words, row.standing, score, row.due.isoformat() if row.due else ""]


@LANGUAGES
def test_a_table_holds_everything(language: Language) -> None:
    """Every entry, feeling and answer about the customer has its line, also in the largest map there is."""
    full = largest_map(language=language)
    said = [entry.text for stage in full.stages for element in Element for entry in stage.entries(element)]

    told = [row.words for row in rows(full, naming(full))]

    assert [words for words in said if words not in told] == []
    assert len(told) > len(said)


@LANGUAGES
def test_csv_opens_right_in_a_spreadsheet(language: Language) -> None:
    """A byte order mark, the separator of the country, CRLF, headings in the language of the map."""
    content = exported(DataFile.CSV, one_stage("lama; mahal, jauh", language=language))

    assert content.startswith("\ufeff".encode())
    assert content.count(b"\r\n") == content.count(b"\n")
    heading, *_, last = csv_cells(content, language)
    assert heading == [CATALOGS[language].text(f"export.{name}") for name in HEADINGS]
    assert [last[0], last[2], *last[4:]] == ["Beli", "lama; mahal, jauh", "", ""]


@given(journey_map=journey_maps(most_stages=2))
@ANY_MAP
def test_csv_reads_back(journey_map: JourneyMap) -> None:
    """Whatever was said, each line has its six cells: the words, or the words behind an apostrophe."""
    _, *lines = csv_cells(exported(DataFile.CSV, journey_map), journey_map.language)

    wanted = [as_cells(row) for row in rows(journey_map, naming(journey_map))]
    assert lines == [[harmless(cell) for cell in cells] for cells in wanted]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cells in lines for cell in cells)


@given(journey_map=journey_maps(most_stages=2))
@ANY_MAP
def test_a_spreadsheet_reads_back(journey_map: JourneyMap) -> None:
    """Scores are numbers and days are days, all else is text, its words unchanged; nothing is a formula."""
    content = exported(DataFile.XLSX, journey_map)

    _, *lines = sheet_cells(content)
    wanted = [
        [
            *(row.stage or None, row.element or None, row.words or None, row.standing or None, row.score),
            datetime.combine(row.due, time()) if row.due else None,
        ]
        for row in rows(journey_map, naming(journey_map))
    ]
    assert lines == wanted
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("file", [DataFile.CSV, DataFile.XLSX], ids=str)
def test_a_plan_has_its_day(file: DataFile) -> None:
    """In a column of its own, so that a spreadsheet can sort by it."""
    plan = Plan("Tempel daftar harga", PlanState.PLANNED, MORNING, due=date(2026, 12, 5))
    content = exported(file, replace(one_stage("mahal"), plans=(plan,)))

    heading, *_, last = csv_cells(content, Language.ID) if file is DataFile.CSV else sheet_cells(content)

    assert heading[-1] == "Sampai tanggal"
    assert last[2] == "Tempel daftar harga"
    assert last[-1] == ("2026-12-05" if file is DataFile.CSV else datetime(2026, 12, 5))


@pytest.mark.parametrize("due", [date.min, date(1900, 1, 1), date.max])
def test_a_day_that_excel_cannot_count_is_written_out(due: date) -> None:
    """A map of somebody else may name any day."""
    plan = Plan("Tempel daftar harga", PlanState.PLANNED, MORNING, due=due)

    *_, last = sheet_cells(exported(DataFile.XLSX, replace(one_stage("mahal"), plans=(plan,))))

    assert due.isoformat() in str(last[-1])


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    """An apostrophe stands before it in CSV; in XLSX it is text, and stays text when it is typed into."""
    journey_map = one_stage(formula)

    *_, line = csv_cells(exported(DataFile.CSV, journey_map), Language.ID)
    book = load_workbook(io.BytesIO(exported(DataFile.XLSX, journey_map)))
    cell = book.worksheets[0].cell(book.worksheets[0].max_row, 3)

    assert line[2] == f"'{formula}"
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)


@pytest.mark.parametrize("file", list(DataFile))
def test_the_same_map_gives_the_same_bytes(file: DataFile) -> None:
    """So that a file that Telegram has isn't uploaded again."""
    first, second = (exported(file, largest_map()) for _ in range(2))

    assert first == second


@given(journey_map=journey_maps(most_stages=4))
@ANY_MAP
def test_any_map_goes_out_and_comes_in_equal(journey_map: JourneyMap) -> None:
    """All but its id, times that are still to come, and check-ins that aren't in their order."""
    found = read_file(exported(DataFile.JSON, journey_map))

    assert found == journey_map
    times = (journey_map.created, journey_map.changed, journey_map.finished)
    late = max(filter(None, (*times, *(found.taken for found in journey_map.checkins))))
    own = adopted(journey_map, id="mine", now=late)
    ordered = tuple(sorted(journey_map.checkins, key=lambda found: found.taken))
    assert own == replace(journey_map, id="mine", checkins=ordered)


@dataclass(frozen=True)
class Task:
    """A task of a Mermaid journey as its grammar reads it."""

    section: str
    name: str
    score: int
    actors: tuple[str, ...]


def read_mermaid(text: str) -> Iterator[Task]:
    """Yield the tasks of a journey by the rules of Mermaid's lexer, in their order; anything else fails."""
    first, *lines = text.removesuffix("\n").split("\n")
    assert first == "journey"
    assert "%%{" not in text
    section = ""
    for line in lines:
        found = line.strip()
        if found.startswith("%%"):
            continue
        assert not found.startswith("#")
        if title := re.fullmatch(r"title\s([^#\n;]+)", found, re.IGNORECASE):
            assert title[1]
        elif named := re.fullmatch(r"section\s([^#:\n;]+)", found, re.IGNORECASE):
            section = named[1]
        else:
            assert not re.match(r"journey|title\s|section\s|acc(title|descr)\s*[:{]", found, re.IGNORECASE)
            task = re.fullmatch(r"([^#:\n;]+):\s*([1-5])\s*:([^#:\n;]+)", found)
            assert task, found
            yield Task(section, task[1], int(task[2]), tuple(actor.strip() for actor in task[3].split(",")))


@given(journey_map=journey_maps(most_stages=2))
@ANY_MAP
def test_a_diagram_follows_the_grammar(journey_map: JourneyMap) -> None:
    """Whatever was said: a section a stage, a task an entry with a score, one actor."""
    tasks = list(read_mermaid(exported(DataFile.MERMAID, journey_map).decode()))

    said = [entry for stage in journey_map.stages for element in Element for entry in stage.entries(element)]
    assert len(tasks) == len(said)
    assert {len(task.actors) for task in tasks} <= {1}


@pytest.mark.parametrize(
    "words",
    [
        "a: 5: Budi",
        "a; section b",
        "a # b",
        "title x",
        "section x",
        "%%{init: {'theme': 'dark'}}%%",
        "%% lalu",
        "a\nsection b",
        "a\u2028b",
        "#35;",
        "```",
        "Sari, Budi",
        "accTitle: x",
    ],
)
def test_words_are_never_syntax(words: str) -> None:
    """In the name of the map, of a stage, of the customer and in an entry."""
    journey_map = one_stage(words)
    stage = replace(journey_map.stages[0], name=words)
    nasty = replace(journey_map, stages=(stage,), persona=Persona(name=Entry(words)), goal=Entry(words))

    text = export(DataFile.MERMAID, nasty, replace(naming(nasty), title=words)).decode()

    (task,) = read_mermaid(text)
    assert task.score == 3
    assert len(task.actors) == 1


def test_a_diagram_shows_the_example() -> None:
    """Scores are those of the feelings, whole numbers; the actor is the kind of customer."""
    stage = largest_map().stages[0]
    journey_map = replace(one_stage(), stages=(stage,), persona=Persona(name=Entry("Mahasiswa")))

    tasks = list(read_mermaid(exported(DataFile.MERMAID, journey_map).decode()))

    feelings = [task.score for task in tasks if task.name.startswith("Perasaan")]
    assert feelings == [feeling.score for feeling in stage.feelings]
    assert {task.actors for task in tasks} == {("Mahasiswa",)}


def test_a_stage_without_feelings_says_so() -> None:
    """It has to be drawn at some height, which nobody felt."""
    (task,) = read_mermaid(exported(DataFile.MERMAID, one_stage("lama")).decode())

    assert task.section == "Beli (perasaan belum diisi)"


@given(text=st.text(max_size=limits.ENTRY_LENGTH))
@settings(max_examples=100)
def test_harmless_words_stay(text: str) -> None:
    """An apostrophe is added where it is needed, and nothing else changes."""
    assert harmless(text).removeprefix("'") == text.removeprefix("'")
