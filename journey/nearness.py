"""How near each remedy of a topic is to the very words of a complaint.

A topic is wide: a fee for QRIS and no change at the till are both payment trouble. Words that a complaint
shares with what a remedy says, or better with when it helps, tell which of them comes first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from journey.knowledge import Bilingual, Remedy
from journey.wording import respelled

Complaint = tuple[str, str]
"""A topic and the words of a complaint about it."""

_WORD = re.compile(r"\w{3,}")
_ROOT = 5  # from this length on, a word within another is taken for its root: bungkus in dibungkus
_IN_PASSING = 0.4  # a word of the text alone, such as an example in it, against one of when or label
_DOUBT = 0.08  # so that a single word of many remedies decides nothing


def spread(remedies: Iterable[Remedy], complaints: Iterable[Complaint] = ()) -> Mapping[str, int]:
    """Return of how many remedies, and complaints of how many topics, each word is part.

    "nggak" is of very many, "halal" of a few; "malah" of few remedies, but whatever people complain about.
    """
    said = {(topic, word) for topic, text in complaints for word in _ready_words(text)}
    counts = Counter(word for remedy in remedies for word in _all_words(remedy))
    counts.update(word for _, word in said)
    return counts


def nearness(complaint: str, remedies: Sequence[Remedy], spread: Mapping[str, int]) -> Mapping[str, float]:
    """Return for each remedy, by id, how much of the complaint it speaks of, 0 to 1; all 0 when none does.

    A word that is part of many remedies (``spread``) counts little, and one that is part of none not at all.
    """
    said = _words(complaint)
    weights = {word: 1 / (1 + times) for word in said if (times := _times(word, spread, remedies))}
    whole = _DOUBT + sum(weights.values())
    return {
        remedy.id: sum(weight * _speaks_of(word, remedy) for word, weight in weights.items()) / whole
        for remedy in remedies
    }


def _times(word: str, spread: Mapping[str, int], remedies: Iterable[Remedy]) -> int:
    """Return how far a word is spread, or its most frequent kin; 0 for one that no remedy speaks of."""
    if word in spread:
        return spread[word]
    if not any(_speaks_of(word, remedy) for remedy in remedies):
        return 0
    return max((times for other, times in spread.items() if _are_kin(word, other)), default=1)


def _speaks_of(word: str, remedy: Remedy) -> float:
    """Return 1 for a word of when a remedy helps or of its label, less for one of its text, 0 for none."""
    if _is_among(word, _first_words(remedy)):
        return 1.0
    return _IN_PASSING * _is_among(word, _all_words(remedy))


def _is_among(word: str, words: frozenset[str]) -> bool:
    return word in words or any(_are_kin(word, other) for other in words)


@lru_cache(maxsize=1024)
def _all_words(remedy: Remedy) -> frozenset[str]:
    return _first_words(remedy) | _both(remedy.text)


@lru_cache(maxsize=1024)
def _first_words(remedy: Remedy) -> frozenset[str]:
    return _both(remedy.label) | _both(remedy.when)


def _both(said: Bilingual) -> frozenset[str]:
    return _words(said.id) | _words(said.en)


@lru_cache(maxsize=4096)
def _ready_words(text: str) -> frozenset[str]:
    return _words(text)  # only these are remembered, never what an owner typed


def _words(text: str) -> frozenset[str]:
    """Return the longer words without a final -nya, doubling and stretched letters."""
    return frozenset(_WORD.findall(respelled(text, {})))


def _are_kin(one: str, other: str) -> bool:
    return (len(one) >= _ROOT and one in other) or (len(other) >= _ROOT and other in one)
