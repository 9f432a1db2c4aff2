"""What the interview asks the edge to do, in the same transaction as the answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from journey.model import JourneyMap


class Drawing(StrEnum):
    """What picture is wanted."""

    PREVIEW = "preview"
    ALBUM = "album"
    """The finished map, with the advice behind it."""
    AGAIN = "again"
    """The same pictures once more, alone."""
    EXAMPLE = "example"
    PORTRAIT = "portrait"
    """All in one tall picture, to forward."""
    STORY = "story"
    """Upright cards for a WhatsApp status."""
    POSTER = "poster"
    """One sheet, to print."""
    PRINT = "print"
    """The same sheet for a printer without colours."""
    POSTER_FILE = "poster_file"
    """The same sheet as a picture in full size."""


SHAPES = (Drawing.PORTRAIT, Drawing.STORY, Drawing.POSTER, Drawing.PRINT, Drawing.POSTER_FILE)
"""The further shapes in which an owner can have a finished map, those used most first."""


@dataclass(frozen=True, slots=True)
class DrawPicture:
    """Draw a map and send it; the question follows once more when the picture comes later."""

    drawing: Drawing
    journey_map: JourneyMap


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Add a row to the log of answers."""

    step: str
    stage: str | None
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepFeedback:
    """Keep what the owner says of the bot, and tell the operator."""

    text: str


@dataclass(frozen=True, slots=True)
class EraseOwner:
    """Erase everything of this person when that time is over."""

    after: datetime


@dataclass(frozen=True, slots=True)
class KeepOwner:
    """Keep everything of a person who left, after all."""


@dataclass(frozen=True, slots=True)
class BeginAfresh:
    """Erase everything of this person at once; they go on as a stranger."""


@dataclass(frozen=True, slots=True)
class EraseMap:
    """Take a map from all lists, and erase it when that time is over."""

    map_id: str
    after: datetime


@dataclass(frozen=True, slots=True)
class RestoreMap:
    """Bring a deleted map back."""

    map_id: str


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Send the owner everything of theirs as one file."""


@dataclass(frozen=True, slots=True)
class HideNumbers:
    """Take these numbers out of the log of answers to a map too."""

    map_id: str
    numbers: tuple[str, ...]


Request = (
    DrawPicture
    | KeepAnswer
    | KeepFeedback
    | EraseOwner
    | KeepOwner
    | BeginAfresh
    | EraseMap
    | RestoreMap
    | TakeOut
    | HideNumbers
)
