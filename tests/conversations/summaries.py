"""The line of a map in its owner's list, as the edge makes it."""

from conversations.events import MapSummary
from journey import gaps
from journey.model import JourneyMap
from journey.plans import planned
from journey.titles import title_of


def summary_of(journey_map: JourneyMap, *, archived: bool = False) -> MapSummary:
    """Return the map's line in the list, as the edge makes it."""
    gap = gaps.first_gap(journey_map)
    stage = journey_map.stage(gap.stage) if gap and gap.stage else None
    return MapSummary(
        id=journey_map.id,
        title=title_of(journey_map, untitled="?"),
        status=journey_map.status,
        changed=journey_map.changed,
        stage=stage.name if stage else None,
        stage_number=journey_map.stages.index(stage) + 1 if stage else 0,
        stage_count=len(journey_map.stages),
        finished=journey_map.finished,
        complete=gap is None,
        archived=archived,
        planned=planned(journey_map),
    )
