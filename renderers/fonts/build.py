"""Cut the shipped fonts from their sources: ``.venv/bin/python -m renderers.fonts.build``.

The sources are the development lock's ``fontpkg-plus-jakarta-sans`` and Debian's ``fonts-noto-core`` and
``fonts-noto-color-emoji``. The same sources give the same bytes.
"""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).parent
DEBIAN = Path("/usr/share/fonts/truetype/noto")
_OWN = {"Medium": 500, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}
_WORD_SPACE = 0.245  # ems; the source's 0.173 is too tight at reading sizes
_MARKS_AND_KERNING = ["kern", "mark", "mkmk", "ccmp", "liga", "locl"]
_LATIN = (
    *range(0x2B0),
    *range(0x2B0, 0x370),  # modifiers and combining marks
    *range(0x1E00, 0x1F00),
    *range(0x2C60, 0x2C80),
    *range(0xA720, 0xA7C0),
)
_NEIGHBOURS = (*_LATIN, *range(0x370, 0x460), *range(0x490, 0x500), 0x20B8, 0x20BD, 0x2116)  # Greek, Cyrillic
_JAVANESE = (0x20, 0x25CC, 0x200C, 0x200D, *range(0xA980, 0xA9E0))
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_EMOJI_PRESENTATION = "\ufe0f"


def main() -> None:
    """Write every shipped font anew."""
    package = find_spec("fontpkg_plus_jakarta_sans")
    if package is None or package.origin is None:
        raise SystemExit("fontpkg-plus-jakarta-sans is missing: make setup")
    upright, italic = (
        Path(package.origin).parent / "files" / name
        for name in ("PlusJakartaSans[wght].ttf", "PlusJakartaSans-Italic[wght].ttf")
    )
    for name, weight in _OWN.items():
        _cut_own(upright, weight, name)
    _cut_own(italic, _OWN["Medium"], "MediumItalic")
    for weight_name in ("Regular", "Bold"):
        _cut_noto(f"NotoSansJavanese-{weight_name}.ttf", _JAVANESE, ["*"])
        _cut_noto(f"NotoSans-{weight_name}.ttf", _NEIGHBOURS, _MARKS_AND_KERNING)
    _cut_emoji(DEBIAN / "NotoColorEmoji.ttf", FOLDER / "NotoColorEmoji.ttf", tuple(wanted_emoji()))


def wanted_emoji() -> Iterator[str]:
    """Yield every emoji of emoji.toml, hands in all skin tones."""
    groups = tomllib.loads((FOLDER / "emoji.toml").read_text(encoding="utf-8"))
    for name, group in groups.items():
        for sequence in group.split():
            yield sequence
            if name == "skin":
                yield from (sequence.removesuffix(_EMOJI_PRESENTATION) + tone for tone in _TONES)


def _cut_own(source: Path, weight: int, style: str) -> None:
    """Make a weight of the product's typeface static, widen its word space and write it."""
    font = instancer.instantiateVariableFont(_open(source), {"wght": weight}, inplace=True)
    family = "Plus Jakarta Sans"
    names = {
        1: family,
        2: style,
        4: f"{family} {style}",
        6: f"PlusJakartaSans-{style}",
        16: family,
        17: style,
    }
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
        font["name"].setName(name, number, 1, 0, 0)
    font["OS/2"].usWeightClass = weight
    glyphs = font.getBestCmap()
    for space in (0x20, 0xA0):
        font["hmtx"][glyphs[space]] = (round(_WORD_SPACE * font["head"].unitsPerEm), 0)
    _write(font, FOLDER / f"PlusJakartaSans-{style}.ttf", glyphs, _MARKS_AND_KERNING)


def _cut_noto(name: str, characters: Iterable[int], features: list[str]) -> None:
    _write(_open(DEBIAN / name), FOLDER / name, characters, features)


def _open(path: Path) -> Any:  # fontTools ships no types
    return TTFont(path, recalcTimestamp=False)


def _write(font: Any, path: Path, characters: Iterable[int], features: list[str]) -> None:
    cutter = subset.Subsetter(_options(layout_features=features))
    cutter.populate(unicodes=list(characters))
    cutter.subset(font)
    font.save(path)


def _options(**more: object) -> Any:  # fontTools ships no types
    options = subset.Options(hinting=False, name_IDs=["*"], notdef_outline=True, **more)
    options.drop_tables += ["DSIG", "STAT", "MVAR", "HVAR", "avar"]
    return options


def _cut_emoji(source: Path, target: Path, sequences: tuple[str, ...]) -> None:
    """Keep the pictures of these sequences, and of other characters only their names."""
    font = _open(source)
    order = font.getGlyphOrder()
    shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source))))
    kept: set[str] = set()
    pictures: set[str] = set()
    characters = {0x200D, 0xFE0F, 0x20E3}
    for sequence in sequences:
        shaped = _shaped(shaper, sequence)
        if len(shaped) != 1 or not shaped[0]:
            raise SystemExit(f"The source has no emoji {sequence}")
        pictures.add(order[shaped[0]])
        characters.update(map(ord, sequence))
        kept.update(order[glyph] for part in sequence for glyph in _shaped(shaper, part) if glyph)
    cutter = subset.Subsetter(_options(layout_closure=False))
    cutter.populate(unicodes=list(characters), glyphs=list(kept | pictures))
    cutter.subset(font)
    font.save(target)


def _shaped(font: Any, sequence: str) -> list[int]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(sequence)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return [int(info.codepoint) for info in buffer.glyph_infos]


if __name__ == "__main__":
    main()
