"""``python -m tests.bench.cold drawn|empty WIDTH HEIGHT``: one picture, then the process ends."""

import io
import sys

_DOTS_PER_INCH = 100


def main() -> None:
    """Draw the poster as a JPEG, or save an empty figure of that many pixels."""
    what, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if what == "empty":
        from matplotlib.figure import Figure

        size = (width / _DOTS_PER_INCH, height / _DOTS_PER_INCH)
        Figure(figsize=size, dpi=_DOTS_PER_INCH).savefig(io.BytesIO(), format="png")
        return
    from renderers.picture import Format, Layout, draw
    from tests.renderers.maps import coffee
    from tests.renderers.words import INDONESIAN

    draw(coffee(), Layout.POSTER, Format.JPG, INDONESIAN)[0]


if __name__ == "__main__":
    main()
