"""The look of every picture as one value: colours, and the arithmetic of contrast that tests hold them to."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

TEXT_CONTRAST = 4.5
"""WCAG AA for text of ordinary size."""
GRAPHICS_CONTRAST = 3.0
"""WCAG AA for lines, marks and what else must be seen but not read."""


@dataclass(frozen=True, slots=True)
class Accent:
    """One family of colours: a strong colour, its pale ground, and an ink that reads well on that ground.

    ``edge`` is the colour that its panels are outlined with (None: the theme's own line), ``dash`` the length
    of dashes and gaps of that outline.
    """

    strong: str
    ground: str
    ink: str
    edge: str | None = None
    dash: float | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#RRGGBB``.

    Text pairs keep WCAG AA (4.5:1), graphics 3:1. Stages alternate in hue and lightness, and feelings run
    from orange to blue, so that colour-blind readers can tell neighbours apart; colour never carries meaning
    alone.
    """

    ink: str
    ink_soft: str
    ink_quiet: str
    paper: str
    card: str
    line: str
    line_strong: str
    on_strong: str
    stages: tuple[Accent, ...]
    pain: Accent
    opportunity: Accent
    feelings: tuple[str, str, str, str, str]
    positive_ground: str
    negative_ground: str
    positive_area: str
    negative_area: str
    accent: str
    curve: str
    second_curve: str
    skin: str
    hair: str
    avatar_ground: str
    face_edge: str | None = None
    """Outline of faces, where their own colour doesn't stand out from the ground."""

    def stage(self, index: int) -> Accent:
        """Return the colours of the stage at that place; they repeat after the last."""
        return self.stages[index % len(self.stages)]

    def feeling(self, score: float) -> str:
        """Return the colour of a score from 1.0 to 5.0."""
        return self.feelings[max(0, min(4, int(score + 0.5) - 1))]


_STAGE_COLOURS = (
    ("#3B4CC0", "#E9ECFB"),
    ("#0B6B78", "#DFF2F4"),
    ("#A24A00", "#FBEBDD"),
    ("#8A3B8F", "#F5E8F6"),
    ("#24703A", "#E3F2E7"),
    ("#B0305C", "#FBE6ED"),
    ("#3E5C76", "#E6EDF3"),
    ("#6B5B00", "#F3EFD8"),
)

LIGHT = Theme(
    ink="#1B1F3B",
    ink_soft="#4A5072",
    ink_quiet="#646A88",
    paper="#F4F5FA",
    card="#FFFFFF",
    line="#E1E4EF",
    line_strong="#C9CEE0",
    on_strong="#FFFFFF",
    stages=tuple(Accent(strong, ground, strong) for strong, ground in _STAGE_COLOURS),
    pain=Accent("#C2410C", "#FFF3EC", "#8A2E08"),
    opportunity=Accent("#0B66C3", "#EDF5FE", "#08498C"),
    feelings=("#D9480F", "#F08C3A", "#F2C14E", "#6FB1E0", "#1D7FC4"),
    positive_ground="#EFF6FD",
    negative_ground="#FEF4EC",
    positive_area="#BFDDF5",
    negative_area="#FBD3B4",
    accent="#3B4CC0",
    curve="#2F3A8F",
    second_curve="#6B3FA0",
    skin="#F3B889",
    hair="#5B2E0E",
    avatar_ground="#FFE3C2",
)
"""Ink on light paper, read outdoors as well as indoors."""

_BLACK, _WHITE = "#000000", "#FFFFFF"

PRINT = Theme(
    ink=_BLACK,
    ink_soft="#333333",
    ink_quiet="#595959",
    paper=_WHITE,
    card=_WHITE,
    line="#B3B3B3",
    line_strong="#8C8C8C",
    on_strong=_WHITE,
    stages=(Accent("#1F1F1F", "#EDEDED", _BLACK), Accent("#4D4D4D", "#EDEDED", _BLACK)),
    pain=Accent(_BLACK, "#DEDEDE", _BLACK, edge=_BLACK),
    opportunity=Accent("#4D4D4D", _WHITE, _BLACK, edge=_BLACK, dash=5.0),
    feelings=("#8A8A8A", "#A8A8A8", "#C6C6C6", "#E2E2E2", "#FDFDFD"),
    positive_ground=_WHITE,
    negative_ground="#F2F2F2",
    positive_area="#E4E4E4",
    negative_area="#BDBDBD",
    accent=_BLACK,
    curve=_BLACK,
    second_curve="#595959",
    skin="#F2F2F2",
    hair="#333333",
    avatar_ground="#D0D0D0",
    face_edge=_BLACK,
)
"""Black on white for a printer without colours: complaints stand on grey, ideas in a dashed frame."""

THEMES: Mapping[str, Theme] = {"light": LIGHT, "print": PRINT}
"""Every theme by the name that operators call it."""


_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_APART = 0.35  # of the way from black to white in each channel; nearer colours are taken for one another
_DARKER = 0.94  # how much of a channel is left after one step towards black


def with_accent(theme: Theme, colour: str) -> Theme:
    """Return the theme in a shop's own colour, darkened as far as it must be to read well on paper and cards.

    ``colour`` is ``#RRGGBB``; anything else raises ValueError, and so does a theme without colours.
    """
    if len(set(red_green_blue(theme.pain.strong))) == 1:
        raise ValueError("a theme in black and white takes no colour")
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"a colour is #RRGGBB, found {colour!r}")
    readable = colour.upper()
    while min(contrast(readable, ground) for ground in _grounds_of_accent(theme)) < TEXT_CONTRAST:
        readable = _darker(readable)
    apart = math.dist(red_green_blue(readable), red_green_blue(theme.second_curve)) > _APART
    second = theme.second_curve if apart else theme.ink_soft
    return replace(theme, accent=readable, curve=readable, second_curve=second)


def _grounds_of_accent(theme: Theme) -> tuple[str, ...]:
    return (theme.paper, theme.card, theme.positive_ground, theme.negative_ground)


def _darker(colour: str) -> str:
    channels = (int(channel * 255 * _DARKER) for channel in red_green_blue(colour))
    return "#" + "".join(f"{channel:02X}" for channel in channels)


_LINEAR = 0.04045  # below it sRGB is linear (WCAG 2.2)


def red_green_blue(colour: str) -> tuple[float, float, float]:
    """Return the three channels of ``#RRGGBB``, each 0.0 to 1.0."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (
        channel / 12.92 if channel <= _LINEAR else ((channel + 0.055) / 1.055) ** 2.4
        for channel in red_green_blue(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1.0 to 21.0 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
