"""Pictures on their way: uploaded once, sent again by the id of their kind, as files, or drawn anew."""

from dataclasses import replace
from datetime import datetime

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.refusals import is_lost
from bot.uploads import PictureMissing, as_documents, fill
from sandbox.server import SandboxServer
from storage.records import Call, CallRole, FileKind, OutboxRow, StoredPicture
from storage.transactions import Transaction
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.bot.pictures import picture
from tests.bot.post import OWNER, Post, album, document, message, photo


@pytest.fixture
def post(server: SandboxServer, telegram: Bot, database: FlakyDatabase) -> Post:
    server.person(OWNER)
    return Post(telegram, database, FakeTime(flying=True))


def shown(server: SandboxServer) -> list[str]:
    """Return what the owner sees, in order: photos, documents and texts."""
    messages = server.person(OWNER).messages
    return ["photo" if each.photo else "document" if each.document else each.text for each in messages]


class Redraws:
    """Notes whose pictures are to be drawn anew."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.woken = 0

    def redraw(self, transaction: Transaction, row: OutboxRow, now: datetime) -> None:
        self.asked.append(row.call.pictures)

    def wake(self) -> None:
        self.woken += 1


async def test_picture_is_uploaded_once_and_then_named(server: SandboxServer, post: Post) -> None:
    """The second time the picture goes by its file id, and its bytes are no longer kept."""
    await post.keep("a", picture())
    await post.put(photo("a"), photo("a"))

    async with post.running():
        await post.sender.idle()

    first, second = server.messages_of("sendPhoto")
    kept = await post.kept("a")
    assert str(first["photo"]).startswith("<")
    assert second["photo"] == kept.photo_id
    assert (kept.document_id, kept.content) == (None, None)
    assert shown(server) == ["photo", "photo"]


async def test_document_is_uploaded_once_and_then_named(server: SandboxServer, post: Post) -> None:
    """A file goes by its own id, which is none of a photo."""
    await post.keep("a", picture(), FileKind.DOCUMENT)
    await post.put(document("a"), document("a"))

    async with post.running():
        await post.sender.idle()

    _, second = server.messages_of("sendDocument")
    kept = await post.kept("a")
    assert second["document"] == kept.document_id
    assert (kept.photo_id, kept.content) == (None, None)
    assert shown(server) == ["document", "document"]


async def test_the_same_picture_as_photo_and_as_document(server: SandboxServer, post: Post) -> None:
    """The id of one kind is never used for the other, whichever was sent first."""
    await post.keep("a", picture())
    await post.put(photo("a"))
    async with post.running():
        await post.sender.idle()
    await post.keep("a", picture(), FileKind.DOCUMENT)
    await post.put(document("a"), photo("a"), document("a"))
    post.sender = post.new_sender()

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["photo", "document", "photo", "document"]
    assert len(server.messages_of("sendPhoto")) == len(server.messages_of("sendDocument")) == 2
    assert post.parked == []


async def test_album_goes_as_one_call(server: SandboxServer, post: Post) -> None:
    """Each picture of an album is uploaded beside it, and each file id is kept under its own digest."""
    for number, digest in enumerate("abc"):
        await post.keep(digest, picture(shade=50 * number))
    await post.put(album("a", "b", "c"), album("c", "a"))

    async with post.running():
        await post.sender.idle()

    shown = server.person(OWNER).messages
    assert [each.html for each in shown] == ["<b>peta</b>"] * 5
    assert [each.photo for each in shown[3:]] == [shown[2].photo, shown[0].photo]


async def test_picture_that_is_no_photo_goes_as_file(server: SandboxServer, post: Post) -> None:
    """A picture too long for a photo arrives as a document; the second time it isn't tried as a photo."""
    await post.keep("long", picture(2000, 40))
    await post.put(photo("long"), photo("long"))

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["document", "document"]
    assert len(server.messages_of("sendPhoto")) == 1
    kept = await post.kept("long")
    assert (kept.photo_id, kept.document_id is None) == (None, False)
    assert post.parked == []


async def test_picture_that_is_too_large_goes_as_file(server: SandboxServer, post: Post) -> None:
    """Telegram's 413 is a refusal too: the chat goes on."""
    server.faults.fail("sendPhoto", status=413, html=True)
    await post.keep("a", picture())
    await post.put(photo("a"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["document", "dua"]


async def test_album_with_such_a_picture_goes_as_files(server: SandboxServer, post: Post) -> None:
    """An album is of one kind: all of it goes as documents, the second time at once and by ids."""
    await post.keep("long", picture(2000, 40))
    await post.keep("short", picture())
    await post.put(album("long", "short"), album("long", "short"))

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["document"] * 4
    assert [each.text for each in server.person(OWNER).messages] == ["peta"] * 4
    assert len(server.messages_of("sendMediaGroup")) == 3
    assert (await post.kept("short")).photo_id is None
    assert post.parked == []


@pytest.mark.parametrize("unknown", ["AgAC-unknown", "BQAC-unknown"])
async def test_picture_that_telegram_lost_is_drawn_again(
    server: SandboxServer, post: Post, unknown: str
) -> None:
    """Its ids and recipe are forgotten, its drawing is asked for once, and the chat goes on meanwhile."""
    redraws = Redraws()
    post.sender.heal_with(redraws)
    await post.keep("a", picture())
    await post.uploaded("a", FileKind.PHOTO, unknown)
    await post.database.write(lambda transaction: transaction.recipes.remember("r", ["a"], OWNER))
    lost = replace(photo("a"), redraw={"drawing": "album"})
    await post.put(lost, replace(album("a", "never kept"), redraw={"drawing": "album"}), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["dua"]
    assert redraws.asked == [("a",), ("a", "never kept")]
    assert redraws.woken == 2
    assert await post.kept("a") == StoredPicture("a", "peta.png")
    assert (
        await post.database.write(lambda transaction: transaction.recipes.reuse("r", OWNER, post.time.now()))
        == ()
    )
    assert post.parked == []


async def test_picture_lost_on_the_way_to_somebody_who_left_is_not_drawn(
    server: SandboxServer, post: Post
) -> None:
    """What was erased while the call was under way doesn't come back by drawing it again."""
    redraws = Redraws()
    post.sender.heal_with(redraws)
    await post.keep("a", picture())
    await post.uploaded("a", FileKind.PHOTO, "AgAC-unknown")
    await post.put(replace(photo("a"), redraw={"drawing": "album"}))
    server.faults.delay("sendPhoto", 0.05)

    async with post.running():
        await server.wait_for(lambda: server.messages_of("sendPhoto"))
        await post.database.write(lambda transaction: transaction.owners.erase(OWNER))
        await post.sender.idle()

    assert redraws.asked == []


async def test_photo_id_that_turns_out_to_be_a_documents_is_lost(server: SandboxServer, post: Post) -> None:
    """An id of the other kind is as good as none."""
    redraws = Redraws()
    post.sender.heal_with(redraws)
    await post.keep("a", picture(), FileKind.DOCUMENT)
    await post.put(document("a"))
    async with post.running():
        await post.sender.idle()
    file_id = (await post.kept("a")).document_id
    assert file_id is not None
    await post.uploaded("a", FileKind.PHOTO, file_id)
    await post.put(replace(photo("a"), redraw={}))
    post.sender = post.new_sender()
    post.sender.heal_with(redraws)

    async with post.running():
        await post.sender.idle()

    assert redraws.asked == [("a",)]


async def test_lost_picture_that_nobody_can_draw_is_parked_and_told(
    server: SandboxServer, post: Post
) -> None:
    """A call of an older release doesn't say what draws it; the chat goes on all the same."""
    await post.keep("a", picture())
    await post.uploaded("a", FileKind.PHOTO, "AgAC-unknown")
    await post.put(photo("a"), photo("never kept"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert shown(server) == ["dua"]
    assert [method for method, _ in post.parked] == ["sendPhoto", "sendPhoto"]
    assert "never kept" in post.parked[1][1]


@pytest.mark.parametrize(
    ("refusal", "lost"),
    [
        ("Wrong file identifier/HTTP URL specified", True),
        ("Wrong remote file identifier specified: wrong padding in the string", True),
        ('Failed to send message #2 with the error message "Wrong file identifier specified"', True),
        ("FILE_REFERENCE_EXPIRED", True),
        ("Can't use file of type Document as Photo", True),
        ("PHOTO_INVALID_DIMENSIONS", False),
        ("Message caption is too long", False),
    ],
)
def test_what_telegram_says_of_a_lost_file(refusal: str, lost: bool) -> None:
    """A picture that is no photo isn't lost."""
    assert is_lost(BadRequest(refusal)) is lost


def test_fill_leaves_other_parameters() -> None:
    """Only placeholders change, wherever they are."""
    pictures = {"a": StoredPicture("a", "a.png", photo_id="FILE")}
    call = Call(
        "sendMediaGroup",
        {"chat_id": 1, "media": [{"type": "photo", "media": "$picture:a", "caption": "x"}], "n": None},
        CallRole.PICTURES,
        ("a",),
    )

    filled = fill(call, pictures)

    assert filled.parameters == {
        "chat_id": 1,
        "media": [{"type": "photo", "media": "FILE", "caption": "x"}],
        "n": None,
    }
    assert filled.digests == ["a"]


def test_picture_without_bytes_and_id_is_missing() -> None:
    """A placeholder never goes out as it is."""
    call = photo("a")

    for pictures in ({}, {"a": StoredPicture("a", "a.png", document_id="x")}):
        with pytest.raises(PictureMissing):
            fill(call, pictures)


def test_only_photos_have_files_instead() -> None:
    """Documents and texts have nothing else to be sent as; what only photos take is left out."""
    spoiler = Call(
        "sendPhoto", {"chat_id": 1, "photo": "$picture:a", "has_spoiler": True}, CallRole.PICTURES, ("a",)
    )

    files = as_documents(spoiler)

    assert files is not None
    assert (files.method, files.params) == ("sendDocument", {"chat_id": 1, "document": "$picture:a"})
    assert as_documents(files) is None
    assert as_documents(message("x")) is None
    assert as_documents(Call("sendMediaGroup", {"media": [{"type": "document"}]}, CallRole.PICTURES)) is None
