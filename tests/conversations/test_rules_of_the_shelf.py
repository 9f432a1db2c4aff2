"""The rules of several maps: the list, going on with one of them, renaming, copying, archiving, erasing."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, PAGE
from conversations.commands import Command
from conversations.replies import Key
from conversations.requests import SaveMap
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from conversations.undoing import UNDO
from journey.limits import MAPS_PER_OWNER, TITLE_LENGTH
from journey.model import Entry, JourneyMap, Language, Standing, Status
from tests.conversations.owner import MORNING, Owner


def with_two() -> tuple[Owner, JourneyMap, JourneyMap]:
    """Return an owner of two unfinished maps, at the first stage of the second; and the maps."""
    owner = Owner.at_review()
    first = owner.the_map
    owner.commands(Command.NEW)
    owner.chooses("quick")
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    return owner, first, owner.the_map


def with_many(count: int, *, status: Status = Status.OPEN) -> Owner:
    """Return an owner at the review of a map who has so many maps."""
    owner = Owner.at_review()
    for number in range(count - 1):
        finished = MORNING if status is Status.FINISHED else None
        more = replace(
            owner.the_map, id=f"x{number}", status=status, finished=finished, title=f"Peta {number}"
        )
        owner.maps[more.id] = more
    return owner


def at_menu(owner: Owner, journey_map: JourneyMap) -> None:
    """Open the menu of a map from the list."""
    owner.commands(Command.MAPS)
    owner.chooses(f"pick.{journey_map.id}")


def lines(owner: Owner) -> list[Key]:
    """Return the lines on maps that stand above the question."""
    return [words for words in owner.question.lead if isinstance(words, Key) and words.name == "shelf.line"]


# The list.


def test_the_list_says_where_each_map_stands_the_unfinished_first() -> None:
    """Progress, or the day it was finished, and the day of the last change; the newest first of each kind."""
    owner = Owner.finished()
    finished = owner.the_map
    owner.commands(Command.NEW)
    owner.chooses("quick")
    owner.taps_first_chips(StepId.PRESET)
    owner.chooses("umkm")
    owner.taps_first_chips(StepId.FEELINGS)

    owner.commands(Command.MAPS)

    opened, ended = (line.parameters for line in lines(owner))
    assert (opened["stage"], opened["number"], opened["count"]) == (owner.stage(1).name, 1, 6)
    assert (opened["ended"], ended["ended"]) == (False, True)
    assert ended["finished"] == finished.finished
    assert owner.offered[:2] == (f"pick.{owner.the_map.id}", f"pick.{finished.id}")


def test_the_list_has_pages_of_eight() -> None:
    """Nine maps are two pages, and a menu leads back to its page."""
    owner = with_many(PAGE + 1)
    owner.commands(Command.MAPS)
    assert len(lines(owner)) == PAGE

    owner.chooses("!page.1")
    last = owner.offered[0]
    owner.chooses(last, BACK)

    assert owner.offered[0] == last


def test_a_side_trip_to_the_list_changes_nothing() -> None:
    """Looking at another map's menu and going back leads to the same question."""
    owner, first, second = with_two()
    at_menu(owner, first)

    owner.chooses(BACK, BACK)

    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    assert owner.the_map == second


# Going on.


def test_resume_offers_every_unfinished_map_when_there_are_several() -> None:
    """/lanjut says where each stands, the open one first; one tap goes on with it."""
    owner, first, second = with_two()

    owner.commands(Command.RESUME)

    owner.stands_at(StepId.UNFINISHED)
    assert owner.offered[:2] == (f"map.{second.id}", f"map.{first.id}")
    assert [line.parameters["stage"] for line in lines(owner)] == [second.stages[0].name, ""]
    owner.chooses(f"map.{first.id}")
    owner.stands_at(StepId.REVIEW)
    assert owner.the_map == first


def test_start_leads_who_finished_everything_to_their_maps() -> None:
    """Nothing is left to go on with: the greeting doesn't ask for it, and the list is one tap away."""
    owner = Owner.finished()

    owner.commands(Command.START)

    assert owner.question.key.parameters["count"] == 0
    assert owner.offered == ("begin", "maps", "example", "explain")
    owner.chooses("maps")
    owner.stands_at(StepId.MAPS)


def test_start_offers_every_unfinished_map() -> None:
    """The greeting has a button to each, the open one first."""
    owner, first, second = with_two()

    owner.commands(Command.START)

    assert owner.offered[:3] == (f"map.{second.id}", f"map.{first.id}", "begin")


def test_more_than_four_unfinished_maps_are_a_list_of_their_own() -> None:
    """The greeting stays short, and leads to all of them."""
    owner = with_many(6)
    owner.commands(Command.START)
    assert len([option for option in owner.offered if option.startswith("map.")]) == 4

    owner.chooses("maps")

    owner.stands_at(StepId.MAPS)
    assert len(lines(owner)) == 6


def test_one_unfinished_map_is_gone_on_with_at_once() -> None:
    """Finished maps don't make /lanjut ask."""
    owner = with_many(3, status=Status.FINISHED)

    owner.commands(Command.RESUME)

    owner.stands_at(StepId.REVIEW)
    assert owner.told[0] == "lead.resumed"


# Renaming.


def test_the_open_map_is_renamed_from_the_list_and_back_again() -> None:
    """The new name shows at once; it is a change like any other, so it can be taken back."""
    owner, _, _ = with_two()
    at_menu(owner, owner.the_map)
    owner.chooses("map_rename")

    owner.types("Ibu muda Bandung")

    owner.stands_at(StepId.MAP_MENU)
    assert owner.the_map.title == "Ibu muda Bandung"
    assert lines(owner)[0].parameters["title"] == "Ibu muda Bandung"
    owner.chooses(BACK, BACK, BACK, "own", UNDO)
    assert owner.the_map.title is None


def test_another_map_is_renamed_while_the_question_waits() -> None:
    """The owner's place in the open map stays as it is."""
    owner, first, second = with_two()
    at_menu(owner, first)
    owner.chooses("map_rename")

    owner.types("Langganan lama")

    assert owner.maps[first.id].title == "Langganan lama"
    assert owner.the_map == second
    owner.commands(Command.CANCEL)
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    at_menu(owner, first)
    owner.chooses(f"map.{first.id}", "review_shop", UNDO)
    assert owner.the_map == first


@pytest.mark.parametrize("which", [0, 1])
def test_the_name_a_map_has_already_changes_nothing(which: int) -> None:
    """Of the open map or another: nothing is saved, and the step back still leads to the name before."""
    owner, *maps = with_two()
    at_menu(owner, maps[which])
    owner.chooses("map_rename")
    owner.types("Langganan")
    renamed, earlier = owner.maps[maps[which].id], dict(owner.earlier)
    owner.chooses("map_rename")

    owner.types("Langganan")

    owner.stands_at(StepId.MAP_MENU)
    assert owner.requests == ()
    assert owner.maps[renamed.id] == renamed
    assert owner.earlier == earlier


def test_a_finished_map_stays_finished_under_another_name() -> None:
    """A name says nothing about customers: the map needs no finishing again."""
    owner = Owner.finished()
    at_menu(owner, owner.the_map)
    owner.chooses("map_rename")

    owner.types("Peta 2026")

    assert owner.the_map.status is Status.FINISHED


def test_a_name_that_is_too_long_is_asked_again() -> None:
    """The owner is told how long it may be."""
    owner, _, second = with_two()
    at_menu(owner, second)
    owner.chooses("map_rename")

    owner.types("x" * (TITLE_LENGTH + 1))

    assert owner.told[0] == "reject.long"
    owner.stands_at(StepId.MAP_RENAME)
    assert owner.the_map == second


# Copying.


def test_a_copy_asks_who_the_other_customer_is() -> None:
    """Shop, goal, stages and touchpoints come along; nothing that the first customer did, felt or said."""
    owner = Owner.finished()
    source = owner.the_map
    at_menu(owner, source)

    owner.chooses("map_copy")

    owner.stands_at(StepId.PERSONA_NAME)
    copied = owner.the_map
    assert copied.id != source.id
    assert (copied.shop, copied.goal, copied.preset) == (source.shop, source.goal, source.preset)
    assert [stage.name for stage in copied.stages] == [stage.name for stage in source.stages]
    assert [stage.touchpoints for stage in copied.stages] == [stage.touchpoints for stage in source.stages]
    assert not any(stage.feelings or stage.pains or stage.actions for stage in copied.stages)
    assert copied.status is Status.OPEN
    assert copied.persona.name is None
    assert owner.maps[source.id] == source


def test_what_another_customer_said_is_a_guess_for_this_one() -> None:
    """A touchpoint that one kind of customer named isn't known to be the other's."""
    owner = Owner.finished()
    named = (Entry("Grup arisan", standing=Standing.CUSTOMER),)
    first = replace(owner.stage(1), touchpoints=named)
    owner.journey_map = owner.maps[owner.the_map.id] = owner.the_map.with_stage(first)
    at_menu(owner, owner.the_map)

    owner.chooses("map_copy")

    assert owner.stage(1).touchpoints == (Entry("Grup arisan"),)


def test_a_copy_speaks_the_language_of_the_chat() -> None:
    """A map of before the change of language is copied in today's words."""
    owner, first, _ = with_two()
    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")
    at_menu(owner, first)

    owner.chooses("map_copy")

    assert owner.the_map.language is Language.EN
    assert owner.stage(1).name != first.stages[0].name


def test_a_hundred_maps_are_the_most() -> None:
    """The owner is told kindly; nothing is copied or begun."""
    owner = with_many(MAPS_PER_OWNER)
    known = owner.the_map
    at_menu(owner, known)

    owner.chooses("map_copy")

    assert owner.told[0] == "toast.too_many_maps"
    assert len(owner.maps) == MAPS_PER_OWNER
    assert owner.the_map == known


# The archive.


def test_an_archived_map_is_out_of_the_way() -> None:
    """It is in a list of its own, and neither /lanjut nor /start offers it."""
    owner, first, second = with_two()
    at_menu(owner, first)

    owner.chooses("map_archive")

    owner.stands_at(StepId.MAPS)
    assert owner.offered[:2] == (f"pick.{second.id}", "archive")
    owner.commands(Command.RESUME)
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    owner.commands(Command.START)
    assert f"map.{first.id}" not in owner.offered
    owner.commands(Command.MAPS)
    owner.chooses("archive")
    assert owner.offered[0] == f"pick.{first.id}"


def test_the_open_map_is_closed_when_it_is_archived() -> None:
    """Then there is no open map; what was said is in the archive, word for word."""
    owner, _, second = with_two()
    at_menu(owner, second)

    owner.chooses("map_archive", BACK)

    owner.stands_at(StepId.WELCOME)
    assert owner.journey_map is None
    assert owner.maps[second.id] == second


def test_a_map_is_taken_out_of_the_archive() -> None:
    """By its button, or by opening it."""
    owner, first, _ = with_two()
    at_menu(owner, first)
    owner.chooses("map_archive", "archive", f"pick.{first.id}", "map_unarchive")
    assert f"pick.{first.id}" in owner.offered
    owner.chooses(f"pick.{first.id}", "map_archive", "archive", f"pick.{first.id}")

    owner.chooses(f"map.{first.id}")

    assert owner.told[0] == "lead.unarchived"
    assert owner.the_map == first
    assert owner.archived == set()


# Erasing.


def test_another_map_is_erased_while_the_question_waits() -> None:
    """It is named and confirmed, the safe way first; the open map stays."""
    owner, first, second = with_two()
    at_menu(owner, first)
    owner.chooses("map_erase")
    owner.stands_at(StepId.ERASE_MAP)
    assert owner.offered[0] == "keep_it"
    owner.chooses("keep_it")
    owner.stands_at(StepId.MAP_MENU)

    owner.chooses("map_erase", "erase_yes")

    assert set(owner.maps) == {second.id}
    assert owner.the_map == second
    owner.commands(Command.CANCEL)
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)


def test_the_open_map_is_erased_from_its_menu() -> None:
    """It can be brought back; behind that the owner is greeted, with the other map to go on with."""
    owner, first, second = with_two()
    at_menu(owner, second)

    owner.chooses("map_erase", "erase_yes")

    owner.stands_at(StepId.RESTORE)
    owner.chooses(BACK)
    owner.stands_at(StepId.WELCOME)
    assert set(owner.maps) == {first.id}


def test_a_menu_survives_a_restart_and_the_loss_of_its_map() -> None:
    """The session knows whose menu is open; when that map is gone, the list is shown."""
    owner, first, _ = with_two()
    at_menu(owner, first)
    owner.session = load_session(dump_session(owner.session))
    owner.replies = ()
    assert f"map.{first.id}" in owner.offered

    del owner.maps[first.id]

    assert f"map.{first.id}" not in owner.offered
    assert owner.question.key.name == "ask.maps"
    assert not any(isinstance(request, SaveMap) for request in owner.requests)
