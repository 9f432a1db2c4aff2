"""The rules of ideas: for a typed complaint that was understood, the best remedy is offered at once."""

from conversations.blocks import BACK, DONE, SKIP
from conversations.followups import EDIT, USE
from conversations.replies import Key
from conversations.steps import StepId
from journey.model import (
    Element,
    Entry,
)
from tests.content import the_knowledge
from tests.conversations.complaints import CLEAR, OWN_SIDE, VAGUE
from tests.conversations.test_rules_of_understanding import typing


def test_a_quick_map_offers_an_idea_for_a_typed_complaint() -> None:
    """The best remedy with its effort and cost, to use, to change or to pass over."""
    owner = typing(CLEAR)

    owner.stands_at(StepId.IDEA, stage=1)
    assert owner.offered == (USE, EDIT, SKIP, BACK)
    assert owner.question.remedy is not None
    assert owner.question.remedy.topic == "pelayanan_kasar"
    assert owner.question.key.parameters["pain"] == CLEAR


def test_the_idea_becomes_an_opportunity_of_the_stage() -> None:
    """Its chip is the remedy, so it is translated and found again."""
    owner = typing(CLEAR)
    remedy = owner.question.remedy
    assert remedy is not None

    owner.chooses(USE)

    assert owner.stage(1).opportunities == (Entry(remedy.text.id, remedy.id),)
    owner.stands_at(StepId.TOUCHPOINTS, stage=2)


def test_the_owners_own_version_is_stored_as_typed() -> None:
    """*Ubah* shows the words to start from; typing is possible without it as well."""
    for taps in ((EDIT,), ()):
        owner = typing(CLEAR)

        owner.chooses(*taps)
        owner.types("ajari admin senyum")

        assert owner.stage(1).opportunities == (Entry("ajari admin senyum"),)
        owner.stands_at(StepId.TOUCHPOINTS, stage=2)


def test_an_edited_message_changes_the_own_version() -> None:
    """Editing the message that answered is understood here too."""
    owner = typing(CLEAR)
    message = owner.types("ajari admin senyum")

    owner.corrects(message, "ajari admin sabar")

    assert owner.texts(1, Element.OPPORTUNITIES) == ("ajari admin sabar",)


def test_an_idea_can_be_passed_over_and_comes_once_a_stage() -> None:
    """A second complaint of the stage brings no second screen."""
    owner = typing(CLEAR)

    owner.chooses(SKIP, BACK)
    owner.stands_at(StepId.PAINS, stage=1)
    owner.types("ongkirnya mahal banget")

    assert owner.session.step is not StepId.IDEA
    assert owner.texts(1, Element.OPPORTUNITIES) == ()


def test_a_full_map_offers_the_ideas_at_their_question() -> None:
    """No screen of its own; the remedies for what was just said come first, and it is said for what."""
    owner = typing(CLEAR, speed="full")
    owner.stands_at(StepId.PAINS, stage=1)

    owner.chooses(DONE)

    owner.stands_at(StepId.OPPORTUNITIES, stage=1)
    assert owner.told == ("lead.ideas_for", "ask.opportunities")
    first = next(remedy for remedy in the_knowledge().remedies if remedy.id == owner.offered[0])
    assert first.topic == "pelayanan_kasar"
    lead = owner.question.lead[0]
    assert isinstance(lead, Key)
    assert lead.parameters["texts"] == (CLEAR,)


def test_one_message_may_bring_all_three_questions_in_order() -> None:
    """Asked back, then which topic, then an idea; each once."""
    owner = typing(OWN_SIDE, VAGUE)
    owner.stands_at(StepId.MEANING, stage=1)
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.IDEA, stage=1)

    owner.chooses(USE)

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    assert owner.texts(1, Element.PAINS) == (VAGUE,)
    assert len(owner.stage(1).opportunities) == 1
