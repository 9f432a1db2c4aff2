"""``docs/map.schema.json`` tells other programs the same as ``read_map`` does."""

import json
from enum import StrEnum
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, event, given, settings
from jsonschema import Draft202012Validator

from journey import document as format
from journey import limits, reading
from journey.document import JsonValue, dump_map, read_map
from journey.model import (
    Business,
    Element,
    JourneyMap,
    Language,
    PersonaField,
    PlanState,
    Speed,
    Standing,
    Status,
)
from journey.phases import Phase
from journey.presets import Preset
from journey.reading import BrokenDocument
from tests.journey.documents import changed, document, full_document, mutated, without
from tests.strategies import journey_maps

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = sorted((DOCS / "examples").glob("*.json"))
SCHEMA = json.loads((DOCS / "map.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def allowed(found: JsonValue) -> bool:
    return bool(VALIDATOR.is_valid(found))


def at(path: str) -> JsonValue:
    """Return what is at a place of the example."""
    found: JsonValue = json.loads((DOCS / "examples" / "coffee.json").read_text(encoding="utf-8"))
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else cast("dict[str, JsonValue]", found)[key]
    return found


def meant() -> dict[str, JsonValue]:
    """Return a meaning of the full document."""
    meanings = cast("list[JsonValue]", full_document()["meanings"])
    return cast("dict[str, JsonValue]", meanings[0])


def checked() -> dict[str, JsonValue]:
    """Return a check-in of the full document."""
    checkins = cast("list[JsonValue]", full_document()["checkins"])
    return cast("dict[str, JsonValue]", checkins[0])


def felt() -> dict[str, JsonValue]:
    """Return the score of a stage in it."""
    scores = cast("list[JsonValue]", checked()["scores"])
    return cast("dict[str, JsonValue]", scores[0])


def planned(number: int) -> dict[str, JsonValue]:
    """Return a plan of the full document."""
    plans = cast("list[JsonValue]", full_document()["plans"])
    return cast("dict[str, JsonValue]", plans[number])


def reason(found: JsonValue) -> str | None:
    """Return why the reader refuses a document, None when it doesn't."""
    try:
        read_map(found)
    except BrokenDocument as error:
        return str(error)
    return None


def fields(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return what the schema says of each field of an object."""
    return cast("dict[str, JsonValue]", schema["properties"])


def part(way: str) -> dict[str, JsonValue]:
    """Return a part of the schema, with what it refers to."""
    found: JsonValue = SCHEMA
    for key in way.split("/") if way else ():
        found = cast("dict[str, JsonValue]", found)[key]
    shown = cast("dict[str, JsonValue]", found)
    if "$ref" in shown:
        return {**part(str(shown["$ref"]).removeprefix("#/")), **shown}
    return shown


# What the schema says.


def test_the_schema_is_one() -> None:
    """It keeps the rules of JSON Schema 2020-12."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("way", "written"),
    [
        ("", full_document()),
        ("properties/shop", document()["shop"]),
        ("properties/persona", document()["persona"]),
        ("$defs/stage", at("stages.0")),
        ("$defs/entry", cast("dict[str, JsonValue]", full_document()["persona"])["who"]),
        ("$defs/feeling", at("stages.0.feelings.0")),
        ("$defs/question", {"step": "pains", "stage": "s1"}),
        ("$defs/plan", planned(0)),
        ("$defs/meaning", meant()),
        ("$defs/check_in", checked()),
        ("$defs/stage_score", felt()),
    ],
)
def test_every_field_is_described_and_no_other(way: str, written: JsonValue) -> None:
    """Nobody has to guess what is in a map, or what it is for."""
    schema = part(way)
    described = {
        name for name, said in fields(schema).items() if cast("dict[str, str]", said).get("description")
    }

    assert described - {format.SCHEMA_FIELD} == set(cast("dict[str, JsonValue]", written))
    assert (schema["additionalProperties"], schema["patternProperties"]) == (
        False,
        {f"^{reading.NOTE_PREFIX}": True},
    )


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ("properties/language", Language),
        ("properties/status", Status),
        ("properties/speed", Speed),
        ("properties/preset", Preset),
        ("properties/shop/properties/business", Business),
        ("$defs/entry/properties/standing", Standing),
        ("$defs/plan/properties/state", PlanState),
        ("$defs/stage/properties/phases/items", Phase),
        ("$defs/stage_score/properties/phase", Phase),
    ],
)
def test_the_choices_are_the_models(way: str, kind: type[StrEnum]) -> None:
    """A choice that is added is added here too; null is one where the field may be left out."""
    choices = cast("list[JsonValue]", part(way)["enum"])

    assert [choice for choice in choices if choice is not None] == [member.value for member in kind]


@pytest.mark.parametrize(
    ("way", "name", "limit"),
    [
        ("properties/id", "maxLength", format.MAP_ID_LENGTH),
        ("properties/title", "maxLength", limits.TITLE_LENGTH),
        ("properties/shop/properties/name", "maxLength", limits.SHOP_NAME_LENGTH),
        ("properties/goal/properties/text", "maxLength", limits.GOAL_LENGTH),
        *(
            (
                f"properties/persona/properties/{field}/properties/text",
                "maxLength",
                limits.PERSONA_NAME_LENGTH if field is PersonaField.NAME else limits.PERSONA_FIELD_LENGTH,
            )
            for field in PersonaField
        ),
        ("properties/stages", "maxItems", limits.STAGES),
        ("properties/skipped", "maxItems", format.CELLS),
        ("properties/accepted", "maxItems", format.CELLS),
        ("properties/plans", "maxItems", limits.PLANS),
        ("properties/meanings", "maxItems", limits.MEANINGS),
        ("properties/checkins", "maxItems", limits.CHECK_INS),
        ("$defs/check_in/properties/scores", "maxItems", limits.STAGES),
        ("$defs/stage_score/properties/stage", "maxLength", format.STAGE_ID_LENGTH),
        ("$defs/stage_score/properties/score", "minimum", limits.LOWEST_SCORE),
        ("$defs/stage_score/properties/score", "maximum", limits.HIGHEST_SCORE),
        ("$defs/stage/properties/id", "maxLength", format.STAGE_ID_LENGTH),
        ("$defs/stage/properties/name", "maxLength", limits.STAGE_NAME_LENGTH),
        ("$defs/stage/properties/phases", "maxItems", len(Phase)),
        *(
            (
                f"$defs/stage/properties/{element}",
                "maxItems",
                limits.FEELINGS_PER_STAGE if element is Element.FEELINGS else limits.ENTRIES_PER_CELL,
            )
            for element in Element
        ),
        ("$defs/entry/properties/text", "maxLength", limits.ENTRY_LENGTH),
        ("$defs/entry/properties/evidence", "maxItems", limits.EVIDENCE_PER_ENTRY),
        ("$defs/entry/properties/evidence/items", "maxLength", format.EVIDENCE_ID_LENGTH),
        ("$defs/feeling/properties/text", "maxLength", limits.FEELING_LENGTH),
        ("$defs/feeling/properties/score", "minimum", limits.LOWEST_SCORE),
        ("$defs/feeling/properties/score", "maximum", limits.HIGHEST_SCORE),
        ("$defs/question/properties/step", "maxLength", format.STEP_LENGTH),
        ("$defs/question/properties/stage", "maxLength", format.STAGE_ID_LENGTH),
        ("$defs/chip", "maxLength", format.CHIP_LENGTH),
        ("$defs/plan/properties/text", "maxLength", limits.ENTRY_LENGTH),
        ("$defs/plan/properties/stage", "maxLength", format.STAGE_ID_LENGTH),
        ("$defs/plan/properties/topic", "maxLength", format.TOPIC_LENGTH),
        ("$defs/meaning/properties/text", "maxLength", limits.ENTRY_LENGTH),
        ("$defs/meaning/properties/topic", "maxLength", format.TOPIC_LENGTH),
    ],
)
def test_the_limits_are_the_models(way: str, name: str, limit: int) -> None:
    """A limit that moves moves here too."""
    assert part(way)[name] == limit


def test_the_format_and_its_times_are_the_readers() -> None:
    """The name of the format, and how a time is written."""
    assert part("properties/format")["const"] == format.FORMAT
    assert part("$defs/plan/properties/due")["pattern"] == f"^{reading.DAY.pattern}$"
    assert part("$defs/moment")["pattern"] == f"^{reading.MOMENT.pattern}$"


# What both say of documents.


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_shipped_examples_are_legal(path: Path) -> None:
    """Whoever starts from one starts well."""
    found = json.loads(path.read_text(encoding="utf-8"))

    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert read_map(found).stages


@given(journey_map=journey_maps())
@settings(max_examples=15, suppress_health_check=SLOW)
def test_every_map_that_is_written_is_legal(journey_map: JourneyMap) -> None:
    """What Jejak exports, others can check."""
    written = json.loads(json.dumps(dump_map(journey_map)))

    assert [error.message for error in VALIDATOR.iter_errors(written)] == []


BROKEN: dict[str, JsonValue] = {
    "no object": [],
    "nothing": None,
    "no format": without("format"),
    "another format": changed("format", "jejak-map/2"),
    "no id": without("id"),
    "an id too long": changed("id", "x" * 65),
    "an unknown language": changed("language", "fr"),
    "no status": without("status"),
    "a date without time": changed("created", "2026-03-02"),
    "a time without offset": changed("created", "2026-03-02T09:30:00"),
    "a thirteenth month": changed("created", "2026-13-02T09:30:00Z"),
    "a time as number": changed("changed", 1772443800),
    "a title too long": changed("title", "x" * 41),
    "a list in place of an object": changed("shop", []),
    "an object in place of a list": changed("stages", {}),
    "a text in place of an entry": changed("goal", "Lebih laku"),
    "an empty text": changed("goal", {"text": ""}),
    "blanks for a text": changed("goal", {"text": " \t"}),
    "an entry without text": changed("goal", {"chip": "g.more_buyers"}),
    "a goal too long": changed("goal", {"text": "x" * 201}),
    "a persona's name too long": changed("persona.name", {"text": "x" * 61}),
    "an unknown standing": changed("persona.who", {"text": "x", "standing": "rumour"}),
    "an unknown preset": changed("preset", "seed999"),
    "nine stages": changed("stages", [{"name": "Beli", "phases": ["beli"]}] * 9),
    "nothing for a stage": changed("stages.0", None),
    "a stage without name": without("stages.0.name"),
    "a stage without phase": changed("stages.0.phases", []),
    "a stage with no list of phases": without("stages.0.phases"),
    "an unknown phase": changed("stages.0.phases", ["tidur"]),
    "seven entries": changed("stages.0.pains", [{"text": "x"}] * 7),
    "nothing for an entry": changed("stages.0.pains", [None]),
    "an entry too long": changed("stages.0.pains", [{"text": "x" * 281}]),
    "four pieces of evidence": changed("stages.0.pains", [{"text": "x", "evidence": list("abcd")}]),
    "a piece of evidence without id": changed("stages.0.pains", [{"text": "x", "evidence": [" "]}]),
    "a file in place of evidence": changed(
        "stages.0.pains", [{"text": "x", "evidence": [{"file_id": "AgAC"}]}]
    ),
    "three feelings": changed("stages.0.feelings", [{"text": "Puas", "score": 4}] * 3),
    "a feeling without score": changed("stages.0.feelings", [{"text": "Puas"}]),
    "a score of six": changed("stages.0.feelings.0.score", 6),
    "a score of zero": changed("stages.0.feelings.0.score", 0),
    "half a score": changed("stages.0.feelings.0.score", 3.5),
    "true for a score": changed("stages.0.feelings.0.score", True),
    "text for a score": changed("stages.0.feelings.0.score", "4"),
    "no number for a score": changed("stages.0.feelings.0.score", float("nan")),
    "a misspelled field": changed("stages.0.pain", []),
    "a field of nobody": changed("colour", "red"),
    "a cell without step": changed("skipped", [{"stage": "s1"}]),
    "too many cells": changed("accepted", [{"step": "pains"}] * 201),
    "too many plans": changed("plans", [{**planned(0), "remedy": None}] * 61),
    "a plan without state": changed("plans", [{**planned(0), "state": None}]),
    "a plan without time": changed("plans", [{**planned(0), "since": None}]),
    "a plan without words": changed("plans", [{**planned(0), "text": ""}]),
    "a plan due at no day": changed("plans", [{**planned(0), "due": "besok"}]),
    "a plan due at a time": changed("plans", [{**planned(0), "due": "2026-03-09T09:30:00Z"}]),
    "a plan in an unknown state": changed("plans", [{**planned(0), "state": "later"}]),
    "too many meanings": changed("meanings", [{"text": str(number)} for number in range(61)]),
    "a meaning without words": changed("meanings", [{**meant(), "text": None}]),
    "too many check-ins": changed("checkins", [checked()] * 25),
    "a check-in without time": changed("checkins", [{**checked(), "taken": None}]),
    "a check-in of nothing": changed("checkins", [{**checked(), "scores": []}]),
    "a check-in of nine stages": changed(
        "checkins", [{**checked(), "scores": [{**felt(), "stage": f"s{number}"} for number in range(9)]}]
    ),
    "a score of no stage": changed("checkins", [{**checked(), "scores": [{**felt(), "stage": None}]}]),
    "a score of an unknown phase": changed(
        "checkins", [{**checked(), "scores": [{**felt(), "phase": "tidur"}]}]
    ),
    "a third of a score": changed("checkins", [{**checked(), "scores": [{**felt(), "score": 3.3}]}]),
    "more than the best score": changed("checkins", [{**checked(), "scores": [{**felt(), "score": 5.5}]}]),
    "true for a stage's score": changed("checkins", [{**checked(), "scores": [{**felt(), "score": True}]}]),
    "a meaning of nothing": changed("meanings", [{**meant(), "topic": ""}]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_both_refuse_what_is_broken(name: str) -> None:
    """The schema and the reader draw the same line."""
    found = BROKEN[name]

    assert (allowed(found), reason(found) is None) == (False, False)


BEYOND: dict[str, tuple[JsonValue, bool]] = {
    "ids that are there twice": (changed("stages.1.id", "s1"), True),
    "two plans for a remedy": (changed("plans", [planned(0), planned(0)]), True),
    "two meanings of a text": (changed("meanings", [meant(), {**meant(), "topic": None}]), True),
    "two scores of a stage": (changed("checkins", [{**checked(), "scores": [felt(), felt()]}]), True),
    "an id that is another stage's by default": (
        changed("stages", [{"name": "A", "phases": ["beli"]}, {"id": "s1", "name": "B", "phases": ["beli"]}]),
        True,
    ),
    "a day that its month hasn't": (changed("created", "2026-02-30T09:30:00Z"), True),
    "a plan due at a day that its month hasn't": (
        changed("plans", [{**planned(0), "due": "2026-02-30"}]),
        True,
    ),
    "a time before the first year in UTC": (changed("created", "0001-01-01T00:00:00+01:00"), True),
    "a text of what can't be seen": (changed("title", "\u200b\u0301"), True),
    "a text that composing makes longer": (changed("title", "\u0958" * 40), True),
    "a text that cleaning makes short enough": (changed("title", f" {'x' * 40} "), False),
}
"""What JSON Schema can't say: the document, and whether the schema allows it; the reader says the reverse."""


@pytest.mark.parametrize("name", BEYOND)
def test_what_the_schema_cannot_say_the_reader_says(name: str) -> None:
    """Where the two differ is known."""
    found, by_schema = BEYOND[name]

    assert (allowed(found), reason(found) is None) == (by_schema, not by_schema)


@given(found=mutated())
@settings(max_examples=200, suppress_health_check=SLOW)
def test_both_say_the_same_of_a_changed_document(found: JsonValue) -> None:
    """One place replaced, taken out, repeated, renamed or added to: both refuse the map, or none."""
    refused = reason(found)
    event("refused" if refused else "read")

    if refused is None or not refused.endswith("is there twice"):
        assert allowed(found) is (refused is None), refused
