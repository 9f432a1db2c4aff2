"""The worked example: the coffee shop of seed 003, in both languages, viewable and copyable as a start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from journey.knowledge import BrokenKnowledge, Knowledge
from journey.model import (
    Business,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Persona,
    Shop,
    Speed,
    Stage,
)
from journey.phases import Phase
from journey.presets import STAGES, Preset

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Example:
    """The example as data; ``row`` is ``knowledge/coffee.toml``."""

    row: Row
    knowledge: Knowledge

    def as_map(self, language: Language, *, id: str, now: datetime) -> JourneyMap:
        """Return the example as a map of one's own; raises BrokenKnowledge when the data are incomplete."""
        persona = _table(self.row, "persona")
        shop = _table(self.row, "shop")
        preset = Preset(str(self.row["preset"]))
        phases = {stage.id: stage.phases for stage in STAGES[preset]}
        stages = tuple(
            self._stage(row, f"s{place}", phases[str(row["chip"])], language)
            for place, row in enumerate(_rows(self.row, "stages"), start=1)
        )
        return JourneyMap(
            id=id,
            language=language,
            created=now,
            changed=now,
            speed=Speed.FULL,
            title=_say(self.row["title"], language),
            shop=Shop(Business(str(shop["business"])), _say(shop["name"], language)),
            goal=Entry(_say(self.row["goal"], language)),
            persona=Persona(
                name=Entry(_say(persona["name"], language)),
                who=Entry(_say(persona["who"], language)),
                goal=Entry(_say(persona["goal"], language)),
            ),
            preset=preset,
            stages=stages,
        )

    def _stage(self, row: Row, stage_id: str, phases: tuple[Phase, ...], language: Language) -> Stage:
        chip = str(row["chip"])
        stage = Stage(
            id=stage_id, name=self.knowledge.stage_names[chip].say(language), phases=phases, chip=chip
        )
        feelings = tuple(
            Feeling(_say(found, language), int(str(found["score"]))) for found in _rows(row, "feelings")
        )
        for element in Element:
            if element is not Element.FEELINGS:
                entries = (Entry(_say(words, language)) for words in _rows(row, element))
                stage = stage.with_entries(element, entries)
        return replace(stage, feelings=feelings)


def _table(row: Row, key: str) -> Row:
    found = row[key]
    if not isinstance(found, Mapping):
        raise BrokenKnowledge(f"coffee: {key} must be a table")
    return found


def _rows(row: Row, key: str) -> Sequence[Row]:
    found = row[key]
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise BrokenKnowledge(f"coffee: {key} must be a list of tables")
    return found


def _say(words: object, language: Language) -> str:
    if not isinstance(words, Mapping) or language not in words:
        raise BrokenKnowledge(f"coffee: {words!r} needs id and en")
    return str(words[language])
