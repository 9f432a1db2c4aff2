"""Drawing map documents from the command line, without Telegram and without a database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content import load_content
from journey.document import BrokenDocument, read_map
from journey.model import JourneyMap, Language
from journey.translation import translated
from locales.catalog import load_catalogs
from renderers.messages import Messages

if TYPE_CHECKING:
    from renderers.picture import Format, Picture
    from renderers.second import SecondCurve
    from renderers.theme import Theme


class BadOrder(ValueError):
    """What was asked for can't be drawn; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw and how, in the words of the command line; ``second`` is another map."""

    source: Path
    output: Path
    layout: str = "poster"
    format: str | None = None
    language: str | None = None
    theme: str = "light"
    accent: str | None = None
    second: Path | None = None
    against: str = "before"
    answers: int = 0


def render_file(order: Order) -> tuple[Path, ...]:
    """Draw a map document and return the files written.

    The output of an album or a story is a folder, and one file as PDF. Raises BadOrder naming what is wrong
    with a document, the colour or the output.
    """
    from renderers.picture import Format, Layout, draw

    layout = Layout(order.layout)
    many = layout in (Layout.ALBUM, Layout.STORY)
    kind = _format(order, many=many)
    messages = Messages(load_catalogs(), load_content().knowledge)
    journey_map = _read_document(order.source)
    language = Language(order.language) if order.language else journey_map.language
    journey_map = translated(journey_map, language, load_content().knowledge)
    titled = replace(journey_map, title=messages.title(journey_map, language))
    pictures = draw(
        titled,
        layout,
        kind,
        messages.picture_words(language),
        theme=_theme(order),
        second=_second(order, titled),
    )
    return _written(pictures, order.output, in_folder=many and kind is not Format.PDF)


def _format(order: Order, *, many: bool) -> "Format":
    from renderers.picture import Format

    named = order.output.suffix.removeprefix(".").lower()
    ending = order.format or ("jpg" if many and named != Format.PDF else named)
    try:
        return Format("jpg" if ending == "jpeg" else ending)
    except ValueError:
        raise BadOrder(
            f"{order.output}: the ending must be png, jpg, pdf or svg (or give --format)"
        ) from None


def _theme(order: Order) -> "Theme":
    from renderers.theme import THEMES, with_accent

    theme = THEMES[order.theme]
    try:
        return with_accent(theme, order.accent) if order.accent else theme
    except ValueError as error:
        raise BadOrder(f"--accent: {error}") from None


def _second(order: Order, journey_map: JourneyMap) -> "SecondCurve | None":
    from renderers.second import Against, second_curve

    if order.second is None:
        return None
    other = _read_document(order.second)
    return second_curve(journey_map, other, Against(order.against), answers=order.answers)


def _written(pictures: "Sequence[Picture]", output: Path, *, in_folder: bool) -> tuple[Path, ...]:
    try:
        if in_folder:
            output.mkdir(parents=True, exist_ok=True)
        paths = tuple(output / picture.name if in_folder else output for picture in pictures)
        for path, picture in zip(paths, pictures, strict=True):
            path.write_bytes(picture.content)
    except FileExistsError:
        raise BadOrder(f"{output}: is a file, but an album or a story is written into a folder") from None
    except OSError as error:
        raise BadOrder(f"{error.filename}: {error.strerror}") from None
    return paths


def _read_document(source: Path) -> JourneyMap:
    try:
        text = source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadOrder(f"{source}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadOrder(f"{source}: is not UTF-8 text (at byte {error.start + 1})") from None
    try:
        found = read_map(json.loads(text))
    except json.JSONDecodeError as error:
        raise BadOrder(f"{source}: is no JSON: {error}") from None
    except RecursionError:
        raise BadOrder(f"{source}: is nested too deeply for a map") from None
    except BrokenDocument as error:
        raise BadOrder(f"{source}: {error}") from None
    except ValueError:  # the interpreter refuses to read numbers of thousands of digits
        raise BadOrder(f"{source}: has a number that is too long") from None
    if not found.stages:
        raise BadOrder(f"{source}: stages: a picture needs at least one stage")
    return found
