"""The rules of commands, old buttons, erasing, acknowledging and languages."""

import pytest

from conversations.blocks import BACK
from conversations.commands import Command
from conversations.replies import MapText, Question, Toast
from conversations.requests import Drawing, DrawPicture, EraseMap, EraseOwner, KeepFeedback
from conversations.steps import StepId
from journey.model import Entry, Language
from tests.conversations.owner import Owner

# Rule 11: commands in every state.


def at_shapes() -> Owner:
    owner = Owner.finished()
    owner.chooses("shapes")
    return owner


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
        "shapes": at_shapes(),
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
    owner.chooses(f"pick.{first.id}", f"map.{first.id}")

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
    """Lihat contoh shows pictures, the text on a tap; its copy stands at the review, the shop stays."""
    owner = Owner.at_stages(business="fashion")
    owner.commands(Command.EXAMPLE)
    assert isinstance(owner.requests[0], DrawPicture)
    assert owner.requests[0].drawing is Drawing.EXAMPLE
    owner.chooses("text")
    assert any(isinstance(reply, MapText) for reply in owner.replies)

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
    assert [reply.key.name for reply in owner.replies if isinstance(reply, Toast)] == ["toast.twice"]
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
