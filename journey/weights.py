"""What was learned from the example phrases: a weight for every feature and topic, as one file.

The file is a line of JSON, then the compressed numbers: per bucket its rarity (a byte, in twentieths), then
per bucket one signed byte a class. ``make knowledge`` writes it.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from journey.features import BUCKETS, View
from journey.knowledge import BrokenKnowledge

FORMAT = "jejak-weights/1"
RARITY_STEPS = 20
"""Steps per unit of a rarity, which is a natural logarithm between 1 and about 11."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a margin becomes a score: ``1 / (1 + exp(-(slope * margin + offset)))``, 0 to 1.

    The margin of a topic is its own value less twice that of "no complaint". The score is the share of right
    topics among those with such a margin, found on examples that were left out in turn.
    """

    slope: float
    offset: float


@dataclass(frozen=True, slots=True, repr=False)
class Weights:
    """The learned numbers. ``topics`` are the classes in order; "no complaint" is one class more, the last.

    ``rarities`` has ``BUCKETS`` bytes, ``rows`` ``BUCKETS`` times as many signed bytes as there are classes,
    each worth ``unit``. ``learned_from`` is the digest of the data they were learned from.
    """

    topics: tuple[str, ...]
    unit: float
    intercepts: tuple[float, ...]
    scale: Scale
    learned_from: str
    rarities: bytes
    rows: memoryview

    def values(self, views: Iterable[View]) -> list[float]:
        """Return the value of every class for a text in its views, "no complaint" last; around -1 to 1."""
        classes = len(self.topics) + 1
        rarities, rows = self.rarities, self.rows
        values = [intercept / self.unit for intercept in self.intercepts]
        for view in views:
            seen = [(bucket, count * rarities[bucket]) for bucket, count in view.items() if rarities[bucket]]
            length = sum(weight * weight for _, weight in seen) ** 0.5
            for bucket, weight in seen:
                share = weight / length
                start = bucket * classes
                row = rows[start : start + classes]
                values = [value + share * each for value, each in zip(values, row, strict=True)]
        return [value * self.unit for value in values]


def digest(texts: Iterable[str]) -> str:
    """Return the digest of data files, given as their texts in a fixed order."""
    return sha256("\0".join(texts).encode()).hexdigest()


def dump_weights(weights: Weights) -> bytes:
    """Return the file; ``parse_weights`` of it is equal."""
    head = {
        "format": FORMAT,
        "topics": weights.topics,
        "unit": weights.unit,
        "intercepts": weights.intercepts,
        "slope": weights.scale.slope,
        "offset": weights.scale.offset,
        "learned_from": weights.learned_from,
    }
    packed = zlib.compress(weights.rarities + weights.rows.tobytes(), level=9)
    return json.dumps(head).encode() + b"\n" + packed


def parse_weights(file: bytes) -> Weights:
    """Return the weights of a file; raises BrokenKnowledge when it is none, or cut off."""
    line, _, packed = file.partition(b"\n")
    try:
        head = json.loads(line)
        numbers = zlib.decompress(packed)
        topics = tuple(str(topic) for topic in head["topics"])
        weights = Weights(
            topics=topics,
            unit=float(head["unit"]),
            intercepts=tuple(float(each) for each in head["intercepts"]),
            scale=Scale(float(head["slope"]), float(head["offset"])),
            learned_from=str(head["learned_from"]),
            rarities=numbers[:BUCKETS],
            rows=memoryview(numbers)[BUCKETS:].cast("b"),
        )
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise BrokenKnowledge(f"weights.bin: {error}; make knowledge writes it anew") from None
    expected = BUCKETS * (len(topics) + 1)
    if (
        head["format"] != FORMAT
        or len(weights.rows) != expected
        or len(weights.intercepts) != len(topics) + 1
    ):
        raise BrokenKnowledge("weights.bin is of another format; make knowledge writes it anew")
    return weights
