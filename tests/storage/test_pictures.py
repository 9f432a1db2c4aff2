"""Pictures, feedback and facts: the small things that are kept."""

from storage.database import Database
from storage.records import Call, CallRole, StoredPicture
from tests.storage.samples import BUDI, LATER, NOW, SITI, session


def test_a_picture_waits_with_its_bytes(database: Database) -> None:
    """Until Telegram has it, a picture can be uploaded from here."""
    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"\x89PNG\0", NOW))

    picture = database.read_now(lambda kept: kept.pictures.get("d1"))

    assert picture == StoredPicture("d1", "peta.png", b"\x89PNG\0", None)
    assert database.read_now(lambda kept: kept.pictures.get("d2")) is None


def test_the_same_picture_is_uploaded_once(database: Database) -> None:
    """Drawn again, a picture that Telegram has keeps its file id and needs no bytes."""
    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"png", NOW))
    database.write_now(lambda kept: kept.pictures.uploaded("d1", "file-1"))

    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"png", LATER))

    picture = database.read_now(lambda kept: kept.pictures.get("d1"))
    assert picture == StoredPicture("d1", "peta.png", None, "file-1")


def test_a_picture_drawn_twice_before_its_upload_is_kept_once(database: Database) -> None:
    """The bytes stay until there is a file id."""
    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"png", NOW))

    database.write_now(lambda kept: kept.pictures.keep("d1", "peta.png", b"png", LATER))

    picture = database.read_now(lambda kept: kept.pictures.get("d1"))
    assert picture == StoredPicture("d1", "peta.png", b"png", None)


def test_old_pictures_are_pruned_unless_a_call_waits_for_them(database: Database) -> None:
    """A picture that is still to be sent, or was drawn again lately, stays."""
    for digest in ("old", "again", "waiting"):
        keep(database, digest)
    database.write_now(lambda kept: kept.pictures.keep("again", "peta.png", b"png", LATER))
    call = Call("sendPhoto", {}, CallRole.PICTURES, ("waiting",))
    database.write_now(lambda kept: kept.outbox.put(SITI, [call], NOW))

    pruned = database.write_now(lambda kept: kept.pictures.prune(before=LATER))

    assert pruned == 1
    assert database.read_now(lambda kept: kept.pictures.get("old")) is None
    assert database.read_now(lambda kept: kept.pictures.get("again")) is not None
    assert database.read_now(lambda kept: kept.pictures.get("waiting")) is not None


def keep(database: Database, digest: str) -> None:
    database.write_now(lambda kept: kept.pictures.keep(digest, "peta.png", b"png", NOW))


def test_feedback_waits_for_the_operator(database: Database) -> None:
    """What was said is listed, oldest first, until the operator has seen it."""
    for owner_id in (SITI, BUDI):
        say(database, owner_id)

    first, second = database.read_now(lambda kept: kept.feedback.waiting(limit=10))
    database.write_now(lambda kept: kept.feedback.seen(first.id, LATER))

    assert (first.owner_id, first.text, first.given) == (SITI, "Bagus!", NOW)
    assert database.read_now(lambda kept: kept.feedback.waiting(limit=10)) == (second,)


def say(database: Database, owner_id: int) -> None:
    database.write_now(lambda kept: kept.owners.save(owner_id, session(), expected=None, now=NOW))
    database.write_now(lambda kept: kept.feedback.add(owner_id, "Bagus!", NOW))


def test_a_fact_is_what_was_put_last(database: Database) -> None:
    """A fact survives, and a newer one takes its place."""
    assert database.read_now(lambda kept: kept.facts.get("commands")) is None

    database.write_now(lambda kept: kept.facts.put("commands", "hash 1"))
    database.write_now(lambda kept: kept.facts.put("commands", "hash 2"))

    assert database.read_now(lambda kept: kept.facts.get("commands")) == "hash 2"
