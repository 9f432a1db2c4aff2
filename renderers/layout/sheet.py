"""The sheets that an album and a story are drawn on."""

from dataclasses import dataclass

WIDTH = 1080.0
MARGIN = 52.0
MEASURE = WIDTH - 2 * MARGIN
BODY = 36.0  # 13 pt on a phone 390 pt wide
LARGEST_BODY = 44.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its height and what it keeps free of text at both ends, the largest size of its body text.

    A stage may take that many ``pages``; where they don't hold everything, long entries are shortened until
    at least that many ``entries`` of each element are shown.
    """

    height: float
    top: float
    bottom: float
    body: float
    pages: int
    entries: int

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes of body text to try, from the largest down to the smallest readable one."""
        steps = int((self.body - BODY) / 2)
        return tuple(self.body - 2 * step for step in range(steps + 1))


ALBUM = Sheet(height=1350.0, top=0.0, bottom=0.0, body=LARGEST_BODY, pages=3, entries=2)
"""4:5, the tallest that a chat shows whole."""
STORY = Sheet(height=1920.0, top=200.0, bottom=210.0, body=52.0, pages=1, entries=1)
"""9:16; a status lies under the names of who posted it and above a field for answers."""
