"""What a picture says in words, for those who cannot see it; short enough for Telegram's captions."""

from journey.model import Element, JourneyMap, Stage
from journey.trend import in_halves, trend_of
from renderers.figures import full_day, mean_label, with_tenth
from renderers.layout.curve import feeling_words, worst_and_best
from renderers.layout.preview import is_begun
from renderers.second import SecondCurve, curve_names
from renderers.words import PictureWords
from renderers.wrapping import ELLIPSIS

_ENDS = (".", "!", "?", "…", "؟", "。", "！", "？")
LONGEST = 1000
"""Characters; Telegram takes captions of 1024."""
_GAP = "–"


def for_cover(journey_map: JourneyMap, words: PictureWords, second: SecondCurve | None = None) -> str:
    """Return what the cover shows: title, persona, stages with feelings, the best and the worst moment."""
    return _short(" ".join([_summary(journey_map, words), *_beside(journey_map, second, words)]))


def for_map(journey_map: JourneyMap, words: PictureWords, second: SecondCurve | None = None) -> str:
    """Return what a picture of the whole map shows, stage by stage."""
    summary = " ".join([_summary(journey_map, words), *_beside(journey_map, second, words)])
    stages = [for_stage(journey_map, stage, words) for stage in journey_map.stages]
    return _short("\n".join([summary, *stages]))


def for_comparison(journey_map: JourneyMap, words: PictureWords, second: SecondCurve) -> str:
    """Return what a picture of before and after shows: both scores, what is solved, new and still there."""
    before, after = second.dates or ("", "")
    title = journey_map.title or words.heading
    told = [words.alternative_comparison.format(title=title, before=before, after=after)]
    scores = ", ".join(
        f"{stage.name} {_score(earlier)} → {_score(stage.score)}"
        for stage, earlier in zip(journey_map.stages, second.scores, strict=True)
    )
    told.append(f"{words.feelings}: {scores}.")
    found = second.comparison
    lists = (
        ((words.solved, found.solved), (words.new, found.new), (words.still, found.still)) if found else ()
    )
    for label, complaints in lists:
        listed = "; ".join(f"{change.name}: {entry.text}" for change, entry in complaints) or words.nothing
        told.append(_ended(f"{label} ({len(complaints)}): {listed}"))
    return _short("\n".join(told))


def for_trend(journey_map: JourneyMap, words: PictureWords) -> str:
    """Return what a picture of the trend shows: the days, the means, then the scores of each stage."""
    trend = trend_of(journey_map)
    told = [
        (line.stage.name, [_GAP if score is None else in_halves(score) for score in line.scores])
        for line in trend.lines
        if line.known
    ]
    days = [full_day(time, words) for time in trend.times] or [words.not_filled]
    return _short(
        words.alternative_trend.format(
            title=journey_map.title or words.heading,
            since=days[0],
            until=days[-1],
            mean=mean_label(trend, words),
            means=" → ".join(with_tenth(mean, words) for mean in trend.known_means) or words.not_filled,
            stages="; ".join(f"{name}: {' → '.join(scores)}" for name, scores in told) or words.not_filled,
        )
    )


def _score(score: float | None) -> str:
    return _GAP if score is None else f"{score:g}/5"


def for_stage(journey_map: JourneyMap, stage: Stage, words: PictureWords) -> str:
    """Return what the cards of a stage show."""
    parts = [
        _ended(f"{words.label(element)}: {'; '.join(entry.text for entry in entries)}")
        for element in Element
        if (entries := stage.entries(element))
    ]
    return _short(" ".join([_stage_line(journey_map, stage, stage.name, words), *parts]))


def for_further_card(journey_map: JourneyMap, stage: Stage, words: PictureWords) -> str:
    """Return what a further card of a stage is, whose first card told everything."""
    return _stage_line(journey_map, stage, f"{stage.name} ({words.continued})", words)


def _stage_line(journey_map: JourneyMap, stage: Stage, name: str, words: PictureWords) -> str:
    number = journey_map.stages.index(stage) + 1
    return words.alternative_stage.format(number=number, total=len(journey_map.stages), stage=name)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(_ENDS) else f"{sentence}."


def for_preview(journey_map: JourneyMap, words: PictureWords) -> str:
    """Return what the map holds so far."""
    begun = [stage for stage in journey_map.stages if is_begun(stage)]
    return _short(
        words.alternative_preview.format(
            title=journey_map.title or words.heading,
            done=len(begun),
            total=len(journey_map.stages),
            stages=_named(tuple(begun)) or words.not_filled,
        )
    )


def _summary(journey_map: JourneyMap, words: PictureWords) -> str:
    name = journey_map.persona.name
    whole = words.alternative_cover.format(
        title=journey_map.title or words.heading,
        persona=name.text if name else words.not_filled,
        count=len(journey_map.stages),
        stages=_named(journey_map.stages) or words.not_filled,
    )
    found = worst_and_best(journey_map.stages)
    if found is None:
        return whole
    worst, best = (journey_map.stages[place].name for place in found)
    return whole + " " + words.alternative_moments.format(best=best, worst=worst)


def _beside(journey_map: JourneyMap, second: SecondCurve | None, words: PictureWords) -> tuple[str, ...]:
    """Return what a second curve says, stage by stage, from 1 to 5."""
    if second is None:
        return ()
    _, name = curve_names(journey_map, second, words)
    stages = ", ".join(
        f"{stage.name} {score:g}/5"
        for stage, score in zip(journey_map.stages, second.scores, strict=True)
        if score is not None
    )
    return (words.alternative_second.format(curve=name, stages=stages),)


def _named(stages: tuple[Stage, ...]) -> str:
    return ", ".join(
        f"{stage.name} ({feeling_words(stage)})" if stage.feelings else stage.name for stage in stages
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + ELLIPSIS
