"""The knowledge base holds what the interview needs, and its loader names what is wrong."""

from collections import Counter

import pytest

from journey import limits
from journey.document import JsonValue
from journey.knowledge import LABEL_LENGTH, BrokenKnowledge, parse_knowledge
from journey.model import Business, Element, Language, PersonaField
from journey.phases import Phase
from journey.presets import STAGES, Preset
from tests.content import broken, data_files, the_knowledge

PER_PHASE = {Element.TOUCHPOINTS: 8, Element.PAINS: 8, Element.ACTIONS: 4, Element.THOUGHTS: 4}
PER_BUSINESS = {Element.TOUCHPOINTS: 10, Element.PAINS: 15, Element.THOUGHTS: 8}
PERSONAS_PER_BUSINESS = 3


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("element", PER_PHASE)
def test_every_phase_has_chips_for_any_shop(phase: Phase, element: Element) -> None:
    """Whatever is sold, each phase offers enough to tap."""
    general = [chip for chip in the_knowledge().chips_for(element, [phase], None) if chip.business is None]

    assert len(general) >= PER_PHASE[element]


@pytest.mark.parametrize("business", Business)
@pytest.mark.parametrize("element", PER_BUSINESS)
def test_every_line_of_business_has_chips_of_its_own(business: Business, element: Element) -> None:
    """Each trade is spoken to in its own words."""
    own = [chip for chip in the_knowledge().chips[element] if chip.business is business]

    assert len(own) >= PER_BUSINESS[element]


@pytest.mark.parametrize("business", Business)
def test_every_line_of_business_has_its_personas(business: Business) -> None:
    """Three kinds of customer of its own to begin with."""
    own = [chip for chip in the_knowledge().persona_chips[PersonaField.NAME] if chip.business is business]

    assert len(own) >= PERSONAS_PER_BUSINESS


@pytest.mark.parametrize("business", Business)
def test_every_line_of_business_has_an_example_for_every_cell(business: Business) -> None:
    """Contoh has something to say in each phase, for all six elements."""
    knowledge = the_knowledge()

    assert all(knowledge.example(element, phase, business) for phase in Phase for element in Element)


def test_every_complaint_has_a_topic_with_remedies() -> None:
    """What can be tapped as a complaint can be advised on."""
    knowledge = the_knowledge()
    advised = {remedy.topic for remedy in knowledge.remedies}

    assert {chip.topic for chip in knowledge.chips[Element.PAINS]} <= advised


@pytest.mark.parametrize("field", PersonaField)
def test_every_field_of_the_persona_has_chips(field: PersonaField) -> None:
    """Nothing about the customer has to be typed."""
    assert the_knowledge().persona_chips_for(field, Business.LAINNYA)


def test_every_label_fits_a_button_and_every_text_its_place() -> None:
    """Labels have at most 34 characters in both languages; a customer's name fits its field."""
    knowledge = the_knowledge()
    chips = [
        *(chip for found in knowledge.chips.values() for chip in found),
        *(chip for found in knowledge.persona_chips.values() for chip in found),
        *knowledge.goals,
    ]
    names = knowledge.persona_chips[PersonaField.NAME]

    assert not [
        chip.id for chip in chips for language in Language if len(chip.label.say(language)) > LABEL_LENGTH
    ]
    assert not [
        chip.id
        for chip in names
        for language in Language
        if len(chip.text.say(language)) > limits.PERSONA_NAME_LENGTH
    ]


def test_no_two_chips_on_a_screen_store_the_same_words() -> None:
    """Two buttons that would store the same words for the same phase and trade can't be told apart."""
    knowledge = the_knowledge()
    for element, chips in knowledge.chips.items():
        for language in Language:
            said = Counter((chip.phase, chip.business, chip.text.say(language)) for chip in chips)

            assert not [key for key, times in said.items() if times > 1], element


def test_feelings_are_those_of_the_product() -> None:
    """Eight faces with their scores, lowest first."""
    found = [(feeling.emoji, feeling.score) for feeling in the_knowledge().feelings]

    assert found == [
        ("😡", 1),
        ("😟", 2),
        ("😕", 2),
        ("😐", 3),
        ("🤔", 3),
        ("🙂", 4),
        ("😊", 4),
        ("😍", 5),
    ]


def test_every_framework_and_stage_has_a_name() -> None:
    """Names exist in both languages; English ones show the Indonesian phase beside them."""
    knowledge = the_knowledge()

    assert set(knowledge.preset_names) == set(Preset)
    assert set(knowledge.stage_names) == {stage.id for stages in STAGES.values() for stage in stages}
    assert knowledge.stage_names["seed004.awareness"].id == "Awareness (kenal)"


@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        (
            "goals",
            ("goals", 0, "label"),
            {"id": "Satu"},
            "goals.goals[g.fewer_complaints]: label needs id and en",
        ),
        (
            "goals",
            ("goals", 0, "label", "id"),
            "x" * 35,
            "goals.goals[g.fewer_complaints]: label has 35 characters",
        ),
        ("goals", ("goals", 0, "label", "en"), " ", "goals.goals[g.fewer_complaints]: label is empty"),
        ("goals", ("goals", 1, "id"), "g.fewer_complaints", "the id 'g.fewer_complaints' is there twice"),
        ("goals", ("goals", 1, "id"), "g." + "x" * 60, "must be ASCII of at most 48 bytes"),
        ("phases", ("touchpoints", 0, "phase"), "tidur", "phase must be one of kenal,"),
        ("phases", ("pains", 0, "topic"), "unheard_of", "unknown topic 'unheard_of'"),
        ("phases", ("phases", "kenal", "source"), "X9", "the source 'X9' is not in sources.toml"),
        ("feelings", ("feelings", 0, "score"), 6, "feelings.feelings[f.kesal]: score must be 1 to 5"),
        ("remedies", ("remedies", 0, "effort"), "2y", "remedies.remedies["),
        ("reframings", ("reframings", 0, "cues"), ["Cuma Nanya"], "cues must be words in small letters"),
        ("reframings", ("reframings", 0, "cue"), "x", "cue is unknown here; known are id, cues,"),
        ("reframings", ("reframings", 1, "id"), "o.tanya_doang", "the id 'o.tanya_doang' is there twice"),
        ("businesses/kopi", ("name",), 7, "businesses/kopi: name needs id and en"),
    ],
)
def test_a_broken_file_is_named_with_the_place(
    name: str, path: tuple[str | int, ...], value: JsonValue, message: str
) -> None:
    """Whoever edits a data file is told where it went wrong."""
    with pytest.raises(BrokenKnowledge) as caught:
        parse_knowledge(broken(name, path, value))

    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["phases", "goals", "businesses/warung"])
def test_a_missing_file_is_named(name: str) -> None:
    """A file that wasn't shipped is missed by name."""
    files = data_files()
    del files[name]

    with pytest.raises(BrokenKnowledge, match=f"{name}.toml is missing"):
        parse_knowledge(files)
