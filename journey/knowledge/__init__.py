"""What the trade knows: chips, examples, hints, topics and remedies, in both languages.

The data are the TOML files beside this module. This module is pure: it checks the parsed files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from journey.limits import ENTRY_LENGTH
from journey.model import Business, Element, Language, PersonaField
from journey.phases import Phase
from journey.presets import STAGES, Preset
from journey.wording import respelled

K = TypeVar("K", bound=StrEnum)
V = TypeVar("V")

LABEL_LENGTH = 34
"""Telegram shows about this many characters on a button alone in its row on a 390 pt wide phone."""
CHIP_ID_LENGTH = 48
"""Telegram: callback_data is at most 64 bytes; revision and verb take the rest."""


class BrokenKnowledge(ValueError):
    """A data file doesn't say what it should; the message names the file and the place."""


class Effort(StrEnum):
    """How long a remedy takes."""

    QUARTER_HOUR = "15m"
    HOUR = "1h"
    DAY = "1d"
    WEEK = "1w"


class Cost(StrEnum):
    """What a remedy costs."""

    FREE = "free"
    CHEAP = "cheap"
    MODERATE = "moderate"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Indonesian and English."""

    id: str
    en: str

    def say(self, language: Language) -> str:
        """Return the words in ``language``."""
        return self.id if language is Language.ID else self.en


@dataclass(frozen=True, slots=True)
class Chip:
    """A ready answer: a short label for the button and the full words the map stores.

    ``phase`` and ``business`` say where it fits, None meaning anywhere; ``topic`` is set for pain points.
    """

    id: str
    label: Bilingual
    text: Bilingual
    phase: Phase | None = None
    business: Business | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class FeelingChip:
    """A feeling to choose, with its score and its face."""

    id: str
    text: Bilingual
    score: int
    emoji: str


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """The words for a phase and its one-line expert hint with the code of its source.

    ``words`` are those that owners call such a stage by, in either language and in lower case.
    """

    name: Bilingual
    hint: Bilingual
    source: str
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BusinessFacts:
    """A line of business: its name and the shop name offered when the owner has typed none."""

    name: Bilingual
    shop_name: Bilingual


@dataclass(frozen=True, slots=True)
class Topic:
    """What a complaint is about."""

    label: Bilingual
    usual_phase: Phase


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something a shop can do about a topic; empty ``phases`` or ``businesses`` mean it fits all."""

    id: str
    topic: str
    label: Bilingual
    text: Bilingual
    effort: Effort
    cost: Cost
    source: str
    phases: tuple[Phase, ...] = ()
    businesses: tuple[Business, ...] = ()


@dataclass(frozen=True, slots=True)
class Reframing:
    """An owner's sentence from their own side, and the question that asks for the customer's.

    ``cues`` are words, spelled as ``respelled`` does, that betray such a sentence.
    """

    id: str
    cues: tuple[str, ...]
    owner_says: Bilingual
    ask_instead: Bilingual


@dataclass(frozen=True, slots=True)
class ExampleCell:
    """An example answer for one element, phase and line of business."""

    business: Business
    phase: Phase
    element: Element
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the interview can offer and the advice can draw on, checked."""

    phases: Mapping[Phase, PhaseFacts]
    businesses: Mapping[Business, BusinessFacts]
    stage_names: Mapping[str, Bilingual]
    preset_names: Mapping[Preset, Bilingual]
    chips: Mapping[Element, tuple[Chip, ...]]
    persona_chips: Mapping[PersonaField, tuple[Chip, ...]]
    goals: tuple[Chip, ...]
    feelings: tuple[FeelingChip, ...]
    examples: tuple[ExampleCell, ...]
    topics: Mapping[str, Topic]
    remedies: tuple[Remedy, ...]
    reframings: tuple[Reframing, ...]
    spellings: Mapping[str, str]
    sources: Mapping[str, str]

    def chips_for(
        self, element: Element, phases: Iterable[Phase], business: Business | None
    ) -> tuple[Chip, ...]:
        """Return the chips of an element that fit, the line of business's own first, then by phase order."""
        order = {phase: place for place, phase in enumerate(phases)}
        fitting = [
            chip for chip in self.chips[element] if chip.phase in order and chip.business in (None, business)
        ]
        return tuple(
            sorted(fitting, key=lambda chip: (order[chip.phase or Phase.KENAL], chip.business is None))
        )

    def persona_chips_for(self, field: PersonaField, business: Business | None) -> tuple[Chip, ...]:
        """Return the chips of a persona field, the line of business's own first."""
        fitting = [chip for chip in self.persona_chips[field] if chip.business in (None, business)]
        return tuple(sorted(fitting, key=lambda chip: chip.business is None))

    def example(self, element: Element, phase: Phase, business: Business | None) -> Bilingual | None:
        """Return an example answer of the same line of business and phase, or None."""
        wanted = business or Business.LAINNYA
        return next(
            (
                cell.text
                for cell in self.examples
                if cell.element is element and cell.phase is phase and cell.business is wanted
            ),
            None,
        )


class _Place:
    """Where in a file we are reading, to say so when something is wrong."""

    def __init__(self, name: str, row: Mapping[str, object]) -> None:
        self.name, self.row = name, row

    def wrong(self, reason: str) -> BrokenKnowledge:
        return BrokenKnowledge(f"{self.name}: {reason}")

    def get(self, key: str) -> object:
        if key not in self.row:
            raise self.wrong(f"{key} is missing")
        return self.row[key]

    def string(self, key: str) -> str:
        found = self.get(key)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(f"{key} must be words, not {found!r}")
        return found

    def strings(self, key: str) -> tuple[str, ...]:
        found = self.row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self.wrong(f"{key} must be a list of words")
        return tuple(found)

    def bilingual(self, key: str, *, longest: int = ENTRY_LENGTH) -> Bilingual:
        found = self.get(key)
        if not isinstance(found, dict) or set(found) != {"id", "en"}:
            raise self.wrong(f"{key} needs id and en, found {found!r}")
        words = Bilingual(str(found["id"]), str(found["en"]))
        for text in (words.id, words.en):
            if not text.strip() or text != text.strip():
                raise self.wrong(f"{key} is empty or has blanks at its ends: {text!r}")
            if len(text) > longest:
                raise self.wrong(f"{key} has {len(text)} characters, {longest} at most: {text!r}")
        return words

    def child(self, key: str) -> "_Place":
        found = self.get(key)
        if not isinstance(found, dict):
            raise self.wrong(f"{key} must be a table")
        return _Place(f"{self.name}.{key}", found)

    def rows(self, key: str) -> list["_Place"]:
        found = self.row.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(f"{key} must be a list of tables")
        return [_Place(f"{self.name}.{key}[{row.get('id', place)}]", row) for place, row in enumerate(found)]


_CHIP_ELEMENTS = (Element.TOUCHPOINTS, Element.PAINS, Element.ACTIONS, Element.THOUGHTS)


def parse_knowledge(files: Mapping[str, Mapping[str, object]]) -> Knowledge:
    """Turn parsed TOML files, by name without ending (``phases``, ``businesses/kopi`` …), into knowledge.

    Raises BrokenKnowledge naming file and place when something is missing, too long, twice there or unknown.
    """
    places = {name: _Place(name, row) for name, row in files.items()}

    def file(name: str) -> _Place:
        if name not in places:
            raise BrokenKnowledge(f"{name}.toml is missing")
        return places[name]

    topics = {
        name: Topic(row.bilingual("label"), _phase(row, "usual_phase"))
        for name in file("topics").row
        for row in [file("topics").child(name)]
    }
    spellings = {
        name: file("reframings").child("spellings").string(name)
        for name in file("reframings").child("spellings").row
    }
    business_files = {business: file(f"businesses/{business}") for business in Business}
    chips: dict[Element, list[Chip]] = {element: [] for element in _CHIP_ELEMENTS}
    persona_chips: dict[PersonaField, list[Chip]] = {field: [] for field in PersonaField}
    for business, place in [(None, file("phases")), *business_files.items()]:
        for element in _CHIP_ELEMENTS:
            chips[element] += [_chip(row, business, topics, element) for row in place.rows(element)]
    for field in PersonaField:
        persona_chips[field] += [_short_chip(row) for row in file("personas").rows(field)]
    for business, place in business_files.items():
        for row in place.rows("personas"):
            for field in PersonaField:
                if field in row.row:
                    persona_chips[field].append(_persona_chip(row, field, business))
    knowledge = Knowledge(
        phases=_by(Phase, lambda phase: _phase_facts(file("phases").child("phases").child(phase))),
        businesses=_by(
            Business,
            lambda business: BusinessFacts(
                business_files[business].bilingual("name", longest=LABEL_LENGTH),
                business_files[business].bilingual("shop_name", longest=LABEL_LENGTH),
            ),
        ),
        stage_names=MappingProxyType(
            {
                stage.id: file("stages").child("stages").bilingual(stage.id, longest=LABEL_LENGTH)
                for stages in STAGES.values()
                for stage in stages
            }
        ),
        preset_names=_by(
            Preset, lambda preset: file("stages").child("presets").bilingual(preset, longest=LABEL_LENGTH)
        ),
        chips=MappingProxyType({element: tuple(found) for element, found in chips.items()}),
        persona_chips=MappingProxyType({field: tuple(found) for field, found in persona_chips.items()}),
        goals=tuple(_short_chip(row) for row in file("goals").rows("goals")),
        feelings=tuple(_feeling(row) for row in file("feelings").rows("feelings")),
        examples=tuple(
            ExampleCell(business, phase, element, row.bilingual(element))
            for business, place in business_files.items()
            for phase in Phase
            for row in [place.child("examples").child(phase)]
            for element in Element
        ),
        topics=MappingProxyType(topics),
        remedies=tuple(_remedy(row, topics) for row in file("remedies").rows("remedies")),
        reframings=tuple(_reframing(row, spellings) for row in file("reframings").rows("reframings")),
        spellings=MappingProxyType(spellings),
        sources=MappingProxyType({code: file("sources").string(code) for code in file("sources").row}),
    )
    _check_ids(knowledge)
    _check_sources(knowledge)
    return knowledge


def _by(kind: type[K], find: Callable[[K], V]) -> Mapping[K, V]:
    return MappingProxyType({member: find(member) for member in kind})


def _phase(place: _Place, key: str) -> Phase:
    try:
        return Phase(place.string(key))
    except ValueError:
        raise place.wrong(f"{key} is no phase: {place.string(key)!r}") from None


def _phase_facts(place: _Place) -> PhaseFacts:
    return PhaseFacts(
        place.bilingual("name", longest=20),
        place.bilingual("hint", longest=200),
        place.string("source"),
        frozenset(place.strings("words")),
    )


def _chip(place: _Place, business: Business | None, topics: Mapping[str, Topic], element: Element) -> Chip:
    label = place.bilingual("label", longest=LABEL_LENGTH)
    topic = place.string("topic") if element is Element.PAINS else None
    if topic is not None and topic not in topics:
        raise place.wrong(f"unknown topic {topic!r}")
    text = place.bilingual("text") if "text" in place.row else label
    return Chip(place.string("id"), label, text, _phase(place, "phase"), business, topic)


def _short_chip(place: _Place) -> Chip:
    label = place.bilingual("label", longest=LABEL_LENGTH)
    text = place.bilingual("text", longest=200) if "text" in place.row else label
    return Chip(place.string("id"), label, text)


def _persona_chip(place: _Place, field: PersonaField, business: Business) -> Chip:
    row = place.child(field)
    label = row.bilingual("label", longest=LABEL_LENGTH)
    text = row.bilingual("text", longest=200) if "text" in row.row else label
    return Chip(f"{place.string('id')}.{field}", label, text, business=business)


def _feeling(place: _Place) -> FeelingChip:
    score = place.get("score")
    if not isinstance(score, int) or not 1 <= score <= 5:  # noqa: PLR2004  the scale of the feeling curve
        raise place.wrong(f"score must be 1 to 5, not {score!r}")
    return FeelingChip(place.string("id"), place.bilingual("text", longest=20), score, place.string("emoji"))


def _remedy(place: _Place, topics: Mapping[str, Topic]) -> Remedy:
    if place.string("topic") not in topics:
        raise place.wrong(f"unknown topic {place.string('topic')!r}")
    try:
        return Remedy(
            id=place.string("id"),
            topic=place.string("topic"),
            label=place.bilingual("label", longest=LABEL_LENGTH),
            text=place.bilingual("text"),
            effort=Effort(place.string("effort")),
            cost=Cost(place.string("cost")),
            source=place.string("source"),
            phases=tuple(Phase(name) for name in place.strings("phases")),
            businesses=tuple(Business(name) for name in place.strings("businesses")),
        )
    except BrokenKnowledge:
        raise
    except ValueError as error:
        raise place.wrong(str(error)) from None


def _reframing(place: _Place, spellings: Mapping[str, str]) -> Reframing:
    return Reframing(
        place.string("id"),
        tuple(respelled(cue, spellings) for cue in place.strings("cues")),
        place.bilingual("owner_says"),
        place.bilingual("ask_instead"),
    )


def _check_ids(knowledge: Knowledge) -> None:
    """Raise when an id is there twice or too long for a button."""
    seen: set[str] = set()
    chips = (
        *(chip.id for found in knowledge.chips.values() for chip in found),
        *(chip.id for found in knowledge.persona_chips.values() for chip in found),
        *(chip.id for chip in knowledge.goals),
        *(feeling.id for feeling in knowledge.feelings),
        *(remedy.id for remedy in knowledge.remedies),
    )
    for chip_id in chips:
        if chip_id in seen:
            raise BrokenKnowledge(f"the id {chip_id!r} is there twice")
        if len(chip_id.encode()) > CHIP_ID_LENGTH or not chip_id.isascii():
            raise BrokenKnowledge(f"the id {chip_id!r} must be ASCII of at most {CHIP_ID_LENGTH} bytes")
        seen.add(chip_id)


def _check_sources(knowledge: Knowledge) -> None:
    """Raise when a source code is used that sources.toml doesn't resolve."""
    for used in (
        *(facts.source for facts in knowledge.phases.values()),
        *(remedy.source for remedy in knowledge.remedies),
    ):
        for code in used.split(","):
            if code not in knowledge.sources:
                raise BrokenKnowledge(f"the source {code!r} is not in sources.toml")
