"""Reading JSON values with the path to each, so that whatever is wrong is named with its place."""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from journey import limits
from journey.titles import shortened
from journey.wording import clean_line

MOMENT = re.compile(
    r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
"""A time as RFC 3339 writes it, with its offset: without one it would be another time on every machine."""
DAY = re.compile(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
"""A day as RFC 3339 writes it."""
NOTE_PREFIX = "x-"
"""How a field begins that others may add for themselves; it is passed over and not kept."""
_LONGEST_SHOWN = 40
"""Characters of a wrong value that a message repeats."""
_UNCLEANED = 20
"""How often a text may be as long as fits before it is cleaned; nobody means to write what is longer."""
_LARGEST_SHOWN = 10**15
_SCORES = range(limits.LOWEST_SCORE, limits.HIGHEST_SCORE + 1)
_DOUBLED = range(2 * limits.LOWEST_SCORE, 2 * limits.HIGHEST_SCORE + 1)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Fault(StrEnum):
    """What can be wrong with a value of a document."""

    FORMAT = "format"
    MISSING = "missing"
    KIND = "kind"
    """A list where a text should be, say."""
    EMPTY = "empty"
    LONG = "long"
    MANY = "many"
    FIELD = "field"
    """A field the format doesn't have."""
    VALUE = "value"
    SCORE = "score"
    TIME = "time"
    TWICE = "twice"


class BrokenDocument(ValueError):
    """The document is no map; the message names the place (``stages[2].pains[0].text``) and what is wrong.

    ``most`` is the limit that ``fault`` is about, ``found`` the name or the number that was found.
    """

    def __init__(
        self, place: str, reason: str, fault: Fault = Fault.KIND, *, most: int = 0, found: str = ""
    ) -> None:
        """Say where and why."""
        super().__init__(f"{place}: {reason}" if place else reason)
        self.place = place
        self.reason = reason
        self.fault = fault
        self.most = most
        self.found = found


class Place:
    """A value in the document and the path to it."""

    def __init__(self, path: str, value: object) -> None:
        """Stand at a value; the path of the whole document is empty."""
        self.path, self.value = path, value

    def wrong(self, reason: str, fault: Fault, *, most: int = 0, found: str = "") -> BrokenDocument:
        """Return the error that says what is wrong here."""
        return BrokenDocument(self.path, reason, fault, most=most, found=found)

    def child(self, key: str) -> "Place":
        """Return a member of an object; one that is missing counts as null."""
        return type(self)(f"{self.path}.{key}" if self.path else key, self.fields().get(key))

    def fields(self) -> Mapping[object, object]:
        """Return the members of an object."""
        if not isinstance(self.value, Mapping):
            raise self._of_another_kind("an object")
        return self.value

    def only(self, *known: str) -> None:
        """Refuse a field that isn't ``known``: a misspelled one would lose what it holds without a word."""
        for key in self.fields():
            if key in known or (isinstance(key, str) and key.startswith(NOTE_PREFIX)):
                continue
            if not isinstance(key, str) or not is_tellable(key):
                raise self.wrong(f"has an unknown field, {shown(key)}", Fault.FIELD)
            reason = f"is no field of the format: {_instead_of(key, known)}"
            raise self.child(key).wrong(reason, Fault.FIELD, found=key)

    def each(self, most: int, read: "Callable[[Place], T]") -> tuple[T, ...]:
        """Return what is read of each item of a list; null counts as an empty one."""
        return tuple(read(item) for item in self.items(most))

    def items(self, most: int) -> list["Place"]:
        """Return the items of a list; null counts as an empty one."""
        found = [] if self.value is None else self.value
        if not isinstance(found, list):
            raise self._of_another_kind("a list")
        if len(found) > most:
            reason = f"has {len(found)} items, at most {most} fit"
            raise self.wrong(reason, Fault.MANY, most=most, found=str(len(found)))
        return [type(self)(f"{self.path}[{number}]", item) for number, item in enumerate(found)]

    def optional(self, read: "Callable[[Place], T]") -> T | None:
        """Return what is read of the value, None for null."""
        return None if self.value is None else read(self)

    def string(self) -> str:
        """Return a text as it stands."""
        if not isinstance(self.value, str):
            raise self._of_another_kind("text")
        return self.value

    def text(self, longest: int) -> str:
        """Return a cleaned text that is neither empty nor too long."""
        typed = self.string()
        if len(typed) > _UNCLEANED * longest:
            raise self._too_long(typed, longest)
        text = clean_line(typed)
        if not text:
            raise self.wrong("is empty", Fault.EMPTY)
        if len(text) > longest:
            raise self._too_long(text, longest)
        return text

    def otherwise(self, fallback: T | None, broken: BrokenDocument) -> T:
        """Refuse the document: nothing is guessed."""
        del fallback
        raise broken

    def member(self, kind: type[E], *, fallback: E | None = None) -> E:
        """Return a text as the choice it stands for; the fallback is for ``otherwise``."""
        text = self.string()
        try:
            return kind(text)
        except ValueError:
            known = ", ".join(member.value for member in kind)
            broken = self.wrong(f"must be one of {known}, found {shown(text)}", Fault.VALUE)
        return self.otherwise(fallback, broken)

    def score(self) -> int:
        """Return the score of a feeling."""
        value = self.value
        # JSON has no whole numbers of its own: some programs write 4 as 4.0.
        if isinstance(value, int | float) and not isinstance(value, bool) and value in _SCORES:
            return int(value)
        lowest, highest = limits.LOWEST_SCORE, limits.HIGHEST_SCORE
        reason = f"must be a whole number from {lowest} to {highest}, found {shown(value)}"
        raise self.wrong(reason, Fault.SCORE, most=highest)

    def mean_score(self) -> float:
        """Return a score that may be the mean of two feelings: a whole number or a half."""
        value = self.value
        if isinstance(value, int | float) and not isinstance(value, bool) and 2 * value in _DOUBLED:
            return float(value)
        lowest, highest = limits.LOWEST_SCORE, limits.HIGHEST_SCORE
        reason = f"must be a score from {lowest} to {highest} in halves, found {shown(value)}"
        raise self.wrong(reason, Fault.SCORE, most=highest)

    def time(self) -> datetime:
        """Return a time in UTC."""
        text = self.string()
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self.wrong(f"must be a time like 2026-03-02T09:30:00Z, found {shown(text)}", Fault.TIME)

    def day(self) -> date:
        """Return a day."""
        text = self.string()
        try:
            if DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise self.wrong(f"must be a day like 2026-03-02, found {shown(text)}", Fault.TIME)

    def _too_long(self, text: str, longest: int) -> BrokenDocument:
        reason = f"has {len(text)} characters, at most {longest} fit"
        return self.wrong(reason, Fault.LONG, most=longest, found=str(len(text)))

    def _of_another_kind(self, wanted: str) -> BrokenDocument:
        fault = Fault.MISSING if self.value is None else Fault.KIND
        return self.wrong(f"must be {wanted}, found {shown(self.value)}", fault)


class StoredPlace(Place):
    """A value in a document of ours, of another release perhaps: what this one doesn't know is passed over.

    A field, a choice or a longer text than this release has counts as not said; nobody is there to mend it.
    """

    def only(self, *known: str) -> None:
        """Pass over what another release has to say besides."""
        del known
        self.fields()

    def each(self, most: int, read: Callable[[Place], T]) -> tuple[T, ...]:
        """Return what can be read of the items."""
        found = (item.optional(read) for item in self.items(most))
        return tuple(item for item in found if item is not None)

    def items(self, most: int) -> list[Place]:
        """Return as many items as fit."""
        fitting = self.value[:most] if isinstance(self.value, list) else self.value
        return Place.items(type(self)(self.path, fitting), most)

    def optional(self, read: Callable[[Place], T]) -> T | None:
        """Return what can be read of the value, None for anything else."""
        try:
            return super().optional(read)
        except BrokenDocument:
            return None

    def text(self, longest: int) -> str:
        """Return as much of a text as fits."""
        fitting = shortened(clean_line(self.string()), longest)
        return Place(self.path, fitting).text(longest)

    def otherwise(self, fallback: T | None, broken: BrokenDocument) -> T:
        """Go on with what is least wrong, if there is such a thing: a map is worth more than a refusal."""
        if fallback is None:
            raise broken
        return fallback


def is_tellable(name: str) -> bool:
    """Tell whether a message can repeat the name of a field as it stands."""
    return name.isprintable() and len(name) <= _LONGEST_SHOWN


def shown(value: object) -> str:
    """Return how a message names a wrong value: short, and without looking into lists and objects."""
    match value:
        case None:
            return "nothing"
        case str() if len(value) > _LONGEST_SHOWN:
            return f"a text of {len(value)} characters"
        case str():
            return repr(value)
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value) if abs(value) < _LARGEST_SHOWN else "a number"
        case list():
            return "a list"
        case _:
            return "an object"


def _instead_of(key: str, known: Sequence[str]) -> str:
    """Return which field may have been meant, or all there are."""
    close = difflib.get_close_matches(key.lower(), known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"there are {', '.join(known)}"
