"""What can happen in a chat, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.attachments import Attachment
from conversations.commands import Command
from conversations.schedule import Reminder
from journey.mapfile import Unreadable
from journey.model import JourneyMap, Plan, Status


class Medium(StrEnum):
    """Something other than text that an owner sent."""

    STICKER = "sticker"
    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    FORWARD = "forward"
    OTHER = "other"


class Courtesy(StrEnum):
    """Words that want an answer and are none."""

    HELLO = "hello"
    THANKS = "thanks"
    UNSURE = "unsure"
    PUZZLED = "puzzled"
    LATER = "later"
    STOP = "stop"
    AGREED = "agreed"
    """A yes to nothing that a button offers."""
    UNHEARD = "unheard"
    """Words to a reminder that aren't understood."""


@dataclass(frozen=True, slots=True)
class Commanded:
    """The owner sent a command; ``argument`` is what stood behind it."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Chose:
    """The owner chose an option; ``revision`` is its button's, None when the label was typed."""

    option: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """The owner typed words that are no option's label."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """The owner edited an earlier message of theirs."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Greeted:
    """The owner made small talk."""

    courtesy: Courtesy


@dataclass(frozen=True, slots=True)
class Sent:
    """The owner sent something that is no text of theirs; ``attachment`` is what of it could be kept."""

    medium: Medium
    attachment: Attachment | None = None
    message_id: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """The owner sent a file that may hold a map: the map, or why there is none."""

    found: JourneyMap | Unreadable


@dataclass(frozen=True, slots=True)
class Reminded:
    """The time of a reminder has come; the owner did nothing.

    ``seen`` is when they were here last, ``unanswered`` how many reminders they got since then, and ``last``
    when they got the latest of all.
    """

    reminder: Reminder
    seen: datetime
    unanswered: int = 0
    last: datetime | None = None


Event = Commanded | Chose | Typed | Corrected | Greeted | Sent | Received | Reminded


@dataclass(frozen=True, slots=True)
class MapSummary:
    """A line of the owner's list of maps; ``stage`` is where an open one stands.

    ``complete`` is an open one in which nothing is left to ask. ``planned`` is what its owner wants to do.
    """

    id: str
    title: str
    status: Status
    changed: datetime
    stage: str | None = None
    stage_number: int = 0
    stage_count: int = 0
    finished: datetime | None = None
    complete: bool = False
    archived: bool = False
    planned: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A version of one of the owner's maps; the first one of a map has number 1."""

    map_id: str
    number: int
    finished: datetime


@dataclass(frozen=True, slots=True)
class DeletedMap:
    """A map that can be brought back until it is erased for good."""

    id: str
    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A link in force that shows one of the owner's maps, or one stage of it, to whoever has it.

    ``expires`` is None for one that stands until it is revoked; ``opened`` counts how often others did.
    """

    token: str
    map_id: str
    stage: str | None
    created: datetime
    expires: datetime | None = None
    opened: int = 0


@dataclass(frozen=True, slots=True)
class SharedMap:
    """What the link shows that was just opened: somebody's map, or with ``own`` the reader's."""

    share: Share
    journey_map: JourneyMap
    own: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the engine can't know by itself: the time, a fresh id, and the owner's other maps.

    ``opened`` is the map an option ``map.<id>`` or ``restore.<id>`` asks for, or whose menu is open, or
    that a reminder is about unless it is archived, already checked to be the owner's. ``earlier_changed``
    is of when the open map is one step back, or ahead once that step was taken; ``earlier`` is that map,
    there when an option asks for the step. ``opened_earlier`` is the same time for the map that is
    opened. ``versions`` are those of the open map and of that one, the oldest first. ``latest`` is the
    open map's latest version, known when the map may be finished now. ``deleted`` are the maps that can
    be brought back, the one deleted last first. ``shares`` are the links in force of the open map and of
    the one whose menu is open, the oldest first; a new one gets ``fresh_token``, and ``address`` with its
    payload behind leads to the bot. ``shared`` is what an opened link shows, None for one that shows
    nothing (any more).
    """

    now: datetime
    fresh_id: str
    shelf: tuple[MapSummary, ...] = ()
    opened: JourneyMap | None = None
    versions: tuple[VersionSummary, ...] = ()
    latest: JourneyMap | None = None
    earlier_changed: datetime | None = None
    earlier: JourneyMap | None = None
    opened_earlier: datetime | None = None
    deleted: tuple[DeletedMap, ...] = ()
    shares: tuple[Share, ...] = ()
    fresh_token: str = ""
    address: str = ""
    shared: SharedMap | None = None
