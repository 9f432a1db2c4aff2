"""Evidence backs an entry: by opaque ids in the map, at most three, and nothing else of it."""

import json
from dataclasses import replace

from journey.compare import says_the_same
from journey.copies import for_another_persona
from journey.document import dump_map, read_map
from journey.entries import (
    Spot,
    room_for_evidence,
    with_changed,
    with_evidence,
    with_moved,
    without_evidence,
)
from journey.mapfile import read_file, write_file
from journey.model import Element, Entry, JourneyMap, Standing
from tests.conversations.owner import MORNING
from tests.conversations.patients import healthy_map, with_pains

WET = Entry("Basah kena hujan")
PAIN = Spot("s3", Element.PAINS, 0)


def backed(*pieces: str) -> JourneyMap:
    """Return a map whose complaint in the third stage is backed by these pieces."""
    return with_evidence(with_pains(healthy_map(), 3, (WET,)), PAIN, pieces)


def pain(journey_map: JourneyMap) -> Entry:
    (entry,) = journey_map.stages[2].pains
    return entry


def test_evidence_lifts_the_standing() -> None:
    """A guess that somebody showed is a guess no more; further pieces join the first."""
    once = backed("a-1")

    twice = with_evidence(once, PAIN, ("b-1",))

    assert pain(once) == replace(WET, standing=Standing.EVIDENCE, evidence=("a-1",))
    assert pain(twice).evidence == ("a-1", "b-1")
    assert room_for_evidence(pain(twice)) == 1


def test_without_any_evidence_it_is_a_customers_word() -> None:
    """One of several gone changes nothing; the last one gone leaves what the owner still knows."""
    journey_map = backed("a-1", "a-2")

    one_left = without_evidence(journey_map, PAIN, ("a-1",))
    none_left = without_evidence(one_left, PAIN, ("a-2",))

    assert pain(one_left) == replace(WET, standing=Standing.EVIDENCE, evidence=("a-2",))
    assert pain(none_left) == replace(WET, standing=Standing.CUSTOMER)


def test_a_feeling_takes_no_evidence() -> None:
    """It has no standing; nothing changes."""
    journey_map = healthy_map()
    feeling = Spot("s3", Element.FEELINGS, 0)

    assert with_evidence(journey_map, feeling, ("a-1",)) == journey_map
    assert without_evidence(journey_map, feeling, ("a-1",)) == journey_map


def test_evidence_moves_with_its_entry_and_stays_when_it_is_reworded() -> None:
    """It backs what was said, wherever that stands and however it is put."""
    journey_map = with_pains(backed("a-1"), 4, ())

    moved = with_moved(journey_map, PAIN, "s4")
    reworded = with_changed(journey_map, PAIN, replace(pain(journey_map), text="Basah kuyup"))

    assert moved.stages[3].pains == (pain(journey_map),)
    assert pain(reworded).evidence == ("a-1",)


def test_a_copy_for_another_persona_leaves_the_evidence_behind() -> None:
    """What one kind of customer showed proves nothing of another; a touchpoint is a guess again."""
    spot = Spot("s1", Element.TOUCHPOINTS, 0)
    journey_map = with_evidence(healthy_map(), spot, ("a-1",))

    copied = for_another_persona(journey_map, id="copy", now=MORNING)

    assert {(entry.standing, entry.evidence) for entry in copied.stages[0].touchpoints} == {
        (Standing.GUESS, ())
    }
    assert "a-1" not in json.dumps(dump_map(copied))


def test_a_backup_holds_the_ids_and_comes_back_equal() -> None:
    """Nothing else of the evidence is in the map, so nothing else can be in its file."""
    journey_map = backed("a-1", "a-2")

    assert read_file(write_file(journey_map)) == journey_map
    assert dump_map(journey_map)["stages"][2]["pains"] == [  # type: ignore[index,call-overload]  # a known document
        {"text": WET.text, "chip": None, "standing": "evidence", "evidence": ["a-1", "a-2"]}
    ]


def test_a_map_without_evidence_is_written_as_it_always_was() -> None:
    """A release that doesn't know evidence reads it; so is what such a release wrote read here."""
    written = dump_map(healthy_map())

    assert '"evidence":' not in json.dumps(written)
    assert read_map(written) == healthy_map()


def test_an_id_that_is_there_twice_counts_once() -> None:
    """As the schema says."""
    written = json.dumps(dump_map(backed("a-1", "a-2"))).replace("a-2", "a-1")

    assert pain(read_map(json.loads(written))).evidence == ("a-1",)


def test_further_evidence_makes_no_other_version() -> None:
    """The first piece changes the standing, which is content; a second one says nothing new."""
    plain, once, twice = with_pains(healthy_map(), 3, (WET,)), backed("a-1"), backed("a-1", "a-2")

    assert not says_the_same(plain, once)
    assert says_the_same(once, twice)
