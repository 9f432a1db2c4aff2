"""A map is a value: what it lacks, what it is called and how it sounds in the other language."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from journey import gaps
from journey.limits import TITLE_LENGTH
from journey.model import (
    Cell,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Persona,
    PersonaField,
    Shop,
    Stage,
)
from journey.phases import Phase
from journey.titles import shortened, title_of
from journey.translation import translated
from tests.content import the_knowledge
from tests.conversations.owner import MORNING, Owner
from tests.strategies import journey_maps

EMPTY = JourneyMap("m1", Language.ID, MORNING, MORNING)
STAGE = Stage("s1", "Beli", (Phase.BELI, Phase.TERIMA))


def test_the_curve_takes_the_mean_of_two_feelings() -> None:
    """Excited at 5 and anxious at 2 is 3.5; without feelings there is no height."""
    both = replace(STAGE, feelings=(Feeling("Antusias", 5), Feeling("Cemas", 2)))

    assert both.score == 3.5
    assert STAGE.score is None
    assert both.phase is Phase.BELI


def test_feelings_are_never_written_without_scores() -> None:
    """Writing feelings as plain entries is a mistake of ours, and says so."""
    with pytest.raises(ValueError, match="scores"):
        STAGE.with_entries(Element.FEELINGS, [Entry("Puas")])


def test_an_empty_map_is_asked_from_the_start() -> None:
    """The first gap is the line of business; there is nothing before it."""
    assert gaps.first_gap(EMPTY) == Cell("business")
    assert gaps.previous_question(EMPTY, Cell("business")) is None


def test_a_full_map_is_asked_all_of_a_quick_one_and_more() -> None:
    """Lengkap only adds questions."""
    quick = Owner.at_stages("quick").the_map
    full = Owner.at_stages("full").the_map

    assert set(gaps.questions(quick)) < set(gaps.questions(full))
    assert len(gaps.questions(quick)) == 8 + 6 * 3
    assert len(gaps.questions(full)) == 5 + len(PersonaField) + 6 * len(Element)


def test_the_next_gap_is_behind_and_then_from_the_front() -> None:
    """Someone who goes back and on is led to the next open question, at the end to one left in front."""
    journey_map = Owner.at_stages().the_map
    last = gaps.questions(journey_map)[-1]

    assert gaps.next_gap(journey_map, Cell("feelings", "s1")) == Cell("pains", "s1")
    assert gaps.next_gap(journey_map, last) == Cell("touchpoints", "s1")


def test_skipped_is_a_leftover_and_accepted_is_not() -> None:
    """What was put off isn't asked at once but offered again; what was accepted is at rest."""
    cell = Cell("touchpoints", "s1")
    journey_map = Owner.at_stages().the_map
    skipped = replace(journey_map, skipped=frozenset({cell}))
    accepted = replace(journey_map, accepted=frozenset({cell}))

    assert gaps.first_gap(skipped) == Cell("feelings", "s1")
    assert cell in gaps.leftovers(skipped)
    assert cell not in gaps.leftovers(accepted)
    assert cell in gaps.gaps(accepted)


@pytest.mark.parametrize(
    ("title", "persona", "shop", "called"),
    [
        ("Peta saya", "Ibu muda", "Warung Bu Tini", "Peta saya"),
        (None, "Ibu muda", "Warung Bu Tini", "Ibu muda · Warung Bu Tini"),
        (None, None, "Warung Bu Tini", "Warung Bu Tini"),
        (None, None, None, "Tanpa judul"),
        (None, "x" * 60, "Warung", "x" * 39 + "…"),
    ],
)
def test_a_map_is_called_by_title_or_by_persona_and_shop(
    title: str | None, persona: str | None, shop: str | None, called: str
) -> None:
    """A title typed wins; else persona and shop, cut to the title's length."""
    journey_map = replace(
        EMPTY, title=title, shop=Shop(name=shop), persona=Persona(Entry(persona) if persona else None)
    )

    assert title_of(journey_map, untitled="Tanpa judul") == called
    assert len(called) <= TITLE_LENGTH


def test_a_cut_leaves_no_blank_before_the_ellipsis() -> None:
    """Words are cut tidily, and only when they must be."""
    assert shortened("kopi susu", 6) == "kopi…"
    assert shortened("kopi", 4) == "kopi"
    assert shortened("Harganya pas di kasir. Bikin deg-degan", 23) == "Harganya pas di kasir…"


def test_chips_are_translated_and_typed_words_are_not() -> None:
    """The other language says chips and stages anew and leaves the owner's words."""
    owner = Owner.at_goal()
    owner.types("Biar ramai")
    owner.chooses(*[owner.offered[0]])
    indonesian = owner.the_map

    english = translated(indonesian, Language.EN, the_knowledge())

    assert english.goal == indonesian.goal == Entry("Biar ramai")
    assert english.persona.name != indonesian.persona.name
    assert english.language is Language.EN


def test_there_and_back_is_the_same_map() -> None:
    """A map tapped together and translated twice is the map it was."""
    journey_map = Owner.finished().the_map

    english = translated(journey_map, Language.EN, the_knowledge())

    assert english.stages[0].name == "Discover"
    assert translated(english, Language.ID, the_knowledge()) == journey_map


@given(journey_map=journey_maps(most_stages=3))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_words_of_no_known_chip_are_never_touched(journey_map: JourneyMap) -> None:
    """Typed words and chips of another release stay exactly as they are."""
    other = translated(journey_map, Language.EN, the_knowledge())

    for before, after in zip(journey_map.stages, other.stages, strict=True):
        for element in Element:
            for old, new in zip(before.entries(element), after.entries(element), strict=True):
                assert old == new or old.chip in ("t.kopi.iklan_kopi", "g.more_buyers", "f.kesal")
