"""Say a map in the other language: chips are translated, typed words never."""

from collections.abc import Mapping
from dataclasses import replace

from journey.knowledge import Bilingual, Knowledge
from journey.model import Element, Entry, Feeling, JourneyMap, Language, PersonaField, Plan, Stage

PHASE_PREFIX = "phase."
"""How the chip of a stage begins that is called like a phase."""


def translated(journey_map: JourneyMap, language: Language, knowledge: Knowledge) -> JourneyMap:
    """Return the map with all that came from chips said in ``language``."""
    words = chip_words(knowledge)

    def entry(found: Entry | None) -> Entry | None:
        if found is None or found.chip is None or found.chip not in words:
            return found
        return replace(found, text=words[found.chip].say(language))

    def feeling(found: Feeling) -> Feeling:
        if found.chip is None or found.chip not in words:
            return found
        return replace(found, text=words[found.chip].say(language))

    def plan(found: Plan) -> Plan:
        if found.remedy is None or found.remedy not in words:
            return found
        return replace(found, text=words[found.remedy].say(language))

    def stage(found: Stage) -> Stage:
        said = replace(found, feelings=tuple(feeling(one) for one in found.feelings))
        if found.chip is not None and found.chip in words:
            said = replace(said, name=words[found.chip].say(language))
        for element in Element:
            if element is not Element.FEELINGS:
                said = said.with_entries(element, (entry(one) or one for one in found.entries(element)))
        return said

    persona = journey_map.persona
    for field in PersonaField:
        persona = persona.with_field(field, entry(persona.field(field)))
    return replace(
        journey_map,
        language=language,
        goal=entry(journey_map.goal),
        persona=persona,
        stages=tuple(stage(one) for one in journey_map.stages),
        plans=tuple(plan(one) for one in journey_map.plans),
    )


def chip_words(knowledge: Knowledge) -> Mapping[str, Bilingual]:
    """Return the full words of every chip by its id, stages' names and remedies included."""
    return {
        **{chip.id: chip.text for chips in knowledge.chips.values() for chip in chips},
        **{chip.id: chip.text for chips in knowledge.persona_chips.values() for chip in chips},
        **{chip.id: chip.text for chip in knowledge.goals},
        **{feeling.id: feeling.text for feeling in knowledge.feelings},
        **{remedy.id: remedy.text for remedy in knowledge.remedies},
        **knowledge.stage_names,
        **{f"{PHASE_PREFIX}{phase}": facts.name for phase, facts in knowledge.phases.items()},
    }
