"""What an owner can do about the complaints of a map, the most worthwhile first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from journey.knowledge import Chip, Cost, Effort, Knowledge, Remedy
from journey.limits import HIGHEST_SCORE, LOWEST_SCORE
from journey.matching import SHARE_OF_BEST, Match, Matcher
from journey.meanings import is_unclear, matches_of
from journey.model import (
    Business,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    PlanState,
    Stage,
    Standing,
)
from journey.nearness import Complaint, nearness, spread
from journey.phases import AFTER_SALE, Phase

ACTIONS_A_WEEK = 3
"""More than three at once get shelved."""

_UNKNOWN_FEELING = 2.5  # a stage with a complaint but without a feeling: somewhat unhappy
_BAD, _OFTEN, _LATE, _EASY = 0.25, 0.15, 0.12, 0.14  # how bad, how often, how late, how easy
_NEAR, _SURE, _FITS = (
    0.22,
    0.08,
    0.025,
)  # how near to the words, sure of the topic, made for this shop or stage
_OFTEN_ENOUGH = 4  # naming a topic more often than that adds nothing
_BEYOND_A_GUESS = 2  # what a customer said or evidence shows counts as two guesses
_QUICKNESS = {Effort.QUARTER_HOUR: 1.0, Effort.HOUR: 0.8, Effort.DAY: 0.4, Effort.WEEK: 0.1}
_CHEAPNESS = {Cost.FREE: 1.0, Cost.CHEAP: 0.85, Cost.MODERATE: 0.5}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A remedy for a complaint of the map, ``pain`` in the map's words; ``score`` 0 to 1: how worthwhile.

    ``state`` is what the owner decided about it, None for nothing yet; ``feeling`` is the worst one of the
    complaint's stage, None where the owner named none.
    """

    remedy: Remedy
    stage_id: str
    pain: str
    topic: str
    score: float
    state: PlanState | None = None
    feeling: Feeling | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A complaint of the map that nothing in the knowledge fits."""

    stage_id: str
    pain: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A complaint of the map of which we aren't sure what it is about: the likely topics, best first."""

    stage_id: str
    pain: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """All that can be said about a map's complaints: suggestions, best first, and what stayed unanswered.

    What the owner ``declined`` is suggested no more. Nothing is suggested for what is ``unclear``, each text
    once, until the owner has said what was meant.
    """

    suggestions: tuple[Suggestion, ...]
    unanswered: tuple[Unanswered, ...]
    declined: tuple[Suggestion, ...] = ()
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True, slots=True)
class _Finding:
    """A complaint, where it was said and the topic it is about; ``phase`` is the one it belongs to."""

    stage: Stage
    pain: Entry
    topic: str
    phase: Phase
    sure: float


def suggest(journey_map: JourneyMap, knowledge: Knowledge, matcher: Matcher, language: Language) -> Advice:
    """Return the remedies for every complaint of the map, no advice twice, and the complaints without any.

    ``language`` is the one the words of chips are quoted in; typed words are never translated.
    """
    business = journey_map.shop.business
    findings: list[_Finding] = []
    unanswered: list[Unanswered] = []
    unclear: dict[str, Unclear] = {}
    for stage in journey_map.stages:
        for pain in stage.pains:
            matches = matches_of(pain, stage, journey_map, knowledge, matcher)
            if is_unclear(matches):
                topics = tuple(match.topic for match in matches)
                unclear.setdefault(pain.text, Unclear(stage.id, pain.text, topics))
                continue
            found = list(_findings(stage, pain, matches, knowledge))
            findings += found
            if not any(_remedies(finding, knowledge, business) for finding in found):
                unanswered.append(Unanswered(stage.id, _words(pain, knowledge, language)))
    often = _how_often(findings)
    known = spread(knowledge.remedies, _ready_complaints(knowledge))
    decided = {plan.remedy: plan.state for plan in journey_map.plans}
    best: dict[str, Suggestion] = {}
    for finding in findings:
        remedies = _remedies(finding, knowledge, business)
        near = nearness(finding.pain.text, remedies, known)
        for remedy in remedies:
            score = _score(finding, remedy, often=often[finding.topic], near=near[remedy.id])
            state = decided.get(remedy.id)
            rival = best.get(remedy.gist)
            if rival is None or (state is not None, score) > (rival.state is not None, rival.score):
                best[remedy.gist] = Suggestion(
                    remedy,
                    finding.stage.id,
                    _words(finding.pain, knowledge, language),
                    finding.topic,
                    score,
                    state,
                    _worst_feeling(finding.stage, knowledge, language),
                )
    ranked = sorted(best.values(), key=lambda suggestion: -suggestion.score)
    declined = tuple(found for found in ranked if found.state is PlanState.DECLINED)
    wanted = tuple(found for found in ranked if found.state is not PlanState.DECLINED)
    return Advice(wanted, tuple(unanswered), declined, tuple(unclear.values()))


def this_week(suggestions: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """Return the first few to do, of different topics as long as there are any, in ranked order."""
    suggestions = tuple(found for found in suggestions if found.state is not PlanState.DONE)
    topics: set[str] = set()
    first: list[Suggestion] = []
    for suggestion in suggestions:
        if suggestion.topic not in topics:
            topics.add(suggestion.topic)
            first.append(suggestion)
    others = [suggestion for suggestion in suggestions if suggestion not in first]
    chosen = (first + others)[:ACTIONS_A_WEEK]
    return tuple(suggestion for suggestion in suggestions if suggestion in chosen)


def _findings(
    stage: Stage, pain: Entry, matches: tuple[Match, ...], knowledge: Knowledge
) -> Iterator[_Finding]:
    """Yield the topics that a complaint is clearly about."""
    chip = _chip(pain, knowledge)
    for match in matches:
        if match.score >= SHARE_OF_BEST * matches[0].score:
            yield _Finding(stage, pain, match.topic, _phase(stage, match.topic, chip, knowledge), match.score)


def _phase(stage: Stage, topic: str, chip: Chip | None, knowledge: Knowledge) -> Phase:
    """Return the phase of a stage that a complaint belongs to: its chip's, its topic's, or the first."""
    likely = (chip.phase if chip else None, knowledge.topics[topic].usual_phase)
    return next((phase for phase in likely if phase in stage.phases), stage.phase)


def _how_often(findings: Iterable[_Finding]) -> Mapping[str, int]:
    """Return how often each topic was named: every entry counts, and every further stage it comes up in."""
    entries: Counter[str] = Counter()
    stages: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        entries[finding.topic] += 1 if finding.pain.standing is Standing.GUESS else _BEYOND_A_GUESS
        stages[finding.topic].add(finding.stage.id)
    return {topic: said + len(stages[topic]) - 1 for topic, said in entries.items()}


def _remedies(finding: _Finding, knowledge: Knowledge, business: Business | None) -> list[Remedy]:
    """Return the remedies of a topic that fit the stage and the line of business."""
    return [
        remedy
        for remedy in knowledge.remedies
        if remedy.topic == finding.topic and remedy.fits(finding.stage.phases, business)
    ]


def _ready_complaints(knowledge: Knowledge) -> Iterator[Complaint]:
    """Yield the topic and the words of every complaint to tap, in both languages."""
    for chip in knowledge.chips[Element.PAINS]:
        if chip.topic is not None:
            yield from ((chip.topic, chip.text.say(language)) for language in Language)


def _chip(pain: Entry, knowledge: Knowledge) -> Chip | None:
    return next((chip for chip in knowledge.chips[Element.PAINS] if chip.id == pain.chip), None)


def _words(pain: Entry, knowledge: Knowledge, language: Language) -> str:
    chip = _chip(pain, knowledge)
    return pain.text if chip is None else chip.text.say(language)


def _worst_feeling(stage: Stage, knowledge: Knowledge, language: Language) -> Feeling | None:
    """Return the lowest feeling of a stage in the language, None without any."""
    if not stage.feelings:
        return None
    worst = min(stage.feelings, key=lambda feeling: feeling.score)
    chip = next((chip for chip in knowledge.feelings if chip.id == worst.chip), None)
    return worst if chip is None else replace(worst, text=chip.text.say(language))


def _score(finding: _Finding, remedy: Remedy, *, often: int, near: float) -> float:
    """Return how worthwhile a remedy is, 0 to 1."""
    stage = finding.stage
    feeling = _UNKNOWN_FEELING if stage.score is None else stage.score
    weighed = (
        _BAD * (HIGHEST_SCORE - feeling) / (HIGHEST_SCORE - LOWEST_SCORE)
        + _OFTEN * min(often, _OFTEN_ENOUGH) / _OFTEN_ENOUGH
        + _LATE * (finding.phase in AFTER_SALE)  # a disappointed buyer is riskier than none (seed 001)
        + _EASY * _QUICKNESS[remedy.effort] * _CHEAPNESS[remedy.cost]
        + _NEAR * near
        + _FITS * _made_for_it(remedy)
        + _SURE * finding.sure
    )
    return round(weighed, 4)


def _made_for_it(remedy: Remedy) -> float:
    """Return how much a remedy that fits is made for this very shop or stage, 0 to 1."""
    if remedy.phases:
        return 1.0
    return 1 / len(remedy.businesses) if remedy.businesses else 0.0
