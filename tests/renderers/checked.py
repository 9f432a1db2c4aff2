"""Maps with check-ins behind them."""

from dataclasses import replace
from datetime import timedelta

from journey.checkins import last_score, with_score
from journey.model import JourneyMap, Status
from tests.renderers.maps import NOW


def checked(journey_map: JourneyMap, months: int, *, passed_over: int = 0) -> JourneyMap:
    """Return the map that many check-ins later; every ``passed_over``-th question was passed over."""
    finished = replace(journey_map, status=Status.FINISHED, finished=NOW)
    asked = 0
    for month in range(1, months + 1):
        taken = NOW + timedelta(days=30 * month)
        for place, stage in enumerate(finished.stages):
            asked += 1
            if passed_over and asked % passed_over == 0:
                continue
            before = last_score(finished, taken, stage)
            moved = (3.0 if before is None else before) + ((month + place) % 4 - 1)
            finished = with_score(finished, taken, stage, max(1, min(5, int(moved + 0.5))))
    return finished
