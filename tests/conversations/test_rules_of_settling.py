"""The rules of settling: what an unclear complaint means can be said from the suggestions as well."""

from dataclasses import replace

from conversations import words
from conversations.blocks import BACK, SEASONS
from conversations.followups import NOT_THAT, TOPIC_PREFIX
from conversations.own_actions import OWN_ACTION
from conversations.steps import StepId
from journey.model import (
    Entry,
    Language,
    Meaning,
    Status,
)
from journey.suggestions import suggest
from tests.content import the_interview, the_knowledge
from tests.conversations.complaints import VAGUE, VAGUE_TOO, VAGUER, VAGUEST
from tests.conversations.owner import Owner
from tests.conversations.test_rules_of_understanding import advised, restarted, topics


def with_unclear(*texts: str) -> Owner:
    """Return an owner of a finished map with unclear complaints, at its suggestions."""
    owner = Owner.finished()
    pains = tuple(Entry(text) for text in texts)
    first, *others = owner.the_map.stages
    silent = tuple(replace(stage, pains=()) for stage in others)
    owner.journey_map = replace(owner.the_map, stages=(replace(first, pains=pains), *silent))
    owner.chooses("tips")
    return owner


def test_the_advice_names_what_is_unclear_and_asks() -> None:
    """Nothing is suggested for it, and it isn't passed over in silence."""
    owner = with_unclear(VAGUE)

    assert owner.told == ("AdviceText", "ask.tips")
    assert owner.offered == ("unclear.0", OWN_ACTION, SEASONS, BACK)
    assert advised(owner.the_map) == set()


def test_an_unclear_complaint_is_settled_from_the_list() -> None:
    """Two taps, the advice is there, and the finished map stays finished."""
    owner = with_unclear(VAGUE)
    finished = owner.the_map

    owner.chooses("unclear.0")
    owner.stands_at(StepId.UNCLEAR)
    assert restarted(owner).question == owner.question
    picked = topics(owner)[0]
    owner.chooses(f"{TOPIC_PREFIX}{picked}")

    owner.stands_at(StepId.TIPS)
    assert owner.told == ("lead.meant", "ask.tips")
    assert advised(owner.the_map) == {picked}
    assert owner.the_map == replace(finished, meanings=(Meaning(VAGUE, picked),))
    assert owner.the_map.status is Status.FINISHED


def test_none_of_them_counts_as_unanswered() -> None:
    """It is asked about no more; now its words may be kept for those who teach the knowledge."""
    owner = with_unclear(VAGUE)

    owner.chooses("unclear.0", NOT_THAT)

    assert owner.told == ("lead.meant_other", "ask.tips")
    advice = suggest(owner.the_map, the_knowledge(), the_interview().matcher, Language.ID)
    assert [found.pain for found in advice.unanswered] == [VAGUE]
    assert owner.offered == (OWN_ACTION, SEASONS, words.KEEP, words.LEAVE, BACK)


def test_three_at_a_time_and_back_to_the_list() -> None:
    """The fourth comes when one is settled."""
    owner = with_unclear(VAGUE, VAGUER, VAGUEST, VAGUE_TOO)
    three = ("unclear.0", "unclear.1", "unclear.2")

    assert owner.offered[:3] == three
    assert "unclear.3" not in owner.offered
    owner.chooses("unclear.1", BACK)
    owner.stands_at(StepId.TIPS)
    owner.chooses("unclear.1", NOT_THAT)

    assert owner.offered[:3] == three


def test_a_doubt_that_is_settled_elsewhere_shows_the_list() -> None:
    """A place left behind is no dead end."""
    owner = with_unclear(VAGUE)
    owner.chooses("unclear.0")

    owner.journey_map = replace(owner.the_map, meanings=(Meaning(VAGUE, None),))

    assert owner.question.key.name == "ask.tips"
