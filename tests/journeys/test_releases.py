"""A map of another release in the chat: it goes on at its question, and nothing in it gets lost."""

import json
from collections.abc import Mapping
from pathlib import Path

from conversations.steps import StepId
from journey.document import JsonValue
from tests.chat import House, Owner

STORED = Path(__file__).parent.parent / "conversations" / "stored"
Document = dict[str, JsonValue]


async def finds_stored(owner: Owner, name: str) -> Document:
    """Put the place and the map of an example into the database as the owner's; return the map."""
    example = json.loads((STORED / f"{name}.json").read_text("utf-8"))
    owner_id, now = owner.person.id, owner.house.parts.clock.now()
    session, journey_map = {**example["session"], "owner": owner_id}, example["map"]
    database = owner.house.parts.database
    await database.write(lambda kept: kept.owners.save(owner_id, session, expected=None, now=now))
    await database.write(lambda kept: kept.maps.save(owner_id, journey_map, now))
    return dict(journey_map)


async def stored(owner: Owner) -> tuple[Mapping[str, JsonValue], Mapping[str, JsonValue]]:
    """Return the documents of the owner's place and map."""
    row = await owner.house.read(lambda transaction: transaction.owners.load(owner.person.id))
    assert row is not None
    (only,) = await owner.maps()
    return row.session, only.document


async def test_the_first_release_is_gone_on_with(owner: Owner) -> None:
    """A place without what came later is a place."""
    await finds_stored(owner, "first-release")

    await owner.says("/lanjut")
    owner.sees("Tahap 2/6 · Timbang")
    await owner.taps_first()

    assert (await owner.session()).step is StepId.FEELINGS


async def test_going_back_to_an_older_release_loses_nothing_of_the_newer_one(owner: Owner) -> None:
    """What this release has no question for stays in the documents, through answers and edits."""
    before = await finds_stored(owner, "later-fields")

    await owner.says("/lanjut")
    await owner.says("lihat spanduk")
    session, journey_map = await stored(owner)

    assert session["zone"] == "Asia/Jayapura"
    assert session["gift"] == {"since": "2027-01-01"}
    for field in ("season", "shop", "persona", "plans"):
        assert journey_map[field] == before[field]
    assert isinstance(journey_map["stages"], list)
    assert isinstance(before["stages"], list)
    assert journey_map["stages"][0] == before["stages"][0]
    assert "lihat spanduk" in json.dumps(journey_map["stages"][1])


async def test_a_question_that_is_gone_is_told_and_another_asked(owner: Owner, bot: House) -> None:
    """Words to it are none to the next one."""
    await finds_stored(owner, "unknown-step")
    await owner.restart()

    await owner.says("5 juta sebulan")

    owner.sees("Pertanyaan yang tadi sudah ganti")
    assert (await owner.session()).step is StepId.GOAL
    assert (await owner.map()).goal is None
    await owner.says("biar ramai")
    goal = (await owner.map()).goal
    assert goal is not None
    assert goal.text == "biar ramai"
