"""Change the stages of a map without losing what was said about them."""

from collections.abc import Iterable
from dataclasses import replace

from journey.knowledge import Knowledge
from journey.limits import ENTRIES_PER_CELL, FEELINGS_PER_STAGE, STAGES
from journey.model import Cell, Element, JourneyMap, Language, Stage
from journey.phases import Phase
from journey.presets import STAGES as PRESET_STAGES
from journey.presets import Preset
from journey.wording import plain


class TooManyStages(ValueError):
    """A map has at most eight stages."""


def has_content(stage: Stage) -> bool:
    """Tell whether anything was said about a stage."""
    return any(stage.entries(element) for element in Element)


def preset_stages(preset: Preset, knowledge: Knowledge, language: Language) -> tuple[Stage, ...]:
    """Return the empty stages of a framework, named in ``language``."""
    return tuple(
        Stage(
            id=f"s{place}",
            name=knowledge.stage_names[stage.id].say(language),
            phases=stage.phases,
            chip=stage.id,
        )
        for place, stage in enumerate(PRESET_STAGES[preset], start=1)
    )


def restaged(journey_map: JourneyMap, preset: Preset, stages: tuple[Stage, ...]) -> tuple[JourneyMap, int]:
    """Put a framework's stages in place of the map's, and return how many entries found no room.

    What was said moves to the stage that serves the old stage's canonical phase; every framework has one.
    """
    filled = {stage.id: stage for stage in stages}
    lost = 0
    for old in journey_map.stages:
        target = next((stage.id for stage in stages if old.phase in stage.phases), stages[-1].id)
        filled[target], dropped = _merged(filled[target], old)
        lost += dropped
    changed = replace(
        journey_map,
        preset=preset,
        stages=tuple(filled[stage.id] for stage in stages),
        skipped=_without_stages(journey_map.skipped),
        accepted=_without_stages(journey_map.accepted),
    )
    return changed, lost


def with_added(journey_map: JourneyMap, stage: Stage) -> JourneyMap:
    """Return the map with one more stage at the end; raises TooManyStages at eight."""
    if len(journey_map.stages) >= STAGES:
        raise TooManyStages
    return replace(journey_map, stages=(*journey_map.stages, stage), preset=None)


def without(journey_map: JourneyMap, stage_id: str) -> JourneyMap:
    """Return the map without a stage and all that was said about it."""
    return replace(
        journey_map,
        stages=tuple(stage for stage in journey_map.stages if stage.id != stage_id),
        skipped=frozenset(cell for cell in journey_map.skipped if cell.stage != stage_id),
        accepted=frozenset(cell for cell in journey_map.accepted if cell.stage != stage_id),
        preset=None,
    )


def moved(journey_map: JourneyMap, stage_id: str, by: int) -> JourneyMap:
    """Return the map with a stage moved ``by`` places, negative to the front; the ends are walls."""
    order = list(journey_map.stages)
    here = next(place for place, stage in enumerate(order) if stage.id == stage_id)
    there = min(max(here + by, 0), len(order) - 1)
    if there == here:
        return journey_map
    order.insert(there, order.pop(here))
    return replace(journey_map, stages=tuple(order), preset=None)


def renamed(journey_map: JourneyMap, stage_id: str, name: str) -> JourneyMap:
    """Return the map with a stage called otherwise; its phases and what was said stay."""
    stage = journey_map.stage(stage_id)
    if stage is None or stage.name == name:
        return journey_map
    return journey_map.with_stage(replace(stage, name=name, chip=None))


def free_stage_id(journey_map: JourneyMap) -> str:
    """Return an id that no stage of the map has."""
    taken = {stage.id for stage in journey_map.stages}
    return next(name for place in range(1, STAGES + 2) if (name := f"s{place}") not in taken)


def guess_phase(name: str, knowledge: Knowledge) -> Phase | None:
    """Return the phase that a stage's name shares a word with, or None."""
    words = set(plain(name).split())
    for stages in PRESET_STAGES.values():
        for stage in stages:
            named = knowledge.stage_names[stage.id]
            if words & set(plain(f"{named.id} {named.en}").split()):
                return stage.phases[0]
    for phase, facts in knowledge.phases.items():
        if words & set(plain(f"{phase} {facts.name.id} {facts.name.en}").split()):
            return phase
    return next((phase for phase, facts in knowledge.phases.items() if words & facts.words), None)


def _merged(stage: Stage, old: Stage) -> tuple[Stage, int]:
    dropped = 0
    for element in Element:
        if element is Element.FEELINGS:
            feelings = tuple(dict.fromkeys((*stage.feelings, *old.feelings)))
            dropped += max(0, len(feelings) - FEELINGS_PER_STAGE)
            stage = replace(stage, feelings=feelings[:FEELINGS_PER_STAGE])
        else:
            entries = tuple(dict.fromkeys((*stage.entries(element), *old.entries(element))))
            dropped += max(0, len(entries) - ENTRIES_PER_CELL)
            stage = stage.with_entries(element, entries[:ENTRIES_PER_CELL])
    return stage, dropped


def _without_stages(cells: Iterable[Cell]) -> frozenset[Cell]:
    return frozenset(cell for cell in cells if cell.stage is None)
