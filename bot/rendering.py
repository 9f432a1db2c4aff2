"""Drawing map documents from the command line, without Telegram and without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.content import load_content
from journey.mapfile import Unreadable, read_file
from journey.model import JourneyMap, Language
from journey.sharing import without_customers_numbers
from journey.translation import translated
from journey.trend import trend_of
from locales.catalog import load_catalogs
from renderers.messages import Messages

if TYPE_CHECKING:
    from renderers.picture import Format, Picture
    from renderers.second import SecondCurve
    from renderers.theme import Theme


_ENDINGS = (".png", ".jpg", ".jpeg", ".pdf", ".svg")


class BadOrder(ValueError):
    """What was asked for can't be drawn; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw and how, in the words of the command line; ``second`` is another map.

    ``against`` and ``answers`` say what that is: as it was before unless told, of how many customers.
    """

    source: Path
    output: Path
    layout: str = "poster"
    format: str | None = None
    language: str | None = None
    theme: str = "light"
    accent: str | None = None
    second: Path | None = None
    against: str | None = None
    answers: int | None = None


def render_file(order: Order) -> tuple[Path, ...]:
    """Draw a map document and return the files written.

    The output of an album or a story is a folder, and one file as PDF. Raises BadOrder naming what is wrong
    with a document, the colour or the output.
    """
    from renderers.picture import Format, Layout, draw

    layout = Layout(order.layout)
    many = layout in (Layout.ALBUM, Layout.STORY)
    _refuse_contradictions(order)
    kind = _format(order, many=many)
    if many and kind is not Format.PDF and (ending := order.output.suffix.lower()) in _ENDINGS:
        raise BadOrder(
            f"{order.output}: --layout {layout} makes a folder of pictures: give a name without {ending}"
        )
    messages = Messages(load_catalogs(), load_content().knowledge)
    journey_map = _read_document(order.source)
    if layout is Layout.TREND and not trend_of(journey_map).times:
        raise BadOrder(
            f"{order.source}: checkins: a trend needs at least one, or a finished map with feelings"
        )
    language = Language(order.language) if order.language else journey_map.language
    journey_map = translated(journey_map, language, load_content().knowledge)
    titled = replace(journey_map, title=messages.title(journey_map, language))
    pictures = draw(
        titled,
        layout,
        kind,
        messages.picture_words(language),
        theme=_theme(order),
        second=_before(order, titled, messages) if order.layout == "comparison" else _second(order, titled),
    )
    return _written(pictures, order.output, in_folder=many and kind is not Format.PDF)


def _refuse_contradictions(order: Order) -> None:
    """Raise BadOrder for what would be left undrawn without a word, or drawn of nobody."""
    if order.second is None:
        if order.layout == "comparison":
            raise BadOrder("--layout comparison: give the earlier version with --second MAP.json")
        for name, value in (("--against", order.against), ("--answers", order.answers)):
            if value is not None:
                raise BadOrder(f"{name}: says what a second map is: give that with --second MAP.json")
    elif order.layout == "preview":
        raise BadOrder("--second: a preview has no curve: take another --layout")
    elif order.layout == "trend":
        raise BadOrder("--second: a trend shows one map over time: take another --layout")
    elif order.layout == "comparison" and order.against not in (None, "before"):
        raise BadOrder("--layout comparison: shows before and after: leave --against away")
    elif order.against == "customers" and (order.answers is None or order.answers < 1):
        raise BadOrder("--against customers: say with --answers how many customers answered, at least 1")
    elif order.against != "customers" and order.answers is not None:
        raise BadOrder("--answers: only --against customers has answers")


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
    against = Against(order.against) if order.against else Against.BEFORE
    return second_curve(journey_map, other, against, answers=order.answers or 0)


def _before(order: Order, journey_map: JourneyMap, messages: Messages) -> "SecondCurve | None":
    """Return the second map as an earlier version of the first."""
    from renderers.second import before_and_after

    if order.second is None:
        return None
    language = journey_map.language
    before = translated(_read_document(order.second), language, load_content().knowledge)
    days = (messages.short_day(one.finished or one.changed, language) for one in (before, journey_map))
    earlier, later = days
    return before_and_after(before, journey_map, (earlier, later))


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
    """Return the map as everybody may see it: pictures are passed on."""
    try:
        found = read_file(source.read_bytes())
    except OSError as error:
        raise BadOrder(f"{source}: {error.strerror}") from None
    if isinstance(found, Unreadable):
        raise BadOrder(f"{source}: {found.reason}")
    if not found.stages:
        raise BadOrder(f"{source}: stages: a picture needs at least one stage")
    return without_customers_numbers(found)
