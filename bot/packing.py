"""Data files ready to be sent: the bytes of a map for other programs, their name and what stands below."""

import hashlib
from dataclasses import dataclass

from bot.captions import data_caption
from bot.shapes import file_name
from conversations.requests import DataFile
from journey.model import JourneyMap, Language
from renderers.exports import ENDINGS, Naming, export
from renderers.messages import Messages


@dataclass(frozen=True, slots=True)
class Packed:
    """A data file with the digest of its content, its name and its caption as Telegram HTML."""

    content: bytes
    digest: str
    name: str
    caption: str


def pack(file: DataFile, journey_map: JourneyMap, messages: Messages, language: Language) -> Packed:
    """Return a map as a file in the map's language; the name and the caption are in the chat's."""
    written, chat = messages.catalogs[journey_map.language], messages.catalogs[language]
    business = journey_map.shop.business
    naming = Naming(
        title=messages.title(journey_map, journey_map.language),
        business=messages.knowledge.businesses[business].name.say(journey_map.language) if business else "",
        say=lambda name: written.text(f"export.{name}"),
    )
    content = export(file, journey_map, naming)
    title = messages.title(journey_map, language)
    return Packed(
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        name=file_name(chat.text("file.data", title=title), ENDINGS[file]),
        caption=data_caption(chat, file, title),
    )
