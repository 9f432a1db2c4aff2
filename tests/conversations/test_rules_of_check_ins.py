"""Once a month an owner says how customers feel now, a tap a stage, and sees how that moved."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from conversations.blocks import BACK, KEEP, PAGE_PREFIX, SKIP
from conversations.checkin import MONTH, UNDER_WAY
from conversations.checkin_screens import NO_NEWS, NOW, TREND
from conversations.commands import Command
from conversations.privacy import HIDE
from conversations.replies import Key, Note, Parameter, Question
from conversations.requests import Drawing, DrawPicture, KeepVersion
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey.entries import Spot, with_evidence
from journey.limits import ENTRIES_PER_CELL
from journey.model import Element, Entry, Feeling, Status
from tests.conversations.complaints import OWN_SIDE, VAGUE
from tests.conversations.monthly import taps
from tests.conversations.owner import Owner

DAY = 24 * 60


def checking(months: int = 1) -> Owner:
    """Return an owner at the first question of a check-in, that many months after finishing."""
    owner = Owner.finished()
    owner.minutes += months * 30 * DAY
    owner.chooses("check_in_menu", NOW)
    return owner


def scores(owner: Owner) -> list[float]:
    return [one.score for one in owner.the_map.checkins[-1].scores]


def kept_versions(owner: Owner) -> list[int]:
    return [kept.number for kept in owner.versions]


def end_of(owner: Owner) -> Mapping[str, Parameter]:
    """Return what the end of the check-in says."""
    leads = (words for reply in owner.replies if isinstance(reply, Question) for words in reply.lead)
    return next(
        words.parameters for words in leads if isinstance(words, Key) and words.name == "lead.checked"
    )


def test_a_check_in_is_a_tap_a_stage_and_one_more() -> None:
    """From the last screen: eight taps for six stages, nothing typed, and a picture of how it moved."""
    owner = checking()
    before = owner.the_map
    owner.stands_at(StepId.CHECK_IN, 1)

    taps(owner, 5, 4, 3, 2, 1, 5)
    owner.chooses(NO_NEWS)

    owner.stands_at(StepId.DONE)
    assert scores(owner) == [5, 4, 3, 2, 1, 5]
    assert owner.requests[0] == DrawPicture(Drawing.TREND, owner.the_map)
    assert isinstance(owner.replies[0], Note)
    assert owner.replies[0].key.name == "trend.text"
    assert replace(owner.the_map, checkins=()) == before
    assert owner.session.checkin is None
    assert kept_versions(owner) == [1]


def test_the_mean_in_words_leaves_out_what_was_not_known_at_first() -> None:
    """The only stage that moved fell: a happy one that wasn't known before doesn't make it a rise."""
    owner = Owner.finished()
    felt = (4, 2, 2, 2, 2)
    known = (
        replace(stage, feelings=(Feeling("x", score),))
        for stage, score in zip(owner.the_map.stages, felt, strict=False)
    )
    owner.journey_map = replace(
        owner.the_map, stages=(*known, replace(owner.the_map.stages[-1], feelings=()))
    )
    owner.chooses("check_in_menu", NOW)

    taps(owner, 3, 2, 2, 2, 2, 5)
    owner.chooses(NO_NEWS)

    assert isinstance(owner.replies[0], Note)
    told = owner.replies[0].key.parameters
    assert (told["before"], told["after"], told["moved"]) == ("2.4", "2.2", "down")
    assert (told["averaged"], told["left_out"]) == (5, True)


def test_the_feelings_of_the_finish_are_the_first_point() -> None:
    """Kept with the first check-in, so that finishing again later doesn't move them."""
    owner = checking()
    finished = owner.the_map.finished

    taps(owner, 5)

    first, second = owner.the_map.checkins
    assert first.taken == finished
    assert [one.score for one in first.scores] == [stage.score for stage in owner.the_map.stages]
    assert second.taken - first.taken >= MONTH


def test_the_last_known_score_is_shown() -> None:
    """First what was felt at the finish, then what was said a month ago."""
    owner = checking()
    felt = owner.stage(1).score
    assert owner.question.key.parameters["before"] == f"{felt:.0f}"
    taps(owner, 5, 5, 5, 5, 5, 5)
    owner.chooses(NO_NEWS)

    owner.minutes += 30 * DAY
    owner.chooses("check_in_menu", NOW)

    assert owner.question.key.parameters["before"] == "5"


def test_a_stage_can_be_passed_over() -> None:
    """It has a gap then; whoever passes over all of them has no check-in."""
    owner = checking()
    owner.chooses(SKIP)
    taps(owner, 2)
    owner.chooses(SKIP, SKIP, SKIP, SKIP, NO_NEWS)
    assert scores(owner) == [2]

    other = checking()
    other.chooses(*[SKIP] * 6, NO_NEWS)

    assert other.the_map.checkins == ()
    assert "lead.nothing_checked" in other.told
    assert not any(isinstance(request, DrawPicture) for request in other.requests)


def test_going_back_shows_the_answer_and_keeps_the_later_ones() -> None:
    """The old answer stays unless another one is tapped."""
    owner = checking()
    taps(owner, 1, 2, 3)
    owner.chooses(BACK, BACK)
    owner.stands_at(StepId.CHECK_IN, 2)
    assert owner.question.answered == Key("score.2")

    owner.chooses(KEEP)
    owner.stands_at(StepId.CHECK_IN, 4)
    owner.chooses(BACK, BACK, BACK)
    taps(owner, 5)

    owner.stands_at(StepId.CHECK_IN, 4)
    assert sorted(scores(owner)) == [2, 3, 5]


def test_leaving_in_the_middle_loses_nothing() -> None:
    """Another map, a restart, a day later: it goes on at the stage that comes next."""
    owner = checking()
    checked = owner.the_map.id
    taps(owner, 1, 2)
    owner.commands(Command.NEW)
    owner.chooses("quick")
    assert owner.the_map.id != checked
    owner.minutes += DAY

    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{checked}", "map_check")

    owner.stands_at(StepId.CHECK_IN, 3)
    assert scores(owner) == [1, 2]
    taps(owner, 3)
    assert scores(owner) == [1, 2, 3]


def test_a_check_in_left_for_long_is_another_months() -> None:
    """What was said then stays as it was."""
    owner = checking()
    taps(owner, 1, 2)
    owner.chooses(BACK, BACK, BACK)
    owner.stands_at(StepId.DONE)
    owner.minutes += (UNDER_WAY.days + 1) * DAY

    owner.chooses("check_in_menu", NOW)

    owner.stands_at(StepId.CHECK_IN, 1)
    taps(owner, 4)
    assert [len(found.scores) for found in owner.the_map.checkins] == [6, 2, 1]


def test_looking_again_on_the_same_day_changes_the_same_check_in() -> None:
    """A second thought is no second month."""
    owner = checking()
    taps(owner, 1, 1, 1, 1, 1, 1)
    owner.chooses(NO_NEWS, "check_in_menu", NOW)

    taps(owner, 5)

    assert len(owner.the_map.checkins) == 2
    assert sorted(scores(owner)) == [1, 1, 1, 1, 1, 5]


def test_a_new_complaint_makes_a_new_version_by_itself() -> None:
    """The map stays finished; before and after can be compared at once."""
    owner = checking()
    pains = owner.texts(3, Element.PAINS)
    taps(owner, 5, 4, 3, 2, 1, 5)

    owner.chooses(f"stage.{owner.stage(3).id}")
    owner.types("bayar pakai QRIS gagal terus")

    owner.stands_at(StepId.CHECK_IN_NEWS)
    assert owner.texts(3, Element.PAINS) == (*pains, "bayar pakai QRIS gagal terus")
    assert owner.the_map.status is Status.FINISHED
    assert kept_versions(owner) == [1]
    owner.chooses(NO_NEWS)
    assert kept_versions(owner) == [1, 2]
    assert owner.the_map.finished == owner.occasion.now
    assert end_of(owner) == {"complained": True}
    assert "compare" in owner.offered
    assert owner.the_map.checkins[0].taken == owner.versions[0].journey_map.finished


def test_a_version_without_a_new_complaint_is_not_told_as_one() -> None:
    """What was proven since the last version makes one too, and nobody complained."""
    owner = checking()
    taps(owner, 5, 4, 3, 2, 1, 5)
    spot = Spot(owner.stage(1).id, Element.TOUCHPOINTS, 0)
    owner.journey_map = with_evidence(owner.the_map, spot, ("piece",))

    owner.chooses(NO_NEWS)

    assert kept_versions(owner) == [1, 2]
    assert end_of(owner) == {"complained": False}


def test_a_complaint_can_be_typed_before_its_stage_is_named() -> None:
    """Then the stage is asked for; editing the message changes it still."""
    owner = checking()
    owner.chooses(*[SKIP] * 6)
    message = owner.types("kurirnya salah alamat\nkotaknya penyok")
    owner.stands_at(StepId.CHECK_IN_WHERE)
    pains = owner.texts(4, Element.PAINS)

    owner.chooses(f"stage.{owner.stage(4).id}")

    assert owner.texts(4, Element.PAINS) == (*pains, "kurirnya salah alamat", "kotaknya penyok")
    owner.stands_at(StepId.CHECK_IN_NEWS)
    owner.corrects(message, "kurirnya salah rumah")
    assert owner.texts(4, Element.PAINS) == (*pains, "kurirnya salah rumah")
    assert owner.the_map.status is Status.FINISHED


def test_a_complaint_can_be_tapped() -> None:
    """Those that the stage has already aren't offered; the ones it has stay."""
    owner = checking()
    owner.chooses(*[SKIP] * 6, f"stage.{owner.stage(2).id}")
    pains = owner.stage(2).pains
    chip = next(option for option in owner.offered if not option.startswith((PAGE_PREFIX, BACK)))

    owner.chooses(chip)

    assert owner.stage(2).pains[:-1] == pains
    assert owner.stage(2).pains[-1].chip == chip
    owner.chooses(f"stage.{owner.stage(2).id}")
    assert chip not in owner.offered


def test_a_full_stage_says_so() -> None:
    """Nothing is lost silently, and nothing is put out for it."""
    owner = checking()
    full = tuple(Entry(f"keluhan {number}") for number in range(ENTRIES_PER_CELL))
    owner.journey_map = owner.the_map.with_stage(replace(owner.stage(1), pains=full))
    owner.chooses(*[SKIP] * 6, f"stage.{owner.stage(1).id}")

    owner.types("satu lagi")

    assert "lead.cell_full" in owner.told
    assert owner.stage(1).pains == full


@pytest.mark.parametrize(
    ("words", "step"),
    [(OWN_SIDE, StepId.ASK_BACK), (VAGUE, StepId.MEANING)],
)
def test_a_new_complaint_is_asked_about_as_ever(words: str, step: StepId) -> None:
    """From the owner's side, or unclear: the usual short question, then back to the check-in."""
    owner = checking()
    owner.chooses(*[SKIP] * 6, f"stage.{owner.stage(1).id}")

    owner.types(words)

    owner.stands_at(step, 1)
    assert owner.the_map.status is Status.FINISHED
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.CHECK_IN_NEWS)
    owner.chooses(NO_NEWS)
    assert kept_versions(owner) == [1, 2]
    assert words in owner.texts(1, Element.PAINS)


def test_a_number_in_a_complaint_is_pointed_out() -> None:
    """Before the stage is named as well as behind it, and it can be taken out."""
    owner = checking()
    owner.chooses(*[SKIP] * 6)
    owner.types("bu rini 081234567890 kesal")
    owner.stands_at(StepId.CHECK_IN_WHERE)

    owner.chooses(HIDE, f"stage.{owner.stage(1).id}")

    assert owner.texts(1, Element.PAINS)[-1] == "bu rini … kesal"


def test_a_step_back_leaves_check_ins_alone() -> None:
    """The complaint goes, what was felt stays."""
    owner = checking()
    taps(owner, 5, 4, 3, 2, 1, 5)
    owner.chooses(f"stage.{owner.stage(1).id}")
    owner.types("harganya nggak ditulis")
    owner.chooses(NO_NEWS, "edit")

    owner.chooses(UNDO)

    assert "harganya nggak ditulis" not in owner.texts(1, Element.PAINS)
    assert scores(owner) == [5, 4, 3, 2, 1, 5]


def test_how_it_moved_can_be_seen_again() -> None:
    """From the menu, once there is a check-in."""
    owner = checking()
    assert TREND not in owner.offered
    taps(owner, 5, 4, 3, 2, 1, 5)
    owner.chooses(NO_NEWS, "check_in_menu")

    owner.chooses(TREND)

    assert owner.requests[0] == DrawPicture(Drawing.TREND, owner.the_map)
    owner.stands_at(StepId.CHECK_IN_MENU)


def test_a_map_without_versions_keeps_what_it_said_before() -> None:
    """One that was finished elsewhere gets two versions at its first complaint."""
    owner = checking()
    owner.versions = ()
    before = owner.the_map
    owner.chooses(*[SKIP] * 6, f"stage.{owner.stage(1).id}")

    owner.types("harganya nggak ditulis")

    assert [request.journey_map for request in owner.requests if isinstance(request, KeepVersion)] == [before]
    owner.chooses(NO_NEWS)
    assert kept_versions(owner) == [1, 2]
