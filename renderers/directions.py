"""Reading directions: which characters of a line run from the left and which from the right (UAX 9).

The embedding and isolating controls are left out: texts here never hold them. A line may begin with
``FROM_THE_RIGHT`` or ``FROM_THE_LEFT`` to say how its paragraph reads. Quotes pair like brackets (allowed by
HL3), so that those around a name face the way of the sentence that quotes it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

FROM_THE_LEFT = "\u200e"
FROM_THE_RIGHT = "\u200f"
_MARKS = (FROM_THE_LEFT, FROM_THE_RIGHT)

_FROM_THE_RIGHT_KINDS = frozenset({"R", "AL"})
_STRONG = frozenset({"L", "R", "AL"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_INVISIBLE = "BN"
_OPENING, _CLOSING = "([{⟨⟦〈《「『【〔（［｛｢❨⁽₍“«", ")]}⟩⟧〉》」』】〕）］｝｣❩⁾₎”»"
_CLOSER_OF = dict(zip(_OPENING, _CLOSING, strict=True))
_MIRRORED = str.maketrans(f"{_OPENING}{_CLOSING}<>‹›≤≥", f"{_CLOSING}{_OPENING}><›‹≥≤")
_CURLY = "“”"  # turned by whoever shapes, when they were typed the other way
_MOST_OPEN = 63  # UAX 9, BD16
_RIGHT_TO_LEFT_BLOCKS = (
    (0x590, 0x8FF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x10800, 0x10FFF),
    (0x1E800, 0x1EFFF),
)
_MAYBE_FROM_THE_RIGHT = re.compile(
    f"[{FROM_THE_RIGHT}{''.join(f'{chr(first)}-{chr(last)}' for first, last in _RIGHT_TO_LEFT_BLOCKS)}]"
)


def kind(character: str) -> str:
    """Return the bidirectional class of a character."""
    found = unicodedata.bidirectional(character)
    if found:
        return "BN" if found in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} else found
    block = any(first <= ord(character) <= last for first, last in _RIGHT_TO_LEFT_BLOCKS)
    return "R" if block else "L"


def has_right_to_left(string: str) -> bool:
    """Tell whether any character runs from the right, so that the order of the line matters."""
    if string.isascii() or not _MAYBE_FROM_THE_RIGHT.search(string):
        return False
    return any(kind(character) in {"R", "AL", "AN"} for character in string)


def reads_from_the_right(string: str) -> bool:
    """Tell whether the first letter with a direction belongs to a right-to-left script."""
    if string.isascii() or not _MAYBE_FROM_THE_RIGHT.search(string):
        return False
    return next((found != "L" for found in map(kind, string) if found in _STRONG), False)


def unmarked(string: str) -> str:
    """Return the line without the mark of its paragraph's direction."""
    return string[1:] if string.startswith(_MARKS) else string


def mirrored(string: str) -> str:
    """Return what a string looks like where it runs from the right: brackets open the other way."""
    return string.translate(_MIRRORED) if string not in _CURLY else string


@lru_cache(maxsize=1_024)
def levels(string: str, *, from_the_right: bool) -> tuple[int, ...]:
    """Return the embedding level of each character: even ones run from the left, odd ones from the right."""
    if not from_the_right and not has_right_to_left(string):
        return (0,) * len(string)
    base = 1 if from_the_right else 0
    kinds = [kind(character) for character in string]
    seen = [place for place, found in enumerate(kinds) if found != _INVISIBLE]
    direction = "R" if base else "L"
    resolved = _weak([kinds[place] for place in seen], direction)
    resolved = _paired(resolved, [string[place] for place in seen], direction)
    resolved = _neutral(resolved, direction)
    level = dict(zip(seen, (_level(found, base) for found in resolved), strict=True))
    result: list[int] = []
    for place in range(len(string)):
        result.append(level.get(place, result[-1] if result else base))
    for place in reversed(range(len(string))):  # L1: spaces at the end stand at the end
        if kinds[place] not in {"WS", "B", "S", _INVISIBLE}:
            break
        result[place] = base
    return tuple(result)


def visual_order(of_levels: Sequence[int]) -> list[int]:
    """Return the places of the pieces with these levels from left to right (UAX 9, L2)."""
    order = list(range(len(of_levels)))
    for level in range(max(of_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and of_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


def _weak(kinds: list[str], base: str) -> list[str]:
    """Resolve marks, numbers and the signs between and beside numbers (W1 to W7)."""
    previous, strong = base, base
    for place, found in enumerate(kinds):
        current = previous if found == "NSM" else found
        previous = current
        if current in _STRONG:
            strong = current
        elif current == "EN" and strong == "AL":
            current = "AN"
        kinds[place] = current
    kinds = ["R" if found == "AL" else found for found in kinds]
    for place in range(1, len(kinds) - 1):
        before, found, after = kinds[place - 1 : place + 2]
        same = before == after
        if same and ((found == "ES" and before == "EN") or (found == "CS" and before in {"EN", "AN"})):
            kinds[place] = before
    result: list[str] = []
    for found, group in groupby(kinds):
        run = list(group)
        if found == "ET":
            after = kinds[len(result) + len(run)] if len(result) + len(run) < len(kinds) else ""
            beside = "EN" in (result[-1] if result else "", after)
            result += ["EN" if beside else "ON"] * len(run)
        else:
            result += ["ON" if found in {"ES", "CS"} else found] * len(run)
    strong = base
    for place, found in enumerate(result):
        strong = found if found in _STRONG else strong
        if found == "EN" and strong == "L":
            result[place] = "L"
    return result


def _side(found: str) -> str:
    """Return the direction that a neutral neighbour sees: numbers count as running from the right."""
    return "R" if found in {"EN", "AN"} else found


def _paired(kinds: list[str], letters: list[str], base: str) -> list[str]:
    """Give both brackets of a pair the direction of what they hold or stand in (N0)."""
    for opening, closing in _pairs(kinds, letters):
        inside = {_side(found) for found in kinds[opening + 1 : closing]} & {"L", "R"}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = next(
                (side for found in reversed(kinds[:opening]) if (side := _side(found)) in "LR"), base
            )
            direction = before if before != base else base
        for place in (opening, closing):
            kinds[place] = direction
            for mark in range(place + 1, len(kinds)):
                if kind(letters[mark]) != "NSM":
                    break
                kinds[mark] = direction
    return kinds


def _pairs(kinds: list[str], letters: list[str]) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, letter in enumerate(letters):
        if kinds[place] != "ON":
            continue
        if letter in _CLOSER_OF:
            if len(opened) == _MOST_OPEN:
                break
            opened.append((_CLOSER_OF[letter], place))
        elif letter in _CLOSING:
            for depth in reversed(range(len(opened))):
                if opened[depth][0] == letter:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], base: str) -> list[str]:
    """Give spaces and signs the direction of both neighbours when these agree, else the line's (N1, N2)."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > start:
            before = _side(kinds[start - 1]) if start else base
            after = _side(kinds[end]) if end < len(kinds) else base
            kinds[start:end] = [before if before == after else base] * (end - start)
        start = max(end, start + 1)
    return kinds


def _level(found: str, base: int) -> int:
    """Return the level of a resolved class on a line of that level (I1, I2)."""
    if found == "L":
        return 2 * base
    return 1 if found == "R" else 2
