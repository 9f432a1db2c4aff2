"""Pictures, their recipes, feedback and facts: the small things that are kept."""

import pytest

from storage.database import Database
from storage.records import Call, CallRole, FileKind, StoredPicture, UploadedFile
from storage.transactions import Transaction
from tests.storage.samples import BUDI, LATER, NOW, SITI, session


def keep(database: Database, *digests: str, kind: FileKind = FileKind.PHOTO) -> None:
    def work(kept: Transaction) -> None:
        for digest in digests:
            kept.pictures.keep(digest, "peta.png", b"png", kind, NOW)

    database.write_now(work)


def upload(database: Database, digest: str, file_id: str, kind: FileKind = FileKind.PHOTO) -> None:
    database.write_now(lambda kept: kept.pictures.uploaded(UploadedFile(digest, kind, file_id)))


def picture(database: Database, digest: str = "d1") -> StoredPicture | None:
    return database.read_now(lambda kept: kept.pictures.get(digest))


def remember(database: Database, recipe: str, *digests: str, owner_id: int = SITI) -> None:
    database.write_now(lambda kept: kept.recipes.remember(recipe, digests, owner_id))


def reuse(database: Database, recipe: str, owner_id: int = SITI) -> tuple[str, ...]:
    return database.write_now(lambda kept: kept.recipes.reuse(recipe, owner_id, LATER))


def test_a_picture_waits_with_its_bytes(database: Database) -> None:
    """Until Telegram has it, a picture can be uploaded from here."""
    keep(database, "d1")

    assert picture(database) == StoredPicture("d1", "peta.png", b"png")
    assert picture(database, "d2") is None


def test_the_same_picture_is_uploaded_once(database: Database) -> None:
    """Drawn again, a picture that Telegram has keeps its file id and needs no bytes."""
    keep(database, "d1")
    upload(database, "d1", "file-1")

    keep(database, "d1")

    assert picture(database) == StoredPicture("d1", "peta.png", photo_id="file-1")


def test_a_picture_drawn_twice_before_its_upload_is_kept_once(database: Database) -> None:
    """The bytes stay until there is a file id."""
    keep(database, "d1")

    keep(database, "d1")

    assert picture(database) == StoredPicture("d1", "peta.png", b"png")


@pytest.mark.parametrize(
    ("sent", "wanted"), [(FileKind.PHOTO, FileKind.DOCUMENT), (FileKind.DOCUMENT, FileKind.PHOTO)]
)
def test_a_file_id_is_of_one_kind(database: Database, sent: FileKind, wanted: FileKind) -> None:
    """Sent as the other kind as well, a picture needs its bytes again and then has an id of each kind."""
    keep(database, "d1")
    upload(database, "d1", "first", sent)
    found = picture(database)
    assert found is not None
    assert (found.file_id(sent), found.file_id(wanted), found.content) == ("first", None, None)

    keep(database, "d1", kind=wanted)
    again = picture(database)
    upload(database, "d1", "second", wanted)

    assert again is not None
    assert again.content == b"png"
    found = picture(database)
    assert found is not None
    assert (found.file_id(sent), found.file_id(wanted), found.content) == ("first", "second", None)


def test_a_lost_picture_is_kept_anew(database: Database) -> None:
    """Once Telegram doesn't know its ids, the next drawing brings the bytes back."""
    keep(database, "d1")
    upload(database, "d1", "photo")
    upload(database, "d1", "document", FileKind.DOCUMENT)

    database.write_now(lambda kept: kept.pictures.lost(["d1"]))

    assert picture(database) == StoredPicture("d1", "peta.png")
    keep(database, "d1")
    assert picture(database) == StoredPicture("d1", "peta.png", b"png")


def test_old_pictures_are_pruned_unless_a_call_waits_for_them(database: Database) -> None:
    """A picture that is still to be sent, or was drawn again lately, stays."""
    keep(database, "old", "again", "waiting")
    database.write_now(lambda kept: kept.pictures.keep("again", "peta.png", b"png", FileKind.PHOTO, LATER))
    call = Call("sendPhoto", {}, CallRole.PICTURES, ("waiting",))
    database.write_now(lambda kept: kept.outbox.put(SITI, [call], NOW))

    pruned = database.write_now(lambda kept: kept.pictures.prune(before=LATER))

    assert pruned == 1
    assert picture(database, "old") is None
    assert picture(database, "again") is not None
    assert picture(database, "waiting") is not None


def test_a_recipe_gives_its_pictures_in_order(database: Database) -> None:
    """However they were uploaded, or with the bytes still here; a newer drawing takes the recipe over."""
    keep(database, "d1", "d2", "d3")
    upload(database, "d1", "photo")
    upload(database, "d3", "document", FileKind.DOCUMENT)
    remember(database, "r", "d3", "d1", "d2")

    assert reuse(database, "r") == ("d3", "d1", "d2")
    assert reuse(database, "other") == ()
    remember(database, "r", "d2")
    assert reuse(database, "r") == ("d2",)


def test_a_recipe_whose_pictures_are_not_all_at_hand_gives_none(database: Database) -> None:
    """Half an album is no album."""
    keep(database, "d1")
    remember(database, "r", "d1", "never kept")

    assert reuse(database, "r") == ()


def test_a_lost_picture_spoils_its_recipes(database: Database) -> None:
    """All that it belongs to is drawn anew; other recipes stay."""
    keep(database, "d1", "d2", "d3")
    remember(database, "album", "d1", "d2")
    remember(database, "other", "d3")

    database.write_now(lambda kept: kept.pictures.lost(["d2"]))

    assert reuse(database, "album") == ()
    assert reuse(database, "other") == ("d3",)


def test_what_is_used_again_is_not_old(database: Database) -> None:
    """The example that every newcomer looks at is never pruned; a recipe goes with its pictures."""
    keep(database, "d1", "d2")
    remember(database, "used", "d1")
    remember(database, "unused", "d1", "d2")
    reuse(database, "used")

    pruned = database.write_now(lambda kept: kept.pictures.prune(before=LATER))

    assert pruned == 1
    assert reuse(database, "used") == ("d1",)
    assert reuse(database, "unused") == ()


def test_a_recipe_goes_with_the_only_owner_it_was_made_for(database: Database) -> None:
    """Its hash is made of their words, even where the picture stays since another was sent the same."""
    keep(database, "theirs", "both")
    remember(database, "theirs", "both", "theirs")
    remember(database, "same picture", "both")
    remember(database, "example", "both")
    assert reuse(database, "example", BUDI) == ("both",)
    to_both = Call("sendPhoto", {}, CallRole.PICTURES, ("both",))
    to_siti = Call("sendPhoto", {}, CallRole.PICTURES, ("theirs", "both"))
    database.write_now(lambda kept: kept.outbox.put(SITI, [to_siti], NOW))
    database.write_now(lambda kept: kept.outbox.put(BUDI, [to_both], NOW))

    database.write_now(lambda kept: kept.owners.erase(SITI))

    assert picture(database, "both") is not None
    assert reuse(database, "example", BUDI) == ("both",)
    assert reuse(database, "same picture", BUDI) == ()
    assert reuse(database, "theirs", BUDI) == ()


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
