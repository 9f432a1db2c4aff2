"""The kinds of answer, each with a pure reading of what an owner typed."""

import re
from dataclasses import dataclass

from conversations.replies import Key
from journey import limits
from journey.model import Element
from journey.wording import clean, clean_line, says_something, split_entries


@dataclass(frozen=True, slots=True)
class Rejected:
    """The words don't fit; ``reason`` is a key of the catalogue, ``length`` and ``most`` are characters."""

    reason: str
    length: int = 0
    most: int = 0


def rejection(read: Rejected) -> Key:
    """Return the sentence that says why words don't fit."""
    return Key(f"reject.{read.reason}", {"length": read.length, "most": read.most})


@dataclass(frozen=True, slots=True)
class Menu:
    """Buttons lead on; nothing is written."""

    def read(self, text: str) -> Rejected:
        """Refuse any words: a button is needed."""
        return Rejected("pick" if clean(text) else "empty")


@dataclass(frozen=True, slots=True)
class Pick:
    """Exactly one of the options."""

    def read(self, text: str) -> Rejected:
        """Refuse words that are no option's label."""
        return Rejected("pick" if clean(text) else "empty")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words of at most ``longest`` characters, or an option."""

    longest: int

    def read(self, text: str) -> tuple[str, ...] | Rejected:
        """Return the cleaned line."""
        line = clean_line(text)
        if not says_something(line):
            return Rejected("empty")
        if len(line) > self.longest:
            return Rejected("long", len(line), self.longest)
        return (line,)


@dataclass(frozen=True, slots=True)
class Names:
    """One or several names of at most ``longest`` characters each, or an option."""

    longest: int

    def read(self, text: str) -> tuple[str, ...] | Rejected:
        """Return the names of a typed list; a comma always parts names."""
        return _listed(re.sub(r"[,;]", "\n", text), self.longest)


@dataclass(frozen=True, slots=True)
class Entries:
    """Up to six entries of an element, typed one by one or as a list."""

    element: Element

    def read(self, text: str) -> tuple[str, ...] | Rejected:
        """Return the entries of a typed list, each within its limit."""
        return _listed(text, limits.ENTRY_LENGTH)


@dataclass(frozen=True, slots=True)
class Feelings:
    """One or two feelings of the list, or an own word that is then given a score."""

    def read(self, text: str) -> tuple[str, ...] | Rejected:
        """Return the owner's word for a feeling."""
        return Line(limits.FEELING_LENGTH).read(text)


Answer = Menu | Pick | Line | Names | Entries | Feelings


def _listed(text: str, most: int) -> tuple[str, ...] | Rejected:
    found = tuple(item for item in split_entries(text) if says_something(item))
    if not found:
        return Rejected("empty")
    longest = max(len(item) for item in found)
    if longest > most:
        return Rejected("long", longest, most)
    return found
