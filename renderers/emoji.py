"""Emoji in running text: finding them, and their colour pictures when the machine has the font."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from renderers.typefaces import emoji_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

EMOJI_ADVANCE = 1.22
"""How wide an emoji runs, in ems of the text around it."""
EMOJI_SIDE = 1.12
"""How wide and high it is drawn, in ems."""
_STRIKE = 109  # the one bitmap size in Noto Color Emoji

_BASE = (
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2b1b\u2b1c"
    "\u231a\u231b\u23e9-\u23fa\u203c\u2049\u2122\u2139"
)
_TAIL = "\ufe0f\U0001f3fb-\U0001f3ff"
_MAYBE = re.compile(f"[{_BASE}\u20e3]")
_SEQUENCE = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    f"[{_BASE}][{_TAIL}\U000e0020-\U000e007f]*(?:\u200d[{_BASE}][{_TAIL}]*)*)"
)
_TEXT_BY_DEFAULT = frozenset("✓✔✗✘★☆●■□▪▫→←↑↓•…№™ℹ☎☑♠♣♥♦♪♫⚙⚠✂✉✏✒❤➜➤‼⁉")


def split_emoji(string: str) -> list[tuple[bool, str]]:
    """Cut a string into pieces, each marked True when it is one emoji."""
    if not _MAYBE.search(string):
        return [(False, string)] if string else []
    pieces, position = [], 0
    for match in _SEQUENCE.finditer(string):
        if match.group() in _TEXT_BY_DEFAULT:
            continue
        if match.start() > position:
            pieces.append((False, string[position : match.start()]))
        pieces.append((True, match.group()))
        position = match.end()
    if position < len(string):
        pieces.append((False, string[position:]))
    return pieces


def without_emoji(string: str) -> str:
    """Drop every emoji, for machines that cannot draw them."""
    return "".join(piece for is_emoji, piece in split_emoji(string) if not is_emoji)


def can_draw_emoji() -> bool:
    """Tell whether this machine has a colour emoji font."""
    return emoji_file() is not None


@cache
def _font(path: str) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, _STRIKE)


@lru_cache(maxsize=256)
def emoji_picture(sequence: str) -> "Image | None":
    """Return one emoji in colour with a transparent ground (RGBA), or None when it cannot be drawn."""
    from PIL import Image, ImageDraw

    path = emoji_file()
    if path is None:
        return None
    font = _font(str(path))
    _, _, right, bottom = font.getbbox(sequence)
    picture = Image.new("RGBA", (max(1, int(right)), max(1, int(bottom))))
    ImageDraw.Draw(picture).text((0, 0), sequence, font=font, embedded_color=True)
    inked = picture.getbbox()
    return picture.crop(inked) if inked else None
