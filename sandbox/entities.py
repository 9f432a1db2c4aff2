"""Texts as Telegram keeps them: plain text and entities whose offsets count UTF-16 units."""

import html
import re
from dataclasses import dataclass

from sandbox.shapes import JsonObject, text_in

_FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked stretch of a text; `detail` is the url, language or emoji id, where the kind has one."""

    kind: str
    offset: int
    length: int
    detail: str | None = None

    @property
    def end(self) -> int:
        """The first UTF-16 unit after the stretch."""
        return self.offset + self.length

    def to_json(self) -> JsonObject:
        """Return a MessageEntity."""
        shape: JsonObject = {"type": self.kind, "offset": self.offset, "length": self.length}
        name = _DETAIL_NAMES.get(self.kind)
        if name and self.detail:
            shape[name] = self.detail
        return shape


_DETAIL_NAMES = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities, in Telegram's order (by offset, the longer first)."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units Telegram counts for this text."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)  # noqa: PLR2004  outside the BMP


def entity_from_json(raw: JsonObject) -> Entity:
    """Return the Entity a MessageEntity describes."""
    kind = str(raw["type"])
    offset, length = raw["offset"], raw["length"]
    if not isinstance(offset, int) or not isinstance(length, int):
        raise TypeError("offset and length are integers")
    return Entity(kind, offset, length, text_in(raw, _DETAIL_NAMES.get(kind, "")))


def finished(text: str, entities: list[Entity]) -> Formatted:
    """Return the text as Telegram stores it: trimmed, links and commands found, entities in order."""
    stripped = text.rstrip()
    start = len(stripped) - len(stripped.lstrip())
    shift = utf16_length(stripped[:start])
    stripped = stripped[start:]
    end = utf16_length(stripped)
    kept = []
    for entity in entities:
        first, last = max(entity.offset - shift, 0), min(entity.end - shift, end)
        if last > first:
            kept.append(Entity(entity.kind, first, last - first, entity.detail))
    kept += _found(stripped, kept)
    return Formatted(stripped, tuple(sorted(kept, key=lambda each: (each.offset, -each.length))))


def _found(text: str, marked: list[Entity]) -> list[Entity]:
    taken = [each for each in marked if each.kind in {"code", "pre", "text_link"}]
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))
            overlaps = any(_overlap(entity, other) for other in taken + found)
            if not overlaps and not any(_cross(entity, other) for other in marked):
                found.append(entity)
    return found


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def _cross(one: Entity, other: Entity) -> bool:
    """Return whether they overlap without one holding the other."""
    within = other.offset <= one.offset and one.end <= other.end
    around = one.offset <= other.offset and other.end <= one.end and one != other
    return _overlap(one, other) and not within and not (around and one.offset < other.offset)


def as_html(formatted: Formatted) -> str:
    """Return the text in Telegram's HTML, as a reader of a failing test wants to see it."""
    units = formatted.text.encode("utf-16-le")
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in formatted.entities:
        tags = _tags(entity)
        if tags:
            opening.setdefault(entity.offset, []).append(tags[0])
            closing.setdefault(entity.end, []).insert(0, tags[1])
    pieces, cuts = [], sorted({0, len(units) // 2, *opening, *closing})
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        pieces += [*closing.get(cut, []), *opening.get(cut, [])]
        pieces.append(html.escape(units[cut * 2 : following * 2].decode("utf-16-le"), quote=False))
    return "".join(pieces)


def _tags(entity: Entity) -> tuple[str, str] | None:
    if entity.kind == "text_link":
        return f'<a href="{html.escape(entity.detail or "")}">', "</a>"
    if entity.kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if entity.kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{html.escape(entity.detail or "")}">', "</tg-emoji>"
    tag = _TAGS.get(entity.kind)
    return (f"<{tag}>", f"</{tag}>") if tag else None
