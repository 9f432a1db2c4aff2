"""How one would draw a map with matplotlib at first: an axes, an artist for each shape and line of text."""

import io

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Vertices

from renderers.display import DisplayList, Emoji, Path, Text
from renderers.emoji import emoji_picture
from renderers.shapes import Outline
from renderers.typefaces import SHIPPED

_POINTS_PER_INCH = 72.0
_CODES = {
    "M": (int(Vertices.MOVETO),),
    "L": (int(Vertices.LINETO),),
    "Q": (int(Vertices.CURVE3),) * 2,
    "C": (int(Vertices.CURVE4),) * 3,
    "Z": (int(Vertices.CLOSEPOLY),),
}


def draw(page: DisplayList, width: int) -> bytes:
    """Return a PNG of that many pixels across that shows what the display list says."""
    dots_per_inch = _POINTS_PER_INCH * width / page.width
    figure = Figure(
        figsize=(page.width / _POINTS_PER_INCH, page.height / _POINTS_PER_INCH), dpi=dots_per_inch
    )
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, page.width)
    axes.set_ylim(page.height, 0)
    axes.axis("off")
    for operation in page.operations:
        match operation:
            case Path():
                axes.add_patch(_patch(operation))
            case Text(x, baseline, style, size, colour, string):
                font = FontProperties(fname=str(SHIPPED / f"PlusJakartaSans-{style.value}.ttf"), size=size)
                axes.text(x, baseline, string, color=colour, fontproperties=font, va="baseline", ha="left")
            case Emoji(sequence, x, y, side):
                picture = emoji_picture(sequence)
                if picture is not None:
                    axes.imshow(picture, extent=(x, x + side, y + side, y), aspect="auto")
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=dots_per_inch, bbox_inches="tight", pad_inches=0)
    return target.getvalue()


def _patch(path: Path) -> PathPatch:
    return PathPatch(
        _vertices(path.outline),
        facecolor=path.fill or "none",
        edgecolor=path.stroke or "none",
        linewidth=path.thickness if path.stroke else 0,
        linestyle=(0, (path.dash / path.thickness,) * 2) if path.dash and path.thickness else "-",
        capstyle="butt" if path.dash else "round",
        joinstyle="round",
    )


def _vertices(outline: Outline) -> Vertices:
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for command, coordinates in outline:
        numbers = coordinates or (0.0, 0.0)
        points.extend(zip(numbers[::2], numbers[1::2], strict=True))
        codes.extend(_CODES[command])
    return Vertices(points, codes)
