"""The open map format ``jejak-map/1``: a map as plain JSON values, and back with every limit checked.

``docs/map.schema.json`` describes the same for other programs; tests hold the two together.
"""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime

from journey import limits
from journey.model import (
    Business,
    Cell,
    CheckIn,
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
    StageScore,
    Standing,
    Status,
)
from journey.phases import Phase
from journey.presets import Preset
from journey.reading import BrokenDocument, Fault, Place, StoredPlace, is_tellable, shown

FORMAT = "jejak-map/1"
SCHEMA_FIELD = "$schema"
"""By this field an editor finds the schema of a file; it is passed over as well."""
MAP_ID_LENGTH = 64
STAGE_ID_LENGTH = 16
CHIP_LENGTH = 64
EVIDENCE_ID_LENGTH = 40
STEP_LENGTH = 40
CELLS = 200
"""Questions put off or left open, at most; a map has far fewer."""
TOPIC_LENGTH = 40

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def dump_map(journey_map: JourneyMap) -> dict[str, JsonValue]:
    """Return the map as JSON values; ``read_map`` of it is an equal map.

    ``plans``, their ``due``, ``meanings``, ``checkins`` and an entry's ``evidence`` came later: a map without
    any is written as it always was, and a release before them reads it.
    """
    plans: list[JsonValue] = [_dump_plan(plan) for plan in journey_map.plans]
    meanings: list[JsonValue] = [{"text": said.text, "topic": said.topic} for said in journey_map.meanings]
    checkins: list[JsonValue] = [_dump_checkin(found) for found in journey_map.checkins]
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
        **({"checkins": checkins} if checkins else {}),
    }


def read_map(document: object) -> JourneyMap:
    """Return the map a document describes.

    Raises BrokenDocument for a wrong format, type, an unknown field or value, or anything over the limits.
    A field that is missing counts as null; one that begins with ``x-`` is passed over.
    """
    return _map_at(Place("", document))


def read_stored(document: object) -> JourneyMap:
    """Return the map of a document that a release of ours stored, perhaps a newer one.

    What this release doesn't know is passed over: a field, a choice, an item or words beyond the limits.
    Raises BrokenDocument when it is no document of ours at all.
    """
    return _map_at(StoredPlace("", document))


def _map_at(place: Place) -> JourneyMap:
    format = place.child("format")
    if format.value != FORMAT:
        raise format.wrong(f"must be {FORMAT!r}, found {shown(format.value)}", Fault.FORMAT)
    place.only(
        *(SCHEMA_FIELD, "format", "id", "language", "status", "created", "changed", "finished"),
        *("speed", "title", "shop", "goal", "persona", "preset", "stages", "skipped", "accepted"),
        *("plans", "meanings", "checkins"),
    )
    stages = tuple(
        _read_stage(stage, number) for number, stage in enumerate(place.child("stages").items(limits.STAGES))
    )
    _check_unique(place.child("stages"), "id", [stage.id for stage in stages])
    plans = place.child("plans").each(limits.PLANS, _read_plan)
    _check_unique(place.child("plans"), "remedy", [plan.remedy for plan in plans])
    meanings = place.child("meanings").each(limits.MEANINGS, _read_meaning)
    _check_unique(place.child("meanings"), "text", [meaning.text for meaning in meanings])
    preset = place.child("preset").optional(lambda child: child.member(Preset))
    return JourneyMap(
        id=place.child("id").text(MAP_ID_LENGTH),
        language=place.child("language").member(Language, fallback=Language.ID),
        created=place.child("created").time(),
        changed=place.child("changed").time(),
        finished=place.child("finished").optional(Place.time),
        status=place.child("status").member(Status, fallback=Status.OPEN),
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
        checkins=tuple(_read_checkin(found) for found in place.child("checkins").items(limits.CHECK_INS)),
    )


def _read_shop(place: Place) -> Shop:
    if place.value is None:
        return Shop()
    place.only("business", "name")
    return Shop(
        business=place.child("business").optional(lambda child: child.member(Business)),
        name=place.child("name").optional(lambda child: child.text(limits.SHOP_NAME_LENGTH)),
    )


def _read_persona(place: Place) -> Persona:
    persona = Persona()
    if place.value is None:
        return persona
    place.only(*PersonaField)
    for field in PersonaField:
        longest = limits.PERSONA_NAME_LENGTH if field is PersonaField.NAME else limits.PERSONA_FIELD_LENGTH
        entry = place.child(field).optional(functools.partial(_read_entry, longest=longest))
        persona = persona.with_field(field, entry)
    return persona


def _read_entry(place: Place, *, longest: int = limits.ENTRY_LENGTH) -> Entry:
    place.only("text", "chip", "standing", "evidence")
    standing = place.child("standing").optional(lambda child: child.member(Standing))
    evidence = place.child("evidence").items(limits.EVIDENCE_PER_ENTRY)
    return Entry(
        text=place.child("text").text(longest),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
        standing=standing or Standing.GUESS,
        evidence=tuple(dict.fromkeys(child.text(EVIDENCE_ID_LENGTH) for child in evidence)),
    )


def _read_feeling(place: Place) -> Feeling:
    place.only("text", "score", "chip")
    return Feeling(
        text=place.child("text").text(limits.FEELING_LENGTH),
        score=place.child("score").score(),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
    )


def _read_stage(place: Place, number: int) -> Stage:
    place.only("id", "name", "phases", "chip", *Element)
    named = place.child("phases")
    phases = named.each(len(Phase), lambda child: child.member(Phase))
    if not phases:
        phases = named.otherwise((Phase.KENAL,), named.wrong("needs at least one phase", Fault.EMPTY))
    stage_id = place.child("id").optional(lambda child: child.text(STAGE_ID_LENGTH))
    stage = Stage(
        id=stage_id or f"s{number + 1}",
        name=place.child("name").text(limits.STAGE_NAME_LENGTH),
        phases=tuple(dict.fromkeys(phases)),
        chip=place.child("chip").optional(lambda child: child.text(CHIP_LENGTH)),
        feelings=place.child("feelings").each(limits.FEELINGS_PER_STAGE, _read_feeling),
    )
    for element in Element:
        if element is not Element.FEELINGS:
            entries = place.child(element).each(limits.ENTRIES_PER_CELL, _read_entry)
            stage = stage.with_entries(element, entries)
    return stage


def _read_plan(place: Place) -> Plan:
    place.only("text", "state", "since", "remedy", "stage", "topic", "due")
    return Plan(
        text=place.child("text").text(limits.ENTRY_LENGTH),
        state=place.child("state").member(PlanState),
        since=place.child("since").time(),
        remedy=place.child("remedy").optional(lambda child: child.text(CHIP_LENGTH)),
        stage=place.child("stage").optional(lambda child: child.text(STAGE_ID_LENGTH)),
        topic=place.child("topic").optional(lambda child: child.text(TOPIC_LENGTH)),
        due=place.child("due").optional(Place.day),
    )


def _read_meaning(place: Place) -> Meaning:
    place.only("text", "topic")
    topic = place.child("topic").optional(lambda child: child.text(TOPIC_LENGTH))
    return Meaning(place.child("text").text(limits.ENTRY_LENGTH), topic)


def _read_checkin(place: Place) -> CheckIn:
    place.only("taken", "scores")
    scores = tuple(_read_stage_score(score) for score in place.child("scores").items(limits.STAGES))
    if not scores:
        raise place.child("scores").wrong("needs at least one score", Fault.EMPTY)
    _check_unique(place.child("scores"), "stage", [found.stage for found in scores])
    return CheckIn(place.child("taken").time(), scores)


def _read_stage_score(place: Place) -> StageScore:
    place.only("stage", "phase", "score")
    return StageScore(
        stage=place.child("stage").text(STAGE_ID_LENGTH),
        phase=place.child("phase").member(Phase),
        score=place.child("score").mean_score(),
    )


def _check_unique(place: Place, key: str, names: Sequence[str | None]) -> None:
    for number, name in enumerate(names):
        if name is not None and name in names[:number]:
            found = name if is_tellable(name) else ""
            raise BrokenDocument(
                f"{place.path}[{number}].{key}", f"{name!r} is there twice", Fault.TWICE, found=found
            )


def _read_cells(place: Place) -> frozenset[Cell]:
    return frozenset(place.each(CELLS, _read_cell))


def _read_cell(place: Place) -> Cell:
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
    evidence: list[JsonValue] = [*entry.evidence]
    return {
        "text": entry.text,
        "chip": entry.chip,
        "standing": entry.standing.value,
        **({"evidence": evidence} if evidence else {}),
    }


def _dump_plan(plan: Plan) -> JsonValue:
    return {
        "text": plan.text,
        "state": plan.state.value,
        "since": _dump_time(plan.since),
        "remedy": plan.remedy,
        "stage": plan.stage,
        "topic": plan.topic,
        **({"due": plan.due.isoformat()} if plan.due else {}),
    }


def _dump_checkin(found: CheckIn) -> JsonValue:
    scores: list[JsonValue] = [
        {"stage": one.stage, "phase": one.phase.value, "score": one.score} for one in found.scores
    ]
    return {"taken": _dump_time(found.taken), "scores": scores}


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
