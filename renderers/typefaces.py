"""The fonts of pictures: shipped and locked ones, then what Debian installs, at last matplotlib's own."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uharfbuzz

SHIPPED = Path(__file__).parent / "fonts"
SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/truetype/noto"),  # Debian: fonts-noto-core, fonts-noto-color-emoji
    Path("/usr/share/fonts/opentype/noto"),  # Debian: fonts-noto-cjk
)
_LOCKED = (
    ("fontpkg_noto_sans_arabic", "files/NotoSansArabic*.ttf"),
    ("fontpkg_noto_sans_devanagari", "files/NotoSansDevanagari*.ttf"),
    ("fontpkg_noto_sans_thai", "files/NotoSansThai*.ttf"),
)
_CUT = ("NotoSansJavanese-Regular.ttf", "NotoSans-Regular.ttf")
_DEBIAN = (
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
_LAST_RESORT = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf")
_BOXES = "NotoSans-Regular.ttf"
_EMOJI = "NotoColorEmoji.ttf"
_SIMPLIFIED_CHINESE = 2  # its place in Noto's collection, between Korean and traditional Chinese
_DIRECTORY = 4_096
"""Bytes that hold a font's table directory, in which each table has a checksum."""


class Style(StrEnum):
    """A cut of the product's own typeface."""

    MEDIUM = "Medium"
    ITALIC = "MediumItalic"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    EXTRABOLD = "ExtraBold"


_WEIGHTS = {
    Style.MEDIUM: 500,
    Style.ITALIC: 500,
    Style.SEMIBOLD: 600,
    Style.BOLD: 700,
    Style.EXTRABOLD: 800,
}


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One opened font; ``units`` are its design units to the em."""

    path: Path
    font: Any = field(repr=False)  # a uharfbuzz.Font: the package ships no types
    units: int
    characters: frozenset[int] = field(repr=False)

    def draws(self, cluster: str) -> bool:
        """Tell whether it has all characters of a letter with its marks, or can compose them."""
        return all(
            ord(character) in self.characters or _composable(character, self.characters) or _unseen(character)
            for character in cluster
        )


def _composable(character: str, characters: frozenset[int]) -> bool:
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and all(ord(part) in characters for part in parts)


def _unseen(character: str) -> bool:
    """Tell whether a character has no picture of its own: joiners and selectors of variants."""
    return character in "\u00ad\u034f\u200c\u200d" or "\ufe00" <= character <= "\ufe0f"


@cache
def _open(path: Path, weight: int) -> Typeface:
    face, characters = _face(path)
    font = uharfbuzz.Font(face)
    if any(axis.tag == "wght" for axis in face.axis_infos):
        font.set_variations({"wght": weight})
    return Typeface(path, font, int(face.upem), characters)


@cache
def _face(path: Path) -> tuple[Any, frozenset[int]]:  # a uharfbuzz.Face: the package ships no types
    index = _SIMPLIFIED_CHINESE if path.suffix == ".ttc" else 0
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
    return face, frozenset(face.unicodes)


@cache
def own(style: Style) -> Typeface:
    """Return the shipped typeface in that cut."""
    return _open(SHIPPED / f"PlusJakartaSans-{style.value}.ttf", _WEIGHTS[style])


def boxes(style: Style) -> Typeface:
    """Return the typeface whose box stands for what no font has."""
    return _open(_in_weight(SHIPPED / _BOXES, style), _WEIGHTS[style])


def _installed(name: str) -> Iterator[Path]:
    return (folder / name for folder in SYSTEM_FOLDERS if (folder / name).is_file())


def _packaged(package: str, pattern: str) -> Iterator[Path]:
    """Find files of a Python package, which is only located, not imported."""
    spec = find_spec(package)
    return iter(sorted(Path(spec.origin).parent.glob(pattern))) if spec and spec.origin else iter(())


@cache
def fallbacks() -> tuple[Path, ...]:
    """Return the files of the fallback fonts that this machine has, in the order they are asked."""
    return (
        *(SHIPPED / name for name in _CUT),
        *(path for package, pattern in _LOCKED for path in _packaged(package, pattern)),
        *(path for name in _DEBIAN for path in _installed(name)),
        *_packaged(*_LAST_RESORT),
    )


@cache
def emoji_files() -> tuple[Path, ...]:
    """Return the colour emoji fonts, the shipped set first."""
    return (SHIPPED / _EMOJI, *_installed(_EMOJI))


def typeface_for(style: Style, cluster: str) -> Typeface | None:
    """Return the first typeface that has a letter with its marks, or None when no font has the letter."""
    first = own(style)
    if len(cluster) == 1 and ord(cluster) in first.characters:
        return first
    return _first_for(style, cluster)


@lru_cache(maxsize=8_192)
def _first_for(style: Style, cluster: str) -> Typeface | None:
    for wanted in dict.fromkeys((cluster, cluster[0])):
        if own(style).draws(wanted):
            return own(style)
        for path in fallbacks():
            if _face(path)[1] and _open(path, 0).draws(wanted):
                return _open(_in_weight(path, style), _WEIGHTS[style])
    return None


def _in_weight(path: Path, style: Style) -> Path:
    """Return the bold file of a family for the bold styles, where there is one."""
    bold = path.with_name(path.name.replace("-Regular", "-Bold"))
    return bold if _WEIGHTS[style] >= _WEIGHTS[Style.SEMIBOLD] and bold.is_file() else path


@cache
def font_set() -> str:
    """Return a short hash of the fonts that this process draws with; other fonts make other pictures."""
    digest = hashlib.sha256()
    own_files = (SHIPPED / f"PlusJakartaSans-{style.value}.ttf" for style in Style)
    for path in (*own_files, *fallbacks(), *emoji_files()):
        for file in dict.fromkeys((path, _in_weight(path, Style.BOLD))):
            with file.open("rb") as opened:
                directory = opened.read(_DIRECTORY)
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + directory)
    return digest.hexdigest()[:16]


def forget() -> None:
    """Look for fonts anew, after fonts were installed or the folders changed."""
    for remembered in (fallbacks, emoji_files, _first_for, font_set):
        remembered.cache_clear()
