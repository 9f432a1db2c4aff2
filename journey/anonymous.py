"""Takes out of a complaint what could tell who said it or whom it is about.

It is a sieve, not a promise: whoever keeps such words shows them first to the owner, who may say no. It
can't catch a rare name typed in small letters without a title or at the beginning of a sentence, a name that
is also an everyday word ("bu mawar" goes, "kata mawar" stays), numbers written as words, a code with fewer
than five digits, an account called without @, an address, or a story that only one person can have told.
And it takes out too much: a price of five digits, hours of opening, a rare word behind a title.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journey.knowledge import Bilingual, BrokenKnowledge, Knowledge
from journey.private_numbers import OMITTED
from journey.vocabulary import Vocabulary
from journey.wording import clean_line

_MOST_NAMES = 3
"""A title is followed by at most so many words that no complaint knows: "bu rini susanti wijaya"."""
_ABBREVIATION = 3
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")

# A pattern begins where a word begins: tried at every letter, a long one would cost its length squared.
_AT = r"(?<!\S)\S*@\S+"
_ADDRESS = r"(?:https?://|www\.)\S+|(?<![\w-])[\w-]+(?:\.[\w-]+)+/\S*"
_ENDS = "com|co|id|net|org|me|ly|link|shop|store|xyz|info|online|site|app"
_SITE = rf"(?<![\w-])[\w-]+(?:\.[\w-]+)*\.(?:{_ENDS})\b"
_NUMBER = r"[+(]{0,2}(?<!\w)\w*\d(?:[\s.,\-–/()+]{0,3}\d){4,}\w*"
_CODE = r"(?<!\w)(?=(?:[^\W\d]*\d){5})\w+"
_CONTACT = re.compile("|".join((_AT, _ADDRESS, _SITE, _NUMBER, _CODE)), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]")
_RUN_OF_OMITTED = re.compile(rf"{OMITTED}(?:[\s.,&-]*{OMITTED})+")


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """Knows names from words: ``titles`` stand before a name, ``given`` are names, ``words`` are none.

    All in lower case.
    """

    titles: frozenset[str]
    given: frozenset[str]
    words: frozenset[str]

    def knows(self, word: str) -> bool:
        """Tell whether it is an everyday word, an ending like -nya aside."""
        return word in self.words or any(
            word.endswith(ending) and word.removesuffix(ending) in self.words for ending in _ENDINGS
        )


def parse_names(file: Mapping[str, object], vocabulary: Vocabulary, knowledge: Knowledge) -> Names:
    """Turn the parsed ``names.toml`` and all words we know into names.

    Raises BrokenKnowledge when a list is missing, or a given name is an everyday word.
    """
    titles, given, more = (_strings(file, key) for key in ("titles", "given", "words"))
    slang = vocabulary.slang.items()
    words = {*titles, *more, *vocabulary.empty, *vocabulary.joints}
    words |= {word for spelling, plain in slang for word in (spelling, *plain.split())}
    both = sorted(given & words)
    if both:
        raise BrokenKnowledge(f"names: {', '.join(both)} can't be given names, they are everyday words")
    told = {word for text in _texts(knowledge) for word in _WORD.findall(text.lower())}
    return Names(titles, given, frozenset(words | told - given))  # advice may say what to write to "Kak Rina"


def anonymous(text: str, names: Names) -> str:
    """Return the text in small letters with … for everybody and everything that leads to them.

    Empty when no word is left. The same text gives the same, so that repetitions can be counted.
    """
    bare = _CONTACT.sub(OMITTED, clean_line(text))
    kept = _RUN_OF_OMITTED.sub(OMITTED, _without_names(bare, names).lower()).strip(" .,;:!?-")
    return kept if _WORD.search(kept) else ""


def _without_names(text: str, names: Names) -> str:
    capitals_tell = any(character.islower() for character in text)
    parts: list[str] = []
    end, after_title = 0, 0
    for found in _WORD.finditer(text):
        between, word = text[end : found.start()], found[0].lower()
        parts.append(between)
        if between.strip(" .-"):
            after_title = 0
        begins = not text[: found.start()].strip() or bool(_SENTENCE_END.search(between))
        capital = capitals_tell and not begins and _is_capital(found[0])
        if word in names.given or ((after_title or capital) and not names.knows(word)):
            parts.append(OMITTED)
            after_title = max(0, after_title - 1)
        else:
            parts.append(found[0])
            after_title = _MOST_NAMES if word in names.titles else 0
        end = found.end()
    return "".join((*parts, text[end:]))


def _is_capital(word: str) -> bool:
    """Tell whether it is written as a name is; an abbreviation (JNE, EO) is not."""
    return word[0].isupper() and not (word.isupper() and len(word) <= _ABBREVIATION)


def _texts(knowledge: Knowledge) -> Iterator[str]:
    """Yield all that the knowledge says of complaints, remedies and the rest, in both languages."""
    said: list[Bilingual] = []
    for chips in knowledge.chips.values():
        said += [words for chip in chips for words in (chip.label, chip.text)]
    for remedy in knowledge.remedies:
        said += [remedy.label, remedy.text]
    for words in said:
        yield words.id
        yield words.en


def _strings(file: Mapping[str, object], key: str) -> frozenset[str]:
    found = file.get(key)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise BrokenKnowledge(f"names: {key} must be a list of words")
    return frozenset(found)
