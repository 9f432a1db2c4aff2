"""The fonts of pictures: the shipped ones, then what Debian installs, at last matplotlib's own."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uharfbuzz

SHIPPED = Path(__file__).parent / "fonts"
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/truetype/noto"),  # Debian: fonts-noto-core, fonts-noto-color-emoji
    Path("/usr/share/fonts/opentype/noto"),  # Debian: fonts-noto-cjk
)
_FALLBACKS = (
    "NotoSansArabic-Regular.ttf",
    "NotoSansJavanese-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansBalinese-Regular.ttf",
    "NotoSansSundanese-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
)
_EMOJI = "NotoColorEmoji.ttf"


class Style(StrEnum):
    """A cut of the product's own typeface."""

    MEDIUM = "Medium"
    ITALIC = "MediumItalic"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    EXTRABOLD = "ExtraBold"


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One opened font file; ``units`` are its design units to the em."""

    path: Path
    font: Any = field(repr=False)  # a uharfbuzz.Font: the package ships no types
    units: int
    characters: frozenset[int] = field(repr=False)


@cache
def _open(path: Path) -> Typeface:
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    return Typeface(path, uharfbuzz.Font(face), int(face.upem), frozenset(face.unicodes))


@cache
def own(style: Style) -> Typeface:
    """Return the shipped typeface in that cut."""
    return _open(SHIPPED / f"PlusJakartaSans-{style.value}.ttf")


def _find(name: str) -> Path | None:
    return next((folder / name for folder in SYSTEM_FOLDERS if (folder / name).is_file()), None)


@cache
def fallbacks() -> tuple[Path, ...]:
    """Return the files of the fallback fonts that this machine has, in the order they are asked."""
    found = [path for name in _FALLBACKS if (path := _find(name))]
    matplotlib = find_spec("matplotlib")  # only located here, not imported
    if matplotlib is not None and matplotlib.origin:
        last_resort = Path(matplotlib.origin).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf"
        found += [last_resort] if last_resort.is_file() else []
    return tuple(found)


@cache
def emoji_file() -> Path | None:
    """Return the colour emoji font, or None when the machine has none."""
    return _find(_EMOJI)


def typeface_for(style: Style, character: str) -> Typeface | None:
    """Return the first typeface that has this character, or None when no font has it."""
    first = own(style)
    if ord(character) in first.characters:
        return first
    return _fallback_for(ord(character))


@cache
def _fallback_for(character: int) -> Typeface | None:
    for path in fallbacks():
        if character in _open(path).characters:
            return _open(path)
    return None


def forget() -> None:
    """Look for fonts anew, after fonts were installed or the folders changed."""
    for remembered in (fallbacks, emoji_file, _fallback_for):
        remembered.cache_clear()
