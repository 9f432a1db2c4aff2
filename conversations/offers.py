"""The ready answers a question offers: chips fitted to the line of business, the phase and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.interview import ELEMENT_STEPS, PERSONA_STEPS
from conversations.steps import StepId
from journey.anonymous import Names
from journey.drafts import Drafts
from journey.knowledge import Bilingual, FeelingChip, Knowledge, Remedy
from journey.matching import Matcher
from journey.meanings import is_unclear, matches_of
from journey.model import Cell, Element, Entry, Feeling, JourneyMap, Language, PersonaField, Stage
from journey.seasons import Seasons
from journey.suggestions import Suggestion, suggest

OWN = "own."
OWN_WORDS_OFFERED = 2
"""How many of the owner's own words from other stages come before the chips."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A ready answer: what its button says and what the map would store."""

    id: str
    label: Bilingual
    text: Bilingual

    @classmethod
    def own(cls, place: int, text: str) -> "Offer":
        """Return the owner's own words as an offer."""
        words = Bilingual(text, text)
        return cls(f"{OWN}{place}", words, words)

    @property
    def chip(self) -> str | None:
        """The chip's id, None for the owner's own words."""
        return None if self.id.startswith(OWN) else self.id


@dataclass(frozen=True, slots=True)
class Shelf:
    """Finds the offers for each question."""

    knowledge: Knowledge
    matcher: Matcher
    drafts: Drafts
    names: Names
    seasons: Seasons

    def offers(self, journey_map: JourneyMap, cell: Cell) -> tuple[Offer, ...]:
        """Return the offers for a question of the map, best first."""
        step = StepId(cell.step)
        if step is StepId.GOAL:
            return tuple(Offer(chip.id, chip.label, chip.text) for chip in self.knowledge.goals)
        if step in PERSONA_STEPS:
            return self._persona(journey_map, PERSONA_STEPS[step])
        stage = journey_map.stage(cell.stage or "")
        if step in ELEMENT_STEPS and stage is not None:
            return self._elements(journey_map, stage, ELEMENT_STEPS[step])
        return ()

    def face(self, chip_id: str) -> FeelingChip | None:
        """Return the feeling of that id, None for the owner's own."""
        return next((feeling for feeling in self.knowledge.feelings if feeling.id == chip_id), None)

    def feeling(self, journey_map: JourneyMap, offer: Offer, language: Language) -> Feeling:
        """Return the feeling an offer stands for; an own one has the score it was given before."""
        text = offer.text.say(language)
        face = self.face(offer.id)
        if face is not None:
            return Feeling(text, face.score, face.id)
        said = (feeling for stage in journey_map.stages for feeling in stage.feelings)
        return next(feeling for feeling in said if feeling.text == text)

    def example(self, journey_map: JourneyMap, cell: Cell) -> Bilingual | None:
        """Return an example answer for a question: same line of business, same phase."""
        step = StepId(cell.step)
        stage = journey_map.stage(cell.stage or "")
        if step in ELEMENT_STEPS and stage is not None:
            return self.knowledge.example(ELEMENT_STEPS[step], stage.phase, journey_map.shop.business)
        offered = self.offers(journey_map, cell)
        return offered[0].text if offered else None

    def _persona(self, journey_map: JourneyMap, field: PersonaField) -> tuple[Offer, ...]:
        chips = self.knowledge.persona_chips_for(field, journey_map.shop.business)
        name = journey_map.persona.name
        family = name.chip.removesuffix(PersonaField.NAME) if name and name.chip else None
        ordered = sorted(chips, key=lambda chip: not (family and chip.id.startswith(family)))
        return tuple(Offer(chip.id, chip.label, chip.text) for chip in ordered)

    def _elements(self, journey_map: JourneyMap, stage: Stage, element: Element) -> tuple[Offer, ...]:
        """Return what was said here and no chip says, own words from elsewhere, then the chips."""
        chips = self._chips(journey_map, stage, element)
        known = {offer.text.say(journey_map.language) for offer in chips}
        here = tuple(entry.text for entry in stage.entries(element))
        said_here = [text for text in dict.fromkeys(here) if text not in known]
        said_elsewhere = [text for text in own_words(journey_map, element) if text not in {*here, *known}]
        own = (*said_here, *said_elsewhere[-OWN_WORDS_OFFERED:])
        return (*(Offer.own(place, text) for place, text in enumerate(own)), *chips)

    def _chips(self, journey_map: JourneyMap, stage: Stage, element: Element) -> Sequence[Offer]:
        if element is Element.FEELINGS:
            return [Offer(chip.id, chip.text, chip.text) for chip in self.knowledge.feelings]
        if element is Element.OPPORTUNITIES:
            return [
                Offer(remedy.id, remedy.label, remedy.text) for remedy in self._remedies(journey_map, stage)
            ]
        chips = self.knowledge.chips_for(element, stage.phases, journey_map.shop.business)
        return [Offer(chip.id, chip.label, chip.text) for chip in chips]

    def _remedies(self, journey_map: JourneyMap, stage: Stage) -> list[Remedy]:
        """Return the remedies for the stage's complaints, best first, then those usual in its phases."""
        best = [found.remedy for found in self.suggestions(journey_map, stage)]
        topics = (topic for pain in stage.pains for topic in self.topics_of(journey_map, pain, stage))
        said = list(dict.fromkeys(topics))
        usual = [
            name
            for name, topic in self.knowledge.topics.items()
            if topic.usual_phase in stage.phases and name not in said
        ]
        business = journey_map.shop.business
        fitting = [
            remedy
            for wanted in (*said, *usual)
            for remedy in self.knowledge.remedies
            if remedy.topic == wanted and (not remedy.businesses or business in remedy.businesses)
        ]
        return [*best, *(remedy for remedy in fitting if remedy not in best)]

    def topics_of(self, journey_map: JourneyMap, pain: Entry, stage: Stage) -> tuple[str, ...]:
        """Return what a pain point is about: its chip's topic, what was meant, or what its words say."""
        matches = matches_of(pain, stage, journey_map, self.knowledge, self.matcher)
        return tuple(match.topic for match in matches[:1])

    def doubts(self, journey_map: JourneyMap, stage: Stage, pain: Entry) -> tuple[str, ...]:
        """Return what an unclear pain point may be about; nothing when it is clear or fits nothing."""
        matches = matches_of(pain, stage, journey_map, self.knowledge, self.matcher)
        return tuple(match.topic for match in matches) if is_unclear(matches) else ()

    def suggestions(self, journey_map: JourneyMap, stage: Stage) -> tuple[Suggestion, ...]:
        """Return what to do about the complaints of one stage: the best for each topic first."""
        alone = replace(journey_map, stages=(stage,))
        ranked = suggest(alone, self.knowledge, self.matcher, journey_map.language).suggestions
        topics = list(dict.fromkeys(found.topic for found in ranked))
        best = [next(found for found in ranked if found.topic == topic) for topic in topics]
        return (*best, *(found for found in ranked if found not in best))


def own_words(journey_map: JourneyMap, element: Element) -> tuple[str, ...]:
    """Return what the owner typed for an element anywhere in the map, in map order, each once."""
    return tuple(
        dict.fromkeys(
            entry.text
            for stage in journey_map.stages
            for entry in stage.entries(element)
            if entry.chip is None
        )
    )
