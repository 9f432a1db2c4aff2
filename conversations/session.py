"""Where an owner is in the conversation, as a value that survives a restart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

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
    hasn't said yes or no to, ``picked`` the map whose menu is open. ``erases`` is when everything is erased
    unless the owner says otherwise: they left, or were away for too long. ``reminding`` is what they said
    about reminders, ``reminder`` the one on the screen. ``checkin`` is a check-in that isn't at its end.
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
    checkin: CheckingIn | None = None

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

    ``tip``, ``picked``, ``just_said``, ``words``, ``imported``, ``erases``, ``reminding``, ``reminder`` and
    ``checkin`` came later: without them all is as before.
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
        **({"checkin": _dump_checkin(session.checkin)} if session.checkin else {}),
    }


def load_session(document: Mapping[str, JsonValue]) -> Session:
    """Return the session a document describes.

    A step this release doesn't know becomes the welcome screen; ``conversations.repair`` then finds the
    first gap of the map. Raises KeyError, TypeError or ValueError when the document is none of ours.
    """
    shop = document["shop"]
    typings = document["typings"]
    just_said = document.get("just_said")
    if not isinstance(shop, dict) or not isinstance(typings, list):
        raise TypeError("shop must be an object, typings a list")
    business = shop["business"]
    erases = document.get("erases")
    return Session(
        owner=_integer(document["owner"]),
        language=Language(str(document["language"])),
        revision=_integer(document["revision"]),
        consent=_load_consent(document["consent"]),
        shop=Shop(Business(str(business)) if business else None, _optional(shop["name"])),
        map_id=_optional(document["map_id"]),
        step=known_step(document["step"]) or StepId.WELCOME,
        stage=_optional(document["stage"]),
        side=known_step(document["side"]),
        returns=known_step(document["returns"]),
        several=bool(document["several"]),
        page=_integer(document["page"]),
        misses=_integer(document["misses"]),
        retraces=bool(document["retraces"]),
        pending=_optional(document["pending"]),
        typings=tuple(_load_typing(row) for row in typings if isinstance(row, dict)),
        tip=_optional(document.get("tip")),
        just_said=tuple(str(text) for text in just_said) if isinstance(just_said, list) else (),
        words=_load_words(document.get("words")),
        imported=_load_imported(document.get("imported")),
        picked=_optional(document.get("picked")),
        erases=datetime.fromisoformat(str(erases)).astimezone(UTC) if erases is not None else None,
        reminding=load_reminding(document.get("reminding")),
        reminder=load_reminder(document.get("reminder")),
        checkin=_load_checkin(document.get("checkin")),
    )


def known_step(value: JsonValue) -> StepId | None:
    """Return the step of that id, None for one this release doesn't know."""
    try:
        return StepId(str(value)) if value is not None else None
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


def _load_imported(row: JsonValue) -> JourneyMap | None:
    """Return the map that was offered; one of another release that we can't read has to be sent again."""
    try:
        return None if row is None else read_map(row)
    except BrokenDocument:
        return None


def _load_typing(row: Mapping[str, JsonValue]) -> Typing:
    texts = row["texts"]
    return Typing(
        message_id=_integer(row["message_id"]),
        step=known_step(row["step"]) or StepId.WELCOME,
        stage=_optional(row["stage"]),
        texts=tuple(str(text) for text in texts) if isinstance(texts, list) else (),
    )


def _integer(value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a whole number was expected, found {value!r}")
    return value


def _optional(value: JsonValue) -> str | None:
    return None if value is None else str(value)
