"""Turns parsed data files into checked knowledge."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from journey.knowledge.checks import check_ids, check_remedies, check_sources
from journey.knowledge.places import BrokenKnowledge, Place
from journey.knowledge.values import (
    BusinessFacts,
    Chip,
    Cost,
    Effort,
    ExampleCell,
    FeelingChip,
    Knowledge,
    PhaseFacts,
    Reframing,
    Remedy,
    Topic,
)
from journey.model import Business, Element, PersonaField
from journey.phases import Phase
from journey.presets import STAGES, Preset
from journey.wording import respelled

K = TypeVar("K", bound=StrEnum)
V = TypeVar("V")

LABEL_LENGTH = 34
"""Telegram shows about this many characters on a button alone in its row on a 390 pt wide phone."""
WHEN_LENGTH = 90
"""A line and a half on a phone: when a remedy helps stands below it."""

_CHIP_ELEMENTS = (Element.TOUCHPOINTS, Element.PAINS, Element.ACTIONS, Element.THOUGHTS)


def parse_knowledge(files: Mapping[str, Mapping[str, object]]) -> Knowledge:
    """Turn parsed TOML files, by name without ending (``phases``, ``businesses/kopi`` …), into knowledge.

    Raises BrokenKnowledge naming file and place when something is missing, too long, twice there or unknown.
    """
    places = {name: Place(name, row) for name, row in files.items()}

    def file(name: str) -> Place:
        if name not in places:
            raise BrokenKnowledge(f"{name}.toml is missing")
        return places[name]

    topics = {
        name: Topic(row.bilingual("label"), row.choice("usual_phase", Phase))
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
    check_ids(knowledge)
    check_sources(knowledge)
    check_remedies(knowledge)
    return knowledge


def _by(kind: type[K], find: Callable[[K], V]) -> Mapping[K, V]:
    return MappingProxyType({member: find(member) for member in kind})


def _phase_facts(place: Place) -> PhaseFacts:
    return PhaseFacts(
        place.bilingual("name", longest=20),
        place.bilingual("hint", longest=200),
        place.string("source"),
        frozenset(place.strings("words")),
    )


def _chip(place: Place, business: Business | None, topics: Mapping[str, Topic], element: Element) -> Chip:
    label = place.bilingual("label", longest=LABEL_LENGTH)
    topic = place.string("topic") if element is Element.PAINS else None
    if topic is not None and topic not in topics:
        raise place.wrong(f"unknown topic {topic!r}")
    text = place.bilingual("text") if "text" in place.row else label
    return Chip(place.string("id"), label, text, place.choice("phase", Phase), business, topic)


def _short_chip(place: Place) -> Chip:
    label = place.bilingual("label", longest=LABEL_LENGTH)
    text = place.bilingual("text", longest=200) if "text" in place.row else label
    return Chip(place.string("id"), label, text)


def _persona_chip(place: Place, field: PersonaField, business: Business) -> Chip:
    row = place.child(field)
    label = row.bilingual("label", longest=LABEL_LENGTH)
    text = row.bilingual("text", longest=200) if "text" in row.row else label
    return Chip(f"{place.string('id')}.{field}", label, text, business=business)


def _feeling(place: Place) -> FeelingChip:
    score = place.get("score")
    if not isinstance(score, int) or not 1 <= score <= 5:  # noqa: PLR2004  the scale of the feeling curve
        raise place.wrong(f"score must be 1 to 5, not {score!r}")
    return FeelingChip(place.string("id"), place.bilingual("text", longest=20), score, place.string("emoji"))


def _remedy(place: Place, topics: Mapping[str, Topic]) -> Remedy:
    place.only(*(field.name for field in fields(Remedy)))
    if place.string("topic") not in topics:
        raise place.wrong(f"unknown topic {place.string('topic')!r}")
    return Remedy(
        id=place.string("id"),
        topic=place.string("topic"),
        label=place.bilingual("label", longest=LABEL_LENGTH),
        text=place.bilingual("text"),
        when=place.bilingual("when", longest=WHEN_LENGTH),
        effort=place.choice("effort", Effort),
        cost=place.choice("cost", Cost),
        source=place.string("source"),
        checked=place.day("checked"),
        same_as=place.string("same_as") if "same_as" in place.row else None,
        phases=place.choices("phases", Phase),
        businesses=place.choices("businesses", Business),
    )


def _reframing(place: Place, spellings: Mapping[str, str]) -> Reframing:
    place.only(*(field.name for field in fields(Reframing)))
    cues = place.strings("cues")
    if not cues or any(not cue.strip() or cue != cue.lower() for cue in cues):
        raise place.wrong("cues must be words in small letters, one at least")
    return Reframing(
        place.string("id"),
        tuple(respelled(cue, spellings) for cue in cues),
        place.bilingual("owner_says"),
        place.bilingual("ask_instead"),
    )
