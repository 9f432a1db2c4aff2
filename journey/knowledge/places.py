"""A place in a data file: what stands there, or which place is wrong and why."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from journey.knowledge.values import Bilingual
from journey.limits import ENTRY_LENGTH

Choice = TypeVar("Choice", bound=StrEnum)


class BrokenKnowledge(ValueError):
    """A data file doesn't say what it should; the message names the file and the place."""


class Place:
    """Where in a file we are reading, to say so when something is wrong."""

    def __init__(self, name: str, row: Mapping[str, object]) -> None:
        self.name, self.row = name, row

    def wrong(self, reason: str) -> BrokenKnowledge:
        """Return the error that names this place and the reason."""
        return BrokenKnowledge(f"{self.name}: {reason}")

    def get(self, key: str) -> object:
        """Return what stands under a key; raises BrokenKnowledge when nothing does."""
        if key not in self.row:
            raise self.wrong(f"{key} is missing")
        return self.row[key]

    def string(self, key: str) -> str:
        """Return the words under a key, which must be there and not blank."""
        found = self.get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(f"{key} must be words, not {found!r}")
        return found

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the list of words under a key, empty when it is left out."""
        found = self.row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self.wrong(f"{key} must be a list of words")
        return tuple(found)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return the member of ``kind`` that a key names; raises BrokenKnowledge listing those there are."""
        return self._member(key, self.string(key), kind)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Return the members of ``kind`` that a key lists, none when it is left out."""
        return tuple(self._member(key, name, kind) for name in self.strings(key))

    def day(self, key: str) -> date | None:
        """Return the day under a key, written YYYY-MM-DD, or None when it is left out."""
        found = self.row.get(key)
        if found is None:
            return None
        try:
            day = date.fromisoformat(str(found))
        except ValueError:
            raise self.wrong(f"{key} must be a day like 2026-11-22, not {found!r}") from None
        if str(found) != day.isoformat():
            raise self.wrong(f"{key} must be a day like {day.isoformat()}, not {found!r}")
        return day

    def only(self, *keys: str) -> None:
        """Raise BrokenKnowledge when something else than these keys stands here: a slip of the pen."""
        for key in self.row:
            if key not in keys:
                raise self.wrong(f"{key} is unknown here; known are {', '.join(keys)}")

    def bilingual(self, key: str, *, longest: int = ENTRY_LENGTH) -> Bilingual:
        """Return the words under a key in both languages, each at most ``longest`` characters."""
        found = self.get(key)
        if not isinstance(found, dict) or set(found) != {"id", "en"}:
            raise self.wrong(f"{key} needs id and en, found {found!r}")
        return self._both(found, longest, key)

    def both(self, longest: int) -> Bilingual:
        """Return the words that stand here in both languages, perhaps beside something else."""
        return self._both(self.row, longest, "id or en")

    def child(self, key: str) -> "Place":
        """Return the table under a key as a place of its own."""
        found = self.get(key)
        if not isinstance(found, dict):
            raise self.wrong(f"{key} must be a table")
        return Place(f"{self.name}.{key}", found)

    def rows(self, key: str, *, named_by: str = "id") -> list["Place"]:
        """Return the list of tables under a key, each with its name or number, empty when it is left out."""
        found = self.row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise self.wrong(f"{key} must be a list of tables")
        return [
            Place(f"{self.name}.{key}[{row.get(named_by, place)}]", row) for place, row in enumerate(found)
        ]

    def _both(self, found: Mapping[str, object], longest: int, what: str) -> Bilingual:
        words = Bilingual(str(found.get("id", "")), str(found.get("en", "")))
        for text in (words.id, words.en):
            if not text.strip() or text != text.strip():
                raise self.wrong(f"{what} is empty or has blanks at its ends: {text!r}")
            if len(text) > longest:
                raise self.wrong(f"{what} has {len(text)} characters, {longest} at most: {text!r}")
        return words

    def _member(self, key: str, name: str, kind: type[Choice]) -> Choice:
        try:
            return kind(name)
        except ValueError:
            raise self.wrong(f"{key} must be one of {', '.join(kind)}, not {name!r}") from None
