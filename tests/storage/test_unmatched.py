"""Words that the knowledge doesn't know are counted, of nobody, and never more than can be read."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import unmatched
from storage.database import Database
from storage.records import UnmatchedRow
from storage.tables import unmatched_words
from storage.transactions import Transaction
from tests.storage.samples import NOW

TODAY = datetime(2026, 3, 1, tzinfo=UTC)


def keep(
    database: Database, words: str, *, days: int = 0, phase: str = "terima", business: str = "kuliner"
) -> None:
    now = NOW + timedelta(days=days)
    database.write_now(
        lambda kept: kept.unmatched.keep(words, now, language="id", phase=phase, business=business)
    )


def listed(database: Database, limit: int = 10) -> list[tuple[str, int]]:
    rows = database.read_now(lambda kept: kept.unmatched.most_frequent(limit))
    return [(row.words, row.count) for row in rows]


@pytest.fixture
def room_for_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unmatched, "MOST_KEPT", 3)


def test_the_same_words_are_counted(database: Database) -> None:
    """Kept again they are one row: how often, since when, and when last."""
    keep(database, "kuahnya letoy")
    keep(database, "kuahnya letoy", days=3)

    rows = database.read_now(lambda kept: kept.unmatched.most_frequent(10))

    last = TODAY + timedelta(days=3)
    assert rows == (UnmatchedRow("kuahnya letoy", "id", "terima", "kuliner", 2, TODAY, last),)


def test_elsewhere_the_same_words_may_mean_something_else(database: Database) -> None:
    """Another phase or line of business is another row; none may be unknown."""
    keep(database, "letoy")
    keep(database, "letoy", phase="beli")
    keep(database, "letoy", business="")

    assert database.read_now(lambda kept: kept.unmatched.count()) == 3


def test_no_row_leads_back_to_anybody(database: Database) -> None:
    """There is no column for a person, and a time is a day: the moment of a tap would tell who tapped."""
    keep(database, "kuahnya letoy")

    (row,) = database.read_now(lambda kept: kept.unmatched.most_frequent(1))

    assert set(unmatched_words.c.keys()) == {
        *("id", "words", "language", "phase", "business"),
        *("count", "first", "last"),
    }
    assert (row.first, row.last) == (TODAY, TODAY)


def test_the_most_frequent_come_first(database: Database) -> None:
    """Among equals the latest; no more than asked for."""
    for words in ("b", "a", "c", "a"):
        keep(database, words)
    keep(database, "d", days=1)

    assert listed(database) == [("a", 2), ("d", 1), ("c", 1), ("b", 1)]
    assert listed(database, limit=1) == [("a", 2)]


@pytest.mark.usefixtures("room_for_three")
def test_what_was_said_once_and_longest_ago_goes_first(database: Database) -> None:
    """What was said twice stays, however long ago; the new words are always kept."""
    keep(database, "twice")
    keep(database, "twice")
    keep(database, "old", days=1)
    keep(database, "newer", days=2)

    keep(database, "new", days=3)

    assert listed(database) == [("twice", 2), ("new", 1), ("newer", 1)]


@pytest.mark.usefixtures("room_for_three")
def test_new_words_have_room_among_frequent_ones(database: Database) -> None:
    """Else nothing new could be learned any more."""
    for days, words in enumerate(("a", "b", "c")):
        keep(database, words, days=days)
        keep(database, words, days=days)

    keep(database, "new", days=9)

    assert listed(database) == [("c", 2), ("b", 2), ("new", 1)]


def test_words_outlive_the_owner(database: Database) -> None:
    """Nobody knows any more whose they were, so erasing an owner leaves them."""
    keep(database, "kuahnya letoy")

    def erase(kept: Transaction) -> None:
        kept.owners.erase(7)

    database.write_now(erase)

    assert listed(database) == [("kuahnya letoy", 1)]
