"""Busy seasons: dates for two years and their sources, what to get ready in each trade, when it is time."""

import copy
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from journey.document import JsonValue
from journey.drafts import DraftKind
from journey.knowledge import BrokenKnowledge
from journey.model import Business, Language
from journey.seasonbook import FEWEST_STEPS, MOST_STEPS, parse_seasons
from journey.seasons import (
    AHEAD,
    FEWEST_DAYS,
    Occurrence,
    SeasonKind,
    coming,
    next_to_announce,
    upcoming,
)
from tests.content import data_files, the_knowledge, the_seasons

SEASONS = the_seasons()
A_YEAR = timedelta(days=365)
TWIN_DATES = ["12.12", "9.9", "10.10", "11.11", "12.12", "9.9", "10.10", "11.11", "12.12"]
EACH_KIND = pytest.mark.parametrize("kind", list(SeasonKind))


def of_kind(kind: SeasonKind) -> list[Occurrence]:
    return [found for found in SEASONS.occurrences if found.kind is kind]


def on(kind: SeasonKind, year: int) -> Occurrence:
    return next(found for found in of_kind(kind) if found.begin.year == year)


# When they are.


def test_the_dates_have_not_run_out() -> None:
    """Red long before owners are left without: then the next year's dates are to be looked up."""
    assert SEASONS.days_left(datetime.now(UTC).date()) >= FEWEST_DAYS


def test_the_dates_reach_two_years_ahead_of_the_day_they_are_known_from() -> None:
    """What the file promises of itself."""
    assert SEASONS.covers_until - SEASONS.covers_from >= 2 * A_YEAR
    assert SEASONS.occurrences[0].begin >= SEASONS.covers_from
    assert SEASONS.occurrences[-1].begin <= SEASONS.covers_until


@EACH_KIND
def test_every_season_comes_each_year(kind: SeasonKind) -> None:
    """Never more than a year and a few days between two; the last one is no further from the end."""
    most = A_YEAR + timedelta(days=5)
    begins = [SEASONS.covers_from, *(found.begin for found in of_kind(kind)), SEASONS.covers_until]

    gaps = [later - earlier for earlier, later in pairwise(begins)]

    assert max(gaps) <= most


def test_twin_dates_are_twins() -> None:
    """All four of each year, each one day long."""
    found = of_kind(SeasonKind.TWIN_DATE)

    assert [f"{each.begin.day}.{each.begin.month}" for each in found] == TWIN_DATES
    assert all(each.begin == each.end and not each.expected for each in found)


@pytest.mark.parametrize("year", [2027, 2028])
def test_the_feast_follows_the_fast(year: int) -> None:
    """Lebaran begins the day after the last day of Ramadan, after 29 or 30 days; both are forecast."""
    fast, feast = on(SeasonKind.RAMADAN, year), on(SeasonKind.LEBARAN, year)

    assert feast.begin == fast.end + timedelta(days=1)
    assert (feast.begin - fast.begin).days in (29, 30)
    assert fast.expected
    assert feast.expected


def test_christmas_lasts_until_new_year() -> None:
    """The 25th and New Year's Day are in it every year."""
    for found in of_kind(SeasonKind.NATAL):
        assert found.begin <= date(found.begin.year, 12, 25)
        assert found.end == date(found.begin.year + 1, 1, 1)


def test_school_begins_on_a_monday_and_is_expected() -> None:
    """Each province sets its own day, in July."""
    assert all(
        found.begin.weekday() == 0 and found.begin.month == 7 for found in of_kind(SeasonKind.SCHOOL_YEAR)
    )
    assert all(found.expected for found in of_kind(SeasonKind.SCHOOL_YEAR))


def test_no_season_is_got_ready_for_in_the_middle_of_another_but_the_feast() -> None:
    """Two notices are never nearer than ten days; Lebaran alone is announced while Ramadan lasts."""
    found = SEASONS.occurrences
    for earlier, later in pairwise(found):
        assert later.ready_from - earlier.ready_from >= AHEAD
        assert later.ready_from >= earlier.begin
        if later.kind is not SeasonKind.LEBARAN:
            assert later.ready_from > earlier.end


def test_what_is_forecast_says_more_about_its_date() -> None:
    """Owners are told why it may shift; every id is there once."""
    assert all(found.note for found in SEASONS.occurrences if found.expected)
    assert max(Counter(found.id for found in SEASONS.occurrences).values()) == 1


# What to do.


@EACH_KIND
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("business", [None, *Business])
def test_every_trade_gets_a_short_list_without_repeats(
    kind: SeasonKind, language: Language, business: Business | None
) -> None:
    """Four to six steps, each said once, in the language asked for."""
    steps = [step.for_business(business).say(language) for step in SEASONS.seasons[kind].steps]

    assert FEWEST_STEPS <= len(steps) <= MOST_STEPS
    assert len(set(steps)) == len(steps)


@EACH_KIND
def test_trades_are_spoken_to_in_their_own_words(kind: SeasonKind) -> None:
    """A service has no parcels, a kitchen no sizes: each of them reads another list than a shop."""
    lists = {
        business: tuple(step.for_business(business).id for step in SEASONS.seasons[kind].steps)
        for business in (Business.LAINNYA, Business.KULINER, Business.WARUNG, Business.JASA)
    }

    assert len(set(lists.values())) == len(lists)


@pytest.mark.parametrize("business", [Business.KULINER, Business.KOPI, Business.JASA, Business.WARUNG])
def test_who_sends_no_parcels_reads_of_no_courier(business: Business) -> None:
    """Neither couriers nor boxes nor cash on delivery."""
    said = " ".join(
        step.for_business(business).id for season in SEASONS.seasons.values() for step in season.steps
    )

    assert [word for word in ("kurir", "kardus", "COD", "lakban") if word in said] == []


def test_each_season_brings_messages_that_fit() -> None:
    """Closing days for the holidays, offers for sales, and orders for all that is ordered ahead."""
    drafts = {kind: season.drafts for kind, season in SEASONS.seasons.items()}

    assert drafts[SeasonKind.LEBARAN][0] is DraftKind.HOLIDAY
    assert drafts[SeasonKind.TWIN_DATE][0] is DraftKind.SECOND
    assert all(DraftKind.HOLIDAY in drafts[kind] for kind in (SeasonKind.LEBARAN, SeasonKind.NATAL))
    assert all(
        (DraftKind.ORDERS in found) == (kind is not SeasonKind.TWIN_DATE) for kind, found in drafts.items()
    )


def test_a_sale_is_called_by_its_date() -> None:
    """Nobody says "twin dates" to a customer."""
    sale = on(SeasonKind.TWIN_DATE, 2026)

    assert [SEASONS.name(sale, language) for language in Language] == ["promo 12.12", "12.12 sale"]


# When it is time.


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-12-01", []),
        ("2026-12-02", ["twin_date.2026.12"]),
        ("2026-12-11", ["twin_date.2026.12"]),
        ("2026-12-12", []),
        ("2026-12-13", []),
        ("2026-12-14", ["natal.2026"]),
        ("2027-02-27", []),
        ("2027-02-28", ["lebaran.1448"]),
        ("2027-03-09", ["lebaran.1448"]),
        ("2027-08-29", []),
        ("2027-08-30", ["twin_date.2027.9"]),
        ("2027-09-30", ["twin_date.2027.10"]),
    ],
)
def test_ten_days_ahead_it_is_time_until_it_begins(today: str, expected: list[str]) -> None:
    """From the tenth day before to the day before, both included; in the tail of the fast for the feast."""
    assert [found.id for found in coming(date.fromisoformat(today), SEASONS)] == expected


def test_a_wider_look_finds_more_the_nearest_first() -> None:
    """In order of their beginning."""
    found = coming(date(2026, 12, 1), SEASONS, timedelta(days=80))

    assert [each.kind for each in found] == [SeasonKind.TWIN_DATE, SeasonKind.NATAL, SeasonKind.RAMADAN]


def test_the_list_of_a_year_has_each_season_once() -> None:
    """From the one that isn't over on; on no day is one of them listed twice."""
    in_the_fast = upcoming(date(2027, 2, 20), SEASONS)

    assert in_the_fast[0] == on(SeasonKind.RAMADAN, 2027)
    assert len([found for found in in_the_fast if found.kind is SeasonKind.TWIN_DATE]) == 4
    assert upcoming(date(2027, 3, 10), SEASONS)[0].kind is SeasonKind.LEBARAN
    for day in range(365):
        names = [
            SEASONS.name(found, Language.ID)
            for found in upcoming(date(2027, 1, 1) + timedelta(days=day), SEASONS)
        ]
        assert len(set(names)) == len(names) >= 5


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-11-29", "twin_date.2026.12"),
        ("2026-12-01", "twin_date.2026.12"),
        ("2026-12-02", "natal.2026"),
        ("2027-01-29", "lebaran.1448"),
        ("2028-12-14", "natal.2028"),
        ("2028-12-15", None),
    ],
)
def test_each_is_announced_once(after: str, expected: str | None) -> None:
    """What was announced today is not the next; at the end of the data there is none."""
    found = next_to_announce(date.fromisoformat(after), SEASONS)

    assert (found.id if found else None) == expected


# The file.


def broken(path: tuple[str | int, ...], value: JsonValue | date) -> Mapping[str, object]:
    file = copy.deepcopy(data_files()["seasons"])
    here: object = file
    for key in path[:-1]:
        here = here[key]  # type: ignore[index]  # tables and lists of the file, as deep as the path says
    here[path[-1]] = value  # type: ignore[index]  # the same
    return file


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("covers_until",), "later", "seasons: covers_until must be a day like"),
        (("covers_untill",), "x", "seasons: covers_untill is unknown here"),
        (("seasons", 0, "kind"), "lent", "seasons.seasons[0]: kind must be one of ramadan"),
        (("seasons", 1, "kind"), "ramadan", "seasons: seasons: each kind once"),
        (
            ("seasons", 0, "name", "id"),
            "Bulan puasa yang panjang",
            "seasons.seasons[0]: name has 24 characters",
        ),
        (("seasons", 2, "name", "en"), "{year} sale", "seasons.seasons[2]: name: only {day} and {month}"),
        (("seasons", 2, "name", "en"), "{day sale", "seasons.seasons[2]: name: only {day} and {month}"),
        (("seasons", 0, "drafts"), [], "seasons.seasons[0]: drafts are missing"),
        (("seasons", 0, "drafts"), ["greeting"], "seasons.seasons[0]: drafts must be one of thanks"),
        (("seasons", 0, "steps"), [], "seasons.seasons[0]: 0 steps, 4 to 6 are read"),
        (
            ("seasons", 0, "steps", 0, "text"),
            {"id": "x" * 161, "en": "x"},
            "seasons.seasons[0].steps[0]: text has 161 characters",
        ),
        (
            ("seasons", 0, "steps", 0, "instead", 0, "businesses"),
            ["bank"],
            "seasons.seasons[0].steps[0].instead[0]: businesses must be one of kuliner",
        ),
        (("occurrences", 0, "source"), "TWN,X9", "seasons.occurrences[twin_date.2026.12]: the source 'X9'"),
        (("occurrences", 0, "end"), date(2026, 12, 11), "2026-12-12 to 2026-12-11 is no season"),
        (("occurrences", 0, "end"), date(2027, 1, 12), "2026-12-12 to 2027-01-12 is no season"),
        (("occurrences", 1, "begin"), date(2026, 12, 12), "begins on 2026-12-12, before twin_date.2026.12"),
        (("occurrences", 0, "begin"), "12.12.", "begin must be a day like"),
        (("occurrences", 2, "expected"), "yes", "expected must be true or false"),
        (("occurrences", 2, "note"), {"id": "x"}, "note needs id and en"),
        (("occurrences", 1, "id"), "twin_date.2026.12", "seasons: occurrences: an id is there twice"),
        (("occurrences", 1, "id"), "x" * 49, "id must be of at most 48 bytes"),
    ],
)
def test_a_broken_file_is_named_with_the_place(
    path: tuple[str | int, ...], value: JsonValue | date, message: str
) -> None:
    """Whoever adds a year is told where it went wrong."""
    with pytest.raises(BrokenKnowledge) as caught:
        parse_seasons(broken(path, value), the_knowledge().sources)

    assert message in str(caught.value)


def test_a_season_without_a_day_is_named() -> None:
    """A date that was forgotten is no date."""
    file = copy.deepcopy(data_files()["seasons"])
    del file["covers_until"]

    with pytest.raises(BrokenKnowledge, match="seasons: covers_until is missing"):
        parse_seasons(file, the_knowledge().sources)
