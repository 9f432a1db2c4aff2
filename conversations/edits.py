"""Write one answer into a map; nothing else of the map changes."""

from dataclasses import replace

from conversations.interview import ELEMENT_STEPS, PERSONA_STEPS
from conversations.steps import StepId
from journey import gaps
from journey.limits import ENTRIES_PER_CELL, FEELINGS_PER_STAGE
from journey.model import Business, Cell, Element, Entry, Feeling, JourneyMap, Speed


class CellFull(ValueError):
    """No further entry fits into the cell."""

    def __init__(self, most: int) -> None:
        """Say how many fit."""
        super().__init__(f"at most {most} fit")
        self.most = most


def with_line(journey_map: JourneyMap, cell: Cell, entry: Entry) -> JourneyMap:
    """Return the map with one line said: the shop's name, the goal, the title or a field of the persona."""
    step = StepId(cell.step)
    if step in PERSONA_STEPS:
        persona = journey_map.persona.with_field(PERSONA_STEPS[step], entry)
        return _answered(replace(journey_map, persona=persona), cell)
    if step is StepId.SHOP_NAME:
        shop = replace(journey_map.shop, name=entry.text)
        return _answered(replace(journey_map, shop=shop), cell)
    if step is StepId.GOAL:
        return _answered(replace(journey_map, goal=entry), cell)
    if step is StepId.TITLE:
        return replace(journey_map, title=entry.text)
    raise ValueError(f"{step} is no line of the map")


def without_line(journey_map: JourneyMap, cell: Cell) -> JourneyMap:
    """Return the map in which a line says nothing; it counts as put off, so it is offered once more."""
    step = StepId(cell.step)
    if step in PERSONA_STEPS:
        emptied = journey_map.persona.with_field(PERSONA_STEPS[step], None)
        return skipped(replace(journey_map, persona=emptied), cell)
    if step is StepId.GOAL:
        return skipped(replace(journey_map, goal=None), cell)
    if step is StepId.TITLE:
        return replace(journey_map, title=None)
    raise ValueError(f"{step} always says something")


def with_business(journey_map: JourneyMap, business: Business) -> JourneyMap:
    """Return the map of a shop in that line of business."""
    return replace(journey_map, shop=replace(journey_map.shop, business=business))


def with_speed(journey_map: JourneyMap, speed: Speed) -> JourneyMap:
    """Return the map asked at another speed; gaps accepted before are asked about again."""
    if journey_map.speed is speed:
        return journey_map
    return replace(journey_map, speed=speed, accepted=frozenset(), skipped=frozenset())


def with_entry(journey_map: JourneyMap, cell: Cell, entry: Entry) -> JourneyMap:
    """Return the map with one more entry in a cell; raises CellFull, changes nothing if it is there."""
    stage = journey_map.stage(cell.stage or "")
    if stage is None:
        raise ValueError(f"no stage {cell.stage}")
    element = ELEMENT_STEPS[StepId(cell.step)]
    entries = stage.entries(element)
    if any(found.text == entry.text for found in entries):
        return _answered(journey_map, cell)
    if len(entries) >= ENTRIES_PER_CELL:
        raise CellFull(ENTRIES_PER_CELL)
    return _answered(journey_map.with_stage(stage.with_entries(element, (*entries, entry))), cell)


def without_texts(journey_map: JourneyMap, cell: Cell, texts: tuple[str, ...]) -> JourneyMap:
    """Return the map without the entries of these words in a cell."""
    stage = journey_map.stage(cell.stage or "")
    if stage is None:
        return journey_map
    element = ELEMENT_STEPS[StepId(cell.step)]
    if element is Element.FEELINGS:
        kept = tuple(feeling for feeling in stage.feelings if feeling.text not in texts)
        return journey_map.with_stage(replace(stage, feelings=kept))
    entries = (entry for entry in stage.entries(element) if entry.text not in texts)
    return journey_map.with_stage(stage.with_entries(element, entries))


def with_feeling(journey_map: JourneyMap, stage_id: str, feeling: Feeling) -> JourneyMap:
    """Return the map with one more feeling in a stage; raises CellFull at the third."""
    stage = journey_map.stage(stage_id)
    if stage is None:
        raise ValueError(f"no stage {stage_id}")
    cell = Cell(StepId.FEELINGS, stage_id)
    if any(found.text == feeling.text for found in stage.feelings):
        return _answered(journey_map, cell)
    if len(stage.feelings) >= FEELINGS_PER_STAGE:
        raise CellFull(FEELINGS_PER_STAGE)
    changed = replace(stage, feelings=(*stage.feelings, feeling))
    return _answered(journey_map.with_stage(changed), cell)


def skipped(journey_map: JourneyMap, cell: Cell) -> JourneyMap:
    """Return the map with a question put off; one that has an answer keeps it."""
    if gaps.is_answered(journey_map, cell):
        return journey_map
    return replace(journey_map, skipped=journey_map.skipped | {cell})


def accepting_gaps(journey_map: JourneyMap) -> JourneyMap:
    """Return the map whose owner is content with every gap it has."""
    return replace(journey_map, accepted=journey_map.accepted | set(gaps.gaps(journey_map)))


def _answered(journey_map: JourneyMap, cell: Cell) -> JourneyMap:
    return replace(journey_map, skipped=journey_map.skipped - {cell}, accepted=journey_map.accepted - {cell})
