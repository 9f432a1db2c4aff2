"""Breaking text into lines with real metrics: never too wide, evenly filled, cut only with an ellipsis."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from renderers.emoji import with_drawable_emoji
from renderers.letters import MARKS, atoms, graphemes
from renderers.shaping import advance
from renderers.typefaces import Style

if TYPE_CHECKING:
    from pyphen import Pyphen

ELLIPSIS = "…"
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co"})
_SEEN_FORMATS = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]")  # Arabic and Syriac number signs
_JOINERS = frozenset("\u200c\u200d")
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_SELECTORS = re.compile("[\ufe00-\ufe0e\U000e0100-\U000e01ef]")
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]")
_TAGGED = "\U0001f3f4"  # the black flag, to which tags add a region
_MOST_MARKS = 4  # on one letter: every living script needs fewer; more would climb over the lines above
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017f\u2010-\u2027]+\\Z")
_STROKES = frozenset("/|·–—-")
_UNITS = frozenset(
    {"ribu", "rb", "juta", "jt", "tahun", "bulan", "minggu", "hari", "jam", "menit"}
    | {"kg", "gr", "gram", "ml", "liter", "pcs", "years", "months", "days"}
)
_NUMBER = re.compile(r"(?:^|\D)[\d.,]{1,9}\Z")
_MOST_LETTERS = 250  # no line holds more
_SHORTEST_HYPHENATED = 7
_LONGEST_PATTERN = 16  # letters that decide about a hyphen, at most
_BLOCK = 32  # letters: beginnings of a long word are looked up in such steps, so that few differ
_FEWEST_BALANCED, _MOST_BALANCED = 2, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its width."""

    string: str
    width: float


@lru_cache(maxsize=4_096)
def clean(text: str) -> str:
    """Return the text as it can be drawn: composed, on one line, without control and direction characters."""
    if _PLAIN.match(text):  # nearly always: nothing to look for
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        last = kept[-1] if kept else " "
        if character.isspace():
            kept.append(" ")
        elif character in _JOINERS:
            if last != " " and last not in _JOINERS:
                kept.append(character)
        elif not _is_unseen(character, last):
            marks = marks + 1 if unicodedata.category(character) in MARKS else 0
            if marks <= _MOST_MARKS:
                kept.append(character)
    drawable = with_drawable_emoji("".join(kept))
    return " ".join(drawable.split()) or (ELLIPSIS if text.strip() else "")


def _is_unseen(character: str, last: str) -> bool:
    """Tell whether a character has no picture: controls, blanks, what means nothing."""
    if character.isascii():
        return not character.isprintable()
    category = unicodedata.category(character)
    if category == "Cn":  # a letter newer than this Python's tables is shown, even if as a box
        return bool(_NONCHARACTERS.match(character))
    if category == "Cf":
        tags = _TAGS.match(character) and (last == _TAGGED or _TAGS.match(last))
        return not (tags or _SEEN_FORMATS.match(character))
    return category in _DROPPED_CATEGORIES or character in _BLANKS or bool(_SELECTORS.match(character))


def width(style: Style, size: float, string: str) -> float:
    """Return how wide a line runs at that size, emoji included."""
    return size * advance(style, string)


class _Atom(NamedTuple):  # unpacked in the innermost loop
    """What no line break splits unless it is wider than a line; ``gap`` is the space before it."""

    string: str
    width: float
    gap: float


_Fill = list[tuple[int, float]]
"""For each line the place of the atom after it, and its width."""


@lru_cache(maxsize=1_024)
def wrap(style: Style, size: float, text: str, measure: float) -> tuple[Line, ...]:
    """Break clean text greedily into lines no wider than ``measure``."""
    atoms = _measured(style, size, text)
    fill = _filled(atoms, measure)
    return _split(style, size, text, measure) if fill is None else _lines(atoms, fill)


def _filled(atoms: tuple[_Atom, ...], measure: float) -> _Fill | None:
    """Tell which atoms fill each line, or return None when one is wider than the measure."""
    fill: _Fill = []
    used = 0.0
    for place, (_, wide, gap) in enumerate(atoms):
        if place and used + gap + wide <= measure:
            used += gap + wide
        elif wide > measure:
            return None
        else:
            if place:
                fill.append((place, used))
            used = wide
    if atoms:
        fill.append((len(atoms), used))
    return fill


def _lines(atoms: tuple[_Atom, ...], fill: _Fill) -> tuple[Line, ...]:
    lines: list[Line] = []
    start = 0
    for end, used in fill:
        first, *others = atoms[start:end]
        words = [f" {string}" if gap else string for string, _, gap in others]
        lines.append(Line(first.string + "".join(words), used))
        start = end
    return tuple(lines)


def _split(style: Style, size: float, text: str, measure: float) -> tuple[Line, ...]:
    """Break text also inside of what is wider than a line."""
    lines: list[Line] = []
    current, used = "", 0.0
    for string, wide, space in _measured(style, size, text):
        gap = space if current else 0.0
        if used + gap + wide <= measure:
            current = f"{current} {string}" if gap else current + string
            used += gap + wide
            continue
        if current:
            lines.append(Line(current, used))
        rest, used = string, wide
        while used > measure:
            head, tail = _split_long(style, size, rest, measure)
            if not tail:
                rest, used = head, width(style, size, head)
                break
            lines.append(Line(head, width(style, size, head)))
            rest, used = tail, width(style, size, tail)
        current = rest
    if current:
        lines.append(Line(current, used))
    return tuple(lines)


@lru_cache(maxsize=1_024)
def _measured(style: Style, size: float, text: str) -> tuple[_Atom, ...]:
    space = size * advance(style, " ")
    return tuple(
        [_Atom(atom, size * advance(style, atom), space if apart else 0.0) for atom, apart in _atoms(text)]
    )


@lru_cache(maxsize=1_024)
def _atoms(text: str) -> tuple[tuple[str, bool], ...]:
    """Split a text where a line may break, and tell of each piece whether a space stands before it."""
    return tuple([(atom, place == 0) for word in _words(text) for place, atom in enumerate(atoms(word))])


def cut(style: Style, size: float, text: str, measure: float, most: int) -> tuple[Line, ...]:
    """Wrap into at most that many lines, the last one ending in an ellipsis when text was left out."""
    lines = wrap(style, size, text, measure)
    if len(lines) <= most:
        return lines
    letters = graphemes(_after(text, lines[: most - 1]) or lines[most - 1].string)[:_MOST_LETTERS]
    letters = letters[: _fitting(style, size, letters, measure - width(style, size, ELLIPSIS))]
    last = "".join(letters).rstrip(" -") + ELLIPSIS
    return (*lines[: most - 1], Line(last, width(style, size, last)))


def _after(text: str, lines: tuple[Line, ...]) -> str:
    """Return what of the text is left after those lines; empty when that cannot be told."""
    position = 0
    for line in lines:
        for place, character in enumerate(line.string):
            if text.startswith(character, position):
                position += 1
            elif character != "-" or place < len(line.string) - 1:
                return ""
        while text.startswith(" ", position):
            position += 1
    return text[position:]


def _words(text: str) -> list[str]:
    """Split at spaces, but keep a lone stroke or dot with the word before it, and a unit with its number."""
    words: list[str] = []
    for word in text.split(" "):
        if words and (word in _STROKES or (word.lower() in _UNITS and _NUMBER.search(words[-1]))):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def balanced(style: Style, size: float, text: str, measure: float) -> tuple[Line, ...]:
    """Wrap, then narrow the measure while the number of lines stays: no lonely last word, an even edge."""
    lines = wrap(style, size, text, measure)
    if not _FEWEST_BALANCED <= len(lines) <= _MOST_BALANCED:
        return lines
    broken = _broken_words(lines)
    widest = max(line.width for line in lines)
    atoms = _measured(style, size, text)
    longest = max((atom.width for atom in atoms if atom.width <= widest), default=0.0)
    low, high, best, best_fill = max(widest * 0.62, longest), widest, lines, _filled(atoms, measure)
    for _ in range(5):
        middle = (low + high) / 2
        fill = _filled(atoms, middle)
        if fill and (fill == best_fill or len(fill) != len(lines)):  # nothing new, or too many lines
            low, high = (low, middle) if fill == best_fill else (middle, high)
            continue
        tried = _lines(atoms, fill) if fill else _split(style, size, text, middle)
        if len(tried) == len(lines) and _broken_words(tried) <= broken:
            best, best_fill, high = tried, fill, middle
        else:
            low = middle
    return best


def _broken_words(lines: tuple[Line, ...]) -> int:
    """Count the lines that end inside a word or begin with a stroke."""
    return sum(line.string.endswith("-") or line.string.split(" ")[0] in _STROKES for line in lines)


def _split_long(style: Style, size: float, word: str, measure: float) -> tuple[str, str]:
    """Split a word wider than the line: at a hyphen where Indonesian allows it, else between letters."""
    head, _, stroke = word.rpartition(" ")
    if head:
        first, rest = (
            (head, "") if width(style, size, head) <= measure else _split_long(style, size, head, measure)
        )
        return first, f"{rest} {stroke}".strip()
    if word.isalpha() and len(word) >= _SHORTEST_HYPHENATED:
        most = _nearly_fitting(style, size, word, measure)
        most += 3 + most // 8  # letters stand closer together than they are wide alone
        for place in _hyphens(word[: most + _BLOCK - most % _BLOCK + _LONGEST_PATTERN]):
            if place <= most and width(style, size, word[:place] + "-") <= measure:
                return word[:place] + "-", word[place:]
    letters = graphemes(word)
    if width(style, size, letters[0]) > measure:  # one sign wider than a line cannot be shown
        return ELLIPSIS, "".join(letters[1:])
    fits = max(1, _fitting(style, size, letters, measure))
    return "".join(letters[:fits]), "".join(letters[fits:])


def _fitting(style: Style, size: float, letters: list[str], measure: float) -> int:
    """Return how many of the letters fit into the measure."""
    fits, too_many = 0, len(letters) + 1
    tried, step = _nearly_fitting(style, size, letters, measure), 1
    while too_many - fits > 1:
        if width(style, size, "".join(letters[:tried])) <= measure:
            fits, following = tried, tried + step
        else:
            too_many, following = tried, tried - step
        tried = following if fits < following < too_many else (fits + too_many) // 2
        step *= 2
    return fits


def _nearly_fitting(style: Style, size: float, letters: Sequence[str], measure: float) -> int:
    """Return how many letters, at least one, would fit if each were as wide as it is alone."""
    room = measure / size
    for count, letter in enumerate(letters):
        room -= advance(style, letter)
        if room < 0:
            return max(1, count)
    return len(letters)


@lru_cache(maxsize=1_024)
def _hyphens(word: str) -> tuple[int, ...]:
    """Return the places where a hyphen may split a word, the last one first."""
    places = _hyphenation().positions(word)
    _hyphenation().hd.cache.clear()  # it has no end
    return tuple(reversed(places))


@cache
def _hyphenation() -> "Pyphen":
    from pyphen import Pyphen

    return Pyphen(lang="id_ID", left=3, right=3)
