"""A map from a file becomes an owner's own: what it says stays, what would trip the chat is set right."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from journey.gaps import gaps
from journey.model import Cell, CheckIn, JourneyMap, StageScore, Status

_SAFE_STAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")
"""A stage's id travels in buttons, which have few bytes and a point between their parts."""


def adopted(journey_map: JourneyMap, *, id: str, now: datetime) -> JourneyMap:
    """Return the map under an id of its own; one that this product wrote is otherwise equal.

    Of others', stages whose ids a button can't carry get new ones, times to come are now, check-ins are one
    at a time and in their order, a finished map accepts its gaps, and one without stages is open again.
    """
    safe = _with_safe_stage_ids(journey_map)
    own = replace(
        safe,
        id=id,
        created=min(journey_map.created, now),
        changed=min(journey_map.changed, now),
        finished=min(journey_map.finished, now) if journey_map.finished else None,
        checkins=_taken_by(now, safe.checkins),
    )
    if own.status is not Status.FINISHED:
        return own
    if not own.stages:
        return replace(own, status=Status.OPEN)
    return replace(own, finished=own.finished or own.changed, accepted=own.accepted | set(gaps(own)))


def _taken_by(now: datetime, checkins: Sequence[CheckIn]) -> tuple[CheckIn, ...]:
    """Return the check-ins in their order, none after now; of several at one time the latest.

    A check-in is known by its time: the next score of today would take the place of all those of today.
    """
    ordered = sorted(checkins, key=lambda found: found.taken)
    by_time = {min(found.taken, now): found for found in ordered}
    return tuple(replace(found, taken=taken) for taken, found in by_time.items())


def _with_safe_stage_ids(journey_map: JourneyMap) -> JourneyMap:
    """Return the map with stage ids that fit a button, named alike wherever a stage is spoken of."""
    ids = [stage.id for stage in journey_map.stages]
    checked = {one.stage for found in journey_map.checkins for one in found.scores}
    renamed: dict[str, str] = {}
    for old in ids:
        if not _SAFE_STAGE_ID.fullmatch(old):
            taken = {*ids, *checked, *renamed.values()}
            numbered = (f"s{number}" for number in range(1, len(taken) + 2))
            renamed[old] = next(name for name in numbered if name not in taken)
    if not renamed:
        return journey_map

    def cells(found: frozenset[Cell]) -> frozenset[Cell]:
        return frozenset(Cell(cell.step, renamed.get(cell.stage or "", cell.stage)) for cell in found)

    def scores(found: CheckIn) -> tuple[StageScore, ...]:
        return tuple(replace(one, stage=renamed.get(one.stage, one.stage)) for one in found.scores)

    return replace(
        journey_map,
        stages=tuple(replace(stage, id=renamed.get(stage.id, stage.id)) for stage in journey_map.stages),
        skipped=cells(journey_map.skipped),
        accepted=cells(journey_map.accepted),
        plans=tuple(
            replace(plan, stage=renamed.get(plan.stage or "", plan.stage)) for plan in journey_map.plans
        ),
        checkins=tuple(replace(found, scores=scores(found)) for found in journey_map.checkins),
    )
