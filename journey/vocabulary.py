"""What we know of the words that owners and customers type, and how a text is read with it.

The lexicon is data, ``words.toml`` beside ``journey.knowledge``: the shop's own slang and typos, little
words, and the endings and beginnings that are cut off to find a stem.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from journey.knowledge import BrokenKnowledge

_SMALLEST_ROOT = 4
_WORDS_KEPT = 20_000
_NUMBER = "#"
_WORD = re.compile(r"[a-z]+|\d+|#")
_CLAUSE_END = re.compile(r"[.,;:!?\n()/]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What we know of the words themselves; all in lower case.

    ``slang`` maps a spelling to its plain words, ``empty`` say nothing about a topic, ``joints`` part
    clauses, ``prefixes`` and ``suffixes`` are cut off to find the stem.
    """

    slang: Mapping[str, str]
    empty: frozenset[str]
    joints: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


def parse_vocabulary(file: Mapping[str, object]) -> Vocabulary:
    """Turn the parsed ``words.toml`` into a vocabulary; raises BrokenKnowledge when something is missing."""
    slang = file.get("slang")
    if not isinstance(slang, dict) or not all(isinstance(word, str) for word in slang.values()):
        raise BrokenKnowledge("words: slang must be a table of words")
    return Vocabulary(
        slang=dict(slang),
        empty=frozenset(_strings(file, "empty")),
        joints=frozenset(_strings(file, "joints")),
        prefixes=tuple(sorted(_strings(file, "prefixes"), key=len, reverse=True)),
        suffixes=tuple(sorted(_strings(file, "suffixes"), key=len, reverse=True)),
    )


class Reader:
    """Reads texts with a vocabulary; remembers the stems of words it has met, never a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._stems: dict[str, tuple[str, ...]] = {}

    def clauses(self, text: str) -> list[list[str]]:
        """Return the words of each clause as they were typed, in plain small letters, numbers as ``#``."""
        found: list[list[str]] = [[]]
        for sentence in _CLAUSE_END.split(_plain(text)):
            found.append([])
            for word in _WORD.findall(sentence):
                if word in self._vocabulary.joints:
                    found.append([])
                else:
                    found[-1].append(_NUMBER if word.isdigit() else word)
        return [clause for clause in found if clause]

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the stems that a typed word stands for; none when it says nothing about a topic."""
        if word not in self._stems:
            if len(self._stems) >= _WORDS_KEPT:  # owners type new words for ever
                self._stems.clear()
            self._stems[word] = tuple(
                self._stem(part)
                for part in self._plain_words(word).split()
                if part not in self._vocabulary.empty
            )
        return self._stems[word]

    def _plain_words(self, word: str) -> str:
        """Return the plain words for a spelling, looking below its affixes too (``brgnya``, ``dibls``)."""
        slang = self._vocabulary.slang
        bare = [word.removesuffix(ending) for ending in self._vocabulary.suffixes if word.endswith(ending)]
        bare += [
            word.removeprefix(opening) for opening in self._vocabulary.prefixes if word.startswith(opening)
        ]
        return next((slang[spelling] for spelling in (word, *bare) if spelling in slang), word)

    def _stem(self, word: str) -> str:
        """Cut one suffix twice and one prefix, as long as a root of four letters is left."""
        for _ in range(2):
            word = next(
                (
                    word.removesuffix(suffix)
                    for suffix in self._vocabulary.suffixes
                    if word.endswith(suffix) and len(word) - len(suffix) >= _SMALLEST_ROOT
                ),
                word,
            )
        return next(
            (
                word.removeprefix(prefix)
                for prefix in self._vocabulary.prefixes
                if word.startswith(prefix) and len(word) - len(prefix) >= _SMALLEST_ROOT
            ),
            word,
        )


def _plain(text: str) -> str:
    """Return the text in lower case without accents and stretched letters (``bangeeet``)."""
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _STRETCHED.sub(r"\1", plain)


def _strings(file: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = file.get(key)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise BrokenKnowledge(f"words: {key} must be a list of words")
    return tuple(found)
