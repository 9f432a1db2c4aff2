"""A job waits until it is due; of one kind and key only the newest."""

from datetime import timedelta

from storage.database import Database
from storage.records import JobRow
from tests.storage.samples import BUDI, LATER, NOW, SITI


def add(database: Database, key: str = "m1", kind: str = "draw", revision: int = 1) -> bool:
    return database.write_now(
        lambda kept: kept.jobs.add(kind, key, SITI, {"revision": revision}, due=NOW, now=NOW)
    )


def due(database: Database) -> tuple[JobRow, ...]:
    return database.read_now(lambda kept: kept.jobs.due(LATER, 10))


def test_a_job_comes_when_it_is_due(database: Database) -> None:
    """A reminder for later isn't given before."""
    database.write_now(lambda kept: kept.jobs.add("remind", "m1", SITI, {"text": "Hai"}, LATER, NOW))

    early = database.read_now(lambda kept: kept.jobs.due(NOW, 10))

    assert early == ()
    (job,) = due(database)
    assert (job.kind, job.key, job.chat_id, job.payload) == ("remind", "m1", SITI, {"text": "Hai"})
    assert (job.attempts, job.due) == (0, LATER)


def test_jobs_come_longest_due_first_and_limited(database: Database) -> None:
    """No more come than asked for."""
    database.write_now(lambda kept: kept.jobs.add("draw", "late", SITI, {}, LATER, NOW))
    database.write_now(lambda kept: kept.jobs.add("draw", "early", BUDI, {}, NOW, NOW))

    jobs = database.read_now(lambda kept: kept.jobs.due(LATER, 1))

    assert [job.key for job in jobs] == ["early"]


def test_a_waiting_job_is_replaced_by_a_newer_one(database: Database) -> None:
    """Ten changes of a map make one picture, of the newest."""
    assert add(database, revision=1)

    new = add(database, revision=2)

    assert not new
    assert [job.payload for job in due(database)] == [{"revision": 2}]


def test_the_same_work_waits_once(database: Database) -> None:
    """A second tap while the picture is drawn changes nothing: finishing the first job finishes it."""
    add(database)
    (under_way,) = due(database)

    new = add(database)

    assert not new
    assert due(database) == (under_way,)
    assert database.write_now(lambda kept: kept.jobs.done(under_way.id, NOW))
    assert due(database) == ()


def test_the_next_job_is_known_before_it_is_due(database: Database) -> None:
    """Whoever waits for work knows how long; what is due already is no future."""
    assert database.read_now(lambda kept: kept.jobs.next_due(NOW)) is None
    add(database)
    soon, later = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    database.write_now(lambda kept: kept.jobs.add("remind", "later", SITI, {}, later, NOW))
    database.write_now(lambda kept: kept.jobs.add("remind", "soon", SITI, {}, soon, NOW))

    assert database.read_now(lambda kept: kept.jobs.next_due(NOW)) == soon


def test_other_kinds_and_keys_are_other_jobs(database: Database) -> None:
    """Only the same kind of work on the same thing is coalesced."""
    assert add(database)
    assert add(database, key="m2")
    assert add(database, kind="export")

    assert len(due(database)) == 3


def test_a_replaced_job_is_due_when_the_first_was(database: Database) -> None:
    """Who keeps changing a map still gets a picture."""
    add(database)

    database.write_now(
        lambda kept: kept.jobs.add("draw", "m1", SITI, {}, due=LATER + timedelta(hours=1), now=LATER)
    )

    assert [job.due for job in due(database)] == [NOW]


def test_finishing_a_job_spares_the_one_that_replaced_it_meanwhile(database: Database) -> None:
    """A map that changes while it is drawn is drawn again."""
    add(database, revision=1)
    (under_way,) = due(database)
    add(database, revision=2)

    closed = database.write_now(lambda kept: kept.jobs.done(under_way.id, NOW))

    assert not closed
    assert [job.payload for job in due(database)] == [{"revision": 2}]


def test_a_finished_job_does_not_come_again(database: Database) -> None:
    """Once done the same kind and key is new again."""
    add(database)
    (job,) = due(database)

    closed = database.write_now(lambda kept: kept.jobs.done(job.id, NOW))

    assert closed
    assert due(database) == ()
    assert add(database)


def test_a_failed_job_comes_again_later(database: Database) -> None:
    """A failure is counted and delays the job."""
    add(database)
    (job,) = due(database)

    database.write_now(lambda kept: kept.jobs.again(job.id, LATER, "crashed"))

    assert database.read_now(lambda kept: kept.jobs.due(NOW, 10)) == ()
    assert [(again.id, again.attempts) for again in due(database)] == [(job.id, 1)]


def test_a_parked_job_stands_aside(database: Database) -> None:
    """What fails for good isn't tried again, and doesn't keep a new one out."""
    add(database)
    (job,) = due(database)

    database.write_now(lambda kept: kept.jobs.park(job.id, "crashed", NOW))

    assert due(database) == ()
    assert add(database)


def test_a_dropped_job_is_gone(database: Database) -> None:
    """An owner who comes back needs no reminder; dropping nothing is no trouble."""
    add(database)
    add(database, key="m2")

    database.write_now(lambda kept: kept.jobs.drop("draw", "m1"))
    database.write_now(lambda kept: kept.jobs.drop("draw", "m1"))

    assert [job.key for job in due(database)] == ["m2"]


def test_pruning_forgets_only_jobs_dealt_with_long_ago(database: Database) -> None:
    """What waits is never pruned."""
    add(database)
    (job,) = due(database)
    database.write_now(lambda kept: kept.jobs.done(job.id, NOW))
    add(database)

    too_early = database.write_now(lambda kept: kept.jobs.prune(before=NOW))
    in_time = database.write_now(lambda kept: kept.jobs.prune(before=LATER))

    assert (too_early, in_time) == (0, 1)
    assert len(due(database)) == 1
