"""The rules that hold for every short question after typed words: it survives, goes back and gives way."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, KEEP
from conversations.commands import Command
from conversations.steps import StepId
from journey.model import (
    Element,
    Plan,
    PlanState,
)
from tests.content import the_knowledge
from tests.conversations.complaints import CLEAR, NONSENSE, OWN_SIDE, VAGUE
from tests.conversations.owner import MORNING
from tests.conversations.test_rules_of_understanding import restarted, typing

QUESTIONS = pytest.mark.parametrize(
    ("text", "step"), [(OWN_SIDE, StepId.ASK_BACK), (VAGUE, StepId.MEANING), (CLEAR, StepId.IDEA)]
)


@QUESTIONS
def test_the_question_is_there_after_a_restart(text: str, step: StepId) -> None:
    """With the same words and the same buttons."""
    owner = typing(text)
    before = owner.question

    after = restarted(owner)

    after.stands_at(step)
    assert after.question == before
    assert after.session == owner.session


@QUESTIONS
def test_back_leads_to_the_complaint_which_is_kept(text: str, step: StepId) -> None:
    """And going on from there asks no further question about it."""
    owner = typing(text)
    known = owner.the_map

    owner.chooses(BACK)
    owner.stands_at(StepId.PAINS, stage=1)
    assert owner.the_map == known
    owner.chooses(KEEP)

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)


@QUESTIONS
def test_a_double_tap_is_harmless(text: str, step: StepId) -> None:
    """The second tap changes nothing and says so."""
    owner = typing(text)
    revision, option = owner.session.revision, owner.offered[0]
    owner.chooses(option)
    session, journey_map = owner.session, owner.the_map

    owner.taps_old(option, revision=revision)

    assert owner.told == ("toast.twice",)
    assert (owner.session, owner.journey_map) == (session, journey_map)


@QUESTIONS
def test_commands_and_small_talk_come_back_to_it(text: str, step: StepId) -> None:
    """In the other language too."""
    owner = typing(text)

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")
    owner.greets()
    owner.commands(Command.RESUME)

    owner.stands_at(step, stage=1)


@QUESTIONS
def test_an_entry_that_is_gone_is_not_asked_about(text: str, step: StepId) -> None:
    """The message was edited: the question is passed over, the interview goes on."""
    owner = typing(text)

    owner.corrects(owner.last_message, NONSENSE)

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    assert owner.texts(1, Element.PAINS) == (NONSENSE,)


def test_a_remedy_that_was_decided_about_meanwhile_is_not_offered() -> None:
    """The next best is, as long as there is one."""
    owner = typing(CLEAR)
    first = owner.question.remedy
    assert first is not None
    plan = Plan(first.text.id, PlanState.DECLINED, MORNING, first.id)

    owner.journey_map = replace(owner.the_map, plans=(plan,))
    assert owner.question.remedy not in (None, first)
    everything = tuple(replace(plan, remedy=remedy.id) for remedy in the_knowledge().remedies)
    owner.journey_map = replace(owner.the_map, plans=everything)

    assert owner.question.key.name == "ask.touchpoints"


def test_a_place_without_a_stage_goes_to_the_first_gap() -> None:
    """Another release may have left anything behind."""
    owner = typing(VAGUE)

    owner.session = replace(owner.session, stage="s9")

    assert owner.question.key.name == "ask.touchpoints"
