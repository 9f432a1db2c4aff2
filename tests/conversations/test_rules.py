"""The rules of the conversation: chips and words, back, skipping, misfits, small talk."""

import pytest

from conversations.blocks import BACK, DONE, KEEP, SEVERAL, SKIP
from conversations.events import Courtesy, Medium
from conversations.interview import TABLE
from conversations.steps import StepId
from journey.model import Element, Entry
from tests.conversations.owner import Owner, said_words

# Rule 1: chips fit, and typing works as well.


def test_chips_fit_the_trade_and_the_phase() -> None:
    """A coffee seller's first touchpoints are those of coffee, of the phases of the stage."""
    owner = Owner.at_stages(business="kopi")

    first = owner.offered[0]

    assert first.startswith("t.kopi.")


def test_a_typed_answer_counts_like_a_tapped_one() -> None:
    """A goal in one's own words is kept as typed and leads on."""
    owner = Owner.at_goal()

    owner.types("Biar pelanggan\nnggak kabur")

    assert owner.the_map.goal == Entry("Biar pelanggan nggak kabur")
    owner.stands_at(StepId.PERSONA_NAME)


def test_a_chip_stores_its_full_words() -> None:
    """The button is short; the map keeps the chip's full text and its id."""
    owner = Owner.at_goal()

    owner.chooses("g.more_buyers")

    assert owner.the_map.goal == Entry("Menambah pembeli baru", "g.more_buyers")


@pytest.mark.parametrize("question", [StepId.BUSINESS, StepId.SPEED, StepId.PRESET])
def test_words_at_a_choice_ask_for_a_choice(question: StepId) -> None:
    """Where only the buttons make sense, other words store nothing and say so."""
    owner = Owner.at_business()
    while owner.session.step is not question:
        owner.chooses(owner.offered[0])

    owner.types("terserah")

    owner.stands_at(question)
    assert owner.told[0] == "reject.pick"


# Rule 4: back keeps answers.


def test_back_shows_the_old_answer_and_keeps_it() -> None:
    """Going back changes nothing; the old answer is shown and one tap keeps it."""
    owner = Owner.at_preset()
    before = owner.the_map

    owner.chooses(BACK, BACK)

    owner.stands_at(StepId.PERSONA_TENURE)
    assert owner.the_map == before
    answered = owner.question.answered
    assert answered is not None
    assert said_words(answered) == before.persona.tenure.text if before.persona.tenure else False
    owner.chooses(KEEP)
    owner.stands_at(StepId.PERSONA_GOAL)
    owner.chooses(KEEP)
    owner.stands_at(StepId.PRESET)


def test_a_changed_answer_leaves_later_answers() -> None:
    """Someone who corrects an early answer comes by the later ones step by step, each kept by one tap."""
    owner = Owner.at_preset()
    goal = owner.the_map.persona.goal
    owner.chooses(BACK, BACK, BACK)

    owner.types("Ibu muda di komplek")

    assert owner.the_map.persona.name == Entry("Ibu muda di komplek")
    owner.stands_at(StepId.PERSONA_TENURE)
    owner.chooses(KEEP, KEEP)
    assert owner.the_map.persona.goal == goal
    owner.stands_at(StepId.PRESET)


def test_back_leads_to_the_very_first_question() -> None:
    """From the review back to the welcome, question by question, with nothing lost."""
    owner = Owner.at_review()
    before = owner.the_map

    for _ in range(60):
        if owner.session.screen is StepId.WELCOME:
            break
        owner.chooses(BACK)

    owner.stands_at(StepId.WELCOME)
    assert owner.the_map == before


def test_a_kept_own_feeling_is_shown_and_can_be_changed() -> None:
    """An own word for a feeling is ticked when the owner comes back, and can be unticked."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])
    owner.types("Deg-degan")
    owner.chooses("score.2", BACK, SEVERAL)

    assert owner.ticked == ("own.0",)

    owner.chooses("own.0", "f.puas", DONE)
    assert owner.texts(1, Element.FEELINGS) == ("Puas",)


def test_entries_of_another_trade_can_still_be_unticked() -> None:
    """After a change of the line of business, chips of the old one stay where they were chosen."""
    owner = Owner.at_review()
    said = owner.texts(1, Element.TOUCHPOINTS)
    owner.chooses("review_shop", "cell.business", "fashion", BACK, "stage.s1", "cell.touchpoints.s1")
    owner.chooses("add_entry")

    assert owner.ticked == ("own.0",)

    owner.chooses("own.0")
    assert said
    assert owner.texts(1, Element.TOUCHPOINTS) == ()


# Rule 5: skipping.


def test_what_was_skipped_is_offered_at_the_end() -> None:
    """A question put off comes back at the end, and its answer leads to the review."""
    owner = Owner.at_goal()
    owner.chooses(SKIP)
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.LEFTOVERS)

    assert owner.offered[0] == "cell.goal"

    owner.chooses("cell.goal", "g.more_buyers")
    owner.stands_at(StepId.REVIEW)


def test_an_owner_may_be_content_with_gaps() -> None:
    """Who has enough goes to the review and is not asked again."""
    owner = Owner.at_goal()
    owner.chooses(SKIP)
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.LEFTOVERS)

    owner.chooses("enough", "finish")

    owner.stands_at(StepId.DONE)


def test_every_optional_question_can_be_skipped() -> None:
    """A full map can be walked through by skipping alone, and says how many were skipped."""
    owner = Owner.at_goal("full")
    skipped = 0
    while owner.session.screen is not StepId.LEFTOVERS:
        if owner.session.screen is StepId.PRESET:
            owner.chooses("umkm")
            continue
        assert TABLE[owner.session.screen].optional
        owner.chooses(SKIP)
        skipped += 1

    assert skipped == 1 + 9 + 6 * 6
    assert owner.question.key.parameters["count"] == skipped


# Rule 9: an answer that doesn't fit.


def test_a_misfit_is_met_with_more_help_each_time() -> None:
    """First what is needed, then an example, then the offer to skip; a good answer goes on."""
    owner = Owner.at_stages()

    owner.types("x" * 281)
    first = owner.told[:-1]
    owner.types("x" * 281)
    second = owner.told[:-1]
    owner.types("x" * 281)
    third = owner.told[:-1]

    assert first == ("reject.long",)
    assert second == ("reject.long", "lead.example")
    assert third == ("reject.long", "lead.example", "lead.offer_skip")
    assert owner.texts(1, Element.TOUCHPOINTS) == ()


@pytest.mark.parametrize("text", ["", "   ", "\u3164", "\u200d", "\ufe0f", "- \u200d", ";"])
def test_words_that_show_nothing_are_no_answer(text: str) -> None:
    """Blanks of every kind are told to be empty, and no entry is stored."""
    owner = Owner.at_stages()

    owner.types(text)

    assert owner.told[0] == "reject.empty"
    assert owner.texts(1, Element.TOUCHPOINTS) == ()


# Rule 10: what is no answer.


@pytest.mark.parametrize("medium", Medium)
def test_what_is_no_text_is_answered_and_the_question_asked_again(medium: Medium) -> None:
    """A sticker or a photo gets a word of its own; nothing is stored."""
    owner = Owner.at_stages()
    before = (owner.session, owner.the_map)

    owner.sends(medium)

    assert owner.told == (f"medium.{medium}", "ask.touchpoints")
    assert (owner.session, owner.the_map) == before


@pytest.mark.parametrize("courtesy", Courtesy)
def test_small_talk_is_answered(courtesy: Courtesy) -> None:
    """Halo and makasih are greeted, who is at a loss gets an example; nothing is stored."""
    owner = Owner.at_goal()

    owner.greets(courtesy)

    helped = ("lead.example",) if courtesy in (Courtesy.UNSURE, Courtesy.PUZZLED) else ()
    assert owner.told == (f"courtesy.{courtesy}", *helped, "ask.goal")
    assert owner.the_map.goal is None


def test_in_a_quick_map_a_new_tap_replaces_the_answer() -> None:
    """Going back and tapping another chip changes the answer and goes on, as the first tap did."""
    owner = Owner.at_stages()
    first, second = owner.offered[:2]
    owner.chooses(first, BACK)

    owner.chooses(second)

    assert len(owner.texts(1, Element.TOUCHPOINTS)) == 1
    owner.stands_at(StepId.FEELINGS, stage=1)


def test_editing_the_latest_answer_changes_it() -> None:
    """The edited message takes the place of the words it held before."""
    owner = Owner.at_stages()
    message = owner.types("Instagran")

    owner.corrects(message, "Instagram, TikTok")

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Instagram", "TikTok")
    owner.stands_at(StepId.FEELINGS, stage=1)


def test_editing_an_older_answer_offers_the_way_to_it() -> None:
    """An older message changes nothing by itself; a button leads to its question, and the answer goes on."""
    owner = Owner.at_goal()
    older = owner.types("Biar ramai")
    owner.types("Ibu muda")
    waiting = owner.session.step

    owner.corrects(older, "Biar ramai lagi")

    assert owner.the_map.goal == Entry("Biar ramai")
    owner.chooses("fix.goal")
    owner.stands_at(StepId.GOAL)
    owner.types("Biar ramai lagi")
    assert owner.the_map.goal == Entry("Biar ramai lagi")
    owner.stands_at(waiting)


def test_an_edited_message_of_a_removed_stage_touches_no_other() -> None:
    """A stage added later may get the id of a removed one; old messages don't speak of it."""
    owner = Owner.at_stages()
    message = owner.types("Grup arisan")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stages", "stage.s1", "remove", "remove_yes", "add", "kenal")

    owner.corrects(message, "Grup RT")

    assert owner.stage(6).id == "s1"
    assert owner.texts(6, Element.TOUCHPOINTS) == ()
