"""Every complaint gets the remedies of its topic, the most worthwhile first, or an honest "nothing fits"."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content import load_content
from journey.knowledge import Knowledge
from journey.matching import Matcher
from journey.model import (
    Business,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Plan,
    PlanState,
    Shop,
    Stage,
    Standing,
)
from journey.phases import Phase
from journey.plans import with_plan
from journey.suggestions import ACTIONS_A_WEEK, Advice, suggest, this_week

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATE_PARCEL = Entry("Udah seminggu belum sampai juga.", "p.terima.lama_sampai")
SLOW_ANSWER = Entry("Chat dari pagi, baru dibales malem.", "p.timbang.chat_lama")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_content().knowledge


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return load_content().matcher


def stage(phase: Phase, *pains: Entry, score: int | None = None) -> Stage:
    feelings = () if score is None else (Feeling("kesal", score),)
    return Stage(phase.value, phase.value, (phase,), feelings=feelings, pains=pains)


def map_of(*stages: Stage, business: Business | None = None) -> JourneyMap:
    return JourneyMap("m", Language.ID, NOW, NOW, shop=Shop(business), stages=stages)


def advise(journey_map: JourneyMap, knowledge: Knowledge, matcher: Matcher) -> Advice:
    return suggest(journey_map, knowledge, matcher, Language.ID)


def test_a_map_without_complaints_gets_no_advice(knowledge: Knowledge, matcher: Matcher) -> None:
    """Nothing is suggested for what the owner didn't say."""
    advice = advise(map_of(stage(Phase.BELI, score=1)), knowledge, matcher)

    assert advice == Advice((), ())


def test_a_chip_brings_the_remedies_of_its_topic(knowledge: Knowledge, matcher: Matcher) -> None:
    """A tapped complaint needs no guessing."""
    advice = advise(map_of(stage(Phase.TERIMA, LATE_PARCEL)), knowledge, matcher)

    assert {suggestion.topic for suggestion in advice.suggestions} == {"pengiriman_lama"}
    assert {suggestion.pain for suggestion in advice.suggestions} == {LATE_PARCEL.text}
    assert {suggestion.stage_id for suggestion in advice.suggestions} == {"terima"}


def test_typed_words_are_matched(knowledge: Knowledge, matcher: Matcher) -> None:
    """Own words get advice like a chip does."""
    advice = advise(map_of(stage(Phase.TERIMA, Entry("gelasnya pecah pas nyampe"))), knowledge, matcher)

    assert advice.suggestions[0].topic == "barang_rusak"
    assert advice.unanswered == ()


def test_what_nothing_fits_is_said_honestly(knowledge: Knowledge, matcher: Matcher) -> None:
    """Never invent."""
    advice = advise(map_of(stage(Phase.PAKAI, Entry("qwertyuiop zxcvbn"))), knowledge, matcher)

    assert advice.suggestions == ()
    assert [(one.stage_id, one.pain) for one in advice.unanswered] == [("pakai", "qwertyuiop zxcvbn")]


def test_a_remedy_is_suggested_once(knowledge: Knowledge, matcher: Matcher) -> None:
    """The same topic in two stages doesn't repeat its remedies; the worse stage keeps them."""
    journey_map = map_of(stage(Phase.TERIMA, LATE_PARCEL, score=1), stage(Phase.PAKAI, LATE_PARCEL, score=4))

    suggestions = advise(journey_map, knowledge, matcher).suggestions

    assert len({suggestion.remedy.id for suggestion in suggestions}) == len(suggestions)
    assert {suggestion.stage_id for suggestion in suggestions} == {"terima"}


def test_the_worse_feeling_comes_first(knowledge: Knowledge, matcher: Matcher) -> None:
    """Where customers are angry is where to begin."""
    calm = map_of(stage(Phase.TERIMA, LATE_PARCEL, score=5))
    angry = map_of(stage(Phase.TERIMA, LATE_PARCEL, score=1))

    calm_score, angry_score = (advise(one, knowledge, matcher).suggestions[0].score for one in (calm, angry))

    assert angry_score > calm_score


def test_after_the_sale_weighs_more(knowledge: Knowledge, matcher: Matcher) -> None:
    """A disappointed buyer is riskier than someone who never bought."""
    before = map_of(stage(Phase.TIMBANG, SLOW_ANSWER, score=2))
    after = map_of(stage(Phase.LAYANAN, SLOW_ANSWER, score=2))

    before_score, after_score = (
        advise(one, knowledge, matcher).suggestions[0].score for one in (before, after)
    )

    assert after_score > before_score


@pytest.mark.parametrize("standing", [Standing.CUSTOMER, Standing.EVIDENCE])
def test_what_customers_said_outweighs_a_guess(
    knowledge: Knowledge, matcher: Matcher, standing: Standing
) -> None:
    """A complaint that was heard counts more than one that was imagined."""
    guessed = map_of(stage(Phase.TERIMA, LATE_PARCEL))
    heard = map_of(stage(Phase.TERIMA, replace(LATE_PARCEL, standing=standing)))

    guessed_score, heard_score = (
        advise(one, knowledge, matcher).suggestions[0].score for one in (guessed, heard)
    )

    assert heard_score > guessed_score


def test_remedies_for_other_trades_and_phases_are_left_out(knowledge: Knowledge, matcher: Matcher) -> None:
    """A laundry isn't told to seal its soup."""
    pains = [chip for chip in knowledge.chips[Element.PAINS] if chip.business in (None, Business.JASA)]
    for chip in pains:
        assert chip.phase is not None
        journey_map = map_of(stage(chip.phase, Entry(chip.text.id, chip.id)), business=Business.JASA)

        for suggestion in advise(journey_map, knowledge, matcher).suggestions:
            assert suggestion.remedy.businesses == () or Business.JASA in suggestion.remedy.businesses
            assert suggestion.remedy.phases == () or chip.phase in suggestion.remedy.phases


def test_every_complaint_to_tap_has_an_answer(knowledge: Knowledge, matcher: Matcher) -> None:
    """Whatever the line of business, a chip never leads to "nothing fits"."""
    for chip in knowledge.chips[Element.PAINS]:
        assert chip.phase is not None
        journey_map = map_of(stage(chip.phase, Entry(chip.text.id, chip.id)), business=chip.business)

        assert advise(journey_map, knowledge, matcher).unanswered == (), chip.id


def test_chips_are_quoted_in_the_language_asked_for(knowledge: Knowledge, matcher: Matcher) -> None:
    """Switching the language translates chips, never typed words."""
    typed = Entry("gelasnya pecah pas nyampe")
    journey_map = map_of(stage(Phase.TERIMA, LATE_PARCEL, typed))

    advice = suggest(journey_map, knowledge, matcher, Language.EN)

    pains = {suggestion.pain for suggestion in advice.suggestions}
    assert pains == {"It's been a week and it still isn't here.", typed.text}


def test_this_week_takes_different_topics(knowledge: Knowledge, matcher: Matcher) -> None:
    """Three actions for three problems, not three for one."""
    broken = Entry("Pas dibuka barangnya udah rusak.", "p.terima.rusak_pecah")
    journey_map = map_of(stage(Phase.TIMBANG, SLOW_ANSWER), stage(Phase.TERIMA, LATE_PARCEL, broken, score=1))

    chosen = this_week(advise(journey_map, knowledge, matcher).suggestions)

    assert {one.topic for one in chosen} == {"admin_lambat", "pengiriman_lama", "barang_rusak"}
    assert [one.score for one in chosen] == sorted((one.score for one in chosen), reverse=True)


def test_this_week_fills_up_from_one_topic(knowledge: Knowledge, matcher: Matcher) -> None:
    """With a single problem there are still three things to do, and none without any."""
    suggestions = advise(map_of(stage(Phase.TERIMA, LATE_PARCEL)), knowledge, matcher).suggestions

    assert this_week(suggestions) == suggestions[:ACTIONS_A_WEEK]
    assert this_week(()) == ()


def decided(journey_map: JourneyMap, remedy: str, state: PlanState) -> JourneyMap:
    return with_plan(journey_map, Plan("x", state, NOW, remedy))


def test_what_was_declined_is_left_out(knowledge: Knowledge, matcher: Matcher) -> None:
    """It is told apart, so that it can be brought back; its complaint doesn't count as unanswered."""
    journey_map = map_of(stage(Phase.TERIMA, LATE_PARCEL))
    before = advise(journey_map, knowledge, matcher).suggestions
    for suggestion in before:
        journey_map = decided(journey_map, suggestion.remedy.id, PlanState.DECLINED)

    advice = advise(journey_map, knowledge, matcher)

    assert advice.suggestions == ()
    assert [one.remedy for one in advice.declined] == [one.remedy for one in before]
    assert advice.unanswered == ()


@pytest.mark.parametrize("state", [PlanState.PLANNED, PlanState.DONE])
def test_a_suggestion_knows_what_was_decided(
    knowledge: Knowledge, matcher: Matcher, state: PlanState
) -> None:
    """What is planned or done keeps its rank; only what is done makes room in this week's few."""
    journey_map = map_of(stage(Phase.TERIMA, LATE_PARCEL))
    before = advise(journey_map, knowledge, matcher).suggestions
    first = before[0].remedy

    after = advise(decided(journey_map, first.id, state), knowledge, matcher).suggestions

    assert [one.remedy for one in after] == [one.remedy for one in before]
    assert [one.state for one in after[:2]] == [state, None]
    assert (first in [one.remedy for one in this_week(after)]) is (state is PlanState.PLANNED)
