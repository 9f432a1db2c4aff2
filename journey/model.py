"""The journey map as frozen values: shop, persona, stages and what was said about each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from journey.phases import Phase


class Language(StrEnum):
    """A language the bot speaks and a map is written in."""

    ID = "id"
    EN = "en"


class Business(StrEnum):
    """A shop's line of business."""

    KULINER = "kuliner"
    KEMASAN = "kemasan"
    KUE = "kue"
    KOPI = "kopi"
    FASHION = "fashion"
    KECANTIKAN = "kecantikan"
    KERAJINAN = "kerajinan"
    JASA = "jasa"
    WARUNG = "warung"
    ELEKTRONIK = "elektronik"
    LAINNYA = "lainnya"


class Speed(StrEnum):
    """How much the interview asks: the essentials, or all eight elements."""

    QUICK = "quick"
    FULL = "full"


class Standing(StrEnum):
    """How far an entry can be trusted."""

    GUESS = "guess"
    CUSTOMER = "customer"
    EVIDENCE = "evidence"


class Status(StrEnum):
    """Where a map is in its life."""

    OPEN = "open"
    FINISHED = "finished"


class PlanState(StrEnum):
    """What the owner decided about a suggestion."""

    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"


class Element(StrEnum):
    """The elements a stage is described by, in the order a full interview asks them."""

    ACTIONS = "actions"
    TOUCHPOINTS = "touchpoints"
    THOUGHTS = "thoughts"
    FEELINGS = "feelings"
    PAINS = "pains"
    OPPORTUNITIES = "opportunities"


class PersonaField(StrEnum):
    """What is known of a persona, in the order a full interview asks it."""

    NAME = "name"
    WHO = "who"
    AGE = "age"
    TENURE = "tenure"
    GOAL = "goal"
    MOTIVATION = "motivation"
    NEEDS = "needs"
    WORRY = "worry"
    HABITS = "habits"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the owner said: the full words and, when it came from a chip, the chip's id.

    ``evidence`` are the ids of the messages that back it; what they are is kept elsewhere, for the owner.
    """

    text: str
    chip: str | None = None
    standing: Standing = Standing.GUESS
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling with its score, 1 (angry) to 5 (delighted)."""

    text: str
    score: int
    chip: str | None = None


@dataclass(frozen=True, slots=True)
class Shop:
    """The owner's shop, kept with the owner and copied into each map."""

    business: Business | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """The kind of customer a map is about; a field not asked yet is None."""

    name: Entry | None = None
    who: Entry | None = None
    age: Entry | None = None
    tenure: Entry | None = None
    goal: Entry | None = None
    motivation: Entry | None = None
    needs: Entry | None = None
    worry: Entry | None = None
    habits: Entry | None = None

    def field(self, name: PersonaField) -> Entry | None:
        """Return what is known of one field."""
        found: Entry | None = getattr(self, name.value)
        return found

    def with_field(self, name: PersonaField, entry: Entry | None) -> "Persona":
        """Return a persona in which one field says ``entry``."""
        return replace(self, **{name.value: entry})


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the journey; ``id`` never changes while the stage is renamed or moved.

    ``chip`` is the preset stage it came from (``umkm.kenal``), None for the owner's own.
    ``phases`` has the canonical phase first, then further ones whose knowledge serves it too.
    """

    id: str
    name: str
    phases: tuple[Phase, ...]
    chip: str | None = None
    actions: tuple[Entry, ...] = ()
    touchpoints: tuple[Entry, ...] = ()
    thoughts: tuple[Entry, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    pains: tuple[Entry, ...] = ()
    opportunities: tuple[Entry, ...] = ()

    @property
    def phase(self) -> Phase:
        """The canonical phase of this stage."""
        return self.phases[0]

    @property
    def score(self) -> float | None:
        """The height of the feeling curve here, 1.0 to 5.0: the mean of the feelings, None without any."""
        if not self.feelings:
            return None
        return sum(feeling.score for feeling in self.feelings) / len(self.feelings)

    def entries(self, element: Element) -> tuple[Entry, ...]:
        """Return the entries of one element; a feeling is returned as an entry of its words."""
        if element is Element.FEELINGS:
            return tuple(Entry(feeling.text, feeling.chip) for feeling in self.feelings)
        found: tuple[Entry, ...] = getattr(self, element.value)
        return found

    def with_entries(self, element: Element, entries: Iterable[Entry]) -> "Stage":
        """Return a stage in which one element other than the feelings holds ``entries``."""
        if element is Element.FEELINGS:
            raise ValueError("feelings carry scores: replace(stage, feelings=...)")
        return replace(self, **{element.value: tuple(entries)})  # type: ignore[arg-type]  # a field by its name


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of a map: a step's id and, for the elements of a stage, the stage's id."""

    step: str
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner decided about something to do; ``text`` is what they read, ``since`` when they decided.

    ``remedy`` is None for the owner's own words. ``stage`` and ``topic`` are those it was suggested for: the
    stage may be gone by now. ``due`` is the owner's day by which it is to be done, None for no day.
    """

    text: str
    state: PlanState
    since: datetime
    remedy: str | None = None
    stage: str | None = None
    topic: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the owner says the typed words of a complaint are about; None: no topic that we know."""

    text: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class StageScore:
    """How customers felt in a stage, 1.0 to 5.0 in halves: what a check-in says of it.

    ``phase`` was the stage's canonical phase: by both, a stage is found again when others have come or gone.
    """

    stage: str
    phase: Phase
    score: float


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How customers felt at a later time, at most one score a stage; what was passed over is not there."""

    taken: datetime
    scores: tuple[StageScore, ...]


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """A customer journey map; its words are in ``language``. Times are aware and in UTC."""

    id: str
    language: Language
    created: datetime
    changed: datetime
    speed: Speed | None = None
    status: Status = Status.OPEN
    finished: datetime | None = None
    title: str | None = None
    shop: Shop = Shop()
    goal: Entry | None = None
    persona: Persona = Persona()
    preset: str | None = None
    stages: tuple[Stage, ...] = ()
    skipped: frozenset[Cell] = frozenset()
    """Questions the owner put off: they are offered once more at the end."""
    accepted: frozenset[Cell] = frozenset()
    """Gaps the owner is content with: they are not asked about again."""
    plans: tuple[Plan, ...] = ()
    """What the owner decided about suggestions, at most one plan a remedy; none of it is drawn."""
    meanings: tuple[Meaning, ...] = ()
    """What the owner meant by words we weren't sure of, at most one a text; none of it is drawn."""
    checkins: tuple[CheckIn, ...] = ()
    """How customers felt since; the first of them is the feelings with which the map was finished."""

    def stage(self, stage_id: str) -> Stage | None:
        """Return the stage of that id, or None when the map has none."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def with_stage(self, changed: Stage) -> "JourneyMap":
        """Return a map in which ``changed`` takes the place of the stage with its id."""
        return replace(
            self, stages=tuple(changed if stage.id == changed.id else stage for stage in self.stages)
        )
