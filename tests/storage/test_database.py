"""What is written is there, whole, once, and safe from a crash."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, StatementError

from storage.database import Database
from storage.records import AlreadyDone, StaleRevision
from storage.transactions import Transaction
from tests.storage.samples import NOW, SITI, message, session, update

THREADS = 4
INCREMENTS = 150


async def test_a_write_is_seen_by_the_next_read(database: Database) -> None:
    """Whoever waited for a write finds what it kept."""
    new = await database.write(lambda kept: kept.inbox.add([update(1)], NOW))

    row = await database.read(lambda kept: kept.inbox.next(SITI))

    assert new == (update(1),)
    assert row is not None


def test_a_failed_write_leaves_nothing_and_says_why(database: Database) -> None:
    """An exception of the work comes back as it is, and the database is as before."""

    def work(kept: Transaction) -> None:
        kept.inbox.add([update(1)], NOW)
        raise LookupError("boom")

    with pytest.raises(LookupError, match="boom"):
        database.write_now(work)

    assert database.read_now(lambda kept: kept.inbox.count()) == 0
    assert database.write_now(lambda kept: kept.inbox.count()) == 0


def test_a_read_can_not_write(database: Database) -> None:
    """There is one way to write, and it isn't this one."""
    with pytest.raises(DBAPIError):
        database.read_now(lambda kept: kept.facts.put("a", "b"))

    assert database.read_now(lambda kept: kept.facts.get("a")) is None


async def test_all_writes_are_made_by_one_thread(database: Database) -> None:
    """SQLite has one writer; so have we, whoever asks."""
    threads = {database.write_now(lambda _: threading.get_ident()) for _ in range(3)}
    threads.add(await database.write(lambda _: threading.get_ident()))

    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_no_increment_is_lost_between_writers(url: str) -> None:
    """600 steps by four threads through two databases (as of two processes) end at revision 601."""
    with opened(url) as first, opened(url) as second:
        first.write_now(lambda kept: kept.owners.save(SITI, session(page=0), expected=None, now=NOW))

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(_increment, [first, second, first, second]))

        owner = first.read_now(lambda kept: kept.owners.load(SITI))
    assert owner is not None
    assert owner.session["page"] == THREADS * INCREMENTS
    assert owner.revision == THREADS * INCREMENTS + 1


def _increment(database: Database) -> None:
    """Add one to the page 150 times by compare-and-swap, again when somebody was quicker."""

    def step(kept: Transaction) -> None:
        owner = kept.owners.load(SITI)
        assert owner is not None
        page = owner.session["page"]
        assert isinstance(page, int)
        kept.owners.save(SITI, session(page=page + 1), expected=owner.revision, now=NOW)

    done = 0
    while done < INCREMENTS:
        with suppress(StaleRevision):
            database.write_now(step)
            done += 1


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database.open(url)
    yield database
    database.close_now()


def test_times_come_back_in_utc_to_the_microsecond(database: Database) -> None:
    """A time of any zone is the same moment afterwards, also before 1970."""
    jakarta = timezone(timedelta(hours=7))
    for number, moment in enumerate([NOW.astimezone(jakarta), datetime(1969, 1, 1, 0, 0, 0, 1, jakarta)]):
        add(database, number, moment)

        row = find(database, number)

        assert row == moment
        assert row.utcoffset() == timedelta(0)


def add(database: Database, number: int, moment: datetime) -> None:
    database.write_now(lambda kept: kept.inbox.add([update(number, chat_id=number)], moment))


def find(database: Database, number: int) -> datetime:
    row = database.read_now(lambda kept: kept.inbox.next(number))
    assert row is not None
    return row.received


def test_a_time_without_its_zone_is_refused(database: Database) -> None:
    """Nobody could tell later when it was."""
    with pytest.raises(StatementError, match="needs its zone"):
        add(database, 1, NOW.replace(tzinfo=None))


def test_errors_do_not_tell_what_an_owner_said(database: Database) -> None:
    """Exceptions end in logs; the words in the statement don't."""
    secret = "RAHASIA"
    database.write_now(lambda kept: kept.outbox.put(SITI, [message(secret)], NOW, update_id=1))

    with pytest.raises(AlreadyDone) as caught:
        database.write_now(lambda kept: kept.outbox.put(SITI, [message(secret)], NOW, update_id=1))

    assert secret not in f"{caught.value} {caught.value.__cause__}"


def test_queues_are_read_by_their_index(migrated_sqlite_url: str) -> None:
    """However many rows were dealt with, finding the next one looks at waiting ones only."""
    plans: list[str] = []

    def work(kept: Transaction) -> None:
        connection = kept.inbox.connection
        statements: list[tuple[str, object]] = []
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _c, _u, sql, values, *_: statements.append((sql, values)),
        )
        kept.inbox.lanes()
        kept.inbox.next(SITI)
        kept.outbox.heads(NOW, 10)
        kept.jobs.due(NOW, 10)
        for sql, values in [(sql, values) for sql, values in statements if sql.startswith("SELECT")]:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()  # type: ignore[arg-type]  # as the driver got them
            plans.append("; ".join(str(row.detail) for row in rows))

    with opened(migrated_sqlite_url) as database:
        database.read_now(work)

    lanes, lane, heads, jobs = plans
    assert "ix_inbox_waiting" in lanes
    assert "ix_inbox_waiting" in lane
    assert "ix_outbox_waiting" in heads
    assert "ix_jobs_waiting" in jobs
