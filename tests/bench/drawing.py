"""The pictures: the poster against an empty figure, the ordinary way, a browser; memory, start, size."""

import io
import statistics
from collections.abc import Callable, Mapping
from functools import partial

import numpy
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas

from renderers import encoding, painter
from renderers.layout.poster import poster
from renderers.picture import Format, Layout, Picture, draw
from renderers.theme import LIGHT
from tests.bench import caches, ordinary, scaling
from tests.bench.children import cpu_of_process, output_of_process
from tests.bench.measuring import Figure, Rounds, Side, Variant, interleaved, note
from tests.bench.peers import CHROMIUM_NAME, MERMAID_NAME, peers
from tests.renderers.maps import coffee
from tests.renderers.words import INDONESIAN

ROUNDS, KEPT = 60, 20
"""Rounds measured at most, and those of them kept in which neighbours disturbed least."""
PATIENCE = 180.0
"""Seconds after which the rounds to keep are enough."""
COLD_ROUNDS, COLD_PATIENCE = 30, 45.0
SMALL_WIDTH = 1280
_DOTS_PER_INCH = 115.2  # as the poster has on a page of 1600 points
_PEER_BOUND = 0.3


def measure() -> list[Figure]:
    """Draw the worked example in every way, each text new in every round."""
    with peers(coffee(), INDONESIAN) as others:
        warm = interleaved({**_own_variants(), **others}, rounds=KEPT, most=ROUNDS, patience=PATIENCE)
        warm = warm.quietest(KEPT)
    note(f"drawing: neighbours used up to {max(warm.neighbours):.2f} processors")
    return [*_warm_figures(warm, others), *scaling.measure(), _cold(), _growth(), _pdf_size()]


def _own_variants() -> Mapping[str, Variant]:
    size = draw(coffee(), Layout.POSTER, Format.PNG, INDONESIAN)[0]

    def small() -> None:
        drawn = poster(coffee(), INDONESIAN, LIGHT)
        encoding.png(painter.paint_pixels(drawn, SMALL_WIDTH / drawn.width))

    def by_artists(width: int) -> None:
        ordinary.draw(poster(coffee(), INDONESIAN, LIGHT), width)

    def empty() -> None:
        _empty(size).savefig(io.BytesIO(), format="png")

    def floor() -> None:
        canvas = FigureCanvasAgg(_empty(size))
        canvas.draw()  # type: ignore[no-untyped-call] # no types upstream
        encoding.png(numpy.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call] # no types upstream

    def as_new(work: Callable[[], object]) -> Variant:
        return Variant(work, prepare=caches.forget_texts)

    return {
        "poster": as_new(partial(draw, coffee(), Layout.POSTER, Format.PNG, INDONESIAN)),
        "small": as_new(small),
        "ordinary": as_new(partial(by_artists, size.width)),
        "small ordinary": as_new(partial(by_artists, SMALL_WIDTH)),
        "layout": as_new(partial(poster, coffee(), INDONESIAN, LIGHT)),
        "album": as_new(partial(draw, coffee(), Layout.ALBUM, Format.JPG, INDONESIAN)),
        "empty": Variant(empty),
        "floor": Variant(floor),
    }


def _empty(like: Picture) -> Canvas:
    """Return a figure without anything in it, as many pixels large as a picture."""
    return Canvas(figsize=(like.width / _DOTS_PER_INCH, like.height / _DOTS_PER_INCH), dpi=_DOTS_PER_INCH)


def _warm_figures(warm: Rounds, others: Mapping[str, Variant]) -> list[Figure]:
    most, least = Side.AT_MOST, Side.AT_LEAST
    compared = [
        ("drawing.poster_to_empty", "poster", "empty", 0.6, most),
        ("drawing.poster_to_floor", "poster", "floor", 3.6, most),
        ("drawing.ordinary_to_poster", "ordinary", "poster", 8.0, least),
        ("drawing.ordinary_to_poster_1280", "small ordinary", "small", 9.0, least),
        ("drawing.layout_to_poster", "layout", "poster", 0.18, most),
        ("drawing.album_to_poster", "album", "poster", 2.5, most),
    ]
    compared += [
        (f"drawing.poster_to_{peer}", "poster", peer, _PEER_BOUND, most)
        for peer in (CHROMIUM_NAME, MERMAID_NAME)
        if peer in others
    ]
    return [
        *(
            Figure(name, warm.ratio(ours, other), "ratio", bound, side)
            for name, ours, other, bound, side in compared
        ),
        Figure("drawing.poster_ms", 1000 * warm.median("poster"), "ms"),
        Figure("drawing.neighbours", statistics.median(warm.neighbours), "processors"),
    ]


def _cold() -> Figure:
    """Start a process for each picture: importing matplotlib is nearly all of it."""
    size = draw(coffee(), Layout.POSTER, Format.JPG, INDONESIAN)[0]

    def seconds(what: str) -> Variant:
        found: list[float] = [0.0]

        def run() -> None:
            found.append(
                found[-1] + cpu_of_process("tests.bench.cold", what, str(size.width), str(size.height))
            )

        return Variant(run, lambda: found[-1])

    variants = {what: seconds(what) for what in ("drawn", "empty")}
    cold = interleaved(variants, rounds=KEPT, most=COLD_ROUNDS, patience=COLD_PATIENCE, warm_up=1)
    cold = cold.quietest(KEPT)
    return Figure("drawing.cold_to_empty", cold.ratio("drawn", "empty"), "ratio", 1.4)


def _growth() -> Figure:
    grown = int(output_of_process("tests.bench.memory"))
    return Figure("drawing.memory_growth", grown / 2**20, "MiB", 10.0)


def _pdf_size() -> Figure:
    size = len(draw(coffee(), Layout.POSTER, Format.PDF, INDONESIAN)[0].content)
    return Figure("drawing.pdf_size", size / 2**10, "KiB", 80.0)
