"""The rules of the review, of finishing, of both speeds and of the taps it takes."""

import pytest

from conversations.blocks import BACK, DONE, EMPTY, SKIP
from conversations.requests import SHAPES, Drawing, DrawPicture
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey import gaps
from journey.model import Cell, Element, Entry, Speed, Status
from journey.presets import STAGES as PRESET_STAGES
from journey.presets import Preset
from tests.conversations.owner import Owner

MOST_TAPS = 30

# Rule 17: the review.


def test_every_line_of_the_review_leads_to_what_it_says_and_back() -> None:
    """Each line of each part is a button to its question, or to the entries it has; going back returns."""
    for part in ("review_shop", "review_persona", "stage.s1", "stage.s6"):
        owner = Owner.at_review()
        owner.chooses(part)
        lines = [option for option in owner.offered if option.startswith("cell.")]
        assert lines
        for line in lines:
            owner.chooses(line)
            asked = str(owner.session.step)
            assert line.split(".")[1] == (owner.session.pending if asked == StepId.REVIEW_CELL else asked)
            owner.chooses(BACK)
            assert line in owner.offered
        owner.chooses(BACK)
        owner.stands_at(StepId.REVIEW)


def test_an_edit_from_the_review_returns_to_it() -> None:
    """One changed line, and the next one of that part can be changed; one step back is the whole map."""
    owner = Owner.at_review()
    owner.chooses("review_persona", "cell.persona_worry")

    owner.types("Takut kopinya basi")

    owner.stands_at(StepId.REVIEW_PERSONA)
    owner.chooses(BACK)
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


def test_the_last_gap_can_be_filled_while_finishing_asks_about_it() -> None:
    """The edited message that fills it leaves nothing to ask: the review is shown again."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0], "f.kesal")
    message = owner.types("antreannya panjang")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stage.s1", "cell.pains.s1", "entry.0", "entry_remove", BACK, "finish")
    owner.stands_at(StepId.FINISH_SURE)

    owner.corrects(message, "antreannya panjang banget")

    owner.stands_at(StepId.REVIEW)
    assert owner.texts(1, Element.PAINS) == ("antreannya panjang banget",)


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


def test_looking_at_a_finished_map_leads_back_to_its_end() -> None:
    """Who looked and changed nothing comes back to the screen they came from, not into the interview."""
    owner = Owner.finished()

    owner.chooses("edit", BACK)

    owner.stands_at(StepId.DONE)


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


# Further shapes.


@pytest.mark.parametrize("shape", SHAPES)
def test_a_finished_map_comes_in_any_shape(shape: Drawing) -> None:
    """One tap asks for it and says so; the owner stays where the next shape is a tap away."""
    owner = Owner.finished()
    owner.chooses("shapes")

    owner.chooses(shape)

    assert owner.requests == (DrawPicture(shape, owner.the_map),)
    assert owner.told == ("lead.drawing", "ask.shapes")
    owner.stands_at(StepId.SHAPES)
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


@pytest.mark.parametrize("option", ["picture", *SHAPES])
def test_a_double_tap_asks_for_one_picture(option: str) -> None:
    """The second tap is told that the first one counted."""
    owner = Owner.finished()
    if option != "picture":
        owner.chooses("shapes")
    revision = owner.session.revision
    owner.chooses(option)

    owner.taps_old(option, revision=revision)

    assert owner.requests == ()
    assert owner.told == ("toast.twice",)


def test_every_picture_has_its_text_a_tap_away() -> None:
    """Where pictures are asked for, the whole map can be read instead."""
    owner = Owner.finished()
    for screen in ("done", "shapes"):
        if screen == "shapes":
            owner.chooses("shapes")
        owner.chooses("text")

        assert owner.told[0] == "MapText"
        assert owner.session.screen == screen


def test_a_map_opened_again_has_no_shapes_yet() -> None:
    """A correction while the shapes are offered leads back to what has to be finished first."""
    owner = Owner.at_goal()
    message = owner.types("Biar ramai")
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("finish", "shapes")

    owner.corrects(message, "Biar makin ramai")

    owner.stands_at(StepId.REVIEW)


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
    assert any(isinstance(request, DrawPicture) for request in owner.requests)


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
    """Going back to the speed and tapping it again loses nothing; the questions behind come one by one."""
    owner = Owner.at_goal()
    owner.chooses(SKIP, BACK, BACK)
    skipped = owner.the_map.skipped

    owner.chooses("quick")

    assert owner.the_map.skipped == skipped
    owner.stands_at(StepId.GOAL)


@pytest.mark.parametrize("line", ["persona_name", "persona_tenure", "goal", "title"])
def test_a_line_can_be_emptied_from_the_review(line: str) -> None:
    """What was wrong may go without something in its place; it is offered once more at the end."""
    owner = Owner.at_review()
    part = "review_persona" if line.startswith("persona") else "review_shop"
    if line == "title":
        owner.chooses(part, "cell.title")
        assert EMPTY not in owner.offered
        owner.types("Peta Sari")
        owner.chooses(BACK)
    before = owner.the_map
    owner.chooses(part, f"cell.{line}")

    owner.chooses(EMPTY)

    owner.stands_at(StepId(part))
    assert owner.told[0] == "lead.emptied"
    assert not gaps.is_answered(owner.the_map, Cell(line))
    assert gaps.leftovers(owner.the_map) == (() if line == "title" else (Cell(line),))
    owner.chooses(UNDO)
    assert owner.the_map == before


@pytest.mark.parametrize("line", ["business", "shop_name"])
def test_what_every_shop_has_is_not_emptied(line: str) -> None:
    """It can be said otherwise."""
    owner = Owner.at_review()

    owner.chooses("review_shop", f"cell.{line}")

    assert EMPTY not in owner.offered


def test_an_answer_in_the_interview_is_not_emptied_but_changed() -> None:
    """There, going back shows it, and no step back would bring it again."""
    owner = Owner.at_preset()

    owner.chooses(BACK)

    assert EMPTY not in owner.offered
