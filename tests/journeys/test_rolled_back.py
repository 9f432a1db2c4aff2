"""After a roll back to this release, what a newer one stored in a map survives all that is done with it."""

import json
from collections.abc import Mapping

import pytest

from conversations.steps import StepId
from journey.document import JsonValue
from storage.transactions import Transaction
from tests.chat import BUDI, House, Owner
from tests.journeys.test_sharing import opens, shares
from tests.journeys.test_versions import finishes, finishes_again, numbers

KEPT = {"name": "lebaran"}


@pytest.fixture
async def map_id(owner: Owner) -> str:
    """A finished map, and an entry of it, of which the newer release knows more than this one."""
    await finishes(owner)
    found = (await owner.session()).map_id or ""

    def work(kept: Transaction) -> None:
        row = kept.maps.load(found, owner.person.id)
        assert row is not None
        document = json.loads(json.dumps(row.document))
        document["season"] = KEPT
        document["stages"][0]["pains"][0]["severity"] = 3
        kept.maps.save(owner.person.id, document, owner.house.parts.clock.now())

    await owner.house.parts.database.write(work)
    return found


async def stored(owner: Owner, map_id: str) -> Mapping[str, JsonValue]:
    """Return the document of a map."""
    row = await owner.house.read(lambda kept: kept.maps.load(map_id, owner.person.id))
    assert row is not None
    return row.document


async def test_opening_a_map_writes_nothing(owner: Owner, map_id: str) -> None:
    """Only looked at from the list, in between another one: it is as it was, to the letter."""
    before = await stored(owner, map_id)
    await owner.says("/baru")
    await owner.says("/peta")
    await owner.taps("✅ ")
    await owner.taps(owner.label("map_look"))

    assert (await owner.session()).map_id == map_id
    assert await stored(owner, map_id) == before


async def test_deleting_and_bringing_back_keeps_it(owner: Owner, map_id: str) -> None:
    """The map comes back with all that it had."""
    before = await stored(owner, map_id)
    await owner.says("/hapus")
    await owner.taps("🗑 Peta")
    await owner.taps(owner.label("erase_yes"))
    await owner.taps(owner.label("undelete"))

    assert await stored(owner, map_id) == before


async def test_a_step_back_brings_it_back(owner: Owner, map_id: str) -> None:
    """The entry that was removed stands there again with what the newer release knows of it."""
    before = await stored(owner, map_id)
    await owner.taps(owner.label("edit"))
    await owner.taps("1. ")
    await owner.taps("Keluhan:")
    await owner.taps_first()
    await owner.taps(owner.label("entry_remove"))
    assert '"severity"' not in json.dumps(await stored(owner, map_id))

    await owner.taps(owner.label("undo"))

    after = await stored(owner, map_id)
    assert after["stages"] == before["stages"]
    assert after["season"] == KEPT


async def test_a_new_version_has_it(owner: Owner, map_id: str) -> None:
    """What is finished again is kept with it."""
    await finishes_again(owner, "Fotonya gelap")

    last = (await numbers(owner))[-1]
    version = await owner.house.read(lambda kept: kept.versions.load(map_id, owner.person.id, last))
    assert version is not None
    assert version["season"] == KEPT
    assert '"severity"' in json.dumps(version["stages"])


async def test_a_link_shows_the_map(owner: Owner, bot: House, map_id: str) -> None:
    """The reader sees what this release knows of."""
    payload = await shares(owner)
    reader = bot.owner(BUDI)

    await opens(reader, payload)

    reader.sees("cuma buat dilihat", "Kesadaran")
    assert (await owner.session()).side is StepId.SHARE_LINK
    assert (await stored(owner, map_id))["season"] == KEPT
