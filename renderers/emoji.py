"""Emoji in running text: finding those that this machine can draw, and their colour pictures."""

import io
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uharfbuzz

from renderers.typefaces import Style, emoji_files, typeface_for

if TYPE_CHECKING:
    from PIL.Image import Image

EMOJI_ADVANCE = 1.22
"""How wide an emoji runs, in ems of the text around it."""
EMOJI_SIDE = 1.12
"""How wide and high it is drawn, in ems."""
EMOJI_RISE = 0.36
"""How far its middle lies above the baseline, in ems."""

_BASE = (
    "\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f1e6-\U0001f1ff\U0001f201-\U0001f251"
    "\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2b1b\u2b1c\u231a\u231b\u23e9-\u23fa\u203c\u2049\u2122\u2139"
)
_WHEN_SELECTED = (
    "\u00a9\u00ae\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    "\u2934\u2935\u2b05-\u2b07\u3030\u303d\u3297\u3299\U0001f170\U0001f171\U0001f17e\U0001f17f"
)
_TONES = "\U0001f3fb-\U0001f3ff"
_TAIL = f"\ufe0f{_TONES}"
_MAYBE = re.compile(f"[{_BASE}\u20e3\ufe0f]")
_SEQUENCE = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|"
    f"(?:[{_BASE}]|[{_WHEN_SELECTED}](?=\ufe0f))[{_TAIL}\U000e0020-\U000e007f]*(?:\u200d[{_BASE}][{_TAIL}]*)*)"
)
_TONE = re.compile(f"[{_TONES}]")
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}\\Z")
_FIRST_LETTER = 0x1F1E6 - ord("A")
_SELECTED = "\ufe0f"
_JOINER = "\u200d"
_WOMAN_OR_MAN = "\u2640\u2642"  # the person before them is drawn
_TEXT_BY_DEFAULT = frozenset("✓✔✗✘★☆●■□▪▫→←↑↓•…№™ℹ☎☑♠♣♥♦♪♫⚙⚠✂✉✏✒❤➜➤‼⁉")


def split_emoji(string: str) -> tuple[tuple[bool, str], ...]:
    """Cut a string into pieces, each marked True when it is one emoji that can be drawn."""
    if not _MAYBE.search(string):
        return ((False, string),) if string else ()
    return _split(string, emoji_files())


@lru_cache(maxsize=2_048)
def _split(string: str, files: tuple[Path, ...]) -> tuple[tuple[bool, str], ...]:
    pieces: list[tuple[bool, str]] = []
    position = 0
    for match in _SEQUENCE.finditer(string):
        if match.group() in _TEXT_BY_DEFAULT or _picture_bytes(match.group(), files) is None:
            continue
        if match.start() > position:
            pieces.append((False, string[position : match.start()]))
        pieces.append((True, match.group()))
        position = match.end()
    if position < len(string):
        pieces.append((False, string[position:]))
    return tuple(pieces)


def with_drawable_emoji(string: str) -> str:
    """Replace each emoji that cannot be drawn by the nearest that can, or else leave it out."""
    if not _MAYBE.search(string):
        return string
    files = emoji_files()
    return _SEQUENCE.sub(lambda match: _nearest(match.group(), files), string)


def can_draw(sequence: str) -> bool:
    """Tell whether a font on this machine has a picture of exactly this emoji."""
    return _picture_bytes(sequence, emoji_files()) is not None


def emoji_picture(sequence: str) -> "Image | None":
    """Return one emoji in colour with a transparent ground (RGBA), or None when it cannot be drawn."""
    content = _picture_bytes(sequence, emoji_files())
    return None if content is None else _decoded(content)


@lru_cache(maxsize=256)
def _decoded(content: bytes) -> "Image":
    from PIL import Image

    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    return picture.crop(picture.getbbox())


@lru_cache(maxsize=1_024)
def _nearest(sequence: str, files: tuple[Path, ...]) -> str:
    """Return a flag's letters, the emoji without its skin tone, or its parts one after another."""
    if sequence in _TEXT_BY_DEFAULT or _picture_bytes(sequence, files):
        return sequence
    if _FLAG.match(sequence):
        return "".join(chr(ord(letter) - _FIRST_LETTER) for letter in sequence)
    plain = _TAGS.sub("", _TONE.sub("", sequence))
    if can_draw(plain):
        return plain
    people, *others = (_drawn(part) for part in plain.split(_JOINER))
    return people + "".join(part for part in others if part.rstrip(_SELECTED) not in _WOMAN_OR_MAN)


def _drawn(part: str) -> str:
    """Return an emoji that can be drawn in colour or as a plain sign, else nothing."""
    if can_draw(part):
        return part
    sign = part.rstrip(_SELECTED)
    return sign if len(sign) == 1 and typeface_for(Style.MEDIUM, sign) else ""


@lru_cache(maxsize=1_024)
def _picture_bytes(sequence: str, files: tuple[Path, ...]) -> bytes | None:
    """Return the PNG of an emoji from the first file that has it as one glyph."""
    for path in files:
        font = _font(path)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(sequence)
        buffer.guess_segment_properties()
        buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        uharfbuzz.shape(font, buffer)
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        letters = sequence.rstrip(_SELECTED)
        of_a_part = len(letters) > 1 and glyphs[0] in map(font.get_nominal_glyph, map(ord, letters))
        if len(glyphs) == 1 and glyphs[0] and not of_a_part:  # fonts draw half of a flag they don't know
            content = font.get_glyph_color_png(glyphs[0])
            if content:
                return bytes(content.data)
    return None


@cache
def _font(path: Path) -> Any:  # a uharfbuzz.Font: the package ships no types
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
