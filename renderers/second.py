"""A second curve beside a map's own: the same stages as they were, as wanted, or as others see them."""

from dataclasses import dataclass
from enum import StrEnum

from journey.compare import Comparison, compare
from journey.model import JourneyMap, Stage
from renderers.words import PictureWords


class Against(StrEnum):
    """What a map is compared with."""

    BEFORE = "before"
    WANTED = "wanted"
    PERSONA = "persona"
    CUSTOMERS = "customers"


@dataclass(frozen=True, slots=True)
class SecondCurve:
    """The scores of another view, 1.0 to 5.0, one for each stage of the map in its order; None is unknown.

    ``name`` says whose view it is when it is another persona's, ``answers`` how many customers answered.
    ``dates`` say of when the second curve and the map's own are, ``comparison`` what changed between them.
    """

    against: Against
    scores: tuple[float | None, ...]
    name: str = ""
    answers: int = 0
    dates: tuple[str, str] | None = None
    comparison: Comparison | None = None


def before_and_after(before: JourneyMap, after: JourneyMap, dates: tuple[str, str]) -> SecondCurve:
    """Return the scores of an earlier version for the stages of the later one, with all that changed."""
    comparison = compare(before, after)
    scores = tuple(
        change.before.score if change.before else None for change in comparison.stages if change.after
    )
    return SecondCurve(Against.BEFORE, scores, dates=dates, comparison=comparison)


def second_curve(
    journey_map: JourneyMap, other: JourneyMap, against: Against, *, answers: int = 0
) -> SecondCurve:
    """Return the scores of another map for the stages of this one.

    A stage is found again by its id and name, else by its name alone, else by its canonical phase.
    """
    scores = tuple(_score(stage, other.stages) for stage in journey_map.stages)
    name = other.persona.name.text if other.persona.name else ""
    return SecondCurve(against, scores, name, answers)


def curve_names(journey_map: JourneyMap, second: SecondCurve, words: PictureWords) -> tuple[str, str]:
    """Return what the legend calls the map's own curve and the second one."""
    if second.dates is not None:
        before, after = second.dates
        return f"{words.after} · {after}", f"{words.before} · {before}"
    match second.against:
        case Against.BEFORE:
            return words.curve_now, words.curve_before
        case Against.WANTED:
            return words.curve_now, words.curve_wanted
        case Against.PERSONA:
            own = journey_map.persona.name
            return own.text if own else words.curve_now, second.name or words.persona
        case Against.CUSTOMERS:
            return words.curve_shop, words.curve_customers.format(count=second.answers)


def _score(stage: Stage, others: tuple[Stage, ...]) -> float | None:
    found = next(
        (
            other
            for likeness in (_same_stage, _same_name, _same_phase)
            for other in others
            if likeness(stage, other)
        ),
        None,
    )
    return found.score if found else None


def _same_stage(stage: Stage, other: Stage) -> bool:
    return stage.id == other.id and _same_name(stage, other)


def _same_name(stage: Stage, other: Stage) -> bool:
    return stage.name.casefold() == other.name.casefold()


def _same_phase(stage: Stage, other: Stage) -> bool:
    return stage.phase is other.phase
