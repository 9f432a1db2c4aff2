"""The open map format ``jejak-map/1``: a map as plain JSON values, and back with every limit checked.

``docs/map.schema.json`` describes the same for other programs; tests hold the two together.
"""

import difflib
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from journey import limits
from journey.model import (
    Business,
    Cell,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Meaning,
    Persona,
    PersonaField,
    Plan,
    PlanState,
    Shop,
    Speed,
    Stage,
    Standing,
    Status,
)
from journey.phases import Phase
from journey.presets import Preset
from journey.wording import clean_line

FORMAT = "jejak-map/1"

MOMENT = re.compile(
    r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
"""A time as RFC 3339 writes it, with its offset: without one it would be another time on every machine."""
NOTE_PREFIX = "x-"
"""How a field begins that others may add for themselves; it is passed over and not kept."""
SCHEMA_FIELD = "$schema"
"""By this field an editor finds the schema of a file; it is passed over as well."""
MAP_ID_LENGTH = 64
STAGE_ID_LENGTH = 16
CHIP_LENGTH = 64
STEP_LENGTH = 40
CELLS = 200
"""Questions put off or left open, at most; a map has far fewer."""
TOPIC_LENGTH = 40
_LONGEST_SHOWN = 40
"""Characters of a wrong value that a message repeats."""
_LARGEST_SHOWN = 10**15
_SCORES = range(limits.LOWEST_SCORE, limits.HIGHEST_SCORE + 1)

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class BrokenDocument(ValueError):
    """The document is no map; the message names the place (``stages[2].pains[0].text``) and what is wrong."""

    def __init__(self, place: str, reason: str) -> None:
        """Say where and why."""
        super().__init__(f"{place}: {reason}" if place else reason)
        self.place = place
        self.reason = reason


def dump_map(journey_map: JourneyMap) -> dict[str, JsonValue]:
    """Return the map as JSON values; ``read_map`` of it is an equal map.

    ``plans`` and ``meanings`` came later: a map without any is written as it always was, and a release before
    them reads it.
    """
    plans: list[JsonValue] = [_dump_plan(plan) for plan in journey_map.plans]
    meanings: list[JsonValue] = [{"text": said.text, "topic": said.topic} for said in journey_map.meanings]
    return {
        "format": FORMAT,
        "id": journey_map.id,
        "language": journey_map.language.value,
        "status": journey_map.status.value,
        "created": _dump_time(journey_map.created),
        "changed": _dump_time(journey_map.changed),
        "finished": _dump_time(journey_map.finished) if journey_map.finished else None,
        "speed": journey_map.speed.value if journey_map.speed else None,
        "title": journey_map.title,
        "shop": {
            "business": journey_map.shop.business.value if journey_map.shop.business else None,
            "name": journey_map.shop.name,
        },
        "goal": _dump_entry(journey_map.goal),
        "persona": {field.value: _dump_entry(journey_map.persona.field(field)) for field in PersonaField},
        "preset": journey_map.preset,
        "stages": [_dump_stage(stage) for stage in journey_map.stages],
        "skipped": _dump_cells(journey_map.skipped),
        "accepted": _dump_cells(journey_map.accepted),
        **({"plans": plans} if plans else {}),
        **({"meanings": meanings} if meanings else {}),
    }


def read_map(document: object) -> JourneyMap:
    """Return the map a document describes.

    Raises BrokenDocument for a wrong format, type, an unknown field or value, or anything over the limits.
    A field that is missing counts as null; one that begins with ``x-`` is passed over.
    """
    place = _Place("", document)
    format = place.child("format")
    if format.value != FORMAT:
        raise format.wrong(f"must be {FORMAT!r}, found {_shown(format.value)}")
    place.only(
        *(SCHEMA_FIELD, "format", "id", "language", "status", "created", "changed", "finished"),
        *("speed", "title", "shop", "goal", "persona", "preset", "stages", "skipped", "accepted"),
        *("plans", "meanings"),
    )
    stages = tuple(
        _read_stage(stage, number) for number, stage in enumerate(place.child("stages").items(limits.STAGES))
    )
    _check_unique(place.child("stages"), "id", [stage.id for stage in stages])
    plans = tuple(_read_plan(plan) for plan in place.child("plans").items(limits.PLANS))
    _check_unique(place.child("plans"), "remedy", [plan.remedy for plan in plans])
    meanings = tuple(_read_meaning(said) for said in place.child("meanings").items(limits.MEANINGS))
    _check_unique(place.child("meanings"), "text", [meaning.text for meaning in meanings])
    preset = place.child("preset").optional(lambda child: child.member(Preset))
    return JourneyMap(
        id=place.child("id").text(MAP_ID_LENGTH),
        language=place.child("language").member(Language),
        created=place.child("created").time(),
        changed=place.child("changed").time(),
        finished=place.child("finished").optional(_Place.time),
        status=place.child("status").member(Status),
        speed=place.child("speed").optional(lambda child: child.member(Speed)),
        title=place.child("title").optional(lambda child: child.text(limits.TITLE_LENGTH)),
        shop=_read_shop(place.child("shop")),
        goal=place.child("goal").optional(lambda child: _read_entry(child, longest=limits.GOAL_LENGTH)),
        persona=_read_persona(place.child("persona")),
        preset=preset.value if preset else None,
        stages=stages,
        skipped=_read_cells(place.child("skipped")),
        accepted=_read_cells(place.child("accepted")),
        plans=plans,
        meanings=meanings,
    )


class _Place:
    """A value in the document and the path to it."""

    def __init__(self, path: str, value: object) -> None:
        self.path, self.value = path, value

    def wrong(self, reason: str) -> BrokenDocument:
        return BrokenDocument(self.path, reason)

    def child(self, key: str) -> "_Place":
        """Return a member of an object; one that is missing counts as null."""
        return _Place(f"{self.path}.{key}" if self.path else key, self.fields().get(key))

    def fields(self) -> Mapping[object, object]:
        if not isinstance(self.value, Mapping):
            raise self.wrong(f"must be an object, found {_shown(self.value)}")
        return self.value

    def only(self, *known: str) -> None:
        """Refuse a field that isn't ``known``: a misspelled one would lose what it holds without a word."""
        for key in self.fields():
            if key in known or (isinstance(key, str) and key.startswith(NOTE_PREFIX)):
                continue
            shown = isinstance(key, str) and key.isprintable() and len(key) <= _LONGEST_SHOWN
            if not shown:
                raise self.wrong(f"has an unknown field, {_shown(key)}")
            raise self.child(str(key)).wrong(f"is no field of the format: {_instead_of(str(key), known)}")

    def items(self, most: int) -> list["_Place"]:
        found = [] if self.value is None else self.value
        if not isinstance(found, list):
            raise self.wrong(f"must be a list, found {_shown(found)}")
        if len(found) > most:
            raise self.wrong(f"has {len(found)} items, at most {most} fit")
        return [_Place(f"{self.path}[{number}]", item) for number, item in enumerate(found)]

    def optional(self, read: "Callable[[_Place], T]") -> T | None:
        return None if self.value is None else read(self)

    def string(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong(f"must be text, found {_shown(self.value)}")
        return self.value

    def text(self, longest: int) -> str:
        text = clean_line(self.string())
        if not text:
            raise self.wrong("is empty")
        if len(text) > longest:
            raise self.wrong(f"has {len(text)} characters, at most {longest} fit")
        return text

    def member(self, kind: type[E]) -> E:
        text = self.string()
        try:
            return kind(text)
        except ValueError:
            known = ", ".join(member.value for member in kind)
            raise self.wrong(f"must be one of {known}, found {_shown(text)}") from None

    def score(self) -> int:
        value = self.value
        # JSON has no whole numbers of its own: some programs write 4 as 4.0.
        if isinstance(value, int | float) and not isinstance(value, bool) and value in _SCORES:
            return int(value)
        lowest, highest = limits.LOWEST_SCORE, limits.HIGHEST_SCORE
        raise self.wrong(f"must be a whole number from {lowest} to {highest}, found {_shown(value)}")

    def time(self) -> datetime:
        text = self.string()
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self.wrong(f"must be a time like 2026-03-02T09:30:00Z, found {_shown(text)}")


def _shown(value: object) -> str:
    """Return how a message names a wrong value: short, and without looking into lists and objects."""
    match value:
        case None:
            return "nothing"
        case str() if len(value) > _LONGEST_SHOWN:
            return f"a text of {len(value)} characters"
        case str():
            return repr(value)
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value) if abs(value) < _LARGEST_SHOWN else "a number"
        case list():
            return "a list"
        case _:
            return "an object"


def _instead_of(key: str, known: Sequence[str]) -> str:
    """Return which field may have been meant, or all there are."""
    close = difflib.get_close_matches(key.lower(), known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"there are {', '.join(known)}"


def _read_shop(place: _Place) -> Shop:
    if place.value is None:
        return Shop()
    place.only("business", "name")
    return Shop(
        business=place.child("business").optional(lambda child: child.member(Business)),
        name=place.child("name").optional(lambda child: child.text(limits.SHOP_NAME_LENGTH)),
    )


def _read_persona(place: _Place) -> Persona:
    persona = Persona()
    if place.value is None:
        return persona
    place.only(*PersonaField)
    for field in PersonaField:
        longest = limits.PERSONA_NAME_LENGTH if field is PersonaField.NAME else limits.PERSONA_FIELD_LENGTH
        entry = place.child(field).optional(functools.partial(_read_entry, longest=longest))
        persona = persona.with_field(field, entry)
    return persona


def _read_entry(place: _Place, *, longest: int = limits.ENTRY_LENGTH) -> Entry:
    place.only("text", "chip", "standing")
    standing = place.child("standing").optional(lambda child: child.member(Standing))
    return Entry(
        text=place.child("text").text(longest),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
        standing=standing or Standing.GUESS,
    )


def _read_feeling(place: _Place) -> Feeling:
    place.only("text", "score", "chip")
    return Feeling(
        text=place.child("text").text(limits.FEELING_LENGTH),
        score=place.child("score").score(),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
    )


def _read_stage(place: _Place, number: int) -> Stage:
    place.only("id", "name", "phases", "chip", *Element)
    phases = tuple(child.member(Phase) for child in place.child("phases").items(len(Phase)))
    if not phases:
        raise place.child("phases").wrong("needs at least one phase")
    stage_id = place.child("id").optional(lambda child: child.text(STAGE_ID_LENGTH))
    stage = Stage(
        id=stage_id or f"s{number + 1}",
        name=place.child("name").text(limits.STAGE_NAME_LENGTH),
        phases=tuple(dict.fromkeys(phases)),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
        feelings=tuple(
            _read_feeling(child) for child in place.child("feelings").items(limits.FEELINGS_PER_STAGE)
        ),
    )
    for element in Element:
        if element is not Element.FEELINGS:
            entries = place.child(element).items(limits.ENTRIES_PER_CELL)
            stage = stage.with_entries(element, (_read_entry(child) for child in entries))
    return stage


def _read_plan(place: _Place) -> Plan:
    place.only("text", "state", "since", "remedy", "stage", "topic")
    return Plan(
        text=place.child("text").text(limits.ENTRY_LENGTH),
        state=place.child("state").member(PlanState),
        since=place.child("since").time(),
        remedy=place.child("remedy").optional(lambda child: child.text(CHIP_LENGTH)),
        stage=place.child("stage").optional(lambda child: child.text(STAGE_ID_LENGTH)),
        topic=place.child("topic").optional(lambda child: child.text(TOPIC_LENGTH)),
    )


def _read_meaning(place: _Place) -> Meaning:
    place.only("text", "topic")
    topic = place.child("topic").optional(lambda child: child.text(TOPIC_LENGTH))
    return Meaning(place.child("text").text(limits.ENTRY_LENGTH), topic)


def _check_unique(place: _Place, key: str, names: Sequence[str | None]) -> None:
    for number, name in enumerate(names):
        if name is not None and name in names[:number]:
            raise BrokenDocument(f"{place.path}[{number}].{key}", f"{name!r} is there twice")


def _read_cells(place: _Place) -> frozenset[Cell]:
    return frozenset(_read_cell(child) for child in place.items(CELLS))


def _read_cell(place: _Place) -> Cell:
    place.only("step", "stage")
    return Cell(
        step=place.child("step").text(STEP_LENGTH),
        stage=place.child("stage").optional(lambda stage: stage.text(STAGE_ID_LENGTH)),
    )


def _dump_time(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _dump_entry(entry: Entry | None) -> JsonValue:
    if entry is None:
        return None
    return {"text": entry.text, "chip": entry.chip, "standing": entry.standing.value}


def _dump_plan(plan: Plan) -> JsonValue:
    return {
        "text": plan.text,
        "state": plan.state.value,
        "since": _dump_time(plan.since),
        "remedy": plan.remedy,
        "stage": plan.stage,
        "topic": plan.topic,
    }


def _dump_stage(stage: Stage) -> JsonValue:
    document: dict[str, JsonValue] = {
        "id": stage.id,
        "name": stage.name,
        "phases": [phase.value for phase in stage.phases],
        "chip": stage.chip,
    }
    for element in Element:
        if element is Element.FEELINGS:
            document[element] = [
                {"text": feeling.text, "score": feeling.score, "chip": feeling.chip}
                for feeling in stage.feelings
            ]
        else:
            document[element] = [_dump_entry(entry) for entry in stage.entries(element)]
    return document


def _dump_cells(cells: frozenset[Cell]) -> JsonValue:
    ordered = sorted(cells, key=lambda cell: (cell.stage or "", cell.step))
    return [{"step": cell.step, "stage": cell.stage} for cell in ordered]
