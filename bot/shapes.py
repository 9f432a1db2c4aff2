"""What each picture that the interview asks for is: its layout, its format, its look, and how it is sent."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from conversations.requests import Drawing
from renderers.picture import Format, Layout
from renderers.theme import LIGHT, PRINT, Theme
from storage.records import FileKind


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to draw and to send a map; photos are shown in the chat, documents arrive untouched."""

    layout: Layout
    format: Format
    kind: FileKind
    theme: Theme = LIGHT


_PHOTOS = {
    Drawing.PREVIEW: Layout.PREVIEW,
    Drawing.ALBUM: Layout.ALBUM,
    Drawing.AGAIN: Layout.ALBUM,
    Drawing.EXAMPLE: Layout.ALBUM,
    Drawing.SHARED: Layout.ALBUM,
    Drawing.PORTRAIT: Layout.PORTRAIT,
    # A status is made of what is in the gallery, where a phone puts photos and not documents.
    Drawing.STORY: Layout.STORY,
    Drawing.COMPARISON: Layout.COMPARISON,
    Drawing.TREND: Layout.TREND,
}
SHAPE_OF: Mapping[Drawing, Shape] = MappingProxyType(
    {
        **{drawing: Shape(layout, Format.JPG, FileKind.PHOTO) for drawing, layout in _PHOTOS.items()},
        Drawing.POSTER: Shape(Layout.POSTER, Format.PDF, FileKind.DOCUMENT),
        Drawing.PRINT: Shape(Layout.POSTER, Format.PDF, FileKind.DOCUMENT, PRINT),
        Drawing.POSTER_FILE: Shape(Layout.POSTER, Format.PNG, FileKind.DOCUMENT),
        Drawing.VECTOR: Shape(Layout.POSTER, Format.SVG, FileKind.DOCUMENT),
    }
)
"""The shape of every picture."""


def file_name(words: str, ending: str) -> str:
    """Return words as a file name of plain letters, digits and hyphens, good for any device."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return f"{'-'.join(re.findall('[a-z0-9]+', letters))}.{ending}"
