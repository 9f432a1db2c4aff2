"""Reads the seasons of ``knowledge/seasons.toml``, already parsed, and checks them."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from journey.drafts import DraftKind
from journey.knowledge import CHIP_ID_LENGTH, BrokenKnowledge
from journey.knowledge.places import Place
from journey.model import Business
from journey.seasons import Occurrence, Preparation, Season, SeasonKind, Seasons

STEP_LENGTH = 160
"""Two or three lines on a phone; six of them are read standing behind the counter."""
FEWEST_STEPS, MOST_STEPS = 4, 6
NAME_LENGTH = 20
"""Beside the date it still fits a button."""
NOTE_LENGTH = 140
LONGEST = timedelta(days=31)
"""No season is longer than a month of fasting."""


def parse_seasons(file: Mapping[str, object], sources: Collection[str]) -> Seasons:
    """Return the seasons of a parsed file.

    Raises BrokenKnowledge naming the place when a kind, a date, a source or words are missing, unknown, there
    twice, too long or out of order.
    """
    top = Place("seasons", file)
    top.only("covers_from", "covers_until", "seasons", "occurrences")
    read = [_season(place) for place in top.rows("seasons")]
    seasons = {season.kind: season for season in read}
    if len(read) != len(SeasonKind) or set(seasons) != set(SeasonKind):
        raise top.wrong(f"seasons: each kind once, found {[str(season.kind) for season in read]}")
    places = top.rows("occurrences")
    occurrences = tuple(_occurrence(place, sources) for place in places)
    if len({found.id for found in occurrences}) < len(occurrences):
        raise top.wrong("occurrences: an id is there twice")
    for place, earlier, later in zip(places[1:], occurrences, occurrences[1:], strict=False):
        if later.begin <= earlier.end:
            raise place.wrong(f"begins on {later.begin}, before {earlier.id} is over")
    return Seasons(
        seasons=MappingProxyType(seasons),
        occurrences=occurrences,
        covers_from=_day(top, "covers_from"),
        covers_until=_day(top, "covers_until"),
    )


def _season(place: Place) -> Season:
    place.only("kind", "name", "steps", "drafts")
    steps = tuple(_step(step) for step in place.rows("steps"))
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        raise place.wrong(f"{len(steps)} steps, {FEWEST_STEPS} to {MOST_STEPS} are read")
    drafts = place.choices("drafts", DraftKind)
    if not drafts:
        raise place.wrong("drafts are missing")
    name = place.bilingual("name", longest=NAME_LENGTH)
    for text in (name.id, name.en):
        try:
            text.format(day=1, month=1)
        except (LookupError, ValueError):
            raise place.wrong(f"name: only {{day}} and {{month}} stand in braces, not {text!r}") from None
    return Season(place.choice("kind", SeasonKind), name, steps, drafts)


def _step(place: Place) -> Preparation:
    place.only("text", "instead")
    instead = {
        business: other.bilingual("text", longest=STEP_LENGTH)
        for other in place.rows("instead")
        for business in other.choices("businesses", Business)
    }
    return Preparation(place.bilingual("text", longest=STEP_LENGTH), MappingProxyType(instead))


def _occurrence(place: Place, sources: Collection[str]) -> Occurrence:
    place.only("id", "kind", "begin", "end", "expected", "source", "note")
    begin, end = _day(place, "begin"), _day(place, "end")
    if not begin <= end < begin + LONGEST:
        raise place.wrong(f"{begin} to {end} is no season")
    occurrence_id = place.string("id")
    if len(occurrence_id.encode()) > CHIP_ID_LENGTH:
        raise place.wrong(f"id must be of at most {CHIP_ID_LENGTH} bytes")
    source = place.string("source")
    for code in source.split(","):
        if code not in sources:
            raise place.wrong(f"the source {code!r} is not in sources.toml")
    expected = place.row.get("expected", False)
    if not isinstance(expected, bool):
        raise place.wrong(f"expected must be true or false, not {expected!r}")
    return Occurrence(
        id=occurrence_id,
        kind=place.choice("kind", SeasonKind),
        begin=begin,
        end=end,
        source=source,
        expected=expected,
        note=place.bilingual("note", longest=NOTE_LENGTH) if "note" in place.row else None,
    )


def _day(place: Place, key: str) -> date:
    found = place.day(key)
    if found is None:
        raise BrokenKnowledge(f"{place.name}: {key} is missing")
    return found
