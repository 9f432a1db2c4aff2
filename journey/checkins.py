"""Check-ins written into a map, one score at a time, with what was felt at its finish before them."""

from dataclasses import replace
from datetime import datetime

from journey.limits import CHECK_INS
from journey.model import CheckIn, JourneyMap, Stage, StageScore


def latest(journey_map: JourneyMap) -> CheckIn | None:
    """Return the check-in taken last, None without any."""
    return max(journey_map.checkins, key=lambda found: found.taken, default=None)


def at_finish(journey_map: JourneyMap) -> CheckIn | None:
    """Return the map's own feelings as what was felt when it was finished, None where none are known."""
    scores = tuple(
        StageScore(stage.id, stage.phase, stage.score)
        for stage in journey_map.stages
        if stage.score is not None
    )
    return CheckIn(journey_map.finished, scores) if journey_map.finished and scores else None


def with_score(journey_map: JourneyMap, taken: datetime, stage: Stage, score: float) -> JourneyMap:
    """Return the map with a stage's score in the check-in of that time, in the place of an earlier one.

    Before the first check-in comes what was felt at the finish: later the map may be finished again, with
    feelings that nobody has looked at since. Of more than 24 the oldest goes.
    """
    known = journey_map.checkins
    if not known and (first := at_finish(journey_map)):
        known = (first,)
    begun = next((found for found in known if found.taken == taken), CheckIn(taken, ()))
    there = {one.id for one in journey_map.stages} - {stage.id}
    kept = tuple(one for one in begun.scores if one.stage in there)
    changed = CheckIn(taken, (*kept, StageScore(stage.id, stage.phase, score)))
    others = (found for found in known if found.taken != taken)
    ordered = sorted((*others, changed), key=lambda found: found.taken)
    return replace(journey_map, checkins=tuple(ordered[-CHECK_INS:]))


def score_at(journey_map: JourneyMap, taken: datetime, stage: Stage) -> float | None:
    """Return a stage's score in the check-in of that time, None when it has none."""
    found = next((one for one in journey_map.checkins if one.taken == taken), None)
    return _score(found, stage) if found else None


def last_score(journey_map: JourneyMap, before: datetime, stage: Stage) -> float | None:
    """Return how customers felt in a stage the last time before that one; None where nobody knows.

    Where no check-in says it, the map's own feelings do.
    """
    earlier = sorted(
        (found for found in journey_map.checkins if found.taken < before), key=lambda found: found.taken
    )
    for found in reversed(earlier):
        if (score := _score(found, stage)) is not None:
            return score
    return stage.score


def _score(found: CheckIn, stage: Stage) -> float | None:
    return next(
        (one.score for one in found.scores if (one.stage, one.phase) == (stage.id, stage.phase)), None
    )
