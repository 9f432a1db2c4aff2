"""A display list as PDF: shapes, and letters that can be searched and copied in every script."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from renderers.display import DisplayList, Emoji, Path, Text
from renderers.embedding import EM, Drawn, Letter, Subset, letters, number, operators
from renderers.emoji import EMOJI_ADVANCE, EMOJI_RISE, EMOJI_SIDE, emoji_picture
from renderers.shaping import shape
from renderers.theme import red_green_blue
from renderers.typefaces import Typeface

A4 = (841.89, 595.28)
"""The long and the short side, in points."""
_EMOJI_PIXELS = 72
_LOWEST, _HIGHEST = -300, 1000  # of drawn letters, in thousandths of an em; readers tell lines apart by it


def write_pdf(pages: Sequence[DisplayList], *, title: str = "", language: str = "") -> bytes:
    """Return the pages as one PDF, each as large as fits on a sheet of A4 in the colour of its paper.

    Readers show the title above the page; the language, such as ``id``, tells them how to read it aloud.
    """
    book = _Book()
    tree = book.reserve()
    fonts = _Fonts()
    images = _Images(book)
    resources = book.reserve()
    kids: list[int] = []
    for page in pages:
        width, height = A4 if page.width > page.height else reversed(A4)
        content = book.stream(b"", _Page(page, (width, height), fonts, images).content().encode("ascii"))
        box = f"[0 0 {number(width)} {number(height)}]"
        references = f"/Parent {tree} 0 R/Resources {resources} 0 R/Contents {content} 0 R"
        kids.append(book.add(f"<</Type/Page/MediaBox{box}{references}>>"))
    book.set(resources, f"<</Font<<{fonts.written(book)}>>/XObject<<{images.written()}>>>>")
    book.set(tree, f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
    told = f"/Lang {_string(language)}" if language else ""
    told += "/ViewerPreferences<</DisplayDocTitle true>>" if title else ""
    root = book.add(f"<</Type/Catalog/Pages {tree} 0 R{told}>>")
    return book.bound(root, book.add(f"<</Title {_string(title)}>>") if title else None)


def _string(text: str) -> str:
    """Write a text of a single line that readers show or act on."""
    return f"<feff{' '.join(text.split()).encode('utf-16-be').hex()}>"


@dataclass(slots=True)
class _Book:
    """The numbered objects of a file."""

    objects: list[bytes] = field(default_factory=list)

    def reserve(self) -> int:
        self.objects.append(b"null")
        return len(self.objects)

    def set(self, reference: int, body: str) -> None:
        self.objects[reference - 1] = body.encode("ascii")

    def add(self, body: str) -> int:
        reference = self.reserve()
        self.set(reference, body)
        return reference

    def stream(self, entries: bytes, content: bytes) -> int:
        small = zlib.compress(content, 9)
        head = b"<<%b/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(small))
        self.objects.append(head + small + b"\nendstream")
        return len(self.objects)

    def bound(self, root: int, about: int | None) -> bytes:
        """Return the file, whose catalogue and description are objects of it."""
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        size = len(parts[0])
        places = [b"0000000000 65535 f \n"]
        for reference, body in enumerate(self.objects, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (reference, body)
            places.append(b"%010d 00000 n \n" % size)
            parts.append(part)
            size += len(part)
        count = len(places)
        described = b"/Info %d 0 R" % about if about else b""
        trailer = b"trailer\n<</Size %d/Root %d 0 R%b>>\n" % (count, root, described)
        end = b"%bstartxref\n%d\n%%%%EOF\n" % (trailer, size)
        return b"".join((*parts, b"xref\n0 %d\n" % count, *places, end))


class _Fonts:
    """The fonts that the pages of one file share."""

    def __init__(self) -> None:
        self._subsets: dict[Typeface, Subset] = {}
        self._drawn: list[Drawn] = []

    def place(self, letter: Letter) -> tuple[str, str]:
        """Return the name of the font that has a letter, and the letter's code there."""
        if not letter.is_plain:
            name, drawn = self._open_drawn()
            return name, drawn.code(letter)
        subset = self._subsets.setdefault(letter.typeface, Subset(letter.typeface))
        return f"F{list(self._subsets).index(letter.typeface)}", subset.code(letter)

    def blank(self, width: int, text: str) -> tuple[str, str]:
        """Return font and code of something that reads as a text and shows nothing."""
        name, drawn = self._open_drawn()
        return name, drawn.blank(width, text)

    def _open_drawn(self) -> tuple[str, Drawn]:
        if not self._drawn or self._drawn[-1].is_full:
            self._drawn.append(Drawn())
        return f"D{len(self._drawn) - 1}", self._drawn[-1]

    def written(self, book: _Book) -> str:
        """Write all fonts, and return their names and references."""
        named = [
            f"/F{place} {_subset(book, font, place)} 0 R" for place, font in enumerate(self._subsets.values())
        ]
        named += [f"/D{place} {_drawn(book, font)} 0 R" for place, font in enumerate(self._drawn)]
        return "".join(named)


def _subset(book: _Book, font: Subset, place: int) -> int:
    program, glyphs = font.program()
    file = book.stream(b"/Length1 %d" % len(program), program)
    mapping = book.stream(b"", glyphs)
    name = f"/{chr(ord('A') + place % 26) * 6}+{font.typeface.path.stem}"
    extents = font.typeface.font.get_font_extents("ltr")
    up, down = (round(height * EM / font.typeface.units) for height in (extents.ascender, extents.descender))
    descriptor = book.add(
        f"<</Type/FontDescriptor/FontName{name}/Flags 4/FontBBox[-200 {down} {2 * EM} {up}]/ItalicAngle 0"
        f"/Ascent {up}/Descent {down}/CapHeight 700/StemV 80/FontFile2 {file} 0 R>>"
    )
    widths = " ".join(map(str, font.widths()))
    descendant = book.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW {EM}/W[1[{widths}]]/CIDToGIDMap {mapping} 0 R>>"
    )
    texts = _to_unicode(book, font.texts(), "0000", "ffff")
    return book.add(
        f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]"
        f"/ToUnicode {texts} 0 R>>"
    )


def _drawn(book: _Book, font: Drawn) -> int:
    procedures = [book.stream(b"", drawing.encode("ascii")) for _, drawing, _ in font.pictures]
    named = "".join(f"/g{code} {reference} 0 R" for code, reference in enumerate(procedures, 1))
    names = "".join(f"/g{code}" for code in range(1, len(procedures) + 1))
    widths = " ".join(str(width) for width, _, _ in font.pictures)
    texts = _to_unicode(book, font.texts(), "00", "ff")
    return book.add(
        f"<</Type/Font/Subtype/Type3/FontBBox[0 {_LOWEST} {EM} {_HIGHEST}]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<<{named}>>/Encoding<</Type/Encoding/Differences[1{names}]>>/FirstChar 1"
        f"/LastChar {len(procedures)}/Widths[{widths}]/Resources<<>>/ToUnicode {texts} 0 R>>"
    )


def _to_unicode(book: _Book, texts: list[tuple[str, str]], first: str, last: str) -> int:
    """Write which text each code stands for."""
    lines = [f"<{code}> <{text.encode('utf-16-be').hex()}>" for code, text in texts]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks)
    return book.stream(
        b"",
        (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Jejak def\n"
            "/CMapType 2 def\n"
            f"1 begincodespacerange\n<{first}> <{last}>\nendcodespacerange\n{body}\nendcmap\n"
            "CMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii"),
    )


class _Images:
    """The emoji of one file, each once."""

    def __init__(self, book: _Book) -> None:
        self._book = book
        self._references: dict[str, tuple[int, int, int]] = {}

    def place(self, sequence: str) -> tuple[str, int, int] | None:
        """Return the name and the size in pixels of an emoji's picture."""
        if sequence not in self._references:
            picture = emoji_picture(sequence)
            if picture is None:
                return None
            small = picture.convert("RGBa")
            small.thumbnail((_EMOJI_PIXELS, _EMOJI_PIXELS))
            pixels = small.convert("RGBA")
            size = b"/Type/XObject/Subtype/Image/BitsPerComponent 8/Width %d/Height %d" % pixels.size
            mask = self._book.stream(size + b"/ColorSpace/DeviceGray", pixels.getchannel("A").tobytes())
            colours = size + b"/ColorSpace/DeviceRGB/SMask %d 0 R" % mask
            reference = self._book.stream(colours, pixels.convert("RGB").tobytes())
            self._references[sequence] = (reference, *pixels.size)
        return (f"E{list(self._references).index(sequence)}", *self._references[sequence][1:])

    def written(self) -> str:
        """Return the names and references of all pictures."""
        return "".join(f"/E{place} {entry[0]} 0 R" for place, entry in enumerate(self._references.values()))


class _Page:
    """Writes one display list as operators: shapes first, then text and emoji in the order they are read."""

    def __init__(self, page: DisplayList, sheet: tuple[float, float], fonts: _Fonts, images: _Images) -> None:
        self._page, self._sheet, self._fonts, self._images = page, sheet, fonts, images
        self._scale = min(sheet[0] / page.width, sheet[1] / page.height)
        self._height = page.height * self._scale
        self._ink = ""

    def content(self) -> str:
        """Return all operators."""
        written = [self._centred(), "1 j\n"]
        written += [self._shape(part) for part in self._page.operations if isinstance(part, Path)]
        for part in self._page.operations:
            if isinstance(part, Text):
                written += self._text(part)
            elif isinstance(part, Emoji):
                written += self._emoji(part)
        return "".join(written)

    def _centred(self) -> str:
        """Fill the sheet with the page's paper, which is its first shape, and begin in the middle of it."""
        wide, high = self._sheet
        left, below = (wide - self._page.width * self._scale) / 2, (high - self._height) / 2
        paper = next((part.fill for part in self._page.operations if isinstance(part, Path)), None)
        ground = f"{_colour(paper)} rg 0 0 {number(wide)} {number(high)} re f\n" if paper else ""
        return f"{ground}1 0 0 1 {number(left)} {number(below)} cm\n"

    def _shape(self, path: Path) -> str:
        drawn = operators(
            path.outline, scale=(self._scale, -self._scale), origin=(0.0, self._height), digits=2
        )
        setting = f"{_colour(path.fill)} rg\n" if path.fill else ""
        stroked = bool(path.stroke and path.thickness)
        if path.stroke and stroked:
            dash = number((path.dash or 0) * self._scale)
            dashes = f"[{dash} {dash}]" if path.dash else "[]"
            thick = number(path.thickness * self._scale)
            setting += f"{_colour(path.stroke)} RG {thick} w {0 if path.dash else 1} J {dashes} 0 d\n"
        painting = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (bool(path.fill), stroked), "n"
        )
        return f"{setting}{drawn}{painting}\n"

    def _text(self, text: Text) -> Iterable[str]:
        if text.colour != self._ink:
            self._ink = text.colour
            yield f"{_colour(text.colour)} rg\n"
        yield "BT\n"
        size = text.size * self._scale
        line = _TextLine(size, self._height - text.baseline * self._scale)
        for letter in letters(shape(text.style, text.string)):
            font, code = self._fonts.place(letter)
            line.show(font, code, text.x * self._scale + letter.x * size, -letter.y * size, letter.width)
        yield line.written()
        yield "ET\n"

    def _emoji(self, emoji: Emoji) -> Iterable[str]:
        found = self._images.place(emoji.sequence)
        if found is None:
            return
        name, width, height = found
        size = emoji.side / EMOJI_SIDE
        left, middle = emoji.x - (EMOJI_ADVANCE * size - emoji.side) / 2, emoji.y + emoji.side / 2
        font, code = self._fonts.blank(round(EMOJI_ADVANCE * EM), emoji.sequence)
        line = _TextLine(size * self._scale, self._height - (middle + EMOJI_RISE * size) * self._scale)
        line.show(font, code, left * self._scale, 0.0, 0)
        yield f"BT\n{line.written()}ET\n"
        ratio = emoji.side * self._scale / max(width, height)
        wide, high = width * ratio, height * ratio
        x = (emoji.x + emoji.side / 2) * self._scale - wide / 2
        y = self._height - middle * self._scale - high / 2
        yield f"q {number(wide)} 0 0 {number(high)} {number(x)} {number(y)} cm /{name} Do Q\n"


class _TextLine:
    """Letters on one baseline; neighbours of one font share one operator, with kerning between them."""

    def __init__(self, size: float, baseline: float) -> None:
        self._size, self._baseline = size, baseline
        self._written: list[str] = []
        self._font, self._rise, self._pen = "", 0.0, 0.0
        self._codes: list[str] = []

    def show(self, font: str, code: str, left: float, rise: float, width: int) -> None:
        """Add a letter whose origin is at ``left``, in points; its width is in thousandths of an em."""
        if font != self._font or rise != self._rise:
            self._flush()
            self._font, self._rise, self._pen = font, rise, left
            self._written.append(f"/{font} {number(self._size)} Tf\n")
            self._written.append(f"1 0 0 1 {number(left)} {number(self._baseline + rise)} Tm\n[")
        kerned = round((self._pen - left) * EM / self._size)
        if kerned:
            self._flush_codes()
            self._written.append(str(kerned))
            self._pen -= kerned * self._size / EM
        self._codes.append(code)
        self._pen += width * self._size / EM

    def _flush_codes(self) -> None:
        if self._codes:
            self._written.append(f"<{''.join(self._codes)}>")
            self._codes = []

    def _flush(self) -> None:
        self._flush_codes()
        if self._font:
            self._written.append("] TJ\n")

    def written(self) -> str:
        """Return all operators."""
        self._flush()
        return "".join(self._written)


def _colour(colour: str) -> str:
    return " ".join(number(channel, 3) for channel in red_green_blue(colour))
