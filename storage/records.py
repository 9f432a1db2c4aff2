"""The rows that the other rooms see, as frozen values. Times are aware and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


class StaleRevision(Exception):
    """The row was saved by someone else since it was read; nothing was written."""


class AlreadyDone(Exception):
    """The update was dealt with before; nothing of this transaction may be kept."""


class TooManyMaps(Exception):
    """The owner has as many maps as one owner may have; nothing was written."""


class NotTheirMap(Exception):
    """A map of that id belongs to somebody else; nothing was written."""


class InboxState(StrEnum):
    """What became of an update."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


class OutboxState(StrEnum):
    """What became of a call to the Bot API."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"
    COLLAPSED = "collapsed"


class JobState(StrEnum):
    """What became of a job."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it came from Telegram; ``payload`` is its JSON text, ``chat_id`` its lane."""

    update_id: int
    chat_id: int
    payload: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update waiting in its lane."""

    update_id: int
    chat_id: int
    payload: str
    attempts: int
    received: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API call to be made: the method and its JSON parameters.

    ``message_id`` in ``params`` may be the string ``"$question"``: the sender puts in the id of the
    message that shows the chat's current question. ``role`` says what the call is for, so that the
    sender knows what to remember; ``pictures`` names the digests of pictures to upload or to send again,
    ``redraw`` is the payload of the job that draws them anew when they are lost.
    """

    method: str
    params: Mapping[str, JsonValue]
    role: "CallRole"
    pictures: tuple[str, ...] = ()
    redraw: Mapping[str, JsonValue] | None = None


class CallRole(StrEnum):
    """What a call to the Bot API is for."""

    QUESTION = "question"
    """Sends a new message that is from then on the chat's question."""
    QUESTION_EDIT = "question_edit"
    """Edits the chat's question; a waiting older one is superseded by a newer one."""
    STRIP = "strip"
    """Takes the keyboard from the message that was the question so far."""
    MESSAGE = "message"
    """Anything else that is sent once."""
    PICTURES = "pictures"
    """Uploads pictures or sends them again by their file ids."""
    EVIDENCE = "evidence"
    """Sends an owner's own file again, or says that Telegram has it no more."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A call waiting to be made, the oldest of its chat."""

    id: int
    chat_id: int
    call: Call
    attempts: int
    created: datetime


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """What is kept of a person: the session document with its revision, and the edge's facts.

    ``question_message_id`` is the message that shows the current question; None before the first.
    ``erase_after`` is when someone who left is erased for good, None for everybody else.
    ``unanswered`` counts the reminders since ``seen``, the latest of all came at ``reminded``.
    """

    owner_id: int
    session: Mapping[str, JsonValue]
    revision: int
    question_message_id: int | None
    blocked: datetime | None
    created: datetime
    seen: datetime
    erase_after: datetime | None = None
    unanswered: int = 0
    reminded: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """Something to remind an owner of; ``map_id`` is empty where it is about no map.

    ``count`` says how often it was sent before.
    """

    owner_id: int
    kind: str
    map_id: str
    subject: str
    due: datetime
    count: int


@dataclass(frozen=True, slots=True)
class MapRow:
    """A stored map: its document lifted to the newest format.

    ``earlier_changed`` is of when the document is to which one step back leads, None where there is none;
    ``archived`` is since when the map lies in the archive. ``erase_after`` is when a deleted one is erased
    for good, None for one that is not deleted.
    """

    map_id: str
    owner_id: int
    document: Mapping[str, JsonValue]
    status: str
    created: datetime
    changed: datetime
    earlier_changed: datetime | None = None
    archived: datetime | None = None
    erase_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """When a version of a map was finished; the first one has number 1."""

    number: int
    finished: datetime


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A link to a map, or to one ``stage`` of it; in force until ``expires``, for good with None."""

    token: str
    owner_id: int
    map_id: str
    stage: str | None
    created: datetime
    expires: datetime | None = None
    opened: int = 0

    def is_over(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return self.expires is not None and self.expires <= now


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as it was given; rows are only ever added, and leave with their owner."""

    owner_id: int
    map_id: str | None
    step: str
    stage: str | None
    value: JsonValue
    given: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A message that backs an entry of a map; ``file_id`` and ``caption`` are empty where there is none."""

    evidence_id: str
    owner_id: int
    map_id: str
    kind: str
    file_id: str
    caption: str
    given: datetime


@dataclass(frozen=True, slots=True)
class JobRow:
    """Work to be done later: ``key`` keeps a second waiting job of the same kind and key out."""

    id: int
    kind: str
    key: str
    chat_id: int
    payload: Mapping[str, JsonValue]
    attempts: int
    due: datetime


class FileKind(StrEnum):
    """As what a file was sent; its id can't be used to send it as the other."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A picture that Telegram has, and the id under which it has it as that kind."""

    digest: str
    kind: FileKind
    file_id: str


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture by its digest: the bytes until Telegram has them, then its file ids."""

    digest: str
    name: str
    content: bytes | None = None
    photo_id: str | None = None
    document_id: str | None = None

    def file_id(self, kind: FileKind) -> str | None:
        """Return the id to send it again as that kind, None when Telegram doesn't have it as such."""
        return self.photo_id if kind is FileKind.PHOTO else self.document_id


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What an owner wants the operator to know; ``seen`` is when the operator read it."""

    id: int
    owner_id: int
    text: str
    given: datetime
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """Words of a complaint that the knowledge didn't know, of nobody in particular.

    ``count`` says how often they were kept, ``first`` and ``last`` on which days; ``business`` is empty when
    the shop's line of business isn't known.
    """

    words: str
    language: str
    phase: str
    business: str
    count: int
    first: datetime
    last: datetime
