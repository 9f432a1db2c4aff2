"""Files that owners send: fetched when they may hold a map, and read beside the event loop."""

import asyncio
from dataclasses import dataclass

from telegram import Bot, Document
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from journey.mapfile import LARGEST_FILE, Flaw, Unreadable, read_file
from journey.model import JourneyMap

_ENDINGS = (".json", ".txt")
"""Some apps call a text they pass on ``peta.json.txt``."""
_KINDS = ("application/json", "text/json", "text/plain")
_TOO_BIG = "too big"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file at Telegram that may hold a map; ``size`` is in bytes, None when Telegram doesn't say."""

    file_id: str
    size: int | None = None


def map_file(document: Document | None) -> SentFile | None:
    """Return a document that may hold a map: JSON or text by its name or its kind, or of neither."""
    if document is None:
        return None
    name, kind = (document.file_name or "").lower(), (document.mime_type or "").lower()
    if name.endswith(_ENDINGS) or kind in _KINDS or not (name or kind):
        return SentFile(document.file_id, document.file_size)
    return None


async def read_sent(bot: Bot, file: SentFile) -> JourneyMap | Unreadable:
    """Return the map in a file that was sent, or why there is none.

    Raises NetworkError and RetryAfter, after which the same file can be read again.
    """
    if file.size is not None and file.size > LARGEST_FILE:
        return _too_large(file.size)
    try:
        found = await bot.get_file(file.file_id)
        if found.file_size is not None and found.file_size > LARGEST_FILE:
            return _too_large(found.file_size)
        content = bytes(await found.download_as_bytearray())
    except BadRequest as refusal:  # before NetworkError: PTB makes it a kind of it
        flaw = Flaw.TOO_LARGE if _TOO_BIG in refusal.message.lower() else Flaw.GONE
        return Unreadable(flaw, f"refused: {refusal.message}")
    except (NetworkError, RetryAfter):
        raise
    except TelegramError as refusal:
        return Unreadable(Flaw.GONE, f"refused: {refusal.message}")
    if len(content) > LARGEST_FILE:
        return _too_large(len(content))
    return await asyncio.to_thread(read_file, content)


def _too_large(size: int) -> Unreadable:
    return Unreadable(Flaw.TOO_LARGE, f"has {size} bytes, at most {LARGEST_FILE} are looked at")
