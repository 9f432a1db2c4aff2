"""How often the matcher understands what owners and customers write, on sentences it never learns from.

``complaints.tsv`` has a line a sentence: whose it is (``buyer``, ``seller``, ``english``, or ``nothing`` for
what is no complaint), its topics with the best one first (``-`` for none), and the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import load_content
from tests.bench.measuring import Figure, Side

SENTENCES = Path(__file__).with_name("complaints.tsv")
NOTHING = "nothing"
TARGETS = {
    "buyer_first": 0.85,
    "buyer_among_three": 0.95,
    "seller_first": 0.85,
    "seller_among_three": 0.95,
    "english_among_three": 0.90,
    "no_topic_for_nonsense": 0.90,
    "some_topic_for_complaints": 0.97,
}
"""What advice can be built on: less, and owners would be advised on what they didn't say."""
_AMONG = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody wrote, and the topics that a person would accept for it; none for no complaint."""

    source: str
    topics: tuple[str, ...]
    text: str


def sentences() -> tuple[Sentence, ...]:
    """Return the labelled sentences in the order of the file."""
    rows = (line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines())
    return tuple(
        Sentence(source, () if topics == "-" else tuple(topics.split(",")), text)
        for source, topics, text in rows
    )


def measure() -> list[Figure]:
    """Match every sentence: right topic first and among three by source; refused, and wrongly refused."""
    matcher = load_content().matcher
    by_source: dict[str, list[tuple[Sentence, tuple[str, ...]]]] = {}
    for sentence in sentences():
        found = tuple(match.topic for match in matcher.topics_of(sentence.text))
        by_source.setdefault(sentence.source, []).append((sentence, found))
    nonsense = by_source.pop(NOTHING)
    real = [found for answers in by_source.values() for _, found in answers]
    kept = {}
    for source, answers in by_source.items():
        kept[f"{source}_first"] = [_right(*answer, among=1) for answer in answers]
        kept[f"{source}_among_three"] = [_right(*answer, among=_AMONG) for answer in answers]
    kept["no_topic_for_nonsense"] = [not found for _, found in nonsense]
    kept["some_topic_for_complaints"] = [bool(found) for found in real]
    return [
        Figure(f"matching.{name}", sum(each) / len(each), "share", TARGETS.get(name), Side.AT_LEAST)
        for name, each in kept.items()
    ]


def _right(sentence: Sentence, found: Sequence[str], *, among: int) -> bool:
    return not set(sentence.topics).isdisjoint(found[:among])
