"""An owner's own words → the topics they complain about, without a model to download.

Every text becomes a bag of stems, pairs of stems and pieces of words, so that slang, typos and mixed
language still land near what they mean. Three judges look at the bag: how much better a topic explains it
than all others do (complement naive Bayes), the most similar example of each topic (cosine), and tell-tale
words. What no judge knows is not matched. Vocabulary and examples are data, beside ``journey.knowledge``.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from journey.knowledge import BrokenKnowledge, Knowledge
from journey.model import Element
from journey.phases import AFTER_SALE, Phase

MOST_TOPICS = 3
"""A complaint rarely names more; what follows is noise."""
THRESHOLD = 0.22
"""Below this score we say that nothing fits; chosen, like the weights, on examples held out in turn."""
SHARE_OF_BEST = 0.6
"""A further topic counts only when it is at least this near to the best one."""

Bag = list[str]
"""The features of a text, some of them several times."""

_PIECES = (3, 4, 5)
_WHOLE_WORD = 2  # a whole stem counts as much as this many of its pieces
_SMALLEST_ROOT = 4
_WORDS_KEPT = 20_000
_BAYES, _NEIGHBOUR, _TELLTALE = 0.25, 0.45, 0.3
_TEMPERATURE = 0.4
_SMOOTHING = 0.3
_CLAUSE_WEIGHT = 0.9
_PHASE_ELSEWHERE, _PHASE_SAME_SIDE = 0.9, 0.96
_NUMBER = "#"
_WORD = re.compile(r"[a-z]+|\d+|#")
_SENTENCE_END = re.compile(r"[.,;:!?\n()/]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that fits, with how sure we are, 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What we know of the words themselves; all in lower case.

    ``slang`` maps a spelling to its plain words, ``empty`` say nothing about a topic, ``joints`` part
    clauses, ``prefixes`` and ``suffixes`` are cut off to find the stem, ``chatter`` are whole texts that are
    no complaint, ``telltales`` give a topic away (``a b`` side by side, ``a + b`` anywhere in the text).
    """

    slang: Mapping[str, str]
    empty: frozenset[str]
    joints: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    chatter: tuple[str, ...]
    telltales: Mapping[str, tuple[str, ...]]


def parse_vocabulary(file: Mapping[str, object]) -> Vocabulary:
    """Turn the parsed ``words.toml`` into a vocabulary; raises BrokenKnowledge when something is missing."""
    return Vocabulary(
        slang={name: _string(found) for name, found in _table(file, "slang").items()},
        empty=frozenset(_strings(file.get("empty"), "empty")),
        joints=frozenset(_strings(file.get("joints"), "joints")),
        prefixes=_strings(file.get("prefixes"), "prefixes"),
        suffixes=_strings(file.get("suffixes"), "suffixes"),
        chatter=_strings(file.get("chatter"), "chatter"),
        telltales={topic: _strings(found, topic) for topic, found in _table(file, "telltales").items()},
    )


def parse_phrases(text: str) -> tuple[tuple[str, str], ...]:
    """Turn ``phrases.tsv`` (topic, tab, phrase; one a line) into examples."""
    pairs = [line.split("\t") for line in text.splitlines() if line.strip()]
    for pair in pairs:
        if len(pair) != 2:  # noqa: PLR2004  a topic and a phrase
            raise BrokenKnowledge(f"phrases.tsv: a topic, a tab and a phrase are needed: {pair!r}")
    return tuple((topic.strip(), phrase.strip()) for topic, phrase in pairs)


def examples_of(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield topic and words of every complaint the knowledge offers to tap, in both languages."""
    for chip in knowledge.chips[Element.PAINS]:
        if chip.topic:
            yield chip.topic, chip.text.id
            yield chip.topic, chip.text.en


class Matcher:
    """Knows which topics an owner's words are about; built once, then only asked. Deterministic."""

    def __init__(
        self,
        examples: Iterable[tuple[str, str]],
        vocabulary: Vocabulary,
        *,
        usual_phases: Mapping[str, Phase] | None = None,
    ) -> None:
        self._reader = _Reader(vocabulary)
        self._usual_phases = usual_phases or {}
        labelled = dict.fromkeys(examples)
        self._topics = tuple(sorted({topic for topic, _ in labelled}))
        place = {topic: index for index, topic in enumerate(self._topics)}
        nothing = len(self._topics)
        bags = [(place[topic], self._reader.bag(self._reader.stems(phrase))) for topic, phrase in labelled]
        bags += [(nothing, self._reader.bag(self._reader.stems(text))) for text in vocabulary.chatter]
        self._bayes = _Bayes(bags, classes=nothing + 1)
        self._neighbours = _Neighbours(bags, classes=nothing + 1)
        self._telltales = _Telltales(
            [
                (place[topic], self._reader.telltale(pattern))
                for topic, patterns in sorted(vocabulary.telltales.items())
                if topic in place
                for pattern in patterns
            ],
            classes=nothing + 1,
        )

    @classmethod
    def from_knowledge(cls, knowledge: Knowledge, *, phrases: str, vocabulary: Vocabulary) -> "Matcher":
        """Build a matcher from the complaints to tap and the text of ``phrases.tsv``."""
        return cls(
            (*parse_phrases(phrases), *examples_of(knowledge)),
            vocabulary,
            usual_phases={name: topic.usual_phase for name, topic in knowledge.topics.items()},
        )

    def topics_of(self, text: str, *, phase: Phase | None = None) -> tuple[Match, ...]:
        """Return the topics ``text`` is about, surest first; empty when nothing fits.

        ``phase`` is where in the journey it was said: it tips the scales between topics that are close.
        """
        clauses = self._reader.clauses(text)
        whole = tuple(stem for clause in clauses for stem in clause)
        if not whole:
            return ()
        scores = self._scores(whole)
        if len(clauses) > 1:
            for clause in clauses:
                parts = self._scores(clause)
                scores = [max(one, _CLAUSE_WEIGHT * other) for one, other in zip(scores, parts, strict=True)]
        *known, nothing = scores
        weighed = [score * self._fit(topic, phase) for topic, score in zip(self._topics, known, strict=True)]
        best = max(weighed, default=0.0)
        if best < THRESHOLD or best <= nothing:
            return ()
        fitting = [
            Match(topic, round(min(score, 1.0), 3))
            for topic, score in zip(self._topics, weighed, strict=True)
            if score >= max(THRESHOLD, SHARE_OF_BEST * best)
        ]
        return tuple(sorted(fitting, key=lambda match: (-match.score, match.topic))[:MOST_TOPICS])

    def _scores(self, stems: tuple[str, ...]) -> list[float]:
        """Return a score per topic and, last, one for "this is no complaint"."""
        bag = self._reader.bag(stems)
        return [
            _BAYES * bayes + _NEIGHBOUR * neighbour + _TELLTALE * telltale
            if neighbour or telltale
            else 0.0  # Bayes always prefers some topic, even for words it has never seen
            for bayes, neighbour, telltale in zip(
                self._bayes.scores(bag),
                self._neighbours.scores(bag),
                self._telltales.scores(stems),
                strict=True,
            )
        ]

    def _fit(self, topic: str, phase: Phase | None) -> float:
        usual = self._usual_phases.get(topic)
        if phase is None or usual is None or usual is phase:
            return 1.0
        return _PHASE_SAME_SIDE if (usual in AFTER_SALE) is (phase in AFTER_SALE) else _PHASE_ELSEWHERE


class _Reader:
    """Turns a text into stems and stems into a bag of features."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._prefixes = tuple(sorted(vocabulary.prefixes, key=len, reverse=True))
        self._suffixes = tuple(sorted(vocabulary.suffixes, key=len, reverse=True))
        self._stems: dict[str, tuple[str, ...]] = {}
        self._pieces: dict[str, tuple[str, ...]] = {}

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the stems of all words that mean something."""
        return tuple(stem for clause in self.clauses(text) for stem in clause)

    def clauses(self, text: str) -> list[tuple[str, ...]]:
        """Return the stems of each clause; clauses without a meaningful word are left out."""
        found: list[list[str]] = [[]]
        for sentence in _SENTENCE_END.split(_plain(text)):
            found.append([])
            for word in _WORD.findall(sentence):
                if word in self._vocabulary.joints and found[-1]:
                    found.append([])
                else:
                    found[-1] += self._read(word)
        return [tuple(clause) for clause in found if clause]

    def bag(self, stems: tuple[str, ...]) -> Bag:
        """Return the features of a text: stems, pairs of neighbouring stems and pieces of stems."""
        features = [f"{one}+{other}" for one, other in pairwise(stems)]
        for stem in stems:
            features += self._pieces_of(stem)
        return features

    def telltale(self, pattern: str) -> tuple[tuple[str, ...], ...]:
        """Return the groups of stems of a pattern: each group side by side, all groups somewhere."""
        return tuple(self.stems(group) for group in pattern.split("+"))

    def _read(self, word: str) -> tuple[str, ...]:
        if word not in self._stems:
            if len(self._stems) >= _WORDS_KEPT:  # owners type new words for ever
                self._stems.clear()
                self._pieces.clear()
            plain = _NUMBER if word.isdigit() else self._plain_words(word)
            self._stems[word] = tuple(
                self._stem(part) for part in plain.split() if part not in self._vocabulary.empty
            )
        return self._stems[word]

    def _plain_words(self, word: str) -> str:
        """Return the plain words for a spelling, looking below its affixes too (``brgnya``, ``dibls``)."""
        slang = self._vocabulary.slang
        bare = [word.removesuffix(suffix) for suffix in self._suffixes if word.endswith(suffix)]
        bare += [word.removeprefix(prefix) for prefix in self._prefixes if word.startswith(prefix)]
        return next((slang[spelling] for spelling in (word, *bare) if spelling in slang), word)

    def _stem(self, word: str) -> str:
        """Cut one suffix twice and one prefix, as long as a root of four letters is left."""
        for _ in range(2):
            word = next(
                (
                    word.removesuffix(suffix)
                    for suffix in self._suffixes
                    if word.endswith(suffix) and len(word) - len(suffix) >= _SMALLEST_ROOT
                ),
                word,
            )
        return next(
            (
                word.removeprefix(prefix)
                for prefix in self._prefixes
                if word.startswith(prefix) and len(word) - len(prefix) >= _SMALLEST_ROOT
            ),
            word,
        )

    def _pieces_of(self, stem: str) -> tuple[str, ...]:
        if stem not in self._pieces:
            padded = f" {stem} "
            self._pieces[stem] = (f"={stem}",) * _WHOLE_WORD + tuple(
                padded[start : start + length]
                for length in _PIECES
                for start in range(len(padded) - length + 1)
            )
        return self._pieces[stem]


class _Bayes:
    """Complement naive Bayes: a topic fits when the other topics' examples explain the words badly."""

    def __init__(self, bags: Iterable[tuple[int, Bag]], *, classes: int) -> None:
        together: list[Bag] = [[] for _ in range(classes)]
        for place, bag in bags:
            together[place] += bag
        self._sizes = [len(bag) for bag in together]
        self._counts = [Counter(bag) for bag in together]
        self._everywhere = Counter(chain.from_iterable(together))

    def scores(self, bag: Bag) -> list[float]:
        """Return how well each topic explains the bag, 0 to 1, all together 1."""
        everything = sum(self._sizes)
        room = _SMOOTHING * (len(self._everywhere) + 1)
        known = [feature for feature in bag if feature in self._everywhere]
        if not known:
            return [0.0] * len(self._counts)
        surprise = [
            -sum(
                math.log(
                    (self._everywhere[feature] - here[feature] + _SMOOTHING) / (everything - size + room)
                )
                for feature in known
            )
            for here, size in zip(self._counts, self._sizes, strict=True)
        ]
        best = max(surprise)
        heat = _TEMPERATURE * math.sqrt(len(known))
        shares = [math.exp((value - best) / heat) for value in surprise]
        return [share / sum(shares) for share in shares]


class _Neighbours:
    """The most similar example of every topic: the cosine, in which rare features weigh more."""

    def __init__(self, bags: Iterable[tuple[int, Bag]], *, classes: int) -> None:
        self._classes = classes
        kept = [(place, set(bag)) for place, bag in bags]
        self._owner = [place for place, _ in kept]
        self._where: dict[str, list[int]] = defaultdict(list)
        for example, (_, bag) in enumerate(kept):
            for feature in bag:
                self._where[feature].append(example)
        self._unseen = math.log(1 + len(kept)) ** 2
        self._weight = {
            feature: math.log(1 + len(kept) / len(at)) ** 2 for feature, at in self._where.items()
        }
        self._length = [math.sqrt(math.fsum(map(self._weight.__getitem__, bag))) or 1.0 for _, bag in kept]

    def scores(self, bag: Bag) -> list[float]:
        """Return the likeness of the nearest example of each topic, 0 to 1."""
        features = sorted(set(bag))
        length = math.sqrt(sum(self._weight.get(feature, self._unseen) for feature in features)) or 1.0
        likeness: dict[int, float] = defaultdict(float)
        for feature in features:
            for example in self._where.get(feature, ()):
                likeness[example] += self._weight[feature]
        best = [0.0] * self._classes
        for example, common in likeness.items():
            place = self._owner[example]
            best[place] = max(best[place], common / (length * self._length[example]))
        return best


class _Telltales:
    """Words and word groups that give a topic away."""

    def __init__(self, patterns: Iterable[tuple[int, tuple[tuple[str, ...], ...]]], *, classes: int) -> None:
        self._patterns = tuple(patterns)
        self._classes = classes

    def scores(self, stems: tuple[str, ...]) -> list[float]:
        """Return the evidence for each topic: one hit 0.7, two 0.91, and so on towards 1."""
        hits = [0] * self._classes
        for place, groups in self._patterns:
            if all(_contains(stems, group) for group in groups):
                hits[place] += 1
        return [1 - 0.3**count for count in hits]


def _contains(stems: tuple[str, ...], group: tuple[str, ...]) -> bool:
    size = len(group)
    return bool(size) and any(stems[start : start + size] == group for start in range(len(stems) - size + 1))


def _plain(text: str) -> str:
    """Return the text in lower case without accents and stretched letters (``bangeeet``)."""
    plain = text.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _STRETCHED.sub(r"\1", plain)


def _table(file: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = file.get(key)
    if not isinstance(found, dict):
        raise BrokenKnowledge(f"words: {key} must be a table")
    return found


def _string(found: object) -> str:
    if not isinstance(found, str):
        raise BrokenKnowledge(f"words: {found!r} must be words")
    return found


def _strings(found: object, key: str) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise BrokenKnowledge(f"words: {key} must be a list of words")
    return tuple(_string(item) for item in found)
