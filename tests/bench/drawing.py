"""The pictures: a page of the album against an empty figure of the same size and format."""

import io
import statistics
from datetime import UTC, datetime

from matplotlib.figure import Figure as Canvas

from bot.content import load_content
from journey.model import Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import draw_album
from tests.bench.measuring import Figure, cpu_seconds, median_ratio

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROUNDS = 20
DOTS_PER_INCH = 100
RATIO_BOUND = 3.0


def measure() -> list[Figure]:
    """Draw the worked example as an album."""
    content = load_content()
    words = Messages(load_catalogs(), content.knowledge).picture_words(Language.ID)
    journey_map = content.example.as_map(Language.ID, id="m1", now=NOW)
    pages = draw_album(journey_map, words)

    def empty() -> None:
        for page in pages:
            size = (page.width / DOTS_PER_INCH, page.height / DOTS_PER_INCH)
            Canvas(figsize=size, dpi=DOTS_PER_INCH).savefig(io.BytesIO(), format="jpg")

    ours = cpu_seconds(lambda: draw_album(journey_map, words), rounds=ROUNDS)
    trivial = cpu_seconds(empty, rounds=ROUNDS)
    return [
        Figure("drawing.album_to_empty", median_ratio(ours, trivial), "ratio", RATIO_BOUND),
        Figure("drawing.album_page_ms", 1000 * statistics.median(ours) / len(pages), "ms"),
    ]
