"""What decides a picture's bytes, as one hash that is known before anything is drawn."""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from journey.document import dump_map
from journey.evidence import without_pieces
from journey.model import JourneyMap
from renderers.figures import full_day
from renderers.picture import Format, Layout
from renderers.second import SecondCurve
from renderers.theme import LIGHT, Theme
from renderers.typefaces import font_set
from renderers.words import PictureWords

_LIBRARIES = ("isal", "matplotlib", "numpy", "pillow", "pyphen", "uharfbuzz")
_NOT_DRAWN = (
    *("id", "status", "created", "changed", "finished"),
    *("speed", "preset", "skipped", "accepted", "plans", "meanings"),
)


def recipe(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme = LIGHT,
    second: SecondCurve | None = None,
) -> str:
    """Return a SHA-256 that is equal only for pictures with equal bytes.

    It covers what is drawn of the map, layout, format, words, theme, second curve, fonts, and the release of
    the drawing code and its libraries; the map's id and times are no part of it.
    """
    document = dump_map(without_pieces(journey_map))
    drawn = {key: value for key, value in document.items() if key not in _NOT_DRAWN}
    if layout is Layout.TREND:
        drawn["days"] = [full_day(found.taken, words) for found in journey_map.checkins]
    else:
        drawn.pop("checkins", None)
    parts = (
        drawn,
        layout.value,
        format.value,
        asdict(words),
        asdict(theme),
        asdict(second) if second else None,
        font_set(),
        _release(),
    )
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@cache
def _release() -> str:
    """Return a hash of the code that draws and of the libraries it draws with."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    for library in _LIBRARIES:
        found.update(f"{library} {_version(library)}".encode())
    return found.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # isal has no wheel for some processors
        return ""
