"""Rules of taking a map along as a file, and of bringing one in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.commands import Command
from conversations.replies import Key, Question
from conversations.requests import FILES, DataFile, DrawPicture, EraseMap, ExportMap
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.examples import Example
from journey.limits import MAPS_PER_OWNER
from journey.mapfile import Flaw, Unreadable, read_file, write_file
from journey.model import JourneyMap, Language, Status
from journey.reading import Fault
from tests.content import the_interview
from tests.conversations.owner import MORNING, Owner


def theirs(language: Language = Language.ID) -> JourneyMap:
    """Return a map that somebody else finished yesterday."""
    example: Example = the_interview().example
    shown = example.as_map(language, id="theirs", now=MORNING - timedelta(days=1))
    owner = Owner(journey_map=shown, session=replace(Owner().session, map_id="theirs", step=StepId.REVIEW))
    owner.chooses("finish", "anyway")
    return owner.the_map


def lead_of(owner: Owner) -> Key:
    """Return the first thing said above the question."""
    question = next(reply for reply in owner.replies if isinstance(reply, Question))
    assert isinstance(question.lead[0], Key)
    return question.lead[0]


@pytest.mark.parametrize("file", list(DataFile))
def test_a_finished_map_goes_along_as_a_file(file: DataFile) -> None:
    """One tap asks for it as it is now, and the screen stays."""
    owner = Owner.finished()
    owner.chooses("exports", file)

    assert owner.requests == (ExportMap(file, owner.the_map),)
    assert owner.told == ("lead.packing", "ask.exports")
    owner.chooses("!back")
    owner.stands_at(StepId.DONE)


@pytest.mark.parametrize("drawing", FILES)
def test_an_unfinished_map_goes_along_as_well(drawing: str) -> None:
    """From the review, as pictures too; then the review is there again."""
    owner = Owner.at_review()
    owner.chooses("exports", drawing, "csv")

    assert owner.requests == (ExportMap(DataFile.CSV, owner.the_map),)
    assert owner.the_map.status is Status.OPEN
    owner.chooses(drawing)
    (request,) = owner.requests
    assert isinstance(request, DrawPicture)
    owner.chooses("!back")
    owner.stands_at(StepId.REVIEW)


def test_two_taps_in_a_hurry_ask_for_one_file() -> None:
    """The second is a button of an older screen."""
    owner = Owner.finished()
    owner.chooses("exports")
    revision = owner.session.revision
    owner.taps_old("xlsx", revision=revision)
    owner.taps_old("xlsx", revision=revision)

    assert owner.requests == ()
    assert owner.told == ("toast.twice",)


def test_a_map_from_a_file_is_shown_before_it_is_kept() -> None:
    """Its title and stages; nothing is stored but the offer, which survives a restart."""
    owner = Owner.at_review()
    before = owner.the_map
    owner.hands_in(theirs())

    assert owner.question.key.name == "ask.import"
    assert owner.question.key.parameters["count"] == 5
    assert owner.offered == ("import_yes", "import_no")
    assert owner.journey_map == before
    assert load_session(dump_session(owner.session)) == owner.session


def test_a_yes_makes_it_the_owners_own() -> None:
    """Equal but for the id; it is open where it stands, and the map before stays in the list."""
    owner = Owner.at_review()
    before = owner.the_map
    owner.hands_in(theirs())
    owner.chooses("import_yes")

    assert owner.the_map.id not in ("theirs", before.id)
    assert owner.the_map == replace(theirs(), id=owner.the_map.id)
    assert owner.maps[before.id] == before
    assert owner.session.imported is None
    assert owner.told[:2] == ("import.saved", "lead.old_map_kept")
    owner.stands_at(StepId.DONE)


def test_a_second_tap_imports_once() -> None:
    """The button belongs to a screen that has moved on."""
    owner = Owner.at_review()
    owner.hands_in(theirs())
    revision = owner.session.revision
    owner.taps_old("import_yes", revision=revision)
    first, count = owner.the_map, len(owner.maps)
    owner.taps_old("import_yes", revision=revision)

    assert (owner.the_map, len(owner.maps)) == (first, count)
    assert owner.told == ("toast.twice",)


def test_a_no_keeps_nothing() -> None:
    """The owner is back at the question, with the map as it was."""
    owner = Owner.at_review()
    before = owner.the_map
    owner.hands_in(theirs())
    owner.chooses("import_no")

    assert owner.maps == {before.id: before}
    assert owner.session.imported is None
    assert owner.told[0] == "import.declined"
    owner.stands_at(StepId.REVIEW)


@pytest.mark.parametrize("command", [Command.START, Command.LANGUAGE, Command.MAPS, Command.CANCEL])
def test_who_turns_to_something_else_is_told_that_nothing_was_kept(command: Command) -> None:
    """An offer isn't left behind without a word."""
    owner = Owner.at_review()
    owner.hands_in(theirs())
    owner.commands(command)

    assert owner.session.imported is None
    assert "import.dropped" in owner.told


@pytest.mark.parametrize("command", [Command.HELP, Command.PRIVACY])
def test_what_is_only_read_leaves_the_offer(command: Command) -> None:
    """Help comes, then the same question again."""
    owner = Owner.at_review()
    owner.hands_in(theirs())
    owner.commands(command)

    owner.stands_at(StepId.IMPORT)
    assert "import.dropped" not in owner.told


def test_another_file_takes_the_place_of_the_first() -> None:
    """And says so."""
    owner = Owner.at_review()
    owner.hands_in(theirs())
    owner.hands_in(replace(theirs(), title="Lain"))

    assert owner.told[0] == "import.replaced"
    assert owner.question.key.parameters["title"] == "Lain"


def test_a_newcomer_brings_a_map_along() -> None:
    """The yes is the consent, as it is at the first map."""
    owner = Owner()
    owner.hands_in(theirs())
    owner.chooses("import_yes")

    assert owner.session.consent is not None
    assert owner.session.map_id == owner.the_map.id
    owner.stands_at(StepId.DONE)


def test_a_map_in_which_nothing_was_said_gives_way() -> None:
    """It would be an empty line in the list."""
    owner = Owner.at_business()
    empty = owner.the_map.id
    owner.hands_in(theirs())
    owner.chooses("import_yes")

    assert owner.requests == (EraseMap(empty),)
    assert list(owner.maps) == [owner.the_map.id]


def test_chips_are_said_in_the_language_of_the_chat() -> None:
    """As they are for every map that is opened; typed words stay."""
    owner = Owner.at_review()
    owner.hands_in(theirs(Language.EN))
    owner.chooses("import_yes")

    assert owner.the_map.language is Language.ID


@pytest.mark.parametrize("when", ["sent", "kept"])
def test_a_hundred_maps_are_enough(when: str) -> None:
    """The limit is told when the file comes, and once more when the list filled up meanwhile."""
    owner = Owner.at_review()
    if when == "kept":
        owner.hands_in(theirs())
    for number in range(MAPS_PER_OWNER):
        owner.maps[f"x{number}"] = replace(owner.the_map, id=f"x{number}")
    count = len(owner.maps)

    if when == "kept":
        owner.chooses("import_yes")
        assert owner.session.imported is not None
    else:
        owner.hands_in(theirs())
        assert owner.session.imported is None
    assert len(owner.maps) == count
    assert "toast.too_many_maps" in owner.told


@pytest.mark.parametrize("flaw", [flaw for flaw in Flaw if flaw is not Flaw.BROKEN])
def test_a_file_without_a_map_is_answered_kindly(flaw: Flaw) -> None:
    """The reason in words, then the same question; nothing changes."""
    owner = Owner.at_review()
    before = owner.session
    owner.hands_in(Unreadable(flaw, "is none"))

    assert owner.told == (f"import.{flaw}", "ask.review")
    assert owner.session == before


@pytest.mark.parametrize(
    ("place", "fault", "found", "parts"),
    [
        ("stages[2].pains[1].text", Fault.LONG, "312", ("stages 3", "pains 2", "text")),
        ("stages", Fault.MANY, "9", ("stages",)),
        ("shop.x.y", Fault.FIELD, "x.y", ("shop",)),
        ("", Fault.TWICE, "pains", ()),
    ],
)
def test_a_broken_map_names_the_place(place: str, fault: Fault, found: str, parts: tuple[str, ...]) -> None:
    """Counted from 1, as people count; a field that doesn't exist is named once."""
    owner = Owner.at_review()
    owner.hands_in(Unreadable(Flaw.BROKEN, "x", place, fault, 280, found))

    told = lead_of(owner)
    assert told.name == "import.broken"
    assert told.parameters["parts"] == parts
    assert told.parameters["found"] == found


def test_what_goes_out_comes_in_again() -> None:
    """The file of an owner's map, sent back, is the same map."""
    owner = Owner.finished()
    sent = owner.the_map
    found = read_file(write_file(sent))
    assert isinstance(found, JourneyMap)

    owner.hands_in(found)
    owner.chooses("import_yes")

    assert owner.the_map == replace(sent, id=owner.the_map.id)
