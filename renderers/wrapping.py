"""Breaking text into lines with real metrics: never wider than asked, evenly filled, cut only with an ellipsis."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from renderers.emoji import EMOJI_ADVANCE, can_draw_emoji, split_emoji, without_emoji
from renderers.shaping import advance
from renderers.typefaces import Style

if TYPE_CHECKING:
    from pyphen import Pyphen

ELLIPSIS = "…"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_DROPPED_CONTROLS = frozenset(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c"
)
_MARKS = frozenset({"Mn", "Mc", "Me"})
_MOST_MARKS = 4  # on one letter: every living script needs fewer; more would climb over the lines above
_JOINERS = frozenset("\u200d\ufe0f")
_NEVER_FIRST = frozenset("、。，．！？」』）】〉》:;,.!?)]}”’…％%")
_BETWEEN_ANY = re.compile(
    "([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f\ua980-\ua9df])"
)
_AFTER_THESE = re.compile(r"(?<=[/\-–—])(?=\w)")
_SHORTEST_HYPHENATED = 7
_FEWEST_BALANCED, _MOST_BALANCED = 2, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its width."""

    string: str
    width: float


def clean(text: str) -> str:
    """Return the text as it can be drawn: composed, on one line, without control and direction characters."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif category in _DROPPED_CATEGORIES or character in _DROPPED_CONTROLS:
            continue
        else:
            marks = marks + 1 if category in _MARKS else 0
            if marks <= _MOST_MARKS:
                kept.append(character)
    whole = "".join(kept)
    drawable = whole if can_draw_emoji() else without_emoji(whole)
    return " ".join(drawable.split()) or (ELLIPSIS if text.strip() else "")


def width(style: Style, size: float, string: str) -> float:
    """Return how wide a line runs at that size, emoji included."""
    return size * sum(
        EMOJI_ADVANCE if is_emoji else advance(style, piece) for is_emoji, piece in split_emoji(string)
    )


def wrap(style: Style, size: float, text: str, measure: float) -> tuple[Line, ...]:
    """Break clean text greedily into lines no wider than ``measure``."""
    space = width(style, size, " ")
    lines: list[Line] = []
    current, used = "", 0.0
    for word in text.split(" "):
        for place, whole in enumerate(_atoms(word)):
            atom = whole
            needed = width(style, size, atom)
            gap = space if current and place == 0 else 0.0
            if used + gap + needed <= measure:
                current += (" " if gap else "") + atom
                used += gap + needed
                continue
            if current:
                lines.append(Line(current, used))
            while needed > measure:
                head, atom = _split_long(style, size, atom, measure)
                if not atom:
                    atom = head
                    needed = width(style, size, atom)
                    break
                lines.append(Line(head, width(style, size, head)))
                needed = width(style, size, atom)
            current, used = atom, needed
    if current:
        lines.append(Line(current, used))
    return tuple(lines)


def cut(lines: tuple[Line, ...], style: Style, size: float, measure: float, most: int) -> tuple[Line, ...]:
    """Return at most that many lines, the last one ending in an ellipsis when something was left out."""
    if len(lines) <= most:
        return lines
    letters = graphemes(lines[most - 1].string)
    while letters and width(style, size, "".join(letters).rstrip() + ELLIPSIS) > measure:
        letters.pop()
    last = "".join(letters).rstrip(" -") + ELLIPSIS
    return (*lines[: most - 1], Line(last, width(style, size, last)))


def balanced(style: Style, size: float, text: str, measure: float) -> tuple[Line, ...]:
    """Wrap, then narrow the measure while the number of lines stays: no lonely last word, an even edge."""
    lines = wrap(style, size, text, measure)
    if not _FEWEST_BALANCED <= len(lines) <= _MOST_BALANCED:
        return lines
    broken = _broken_words(lines)
    widest = max(line.width for line in lines)
    low, high, best = widest * 0.62, widest, lines
    for _ in range(5):
        middle = (low + high) / 2
        tried = wrap(style, size, text, middle)
        if len(tried) == len(lines) and _broken_words(tried) <= broken:
            best, high = tried, middle
        else:
            low = middle
    return best


def _broken_words(lines: tuple[Line, ...]) -> int:
    return sum(line.string.endswith("-") for line in lines)


def graphemes(string: str) -> list[str]:
    """Split a string into what a reader takes for single letters."""
    letters: list[str] = []
    for is_emoji, piece in split_emoji(string):
        if is_emoji:
            letters.append(piece)
            continue
        for character in piece:
            follows = unicodedata.category(character) in _MARKS or character in _JOINERS
            if letters and (follows or letters[-1].endswith("\u200d")):
                letters[-1] += character
            else:
                letters.append(character)
    return letters


def _atoms(word: str) -> list[str]:
    """Split a word where a line may break inside it without a hyphen."""
    atoms: list[str] = []
    for part in _BETWEEN_ANY.split(word):
        if not part:
            continue
        if atoms and (part[0] in _NEVER_FIRST or unicodedata.category(part[0]) in _MARKS):
            atoms[-1] += part
        else:
            atoms.extend(piece for piece in _AFTER_THESE.split(part) if piece)
    return atoms


def _split_long(style: Style, size: float, word: str, measure: float) -> tuple[str, str]:
    """Split a word wider than the line: with a hyphen where Indonesian allows it, else between two letters."""
    if word.isalpha() and len(word) >= _SHORTEST_HYPHENATED:
        for head, tail in _hyphenation().iterate(word):
            if width(style, size, head + "-") <= measure:
                return head + "-", tail
    letters = graphemes(word)
    if width(style, size, letters[0]) > measure:  # one sign wider than a line cannot be shown
        return ELLIPSIS, "".join(letters[1:])
    fits, too_many = 1, len(letters)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if width(style, size, "".join(letters[:middle])) <= measure:
            fits = middle
        else:
            too_many = middle
    return "".join(letters[:fits]), "".join(letters[fits:])


@cache
def _hyphenation() -> "Pyphen":
    from pyphen import Pyphen

    return Pyphen(lang="id_ID", left=3, right=3)
