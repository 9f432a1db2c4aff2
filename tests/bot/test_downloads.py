"""Files that owners send: only what may be a map is fetched, and no size or trouble of Telegram's hurts."""

import pytest
from telegram import Bot, Document
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.downloads import SentFile, map_file, read_sent
from journey.mapfile import LARGEST_FILE, Flaw, Unreadable, write_file
from journey.model import JourneyMap, Language
from tests.content import the_interview
from tests.conversations.owner import MORNING


def a_map() -> JourneyMap:
    return the_interview().example.as_map(Language.ID, id="m", now=MORNING)


class Found:
    """What Telegram has of a file; ``downloads`` counts how often it was fetched."""

    def __init__(self, content: bytes, size: int | None) -> None:
        self.content, self.file_size, self.downloads = content, size, 0

    async def download_as_bytearray(self) -> bytearray:
        self.downloads += 1
        return bytearray(self.content)


def telegram_with(monkeypatch: pytest.MonkeyPatch, found: Found | TelegramError) -> None:
    async def get_file(bot: Bot, file_id: str) -> Found:
        if isinstance(found, TelegramError):
            raise found
        return found

    monkeypatch.setattr(Bot, "get_file", get_file)


@pytest.mark.parametrize(
    ("name", "kind", "looked_into"),
    [
        ("peta.json", "application/json", True),
        ("PETA.JSON", "application/octet-stream", True),
        ("peta.json.txt", None, True),
        ("peta", "text/plain", True),
        (None, None, True),
        ("peta.pdf", "application/pdf", False),
        ("peta.xlsx", None, False),
        ("foto.jpg", "image/jpeg", False),
    ],
)
def test_only_what_may_be_a_map_is_fetched(name: str | None, kind: str | None, *, looked_into: bool) -> None:
    """A picture or a spreadsheet isn't."""
    document = Document("f", "u", file_name=name, mime_type=kind, file_size=7)

    assert map_file(document) == (SentFile("f", 7) if looked_into else None)


async def test_a_map_is_read(telegram: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent is what is found."""
    content = write_file(a_map())
    telegram_with(monkeypatch, Found(content, len(content)))

    assert await read_sent(telegram, SentFile("f", len(content))) == a_map()


@pytest.mark.parametrize(
    ("told", "size", "content", "downloads"),
    [
        (LARGEST_FILE + 1, None, b"", 0),
        (None, LARGEST_FILE + 1, b"", 0),
        (None, None, b" " * (LARGEST_FILE + 1), 1),
    ],
)
async def test_what_is_too_large_is_not_looked_at(
    telegram: Bot,
    monkeypatch: pytest.MonkeyPatch,
    *,
    told: int | None,
    size: int | None,
    content: bytes,
    downloads: int,
) -> None:
    """Not even fetched when Telegram says its size."""
    found = Found(content, size)
    telegram_with(monkeypatch, found)

    answer = await read_sent(telegram, SentFile("f", told))

    assert isinstance(answer, Unreadable)
    assert (answer.flaw, found.downloads) == (Flaw.TOO_LARGE, downloads)


@pytest.mark.parametrize(
    ("refusal", "flaw"),
    [
        (BadRequest("File is too big"), Flaw.TOO_LARGE),
        (BadRequest("Wrong file_id or the file is temporarily unavailable"), Flaw.GONE),
        (InvalidToken("Not Found"), Flaw.GONE),
    ],
)
async def test_a_refusal_is_told(
    telegram: Bot, monkeypatch: pytest.MonkeyPatch, refusal: TelegramError, flaw: Flaw
) -> None:
    """Trying again wouldn't help: the owner sends the file once more."""
    telegram_with(monkeypatch, refusal)

    answer = await read_sent(telegram, SentFile("f"))

    assert isinstance(answer, Unreadable)
    assert answer.flaw is flaw


@pytest.mark.parametrize("trouble", [NetworkError("reset"), RetryAfter(3)])
async def test_trouble_is_tried_again(
    telegram: Bot, monkeypatch: pytest.MonkeyPatch, trouble: TelegramError
) -> None:
    """The update stays in its lane, and nothing of it is lost."""
    telegram_with(monkeypatch, trouble)

    with pytest.raises(type(trouble)):
        await read_sent(telegram, SentFile("f"))
