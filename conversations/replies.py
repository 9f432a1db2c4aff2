"""What the interview says back: keys and parameters, never sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from journey.knowledge import Remedy
from journey.model import JourneyMap

Parameter = str | int | bool | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A sentence of the catalogue with what it speaks of."""

    name: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """Words that stand already: a chip's or the owner's own."""

    text: str


Words = Key | Said


@dataclass(frozen=True, slots=True)
class Option:
    """A button: its id, its label, and, where several can be chosen, whether it is chosen.

    ``alone`` keeps the button in a row of its own. A button with ``copies`` puts that text on the
    clipboard, one with ``url`` opens that address: Telegram does so by itself, and nothing comes back here.
    """

    id: str
    label: Words
    chosen: bool | None = None
    alone: bool = False
    copies: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The one message that asks: ``lead`` acknowledges, ``key`` asks, ``options`` answer.

    ``progress`` is (number, count, name) of the stage asked about, ``answered`` the answer given before,
    ``map_text`` a map to show above, ``remedy`` one to show in full, ``aside`` asks one thing more, below.
    """

    key: Key
    revision: int
    options: tuple[Option, ...] = ()
    controls: tuple[Option, ...] = ()
    lead: tuple[Words, ...] = ()
    hint: Words | None = None
    progress: tuple[int, int, str] | None = None
    answered: Words | None = None
    map_text: JourneyMap | None = None
    remedy: Remedy | None = None
    aside: Key | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A message of its own that asks nothing."""

    key: Key


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word over the screen, in answer to a tap."""

    key: Key
    alert: bool = False


@dataclass(frozen=True, slots=True)
class MapText:
    """The whole map as text."""

    journey_map: JourneyMap


@dataclass(frozen=True, slots=True)
class AdviceText:
    """The suggestions for a map: three for this week, then per stage."""

    journey_map: JourneyMap


Reply = Question | Note | Toast | MapText | AdviceText
