import pytest
from telegram import Bot

from bot.uploads import PictureMissing, as_documents, fill
from sandbox.server import SandboxServer
from storage.records import Call, CallRole, StoredPicture
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.bot.pictures import picture
from tests.bot.post import OWNER, Post, album, message, photo


@pytest.fixture
def post(server: SandboxServer, telegram: Bot, database: FlakyDatabase) -> Post:
    server.person(OWNER)
    return Post(telegram, database, FakeTime(flying=True))


async def stored(post: Post, digest: str) -> StoredPicture | None:
    return await post.database.read(lambda transaction: transaction.pictures.get(digest))


async def test_picture_is_uploaded_once_and_then_named(server: SandboxServer, post: Post) -> None:
    """The second time the picture goes by its file id, and its bytes are no longer kept."""
    await post.keep("a", picture())
    await post.put(photo("a"), photo("a"))

    async with post.running():
        await post.sender.idle()

    first, second = server.messages_of("sendPhoto")
    kept = await stored(post, "a")
    assert kept is not None
    assert str(first["photo"]).startswith("<")
    assert second["photo"] == kept.file_id
    assert kept.content is None
    assert [each.photo is not None for each in server.person(OWNER).messages] == [True, True]


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
    """A picture too long for a photo arrives as a document instead of not at all, the second time too."""
    await post.keep("long", picture(2000, 40))
    await post.put(photo("long"), photo("long"))

    async with post.running():
        await post.sender.idle()

    assert [each.document is not None for each in server.person(OWNER).messages] == [True, True]
    assert post.parked == []


async def test_album_with_such_a_picture_goes_as_files(server: SandboxServer, post: Post) -> None:
    """An album is of one kind: all of it goes as documents."""
    await post.keep("long", picture(2000, 40))
    await post.keep("short", picture())
    await post.put(album("long", "short"))

    async with post.running():
        await post.sender.idle()

    assert [each.document is not None for each in server.person(OWNER).messages] == [True, True]


async def test_old_file_id_without_bytes_is_parked_and_told(server: SandboxServer, post: Post) -> None:
    """A picture that Telegram no longer knows has to be drawn again; the chat goes on meanwhile."""
    await post.keep("a", picture())
    await post.database.write(lambda transaction: transaction.pictures.uploaded("a", "AgAC-unknown"))
    await post.put(photo("a"), photo("never kept"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert [each.text for each in server.person(OWNER).messages] == ["dua"]
    assert [method for method, _ in post.parked] == ["sendPhoto", "sendPhoto"]
    assert "never kept" in post.parked[1][1]


def test_fill_leaves_other_parameters() -> None:
    """Only placeholders change, wherever they are."""
    pictures = {"a": StoredPicture("a", "a.png", None, "FILE")}
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

    for pictures in ({}, {"a": StoredPicture("a", "a.png", None, None)}):
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
