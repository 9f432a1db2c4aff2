"""A text as numbers: what the matcher weighs, and what its weights are learned from.

Four views of a text count the same: its words and pairs of words as typed, pieces of these words, its stems
and pairs of stems, and pieces of the stems. Pieces make typos and unseen forms land near what is known.
Every feature falls into one of ``BUCKETS`` by its checksum, so that no list of features has to be kept.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from journey.vocabulary import Reader

BUCKETS = 1 << 17
"""So many that two of the 100,000 features in use seldom share one: half as many cost a point of accuracy."""

View = Mapping[int, float]
"""How often each bucket occurs in one view of a text, damped: twice counts 1.7."""

_TYPED_PIECES = (2, 3, 4, 5)
_STEM_PIECES = (3, 4, 5)


def views(words: Sequence[str], reader: Reader) -> tuple[View, ...]:
    """Return the four views of a text or clause whose words ``reader`` has found."""
    stems = [stem for word in words for stem in reader.stems(word)]
    return (
        _counted(_chains("w", words)),
        _counted(_pieces(words, " ", _TYPED_PIECES)),
        _counted(_chains("s", stems)),
        _counted(_pieces(stems, "_", _STEM_PIECES)),
    )


def _chains(kind: str, words: Sequence[str]) -> Iterator[str]:
    """Yield each word and each pair of neighbours."""
    for word in words:
        yield f"{kind}{word}"
    for one, other in pairwise(words):
        yield f"{kind}{one} {other}"


def _pieces(words: Iterable[str], edge: str, lengths: Sequence[int]) -> Iterator[str]:
    """Yield all pieces of these lengths of each word; a word's edges are part of its pieces."""
    for word in words:
        padded = f"{edge}{word}{edge}"
        for length in lengths:
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]


def _counted(features: Iterable[str]) -> View:
    counts = Counter(crc32(feature.encode()) % BUCKETS for feature in features)
    return {bucket: 1 + math.log(count) for bucket, count in counts.items()}
