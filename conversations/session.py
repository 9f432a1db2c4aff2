"""Where an owner is in the conversation, as a value that survives a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from conversations.attachments import Offered, dump_offered, load_offered
from conversations.schedule import (
    NOTHING_SAID,
    Reminder,
    Reminding,
    dump_reminder,
    dump_reminding,
    load_reminder,
    load_reminding,
)
from conversations.steps import StepId
from journey.document import JsonValue, dump_map, read_map
from journey.model import Business, Cell, JourneyMap, Language, Shop
from journey.reading import BrokenDocument

FORMAT = "jejak-session/1"
REMEMBERED_TYPINGS = 20

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Consent:
    """The owner's yes to storing answers: which text they saw, and when they said so."""

    version: str
    given: datetime


@dataclass(frozen=True, slots=True)
class WordsAnswer:
    """Whether the owner lets unknown words of complaints be kept without names.

    ``refused`` is a no that stands until it is taken back; ``consent`` is the latest yes. ``kept`` are the
    digests of the words kept so far: nobody is asked about the same words twice.
    """

    refused: bool = False
    consent: Consent | None = None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typing:
    """Which of the owner's messages answered which question, to understand a later edit of it."""

    message_id: int
    step: StepId
    stage: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """A plan that a question is about: its ``place`` among those of the map, and the ``stage`` it was for.

    ``step`` is the question that waited when it was done, and ``finished`` says whether the map was.
    """

    place: int
    stage: str | None = None
    step: StepId | None = None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question about a plan that comes back after a side trip: its screen, and what that speaks of."""

    side: StepId
    deed: Deed | None = None
    reminder: Reminder | None = None
    picked: str | None = None


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """A check-in under way: of which map, since when, and which stages were asked or passed over."""

    map_id: str
    taken: datetime
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """An owner's place: the question of the open map, and a side screen shown before it, if any.

    ``revision`` grows whenever anything changes; buttons of an older one are stale.
    ``returns`` is where an answer leads when the question was reached from another screen; after going back
    (``retraces``) the questions behind are shown one by one again until the first open one.
    ``tip`` is the suggestion whose card is open, or the unclear complaint; ``just_said`` are the entries of a
    typed message as long as questions about them follow, ``pending`` the one that is asked about.
    ``words`` is None until the owner was asked about words. ``imported`` is the map of a file that the owner
    hasn't said yes or no to, ``picked`` the map whose menu is open, or that waits while a reminder of another
    one is answered, and ``deed`` the plan that is acted on. ``share`` is the link on the screen, or the stage
    that a new one is to show. ``erases`` is when everything is erased unless the owner says otherwise: they
    left, or were away for too long. ``reminding`` is what they said about reminders, ``reminder`` the one on
    the screen. ``season`` is the busy season on the screen, ``tip`` then the message for it. ``offered`` is
    what was sent and may become evidence, as long as it is asked about. ``checkin`` is a
    check-in that isn't at its end, and ``waiting`` the question about a plan that a side trip led away from.
    """

    owner: int
    language: Language
    revision: int = 1
    consent: Consent | None = None
    shop: Shop = Shop()
    map_id: str | None = None
    step: StepId = StepId.WELCOME
    stage: str | None = None
    side: StepId | None = None
    returns: StepId | None = None
    several: bool = False
    page: int = 0
    misses: int = 0
    retraces: bool = False
    pending: str | None = None
    typings: tuple[Typing, ...] = ()
    tip: str | None = None
    just_said: tuple[str, ...] = ()
    words: WordsAnswer | None = None
    imported: JourneyMap | None = None
    picked: str | None = None
    erases: datetime | None = None
    reminding: Reminding = NOTHING_SAID
    reminder: Reminder | None = None
    season: str | None = None
    share: str | None = None
    offered: Offered | None = None
    deed: Deed | None = None
    checkin: CheckingIn | None = None
    waiting: Waiting | None = None

    @property
    def screen(self) -> StepId:
        """What the owner sees: the side screen when there is one, else the question."""
        return self.side or self.step

    @property
    def cell(self) -> Cell:
        """The question of the map the owner is at."""
        return Cell(self.step, self.stage)


def dump_session(session: Session) -> dict[str, JsonValue]:
    """Return the session as JSON values; ``load_session`` of it is equal.

    ``tip``, ``picked``, ``share``, ``just_said``, ``words``, ``imported``, ``erases``, ``reminding``,
    ``reminder``, ``season``, ``offered``, ``deed``, ``checkin`` and ``waiting`` came later: without them all
    is as before. So is a document without ``retraces``, which the first release didn't write.
    """
    return {
        "format": FORMAT,
        "owner": session.owner,
        "language": session.language.value,
        "revision": session.revision,
        "consent": _dump_consent(session.consent),
        "shop": {
            "business": session.shop.business.value if session.shop.business else None,
            "name": session.shop.name,
        },
        "map_id": session.map_id,
        "step": session.step.value,
        "stage": session.stage,
        "side": session.side.value if session.side else None,
        "returns": session.returns.value if session.returns else None,
        "several": session.several,
        "page": session.page,
        "misses": session.misses,
        "retraces": session.retraces,
        "pending": session.pending,
        "typings": [
            {
                "message_id": typing.message_id,
                "step": typing.step.value,
                "stage": typing.stage,
                "texts": list(typing.texts),
            }
            for typing in session.typings
        ],
        **({"tip": session.tip} if session.tip else {}),
        **({"just_said": list(session.just_said)} if session.just_said else {}),
        **({"words": _dump_words(session.words)} if session.words else {}),
        **({"imported": dump_map(session.imported)} if session.imported else {}),
        **({"picked": session.picked} if session.picked else {}),
        **({"erases": session.erases.isoformat()} if session.erases else {}),
        **({"reminding": dump_reminding(session.reminding)} if session.reminding != NOTHING_SAID else {}),
        **({"reminder": dump_reminder(session.reminder)} if session.reminder else {}),
        **({"season": session.season} if session.season else {}),
        **({"share": session.share} if session.share else {}),
        **({"offered": dump_offered(session.offered)} if session.offered else {}),
        **({"deed": _dump_deed(session.deed)} if session.deed else {}),
        **({"checkin": _dump_checkin(session.checkin)} if session.checkin else {}),
        **({"waiting": _dump_waiting(session.waiting)} if session.waiting else {}),
    }


def load_session(document: Mapping[str, JsonValue]) -> Session:
    """Return the session a document describes.

    A step this release doesn't know becomes the welcome screen, a side screen the question behind it:
    ``conversations.repair`` then finds what can be asked. Other values it doesn't know count as not said.
    Raises KeyError, TypeError or ValueError when the document is none of ours.
    """
    shop = document["shop"]
    typings = document["typings"]
    just_said = document.get("just_said")
    if not isinstance(shop, dict) or not isinstance(typings, list):
        raise TypeError("shop must be an object, typings a list")
    step = known(StepId, document["step"]) or StepId.WELCOME
    erases = document.get("erases")
    return Session(
        owner=_integer(document["owner"]),
        language=known(Language, document["language"]) or Language.ID,
        revision=_integer(document["revision"]),
        consent=_load_consent(document["consent"]),
        shop=Shop(known(Business, shop["business"]), _optional(shop["name"])),
        map_id=_optional(document["map_id"]),
        step=step,
        stage=_optional(document["stage"]),
        side=None if document["side"] is None else known(StepId, document["side"]) or step,
        returns=known(StepId, document["returns"]),
        several=bool(document["several"]),
        page=_integer(document["page"]),
        misses=_integer(document["misses"]),
        retraces=bool(document.get("retraces")),
        pending=_optional(document["pending"]),
        typings=tuple(filter(None, (_load_typing(row) for row in typings if isinstance(row, dict)))),
        tip=_optional(document.get("tip")),
        just_said=tuple(str(text) for text in just_said) if isinstance(just_said, list) else (),
        words=_load_words(document.get("words")),
        imported=_load_imported(document.get("imported")),
        picked=_optional(document.get("picked")),
        erases=datetime.fromisoformat(str(erases)).astimezone(UTC) if erases is not None else None,
        reminding=load_reminding(document.get("reminding")),
        reminder=load_reminder(document.get("reminder")),
        season=_optional(document.get("season")),
        share=_optional(document.get("share")),
        offered=load_offered(document.get("offered")),
        deed=_load_deed(document.get("deed")),
        checkin=_load_checkin(document.get("checkin")),
        waiting=_load_waiting(document.get("waiting")),
    )


def known(kind: type[E], value: JsonValue) -> E | None:
    """Return the choice a stored value stands for, None for one this release doesn't know."""
    try:
        return kind(str(value)) if value is not None else None
    except ValueError:
        return None


def _dump_consent(consent: Consent | None) -> JsonValue:
    return {"version": consent.version, "given": consent.given.isoformat()} if consent else None


def _load_consent(row: JsonValue) -> Consent | None:
    if not isinstance(row, dict):
        return None
    return Consent(str(row["version"]), datetime.fromisoformat(str(row["given"])).astimezone(UTC))


def _dump_checkin(found: CheckingIn) -> JsonValue:
    return {"map_id": found.map_id, "taken": found.taken.isoformat(), "asked": list(found.asked)}


def _load_checkin(row: JsonValue) -> CheckingIn | None:
    if not isinstance(row, dict):
        return None
    asked = row["asked"]
    return CheckingIn(
        map_id=str(row["map_id"]),
        taken=datetime.fromisoformat(str(row["taken"])).astimezone(UTC),
        asked=tuple(str(stage) for stage in asked) if isinstance(asked, list) else (),
    )


def _dump_words(words: WordsAnswer) -> JsonValue:
    return {
        "refused": words.refused,
        "consent": _dump_consent(words.consent),
        "kept": list(words.kept),
    }


def _load_words(row: JsonValue) -> WordsAnswer | None:
    if not isinstance(row, dict):
        return None
    kept = row["kept"]
    return WordsAnswer(
        refused=bool(row["refused"]),
        consent=_load_consent(row["consent"]),
        kept=tuple(str(digest) for digest in kept) if isinstance(kept, list) else (),
    )


def _dump_deed(deed: Deed) -> JsonValue:
    return {
        "place": deed.place,
        "stage": deed.stage,
        "step": deed.step.value if deed.step else None,
        "finished": deed.finished,
    }


def _load_deed(row: JsonValue) -> Deed | None:
    if not isinstance(row, dict):
        return None
    step = known(StepId, row["step"])
    return Deed(_integer(row["place"]), _optional(row["stage"]), step, bool(row["finished"]))


def _dump_waiting(waiting: Waiting) -> JsonValue:
    return {
        "side": waiting.side.value,
        "deed": _dump_deed(waiting.deed) if waiting.deed else None,
        "reminder": dump_reminder(waiting.reminder) if waiting.reminder else None,
        "picked": waiting.picked,
    }


def _load_waiting(row: JsonValue) -> Waiting | None:
    if not isinstance(row, dict):
        return None
    side = known(StepId, row["side"])
    if side is None:
        return None
    return Waiting(side, _load_deed(row["deed"]), load_reminder(row["reminder"]), _optional(row["picked"]))


def _load_imported(row: JsonValue) -> JourneyMap | None:
    """Return the map that was offered; one of another release that we can't read has to be sent again."""
    try:
        return None if row is None else read_map(row)
    except BrokenDocument:
        return None


def _load_typing(row: Mapping[str, JsonValue]) -> Typing | None:
    step, texts = known(StepId, row["step"]), row["texts"]
    if step is None:
        return None
    return Typing(
        message_id=_integer(row["message_id"]),
        step=step,
        stage=_optional(row["stage"]),
        texts=tuple(str(text) for text in texts) if isinstance(texts, list) else (),
    )


def _integer(value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a whole number was expected, found {value!r}")
    return value


def _optional(value: JsonValue) -> str | None:
    return None if value is None else str(value)
