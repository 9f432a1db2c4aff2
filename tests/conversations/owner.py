"""An owner at the interview: taps, types, sends, and sees where the conversation stands."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from conversations.attachments import Attachment
from conversations.blocks import BACK, MAP_PREFIX, SKIP
from conversations.commands import Command
from conversations.engine import Interview
from conversations.erasing import RESTORE_PREFIX
from conversations.events import (
    Chose,
    Commanded,
    Corrected,
    Courtesy,
    DeletedMap,
    Event,
    Greeted,
    Medium,
    Occasion,
    Received,
    Reminded,
    Sent,
    Typed,
    VersionSummary,
)
from conversations.replies import Key, Note, Option, Question, Reply, Said, Toast, Words
from conversations.requests import (
    ArchiveMap,
    BeginAfresh,
    DropEvidence,
    EraseMap,
    ForgetReminder,
    HideNumbers,
    KeepEarlier,
    KeepVersion,
    RemindAt,
    Request,
    RestoreMap,
    SaveMap,
)
from conversations.schedule import Reminder, ReminderKind
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Turn
from journey import gaps
from journey.mapfile import Unreadable
from journey.model import Element, Entry, JourneyMap, Language, Stage
from journey.titles import title_of
from tests.content import the_interview
from tests.conversations.links import Links
from tests.conversations.summaries import summary_of

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Owner:
    """A chat of one owner, with the maps they have and the minutes that pass."""

    session: Session = field(default_factory=lambda: Session(owner=7, language=Language.ID))
    journey_map: JourneyMap | None = None
    interview: Interview = field(default_factory=the_interview)
    maps: dict[str, JourneyMap] = field(default_factory=dict)
    deleted: dict[str, tuple[JourneyMap, datetime]] = field(default_factory=dict)
    versions: tuple[KeepVersion, ...] = ()
    earlier: dict[str, JourneyMap] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    links: Links = field(default_factory=Links)
    waiting: dict[tuple[ReminderKind, str | None, str], Reminder] = field(default_factory=dict)
    seen: datetime = MORNING
    unanswered: int = 0
    reminded: datetime | None = None
    replies: tuple[Reply, ...] = ()
    requests: tuple[Request, ...] = ()
    taps: int = 0
    minutes: int = 0
    last_message: int = 0
    occasion: Occasion = field(default_factory=lambda: Occasion(MORNING, "m0"))

    def occasion_for(self, event: Event | None) -> Occasion:
        """Return what the edge would tell the engine at this moment."""
        wanted = self.session.picked
        if isinstance(event, Chose) and event.option.startswith(MAP_PREFIX):
            wanted = event.option.removeprefix(MAP_PREFIX)
        opened = self.maps.get(wanted) if wanted else None
        if isinstance(event, Chose) and event.option.startswith(RESTORE_PREFIX):
            wanted = event.option.removeprefix(RESTORE_PREFIX)
            opened, _ = self.deleted.get(wanted, (None, None))
        if isinstance(event, Reminded):
            wanted = event.reminder.map_id
            opened = None if wanted is None or wanted in self.archived else self.maps.get(wanted)
        earlier = self.earlier.get(self.session.map_id) if self.session.map_id else None
        occasion = Occasion(
            now=MORNING + timedelta(minutes=self.minutes),
            fresh_id=f"m{self.minutes}",
            shelf=tuple(
                summary_of(journey_map, archived=journey_map.id in self.archived)
                for journey_map in sorted(self.maps.values(), key=lambda found: found.changed, reverse=True)
            ),
            opened=opened,
            opened_earlier=self.earlier[wanted].changed if wanted in self.earlier else None,
            earlier_changed=earlier.changed if earlier else None,
            earlier=earlier,
            versions=tuple(
                VersionSummary(kept.journey_map.id, kept.number, kept.journey_map.finished or MORNING)
                for kept in self.versions
            ),
            latest=next((kept.journey_map for kept in reversed(self.versions) if self._is_open(kept)), None),
            deleted=tuple(
                DeletedMap(journey_map.id, title_of(journey_map, untitled="?"), until)
                for journey_map, until in reversed(self.deleted.values())
            ),
        )
        return self.links.told(occasion, event, self.maps)

    def _is_open(self, kept: KeepVersion) -> bool:
        return self.journey_map is not None and kept.journey_map.id == self.journey_map.id

    def does(self, event: Event) -> Turn:
        """Let the engine answer an event and keep what came of it."""
        self.minutes += 1
        self.occasion = self.occasion_for(event)
        turn = self.interview.advance(self.session, self.journey_map, event, self.occasion)
        if self.journey_map is not None and KeepEarlier() in turn.requests:
            self.earlier[self.journey_map.id] = self.journey_map
        self.session, self.journey_map = turn.session, turn.journey_map
        self.replies, self.requests = turn.replies, turn.requests
        if not isinstance(event, Reminded):
            self.seen, self.unanswered = self.occasion.now, 0
        elif turn.replies:
            self.unanswered, self.reminded = self.unanswered + 1, self.occasion.now
        if turn.journey_map is not None:
            self.maps[turn.journey_map.id] = turn.journey_map
        for request in turn.requests:
            self.grants(request)
        return turn

    def is_reminded(self, reminder: Reminder) -> Turn:
        """Let the time of a reminder come when the owner has been away for long."""
        self.minutes = max(self.minutes, int((reminder.due - MORNING) / timedelta(minutes=1)))
        return self.does(Reminded(reminder, seen=MORNING - timedelta(days=1)))

    def grants(self, request: Request) -> None:
        """Do what the edge does in the same transaction."""
        self.links.grants(request)
        match request:
            case KeepVersion():
                self.versions = (*self.versions, request)
            case EraseMap(map_id=map_id, after=after):
                self.deleted[map_id] = (self.maps.pop(map_id), after)
            case RestoreMap(map_id=map_id):
                self.archived.discard(map_id)
                self.maps[map_id], _ = self.deleted.pop(map_id)
            case BeginAfresh():
                self.maps.clear()
                self.deleted.clear()
                self.earlier.clear()
                self.archived.clear()
                self.links.made.clear()
                self.waiting.clear()
                self.versions = ()
            case HideNumbers(map_id=map_id):
                self.earlier.pop(map_id, None)
            case DropEvidence() if self.journey_map is not None:
                self.earlier.pop(self.journey_map.id, None)
            case SaveMap(journey_map=journey_map):
                self.earlier[journey_map.id] = self.maps[journey_map.id]
                self.maps[journey_map.id] = journey_map
            case ArchiveMap(map_id=map_id, archived=True):
                self.archived.add(map_id)
            case ArchiveMap(map_id=map_id):
                self.archived.discard(map_id)
            case RemindAt(reminder=reminder):
                self.waiting[reminder.kind, reminder.map_id, reminder.subject] = reminder
            case ForgetReminder(kind=kind, map_id=map_id, subject=subject):
                self.waiting.pop((kind, map_id, subject), None)
            case _:
                pass

    # What the owner does.

    def chooses(self, *options: str) -> None:
        """Tap buttons that are on the screen, one after the other."""
        for option in options:
            assert option in self.offered, f"{option} is not offered at {self.session.screen}: {self.offered}"
            self.taps += 1
            self.does(Chose(option, self.session.revision))

    def taps_old(self, option: str, *, revision: int) -> None:
        """Tap a button of an older message."""
        self.does(Chose(option, revision))

    def types(self, text: str) -> int:
        """Send words, and return the message's id."""
        self.last_message += 1
        self.does(Typed(text, self.last_message))
        return self.last_message

    def corrects(self, message_id: int, text: str) -> None:
        """Edit an earlier message."""
        self.does(Corrected(text, message_id))

    def commands(self, command: Command, argument: str = "") -> None:
        """Send a command."""
        self.does(Commanded(command, argument))

    def greets(self, courtesy: Courtesy = Courtesy.HELLO) -> None:
        """Make small talk."""
        self.does(Greeted(courtesy))

    def sends(self, medium: Medium, attachment: Attachment | None = None) -> None:
        """Send something that is no text."""
        self.does(Sent(medium, attachment))

    def hands_in(self, found: JourneyMap | Unreadable) -> None:
        """Send a file that holds a map, or none."""
        self.does(Received(found))

    def taps_first_chips(self, until: StepId) -> None:
        """Take the first chip of every question until a screen is reached."""
        while self.session.screen is not until:
            self.chooses(self.offered[0])

    # What the owner sees.

    @property
    def question(self) -> Question:
        """The question that is due."""
        return self.interview.ask(self.session, self.journey_map, self.occasion_for(None))

    @property
    def offered(self) -> tuple[str, ...]:
        """The ids of all buttons on the screen."""
        return tuple(option.id for option in self.buttons)

    @property
    def buttons(self) -> tuple[Option, ...]:
        """All buttons on the screen, those of the last reply that were added to it included."""
        last = next((reply for reply in self.replies if isinstance(reply, Question)), None)
        shown = last if last is not None and last.revision == self.session.revision else self.question
        return (*shown.options, *shown.controls)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids of the chips with a tick."""
        return tuple(option.id for option in self.buttons if option.chosen)

    @property
    def told(self) -> tuple[str, ...]:
        """The names of all that was said in the last turn, in order; chips' words as they are."""
        said: list[str] = []
        for reply in self.replies:
            match reply:
                case Question():
                    said += [_name(words) for words in (*reply.lead, reply.key)]
                case Note() | Toast():
                    said.append(reply.key.name)
                case _:
                    said.append(type(reply).__name__)
        return tuple(said)

    @property
    def the_map(self) -> JourneyMap:
        """The open map."""
        assert self.journey_map is not None
        return self.journey_map

    def stage(self, number: int) -> Stage:
        """Return a stage of the open map, counted from 1."""
        return self.the_map.stages[number - 1]

    def texts(self, number: int, element: Element) -> tuple[str, ...]:
        """Return what was said for an element of a stage."""
        return tuple(entry.text for entry in self.stage(number).entries(element))

    def stands_at(self, step: StepId, stage: int | None = None) -> None:
        """Check the screen, and the stage it asks about, counted from 1."""
        assert self.session.screen is step
        if stage is not None:
            assert self.session.stage == self.stage(stage).id

    # How the owner gets somewhere.

    @classmethod
    def at_business(cls, language: Language = Language.ID) -> "Owner":
        """Return an owner who has just started a map."""
        owner = cls(session=Session(owner=7, language=language))
        owner.commands(Command.START)
        owner.chooses("begin")
        return owner

    @classmethod
    def at_goal(
        cls, speed: str = "quick", business: str = "kopi", language: Language = Language.ID
    ) -> "Owner":
        """Return an owner who has named the shop and the speed."""
        owner = cls.at_business(language)
        owner.chooses(business, "default", speed)
        return owner

    @classmethod
    def at_preset(
        cls, speed: str = "quick", business: str = "kopi", language: Language = Language.ID
    ) -> "Owner":
        """Return an owner who has described the customer."""
        owner = cls.at_goal(speed, business, language)
        owner.taps_first_chips(StepId.PRESET)
        return owner

    @classmethod
    def at_stages(cls, speed: str = "quick", preset: str = "umkm", business: str = "kopi") -> "Owner":
        """Return an owner at the first question about the first stage."""
        owner = cls.at_preset(speed, business)
        owner.chooses(preset)
        return owner

    @classmethod
    def at_review(cls, preset: str = "umkm") -> "Owner":
        """Return an owner who has answered all of a quick map."""
        owner = cls.at_stages(preset=preset)
        owner.taps_first_chips(StepId.REVIEW)
        return owner

    @classmethod
    def finished(cls) -> "Owner":
        """Return an owner of a finished quick map."""
        owner = cls.at_review()
        owner.chooses("finish")
        return owner

    @classmethod
    def with_pains(cls, *pains: str) -> "Owner":
        """Return an owner of a finished map who typed these complaints in its first stage, and no others."""
        owner = cls.finished()
        emptied = (replace(stage, pains=()) for stage in owner.the_map.stages)
        first, *others = emptied
        first = replace(first, pains=tuple(Entry(pain) for pain in pains))
        changed = replace(owner.the_map, stages=(first, *others))
        owner.journey_map = replace(changed, accepted=frozenset(gaps.gaps(changed)))
        return owner

    @classmethod
    def with_versions(cls, count: int) -> "Owner":
        """Return an owner who finished a quick map that many times, with another worry each time."""
        owner = cls.finished()
        for number in range(2, count + 1):
            owner.finishes_again(f"Ragu soal {number}")
        return owner

    def finishes_again(self, worry: str) -> None:
        """Change a line of the finished map and finish it once more."""
        self.chooses("edit", "review_persona", "cell.persona_worry")
        self.types(worry)
        self.chooses(BACK, "finish")

    @classmethod
    def sick(cls, preset: str = "umkm") -> "Owner":
        """Return an owner who skipped all that can be skipped, at the health screen of the map."""
        owner = cls.at_goal()
        while owner.session.screen is not StepId.LEFTOVERS:
            owner.chooses(preset if owner.session.screen is StepId.PRESET else SKIP)
        owner.chooses("enough", "health")
        return owner

    def later(self) -> "Owner":
        """Return the same owner after a while, to compare with."""
        return replace(
            self,
            maps=dict(self.maps),
            deleted=dict(self.deleted),
            earlier=dict(self.earlier),
            archived=set(self.archived),
            waiting=dict(self.waiting),
        )


def _name(words: Words) -> str:
    return words.name if isinstance(words, Key) else words.text


def said_words(words: Words) -> str:
    """Return the words of a chip; a sentence of the catalogue is none."""
    assert isinstance(words, Said)
    return words.text
