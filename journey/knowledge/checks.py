"""What must be true of the knowledge as a whole, beyond each row by itself."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from journey.knowledge.places import BrokenKnowledge
from journey.knowledge.values import Cost, Effort, Knowledge, Remedy
from journey.model import Language

CHIP_ID_LENGTH = 48
"""Telegram: callback_data is at most 64 bytes; revision and verb take the rest."""
FEWEST_REMEDIES = 3
"""So many of a topic's remedies fit every phase and business: nobody is left with a single idea."""
ALIKE = 0.6
"""Two texts that share more of their longer words than this say the same."""

_LONGER_WORD = re.compile(r"\w{4,}")
_FIRST_WORD = {Language.ID: "Kalau ", Language.EN: "When "}
_EFFORTS, _COSTS = tuple(Effort), tuple(Cost)


def check_ids(knowledge: Knowledge) -> None:
    """Raise BrokenKnowledge when an id is there twice or too long for a button."""
    seen: set[str] = set()
    chips = (
        *(chip.id for found in knowledge.chips.values() for chip in found),
        *(chip.id for found in knowledge.persona_chips.values() for chip in found),
        *(chip.id for chip in knowledge.goals),
        *(feeling.id for feeling in knowledge.feelings),
        *(remedy.id for remedy in knowledge.remedies),
        *(reframing.id for reframing in knowledge.reframings),
    )
    for chip_id in chips:
        if chip_id in seen:
            raise BrokenKnowledge(f"the id {chip_id!r} is there twice")
        if len(chip_id.encode()) > CHIP_ID_LENGTH or not chip_id.isascii():
            raise BrokenKnowledge(f"the id {chip_id!r} must be ASCII of at most {CHIP_ID_LENGTH} bytes")
        seen.add(chip_id)


def check_sources(knowledge: Knowledge) -> None:
    """Raise BrokenKnowledge when a source code is used that sources.toml doesn't resolve."""
    for place, used in (
        *((f"phases.phases.{phase}", facts.source) for phase, facts in knowledge.phases.items()),
        *((_place(remedy), remedy.source) for remedy in knowledge.remedies),
    ):
        for code in used.split(","):
            if code not in knowledge.sources:
                raise BrokenKnowledge(f"{place}: the source {code!r} is not in sources.toml")


def check_remedies(knowledge: Knowledge) -> None:
    """Raise BrokenKnowledge when a topic has too few remedies, two alike, or a wrong order among them."""
    for topic in knowledge.topics:
        remedies = [remedy for remedy in knowledge.remedies if remedy.topic == topic]
        _check_choice(topic, remedies)
        _check_order(remedies)
        for one, other in combinations(remedies, 2):
            _check_difference(one, other)
    for remedy in knowledge.remedies:
        _check_when(remedy)
        _check_same_as(remedy, knowledge)


def _check_choice(topic: str, remedies: Sequence[Remedy]) -> None:
    for_all = [remedy for remedy in remedies if remedy.fits_all]
    if len(for_all) < FEWEST_REMEDIES:
        raise BrokenKnowledge(
            f"remedies: the topic {topic!r} has {len(for_all)} remedies for every phase and business, "
            f"{FEWEST_REMEDIES} are needed"
        )
    if not any(remedy.is_quick_and_free for remedy in for_all):
        raise BrokenKnowledge(f"remedies: the topic {topic!r} has none of 15m and free for every business")


def _check_order(remedies: Sequence[Remedy]) -> None:
    for before, after in pairwise(remedies):
        if _toil(before) > _toil(after):
            raise BrokenKnowledge(
                f"{_place(after)}: must stand before {before.id}: effort 15m, 1h, 1d, 1w, "
                "then cost free, cheap, moderate"
            )


def _check_difference(one: Remedy, other: Remedy) -> None:
    for language in Language:
        if one.label.say(language).casefold() == other.label.say(language).casefold():
            raise BrokenKnowledge(
                f"{_place(other)}: has the label of {one.id}: {other.label.say(language)!r}"
            )
        ours, theirs = (_words(remedy, language) for remedy in (one, other))
        if ours and theirs and len(ours & theirs) > ALIKE * min(len(ours), len(theirs)):
            raise BrokenKnowledge(f"{_place(other)}: says the same as {one.id}: {other.text.say(language)!r}")


def _check_when(remedy: Remedy) -> None:
    for language, first in _FIRST_WORD.items():
        said = remedy.when.say(language)
        if not said.startswith(first):
            raise BrokenKnowledge(
                f"{_place(remedy)}: when.{language} must begin with {first!r}, not {said!r}"
            )


def _check_same_as(remedy: Remedy, knowledge: Knowledge) -> None:
    if remedy.same_as is None:
        return
    meant = next((one for one in knowledge.remedies if one.id == remedy.same_as), None)
    if meant is None or meant.topic == remedy.topic or meant.same_as is not None:
        raise BrokenKnowledge(
            f"{_place(remedy)}: same_as must be a remedy of another topic without one, not {remedy.same_as!r}"
        )


def _toil(remedy: Remedy) -> tuple[int, int]:
    return _EFFORTS.index(remedy.effort), _COSTS.index(remedy.cost)


def _words(remedy: Remedy, language: Language) -> frozenset[str]:
    return frozenset(_LONGER_WORD.findall(remedy.text.say(language).casefold()))


def _place(remedy: Remedy) -> str:
    return f"remedies.remedies[{remedy.id}]"
