"""How near each remedy of a topic is to the very words of a complaint.

A topic is wide: a fee for QRIS and no change at the till are both payment trouble. Words that a complaint
shares with what a remedy says, or with when it helps, tell which of them comes first.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from journey.knowledge import Remedy

_WORD = re.compile(r"\w{3,}")
_ROOT = 5  # from this length on, a word within another is taken for its root: bungkus in dibungkus


def spread(remedies: Iterable[Remedy]) -> Mapping[str, int]:
    """Return of how many remedies each word is part: "nggak" of very many, "halal" of one."""
    return Counter(word for remedy in remedies for word in _words_of(remedy))


def nearness(complaint: str, remedies: Sequence[Remedy], spread: Mapping[str, int]) -> Mapping[str, float]:
    """Return for each remedy, by id, how much of the complaint it speaks of, 0 to 1; all 0 when none does.

    A word that is part of many remedies (``spread``) counts little, and one that is part of none not at all.
    """
    said = frozenset(_WORD.findall(complaint.casefold()))
    known = {remedy.id: {word for word in said if _speaks_of(word, remedy)} for remedy in remedies}
    heard = said & spread.keys() | frozenset().union(*known.values())
    weights = {word: 1 / (1 + spread.get(word, 0)) for word in heard}
    whole = sum(weights.values())
    return {key: sum(weights[word] for word in found) / whole if whole else 0 for key, found in known.items()}


def _speaks_of(word: str, remedy: Remedy) -> bool:
    return any(_kin(word, other) for other in _words_of(remedy))


@lru_cache(maxsize=1024)
def _words_of(remedy: Remedy) -> frozenset[str]:
    texts = (text for words in (remedy.label, remedy.text, remedy.when) for text in (words.id, words.en))
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))


def _kin(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _ROOT and shorter in longer)
