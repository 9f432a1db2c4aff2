"""What a complaint is about: its chip's topic, what the owner said to have meant, or what its words say."""

from dataclasses import replace

from journey.knowledge import Knowledge
from journey.limits import MEANINGS
from journey.matching import SURE_SCORE, Match, Matcher, Whereabouts
from journey.model import Element, Entry, JourneyMap, Meaning, Stage

_SAID_SO = 1.0
"""How sure we are of a topic that was tapped."""


def matches_of(
    pain: Entry, stage: Stage, journey_map: JourneyMap, knowledge: Knowledge, matcher: Matcher
) -> tuple[Match, ...]:
    """Return the topics a complaint of the map may be about, surest first; empty when nothing fits."""
    chip = next((chip for chip in knowledge.chips[Element.PAINS] if chip.id == pain.chip), None)
    if chip is not None and chip.topic is not None:
        return (Match(chip.topic, _SAID_SO),)
    meaning = next((said for said in journey_map.meanings if said.text == pain.text), None)
    if meaning is not None and meaning.topic is None:
        return ()
    if meaning is not None and meaning.topic and meaning.topic in knowledge.topics:
        return (Match(meaning.topic, _SAID_SO),)
    touchpoints = tuple(entry.text for entry in stage.touchpoints)
    where = Whereabouts(stage.phases, touchpoints, journey_map.shop.business)
    return matcher.topics_of(pain.text, where)


def is_unclear(matches: tuple[Match, ...]) -> bool:
    """Tell whether the owner had better be asked which of the topics was meant."""
    return bool(matches) and matches[0].score < SURE_SCORE


def with_meaning(journey_map: JourneyMap, meaning: Meaning) -> JourneyMap:
    """Return the map that remembers a meaning, in place of an earlier one of the same words.

    When no more fit, the oldest one makes room, of words that are gone before any other.
    """
    others = [said for said in journey_map.meanings if said.text != meaning.text]
    if len(others) >= MEANINGS:
        there = {pain.text for stage in journey_map.stages for pain in stage.pains}
        others.remove(min(others, key=lambda said: said.text in there))
    return replace(journey_map, meanings=(*others, meaning))
