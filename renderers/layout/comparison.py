"""Before and after in one picture: both curves, then what is solved, what is new and what is still there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from journey.compare import Comparison, StageChange
from journey.model import Entry, JourneyMap
from renderers.display import Box, Canvas, DisplayList, Role
from renderers.icons import Icon, draw_badge
from renderers.layout.blocks import Block, draw_panel
from renderers.layout.cover import CurveCard, draw_footer
from renderers.layout.flow import choose
from renderers.layout.sheet import ALBUM, BODY, MARGIN, MEASURE, STORY, WIDTH
from renderers.second import SecondCurve
from renderers.text import Lettering, fitted, paragraph
from renderers.theme import Accent, Theme
from renderers.typefaces import Style
from renderers.words import PictureWords

_TALLEST = STORY.height  # 9:16: a taller one is shrunk until nobody can read it
_CURVE, _TALLEST_CURVE = 500.0, 620.0
_FOOT = 96.0
_GAP, _PAD = 18.0, 22.0
_BADGE = 23.0
_NAMES = 220.0  # how wide the column of the stage names is
_MOST_LINES = 2


class Fate(StrEnum):
    """What became of a complaint."""

    SOLVED = "solved"
    NEW = "new"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the three lists, set with as many entries as are shown of it."""

    title: str
    icon: Icon
    accent: Accent
    rows: tuple[Block, ...]
    remark: Block | None
    nothing: str = ""

    @property
    def height(self) -> float:
        rows = [*self.rows, *([self.remark] if self.remark else [])]
        listed = sum(row.height + 8 for row in rows) + 6 if rows else 0.0
        return 2 * _PAD + 2 * _BADGE + listed


@dataclass(frozen=True, slots=True)
class _ComparisonMaker:
    journey_map: JourneyMap
    words: PictureWords
    theme: Theme
    second: SecondCurve
    complaints: Mapping[Fate, Sequence[tuple[StageChange, Entry]]]

    def make(self) -> DisplayList:
        """Draw everything and return the page."""
        head = self._head()
        card = CurveCard(self.journey_map, self.words, self.theme, self.second)
        curve = max(card.needed, _CURVE)
        around = 46 + head.height + 18 + curve + _GAP + _FOOT
        available = {fate: len(found) for fate, found in self.complaints.items()}
        shown = choose(
            available, tuple(Fate), lambda tried: around + self._total(self._panels(tried)) <= _TALLEST
        )
        panels = self._panels(shown)
        height = max(ALBUM.height, around + self._total(panels))
        spare = height - around - self._total(panels)
        curve = min(curve + spare, max(curve, _TALLEST_CURVE))
        canvas = Canvas(WIDTH, height, self.theme.paper)
        head.draw(canvas, MARGIN, 46, canvas.page)
        field = Box(MARGIN, 46 + head.height + 18, MEASURE, curve)
        card.draw(canvas, field)
        y = field.bottom + _GAP
        for panel in panels:
            self._draw_panel(canvas, y, panel)
            y += panel.height + _GAP
        draw_footer(canvas, height - _FOOT + 34, self.journey_map, self.words, self.theme)
        return canvas.finish(height)

    def _total(self, panels: Sequence[_Panel]) -> float:
        return sum(panel.height + _GAP for panel in panels) - _GAP

    def _head(self) -> Block:
        theme = self.theme
        eyebrow = paragraph(
            self.words.heading_comparison.upper(),
            Lettering(Style.BOLD, 27, theme.accent, Role.LABEL),
            MEASURE,
            most=1,
        )
        lettering = Lettering(Style.EXTRABOLD, 64, theme.ink, Role.TITLE)
        title = fitted(self.journey_map.title or self.words.heading, lettering, (64, 58, 52), MEASURE, most=2)

        def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
            eyebrow.draw(canvas, x, y, cell)
            title.draw(canvas, x, y + eyebrow.height + 2, cell)

        return Block(eyebrow.height + 2 + title.height, draw)

    def _panels(self, shown: Mapping[Fate, int]) -> list[_Panel]:
        theme, words = self.theme, self.words
        looks = (
            (Fate.SOLVED, words.solved, Icon.ACTIONS, theme.opportunity),
            (Fate.NEW, words.new, Icon.PAINS, theme.pain),
            (Fate.STILL, words.still, Icon.WAITING, Accent(theme.ink_soft, theme.card, theme.ink)),
        )
        return [
            self._panel(label, icon, accent, self.complaints[fate], shown[fate])
            for fate, label, icon, accent in looks
        ]

    def _panel(
        self,
        label: str,
        icon: Icon,
        accent: Accent,
        complaints: Sequence[tuple[StageChange, Entry]],
        count: int,
    ) -> _Panel:
        if not complaints:
            return _Panel(label, icon, accent, (), None, self.words.nothing)
        rows = []
        above: StageChange | None = None
        for change, entry in complaints[:count]:
            rows.append(self._row("" if change is above else change.name, entry.text, accent))
            above = change
        hidden = len(complaints) - count
        return _Panel(
            f"{label} ({len(complaints)})",
            icon,
            accent,
            tuple(rows),
            self._row("", self.words.more.format(count=hidden), accent, quiet=True) if hidden else None,
        )

    def _row(self, name: str, said: str, accent: Accent, *, quiet: bool = False) -> Block:
        """Set the stage's name and the complaint beside it."""
        style = Style.SEMIBOLD if quiet else Style.MEDIUM
        measure = MEASURE - 2 * _PAD - _NAMES - 20
        text = paragraph(said, Lettering(style, BODY, accent.ink), measure, most=_MOST_LINES)
        lettering = Lettering(Style.BOLD, 29, accent.strong, Role.LABEL)
        stage = fitted(name, lettering, (29, 26, 23), _NAMES, most=2) if name else None
        drop = max(0.0, (text.leading - stage.leading) / 2) if stage else 0.0

        def draw(canvas: Canvas, x: float, y: float, cell: Box) -> None:
            if stage:
                stage.draw(canvas, x, y + drop, cell)
            text.draw(canvas, x + _NAMES + 20, y, cell)

        return Block(max(text.height, stage.height + drop if stage else 0.0), draw)

    def _draw_panel(self, canvas: Canvas, y: float, panel: _Panel) -> None:
        box = Box(MARGIN, y, MEASURE, panel.height)
        draw_panel(canvas, box, 24, panel.accent, self.theme)
        middle = y + _PAD + _BADGE
        ground, ink = panel.accent.strong, self.theme.on_strong
        draw_badge(
            canvas, panel.icon, box.x + _PAD + _BADGE, middle, radius=_BADGE, ground=ground, colour=ink
        )
        lettering = Lettering(Style.EXTRABOLD, 34, panel.accent.ink, Role.LABEL)
        title = paragraph(panel.title, lettering, MEASURE / 2, most=1)
        left = box.x + _PAD + 2 * _BADGE + 16
        title.draw(canvas, left, middle - title.height / 2, box)
        if panel.nothing:
            quiet = Lettering(Style.MEDIUM, BODY, panel.accent.ink)
            nothing = paragraph(panel.nothing, quiet, MEASURE / 3, most=1)
            beside = max(box.x + _PAD + _NAMES + 20, left + title.width + 20)
            nothing.draw(canvas, beside, middle - nothing.height / 2, box)
        top = y + _PAD + 2 * _BADGE + 14
        for row in (*panel.rows, *([panel.remark] if panel.remark else [])):
            row.draw(canvas, box.x + _PAD, top, box)
            top += row.height + 8


def comparison(
    journey_map: JourneyMap, words: PictureWords, theme: Theme, second: SecondCurve, found: Comparison
) -> DisplayList:
    """Return a page 1080 wide, from 4:5 to 9:16, whose lists count what they don't show."""
    complaints = {Fate.SOLVED: found.solved, Fate.NEW: found.new, Fate.STILL: found.still}
    return _ComparisonMaker(journey_map, words, theme, second, complaints).make()
