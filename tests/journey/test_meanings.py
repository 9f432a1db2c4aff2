"""What a complaint is about: what the owner said to have meant goes before what its words say."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content import load_content
from journey.knowledge import Knowledge
from journey.limits import MEANINGS
from journey.matching import SURE_SCORE, Match, Matcher
from journey.meanings import is_unclear, matches_of, with_meaning
from journey.model import Entry, JourneyMap, Language, Meaning, Stage
from journey.phases import Phase
from journey.suggestions import Advice, Unclear, suggest
from journey.translation import translated

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CLEAR = Entry("adminnya jutek banget")
VAGUE = Entry("ribet")
CHIP = Entry("ribet", "p.terima.lama_sampai")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_content().knowledge


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return load_content().matcher


def map_of(*pains: Entry, meant: Meaning | None = None) -> JourneyMap:
    journey_map = JourneyMap(
        "m", Language.ID, NOW, NOW, stages=(Stage("s1", "Beli", (Phase.BELI,), pains=pains),)
    )
    return journey_map if meant is None else with_meaning(journey_map, meant)


def advise(journey_map: JourneyMap, knowledge: Knowledge, matcher: Matcher) -> Advice:
    return suggest(journey_map, knowledge, matcher, Language.ID)


def matches(
    journey_map: JourneyMap, pain: Entry, knowledge: Knowledge, matcher: Matcher
) -> tuple[Match, ...]:
    return matches_of(pain, journey_map.stages[0], journey_map, knowledge, matcher)


def test_words_that_fit_weakly_are_unclear(knowledge: Knowledge, matcher: Matcher) -> None:
    """Below the score from which we speak as if we had understood; a tapped complaint never is."""
    journey_map = map_of(VAGUE, CLEAR, CHIP)

    vague, clear, chip = (matches(journey_map, pain, knowledge, matcher) for pain in (VAGUE, CLEAR, CHIP))

    assert vague[0].score < SURE_SCORE <= clear[0].score
    assert [is_unclear(found) for found in (vague, clear, chip, ())] == [True, False, False, False]


def test_what_was_meant_goes_before_what_the_words_say(knowledge: Knowledge, matcher: Matcher) -> None:
    """Also where the words seemed clear."""
    for pain in (VAGUE, CLEAR):
        journey_map = map_of(pain, meant=Meaning(pain.text, "harga_mahal"))

        assert matches(journey_map, pain, knowledge, matcher) == (Match("harga_mahal", 1.0),)
        assert {found.topic for found in advise(journey_map, knowledge, matcher).suggestions} == {
            "harga_mahal"
        }


def test_nothing_is_advised_for_what_is_unclear(knowledge: Knowledge, matcher: Matcher) -> None:
    """It is named with its likely topics, once a text, and doesn't count as unanswered."""
    journey_map = map_of(VAGUE, VAGUE)
    topics = tuple(match.topic for match in matches(journey_map, VAGUE, knowledge, matcher))

    advice = advise(journey_map, knowledge, matcher)

    assert advice == Advice((), (), unclear=(Unclear("s1", "ribet", topics),))


def test_what_means_none_of_the_topics_is_unanswered(knowledge: Knowledge, matcher: Matcher) -> None:
    """The owner said so: no advice, and no further question."""
    advice = advise(map_of(VAGUE, meant=Meaning("ribet", None)), knowledge, matcher)

    assert (advice.suggestions, advice.unclear) == ((), ())
    assert [found.pain for found in advice.unanswered] == ["ribet"]


def test_a_topic_of_another_release_is_as_if_nothing_was_said(knowledge: Knowledge, matcher: Matcher) -> None:
    """The complaint is unclear again and can be asked about."""
    advice = advise(map_of(VAGUE, meant=Meaning("ribet", "unknown")), knowledge, matcher)

    assert [found.pain for found in advice.unclear] == ["ribet"]


def test_a_later_meaning_takes_the_place_of_the_earlier() -> None:
    """One text means one thing."""
    journey_map = with_meaning(map_of(VAGUE, meant=Meaning("ribet", None)), Meaning("ribet", "harga_mahal"))

    assert journey_map.meanings == (Meaning("ribet", "harga_mahal"),)


def test_words_that_are_gone_make_room_first() -> None:
    """So many fit that those of the map's own complaints always stay."""
    known = tuple(Meaning(str(number), None) for number in range(MEANINGS - 1))
    journey_map = replace(map_of(VAGUE), meanings=(Meaning("ribet", None), *known))

    after = with_meaning(journey_map, Meaning("lain", "harga_mahal"))

    assert after.meanings == (Meaning("ribet", None), *known[1:], Meaning("lain", "harga_mahal"))


def test_a_meaning_is_in_no_language(knowledge: Knowledge) -> None:
    """Typed words are never translated, so what they mean stays."""
    journey_map = map_of(VAGUE, meant=Meaning("ribet", "harga_mahal"))

    assert translated(journey_map, Language.EN, knowledge).meanings == journey_map.meanings
