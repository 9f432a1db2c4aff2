"""A place in a data file: what stands there, or which place is wrong and why."""

from collections.abc import Mapping

from journey.knowledge.values import Bilingual
from journey.limits import ENTRY_LENGTH


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

    def bilingual(self, key: str, *, longest: int = ENTRY_LENGTH) -> Bilingual:
        """Return words in both languages, each at most ``longest`` characters."""
        found = self.get(key)
        if not isinstance(found, dict) or set(found) != {"id", "en"}:
            raise self.wrong(f"{key} needs id and en, found {found!r}")
        words = Bilingual(str(found["id"]), str(found["en"]))
        for text in (words.id, words.en):
            if not text.strip() or text != text.strip():
                raise self.wrong(f"{key} is empty or has blanks at its ends: {text!r}")
            if len(text) > longest:
                raise self.wrong(f"{key} has {len(text)} characters, {longest} at most: {text!r}")
        return words

    def child(self, key: str) -> "Place":
        """Return the table under a key as a place of its own."""
        found = self.get(key)
        if not isinstance(found, dict):
            raise self.wrong(f"{key} must be a table")
        return Place(f"{self.name}.{key}", found)

    def rows(self, key: str) -> list["Place"]:
        """Return the list of tables under a key, each named by its id, empty when it is left out."""
        found = self.row.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(f"{key} must be a list of tables")
        return [Place(f"{self.name}.{key}[{row.get('id', place)}]", row) for place, row in enumerate(found)]
