"""A map as files for other programs: tables for Excel and the like, a Mermaid diagram, the open map format.

No cell of a table is ever a formula: an owner's ``=1+1`` or ``@nama`` stays the words it is. In CSV such a
cell begins with an apostrophe, as spreadsheets know it; in XLSX it is a cell of text, its words unchanged.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from conversations.requests import DataFile
from journey.mapfile import write_file
from journey.model import Element, Entry, JourneyMap, PersonaField, PlanState, Stage, Standing
from renderers.mermaid import journey_diagram

WORDS = (
    *("stage", "element", "words", "standing", "score", "due"),
    *("title", "shop", "business", "goal", "plan", "customer", "no_feelings", "sheet", "separator"),
    *Element,
    *(f"persona_{field}" for field in PersonaField),
    *(f"standing_{standing}" for standing in Standing),
    *(f"plan_{state}" for state in PlanState),
)
"""The names of all words that are asked for."""
ENDINGS = {DataFile.XLSX: "xlsx", DataFile.CSV: "csv", DataFile.JSON: "json", DataFile.MERMAID: "mmd"}
"""How the name of each file ends."""
HEADINGS = ("stage", "element", "words", "standing", "score", "due")
"""The columns of a table, by the names of their headings."""
_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in wide letters too."""
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a CSV file in the letters of its country instead of UTF-8."""
_WIDTHS = (22, 18, 70, 16, 11, 12)
"""Of the columns, in characters."""

_BEFORE_ALL_DAYS = 1900
"""Excel counts days from this year on, and takes it for a leap year, which it wasn't."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a map and its parts are called: ``say`` gives the words of a name of ``WORDS``."""

    title: str
    business: str
    say: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: one entry of the map; ``stage`` is empty for what belongs to the whole map.

    ``score`` is that of a feeling, ``due`` the day of a plan.
    """

    stage: str
    element: str
    words: str
    standing: str = ""
    score: int | None = None
    due: date | None = None


def export(file: DataFile, journey_map: JourneyMap, naming: Naming) -> bytes:
    """Return a map as a file; the same map and words always give the same bytes."""
    match file:
        case DataFile.XLSX:
            return _spreadsheet(journey_map, naming)
        case DataFile.CSV:
            return _separated(journey_map, naming)
        case DataFile.JSON:
            return write_file(journey_map)
        case DataFile.MERMAID:
            return journey_diagram(journey_map, naming.title, naming.say).encode()


def rows(journey_map: JourneyMap, naming: Naming) -> tuple[Row, ...]:
    """Return everything a map says, an entry a row: the map, its stages in order, then the plans."""
    stages = (row for stage in journey_map.stages for row in _stage_rows(stage, naming))
    return (*_map_rows(journey_map, naming), *stages, *_plan_rows(journey_map, naming))


def _map_rows(journey_map: JourneyMap, naming: Naming) -> Iterator[Row]:
    say, shop = naming.say, journey_map.shop
    told = {"title": naming.title, "shop": shop.name, "business": naming.business}
    yield from (Row("", say(name), words) for name, words in told.items() if words)
    if journey_map.goal:
        yield _row("", say("goal"), journey_map.goal, naming)
    for field in PersonaField:
        if entry := journey_map.persona.field(field):
            yield _row("", say(f"persona_{field}"), entry, naming)


def _stage_rows(stage: Stage, naming: Naming) -> Iterator[Row]:
    """Yield the entries of a stage; one that has none yet still has a line."""
    told = False
    for element in Element:
        label = naming.say(element)
        if element is Element.FEELINGS:
            found = [Row(stage.name, label, one.text, score=one.score) for one in stage.feelings]
        else:
            found = [_row(stage.name, label, entry, naming) for entry in stage.entries(element)]
        told = told or bool(found)
        yield from found
    if not told:
        yield Row(stage.name, "", "")


def _plan_rows(journey_map: JourneyMap, naming: Naming) -> Iterator[Row]:
    for plan in journey_map.plans:
        stage = journey_map.stage(plan.stage or "")
        state = naming.say(f"plan_{plan.state}")
        yield Row(stage.name if stage else "", naming.say("plan"), plan.text, state, due=plan.due)


def _row(stage: str, element: str, entry: Entry, naming: Naming) -> Row:
    return Row(stage, element, entry.text, naming.say(f"standing_{entry.standing}"))


def _separated(journey_map: JourneyMap, naming: Naming) -> bytes:
    """Return a CSV file as Excel opens it in the map's country: UTF-8 with a mark, its separator, CRLF."""
    out = io.StringIO(newline="")
    # Quoted throughout, so that a program that guesses another separator finds none inside the words.
    writer = csv.writer(out, delimiter=naming.say("separator"), quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([naming.say(name) for name in HEADINGS])
    for row in rows(journey_map, naming):
        cells = [harmless(text) for text in (row.stage, row.element, row.words, row.standing)]
        score = "" if row.score is None else row.score
        writer.writerow([*cells, score, "" if row.due is None else row.due.isoformat()])
    return f"{_BYTE_ORDER_MARK}{out.getvalue()}".encode()


def harmless(text: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _spreadsheet(journey_map: JourneyMap, naming: Naming) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    # The time of the map, not of the export: the same map gives the same bytes.
    book.set_properties({"title": naming.title, "created": journey_map.changed})
    sheet = book.add_worksheet(naming.say("sheet"))
    heading = book.add_format({"bold": True, "bottom": 1})
    # The text format keeps a cell that is typed into again from becoming a formula.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    quoted = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
    number = book.add_format({"valign": "top"})
    day = book.add_format({"valign": "top", "num_format": "dd-mm-yyyy", "align": "left"})
    for column, (name, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, naming.say(name), heading)
    table = rows(journey_map, naming)
    for line, row in enumerate(table, start=1):
        for column, cell in enumerate((row.stage, row.element, row.words, row.standing)):
            if cell:
                looks_like_formula = cell.startswith(_FORMULA_SIGNS)
                sheet.write_string(line, column, cell, quoted if looks_like_formula else text)
        if row.score is not None:
            sheet.write_number(line, HEADINGS.index("score"), row.score, number)
        if row.due is not None and row.due.year > _BEFORE_ALL_DAYS:
            sheet.write_datetime(line, HEADINGS.index("due"), datetime.combine(row.due, time()), day)
        elif row.due is not None:
            sheet.write_string(line, HEADINGS.index("due"), row.due.isoformat(), text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), len(HEADINGS) - 1)
    book.close()
    return out.getvalue()
