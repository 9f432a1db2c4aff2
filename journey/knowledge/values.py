"""What the trade knows, as frozen values: chips, examples, hints, topics and remedies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journey.model import Business, Element, Language, PersonaField
from journey.phases import Phase
from journey.presets import Preset


class Effort(StrEnum):
    """How long a remedy takes, quickest first."""

    QUARTER_HOUR = "15m"
    HOUR = "1h"
    DAY = "1d"
    WEEK = "1w"


class Cost(StrEnum):
    """What a remedy costs, cheapest first."""

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
    """Something a shop can do about a topic; empty ``phases`` or ``businesses`` mean it fits all.

    ``when`` says in which situation it helps, beginning with "Kalau" and "When"; ``checked`` is the day on
    which a fact that ages was looked up; ``same_as`` is a remedy of another topic that comes to the same.
    """

    id: str
    topic: str
    label: Bilingual
    text: Bilingual
    when: Bilingual
    effort: Effort
    cost: Cost
    source: str
    checked: date | None = None
    same_as: str | None = None
    phases: tuple[Phase, ...] = ()
    businesses: tuple[Business, ...] = ()

    @property
    def gist(self) -> str:
        """What it comes to: the id of the remedy that says the same under another topic, or its own."""
        return self.same_as or self.id

    @property
    def is_quick_and_free(self) -> bool:
        """Whether it takes a quarter of an hour and no money."""
        return self.effort is Effort.QUARTER_HOUR and self.cost is Cost.FREE

    @property
    def fits_all(self) -> bool:
        """Whether it fits every phase and every line of business."""
        return not self.phases and not self.businesses

    def fits(self, phases: Iterable[Phase], business: Business | None) -> bool:
        """Tell whether it is meant for one of the phases and for the line of business."""
        here = not self.phases or not set(self.phases).isdisjoint(phases)
        return here and (not self.businesses or business in self.businesses)


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
