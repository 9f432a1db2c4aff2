"""An owner's own words → the topics they complain about, without a model to download.

A text is read into features (``journey.features``), and weights learned from the trade's own phrases
(``journey.weights``) say how much each speaks for every topic, and for "this is no complaint". Where in the
journey it was said tips the scales between topics that are close; it never makes a complaint of small talk.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journey.features import views
from journey.knowledge import Knowledge
from journey.model import Business, Element
from journey.phases import AFTER_SALE, Phase
from journey.vocabulary import Reader, Vocabulary
from journey.weights import Weights

MOST_TOPICS = 3
"""A complaint rarely names more; what follows is noise."""
LEAST_SCORE = 0.34
"""A text whose best topic scores lower is about nothing we know."""
SURE_SCORE = 0.55
"""From here on we speak as if we had understood; below, we ask which of the topics was meant."""
SHARE_OF_BEST = 0.45
"""Advice follows a further topic only when its score is at least this part of the best one's."""

NOTHING_WEIGHS = 2.0
"""How much "no complaint" counts against a topic: twice refuses the most nonsense for 3 % of complaints."""
_CLAUSE_WEIGHT = 0.9
_FALL = 0.25  # a second topic that is 0.18 behind is right in half of the judged sentences
_SAME_PHASE, _OTHER_SIDE_OF_SALE = 0.15, -0.1
_OWN_BUSINESS = 0.05
_TOUCHPOINT = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that fits, with how sure we are, 0 to 1: about this share of such matches is right."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where something was said: the phases of the stage, its touchpoints, and the line of business."""

    phases: tuple[Phase, ...] = ()
    touchpoints: tuple[str, ...] = ()
    business: Business | None = None


ANYWHERE = Whereabouts()


class Matcher:
    """Knows which topics an owner's words are about; loaded once, then only asked. Deterministic."""

    def __init__(self, weights: Weights, vocabulary: Vocabulary, knowledge: Knowledge) -> None:
        self._weights = weights
        self._reader = Reader(vocabulary)
        self._usual_phases = {name: topic.usual_phase for name, topic in knowledge.topics.items()}
        self._of_business = _topics_by_business(knowledge)

    def topics_of(self, text: str, where: Whereabouts = ANYWHERE) -> tuple[Match, ...]:
        """Return up to three topics ``text`` may be about, surest first; empty when nothing fits."""
        clauses = self._reader.clauses(text)
        whole = [word for clause in clauses for word in clause]
        parts = [(1.0, whole), *((_CLAUSE_WEIGHT, clause) for clause in clauses if len(clauses) > 1)]
        read = [(weight, margins) for weight, words in parts if (margins := self._margins(words))]
        best = max((weight * self._score(max(margins.values())) for weight, margins in read), default=0.0)
        if best < LEAST_SCORE:
            return ()
        leanings = self._leanings(where)
        found = [(weight, self._scores(margins, leanings)) for weight, margins in read]
        fitting = [
            Match(topic, round(max(weight * scores[topic] for weight, scores in found), 3))
            for topic in self._weights.topics
        ]
        ranked = sorted(fitting, key=lambda match: (-match.score, match.topic))[:MOST_TOPICS]
        return tuple(match for match in ranked if match.score)

    def _margins(self, words: Sequence[str]) -> dict[str, float]:
        """Return how far every topic is ahead of "no complaint"; empty for words all unknown."""
        found = views(words, self._reader)
        if not any(self._weights.rarities[bucket] for view in found for bucket in view):
            return {}
        *values, nothing = self._weights.values(found)
        return {
            topic: value - NOTHING_WEIGHS * nothing
            for topic, value in zip(self._weights.topics, values, strict=True)
        }

    def _scores(self, margins: Mapping[str, float], leanings: Mapping[str, float]) -> dict[str, float]:
        """Return a score per topic; the further behind the best one, the less is left of a topic's own."""
        leaning = {topic: margin + leanings[topic] for topic, margin in margins.items()}
        best = max(leaning.values())
        return {
            topic: self._score(margin) * math.exp((margin - best) / _FALL)
            for topic, margin in leaning.items()
        }

    def _score(self, margin: float) -> float:
        scale = self._weights.scale
        return 1 / (1 + math.exp(-(scale.slope * margin + scale.offset)))

    def _leanings(self, where: Whereabouts) -> dict[str, float]:
        """Return how much the place speaks for each topic, in the unit of the margins."""
        touchpoints = [
            word for clause in self._reader.clauses(". ".join(where.touchpoints)) for word in clause
        ]
        near = self._nearness(touchpoints)
        return {
            topic: _SAME_PHASE * (usual in where.phases)
            + _OTHER_SIDE_OF_SALE * _on_the_other_side(usual, where.phases)
            + _OWN_BUSINESS * (topic in self._of_business.get(where.business, ()))
            + _TOUCHPOINT * near.get(topic, 0.0)
            for topic, usual in self._usual_phases.items()
        }

    def _nearness(self, touchpoints: Sequence[str]) -> Mapping[str, float]:
        """Return how much nearer than the average topic each one is to the words of the touchpoints."""
        if not touchpoints:
            return {}
        *values, _ = self._weights.values(views(touchpoints, self._reader))
        average = sum(values) / len(values)
        return {
            topic: max(0.0, value - average)
            for topic, value in zip(self._weights.topics, values, strict=True)
        }


def _topics_by_business(knowledge: Knowledge) -> Mapping[Business | None, frozenset[str]]:
    """Return the topics that the ready complaints of each line of business are about."""
    chips = knowledge.chips[Element.PAINS]
    return {
        business: frozenset(chip.topic for chip in chips if chip.business is business and chip.topic)
        for business in Business
    }


def _on_the_other_side(usual: Phase, phases: Iterable[Phase]) -> bool:
    """Tell whether all phases lie on the other side of the sale than the usual one."""
    sides = {phase in AFTER_SALE for phase in phases}
    return bool(sides) and (usual in AFTER_SALE) not in sides
