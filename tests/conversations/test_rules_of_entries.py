"""The rules of editing one entry: each can be changed, moved to another stage and removed."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, DONE
from conversations.replies import Key
from conversations.steps import StepId
from conversations.turns import at
from conversations.undoing import UNDO
from journey.limits import ENTRIES_PER_CELL
from journey.model import Element, Entry, Feeling, JourneyMap, Standing, Status
from tests.conversations.owner import Owner
from tests.conversations.patients import healthy_map, with_pains

SLOW = Entry("Lama sampai", chip="p.lama", standing=Standing.CUSTOMER)
WET, DEAR = Entry("Basah kena hujan"), Entry("Ongkirnya mahal", standing=Standing.EVIDENCE)


def at_pains(journey_map: JourneyMap, stage: int) -> Owner:
    """Return an owner who looks at the complaints of a stage in the review."""
    session = replace(Owner().session, map_id=journey_map.id)
    opened = replace(journey_map, status=Status.OPEN)
    owner = Owner(session=at(session, StepId.REVIEW), journey_map=opened, maps={opened.id: opened})
    owner.chooses(f"stage.s{stage}", f"cell.pains.s{stage}")
    return owner


def three_pains() -> Owner:
    """Return an owner at three complaints of the third stage; the fourth has one."""
    journey_map = with_pains(healthy_map(), 3, (SLOW, WET, DEAR))
    return at_pains(with_pains(journey_map, 4, (Entry("Kurirnya galak"),)), 3)


def test_every_entry_of_every_cell_has_its_own_screen() -> None:
    """From the review each single thing that was said is reached, shown in full, and led back from."""
    owner = at_pains(healthy_map(), 1)
    owner.chooses(BACK, BACK)

    for number, stage in enumerate(owner.the_map.stages, start=1):
        for element in Element:
            held = stage.entries(element)
            if not held:
                continue
            owner.chooses(f"stage.{stage.id}", f"cell.{element}.{stage.id}")
            for place, entry in enumerate(held):
                owner.chooses(f"entry.{place}")
                owner.stands_at(StepId.ENTRY, stage=number)
                assert owner.question.key.parameters["text"] == entry.text
                owner.chooses(BACK)
            owner.chooses(BACK, BACK)
    owner.stands_at(StepId.REVIEW)


def test_changed_words_stay_in_their_place_and_keep_their_standing() -> None:
    """Who said it doesn't change when the owner words it better; it is no ready chip any more."""
    owner = three_pains()
    owner.chooses("entry.0", "entry_edit")

    owner.types("Paketnya lama, tiga hari")

    owner.stands_at(StepId.ENTRY)
    changed = Entry("Paketnya lama, tiga hari", standing=Standing.CUSTOMER)
    assert owner.stage(3).pains == (changed, WET, DEAR)


def test_an_entry_is_changed_by_a_chip_as_well() -> None:
    """The chips that aren't said yet are offered; one tap puts it in the place."""
    owner = three_pains()
    owner.chooses("entry.1", "entry_edit")
    chip = next(option for option in owner.offered if not option.startswith("own."))

    owner.chooses(chip)

    first, changed, last = owner.stage(3).pains
    assert (first, last) == (SLOW, DEAR)
    assert changed.chip == chip


@pytest.mark.parametrize("text", ["Lama sampai", "x" * 281, "  "])
def test_words_that_cannot_stand_there_change_nothing(text: str) -> None:
    """Said already, too long or nothing: the owner is told why, and is asked again."""
    owner = three_pains()
    owner.chooses("entry.1", "entry_edit")

    owner.types(text)

    assert owner.stage(3).pains == (SLOW, WET, DEAR)
    owner.stands_at(StepId.ENTRY_EDIT)
    assert owner.told[0] in ("lead.entry_there", "reject.long", "reject.empty")


def test_an_entry_moves_with_its_chip_and_its_standing() -> None:
    """It stands last in the other stage, the rest keep their places, and what is left here is shown."""
    owner = three_pains()
    owner.chooses("entry.0", "entry_move")

    owner.chooses("stage.s4")

    assert owner.told[0] == "lead.entry_moved"
    assert owner.stage(3).pains == (WET, DEAR)
    assert owner.stage(4).pains == (Entry("Kurirnya galak"), SLOW)
    owner.stands_at(StepId.REVIEW_CELL, stage=3)


def test_a_full_cell_says_so_kindly() -> None:
    """Nothing moves, nothing is dropped, and another stage can be chosen."""
    full = tuple(Entry(f"Keluhan {number}") for number in range(ENTRIES_PER_CELL))
    owner = at_pains(with_pains(with_pains(healthy_map(), 3, (SLOW,)), 4, full), 3)
    before = owner.the_map
    owner.chooses("entry.0", "entry_move")

    owner.chooses("stage.s4")

    assert owner.told[0] == "lead.stage_full"
    assert owner.the_map == before
    owner.stands_at(StepId.ENTRY_MOVE)


def test_the_same_words_are_not_moved_together() -> None:
    """Two entries never become one by moving."""
    owner = at_pains(with_pains(with_pains(healthy_map(), 3, (SLOW,)), 4, (Entry(SLOW.text),)), 3)
    before = owner.the_map
    owner.chooses("entry.0", "entry_move")

    owner.chooses("stage.s4")

    assert owner.told[0] == "lead.entry_there"
    assert owner.the_map == before


def test_the_last_entry_of_a_cell_leads_back_to_the_stage() -> None:
    """Where nothing is left, the stage is shown with its empty line."""
    owner = at_pains(with_pains(healthy_map(), 3, (SLOW,)), 3)

    owner.chooses("entry.0", "entry_remove")

    owner.stands_at(StepId.REVIEW_STAGE, stage=3)
    assert owner.stage(3).pains == ()


def test_adding_asks_the_question_of_the_cell_and_returns() -> None:
    """What is there stays ticked; *Selesai* leads back to the list of entries."""
    owner = three_pains()
    owner.chooses("add_entry")
    owner.stands_at(StepId.PAINS, stage=3)

    owner.types("Kemasannya penyok")
    owner.chooses(DONE)

    owner.stands_at(StepId.REVIEW_CELL, stage=3)
    assert owner.stage(3).pains == (SLOW, WET, DEAR, Entry("Kemasannya penyok"))


def test_a_full_cell_offers_no_adding() -> None:
    """Six is the most."""
    full = tuple(Entry(f"Keluhan {number}") for number in range(ENTRIES_PER_CELL))
    owner = at_pains(with_pains(healthy_map(), 3, full), 3)

    assert "add_entry" not in owner.offered


def test_a_feeling_is_changed_by_a_face() -> None:
    """The other feeling of the stage stays, and the curve follows."""
    owner = Owner.at_review()
    owner.chooses("stage.s2", "cell.feelings.s2", "entry.0", "entry_edit", "f.senang")

    (feeling,) = owner.stage(2).feelings
    assert feeling.chip == "f.senang"
    assert feeling.score == 5


def test_an_own_word_for_a_feeling_is_given_its_score() -> None:
    """Nothing is guessed: how good or bad the new word is, the owner says."""
    owner = Owner.at_review()
    before = owner.the_map
    owner.chooses("stage.s2", "cell.feelings.s2", "entry.0", "entry_edit")

    owner.types("deg-degan. banget")
    owner.stands_at(StepId.ENTRY_SCORE)
    assert owner.the_map == before
    owner.chooses("score.2")

    assert owner.stage(2).feelings == (Feeling("deg-degan. banget", 2),)
    owner.stands_at(StepId.ENTRY, stage=2)


def test_a_screen_whose_entry_is_gone_shows_its_stage() -> None:
    """Added and looked at, then taken back: there is nothing to look at any more."""
    owner = three_pains()
    owner.chooses("add_entry")
    owner.types("Kemasannya penyok")
    owner.chooses(DONE, "entry.3", UNDO)

    owner.stands_at(StepId.REVIEW_STAGE, stage=3)
    assert owner.stage(3).pains == (SLOW, WET, DEAR)


def test_an_entry_on_screen_follows_a_correction() -> None:
    """An edited message changes the entry while its screen is open: the screen goes on with the new words."""
    owner = Owner.at_stages()
    message = owner.types("Grup arisan")
    owner.taps_first_chips(StepId.REVIEW)
    owner.chooses("stage.s1", "cell.touchpoints.s1", "entry.0", "entry_edit")
    assert owner.question.key == Key("ask.entry_edit", {"text": "Grup arisan"})

    owner.corrects(message, "Status WA")

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Status WA",)
    owner.stands_at(StepId.ENTRY_EDIT, stage=1)


def test_words_typed_below_the_entries_are_added_to_them() -> None:
    """Nobody needs the button: a list becomes several entries, and the list of them goes on."""
    owner = three_pains()

    owner.types("Kemasannya penyok\nIsinya kurang")

    owner.stands_at(StepId.REVIEW_CELL, stage=3)
    assert owner.told[0] == "lead.noted"
    assert owner.texts(3, Element.PAINS)[3:] == ("Kemasannya penyok", "Isinya kurang")


def test_one_entry_typed_below_the_others_joins_them() -> None:
    """In a quick map as well, where one answer leads on elsewhere."""
    owner = Owner.at_review()
    owner.chooses("stage.s3", "cell.pains.s3")

    owner.types("Ongkirnya mahal banget")

    owner.stands_at(StepId.REVIEW_CELL, stage=3)
    assert owner.texts(3, Element.PAINS)[1:] == ("Ongkirnya mahal banget",)


def test_a_feeling_typed_below_the_others_is_given_its_score() -> None:
    """Then the list of feelings goes on."""
    owner = Owner.at_review()
    owner.chooses("stage.s2", "cell.feelings.s2")

    owner.types("deg-degan")
    owner.chooses("score.2")

    owner.stands_at(StepId.REVIEW_CELL, stage=2)
    assert owner.stage(2).feelings[-1] == Feeling("deg-degan", 2)


def test_an_entry_moves_up_and_down_in_its_cell() -> None:
    """What stands first is what a picture shows: step by step, and the map says the same things."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.pains.s1", "add_entry")
    owner.types("Fotonya gelap\nBalasnya lama")
    owner.chooses(DONE)
    first, second, third = owner.texts(1, Element.PAINS)

    owner.chooses("entry.0")
    assert "up" not in owner.offered
    owner.chooses("down", "down")

    assert owner.texts(1, Element.PAINS) == (second, third, first)
    assert owner.told == ("lead.entry_shifted", "ask.entry")
    assert "down" not in owner.offered
    owner.chooses("up")
    assert owner.texts(1, Element.PAINS) == (second, first, third)
    owner.chooses(UNDO)
    assert owner.texts(1, Element.PAINS) == (second, third, first)


def test_of_two_feelings_either_may_come_first() -> None:
    """With their scores; a single one has no other place."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.feelings.s1", "entry.0")
    assert not {"up", "down"} & set(owner.offered)
    owner.chooses(BACK, "add_entry", "f.senang", DONE)
    angry, glad = owner.stage(1).feelings

    owner.chooses("entry.1", "up")

    assert owner.stage(1).feelings == (glad, angry)


def test_an_entry_that_was_moved_in_its_cell_keeps_all_it_is() -> None:
    """Chip and standing go along."""
    owner = Owner.at_review()
    owner.chooses("stage.s1", "cell.pains.s1", "add_entry")
    owner.types("Fotonya gelap")
    owner.chooses(DONE)
    before = owner.stage(1).pains

    owner.chooses("entry.1", "up")

    assert owner.stage(1).pains == tuple(reversed(before))
