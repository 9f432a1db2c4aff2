"""What an owner is promised about their data: to see, to take along, to delete and to change their mind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.commands import Command
from conversations.engine import RETENTION_DAYS
from conversations.erasing import MAP_KEPT, OWNER_KEPT
from conversations.events import Courtesy, Medium
from conversations.privacy import HIDE
from conversations.replies import Question
from conversations.requests import (
    BeginAfresh,
    EraseMap,
    EraseOwner,
    HideNumbers,
    KeepFeedback,
    KeepOwner,
    RestoreMap,
    TakeOut,
)
from conversations.steps import StepId
from journey.limits import MAPS_PER_OWNER
from journey.model import Element, Status
from tests.conversations.owner import MORNING, Owner

PHONE = "0812-3456-7890"


def left() -> Owner:
    """Return an owner who has just deleted everything."""
    owner = Owner.at_stages()
    owner.commands(Command.DELETE)
    owner.chooses("erase_all", "erase_yes")
    return owner


# One map.


def test_a_deleted_map_is_off_the_list_and_the_way_back_is_offered() -> None:
    """The map is gone from everywhere, the shop is still known, and one tap undoes it."""
    owner = Owner.at_stages()
    gone = owner.the_map.id
    owner.commands(Command.DELETE)

    owner.chooses("erase_map", "erase_yes")

    assert owner.requests == (EraseMap(gone, owner.occasion.now + MAP_KEPT),)
    assert owner.journey_map is None
    assert owner.told == ("lead.map_erased", "ask.restore")
    assert owner.offered == (f"restore.{gone}", "!back")
    assert owner.session.shop.business == "kopi"
    owner.chooses("!back")
    owner.stands_at(StepId.WELCOME)
    assert f"map.{gone}" not in owner.offered


def test_undoing_brings_the_map_back_where_it_stood() -> None:
    """With all that was said; nothing of it changed."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])
    before, cell = owner.the_map, owner.session.cell
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes")

    owner.chooses(f"restore.{before.id}")

    assert owner.requests[0] == RestoreMap(before.id)
    assert owner.the_map == before
    assert owner.session.cell == cell
    assert owner.told[0] == "lead.map_restored"


def test_a_map_deleted_weeks_ago_is_found_behind_hapus() -> None:
    """Several are listed by name, the one deleted last first; the open map stays open until one is tapped."""
    owner = Owner.at_stages()
    first = owner.the_map
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes", "!back", "begin")
    second = owner.the_map
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes", "!back", "begin")
    third = owner.the_map

    owner.commands(Command.DELETE)
    owner.chooses("restore")

    assert owner.offered == (f"restore.{second.id}", f"restore.{first.id}", "!back")
    assert owner.journey_map == third
    owner.chooses(f"restore.{first.id}")
    assert owner.the_map == first


def test_nothing_deleted_means_no_button_for_it() -> None:
    """/hapus offers to bring back only what can be."""
    owner = Owner.at_stages()

    owner.commands(Command.DELETE)

    assert owner.offered == ("keep_it", "erase_map", "erase_all")


def test_a_full_list_has_no_room_for_a_deleted_map() -> None:
    """It says so, and the deleted map can be brought back later."""
    owner = Owner.at_stages()
    gone = owner.the_map.id
    owner.commands(Command.DELETE)
    owner.chooses("erase_map", "erase_yes")
    deleted, _ = owner.deleted[gone]
    owner.maps = {f"n{number}": replace(deleted, id=f"n{number}") for number in range(MAPS_PER_OWNER)}

    owner.chooses(f"restore.{gone}")

    assert (owner.requests, owner.journey_map) == ((), None)
    assert "toast.too_many_maps" in owner.told


# Everything.


def test_who_deletes_everything_has_a_day_to_undo_it() -> None:
    """The screen says until when; nothing of the old data is spoken of."""
    owner = left()

    assert owner.requests == (EraseOwner(owner.occasion.now + OWNER_KEPT),)
    assert owner.told == ("ask.leaving",)
    assert owner.offered == ("undelete", "afresh")
    assert owner.question.key.parameters == {"until": owner.occasion.now + OWNER_KEPT}


@pytest.mark.parametrize("command", list(Command))
def test_every_command_leads_who_left_to_the_same_choice(command: Command) -> None:
    """/start and all others offer to undo or to begin afresh, and nothing else."""
    owner = left()
    session, journey_map = owner.session, owner.journey_map

    owner.commands(command, "whatever")

    assert (owner.session, owner.journey_map) == (session, journey_map)
    assert (owner.told, owner.requests) == (("ask.leaving",), ())


def test_whatever_who_left_sends_is_not_stored() -> None:
    """Words, stickers, corrections and small talk are answered with the choice."""
    owner = left()
    before = owner.session

    for act in (
        lambda: owner.types("Ibu muda"),
        lambda: owner.corrects(1, "Bapak"),
        lambda: owner.sends(Medium.PHOTO),
        lambda: owner.greets(Courtesy.THANKS),
    ):
        act()
        assert (owner.session, owner.told, owner.requests) == (before, ("ask.leaving",), ())


def test_undoing_brings_everything_back() -> None:
    """The same question is asked again, with all answers."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])
    before, session = owner.the_map, owner.session
    owner.commands(Command.DELETE)
    owner.chooses("erase_all", "erase_yes")

    owner.chooses("undelete")

    assert owner.requests == (KeepOwner(),)
    assert owner.the_map == before
    assert replace(owner.session, revision=session.revision) == session
    assert owner.told[0] == "lead.kept"


def test_beginning_afresh_makes_it_final() -> None:
    """Nothing of the person is left in the session but the language; the consent is asked for again."""
    owner = left()

    owner.chooses("afresh")

    assert owner.requests == (BeginAfresh(),)
    assert owner.journey_map is None
    assert (owner.session.consent, owner.session.shop.business, owner.session.typings) == (None, None, ())
    owner.stands_at(StepId.WELCOME)
    assert owner.offered[0] == "begin"


def test_a_second_tap_of_a_final_button_does_nothing() -> None:
    """A hurried finger can't erase what was begun since."""
    owner = left()
    revision = owner.session.revision
    owner.chooses("afresh")
    after = owner.session

    owner.taps_old("afresh", revision=revision)

    assert (owner.session, owner.requests) == (after, ())
    assert owner.told == ("toast.twice",)


# What is kept.


def test_the_privacy_screen_offers_to_take_everything_along_and_to_delete() -> None:
    """/privasi says since when and how long data are kept, and comes back to the question."""
    owner = Owner.at_stages()

    owner.commands(Command.PRIVACY)

    assert owner.told == ("ask.privacy",)
    assert owner.offered == ("take_out", "erase", "!back")
    assert owner.question.key.parameters["days"] == RETENTION_DAYS
    owner.chooses("!back")
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)


def test_taking_everything_along_asks_for_one_file() -> None:
    """The screen stays; a double tap asks for one file."""
    owner = Owner.at_stages()
    owner.commands(Command.PRIVACY)
    revision = owner.session.revision

    owner.chooses("take_out")

    assert owner.requests == (TakeOut(),)
    assert owner.told == ("takeout.text", "ask.privacy")
    owner.taps_old("take_out", revision=revision)
    assert not owner.requests
    assert owner.told[-1] == "toast.twice"


def test_deleting_is_one_tap_away_from_the_privacy_screen() -> None:
    """Hapus… leads to the same menu as /hapus."""
    owner = Owner.at_stages()
    owner.commands(Command.PRIVACY)

    owner.chooses("erase")

    assert owner.told == ("ask.erase",)


# Away for long.


def warned() -> Owner:
    """Return an owner who was told that everything is erased soon."""
    owner = Owner.at_stages()
    until = MORNING + timedelta(days=30)
    owner.session = replace(owner.session, side=StepId.RETENTION, erases=until)
    owner.replies = ()
    return owner


def test_the_warning_says_when_and_has_one_button() -> None:
    """Nothing else is on the screen to decide about."""
    owner = warned()

    assert owner.offered == ("keep_data",)
    assert owner.question.key.parameters == {"until": MORNING + timedelta(days=30)}


def test_one_tap_keeps_everything() -> None:
    """The question that waited is asked again."""
    owner = warned()

    owner.chooses("keep_data")

    assert owner.session.erases is None
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    assert owner.told[0] == "lead.kept"


def test_any_sign_of_life_keeps_everything() -> None:
    """Words of somebody who doesn't see the question are no answer to it; a command does what it says."""
    owner = warned()
    before = owner.the_map
    owner.types("eh halo, masih ada?")
    assert (owner.the_map, owner.session.erases, owner.told[0]) == (before, None, "lead.kept")
    other = warned()

    other.commands(Command.FEEDBACK, "masih pakai kok")

    assert other.requests == (KeepFeedback("masih pakai kok"),)
    assert (other.session.erases, other.told[0]) == (None, "lead.kept")


# Numbers of customers.


def test_a_customers_number_is_pointed_out_once_with_a_button() -> None:
    """It is stored like any answer; the next question has a kind word and one more button."""
    owner = Owner.at_stages("full")

    owner.types(f"bales lama di {PHONE}")

    assert owner.texts(1, Element.ACTIONS) == (f"bales lama di {PHONE}",)
    assert "lead.private_number" in owner.told
    assert HIDE in owner.offered
    owner.types("rame")
    assert "lead.private_number" not in owner.told
    assert HIDE not in owner.offered


def test_one_tap_takes_the_number_out_of_the_whole_map() -> None:
    """Everywhere it stands; the words around it, other numbers and the question stay."""
    owner = Owner.at_stages("full")
    owner.types("kasir 085700001111")
    owner.types(f"wa {PHONE} centang satu")
    cell = owner.session.cell

    owner.chooses(HIDE)

    assert owner.texts(1, Element.ACTIONS) == ("kasir 085700001111", "wa … centang satu")
    assert owner.requests[0] == HideNumbers(owner.the_map.id, (PHONE,))
    assert owner.session.cell == cell
    assert owner.told[0] == "lead.numbers_hidden"
    assert all(PHONE not in text for typing in owner.session.typings for text in typing.texts)


def test_the_button_is_gone_with_the_next_tap() -> None:
    """Who leaves the number in is not asked again, and the old button does nothing."""
    owner = Owner.at_stages("full")
    owner.types(f"wa {PHONE}")
    revision = owner.session.revision
    owner.chooses("!done")
    before = owner.the_map

    owner.taps_old(HIDE, revision=revision)

    assert owner.the_map == before
    assert isinstance(owner.question, Question)
    assert HIDE not in owner.offered


def test_a_correction_that_brings_a_number_is_noticed_too() -> None:
    """An edited message is an answer like any other."""
    owner = Owner.at_stages("full")
    message = owner.types("bales lama")

    owner.corrects(message, f"bales lama di {PHONE}")

    assert "lead.private_number" in owner.told
    owner.chooses(HIDE)
    assert owner.texts(1, Element.ACTIONS) == ("bales lama di …",)


def test_the_number_in_the_shops_name_is_the_owners_business() -> None:
    """A shop may be called after its own number."""
    owner = Owner.at_business()
    owner.chooses("kopi")

    owner.types(f"Kopi Sari {PHONE}")

    assert owner.the_map.shop.name == f"Kopi Sari {PHONE}"
    assert "lead.private_number" not in owner.told


def test_prices_and_dates_are_no_reason_to_worry() -> None:
    """What sellers write every day passes without a word."""
    owner = Owner.at_stages("full")

    owner.types("ongkir Rp150.000 pas 12.12, 1000 pcs")

    assert "lead.private_number" not in owner.told


def test_a_finished_map_without_the_number_is_open_again() -> None:
    """What was finished is what was said then."""
    owner = Owner.finished()
    owner.chooses("edit", "review_persona", "cell.persona_worry")
    owner.types(f"takut ditelepon {PHONE}")

    owner.chooses(HIDE)

    assert owner.the_map.status is Status.OPEN
    assert owner.the_map.persona.worry is not None
    assert owner.the_map.persona.worry.text == "takut ditelepon …"


@pytest.mark.parametrize("step", [StepId.LEAVING, StepId.RETENTION])
def test_a_screen_that_lost_its_day_is_left(step: StepId) -> None:
    """Without the day it can't say until when: the welcome is asked instead."""
    beside, at = Owner(), Owner()
    beside.session = replace(beside.session, side=step)
    at.session = replace(at.session, step=step)

    asked = [owner.question.key.name for owner in (beside, at)]

    assert asked == ["ask.welcome", "ask.welcome"]
