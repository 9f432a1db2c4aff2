"""Clean what an owner typed, and take it apart into entries."""

import re
import unicodedata
from collections.abc import Mapping

_INVISIBLE = {"\u200b", "\u2060", "\ufeff", "\u2800", "\u3164", "\uffa0", "\u115f", "\u1160", "\u180e"}
"""Characters that look like nothing but are no blanks for ``str.isspace``."""
_BIDI_CONTROLS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_KEPT_FORMATS = {"\u200c", "\u200d"}
"""Joiners: without them Javanese, Arabic and emoji sequences fall apart."""
_DROPPED_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}
_PICTOGRAPHS = range(0x1F000, 0x1FC00)
"""Python's table is older than phones: an emoji it doesn't know yet counts as unassigned and is kept."""
_VISIBLE = {"L", "N", "P", "S"}
"""Classes of characters that show something by themselves: letters, numbers, punctuation, symbols."""
_TAGS = range(0xE0000, 0xE0080)
"""Invisible tag characters can smuggle text past the eye."""
_MOST_MARKS = 30
"""On one letter: more than any language needs (UAX #15, stream-safe text), while sorting a pile of them into
NFC takes the square of its height."""

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪►✓✔]|\(?\d{1,2}[.)](?=\s|\D)|[a-hA-H][.)]\s)\s*")
_INLINE_NUMBER = re.compile(r"(?:^|\s)\(?(\d{1,2})[.)]\s+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DOUBLED = re.compile(r"\b([a-z]+)2(?=nya\b|\b)")
_ENDING, _SMALLEST_ROOT = "nya", 4
_SHORT_ITEM_WORDS = 4
"""A comma separates items only when every part is this short; most sentences with commas stay one."""


def clean(text: str) -> str:
    """Return the text in NFC without control, bidi-override and invisible characters; lines are kept.

    Of a pile of accents on one letter the first 30 stay.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # as most of what is stored: all of it shows something, but the blanks
    kept = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        if character == "\n" or character in _KEPT_FORMATS:
            kept.append(character)
        elif character == "\t" or character in _INVISIBLE:
            kept.append(" ")
        elif not _is_dropped(character):
            kept.append(character)
    # A second time for the few marks that NFC takes apart.
    composed = _without_piles(unicodedata.normalize("NFC", _without_piles("".join(kept))))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in composed.split("\n"))
    return "\n".join(line for line in lines if _has_substance(line))


def clean_line(text: str) -> str:
    """Return the cleaned text on one line."""
    return clean(text).replace("\n", " ")


def split_entries(text: str) -> tuple[str, ...]:
    """Return the items of a typed answer: lines, numbered or bulleted lists, short items between commas."""
    lines = clean(text).split("\n")
    if len(lines) == 1:
        lines = _inline_list(lines[0])
    items = (_BULLET.sub("", line).strip(" ;") for line in lines)
    return tuple(dict.fromkeys(item for item in items if _has_substance(item)))


def plain(text: str) -> str:
    """Return the text as compared with labels: case folded, without emoji, punctuation or double blanks."""
    letters = (
        character if character.isalnum() else " "
        for character in unicodedata.normalize("NFKC", text).casefold()
    )
    return " ".join("".join(letters).split())


def respelled(text: str, spellings: Mapping[str, str]) -> str:
    """Return the plain words spelled one way: ``Ga baca alamatnyaaa``, ``nggak baca alamat`` are the same.

    ``spellings`` maps a spelling to the usual one; ``tanya2`` is ``tanya tanya``, a final -nya is cut off.
    """
    words = _DOUBLED.sub(r"\1 \1 ", _STRETCHED.sub(r"\1", plain(text))).split()
    return " ".join(_one_spelling(word, spellings) for word in words)


def says_something(text: str) -> bool:
    """Tell whether there is more than punctuation: a letter, a digit or a picture."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def _one_spelling(word: str, spellings: Mapping[str, str]) -> str:
    """Return a word as it is usually spelled, without a final -nya as long as a root is left."""
    word = spellings.get(word, word)
    if len(word) >= len(_ENDING) + _SMALLEST_ROOT:
        word = word.removesuffix(_ENDING)
    return spellings.get(word, word)


def _inline_list(line: str) -> list[str]:
    numbers = [int(found) for found in _INLINE_NUMBER.findall(line)]
    if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
        return [part for part in _INLINE_NUMBER.split(line) if part and not part.isdigit()]
    for separator in (";", ","):
        parts = [part.strip() for part in line.split(separator)]
        if len(parts) > 1 and all(0 < len(part.split()) <= _SHORT_ITEM_WORDS for part in parts):
            return parts
    return [line]


def _without_piles(text: str) -> str:
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_dropped(character: str) -> bool:
    if ord(character) in _PICTOGRAPHS:
        return False
    return (
        character in _BIDI_CONTROLS
        or ord(character) in _TAGS
        or unicodedata.category(character) in _DROPPED_CATEGORIES
    )


def _has_substance(line: str) -> bool:
    return any(
        unicodedata.category(character)[0] in _VISIBLE or ord(character) in _PICTOGRAPHS for character in line
    )
