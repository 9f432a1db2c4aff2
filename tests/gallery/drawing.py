"""Draw an exhibit into files, and measure it."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from bot.content import load_content
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import Format, draw
from renderers.theme import THEMES
from tests.gallery.maps import exhibits

THUMBNAIL_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a file; ``path`` is relative to the gallery's folder."""

    path: str
    width: int
    height: int
    size: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Row:
    """The pictures of one layout and theme, and the seconds they took."""

    layout: str
    theme: str
    seconds: float
    pictures: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Hung:
    """An exhibit on the wall."""

    name: str
    title: str
    about: str
    thumbnail: str
    rows: tuple[Row, ...]


def hang(name: str, folder: Path) -> Hung:
    """Draw one exhibit in all its layouts and themes below ``folder``, and return what was drawn."""
    exhibit = exhibits()[name]()
    language = exhibit.journey_map.language
    messages = Messages(load_catalogs(), load_content().knowledge)
    title = messages.title(exhibit.journey_map, language)
    drawn = replace(exhibit.journey_map, title=title)
    words = messages.picture_words(language)
    rows = []
    for theme in exhibit.themes:
        for layout in exhibit.layouts:
            started = time.perf_counter()
            pictures = draw(drawn, layout, Format.JPG, words, theme=THEMES[theme], second=exhibit.second)
            seconds = time.perf_counter() - started
            place = Path(name) / (layout if theme == "light" else f"{layout}-{theme}")
            (folder / place).mkdir(parents=True, exist_ok=True)
            shown = []
            for picture in pictures:
                path = place / picture.name
                (folder / path).write_bytes(picture.content)
                size = len(picture.content)
                shown.append(Shown(path.as_posix(), picture.width, picture.height, size, picture.alternative))
            rows.append(Row(layout, theme, seconds, tuple(shown)))
    thumbnail = f"{name}/thumbnail.jpg"
    with Image.open(folder / rows[0].pictures[0].path) as cover:
        height = round(cover.height * THUMBNAIL_WIDTH / cover.width)
        cover.resize((THUMBNAIL_WIDTH, height), Image.Resampling.LANCZOS).save(folder / thumbnail)
    return Hung(name, title, exhibit.about, thumbnail, tuple(rows))
