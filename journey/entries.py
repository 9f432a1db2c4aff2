"""Change one thing that was said in a stage; all others keep their places, their chips and their standing."""

from dataclasses import dataclass, replace

from journey.limits import ENTRIES_PER_CELL, EVIDENCE_PER_ENTRY, FEELINGS_PER_STAGE
from journey.model import Cell, Element, Entry, Feeling, JourneyMap, Stage, Standing

Thing = Entry | Feeling


class NoRoom(ValueError):
    """The cell where something shall go holds as much as it can."""


class SaidAlready(ValueError):
    """The cell where something shall go holds the same words already."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a map: the stage, the element, and the place, counted from 0."""

    stage: str
    element: Element
    place: int

    @property
    def cell(self) -> Cell:
        """The question it answers."""
        return Cell(self.element, self.stage)


def most_in(element: Element) -> int:
    """Return how much fits into a cell of that element."""
    return FEELINGS_PER_STAGE if element is Element.FEELINGS else ENTRIES_PER_CELL


def things(stage: Stage, element: Element) -> tuple[Thing, ...]:
    """Return what was said for an element: entries, or feelings with their scores."""
    return stage.feelings if element is Element.FEELINGS else stage.entries(element)


def found_at(journey_map: JourneyMap, spot: Spot) -> Thing | None:
    """Return what stands there, None when there is nothing."""
    stage = journey_map.stage(spot.stage)
    there = things(stage, spot.element) if stage else ()
    return there[spot.place] if spot.place < len(there) else None


def without(journey_map: JourneyMap, spot: Spot) -> JourneyMap:
    """Return the map without what stands there."""
    stage = journey_map.stage(spot.stage)
    if stage is None:
        return journey_map
    kept = (one for place, one in enumerate(things(stage, spot.element)) if place != spot.place)
    return journey_map.with_stage(_holding(stage, spot.element, tuple(kept)))


def with_changed(journey_map: JourneyMap, spot: Spot, thing: Thing) -> JourneyMap:
    """Return the map in which something else stands there; raises SaidAlready when its neighbours say so."""
    stage = journey_map.stage(spot.stage)
    if stage is None:
        return journey_map
    there = things(stage, spot.element)
    if any(one.text == thing.text for place, one in enumerate(there) if place != spot.place):
        raise SaidAlready
    return _with_thing(journey_map, stage, spot, thing)


def with_shifted(journey_map: JourneyMap, spot: Spot, by: int) -> JourneyMap:
    """Return the map in which it stands ``by`` places further down in its cell, negative for up."""
    stage, thing = journey_map.stage(spot.stage), found_at(journey_map, spot)
    if stage is None or thing is None:
        return journey_map
    order = [one for place, one in enumerate(things(stage, spot.element)) if place != spot.place]
    order.insert(max(0, spot.place + by), thing)
    return journey_map.with_stage(_holding(stage, spot.element, tuple(order)))


def with_moved(journey_map: JourneyMap, spot: Spot, to: str) -> JourneyMap:
    """Return the map in which it stands last in the same cell of another stage, and nothing else changed.

    Raises NoRoom when that cell is full, SaidAlready when it holds the same words: nothing is merged.
    """
    thing, target = found_at(journey_map, spot), journey_map.stage(to)
    if thing is None or target is None or to == spot.stage:
        return journey_map
    there = things(target, spot.element)
    if any(one.text == thing.text for one in there):
        raise SaidAlready
    if len(there) >= most_in(spot.element):
        raise NoRoom
    moved = without(journey_map, spot).with_stage(_holding(target, spot.element, (*there, thing)))
    answered = Cell(spot.element, to)
    return replace(moved, skipped=moved.skipped - {answered}, accepted=moved.accepted - {answered})


def room_for_evidence(entry: Entry) -> int:
    """Return how many more pieces of evidence an entry takes."""
    return max(0, EVIDENCE_PER_ENTRY - len(entry.evidence))


def with_evidence(journey_map: JourneyMap, spot: Spot, pieces: tuple[str, ...]) -> JourneyMap:
    """Return the map in which the entry there is backed by further evidence; none for a feeling."""
    stage, entry = journey_map.stage(spot.stage), found_at(journey_map, spot)
    if stage is None or not isinstance(entry, Entry):
        return journey_map
    backed = replace(entry, standing=Standing.EVIDENCE, evidence=(*entry.evidence, *pieces))
    return _with_thing(journey_map, stage, spot, backed)


def without_evidence(journey_map: JourneyMap, spot: Spot, pieces: tuple[str, ...]) -> JourneyMap:
    """Return the map in which these pieces back the entry no more.

    Without any, it is a customer's word: that somebody showed it once, the owner still knows.
    """
    stage, entry = journey_map.stage(spot.stage), found_at(journey_map, spot)
    if stage is None or not isinstance(entry, Entry):
        return journey_map
    left = tuple(piece for piece in entry.evidence if piece not in pieces)
    standing = entry.standing if left else Standing.CUSTOMER
    return _with_thing(journey_map, stage, spot, replace(entry, standing=standing, evidence=left))


def _with_thing(journey_map: JourneyMap, stage: Stage, spot: Spot, thing: Thing) -> JourneyMap:
    there = things(stage, spot.element)
    changed = tuple(thing if place == spot.place else one for place, one in enumerate(there))
    return journey_map.with_stage(_holding(stage, spot.element, changed))


def _holding(stage: Stage, element: Element, held: tuple[Thing, ...]) -> Stage:
    if element is Element.FEELINGS:
        return replace(stage, feelings=tuple(one for one in held if isinstance(one, Feeling)))
    return stage.with_entries(element, (one for one in held if isinstance(one, Entry)))
