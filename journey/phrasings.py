"""The examples that the matcher learns from: what sellers and buyers write, and what is no complaint."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from journey.knowledge import BrokenKnowledge, Knowledge
from journey.model import Element


class Voice(StrEnum):
    """Whose words they are."""

    SELLER = "seller"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How somebody put a complaint."""

    topic: str
    voice: Voice
    text: str


def parse_phrasings(text: str, knowledge: Knowledge) -> tuple[Phrasing, ...]:
    """Turn ``phrasings.tsv`` (topic, tab, voice, tab, phrase; one a line) into examples.

    Raises BrokenKnowledge naming the line when a part is missing or unknown.
    """
    found = []
    for number, parts in _rows(text):
        if len(parts) != 3 or parts[0] not in knowledge.topics or parts[1] not in set(Voice):  # noqa: PLR2004
            raise BrokenKnowledge(
                f"phrasings.tsv, line {number}: a topic, seller or buyer, and a phrase, with tabs between"
            )
        found.append(Phrasing(parts[0], Voice(parts[1]), parts[2]))
    return tuple(found)


def parse_chatter(text: str) -> tuple[str, ...]:
    """Turn ``chatter.tsv`` (kind, tab, text; one a line) into texts that are no complaint.

    Raises BrokenKnowledge naming the line when a part is missing.
    """
    found = []
    for number, parts in _rows(text):
        if len(parts) != 2:  # noqa: PLR2004  a kind and a text
            raise BrokenKnowledge(f"chatter.tsv, line {number}: a kind, a tab and a text are needed")
        found.append(parts[1])
    return tuple(found)


def examples_of(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield topic and words of every complaint the knowledge offers to tap, in both languages."""
    for chip in knowledge.chips[Element.PAINS]:
        if chip.topic:
            yield chip.topic, chip.text.id
            yield chip.topic, chip.text.en


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and parts of every line that says something; a part without words is left out."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, [part.strip() for part in line.split("\t") if part.strip()]
