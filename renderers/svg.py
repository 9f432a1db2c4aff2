"""A display list as SVG: letters are outlines that look the same everywhere, with unseen text to copy."""

import base64
import io
import re
from collections.abc import Iterator
from html import escape

from renderers.directions import reads_from_the_right, unmarked
from renderers.display import DisplayList, Emoji, Path, Text
from renderers.embedding import EM, number
from renderers.emoji import EMOJI_ADVANCE, EMOJI_RISE, EMOJI_SIDE, emoji_picture
from renderers.shapes import Outline
from renderers.shaping import outline, shape
from renderers.typefaces import Typeface

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_svg(page: DisplayList, *, title: str = "", description: str = "", language: str = "") -> bytes:
    """Return the page as one SVG file without references to anything outside it.

    Title and description are what screen readers tell instead of the letters; the language is such as ``id``.
    """
    drawing = _Drawing()
    shapes = [_shape(part) for part in page.operations if isinstance(part, Path)]
    seen: list[str] = []
    copied: list[str] = []
    for part in page.operations:
        if isinstance(part, Text):
            seen.append(drawing.text(part))
            copied.append(_copied(part.x, part.baseline, part.size, part.width, part.string))
        elif isinstance(part, Emoji):
            size = part.side / EMOJI_SIDE
            left = part.x - (EMOJI_ADVANCE * size - part.side) / 2
            baseline = part.y + part.side / 2 + EMOJI_RISE * size
            seen.append(drawing.emoji(part))
            copied.append(_copied(left, baseline, size, EMOJI_ADVANCE * size, part.sequence))
    wide, high = number(page.width), number(page.height)
    about = _attributes(title=title, description=description, language=language)
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"{about}>',
            *_told(title, description),
            f"<defs>{''.join(drawing.definitions)}</defs>",
            '<g stroke-linejoin="round">',
            *shapes,
            '</g>\n<g aria-hidden="true">',
            *seen,
            '</g>\n<g fill-opacity="0" font-family="sans-serif" xml:space="preserve">',
            *copied,
            "</g>\n</svg>\n",
        )
    ).encode()


def _attributes(*, title: str, description: str, language: str) -> str:
    role = ' role="img"' if title or description else ""
    spoken = f' lang="{escape(language)}" xml:lang="{escape(language)}"' if language else ""
    return role + spoken


def _told(title: str, description: str) -> Iterator[str]:
    """Yield what the picture is called and what it shows; both stand first, where readers look for them."""
    for name, text in (("title", title), ("desc", description)):
        if text:
            yield f"<{name}>{escape(_NOT_XML.sub('', text), quote=False)}</{name}>"


class _Drawing:
    """Glyphs and emoji of one file, each defined once."""

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self._names: dict[object, str] = {}

    def text(self, text: Text) -> str:
        """Draw a line of letters."""
        scale = text.size / EM
        x = 0.0
        used: list[str] = []
        for run in shape(text.style, text.string):
            for glyph in run.glyphs:
                name = self._glyph(run.typeface, glyph.number)
                if name:
                    down = f' y="{number(glyph.y * EM, 0)}"' if round(glyph.y * EM) else ""
                    used.append(f'<use xlink:href="#{name}" x="{number((x + glyph.x) * EM, 0)}"{down}/>')
            x += run.advance
        place = f"matrix({number(scale, 5)} 0 0 {number(scale, 5)} {number(text.x)} {number(text.baseline)})"
        return f'<g fill="{text.colour}" transform="{place}">{"".join(used)}</g>'

    def emoji(self, emoji: Emoji) -> str:
        """Draw an emoji."""
        if emoji.sequence not in self._names:
            picture = emoji_picture(emoji.sequence)
            if picture is None:
                return ""
            target = io.BytesIO()
            picture.save(target, "png", optimize=True)
            data = f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode('ascii')}"
            size = f'width="{picture.width}" height="{picture.height}"'
            name = self._named(emoji.sequence, "e")
            self.definitions.append(
                f'<symbol id="{name}" viewBox="0 0 {picture.width} {picture.height}">'
                f'<image {size} xlink:href="{data}"/></symbol>'
            )
        side = number(emoji.side)
        return (
            f'<use xlink:href="#{self._names[emoji.sequence]}" x="{number(emoji.x)}" y="{number(emoji.y)}" '
            f'width="{side}" height="{side}"/>'
        )

    def _glyph(self, typeface: Typeface, glyph: int) -> str:
        """Return the name under which a glyph is defined, empty when nothing of it is seen."""
        key = (typeface, glyph)
        if key not in self._names:
            drawn = outline(typeface, glyph)
            if not drawn:
                self._names[key] = ""
            else:
                name = self._named(key, "g")
                self.definitions.append(f'<path id="{name}" d="{_path(drawn, EM, 0)}"/>')
        return self._names[key]

    def _named(self, key: object, kind: str) -> str:
        self._names[key] = f"{kind}{len(self._names)}"
        return self._names[key]


def _copied(x: float, baseline: float, size: float, wide: float, string: str) -> str:
    """Write the text to select and to search, as wide as the letters that are seen."""
    text = unmarked(string)
    if not text.strip():
        return ""
    from_the_right = reads_from_the_right(string)
    start = number(x + wide if from_the_right else x)
    direction = ' direction="rtl"' if from_the_right else ""
    return (
        f'<text x="{start}" y="{number(baseline)}" font-size="{number(size)}" textLength="{number(wide)}" '
        f'lengthAdjust="spacingAndGlyphs"{direction}>{escape(text, quote=False)}</text>'
    )


def _shape(path: Path) -> str:
    settings = f'fill="{path.fill}"' if path.fill else 'fill="none"'
    if path.stroke and path.thickness:
        settings += f' stroke="{path.stroke}" stroke-width="{number(path.thickness)}"'
        settings += f' stroke-dasharray="{number(path.dash)}"' if path.dash else ' stroke-linecap="round"'
    return f'<path {settings} d="{_path(path.outline, 1.0, 2)}"/>'


def _path(drawn: Outline, scale: float, digits: int) -> str:
    return "".join(
        command + " ".join(number(value * scale, digits) for value in values) for command, values in drawn
    )
