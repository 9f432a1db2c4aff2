"""What the interview asks the edge to do, in the same transaction as the answer."""

from dataclasses import dataclass
from enum import StrEnum

from journey.model import Business, JourneyMap, Language
from journey.phases import Phase


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
    VECTOR = "vector"
    """The same sheet as shapes, for who edits it further."""
    COMPARISON = "comparison"
    """Two versions side by side."""


SHAPES = (Drawing.PORTRAIT, Drawing.STORY, Drawing.POSTER, Drawing.PRINT, Drawing.POSTER_FILE)
"""The further shapes in which an owner can have a finished map, those used most first."""


FILES = (Drawing.POSTER, Drawing.POSTER_FILE, Drawing.VECTOR)
"""The pictures that an owner can take along as files, unfinished maps too."""


class DataFile(StrEnum):
    """A file of all that a map says, for other programs."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    """The open map format, which can be sent back."""
    MERMAID = "mermaid"
    """The text of a diagram."""


@dataclass(frozen=True, slots=True)
class ExportMap:
    """Send a map as a file; the question follows once more behind it."""

    file: DataFile
    journey_map: JourneyMap


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
class KeepUnmatched:
    """Keep the words of a complaint that nothing of the knowledge fits, without the owner."""

    words: str
    language: Language
    phase: Phase
    business: Business | None


@dataclass(frozen=True, slots=True)
class KeepVersion:
    """Keep a finished map, as it is, as the version of that number."""

    number: int
    journey_map: JourneyMap


@dataclass(frozen=True, slots=True)
class CompareVersions:
    """Show two versions of a map, by their numbers, in one picture and in words."""

    map_id: str
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class EraseOwner:
    """Remove everything of this person."""


@dataclass(frozen=True, slots=True)
class EraseMap:
    """Remove one map."""

    map_id: str


Request = (
    DrawPicture
    | ExportMap
    | KeepAnswer
    | KeepFeedback
    | KeepUnmatched
    | KeepVersion
    | CompareVersions
    | EraseOwner
    | EraseMap
)
