"""Busy seasons: which is coming, when to get ready for it, and what a shop does then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from journey.drafts import DraftKind
from journey.knowledge import Bilingual
from journey.model import Business, Language

AHEAD = timedelta(days=10)
"""How long before a season it is time to get ready."""
LISTED = timedelta(days=320)
"""How far ahead a list looks: less than from the end of a fast to the next, so that none is in it twice."""
FEWEST_DAYS = 180
"""Dates of fewer days to come are too few: somebody has to look the next year's up."""


class SeasonKind(StrEnum):
    """A season that comes back; a stored value is never respelled."""

    RAMADAN = "ramadan"
    LEBARAN = "lebaran"
    TWIN_DATE = "twin_date"
    """9.9, 10.10, 11.11 and 12.12, when marketplaces hold sales."""
    NATAL = "natal"
    """Christmas, and the days until New Year."""
    SCHOOL_YEAR = "school_year"


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing to do before a season; ``instead`` says it in other words for some lines of business."""

    text: Bilingual
    instead: Mapping[Business, Bilingual]

    def for_business(self, business: Business | None) -> Bilingual:
        """Return the words for a line of business."""
        return self.instead.get(business or Business.LAINNYA, self.text)


@dataclass(frozen=True, slots=True)
class Season:
    """A kind of season: its name, what to do before it, and the messages that fit, the best one first."""

    kind: SeasonKind
    name: Bilingual
    steps: tuple[Preparation, ...]
    drafts: tuple[DraftKind, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A season of one year, both days included; ``expected`` dates are forecast and may shift.

    ``id`` is stored and stays when a forecast is put right. ``source`` are codes of the sources with commas
    between, ``note`` says what else is to know of the date.
    """

    id: str
    kind: SeasonKind
    begin: date
    end: date
    source: str
    expected: bool = False
    note: Bilingual | None = None

    @property
    def ready_from(self) -> date:
        """The day on which it is time to get ready."""
        return self.begin - AHEAD


@dataclass(frozen=True, slots=True)
class Seasons:
    """All seasons and when they are, the earliest first; none is missing up to ``covers_until``."""

    seasons: Mapping[SeasonKind, Season]
    occurrences: tuple[Occurrence, ...]
    covers_from: date
    covers_until: date

    def season(self, occurrence: Occurrence) -> Season:
        """Return the kind of season that comes on that date."""
        return self.seasons[occurrence.kind]

    def find(self, occurrence_id: str | None) -> Occurrence | None:
        """Return the season of that id, None when there is none any more."""
        return next((found for found in self.occurrences if found.id == occurrence_id), None)

    def name(self, occurrence: Occurrence, language: Language) -> str:
        """Return what it is called within a sentence."""
        day, month = occurrence.begin.day, occurrence.begin.month
        return self.season(occurrence).name.say(language).format(day=day, month=month)

    def days_left(self, today: date) -> int:
        """Return for how many days from today the dates are known; less than nothing when they ran out."""
        return (self.covers_until - today).days


def coming(today: date, seasons: Seasons, within: timedelta = AHEAD) -> tuple[Occurrence, ...]:
    """Return the seasons to get ready for: at most so far away, and not begun yet; the nearest first."""
    return tuple(found for found in seasons.occurrences if found.begin - within <= today < found.begin)


def upcoming(today: date, seasons: Seasons) -> tuple[Occurrence, ...]:
    """Return the seasons to come, from the one that isn't over yet, each of them once."""
    return tuple(
        found for found in seasons.occurrences if found.end >= today and found.begin < today + LISTED
    )


def next_to_announce(after: date, seasons: Seasons) -> Occurrence | None:
    """Return the first season whose day to get ready is later than that day, None when the dates run out."""
    later = (found for found in seasons.occurrences if found.ready_from > after)
    return min(later, key=lambda found: found.ready_from, default=None)
