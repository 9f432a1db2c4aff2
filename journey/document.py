"""The open map format ``jejak-map/1``: a map as plain JSON values, and back with every limit checked."""

import functools
from collections.abc import Callable, Mapping
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
    Persona,
    PersonaField,
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
    """Return the map as JSON values; ``read_map`` of it is an equal map."""
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
    }


def read_map(document: object) -> JourneyMap:
    """Return the map a document describes.

    Raises BrokenDocument for a wrong format, type, unknown value or anything over the limits.
    """
    place = _Place("", document)
    found = place.child("format").text(40)
    if found != FORMAT:
        raise BrokenDocument("format", f"must be {FORMAT!r}, found {found!r}")
    stages = tuple(
        _read_stage(stage, number) for number, stage in enumerate(place.child("stages").items(limits.STAGES))
    )
    _check_unique(stages)
    preset = place.child("preset").optional(lambda child: child.member(Preset))
    return JourneyMap(
        id=place.child("id").text(64),
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
    )


class _Place:
    """A value in the document and the path to it."""

    def __init__(self, path: str, value: object) -> None:
        self.path, self.value = path, value

    def wrong(self, reason: str) -> BrokenDocument:
        return BrokenDocument(self.path, reason)

    def child(self, key: str) -> "_Place":
        """Return a member of an object; one that is missing counts as null."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("must be an object")
        return _Place(f"{self.path}.{key}" if self.path else key, self.value.get(key))

    def items(self, most: int) -> list["_Place"]:
        found = [] if self.value is None else self.value
        if not isinstance(found, list):
            raise self.wrong("must be a list")
        if len(found) > most:
            raise self.wrong(f"has {len(found)} items, at most {most} fit")
        return [_Place(f"{self.path}[{number}]", item) for number, item in enumerate(found)]

    def optional(self, read: "Callable[[_Place], T]") -> T | None:
        return None if self.value is None else read(self)

    def text(self, longest: int) -> str:
        if not isinstance(self.value, str):
            raise self.wrong(f"must be text, found {self.value!r}"[:200])
        text = clean_line(self.value)
        if not text:
            raise self.wrong("is empty")
        if len(text) > longest:
            raise self.wrong(f"has {len(text)} characters, at most {longest} fit")
        return text

    def member(self, kind: type[E]) -> E:
        try:
            return kind(str(self.value))
        except ValueError:
            known = ", ".join(member.value for member in kind)
            raise self.wrong(f"{self.value!r} is none of {known}"[:300]) from None

    def score(self) -> int:
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong("must be a whole number")
        if not limits.LOWEST_SCORE <= value <= limits.HIGHEST_SCORE:
            raise self.wrong(f"must be {limits.LOWEST_SCORE} to {limits.HIGHEST_SCORE}, found {value}")
        return value

    def time(self) -> datetime:
        try:
            return datetime.fromisoformat(str(self.value)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.wrong(f"is no time in ISO 8601: {self.value!r}"[:200]) from None


def _read_shop(place: _Place) -> Shop:
    if place.value is None:
        return Shop()
    return Shop(
        business=place.child("business").optional(lambda child: child.member(Business)),
        name=place.child("name").optional(lambda child: child.text(limits.SHOP_NAME_LENGTH)),
    )


def _read_persona(place: _Place) -> Persona:
    persona = Persona()
    if place.value is None:
        return persona
    for field in PersonaField:
        longest = limits.PERSONA_NAME_LENGTH if field is PersonaField.NAME else limits.PERSONA_FIELD_LENGTH
        entry = place.child(field).optional(functools.partial(_read_entry, longest=longest))
        persona = persona.with_field(field, entry)
    return persona


def _read_entry(place: _Place, *, longest: int = limits.ENTRY_LENGTH) -> Entry:
    standing = place.child("standing").optional(lambda child: child.member(Standing))
    return Entry(
        text=place.child("text").text(longest),
        chip=place.child("chip").optional(lambda child: child.text(64)),
        standing=standing or Standing.GUESS,
    )


def _read_feeling(place: _Place) -> Feeling:
    return Feeling(
        text=place.child("text").text(limits.FEELING_LENGTH),
        score=place.child("score").score(),
        chip=place.child("chip").optional(lambda child: child.text(64)),
    )


def _read_stage(place: _Place, number: int) -> Stage:
    phases = tuple(child.member(Phase) for child in place.child("phases").items(len(Phase)))
    if not phases:
        raise place.child("phases").wrong("needs at least one phase")
    stage_id = place.child("id").optional(lambda child: child.text(16))
    stage = Stage(
        id=stage_id or f"s{number + 1}",
        name=place.child("name").text(limits.STAGE_NAME_LENGTH),
        phases=tuple(dict.fromkeys(phases)),
        chip=place.child("chip").optional(lambda child: child.text(64)),
        feelings=tuple(
            _read_feeling(child) for child in place.child("feelings").items(limits.FEELINGS_PER_STAGE)
        ),
    )
    for element in Element:
        if element is not Element.FEELINGS:
            entries = place.child(element).items(limits.ENTRIES_PER_CELL)
            stage = stage.with_entries(element, (_read_entry(child) for child in entries))
    return stage


def _check_unique(stages: tuple[Stage, ...]) -> None:
    seen: set[str] = set()
    for number, stage in enumerate(stages):
        if stage.id in seen:
            raise BrokenDocument(f"stages[{number}].id", f"{stage.id!r} is there twice")
        seen.add(stage.id)


def _read_cells(place: _Place) -> frozenset[Cell]:
    return frozenset(
        Cell(child.child("step").text(40), child.child("stage").optional(lambda stage: stage.text(16)))
        for child in place.items(200)
    )


def _dump_time(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _dump_entry(entry: Entry | None) -> JsonValue:
    if entry is None:
        return None
    return {"text": entry.text, "chip": entry.chip, "standing": entry.standing.value}


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
