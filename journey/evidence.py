"""What backs the entries of a map, as far as the map knows: ids that mean something to its owner only."""

from dataclasses import replace

from journey.model import Element, Entry, JourneyMap, PersonaField, Stage


def without_pieces(journey_map: JourneyMap) -> JourneyMap:
    """Return the map as everybody else may have it: it says that there is evidence, and not which."""
    persona = journey_map.persona
    for field in PersonaField:
        persona = persona.with_field(field, _entry(persona.field(field)))
    return replace(
        journey_map,
        goal=_entry(journey_map.goal),
        persona=persona,
        stages=tuple(_stage(stage) for stage in journey_map.stages),
    )


def _stage(stage: Stage) -> Stage:
    for element in Element:
        if element is not Element.FEELINGS:
            stage = stage.with_entries(
                element, (replace(entry, evidence=()) for entry in stage.entries(element))
            )
    return stage


def _entry(entry: Entry | None) -> Entry | None:
    return replace(entry, evidence=()) if entry else None
