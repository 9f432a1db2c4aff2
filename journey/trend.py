"""How feelings moved over the check-ins: a line for each stage of today, and one for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from journey.checkins import at_finish
from journey.model import CheckIn, JourneyMap, Stage, StageScore


@dataclass(frozen=True, slots=True)
class Line:
    """The scores of one stage, 1.0 to 5.0, one for each time; None where nobody said."""

    stage: Stage
    scores: tuple[float | None, ...]

    @property
    def known(self) -> tuple[float, ...]:
        """The scores without the gaps."""
        return tuple(score for score in self.scores if score is not None)

    @property
    def change(self) -> float | None:
        """How far the last known score is above the first, None with fewer than two."""
        return self.known[-1] - self.known[0] if len(self.known) > 1 else None


@dataclass(frozen=True, slots=True)
class Trend:
    """All lines over the same ``times``, the earliest first.

    All means are over the same stages, so that they can be compared: those known when the first score was, a
    stage that was passed over with its last known one, as leaving out a bad stage makes nothing better. A
    stage that came later has a line, but no part in the means. A mean is None as long as nothing is known.
    """

    times: tuple[datetime, ...]
    means: tuple[float | None, ...]
    lines: tuple[Line, ...]

    @property
    def averaged(self) -> tuple[Line, ...]:
        """The lines that the means are over."""
        return _known_from_the_start(self.lines)

    @property
    def known_means(self) -> tuple[float, ...]:
        """The means without what lies before the first of them."""
        return tuple(mean for mean in self.means if mean is not None)

    @property
    def change(self) -> float | None:
        """How far the last mean is above the first, None with fewer than two."""
        return self.known_means[-1] - self.known_means[0] if len(self.known_means) > 1 else None

    @property
    def rose_most(self) -> Line | None:
        """The stage that got better most, the earlier of equals; None when none did."""
        return max(self._moved(1), key=lambda found: found.change or 0, default=None)

    @property
    def fell_most(self) -> Line | None:
        """The stage that got worse most, the earlier of equals; None when none did."""
        return min(self._moved(-1), key=lambda found: found.change or 0, default=None)

    def _moved(self, direction: int) -> list[Line]:
        return [line for line in self.lines if line.change and line.change * direction > 0]


def trend_of(journey_map: JourneyMap) -> Trend:
    """Return how the stages of a map moved; before any check-in, what was felt at its finish alone.

    A stage is found again by its id and phase, else as the only one of its phase that is left: renamed, moved
    or in another framework it keeps its line, one that came later has gaps before.
    """
    first = at_finish(journey_map)
    taken = journey_map.checkins or ((first,) if first else ())
    ordered = sorted(taken, key=lambda found: found.taken)
    columns = [_scores(found, journey_map.stages) for found in ordered]
    lines = tuple(
        Line(stage, tuple(column[place] for column in columns))
        for place, stage in enumerate(journey_map.stages)
    )
    return Trend(tuple(found.taken for found in ordered), tuple(_means(lines, len(ordered))), lines)


def in_halves(score: float) -> str:
    """Return a score as people write it: 3, or 3½."""
    return f"{int(score)}½" if score % 1 else str(int(score))


def _scores(found: CheckIn, stages: Sequence[Stage]) -> list[float | None]:
    """Return the scores of a check-in for the stages of today."""
    exact = {(one.stage, one.phase): one for one in found.scores}
    matched = {stage.id: exact.get((stage.id, stage.phase)) for stage in stages}
    left = [one for one in found.scores if one not in matched.values()]
    missing = [stage for stage in stages if matched[stage.id] is None]
    for stage in missing:
        matched[stage.id] = _only_one(stage, missing, left)
    scores = (matched[stage.id] for stage in stages)
    return [one.score if one else None for one in scores]


def _only_one(stage: Stage, missing: Iterable[Stage], left: Iterable[StageScore]) -> StageScore | None:
    rivals = [one for one in missing if one.phase is stage.phase]
    fitting = [one for one in left if one.phase is stage.phase]
    return fitting[0] if len(rivals) == len(fitting) == 1 else None


def _known_from_the_start(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with a score at the first time that any of them has one."""
    known = (place for line in lines for place, score in enumerate(line.scores) if score is not None)
    first = min(known, default=None)
    return () if first is None else tuple(line for line in lines if line.scores[first] is not None)


def _means(lines: Sequence[Line], count: int) -> Iterable[float | None]:
    averaged, known = _known_from_the_start(lines), dict[str, float]()
    for place in range(count):
        known |= {line.stage.id: score for line in averaged if (score := line.scores[place]) is not None}
        yield sum(known.values()) / len(known) if known else None
