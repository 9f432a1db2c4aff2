"""The rules of versions: each finish makes one, and two of them can be compared."""

from dataclasses import replace

import pytest

from conversations.blocks import BACK, PAGE
from conversations.commands import Command
from conversations.requests import CompareVersions, DrawPicture, KeepVersion
from conversations.steps import StepId
from journey.limits import VERSIONS_PER_MAP
from journey.model import Entry, Language, Status
from tests.conversations.owner import Owner


def kept(owner: Owner) -> list[int]:
    """Return the numbers of the versions kept in the last turn."""
    return [request.number for request in owner.requests if isinstance(request, KeepVersion)]


def compared(owner: Owner) -> list[tuple[int, int]]:
    """Return the versions that the last turn compares."""
    wanted = [request for request in owner.requests if isinstance(request, CompareVersions)]
    assert all(request.map_id == owner.the_map.id for request in wanted)
    return [(request.earlier, request.later) for request in wanted]


def test_finishing_keeps_the_map_as_a_version() -> None:
    """The map as it was finished, with its time, beside its pictures."""
    owner = Owner.finished()

    assert kept(owner) == [1]
    (version,) = owner.versions
    assert version.journey_map == owner.the_map
    assert version.journey_map.finished == owner.occasion.now
    assert any(isinstance(request, DrawPicture) for request in owner.requests)


def test_finishing_again_without_a_change_makes_no_version() -> None:
    """Looking through it or saying the same again: that version is there already."""
    owner = Owner.finished()
    worry = owner.the_map.persona.worry

    owner.chooses("edit", "finish")
    assert kept(owner) == []
    owner.finishes_again("Takut basi")
    assert kept(owner) == [2]
    assert owner.the_map.persona.worry != worry
    owner.finishes_again("Takut basi")

    assert kept(owner) == []


def test_finishing_with_a_change_makes_the_next_version() -> None:
    """Earlier versions stay as they were."""
    owner = Owner.finished()
    first = owner.the_map

    owner.finishes_again("Takut basi")

    assert kept(owner) == [2]
    assert [version.journey_map for version in owner.versions] == [first, owner.the_map]
    assert owner.the_map.persona.worry == Entry("Takut basi")


def test_another_language_makes_no_version() -> None:
    """Chips said in another language say the same."""
    owner = Owner.finished()
    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.chooses("edit", "finish")

    assert kept(owner) == []
    assert owner.the_map.language is Language.EN


def test_a_finished_map_without_a_version_gets_one_before_it_is_changed() -> None:
    """Whoever finished a map with an earlier release can compare it, too."""
    owner = Owner.finished()
    owner.versions = ()
    finished = owner.the_map
    owner.chooses("edit", "review_persona", "cell.persona_worry")

    owner.types("Takut basi")

    assert owner.the_map.status is Status.OPEN
    assert KeepVersion(1, finished) in owner.requests
    owner.chooses(BACK, "finish")
    assert kept(owner) == [2]
    assert "compare" in owner.offered


@pytest.mark.parametrize("count", [1, 2, 3])
def test_before_and_after_is_offered_from_two_versions_on(count: int) -> None:
    """With one there is nothing to compare."""
    owner = Owner.with_versions(count)

    assert ("compare" in owner.offered) == (count > 1)


def test_two_versions_are_compared_at_a_tap() -> None:
    """It says that a picture is coming, and the owner stays where they are."""
    owner = Owner.with_versions(2)

    owner.chooses("compare")

    assert compared(owner) == [(1, 2)]
    assert owner.told == ("lead.drawing", "ask.done")
    owner.stands_at(StepId.DONE)


def test_of_more_versions_the_last_two_are_compared_and_the_others_offered() -> None:
    """The latest with the one before it at once; an older one is a tap away, the youngest first."""
    owner = Owner.with_versions(4)

    owner.chooses("compare")
    assert compared(owner) == [(3, 4)]
    owner.stands_at(StepId.VERSIONS)
    assert owner.offered == ("version.3", "version.2", "version.1", BACK)
    owner.chooses("version.1")

    assert compared(owner) == [(1, 4)]
    owner.stands_at(StepId.VERSIONS)
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_many_versions_come_in_pages() -> None:
    """Eight on a page, and no more than a map keeps."""
    owner = Owner.with_versions(2)
    first, latest = owner.versions
    owner.versions = tuple(replace(latest, number=number) for number in range(3, VERSIONS_PER_MAP + 3))

    owner.chooses("compare")
    listed = [option for option in owner.offered if option.startswith("version.")]
    owner.chooses("!page.1")
    further = [option for option in owner.offered if option.startswith("version.")]

    assert first.number == 1
    assert listed == [f"version.{VERSIONS_PER_MAP + 1 - place}" for place in range(PAGE)]
    assert further[0] == f"version.{VERSIONS_PER_MAP + 1 - PAGE}"
    owner.chooses(BACK)
    owner.finishes_again("Takut basi")
    assert owner.occasion_for(None).versions[-1].number == VERSIONS_PER_MAP + 3


def test_a_double_tap_compares_once() -> None:
    """The second tap is told that the first one counted."""
    owner = Owner.with_versions(2)
    revision = owner.session.revision
    owner.chooses("compare")

    owner.taps_old("compare", revision=revision)

    assert owner.requests == ()
    assert owner.told == ("toast.twice",)


def test_versions_belong_to_their_map() -> None:
    """Another map has its own, and a map opened again has them still."""
    owner = Owner.with_versions(2)
    first = owner.the_map.id
    owner.commands(Command.NEW)
    owner.chooses("quick")
    assert owner.the_map.id != first
    owner.commands(Command.MAPS)

    owner.chooses(f"pick.{first}", f"map.{first}")

    owner.stands_at(StepId.DONE)
    assert "compare" in owner.offered
    owner.chooses("compare")
    assert compared(owner) == [(1, 2)]


def test_an_edited_map_leaves_the_list_of_versions() -> None:
    """A correction that opens the map again leads to the review, as on every screen behind the end."""
    owner = Owner.with_versions(3)
    owner.chooses("compare")
    owner.stands_at(StepId.VERSIONS)

    owner.corrects(owner.last_message, "Takut basi")

    owner.stands_at(StepId.REVIEW)
