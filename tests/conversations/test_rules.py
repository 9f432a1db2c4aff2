"""The rules of the conversation, one promise after the other."""

import pytest

from conversations.blocks import BACK, DONE, EXAMPLE, JOIN, KEEP, SEVERAL, SKIP
from conversations.commands import Command
from conversations.events import Courtesy, Medium
from conversations.interview import TABLE
from conversations.replies import MapText, Question, Toast
from conversations.requests import Drawing, DrawPicture, EraseMap, EraseOwner, KeepAnswer, KeepFeedback
from conversations.steps import StepId
from journey import gaps
from journey.limits import ENTRIES_PER_CELL, STAGES
from journey.model import Element, Entry, Language, Speed, Status
from journey.phases import Phase
from journey.presets import STAGES as PRESET_STAGES
from journey.presets import Preset
from tests.conversations.owner import Owner, said_words

MOST_TAPS = 30

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
    owner.stands_at(StepId.PRESET)


def test_a_changed_answer_leaves_later_answers() -> None:
    """Someone who corrects an early answer goes on where they were."""
    owner = Owner.at_preset()
    goal = owner.the_map.persona.goal
    owner.chooses(BACK, BACK, BACK)

    owner.types("Ibu muda di komplek")

    assert owner.the_map.persona.name == Entry("Ibu muda di komplek")
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
    owner.chooses("score.2", BACK)

    assert owner.ticked == ("own.0",)

    owner.chooses("own.0", "f.puas", DONE)
    assert owner.texts(1, Element.FEELINGS) == ("Puas",)


def test_entries_of_another_trade_can_still_be_unticked() -> None:
    """After a change of the line of business, chips of the old one stay where they were chosen."""
    owner = Owner.at_review()
    said = owner.texts(1, Element.TOUCHPOINTS)
    owner.chooses("review_shop", "cell.business", "fashion", "stage.s1", "cell.touchpoints.s1")

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


# Rule 6: several choices.


def test_one_tap_leads_on_in_a_quick_map() -> None:
    """In Kilat a chip is stored at once, and the next question comes."""
    owner = Owner.at_stages()

    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.FEELINGS, stage=1)
    assert len(owner.texts(1, Element.TOUCHPOINTS)) == 1


def test_several_chips_are_ticked_and_unticked() -> None:
    """With ticks the question stays until it is done; a second tap takes the tick away."""
    owner = Owner.at_stages()
    owner.chooses(SEVERAL)
    first, second, *_ = owner.offered

    owner.chooses(first, second, first)

    assert owner.ticked == (second,)
    owner.chooses(DONE)
    owner.stands_at(StepId.FEELINGS, stage=1)
    assert len(owner.texts(1, Element.TOUCHPOINTS)) == 1


def test_done_appears_with_the_first_tick() -> None:
    """Nothing chosen is nothing to be done with."""
    owner = Owner.at_stages("full")
    assert DONE not in owner.offered

    owner.chooses(owner.offered[0])

    assert DONE in owner.offered


def test_a_seventh_entry_is_refused_politely() -> None:
    """A cell holds six; the next tap says so and changes nothing."""
    owner = Owner.at_stages("full")
    seven = owner.offered[: ENTRIES_PER_CELL + 1]
    owner.chooses(*seven[:-1])
    before = owner.the_map

    owner.chooses(seven[-1])

    assert owner.the_map == before
    assert "toast.cell_full" in owner.told


def test_more_than_eight_chips_have_pages() -> None:
    """Eight chips a page; the pages together show each chip once."""
    owner = Owner.at_stages()
    seen = [option for option in owner.offered if option.startswith("t.")]
    assert len(seen) == 8
    page = 1
    while f"!page.{page}" in owner.offered:
        owner.chooses(f"!page.{page}")
        seen += [option for option in owner.offered if option.startswith("t.")]
        page += 1

    assert page > 1
    assert len(seen) == len(set(seen))


def test_own_words_become_a_chip_for_later_stages() -> None:
    """What was typed once is offered at the same question of the next stage."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.taps_first_chips(StepId.PAINS)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    label = owner.buttons[0].label

    assert said_words(label) == "Grup arisan"
    owner.chooses("own.0")
    assert owner.texts(2, Element.TOUCHPOINTS) == ("Grup arisan",)


def test_an_own_feeling_is_offered_later_with_its_score() -> None:
    """An own word for a feeling becomes a chip, and keeps the score it was given."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])
    owner.types("Deg-degan")
    owner.chooses("score.2")
    owner.chooses(owner.offered[0])
    owner.taps_first_chips(StepId.FEELINGS)

    owner.chooses("own.0")

    (feeling,) = owner.stage(2).feelings
    assert (feeling.text, feeling.score) == ("Deg-degan", 2)


def test_two_feelings_make_a_mean() -> None:
    """Excited and anxious at once: two feelings are kept, a third is refused."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0], SEVERAL, "f.puas", "f.khawatir", "f.kesal")

    assert owner.texts(1, Element.FEELINGS) == ("Puas", "Khawatir")
    assert owner.stage(1).score == 3
    assert "toast.cell_full" in owner.told


# Rule 7: several items in one message.


@pytest.mark.parametrize(
    "text", ["Instagram\nTikTok\nSpanduk", "Instagram, TikTok, Spanduk", "1. Instagram 2. TikTok 3. Spanduk"]
)
def test_a_typed_list_becomes_entries_and_is_shown_back(text: str) -> None:
    """Lines, commas and numbers part entries; the question stays for a check."""
    owner = Owner.at_stages()

    owner.types(text)

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Instagram", "TikTok", "Spanduk")
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    assert owner.told[0] == "lead.noted"
    owner.chooses(DONE)
    owner.stands_at(StepId.FEELINGS, stage=1)


def test_a_list_taken_apart_wrongly_is_joined_again() -> None:
    """One tap makes one entry of what was meant as one."""
    owner = Owner.at_stages()
    owner.types("Mahal, lama, ribet")

    owner.chooses(JOIN)

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Mahal, lama, ribet",)
    assert JOIN not in owner.offered


def test_joining_into_a_full_cell_changes_nothing() -> None:
    """Parts that were unticked for six other chips don't come back as a seventh."""
    owner = Owner.at_stages()
    owner.types("Satu\nDua")
    owner.chooses("own.0", "own.0")
    owner.chooses(*[option for option in owner.offered if option.startswith("t.")][:ENTRIES_PER_CELL])
    before = owner.the_map

    owner.chooses(JOIN)

    assert owner.the_map == before
    assert owner.told[0] == "lead.cell_full"


def test_what_fits_of_a_long_list_is_kept_and_told() -> None:
    """Of eight lines six are kept; the owner is told which, and that the cell is full."""
    owner = Owner.at_stages()

    owner.types("\n".join(f"Tempat {number}" for number in range(8)))

    kept = tuple(f"Tempat {number}" for number in range(6))
    assert owner.texts(1, Element.TOUCHPOINTS) == kept
    assert owner.told[:2] == ("lead.noted", "lead.cell_full")
    assert KeepAnswer(StepId.TOUCHPOINTS, "s1", kept) in owner.requests


# Rule 8: the example.


def test_an_example_is_shown_and_never_filled_in() -> None:
    """Contoh tells an example and leaves map and question alone."""
    owner = Owner.at_stages("full")
    before = owner.the_map

    owner.chooses(EXAMPLE)

    assert owner.told[0] == "lead.example"
    assert owner.the_map == before
    owner.stands_at(StepId.ACTIONS, stage=1)


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
    """Halo and makasih are greeted, not stored."""
    owner = Owner.at_goal()

    owner.greets(courtesy)

    assert owner.told == (f"courtesy.{courtesy}", "ask.goal")
    assert owner.the_map.goal is None


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


# Rule 11: commands in every state.


def screens() -> dict[str, Owner]:
    """Return owners at every kind of screen, by what they are doing."""
    choosing, sure, editing, scoring = (
        Owner.at_preset(),
        Owner.at_stages(),
        Owner.at_stages(),
        Owner.at_stages(),
    )
    editing.chooses(BACK, "own", "stage.s2")
    choosing.chooses("own")
    sure.types("Grup arisan")
    scoring.chooses(scoring.offered[0])
    scoring.types("Deg-degan")
    feedback = Owner.at_goal()
    feedback.commands(Command.FEEDBACK)
    return {
        "welcome": Owner(),
        "business": Owner.at_business(),
        "goal": Owner.at_goal(),
        "preset": Owner.at_preset(),
        "stage_add": choosing,
        "stage_edit": editing,
        "feelings": sure,
        "score": scoring,
        "full": Owner.at_stages("full"),
        "review": Owner.at_review(),
        "done": Owner.finished(),
        "feedback": feedback,
    }


@pytest.mark.parametrize("place", sorted(screens()))
@pytest.mark.parametrize("command", [command for command in Command if command is not Command.NEW])
def test_commands_come_back_to_the_same_question(place: str, command: Command) -> None:
    """Any command works anywhere; /batal then asks the question that was waiting, with all answers kept."""
    owner = screens()[place]
    step, stage, before = owner.session.step, owner.session.stage, owner.journey_map

    owner.commands(command)
    owner.commands(Command.CANCEL)

    assert owner.replies
    assert (owner.session.step, owner.session.stage) == (step, stage)
    assert owner.session.side is None
    assert owner.journey_map == before


def test_a_new_map_keeps_the_old_one_in_the_list() -> None:
    """/baru starts another map; /peta leads back to the first."""
    owner = Owner.at_stages()
    first = owner.the_map
    owner.commands(Command.NEW)
    second = owner.the_map

    owner.commands(Command.MAPS)
    owner.chooses(f"map.{first.id}")

    assert second.id != first.id
    assert owner.the_map == first
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)


def test_resume_goes_on_with_the_open_map() -> None:
    """/lanjut asks the waiting question, with a word of welcome."""
    owner = Owner.at_stages()
    owner.commands(Command.START)

    owner.commands(Command.RESUME)

    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    assert owner.told[0] == "lead.resumed"


def test_the_welcome_offers_the_unfinished_map_first() -> None:
    """Who comes back sees Lanjutkan with the stage before anything else."""
    owner = Owner.at_stages()

    owner.commands(Command.START)

    assert owner.offered[0] == f"map.{owner.the_map.id}"
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)


def test_feedback_is_kept_and_the_question_comes_back() -> None:
    """/masukan takes one message, with or without words behind the command."""
    owner = Owner.at_goal()

    owner.commands(Command.FEEDBACK)
    owner.types("Bagus, tapi kepanjangan")

    assert owner.requests == (KeepFeedback("Bagus, tapi kepanjangan"),)
    owner.stands_at(StepId.GOAL)
    owner.commands(Command.FEEDBACK, "Mantap")
    assert owner.requests == (KeepFeedback("Mantap"),)
    owner.stands_at(StepId.GOAL)


def test_the_example_is_shown_and_copied_as_a_start() -> None:
    """Lihat contoh shows text and pictures; its copy stands at the review and leaves the shop alone."""
    owner = Owner.at_stages(business="fashion")
    owner.commands(Command.EXAMPLE)
    assert any(isinstance(reply, MapText) for reply in owner.replies)
    assert isinstance(owner.requests[0], DrawPicture)
    assert owner.requests[0].drawing is Drawing.EXAMPLE

    owner.chooses("copy")

    owner.stands_at(StepId.REVIEW)
    assert len(owner.the_map.stages) == 5
    assert owner.session.shop.business == "fashion"
    owner.chooses("finish")
    owner.stands_at(StepId.DONE)


# Rule 12: double taps and old buttons.


def test_a_double_tap_stores_once() -> None:
    """The second tap of a hurried finger is answered and changes nothing."""
    owner = Owner.at_stages()
    revision = owner.session.revision
    option = owner.offered[0]
    owner.chooses(option)
    after = (owner.session, owner.the_map)

    owner.taps_old(option, revision=revision)

    assert (owner.session, owner.the_map) == after
    assert [reply.key.name for reply in owner.replies if isinstance(reply, Toast)] == ["toast.stale"]
    assert not any(isinstance(reply, Question) for reply in owner.replies)


# Rule 13: confirm only what destroys.


@pytest.mark.parametrize("what", ["erase_map", "erase_all"])
def test_erasing_asks_once_with_the_safe_button_first(what: str) -> None:
    """/hapus asks back, and the first button keeps everything."""
    owner = Owner.at_stages()
    before = owner.the_map
    owner.commands(Command.DELETE)
    owner.chooses(what)

    assert owner.offered == ("keep_it", "erase_yes")

    owner.chooses("keep_it")
    assert owner.the_map == before
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)


def test_erasing_a_map_leaves_the_others() -> None:
    """The erased map is gone from the list, and the shop is still known."""
    owner = Owner.at_stages()
    gone = owner.the_map.id
    owner.commands(Command.DELETE)

    owner.chooses("erase_map", "erase_yes")

    assert owner.requests == (EraseMap(gone),)
    assert owner.journey_map is None
    owner.stands_at(StepId.WELCOME)
    assert owner.session.shop.business == "kopi"


def test_erasing_everything_forgets_the_owner() -> None:
    """After /hapus nothing of the person is left in the session but the language."""
    owner = Owner.at_stages()
    owner.commands(Command.DELETE)

    owner.chooses("erase_all", "erase_yes")

    assert owner.requests == (EraseOwner(),)
    assert owner.journey_map is None
    assert owner.session.consent is None
    assert owner.session.shop.business is None
    assert owner.session.typings == ()


# Rule 14: acknowledge meaning.


@pytest.mark.parametrize(
    ("feeling", "told"), [("f.kesal", "lead.mood_low"), ("f.puas", "lead.mood_high"), ("f.biasa", None)]
)
def test_a_feeling_is_acknowledged(feeling: str, told: str | None) -> None:
    """A low and a high feeling get a word before the next question, an even one none."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])

    owner.chooses(feeling)

    assert owner.told[:-1] == ((told,) if told else ())
    owner.stands_at(StepId.PAINS, stage=1)


# Rule 17: the review.


def test_every_line_of_the_review_leads_to_its_question_and_back() -> None:
    """Shop, persona and each stage's lines are buttons; an answer returns to the review."""
    for part in ("review_shop", "review_persona", "stage.s1", "stage.s6"):
        owner = Owner.at_review()
        owner.chooses(part)
        lines = [option for option in owner.offered if option.startswith("cell.")]
        assert lines
        for line in lines:
            owner.chooses(line)
            assert str(owner.session.step) == line.split(".")[1]
            owner.chooses(BACK)
            owner.stands_at(StepId.REVIEW)
            owner.chooses(part)


def test_an_edit_from_the_review_returns_to_it() -> None:
    """One changed line, and the whole map is on screen again."""
    owner = Owner.at_review()
    owner.chooses("review_persona", "cell.persona_worry")

    owner.types("Takut kopinya basi")

    owner.stands_at(StepId.REVIEW)
    assert owner.the_map.persona.worry == Entry("Takut kopinya basi")
    assert owner.question.map_text == owner.the_map


def owner_with_a_gap() -> Owner:
    """Return an owner who finishes a map whose seventh stage is empty."""
    owner = Owner.at_review()
    owner.chooses("stages", "add", "ajak", BACK, "finish")
    return owner


def test_finishing_asks_for_the_first_gap() -> None:
    """With gaps the owner is asked, and can go to the first of them."""
    owner = owner_with_a_gap()

    owner.stands_at(StepId.FINISH_SURE)
    owner.chooses("fill")

    owner.stands_at(StepId.TOUCHPOINTS, stage=7)


def test_an_owner_may_finish_with_gaps() -> None:
    """Who insists gets the pictures; the gaps are written down as accepted."""
    owner = owner_with_a_gap()

    owner.chooses("anyway")

    owner.stands_at(StepId.DONE)
    assert owner.the_map.status is Status.FINISHED
    assert set(gaps.gaps(owner.the_map)) == owner.the_map.accepted


def test_finishing_again_stays_finished() -> None:
    """Looking through a finished map and finishing it again doesn't open it."""
    owner = Owner.finished()

    owner.chooses("edit", "finish")

    owner.stands_at(StepId.DONE)
    assert owner.the_map.status is Status.FINISHED


def test_an_edit_opens_a_finished_map() -> None:
    """A changed map is to be finished anew, and the owner stands where that is done."""
    owner = Owner.at_goal()
    message = owner.types("Biar ramai")
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("finish")

    owner.corrects(message, "Biar makin ramai")

    assert owner.the_map.goal == Entry("Biar makin ramai")
    assert owner.the_map.status is Status.OPEN
    owner.stands_at(StepId.REVIEW)


def test_the_first_finished_stage_is_shown_as_a_picture() -> None:
    """Value early: after the first stage a small preview is drawn, once."""
    owner = Owner.at_stages()
    drawn = []
    while owner.session.screen is not StepId.REVIEW:
        stage = owner.session.stage
        owner.chooses(owner.offered[0])
        drawn += [(stage, request.drawing) for request in owner.requests if isinstance(request, DrawPicture)]

    assert drawn == [("s1", Drawing.PREVIEW)]


# Speeds and presets.


@pytest.mark.parametrize("speed", ["quick", "full"])
@pytest.mark.parametrize("preset", Preset)
def test_every_framework_can_be_walked_through_at_both_speeds(speed: str, preset: Preset) -> None:
    """Tapping the first chip everywhere ends at the review with no gap and the framework's stages."""
    owner = Owner.at_stages(speed, preset)

    while owner.session.screen is not StepId.REVIEW:
        owner.chooses(DONE if DONE in owner.offered else owner.offered[0])

    assert gaps.gaps(owner.the_map) == ()
    assert [stage.phases for stage in owner.the_map.stages] == [
        stage.phases for stage in PRESET_STAGES[preset]
    ]


def test_a_quick_map_takes_at_most_thirty_taps() -> None:
    """From /start to the pictures with the six stages of our own: at most 30 taps, nothing typed."""
    owner = Owner.finished()

    assert owner.taps <= MOST_TAPS
    assert owner.last_message == 0
    assert len(owner.the_map.stages) == 6
    assert isinstance(owner.requests[-1], DrawPicture)


def test_a_quick_map_is_completed_without_asking_again() -> None:
    """Lengkap asks only for what Kilat left out, in order."""
    owner = Owner.finished()
    known = owner.the_map
    owner.chooses("complete")
    asked = []
    while owner.session.screen is not StepId.REVIEW:
        asked.append(owner.session.cell)
        owner.chooses(DONE if DONE in owner.offered else owner.offered[0])

    assert owner.the_map.speed is Speed.FULL
    assert not [cell for cell in asked if gaps.is_answered(known, cell)]
    assert {cell.step for cell in asked if cell.stage} == {"actions", "thoughts", "opportunities"}
    assert owner.the_map.persona.name == known.persona.name


def test_the_next_map_knows_the_shop() -> None:
    """Line of business and name are asked once in a life."""
    owner = Owner.finished()
    shop = owner.the_map.shop

    owner.chooses("begin")

    owner.stands_at(StepId.SPEED)
    assert owner.the_map.shop == shop


def test_choosing_the_same_speed_again_keeps_what_was_put_off() -> None:
    """Going back to the speed and tapping it again asks nothing twice."""
    owner = Owner.at_goal()
    owner.chooses(SKIP, BACK, BACK)
    skipped = owner.the_map.skipped

    owner.chooses("quick")

    assert owner.the_map.skipped == skipped
    owner.stands_at(StepId.PERSONA_NAME)


# Stages of one's own.


def test_own_stages_can_be_typed_as_a_list() -> None:
    """A whole list is taken at once, each name read through the phase it resembles."""
    owner = Owner.at_preset()
    owner.chooses("own")

    owner.types("Lihat postingan Instagram\nTanya harga lewat chat\nBeli di toko\nTerima paket")

    owner.stands_at(StepId.STAGES)
    assert [stage.name for stage in owner.the_map.stages] == [
        "Lihat postingan Instagram",
        "Tanya harga lewat chat",
        "Beli di toko",
        "Terima paket",
    ]
    assert [stage.phase for stage in owner.the_map.stages[2:]] == [Phase.BELI, Phase.TERIMA]


@pytest.mark.parametrize("text", ["-", ";", "• "])
def test_a_lone_bullet_is_no_stage(text: str) -> None:
    """What leaves no name adds no stage."""
    owner = Owner.at_preset()
    owner.chooses("own")

    owner.types(text)

    assert all(stage.name.strip() for stage in owner.the_map.stages)


def test_stages_are_added_up_to_eight() -> None:
    """Eight stages fit; then adding is no longer offered, and a list that is too long adds none."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "add")
    owner.types("Satu\nDua\nTiga")
    assert len(owner.the_map.stages) == 6
    assert owner.told[0] == "lead.too_many_stages"

    owner.types("Tujuh\nDelapan")

    assert len(owner.the_map.stages) == STAGES
    assert "add" not in owner.offered


def test_a_stage_is_renamed_moved_and_removed() -> None:
    """Each change leads back to the list, and what was said moves along."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stages", "stage.s1", "rename")
    owner.types("Dengar dari teman")
    owner.chooses("down", BACK, "stage.s3", "remove")
    owner.stands_at(StepId.STAGE_REMOVE)
    assert owner.offered[0] == "keep_it"
    owner.chooses("remove_yes", BACK)

    owner.stands_at(StepId.REVIEW)
    assert [stage.id for stage in owner.the_map.stages] == ["s2", "s1", "s4", "s5", "s6"]
    assert owner.stage(2).name == "Dengar dari teman"
    assert owner.texts(2, Element.TOUCHPOINTS) == ("Grup arisan",)


def test_an_empty_stage_is_removed_without_a_question() -> None:
    """Only what destroys is confirmed."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "stage.s2")

    owner.chooses("remove")

    owner.stands_at(StepId.STAGES)
    assert len(owner.the_map.stages) == 5


def test_the_same_phase_chosen_again_changes_nothing() -> None:
    """A stage keeps all its phases when the owner confirms its first."""
    owner = Owner.at_stages()
    owner.chooses(BACK, "own", "stage.s1", "phase")
    before = owner.the_map

    owner.chooses("kenal")

    assert owner.the_map == before


def test_another_framework_moves_what_was_said_along() -> None:
    """Changing the framework asks nothing when nothing is lost, and nothing is."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.chooses(BACK, BACK)

    owner.chooses("seed003")

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Grup arisan",)
    assert len(owner.the_map.stages) == 5


def test_a_framework_that_loses_something_asks_first() -> None:
    """When entries would find no room the owner decides, and keeping comes first."""
    owner = Owner.at_stages("full")
    for _ in range(6):
        while owner.session.step is not StepId.TOUCHPOINTS:
            owner.chooses(SKIP)
        owner.chooses(*owner.offered[:4], DONE)
    before = owner.the_map
    while owner.session.step is not StepId.PRESET:
        owner.chooses(BACK)

    owner.chooses("seed003")

    owner.stands_at(StepId.PRESET_SURE)
    assert owner.offered[0] == "keep_it"
    assert owner.the_map == before
    owner.chooses("switch")
    assert len(owner.the_map.stages) == 5


# Languages.


def test_the_language_can_be_switched_in_mid_interview() -> None:
    """Chips are said anew, typed words stay, and the question waits."""
    owner = Owner.at_goal()
    owner.chooses("g.more_buyers")
    owner.types("Ibu muda")
    step = owner.session.step

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    assert owner.session.language is Language.EN
    assert owner.the_map.goal == Entry("Win more new buyers", "g.more_buyers")
    assert owner.the_map.persona.name == Entry("Ibu muda")
    owner.stands_at(step)


def test_a_stage_named_by_a_chip_is_translated() -> None:
    """A stage chosen by its phase is called otherwise in the other language."""
    owner = Owner.at_preset()
    owner.chooses("own", "beli")

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    assert owner.stage(1).name == "Buy"
