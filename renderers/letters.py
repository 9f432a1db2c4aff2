"""Letters as readers see them, and where a line may break between them without a hyphen."""

import re
import unicodedata
from functools import lru_cache

from renderers.emoji import split_emoji

MARKS = frozenset({"Mn", "Mc", "Me"})
"""Categories of what is written on or around a letter."""
_JOINERS = frozenset("\u200c\u200d\ufe0f")
_SPACING_VOWELS = frozenset("\u0e33\u0eb3")  # am, of Thai and Lao: half of it stands on the letter before
_VIRAMA = 9  # Unicode's combining class: the next consonant is written below or joined to this one
_KILLERS = frozenset("\u0e3a\u103a")  # of that class, but they only silence
_MOST_JOINED = 4  # consonants in one letter; more is no word, and would be wider than a line
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1b00-\u1b7f\u3001-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    "\ua980-\ua9df\uac00-\ud7af\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003fffd]"
)
_NEVER_FIRST = frozenset(
    "、。，．！？：；」』）】〉》〕］｝・ー～〜々〻…‥:;,.!?)]}”’%％"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0eb3\u0ec6\u17d4\u17d5"
    "\ua9c7\ua9c8\ua9c9\ua9cf"
)
_NEVER_LAST = frozenset("「『（【〈《〔［｛([{“‘\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_AFTER_THESE = re.compile(r"(?<=[/\-–—])(?=\w)(?!(?<=\d.)\d)")  # but not within 25–34 or 24/7


def graphemes(string: str) -> list[str]:
    """Split a string into what a reader takes for single letters."""
    letters: list[str] = []
    for is_emoji, piece in split_emoji(string):
        if is_emoji:
            letters.append(piece)
            continue
        first, *others = _letters(piece)
        if letters and _attaches(first[0]):
            letters[-1] += first
        else:
            letters.append(first)
        letters += others
    return letters


@lru_cache(maxsize=1_024)
def _letters(piece: str) -> tuple[str, ...]:
    """Split text without emoji."""
    if piece.isascii() or not any(map(_attaches, set(piece))):
        return tuple(piece)
    letters = [piece[0]]
    for character in piece[1:]:
        if _belongs(letters[-1], character):
            letters[-1] += character
        else:
            letters.append(character)
    return tuple(letters)


@lru_cache(maxsize=4_096)
def _attaches(character: str) -> bool:
    """Tell whether a character is part of the letter before it, whichever that is."""
    return unicodedata.category(character) in MARKS or character in _JOINERS or character in _SPACING_VOWELS


def _belongs(letter: str, character: str) -> bool:
    if _attaches(character):
        return True
    last = letter.rstrip("\u200c\u200d")[-1:]
    if last and unicodedata.combining(last) == _VIRAMA and last not in _KILLERS and character.isalpha():
        return sum(unicodedata.combining(part) == _VIRAMA for part in letter) < _MOST_JOINED
    return letter.endswith("\u200d")


def atoms(word: str) -> list[str]:
    """Split a word where a line may break inside it without a hyphen."""
    if word.isascii() and word.isalnum():
        return [word]
    if not _WITHOUT_SPACES.search(word):
        return [piece for piece in _AFTER_THESE.split(word) if piece]
    found: list[str] = []
    for letter in graphemes(word):
        if found and not _may_break(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _may_break(before: str, letter: str) -> bool:
    """Tell whether a line may end after the one and the next begin with the other."""
    if letter[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    if _WITHOUT_SPACES.match(letter) or _WITHOUT_SPACES.search(graphemes(before)[-1]):
        return True
    return bool(_AFTER_THESE.search(before[-2:] + letter[0]))
