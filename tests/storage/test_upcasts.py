"""A document stored by any release can be read by this one."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from conversations.session import Session, dump_session, load_session
from journey.document import dump_map, read_map
from journey.model import JourneyMap
from storage.upcasts import MAP_FORMAT, SESSION_FORMAT, UPCASTS, Document, UnknownFormat, lift

EXAMPLES = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "documents").glob("*.json"))
}
"""A frozen document of every format that was ever stored, and of each field that was added; never changed."""
_LATER: Document = {"retraces": False}
"""What the first release didn't write, and every later one does."""


def test_every_format_has_a_frozen_example() -> None:
    """A new format comes with an example, and an old one keeps its own."""
    assert {document["format"] for document in EXAMPLES.values()} == {MAP_FORMAT, SESSION_FORMAT, *UPCASTS}


def test_every_field_that_may_be_missing_has_a_frozen_example() -> None:
    """A field that came later is in one of them, and not in the oldest."""
    written = {field for document in EXAMPLES.values() for field in document}
    oldest = {*EXAMPLES["jejak-session-1-first"], *EXAMPLES["jejak-map-1"]}
    known = {field.name for kind in (Session, JourneyMap) for field in fields(kind)}

    assert known <= written
    came_later = {
        "retraces",
        "tip",
        "picked",
        "just_said",
        "words",
        "imported",
        "erases",
        "reminding",
        "reminder",
        *("share", "season", "offered", "deed", "checkin", "waiting"),
    }
    assert came_later <= written - oldest
    assert {"plans", "meanings", "checkins"} <= written - oldest


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("jejak-map-")])
def test_every_old_map_can_be_read(name: str) -> None:
    """Lifted, it is a whole map of today, and storing it again loses nothing."""
    lifted = lift(EXAMPLES[name], MAP_FORMAT)

    assert dump_map(read_map(lifted)) == lifted


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("jejak-session-")])
def test_every_old_session_can_be_read(name: str) -> None:
    """Lifted, it is a whole session of today, and storing it again loses nothing."""
    lifted = lift(EXAMPLES[name], SESSION_FORMAT)

    assert dump_session(load_session(lifted)) == {**_LATER, **lifted}


def test_a_document_is_lifted_step_by_step() -> None:
    """Each function knows only the format before its own; the stored document stays as it is."""

    def second(document: Document) -> Document:
        return {**document, "format": "sample/2", "words": [document["word"]]}

    def third(document: Document) -> Document:
        return {**document, "format": "sample/3", "count": 1}

    stored = {"format": "sample/1", "word": "kopi"}
    lifted = lift(stored, "sample/3", {"sample/1": second, "sample/2": third})

    assert lifted == {"format": "sample/3", "word": "kopi", "words": ["kopi"], "count": 1}
    assert stored == {"format": "sample/1", "word": "kopi"}


@pytest.mark.parametrize("document", [{}, {"format": None}, {"format": "jejak-map/999"}])
def test_a_format_nobody_knows_is_named(document: Document) -> None:
    """A newer release's document, or none of ours, is not guessed at."""
    with pytest.raises(UnknownFormat, match="jejak-map/1"):
        lift(document, MAP_FORMAT)
