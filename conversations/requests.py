"""What the interview asks the edge to do, in the same transaction as the answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.attachments import Attachment
from conversations.events import Share
from conversations.schedule import Reminder, ReminderKind
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
    SHARED = "shared"
    """Somebody's map for whoever opened a link to it."""
    TREND = "trend"
    """How feelings moved over the check-ins."""


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
class KeepEarlier:
    """Keep the open map as it was before this turn, for one step back."""


@dataclass(frozen=True, slots=True)
class SaveMap:
    """Save a map of the owner's that is not the open one; as it was, it is kept for one step back."""

    journey_map: JourneyMap


@dataclass(frozen=True, slots=True)
class CompareVersions:
    """Show two versions of a map, by their numbers, in one picture and in words."""

    map_id: str
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class ArchiveMap:
    """Put one map into the archive, or take it out."""

    map_id: str
    archived: bool


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
    """Take these numbers out of all else that is kept of a map too: answers, versions, the step back."""

    map_id: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemindAt:
    """Remind the owner when it is due, in the place of the reminder of the same kind, map and subject."""

    reminder: Reminder


@dataclass(frozen=True, slots=True)
class ForgetReminder:
    """Don't remind the owner of this any more."""

    kind: ReminderKind
    map_id: str | None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ShareMap:
    """Make a link to one of the owner's maps, or to one stage of it."""

    share: Share


@dataclass(frozen=True, slots=True)
class RevokeShare:
    """Make a link of the owner's show nothing any more."""

    token: str


@dataclass(frozen=True, slots=True)
class ShowShared:
    """Draw what a link shows for whoever opened it, as long as the link is in force."""

    token: str
    journey_map: JourneyMap


@dataclass(frozen=True, slots=True)
class CountOpening:
    """Note that somebody opened a link."""

    token: str


@dataclass(frozen=True, slots=True)
class KeepEvidence:
    """Keep a piece of evidence of a map under an id of its own."""

    map_id: str
    piece: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class ShowEvidence:
    """Send these pieces of evidence once more, in order."""

    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropEvidence:
    """Erase these pieces of evidence at once and for good."""

    pieces: tuple[str, ...]


Request = (
    DrawPicture
    | ExportMap
    | KeepAnswer
    | KeepFeedback
    | KeepUnmatched
    | KeepVersion
    | CompareVersions
    | KeepEarlier
    | SaveMap
    | ArchiveMap
    | EraseOwner
    | KeepOwner
    | BeginAfresh
    | EraseMap
    | RestoreMap
    | TakeOut
    | HideNumbers
    | RemindAt
    | ForgetReminder
    | ShareMap
    | RevokeShare
    | ShowShared
    | CountOpening
    | KeepEvidence
    | ShowEvidence
    | DropEvidence
)
