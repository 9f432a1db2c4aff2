"""The rules of being understood: one short question after typed words, and what it changes."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, DONE, JOIN, KEEP, SKIP
from conversations.checkup import THEIRS
from conversations.followups import NOT_THAT, TOPIC_PREFIX
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.model import (
    Element,
    Entry,
    JourneyMap,
    Language,
    Meaning,
    Standing,
)
from journey.suggestions import suggest
from tests.content import the_interview, the_knowledge
from tests.conversations.complaints import (
    CLEAR,
    NONSENSE,
    OWN_SIDE,
    OWN_SIDE_TOO,
    THEIR_SIDE,
    VAGUE,
    VAGUER,
    VAGUEST,
)
from tests.conversations.owner import Owner


def at_pains(speed: str = "quick") -> Owner:
    """Return an owner at the question for the complaints of the first stage."""
    owner = Owner.at_stages(speed)
    while owner.session.step is not StepId.PAINS:
        owner.chooses(SKIP)
    return owner


def at_thoughts() -> Owner:
    owner = Owner.at_stages("full")
    while owner.session.step is not StepId.THOUGHTS:
        owner.chooses(SKIP)
    return owner


def typing(*texts: str, speed: str = "quick") -> Owner:
    """Return an owner who has typed complaints about the first stage, one a message."""
    owner = at_pains(speed)
    for text in texts:
        owner.types(text)
    return owner


def topics(owner: Owner) -> tuple[str, ...]:
    """Return the topics on the screen."""
    return tuple(
        option.removeprefix(TOPIC_PREFIX) for option in owner.offered if option.startswith(TOPIC_PREFIX)
    )


def advised(journey_map: JourneyMap) -> set[str]:
    """Return the topics that the map gets advice for."""
    advice = suggest(journey_map, the_knowledge(), the_interview().matcher, Language.ID)
    return {found.topic for found in advice.suggestions}


def restarted(owner: Owner) -> Owner:
    """Return the owner after the session went through the database."""
    return replace(owner, session=load_session(dump_session(owner.session)))


# Asking back.


def test_a_sentence_of_the_owners_side_is_stored_and_asked_back_about() -> None:
    """The sentence is safe before the question comes."""
    owner = typing(OWN_SIDE)

    owner.stands_at(StepId.ASK_BACK, stage=1)
    assert owner.texts(1, Element.PAINS) == (OWN_SIDE,)
    assert owner.told == ("lead.ask_back", "ask.ask_back")
    assert owner.offered == (KEEP, THEIRS, BACK)


def test_the_customers_side_takes_its_place() -> None:
    """What is typed replaces the sentence, and the interview goes on."""
    owner = typing(OWN_SIDE, THEIR_SIDE)

    assert owner.texts(1, Element.PAINS) == (THEIR_SIDE,)
    assert owner.told[0] == "lead.corrected"
    assert owner.session.step is not StepId.ASK_BACK


def test_a_second_sentence_of_the_owners_side_is_accepted() -> None:
    """Asking twice would be refusing."""
    owner = typing(OWN_SIDE, OWN_SIDE_TOO)

    assert owner.texts(1, Element.PAINS) == (OWN_SIDE_TOO,)
    assert owner.session.step is not StepId.ASK_BACK


@pytest.mark.parametrize(("option", "standing"), [(KEEP, Standing.GUESS), (THEIRS, Standing.CUSTOMER)])
def test_the_sentence_can_stay(option: str, standing: Standing) -> None:
    """As it is, or as what customers really say."""
    owner = typing(OWN_SIDE)

    owner.chooses(option)

    assert owner.stage(1).pains == (Entry(OWN_SIDE, standing=standing),)
    assert owner.session.step is not StepId.ASK_BACK


def test_it_is_asked_once_also_after_going_back() -> None:
    """Going back keeps the sentence; typing it once more asks nothing."""
    owner = typing(OWN_SIDE)

    owner.chooses(BACK)
    owner.stands_at(StepId.PAINS, stage=1)
    assert owner.texts(1, Element.PAINS) == (OWN_SIDE,)
    owner.types(OWN_SIDE)

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    assert owner.texts(1, Element.PAINS) == (OWN_SIDE,)


def test_a_thought_is_asked_back_about_too() -> None:
    """And the reply is a thought; nothing else follows it."""
    owner = at_thoughts()

    owner.types("modal saya kurang")
    owner.stands_at(StepId.ASK_BACK, stage=1)
    owner.types("kok pilihannya sedikit")

    owner.stands_at(StepId.THOUGHTS, stage=1)
    assert owner.texts(1, Element.THOUGHTS) == ("kok pilihannya sedikit",)
    assert owner.texts(1, Element.PAINS) == ()


def test_a_list_with_a_sentence_of_the_owners_side() -> None:
    """One question for the message; its other entries stay, and the list is shown for a check."""
    owner = typing(f"{CLEAR}\n{OWN_SIDE}\n{OWN_SIDE_TOO}", speed="full")

    owner.stands_at(StepId.ASK_BACK)
    assert owner.told[0] == "lead.noted"
    owner.types(THEIR_SIDE)

    owner.stands_at(StepId.PAINS, stage=1)
    assert owner.texts(1, Element.PAINS) == (CLEAR, OWN_SIDE_TOO, THEIR_SIDE)
    assert DONE in owner.offered


def test_from_the_review_it_leads_back_there() -> None:
    """A line changed from the review is asked back about as well; ideas are for the interview."""
    owner = Owner.at_review()
    owner.chooses(f"stage.{owner.stage(1).id}", f"cell.pains.{owner.stage(1).id}")
    owner.types(OWN_SIDE)
    owner.stands_at(StepId.ASK_BACK, stage=1)

    owner.chooses(KEEP)

    owner.stands_at(StepId.REVIEW_CELL, stage=1)


# Which topic was meant.


def test_an_unclear_complaint_is_stored_and_asked_about() -> None:
    """Three likely topics, a way to say none of them, to put it off and to go back."""
    owner = typing(VAGUE)

    owner.stands_at(StepId.MEANING, stage=1)
    assert owner.texts(1, Element.PAINS) == (VAGUE,)
    assert len(topics(owner)) == 3
    assert owner.offered[3:] == (NOT_THAT, SKIP, BACK)


def test_the_topic_that_was_picked_is_remembered_with_the_map() -> None:
    """From now on there is advice for it, and nobody asks again."""
    owner = typing(VAGUE)
    picked = topics(owner)[1]
    assert advised(owner.the_map) == set()

    owner.chooses(f"{TOPIC_PREFIX}{picked}")

    assert owner.the_map.meanings == (Meaning(VAGUE, picked),)
    assert advised(owner.the_map) == {picked}
    assert owner.told[0] == "lead.meant"


def test_none_of_them_leaves_it_as_it_is() -> None:
    """No advice, no idea, no further question."""
    owner = typing(VAGUE)

    owner.chooses(NOT_THAT)

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    assert owner.the_map.meanings == (Meaning(VAGUE, None),)
    assert owner.texts(1, Element.PAINS) == (VAGUE,)


@pytest.mark.parametrize("option", [SKIP, BACK])
def test_what_is_left_open_is_not_settled(option: str) -> None:
    """The complaint stays; it is asked about with the suggestions."""
    owner = typing(VAGUE)

    owner.chooses(option)

    assert owner.the_map.meanings == ()
    assert owner.texts(1, Element.PAINS) == (VAGUE,)
    assert owner.session.step is (StepId.PAINS if option == BACK else StepId.TOUCHPOINTS)


def test_other_words_take_the_place_of_unclear_ones() -> None:
    """Whoever explains instead of tapping is understood as well."""
    owner = typing(VAGUE, CLEAR)

    assert owner.texts(1, Element.PAINS) == (CLEAR,)
    assert owner.the_map.meanings == ()
    owner.stands_at(StepId.IDEA, stage=1)


def test_two_unclear_entries_of_a_message_are_asked_about_one_after_the_other() -> None:
    """The third is left alone; then the list is shown for a check as ever."""
    owner = typing(f"{CLEAR}\n{VAGUE}\n{VAGUER}\n{VAGUEST}", speed="full")
    about = []

    while owner.session.step is StepId.MEANING:
        about.append(owner.session.pending)
        owner.chooses(owner.offered[0])

    assert about == [VAGUE, VAGUER]
    assert [said.text for said in owner.the_map.meanings] == [VAGUE, VAGUER]
    owner.stands_at(StepId.PAINS, stage=1)
    assert JOIN in owner.offered


def test_what_fits_nothing_or_fits_well_is_not_asked_about() -> None:
    """Nor is a complaint that was tapped."""
    for text in (NONSENSE, CLEAR):
        assert typing(text).session.step is not StepId.MEANING
    owner = at_pains()
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.TOUCHPOINTS, stage=2)


def test_the_same_words_at_another_stage_are_understood() -> None:
    """What was meant holds for the whole map."""
    owner = typing(VAGUE)
    owner.chooses(owner.offered[0])
    while owner.session.step is not StepId.PAINS:
        owner.chooses(SKIP)

    owner.types(VAGUE)

    owner.stands_at(StepId.IDEA, stage=2)
    assert owner.texts(2, Element.PAINS) == (VAGUE,)
